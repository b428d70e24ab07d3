"""Columns of Parquet tell what their values tell, however the file gave these."""

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan_classes import Plan, Standing
from tests.plans import PLAN
from thamdinh.engine.audit.quick import parquet
from thamdinh.engine.audit.quick.agreement import _repeated
from thamdinh.engine.audit.quick.columns import Column, Doubtful, PeopleColumns, _says_nothing, _Texts, coded
from thamdinh.engine.base.nothing_said import says_nothing
from thamdinh.engine.base.record import replaced
from thamdinh.engine.documents import read
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.model.rows import column, suspects
from thamdinh.engine.model.types import MOST_ROWS

BASE = read_plan(read("plan.yaml", PLAN.encode()))
TEXTS = st.text("ab1é", min_size=1, max_size=3)


@given(st.lists(st.none() | TEXTS), st.lists(st.none() | TEXTS))
def test_codes_stand_for_values_whatever_dictionary_the_file_gave(
    values: list[str | None], others: list[str | None]
) -> None:
    dictionary = [*others, *values]  # with texts twice, texts that stand nowhere, and none
    places = [None if value is None else len(others) + place for place, value in enumerate(values)]
    given = pa.DictionaryArray.from_arrays(pa.array(places, pa.int32()), pa.array(dictionary, pa.string()))
    for array in (given, pa.array(values, pa.string())):
        codes, different = coded(array)
        found = [*different.to_pylist(), None]
        assert [found[code] for code in codes] == values
        assert sorted(set(values) - {None}) == sorted(different.to_pylist())  # type: ignore[type-var]


def test_codes_beyond_the_dictionary_are_doubtful() -> None:
    with pytest.raises(Doubtful):
        coded(pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int32()), pa.array(["a"]), safe=False))


@given(st.lists(st.tuples(st.integers(0, 3) | st.just(900), st.integers(0, 5) | st.integers(0, 10**6))))
def test_what_stands_twice_is_found_however_many_differ(pairs: list[tuple[int, int]]) -> None:
    codes, _ = coded(pa.array([code for _, code in pairs], pa.int64()))
    owners = pa.array([owner for owner, _ in pairs], pa.int64()).to_numpy()
    expected = {pair[0] for pair in pairs if pairs.count(pair) > 1}
    assert set(_repeated(owners, codes).tolist()) == expected


def test_participants_are_a_sequence_that_tells_of_all_its_rows_what_each_tells() -> None:
    plan: Any
    _, plan = parquet.plans(parquet._array(Plan, [BASE, BASE]))
    people = plan.participants
    expected = [person.id for person in BASE.participants]
    assert len(people) == len(expected) > 2
    assert [person.id for person in people] == [people[place].id for place in range(len(people))] == expected
    assert people[-1].id == people[1:][-1].id == expected[-1]
    assert column(people, "id") == column(BASE.participants, "id") == expected
    with pytest.raises(IndexError):
        people[len(people)]

    def delegate(person: Any) -> bool:
        return person.standing is Standing.CONGRESS_DELEGATE

    def among(rows: Sequence[Any]) -> list[tuple[int, Any]]:
        return [(number, person) for number, person in enumerate(rows) if delegate(person)]

    found, plain = ([*suspects(rows, delegate, ("standing",), among)] for rows in (people, BASE.participants))
    assert [(number, person.id) for number, person in found] == [(number, person.id) for number, person in plain]


@given(st.lists(st.none() | TEXTS, min_size=1))
def test_pieces_are_those_of_each_value_wherever_it_stands(values: list[str | None]) -> None:
    def made(some: Sequence[str | None]) -> bytes:
        return b"".join(repr(text).encode().rjust(8) for text in some)

    found = Column(*coded(pa.array(values, pa.string()))).pieces(made, 8)
    assert found == made(values)


@given(st.lists(TEXTS))
def test_texts_of_a_column_are_those_of_a_list(values: list[str]) -> None:
    texts = _Texts(pa.array(["before", *values], pa.string())[1:])
    assert [*texts] == texts[:] == values
    assert [texts[place] for place in range(len(texts))] == values
    assert texts.lines() == "\n".join(values)


def test_lists_too_long_to_be_told_by_a_number_are_doubtful() -> None:
    row = parquet._array(Plan, [BASE]).to_pylist()[0]
    row["participants"][0]["parts"] = ["year_end"] * 40
    with pytest.raises(Doubtful):
        PeopleColumns(
            type(BASE.participants[0]), pa.array([row], pa.struct(list(parquet.schema()))).field("participants")
        )


@pytest.mark.parametrize("name", ["id", "name", "standing", "eligible", "parts"])
def test_what_every_participant_has_is_never_left_out(name: str) -> None:
    row = parquet._array(Plan, [BASE]).to_pylist()[0]
    row["participants"][1][name] = None
    rows = pa.array([row], pa.struct(list(parquet.schema())))
    with pytest.raises(Doubtful):
        PeopleColumns(type(BASE.participants[0]), rows.field("participants"))
    assert parquet.plans(rows) == [None]


def test_plans_are_told_apart_by_which_text_is_whose() -> None:
    def content(*changes: dict[str, Any]) -> bytes:
        people = [replaced(person, **change) for person, change in zip(BASE.participants, changes, strict=False)]
        rows = parquet._array(Plan, [replaced(BASE, participants=(*people, *BASE.participants[len(people) :]))])
        return parquet.row_content(rows, 0, parquet.plans(rows)[0])

    none: dict[str, Any] = {"party_card": None}
    contents = [
        content(),
        content({"name": "Nguyễn Văn B"}, {"name": "ìnhTrần Thị 😀 Hoa"}),
        content({"name": "Nguyễn Văn Bình"}, {"name": "Trần Thị 😀 Hoa"}, {"replaces": None}),
        content(none, none, none),
        content({"party_card": "83"}, none, none),
        content(none, {"party_card": "83"}, none),
        content(none, none, {"party_card": "83"}),
    ]
    assert len({*contents}) == len(contents)
    assert contents[0] == content({"name": "Nguyễn Văn Bình"})


def test_more_people_than_a_plan_may_have_are_doubtful() -> None:
    row = parquet._array(Plan, [BASE]).to_pylist()[0]
    for count, fits in ((MOST_ROWS, True), (MOST_ROWS + 1, False)):
        row["participants"] = [{**row["participants"][1], "id": f"p{number}"} for number in range(count)]
        with nullcontext() if fits else pytest.raises(Doubtful):
            PeopleColumns(
                type(BASE.participants[0]), pa.array([row], pa.struct(list(parquet.schema()))).field("participants")
            )


@pytest.mark.parametrize("many", [1, 2000])
@pytest.mark.parametrize(
    "text", ["Đảng ủy xã", "không", "“Không có”", "NHƯ TRÊN", "…", "-", '"', "không ai", "N/A.", "nt1", "²"]
)
def test_few_texts_and_many_say_nothing_alike(text: str, many: int) -> None:
    others = [f"Đảng ủy xã {number}" for number in range(many)]
    assert not _says_nothing(pa.array(others))
    assert _says_nothing(pa.array([*others, text])) == says_nothing(text)
