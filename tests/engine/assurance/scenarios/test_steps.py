"""A step is found however it was typed, and what is suggested in place of one that is not known is of its own kind."""

import pytest

from thamdinh.features.steps import STEPS


@pytest.mark.parametrize(
    "typed", ["thẩm định kế hoạch", "thẩm định kế hoạch.", "thẩm định\u00a0kế hoạch", "  thẩm  định kế hoạch . "]
)
def test_a_stop_and_blanks_of_every_kind_count_for_nothing(typed: str) -> None:
    assert STEPS.find("when", typed) is STEPS.find("when", "thẩm định kế hoạch") is not None


@pytest.mark.parametrize(
    ("kind", "typed"), [("then", "kế hoạch có vẻ ổn"), ("when", "thẩm định thử"), ("given", "không có phát hiện nào")]
)
def test_the_steps_suggested_follow_the_same_keyword(kind: str, typed: str) -> None:
    near = STEPS.nearest(kind, typed)  # type: ignore[arg-type]
    assert near
    assert {item.kind for item in near} == {kind}
