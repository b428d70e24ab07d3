"""What an editor holds is judged as it is typed only up to a size; nothing that fails ends the server."""

from pathlib import Path

import pytest

from tests.plans import PLAN
from thamdinh.engine.editor.diagnosis import LARGEST_TEXT, diagnose
from thamdinh.engine.evaluation import appraisal


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_text_that_is_too_long_is_told_where_to_be_judged() -> None:
    found = diagnose("a.yaml", PLAN + "#" * LARGEST_TEXT)
    assert found is not None
    (problem,) = found.verdict.problems
    assert problem.code == "PL006"
    assert "thamdinh lint a.yaml" in problem.fix.vi


def test_a_text_as_long_as_may_be_is_judged() -> None:
    found = diagnose("a.yaml", PLAN + "#" * (LARGEST_TEXT - len(PLAN)))
    assert found is not None
    assert found.verdict.problems == ()


def test_what_fails_unforeseen_is_a_problem_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(appraisal, "read_plan", lambda *_: 1 // 0)
    found = diagnose("a.yaml", PLAN)
    assert found is not None
    assert [problem.code for problem in found.verdict.problems] == ["EN001"]
