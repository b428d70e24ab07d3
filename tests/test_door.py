"""The door for programs: what its documentation shows is what it does, and opening it loads nothing."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import thamdinh
from tests.appraisal import ROOT
from thamdinh.engine.base.problem import Unreadable

COMPLIANT = ROOT / "examples" / "compliant" / "xa-phu-tuc.yaml"


@pytest.mark.long
def test_the_examples_of_the_door_are_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert doctest.testmod(thamdinh) == (0, 11)


@pytest.mark.long
def test_a_path_and_its_name_are_the_same_plan_in_whatever_folder_it_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "thamdinh.toml").write_text('ignore = ["TD"]\n')
    monkeypatch.chdir(tmp_path)
    by_path = thamdinh.appraise(COMPLIANT)
    assert by_path == thamdinh.appraise(str(COMPLIANT))
    assert isinstance(by_path, thamdinh.Verdict)
    assert by_path.directive == "ben-tre-2017"


def test_a_directive_that_does_not_exist_is_refused_and_no_plan_is_judged_by_another() -> None:
    with pytest.raises(Unreadable):
        thamdinh.appraise(COMPLIANT, directive="ben-tre-2071")
    with pytest.raises(Unreadable):
        next(thamdinh.audit([COMPLIANT], directive="ben-tre-2071", jobs=1))


@pytest.mark.process
def test_opening_the_door_loads_no_rule_and_no_reader() -> None:
    code = "import sys, thamdinh; print(*(name for name in sys.modules if name.startswith('thamdinh')))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert sorted(loaded) == ["thamdinh", "thamdinh.version"]
