"""`thamdinh convert`: plans come through Parquet and JSONL as they were, and audits of either say the same."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.appraisal import ROOT
from tests.plan_classes import Plan
from thamdinh.cli import run
from thamdinh.engine.audit import convert
from thamdinh.engine.audit.inputs.listing import entries
from thamdinh.engine.audit.workers.batch import Contents
from thamdinh.engine.base.limits import Limits, exceeded
from thamdinh.engine.evaluation.appraisal import plan_of
from thamdinh.engine.lint.appraise import Beyond

pytestmark = pytest.mark.usefixtures("in_this_process")


def plans_in(path: Path) -> list[Plan]:
    with Contents() as contents:
        made = (contents.document(entry, contents.of(entry)) for entry in entries([str(path)]))
        return [(plan or plan_of(document)).whole() for document, plan in made]


def audited(path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """What an audit says of each plan, wherever the file is."""
    run(["audit", str(path), "--format", "json", "--jobs", "1"])
    return json.loads(capsys.readouterr().out.replace(str(path), "plans"))["plans"]


@pytest.mark.long
def test_plans_come_through_parquet_and_jsonl_as_they_were(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows, lines, again = tmp_path / "plans.parquet", tmp_path / "plans.jsonl", tmp_path / "again.parquet"
    sources = [str(ROOT / "examples" / "compliant"), str(ROOT / "examples" / "breached")]
    assert run(["convert", *sources, str(rows)]) == 0
    assert run(["convert", str(rows), str(lines)]) == 0
    assert run(["convert", str(lines), str(again)]) == 0
    capsys.readouterr()
    expected = [plan for source in sources for plan in plans_in(Path(source))]
    assert len(expected) == 17
    assert plans_in(rows) == plans_in(lines) == plans_in(again) == expected
    assert audited(rows, capsys) == audited(lines, capsys)


@pytest.mark.long
def test_a_plan_comes_through_every_form_as_it_was(tmp_path: Path) -> None:
    source = ROOT / "examples" / "compliant"
    plan = next(path for path in sorted(source.iterdir()) if path.suffix == ".yaml")
    before = plan
    for suffix in (".xlsx", ".docx", ".json", ".xlsx", ".yaml", ".docx", ".jsonl", ".xlsx", ".parquet", ".yml"):
        made = tmp_path / f"{len([*tmp_path.iterdir()])}{suffix}"
        assert run(["convert", str(before), str(made)]) == 0
        before = made
    assert plans_in(before) == plans_in(plan)


def test_a_form_holds_one_plan_and_no_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["convert", str(ROOT / "examples" / "compliant"), str(tmp_path / "plan.xlsx")]) == 2
    assert "chỉ chứa được một văn bản" in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []


@pytest.mark.long
def test_what_is_not_valid_is_told_and_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "plans.jsonl"
    assert run(["convert", str(ROOT / "examples"), str(output), "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert "Wrote 22 documents" in said.out
    assert "left out 7" in said.out
    assert "sai-mau.yaml:6:9: PL002" in said.err
    assert "EN001" not in said.err
    assert len(output.read_bytes().splitlines()) == 22
    assert [path.name for path in tmp_path.iterdir()] == ["plans.jsonl"]


def test_nothing_is_overwritten_and_only_known_kinds_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "plans.jsonl"
    output.write_text("mine")
    source = str(ROOT / "examples" / "compliant")
    assert run(["convert", source, str(output)]) == 2
    assert output.read_text() == "mine"
    assert run(["convert", source, str(tmp_path / "plans.csv")]) == 2
    assert run(["convert", source, str(tmp_path / "absent" / "plans.jsonl")]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.long
def test_a_bad_row_is_a_problem_at_its_place_and_the_others_are_audited(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plans.parquet"
    assert run(["convert", str(ROOT / "examples" / "compliant"), str(path)]) == 0
    table = pq.read_table(path)
    rows = table.to_pylist()
    rows[1]["organization"]["kind"] = "province"
    rows[2]["confidence_votes"][0]["ballots"] += ["nobody"]
    pq.write_table(pa.Table.from_pylist(rows, table.schema), path)
    capsys.readouterr()
    assert run(["audit", str(path), "--format", "json", "--jobs", "1"]) == 2
    plans = json.loads(capsys.readouterr().out)["plans"]
    assert [plan["status"] for plan in plans] == ["compliant", "invalid", "invalid", *["compliant"] * 5]
    assert [problem["code"] for plan in plans for problem in plan["problems"]] == ["PL002", "PL003"]
    assert [problem["location"]["line"] for plan in plans for problem in plan["problems"]] == [2, 3]
    assert plans[1]["file"] == f"{path}:2"


@pytest.mark.parametrize("content", [b"", b"PAR1", b"no parquet at all"])
def test_a_file_that_is_no_parquet_is_told(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plans.parquet"
    path.write_bytes(content)
    assert run(["audit", str(path), "--format", "json", "--jobs", "1"]) == 2
    assert json.loads(capsys.readouterr().out)["plans"][0]["problems"][0]["code"] == "PL006"
    assert run(["convert", str(path), str(tmp_path / "plans.jsonl")]) == 2
    assert "PL006" in capsys.readouterr().err


def test_a_file_whose_plans_go_beyond_the_limits_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines, made = tmp_path / "plans.jsonl", tmp_path / "made.jsonl"
    lines.write_text("{}\n" * 5)
    whole = ROOT / "examples" / "compliant" / "xa-phu-tuc.yaml"
    tried: list[str] = []

    def rehearsed(_: object, file: str, limits: Limits) -> None:
        tried.append(file)
        if file.startswith(str(lines)):
            raise Beyond(exceeded(file, "seconds", limits))

    monkeypatch.setattr(convert, "rehearsed", rehearsed)
    monkeypatch.setattr(convert, "MOST_BEYOND", 2)
    conversion = convert.convert([str(lines), str(whole)], made)
    assert (conversion.written, conversion.left_out, len(tried)) == (1, 5, 3)
    told = [problem.message.vi for problem in conversion.problems]
    assert ["Quá nhiều văn bản khác" in text for text in told] == [False, False, True, True, True]
