"""Verdicts are found by the contents they are on, and none is passed over."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamdinh.engine.audit.store import known_contents
from thamdinh.engine.audit.store.known_contents import KnownContents

PIECES = st.lists(st.lists(st.text("ab", min_size=1, max_size=4), max_size=9), max_size=12)


@given(PIECES, st.sets(st.text("ab", min_size=1, max_size=4)))
def test_every_verdict_on_a_content_is_found_and_no_other(pieces: list[list[str]], asked: set[str]) -> None:
    known, verdicts = KnownContents(), list[str]()
    for piece in pieces:
        known.add(piece, range(len(verdicts), len(verdicts) + len(piece)))
        verdicts += piece
    wanted = [number for number, digest in enumerate(verdicts) if digest in asked]
    assert (sorted(known.of([*asked])), bool(known)) == (wanted, bool(verdicts))


def test_of_contents_that_have_one_hash_all_verdicts_may_be_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_contents, "hash", lambda _: 0, raising=False)
    known = KnownContents()
    known.add(["a", "b"], [1, 2])
    known.add(["c"], [3])
    assert sorted(known.of(["a"])) == [1, 2, 3]


def test_however_many_are_added_there_are_few_parts_to_look_into() -> None:
    known = KnownContents()
    for number in range(1000):
        known.add([str(number)], [number])
    assert len(known._parts) <= math.log2(1000) + 1
    assert known.of(["7", "999"]) in ([7, 999], [999, 7])
