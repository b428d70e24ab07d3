"""The tests of packs: shipped packs pass theirs with every operand seen, and a pack that is wrong is caught."""

import shutil
from pathlib import Path

import pytest

from tests.appraisal import ROOT
from tests.plans import problems
from thamdinh.engine.assurance.rule_tests.run import TestRun, run_tests
from thamdinh.engine.assurance.rule_tests.written import written_tests
from thamdinh.engine.directive.packs import available, read_version

PACKS = ROOT / "rules"


def run_of(directive: str) -> TestRun:
    pack = read_version(directive)
    return run_tests(pack, written_tests(pack))


@pytest.mark.long
@pytest.mark.parametrize("directive", available())
def test_every_shipped_pack_passes_its_tests_and_leaves_no_operand_unseen(directive: str) -> None:
    done = run_of(directive)
    assert [result.test.name for result in done.results if not result.passed] == []
    assert done.uncovered == ()
    assert (done.unbreached, done.unkept) == ((), ())
    assert done.operands > 20


@pytest.fixture
def police(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS / "cong_an_minh_hoa_2017", tmp_path / "pack"))


def edited(folder: Path, file: str, old: str, new: str) -> str:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "missing", "unexpected"),
    [
        ("directive.yaml", "value: [0.5, 1]", "value: [0.5, 1.5]", ["CA201 plan"], []),
        (
            "police.yaml",
            "audience: direct_superior_committee}}}",
            "audience: same_level_committee}}}",
            [],
            ["CA501 dang-uy"],
        ),
        ("police.yaml", "{directed_by: {present: true}}", "{directed_by: {present: false}}", [], ["CA102 plan"]),
        ("tests/cong-an.yaml", "expect: [CA102 plan]", "expect: []", [], ["CA102 plan"]),
        ("tests/cong-an.yaml", "not_applicable: []", "not_applicable: [CA101]", ["CA101 (không áp dụng)"], []),
    ],
    ids=str,
)
def test_a_rule_or_an_expectation_that_is_wrong_fails_a_test(
    police: Path, file: str, old: str, new: str, missing: list[str], unexpected: list[str]
) -> None:
    done = run_of(edited(police, file, old, new))
    assert not done.passed
    failed = [result for result in done.results if not result.passed]
    assert any((list(r.missing), list(r.unexpected)) == (missing, unexpected) for r in failed), failed
    assert all(result.test.place.line for result in failed)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("một ngày rưỡi là quá dài", "trên cận trên"),
        ("không có phiên nào là quá ngắn", "dưới cận dưới"),
        ("một phần không thảo luận nhóm chỉ là khuyến nghị", "sai"),
        ("kết quả không báo cáo cấp trên", "sai"),
    ],
)
def test_an_operand_that_no_test_sees_is_named(police: Path, name: str, words: str) -> None:
    path = police / "tests" / "cong-an.yaml"
    head, *tests = path.read_text(encoding="utf-8").split("  - name: ")
    path.write_text("  - name: ".join([head, *(test for test in tests if not test.startswith(name))]), encoding="utf-8")
    done = run_of(str(police))
    assert done.passed
    assert words in {what.vi for _, _, _, what in done.uncovered}


def test_rules_that_no_test_breaches_are_named(police: Path) -> None:
    (police / "tests" / "cong-an.yaml").write_text("tests:\n  - {name: gốc, expect: []}\n", encoding="utf-8")
    done = run_of(str(police))
    assert done.passed
    assert "CA201" in done.unbreached
    assert "CA101" not in done.unkept


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{remove: conference.directed_by}", "{remove: conference.directed}", "directed"),
        ("{remove: conference.directed_by}", "{drop: conference.directed_by}", "drop"),
        ("expect: [CA102 plan]", "expects: [CA102 plan]", "“expect”"),
        ("tests:", "plan: nowhere.yaml\ntests:", "Không tìm thấy"),
    ],
    ids=str,
)
def test_a_test_that_is_written_wrong_is_told_with_its_place(police: Path, old: str, new: str, words: str) -> None:
    folder = edited(police, "tests/cong-an.yaml", old, new)
    found = problems(lambda: written_tests(read_version(folder)))
    assert words in found[0].message.vi + found[0].fix.vi


def test_a_plan_that_is_invalid_fails_its_test_with_the_reason(police: Path) -> None:
    folder = edited(police, "tests/cong-an.yaml", "value: commune", "value: comune")
    [failed] = [result for result in run_of(folder).results if not result.passed]
    assert "commune" in failed.problems[0].fix.vi


def test_a_whole_plan_may_stand_in_a_test(police: Path) -> None:
    plan = (police / "tests" / "plan.yaml").read_text(encoding="utf-8").splitlines()
    inside = "\n".join(f"      {line}" for line in plan)
    (police / "tests" / "cong-an.yaml").write_text(
        f"tests:\n  - name: cả kế hoạch\n    plan:\n{inside}\n    expect: []\n"
    )
    assert run_of(str(police)).passed


def test_a_pack_without_tests_is_a_problem() -> None:
    small = str(ROOT / "tests" / "packs" / "small")
    assert "chưa có kiểm thử" in problems(lambda: written_tests(read_version(small)))[0].message.vi
