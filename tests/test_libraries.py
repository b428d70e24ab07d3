"""What commands say where a library is not installed: which one, and the command that brings it."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click
import pytest

from tests.appraisal import ROOT
from tests.command_line import BREACHED, COMPLIANT, thamdinh
from thamdinh.cli import cli
from thamdinh.desk.desk import Desk
from thamdinh.engine.base.libraries import LIBRARIES

pytestmark = pytest.mark.process

EXTRAS: Final = [name for name, library in LIBRARIES.items() if library.extra is not None]

LINES: Final[dict[str, str]] = {
    "lint": "lint {plan} {form} --output-file html={out}.html csv={out}.csv sarif={out}.sarif",
    "audit run": "audit {plan} --store {out}.duckdb",
    "audit history": "audit history --store {kept}",
    "audit show": "audit show last --store {kept}",
    "audit diff": "audit diff 1 last --store {kept}",
    "audit export": "audit export last {out}.parquet --store {kept}",
    "audit purge": "audit purge --before 01/01/2000 --yes --store {kept}",
    "explain": "explain TD503",
    "why": "why {plan} TD502",
    "rules": "rules",
    "rules test": "rules test {pack}",
    "rules coverage": "rules coverage --directive {pack}",
    "rules diff": "rules diff {pack} {pack}",
    "rules impact": "rules impact {pack} {pack} {plan} --no-plan",
    "rules keygen": "rules keygen ../nowhere",
    "rules trust": "rules trust {plan} ai-do",
    "rules seal": "rules seal {pack} --key khong-co -o {out}.zip",
    "rules check-seal": "rules check-seal {plan}",
    "rules doc": "rules doc {pack} -o {out}.pages",
    "rules mutate": "rules mutate --directive {pack}",
    "rules verify": "rules verify --directive {pack} --kind commune --plans none --no-cache --bound participants=1",
    "waivers list": "waivers list",
    "waivers check": "waivers check {plan}",
    "fix": "fix {plan} --dry-run",
    "watch": "watch {out}",
    "lsp": "lsp",
    "features check": "features check {pack}/a.feature --directive {pack}",
    "features steps": "features steps",
    "features book": "features book --directive {pack} -o {out}.book",
    "new": "new {out}.new.xlsx --kind commune",
    "generate": "generate {out}.{{run}}.jsonl --plans 2",
    "convert": "convert {plan} {out}.plans.parquet",
    "template": "template {out}.template.docx",
    "schema": "schema plan",
    "serve": "serve --port 0 --directive {out}.none",
    "documents check": "documents check {pack}",
    "documents doc": "documents doc",
    "documents list": "documents list",
    "documents new": "documents new {out}.type",
    "features review": "features review {pack}/a.feature --directive {pack}",
    "waivers add": "waivers add {out}.none --plan {good}",
    "waivers new": "waivers new {out}.waivers.xlsx",
    "rules new": "rules new MH901 --directive {pack}",
    "desk create-admin": "desk create-admin quantri --data {out}.desk",
    "desk users": "desk users --data {desk}",
    "desk verify": "desk verify --data {desk}",
    "desk answers": "desk answers --as quantri --data {desk}",
    "desk backup": "desk backup {out}.tar --data {desk}",
    "desk restore": "desk restore {out}.tar --data {out}.desk2",
    "desk seal": "desk seal {out}.seal.tar --data {desk}",
    "desk purge": "desk purge --days 30 --yes --data {desk}",
    "desk send-mail": "desk send-mail --smtp 127.0.0.1 --from a@b.vn --url http://b.vn --data {desk}",
    "desk export": "desk export {out}.desk.csv --data {desk}",
    "desk check-dossier": "desk check-dossier {plan}",
}
"""A line for every command: each is run without every library of an extra that it asks for."""

NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "lint {plan} {form} {form}.docx": ("lxml",),
    "lint {plan} --output-file docx={out}.docx csv={out}.2.csv": ("docxtpl", "docx"),
    "lint {plan} --format html": ("jinja2",),
    "new {out}.3.xlsx --kind commune": ("openpyxl",),
    "new {out}.4.docx --kind commune": ("docx",),
    "audit {plan} --store {out}.5.duckdb": ("duckdb", "msgspec"),
    "audit {plan} -o {out}.6.xlsx -o {out}.6.csv": ("openpyxl",),
    "audit export last {out}.7.parquet --store {kept}": ("pyarrow",),
    "convert {plan} {out}.8.parquet": ("pyarrow", "numpy"),
    "features check {pack}/a.feature": ("gherkin",),
    "audit {plan} --cluster local:1": ("dask", "distributed"),
    "audit {plan} --scheduler tcp://127.0.0.1:9": ("distributed",),
    "audit {plan} --engine durable": ("durable",),
    "audit {plan} --cross-check 1": ("durable",),
    "features check {pack}/a.feature --evaluator durable": ("durable",),
    "why {plan} TD502 --counterfactual": ("z3",),
    "rules verify --directive {pack}": ("z3",),
    "rules check-seal {plan}": ("cryptography",),
    "rules trust {plan} ai-do": ("cryptography",),
    "watch {plan}": ("watchfiles",),
    "lsp": ("pygls", "lsprotocol"),
    "serve --port 0": ("fastapi", "starlette", "uvicorn", "python_multipart"),
    "desk verify --data {desk}": ("sqlalchemy", "alembic", "cryptography", "argon2"),
    "desk verify --data {desk} --database postgresql://x@127.0.0.1:9/x": ("psycopg",),
    "desk check-dossier {plan}": ("sqlalchemy", "cryptography"),
}
"""Lines that cannot do without these libraries, also of those that come with thamdinh itself."""


FEATURE: Final = """# language: vi
Tính năng: Một tình huống

  Tình huống: kế hoạch đúng chỉ đạo
    Cho một kế hoạch đúng chỉ đạo của xã
    Khi thẩm định kế hoạch
    Thì kế hoạch đạt
"""


def commands(group: click.Group, *names: str) -> Iterator[str]:
    """The names of all commands that do something."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)
        else:
            yield " ".join((*names, name))


def test_every_command_has_a_line() -> None:
    wanted = set(commands(cli))
    assert wanted <= {*LINES} | {"rules"}, wanted - {*LINES}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What came of every line, with all libraries and without each."""
    folder = tmp_path_factory.mktemp("libraries")
    pack = folder / "pack"
    shutil.copytree(ROOT / "tests" / "packs" / "small", pack)
    (pack / "a.feature").write_text(FEATURE, encoding="utf-8")
    assert thamdinh("new", folder / "form.xlsx", "--kind", "commune").returncode == 0
    assert thamdinh("audit", COMPLIANT, "--store", folder / "kept.duckdb", "-q").returncode == 0
    Desk(folder / "desk", make=True).store.close()
    names = {
        "plan": BREACHED, "good": COMPLIANT, "out": folder / "out", "form": folder / "form.xlsx", "kept": folder / "kept.duckdb", "pack": pack, "desk": folder / "desk",
    }  # fmt: skip
    lines = [(line.format(**names).split(), EXTRAS, True) for line in LINES.values()]
    lines += [(line.format(**names).split(), list(needed), False) for line, needed in NEEDED.items()]
    done = subprocess.run(
        [sys.executable, "-m", "tests.without_libraries"],
        input=json.dumps(lines), capture_output=True, encoding="utf-8", check=True, cwd=ROOT, timeout=400,
    )  # fmt: skip
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_without_any_library_of_an_extra_no_command_fails_as_by_a_fault(runs: list[dict[str, Any]]) -> None:
    assert {run["without"] for run in runs if run["whole"]} >= {None, "durable", "z3", "pygls", "watchfiles"}
    for run in runs:
        said = run["out"] + run["err"]
        where = (run["line"], run["without"], said[-2000:])
        assert "Traceback" not in said, where
        assert "ngoài dự kiến" not in said, where
        assert run["status"] in (0, 1, 2), where


def test_a_library_that_a_command_cannot_do_without_is_told_with_the_command_that_brings_it(
    runs: list[dict[str, Any]],
) -> None:
    needed = [run for run in runs if not run["whole"]]
    assert len(needed) == sum(map(len, NEEDED.values()))
    for run in needed:
        library = LIBRARIES[run["without"]]
        wanted = library.distribution if library.extra is None else f"thamdinh[{library.extra}]"
        said = run["out"] + run["err"]
        assert run["status"] == 2, (run["line"], run["without"], said[-2000:])
        assert f'python -m pip install "{wanted}"' in said, (run["line"], run["without"], said[-2000:])


def test_an_output_whose_library_is_missing_costs_no_other(runs: list[dict[str, Any]]) -> None:
    for run in runs:
        if (files := [Path(word.removeprefix("csv=")) for word in run["line"] if word.endswith(".csv")]) and not run[
            "whole"
        ]:
            assert files[0].stat().st_size, run["line"]


def test_without_durable_rules_the_verdicts_are_the_same_and_say_that_one_engine_judged(
    runs: list[dict[str, Any]],
) -> None:
    """`lint`, `audit`, `rules`, … judge by compiled rules, and everything that says a verdict says so."""
    both = {tuple(run["line"]): run for run in runs if run["whole"] and run["without"] is None}
    alone = [run for run in runs if run["whole"] and run["without"] == "durable"]
    judging = {run["line"][0] for run in alone}
    assert judging >= {"lint", "audit", "rules", "features", "fix"}, judging
    for run in alone:
        assert run["status"] == both[tuple(run["line"])]["status"], run
        book = Path(run["line"][-1], "index.html") if run["line"][:2] == ["features", "book"] else None
        said = book.read_text(encoding="utf-8") if book else run["out"] + run["err"]
        assert "một bộ máy" in said, run["line"]
        assert "một bộ máy" not in both[tuple(run["line"])]["out"], run["line"]


def test_the_extras_of_the_distribution_bring_what_is_promised() -> None:
    with open(ROOT / "pyproject.toml", "rb") as file:
        project = tomllib.load(file)["project"]

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[\[<>=;~! ]", one, maxsplit=1)[0].lower() for one in requirements}

    extras = project["optional-dependencies"]
    for library in LIBRARIES.values():
        brought = names(project["dependencies"] if library.extra is None else extras[library.extra])
        own = {"distributed": "dask"}  # which it comes with
        assert own.get(library.distribution, library.distribution) in brought, library
        assert library.extra in (None, "durable") or library.extra in extras["all"][0], library
