"""Outputs in files: several at once, whole or not at all, and never over something else."""

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.command_line import thamdinh
from tests.reports import EXAMPLES, of
from thamdinh.commands.outputs import spread
from thamdinh.engine.documents.results import is_result
from thamdinh.engine.lint.outputs import Output, write_outputs
from thamdinh.engine.reporters import Options

BREACHED = EXAMPLES / "breached" / "lay-phieu.yaml"


@pytest.mark.parametrize(
    "outputs",
    [
        ["--output-file", "sarif=a.sarif", "junit=b.xml"],
        ["--output-file", "sarif=a.sarif", "--output-file", "junit=b.xml"],
        ["--output-file=sarif=a.sarif", "junit=b.xml"],
    ],
    ids=" ".join,
)
def test_several_outputs_of_one_run(tmp_path: Path, outputs: list[str]) -> None:
    done = thamdinh("lint", BREACHED, "--format", "text", *outputs, "--fail-on", "warning", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert done.stdout == thamdinh("lint", BREACHED).stdout
    results = json.loads((tmp_path / "a.sarif").read_text("utf-8"))["runs"][0]["results"]
    suites = ElementTree.parse(tmp_path / "b.xml").getroot()
    assert len(results) == int(suites.get("failures", "")) == 6
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.sarif", "b.xml"]


def test_inputs_may_follow_outputs_and_one_that_exists_is_an_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("html=x.yaml").write_text("")
    given = ["--output-file", "csv=a", "json=b", "x.yaml", "html=x.yaml", "json=c", "--", "csv=d"]
    assert list(spread(given)) == [
        *("--output-file", "csv=a", "--output-file", "json=b"),
        *("x.yaml", "html=x.yaml", "json=c", "--", "csv=d"),
    ]


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("sarif", "ĐỊNH_DẠNG=TỆP"),
        ("sarif=", "ĐỊNH_DẠNG=TỆP"),
        ("sarf=x.sarif", "Có phải ý là “sarif”?"),
        ("json=nowhere/x.json", "Không ghi được tệp"),
        (f"json={BREACHED}", "trùng với tệp đang đọc"),
        ("json=.", "Không ghi được tệp"),
    ],
)
def test_an_output_that_cannot_be_is_told(tmp_path: Path, output: str, words: str) -> None:
    content = BREACHED.read_bytes()
    done = thamdinh("lint", BREACHED, "--output-file", output, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert BREACHED.read_bytes() == content


def test_two_outputs_never_share_a_file(tmp_path: Path) -> None:
    done = thamdinh("lint", BREACHED, "--output-file", "json=a.json", "sarif=./a.json", cwd=tmp_path)
    assert done.returncode == 2
    assert "cùng ghi vào một tệp" in done.stderr


def test_the_other_outputs_are_written_where_one_cannot_be(tmp_path: Path) -> None:
    done = thamdinh("lint", BREACHED, "-q", "--output-file", "csv=no/x.csv", "json=x.json", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout.startswith("1 kế hoạch")
    assert json.loads((tmp_path / "x.json").read_text("utf-8"))["schema"] == 1


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "x.json"
    assert write_outputs([Output("json", target)], of(), Options(), show_passed=False) == []
    old = target.read_bytes()

    def full(self: Path, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    (problem,) = write_outputs([Output("json", target)], of(), Options(), show_passed=False)
    assert "no space left" in problem.message.en
    assert target.read_bytes() == old
    assert list(tmp_path.iterdir()) == [target]


def test_a_device_is_written_to_and_stays_a_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert write_outputs([Output("json", pipe)], of(), Options(), show_passed=False) == []
    assert json.loads(os.read(reader, 10_000))["plans"] == []
    os.close(reader)
    assert pipe.is_fifo()


def test_what_held_is_in_no_output_that_was_not_asked_for_it(tmp_path: Path) -> None:
    thamdinh("lint", BREACHED, "--output-file", "json=x.json", cwd=tmp_path)
    assert "passed" not in json.loads((tmp_path / "x.json").read_text("utf-8"))["plans"][0]


@pytest.mark.long
def test_outputs_in_the_settings_lie_where_they_say_as_seen_from_them(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "plan.yaml").write_bytes(BREACHED.read_bytes())
    (folder / "thamdinh.toml").write_text('output-file = ["sarif=out.sarif", "csv=../out.csv"]\n')
    assert thamdinh("lint", "plans", cwd=tmp_path).returncode == 1
    assert not (folder / "out.sarif").exists()
    assert thamdinh("lint", ".", cwd=folder).returncode == 1
    assert thamdinh("lint", "plans", "--config", "plans/thamdinh.toml", cwd=tmp_path).returncode == 1
    assert {path.name for path in folder.iterdir()} == {"plan.yaml", "thamdinh.toml", "out.sarif"}
    assert (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("output", ["text=plan.yaml", "text=run.py", "json=sub/../plan.yaml"])
def test_outputs_in_the_settings_overwrite_nothing_that_the_program_did_not_make(tmp_path: Path, output: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "plan.yaml").write_bytes(BREACHED.read_bytes())
    (tmp_path / "run.py").write_text("print()\n")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    (tmp_path / "thamdinh.toml").write_text(f'output-file = ["{output}"]\n')
    assert thamdinh("lint", "plan.yaml", cwd=tmp_path).returncode == 2
    assert {name: (tmp_path / name).read_bytes() for name in before} == before


@pytest.mark.long
def test_results_beside_the_plans_are_no_plans_and_are_written_anew(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_bytes(BREACHED.read_bytes())
    outputs = ["json=a.json", "sarif=b.json", "docx=c.docx", "docx=sheets/"]
    arguments = ["lint", ".", "-q", "--output-file", *outputs]
    first, second = thamdinh(*arguments, cwd=tmp_path), thamdinh(*arguments, cwd=tmp_path)
    assert (first.returncode, first.stderr) == (second.returncode, second.stderr) == (1, "")
    assert second.stdout.startswith("1 kế hoạch: ")
    assert {path.name for path in tmp_path.iterdir()} == {"plan.yaml", "a.json", "b.json", "c.docx", "sheets"}


@pytest.mark.parametrize("name", ["plan.yaml", "plan.json", "plan.docx"])
def test_a_plan_in_a_folder_is_never_overwritten(tmp_path: Path, name: str) -> None:
    plan = tmp_path / name
    plan.write_bytes(BREACHED.read_bytes())
    for output in (f"json={name}", f"docx={name}", f"text={name}"):
        done = thamdinh("lint", ".", "--output-file", output, cwd=tmp_path)
        assert done.returncode == 2
        assert "không ghi đè" in done.stderr
        assert plan.read_bytes() == BREACHED.read_bytes()


TEXTS = ("text", "json", "sarif", "junit", "github", "csv", "markdown", "html")
AUDITS = {"text": ".txt", "json": ".json", "jsonl": ".jsonl", "csv": ".csv", "html": ".html", "xlsx": ".xlsx"}


@pytest.mark.long
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("plan", [BREACHED, EXAMPLES / "compliant" / "xa-phu-tuc.yaml"], ids=lambda path: path.stem)
def test_every_result_is_written_anew_and_nothing_else_is(tmp_path: Path, language: str, plan: Path) -> None:
    lint = ["lint", plan, "--lang", language, "--output-file", f"docx={tmp_path}/a.docx"]
    lint += [f"{form}={tmp_path}/{form}.out" for form in TEXTS]
    audit = ["audit", plan, "--lang", language, *(f"-o{form}={tmp_path}/audit{end}" for form, end in AUDITS.items())]
    for arguments in (lint, audit):
        thamdinh(*arguments)
        first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        again = thamdinh(*arguments)
        assert (again.returncode, again.stderr) == (1 if plan == BREACHED else 0, "")
        for path in tmp_path.iterdir():
            assert not first[path.name] or is_result(path), path
            path.write_text("Ghi chú của tôi\n")
        refused = thamdinh(*arguments)
        assert refused.returncode == 2
        assert refused.stderr.count("PL006") == len(first)
        for path in tmp_path.iterdir():
            assert path.read_text() == "Ghi chú của tôi\n"
            path.unlink()


def test_a_sheet_is_not_written_over_a_document_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "phieu-lay-phieu.docx").write_text("Ghi chú của tôi\n")
    done = thamdinh("lint", BREACHED, "--output-file", f"docx={tmp_path}/")
    assert (done.returncode, "không ghi đè" in done.stderr) == (2, True)
    assert (tmp_path / "phieu-lay-phieu.docx").read_text() == "Ghi chú của tôi\n"
