"""Every block of code in the documents is run, and gives what the page shows."""

import json
import shutil
import tomllib
from pathlib import Path
from typing import Final

import pytest
import yaml

from tests.appraisal import ROOT
from tests.docs.blocks import Block, blocks, commands, differs, run

DOCS: Final = ROOT / "docs"
GENERATED: Final = ("rules", "reference")
"""Folders that say nothing to be run, or are written by the program and held against it by other tests."""
PAGES: Final = sorted(
    page.relative_to(ROOT)
    for page in (*ROOT.glob("README*.md"), *DOCS.rglob("*.md"))
    if page.relative_to(DOCS if page.is_relative_to(DOCS) else ROOT).parts[0] not in GENERATED
)
REASONS: Final = (
    "needs the network",
    "needs other machines",
    "a shell's own",
    "another program's",
    "a picture",
    "runs the tests",
    "takes minutes",
)
"""Why a block may be shown without being run."""


def parsed(block: Block, folder: Path) -> None:
    """A block that is no command: the content of a file, or at least of its language."""
    if block.file is not None:
        (folder / block.file).parent.mkdir(parents=True, exist_ok=True)
        (folder / block.file).write_text(block.text, encoding="utf-8")
    match block.kind:
        case "yaml":
            yaml.safe_load(block.text)
        case "toml":
            tomllib.loads(block.text)
        case "json":
            json.loads(block.text)
        case "python":
            exec(compile(block.text, "block", "exec"), {"__name__": "block", "__package__": "thamdinh.engine.model"})
        case _:
            assert block.file is not None or block.kind == "mermaid", (
                f"nothing is known to do with {block.kind or 'a block without a language'}"
            )


@pytest.mark.process
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_block_gives_what_it_shows(page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    shown_there = [*blocks((ROOT / page).read_text(encoding="utf-8"))]
    if shown_there:
        shutil.copytree(ROOT / "examples", folder / "examples")
    wrong = []
    for block in shown_there:
        if block.not_run is not None:
            assert block.not_run.startswith(REASONS), (page, block.line, block.not_run)
            continue
        for line in block.told.splitlines()[1:] if block.told.startswith("setup") else ():
            assert (said := run(line, folder)).status in (0, 1), (page, block.line, line, said.text)
        if block.kind != "console":
            parsed(block, folder)
            continue
        for line, shown in commands(block):
            said = run(line, folder)
            if (why := differs(shown, said)) is not None:
                wrong.append(f"{page}:{block.line}: $ {line}\n{why}; status {said.status}:\n{said.text[:3000]}")
    assert not wrong, "\n\n".join(wrong)


def test_a_block_that_shows_something_else_is_noticed(tmp_path: Path) -> None:
    good = Block("console", "$ thamdinh --version\nthamdinh …\n", 1)
    ((line, shown),) = commands(good)
    assert differs(shown, run(line, tmp_path)) is None
    assert differs("thamdinh 9\n", run(line, tmp_path)) == "it says something else"
    assert differs("", run("thamdinh lint", tmp_path)) is not None
    assert [block.kind for block in blocks("<!-- file a.yaml -->\n```yaml\na: 1\n```\n\n```console\n$ x\n```\n")] == [
        "yaml",
        "console",
    ]
