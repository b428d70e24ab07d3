"""Each scenario by itself: whatever ends one, the others have their results, within the limits of a file."""

import os
from pathlib import Path
from typing import Any

import pytest

from thamdinh.engine.assurance.scenarios import checking, running
from thamdinh.engine.assurance.scenarios.checking import check_features, exit_status
from thamdinh.engine.assurance.scenarios.parsing import parse_feature
from thamdinh.engine.base.limits import Limits
from thamdinh.engine.directive.packs import read

HEAD = "# language: vi\nTính năng: Thử\n"
GOOD = """
  Tình huống: {name}
    Cho một kế hoạch đúng chỉ đạo của xã
    Khi thẩm định kế hoạch
    Thì không có phát hiện nào
"""
LONG = """
  Tình huống: rất lâu
    Cho một kế hoạch đúng chỉ đạo của xã
    Và hội nghị họp {number} buổi liên tiếp
    Khi thẩm định kế hoạch
    Thì không có phát hiện nào
"""


def checked(tmp_path: Path, text: str, limits: Limits = Limits()) -> Any:  # noqa: B008 (it never changes)
    (tmp_path / "a.feature").write_text(HEAD + text, encoding="utf-8")
    (found,) = check_features([str(tmp_path / "a.feature")], read(), limits=limits)
    return found


@pytest.mark.long
@pytest.mark.parametrize("blank", ["\u00a0", "\u2003", "\u202f", "\u3000"])
@pytest.mark.parametrize("keyword", ["Cho", "Tình huống:", "Khi", "thẩm định"])
def test_every_blank_is_a_space(blank: str, keyword: str, tmp_path: Path) -> None:
    text = GOOD.format(name="một").replace(f"{keyword} ", f"{keyword}{blank}")
    assert blank in text
    found = checked(tmp_path, text)
    assert exit_status([found]) == 0
    assert [result.status for result in found.results] == ["passed"]
    assert (
        parse_feature(HEAD + text).scenarios[0].steps[0].place
        == parse_feature(HEAD + GOOD.format(name="một")).scenarios[0].steps[0].place
    )


@pytest.mark.parametrize("number", ["201", "9999999", "999999999", "99999999999"])
def test_a_number_beyond_its_bound_is_told_at_its_step(number: str, tmp_path: Path) -> None:
    found = checked(tmp_path, LONG.format(number=number) + GOOD.format(name="sau"))
    assert [result.status for result in found.results] == ["misread", "passed"]
    assert found.results[0].failure.place.line == 6


def test_a_table_whose_first_row_is_not_closed_is_told_at_its_step(tmp_path: Path) -> None:
    table = "    Thì chỉ có các phát hiện sau:\n      | mức độ\n      | lỗi\n"
    before = "".join(GOOD.format(name="trước").splitlines(keepends=True)[:-1])
    found = checked(tmp_path, before + table + GOOD.format(name="sau"))
    assert [result.status for result in found.results] == ["misread", "passed"]
    assert found.results[0].failure.place.line == 7


@pytest.mark.long
@pytest.mark.parametrize("fault", ["error", "death", "endless", "greed"])
def test_no_failure_of_one_scenario_ends_the_others(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = running._run_step

    def broken(step: Any, *others: Any) -> Any:
        if "họp 2 buổi" not in step.text:
            return whole(step, *others)
        if fault == "death":
            os._exit(3)
        while fault == "endless":
            pass
        if fault == "greed":
            _ = bytearray(1) * 2**31
        raise RecursionError

    if fault == "error":
        vocabulary = running.standard_steps()
        monkeypatch.setattr(type(vocabulary), "find", _failing(type(vocabulary).find))
    else:
        monkeypatch.setattr(running, "_run_step", broken)
    scenarios = GOOD.format(name="trước") + LONG.format(number=2) + GOOD.format(name="sau")
    found = checked(tmp_path, scenarios, Limits(seconds=1.0, memory=256))
    assert [result.status for result in found.results] == ["passed", "misread", "passed"]
    assert exit_status([found]) == 2
    assert found.results[1].failure.message.vi


def _failing(find: Any) -> Any:
    def found(self: Any, kind: Any, text: str) -> Any:
        definition = find(self, kind, text)
        if "họp 2 buổi" not in text:
            return definition

        class Broken:
            def perform(self, *_: Any) -> None:
                raise RecursionError

        return Broken()

    return found


def test_a_file_has_an_end_of_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MOST_FILES", 0)
    found = checked(tmp_path, GOOD.format(name="một") + GOOD.format(name="hai"))
    assert [result.status for result in found.results] == ["passed"]
    assert "còn 1 tình huống chưa chạy" in found.problems[0].message.vi
    assert exit_status([found]) == 2
