"""Objects as plain data: given back as they were, and nothing is made but what was named."""

import json
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan_classes import Kind
from thamdinh.engine.base.plain_data import as_plain, by_name, from_plain
from thamdinh.engine.base.text import Text
from thamdinh.engine.directive.packs import available, ruleset
from thamdinh.engine.directive.ruleset import PARTS

NAMED = {**by_name(Text, Kind), "nfc": json.dumps}

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.sampled_from(Kind)
    | st.dates() | st.times().map(lambda at: at.replace(fold=0)) | st.builds(Text, st.text(), st.text()) | st.just(Kind) | st.just(json.dumps)
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner) | st.builds(Text, inner, inner)
    ),
    max_leaves=20,
)


def same(one: Any, other: Any) -> bool:
    """Equal and of the same types throughout: 1 is no True, and a list no tuple."""
    return type(one) is type(other) and repr(one) == repr(other) and one == other


@given(VALUES)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    written = json.dumps(as_plain(value, NAMED))
    assert same(from_plain(json.loads(written), NAMED), value)


@pytest.mark.parametrize("directive", available())
def test_every_ruleset_comes_back_as_it_was(directive: str) -> None:
    whole = ruleset(directive)
    assert same(from_plain(json.loads(json.dumps(as_plain(whole, PARTS))), PARTS), whole)


@pytest.mark.parametrize("value", [object(), {1: 2}, {"a": {1}}, b"bytes", Text("a", object()), str.upper])  # type: ignore[arg-type]
def test_what_is_neither_plain_nor_named_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        as_plain(value, by_name(Text))


@pytest.mark.parametrize("data", [["eval", "1"], ["os.system", "true"], ["@", "print"], [], [["()"], 1], [None]])
def test_nothing_is_made_but_what_was_named(data: object) -> None:
    with pytest.raises((KeyError, IndexError, TypeError)):
        from_plain(data, by_name(Text))


def test_dates_and_times_are_plain() -> None:
    assert as_plain((date(2017, 12, 28), time(7, 30)), {}) == ["()", ["date", "2017-12-28"], ["time", "07:30:00"]]
