"""`thamdinh generate` writes plans that the lint reads, and their breaches beside them."""

import json
from pathlib import Path

import pytest

from thamdinh.cli import run
from thamdinh.engine.directive.packs import available


@pytest.mark.long
@pytest.mark.parametrize("kind", ["yaml", "json", "xlsx", "docx"])
def test_a_folder_of_plans_is_linted_to_the_breaches_beside_it(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "plans"
    options = ["--plans", "6", "--breach-rate", "0.7", "--participants", "10", "--files", kind]
    assert run(["generate", str(folder), *options]) == 0
    assert {path.suffix for path in folder.iterdir()} == {f".{kind}"}
    capsys.readouterr()
    run(["lint", str(folder), "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    found = {
        Path(plan["file"]).name: {(finding["rule"], finding["subject"]["id"]) for finding in plan["findings"]}
        for plan in report["plans"]
    }
    beside = map(json.loads, (tmp_path / "plans.breaches.jsonl").read_text(encoding="utf-8").splitlines())
    known = {row["file"]: {(breach["rule"], breach["subject"]) for breach in row["breaches"]} for row in beside}
    assert found == known
    assert any(known.values())


def test_lines_hold_one_plan_each(tmp_path: Path) -> None:
    file = tmp_path / "plans.jsonl"
    assert run(["generate", str(file), "--plans", "5", "--participants", "10"]) == 0
    plans = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    beside = (tmp_path / "plans.breaches.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(plans) == len(beside) == 5
    assert [json.loads(line)["line"] for line in beside] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("taken", ["plans.jsonl", "plans.breaches.jsonl"])
def test_nothing_that_exists_is_overwritten(tmp_path: Path, taken: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / taken).write_text("kept", encoding="utf-8")
    assert run(["generate", str(tmp_path / "plans.jsonl"), "--plans", "1"]) == 2
    assert (tmp_path / taken).read_text(encoding="utf-8") == "kept"
    assert [path.name for path in tmp_path.iterdir()] == [taken]
    assert "không ghi đè" in capsys.readouterr().err


@pytest.mark.long
@pytest.mark.parametrize("directive", available())
def test_what_is_made_for_any_pack_breaches_just_what_is_said(tmp_path: Path, directive: str) -> None:
    file, out = tmp_path / "plans.jsonl", tmp_path / "found.json"
    given = ["--plans", "40", "--seed", "5", "--breach-rate", "0.6", "--participants", "12", "--directive", directive]
    assert run(["generate", str(file), *given]) == 0
    run(["audit", str(file), "--directive", directive, "-q", "-o", str(out)])
    plans = json.loads(out.read_text(encoding="utf-8"))["plans"]
    found = [sorted((item["rule"], item["subject"]["id"]) for item in plan["findings"]) for plan in plans]
    beside = map(json.loads, (tmp_path / "plans.breaches.jsonl").read_text(encoding="utf-8").splitlines())
    known = [sorted((breach["rule"], breach["subject"]) for breach in row["breaches"]) for row in beside]
    assert found == known
    assert any(known)


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_audit_finds_exactly_the_breaches_put_in_those_across_plans_included(
    tmp_path: Path, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plans.jsonl"
    rates = ["--breach-rate", "0.4", "--across-rate", "0.4", "--participants", "12"]
    assert run(["generate", str(file), "--plans", "150", "--seed", str(seed), *rates]) == 0
    capsys.readouterr()
    assert run(["audit", str(file), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    found = [sorted((item["rule"], item["subject"]["id"]) for item in plan["findings"]) for plan in report["plans"]]
    beside = map(json.loads, (tmp_path / "plans.breaches.jsonl").read_text(encoding="utf-8").splitlines())
    known = [sorted((breach["rule"], breach["subject"]) for breach in row["breaches"]) for row in beside]
    assert found == known
    assert {"TD507", "TD801", "TD802", "TD803"} <= {rule for plan in known for rule, _ in plan}
    assert any("not_decidable" in plan for plan in report["plans"])
