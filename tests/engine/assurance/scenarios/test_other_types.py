"""Scenarios about a type of document that the steps have never heard of, in the words of its description."""

import json
from pathlib import Path

import pytest

from tests.engine.evaluation.test_types_of_document import PACK, written
from tests.engine.model.test_other_types import COUNT, DATA
from thamdinh.engine.assurance.scenarios.checking import check_features
from thamdinh.engine.assurance.scenarios.listing import listing
from thamdinh.engine.assurance.scenarios.running import standard_steps
from thamdinh.engine.directive.packs import read

SPOKEN = (
    COUNT.replace("  - name: minutes\n", "  - name: minutes\n    noun: biên bản\n", 1).replace(
        "  - name: voter\n", "  - name: voter\n    noun: cử tri\n", 1
    )
    + """
subjects:
  - {entity: whole, words: biên bản}
"""
)
FEATURE = """# language: vi
Tính năng: Đếm

  Tình huống: Đủ người
    Cho một biên bản đúng chỉ đạo
    Và biên bản có có mặt là 8
    Khi thẩm định biên bản
    Thì không có phát hiện nào

  Tình huống: Thiếu người
    Cho một biên bản đúng chỉ đạo
    Và biên bản có có mặt là 6
    Và biên bản có thêm các cử tri sau:
      | mã | tên      | mức  |
      | e  | Hồ Thị Đ | thấp |
    Và cử tri “e” có mức là cao
    Khi thẩm định biên bản
    Thì chỉ có lỗi CT101 về biên bản
    Và kết luận là chưa đạt
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written(tmp_path / "type" / "document.yaml", SPOKEN)
    written(tmp_path / "pack" / "directive.yaml", PACK)
    written(tmp_path / "pack" / "tests" / "plan.yaml", json.dumps({"document": "count", **DATA}))
    written(tmp_path / "feature" / "dem.feature", FEATURE)
    return tmp_path


def test_scenarios_begin_with_the_document_of_the_packs_tests_and_change_it_by_its_labels(folder: Path) -> None:
    [checked] = check_features([str(folder / "feature")], read(str(folder / "pack")))
    told = [
        (result.passed, result.failure and (result.failure.step.text, result.failure.message))
        for result in checked.results
    ]
    assert told == [(True, None), (True, None)]


def test_a_word_that_the_type_does_not_have_is_misread_with_the_nearest(folder: Path) -> None:
    path = folder / "feature" / "dem.feature"
    path.write_text(FEATURE.replace("cử tri “e”", "cử trị “e”"), encoding="utf-8")
    [checked] = check_features([str(path)], read(str(folder / "pack")))
    failure = checked.results[1].failure
    assert failure is not None
    assert failure.fix is not None
    assert (failure.status, "cử tri" in failure.fix.vi) == ("misread", True)


def test_the_words_to_use_are_those_of_the_type(folder: Path) -> None:
    page = listing(standard_steps(), read(str(folder / "pack")).ruleset.known, "vi")
    assert "cử tri: mã; tên; mức" in page
    assert "cao; thấp" in page
