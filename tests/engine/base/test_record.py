"""Records are what frozen dataclasses are, to whoever makes, compares, changes and keeps them."""

import pickle
from dataclasses import fields, is_dataclass, replace

import pytest

from thamdinh.engine.base.record import Record, items, keys, replaced


class Seat(Record):
    person: str
    role: str = "member"


class Head(Seat):
    since: int = 0


class Named(Record):
    """As a document may name a field."""


Named._keys = ("from", "class")


def test_fields_are_given_in_order_or_by_name_and_defaults_stand_for_the_others() -> None:
    assert keys(Head) == ("person", "role", "since")
    assert items(Head("p01", since=3)) == {"person": "p01", "role": "member", "since": 3}
    assert Seat("p01") == Seat(person="p01", role="member") != Seat("p02")
    assert Head("p01") != Seat("p01")
    assert len({Seat("p01"), Seat("p01", "member"), Seat("p01", "head")}) == 2


def test_records_never_change_and_are_the_same_after_a_journey_to_another_process() -> None:
    seat = Seat("p01")
    with pytest.raises(AttributeError):
        seat.role = "head"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(seat)) == seat
    assert repr(seat) == "Seat(person='p01', role='member')"


def test_to_the_functions_of_dataclasses_a_record_is_one() -> None:
    assert is_dataclass(Seat)
    assert [item.name for item in fields(Head)] == ["person", "role", "since"]
    assert replace(Head("p01"), role="head") == replaced(Head("p01"), role="head") == Head("p01", "head")


def test_a_record_may_have_fields_that_no_dataclass_may_have() -> None:
    assert not is_dataclass(Named)
    assert items(Named("x", "y")) == {"from": "x", "class": "y"}
