"""What findings tell comes out of the store as it went in: by the program, and by the SQL of its views."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.audits import run
from tests.stores import stores_here
from thamdinh.engine.audit.audited_plan import without_plan
from thamdinh.engine.audit.sink import Addition
from thamdinh.engine.audit.store.database import open_store
from thamdinh.engine.audit.store.purge import _STAYS, purge
from thamdinh.engine.audit.store.rows import encoded_rows
from thamdinh.engine.audit.store.store import Store, outcomes_of
from thamdinh.engine.base.problem import Place
from thamdinh.engine.base.text import Filled, Phrase, Text
from thamdinh.engine.directive.phrasing import inert
from thamdinh.engine.evaluation.verdict import Finding, Subject, Verdict

WORDS = some.text(some.sampled_from("ắn{}01 %'\\\n\0"), max_size=8)
VALUES = some.lists(WORDS | some.builds(Text, WORDS, WORDS), max_size=4).map(tuple)


@some.composite
def phrases(draw: some.DrawFn) -> Filled:
    """Templates that name their values in any order, and any number of times."""
    values = draw(VALUES)
    places = [f"{{{number}}}" for number in range(len(values))]
    piece = some.sampled_from(places) | WORDS.map(inert) if places else WORDS.map(inert)
    vi, en = (draw(some.lists(piece, max_size=6).map("".join)) for _ in range(2))
    return Filled(Text(vi, en), values)


def finding(told: Phrase, number: int) -> Finding:
    return Finding("R", "D1", "error", Subject("seat", str(number)), told, told, Place("a.jsonl", 1), {})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One for all examples, with a run for each: it knows some of their templates already."""
    with stores_here(), closing(Store(tmp_path_factory.mktemp("templates") / "audits.duckdb")) as store:
        yield store


@pytest.mark.long
@given(some.lists(phrases() | some.builds(Text, WORDS, WORDS), min_size=1, max_size=8))
@settings(max_examples=25, deadline=None)
def test_words_are_the_same_by_the_program_and_by_the_view(store: Store, told: list[Phrase]) -> None:
    store.begin(run())
    findings = tuple(map(finding, told, range(len(told))))
    store.add(encoded_rows([without_plan("", Verdict("a.jsonl:1", None, findings=findings))]))
    store.finish([Addition("a.jsonl:1", findings)])
    words = [[phrase.vi, phrase.en] * 2 for phrase in told]
    shown = (
        f"SELECT message_vi, message_en, fix_vi, fix_en FROM run_findings WHERE run = {store.run} AND NOT across "
        "ORDER BY position"
    )
    assert [*map(list, store.database.run(shown))] == words
    assert [*map(list, store.database.run(shown.replace("NOT ", "")))] == words
    (outcome,) = outcomes_of(store.database, store.run)
    assert sorted(repr(item.message) for item in outcome.verdict.findings) == sorted(map(repr, [*told, *told]))


@given(phrases())
def test_what_is_told_by_a_template_equals_its_words(told: Filled) -> None:
    words = Text(told.vi, told.en)
    assert (told, words, hash(told), repr(told)) == (words, told, hash(words), repr(words))
    assert told.to_json() == words.to_json()
    assert told != Text(told.vi, f"{told.en}.")


@pytest.mark.long
@pytest.mark.usefixtures("store")
def test_a_purge_forgets_templates_that_no_run_needs(tmp_path: Path) -> None:
    path = tmp_path / "audits.duckdb"
    for number, started in enumerate(("2017-12-01T08:00:00", "2018-03-01T08:00:00")):
        with closing(Store(path)) as store:
            store.begin(run(started=started, pack=str(number)))
            told = [Filled(Text(f"vi {number} {{0}}", f"en {number} {{0}}"), ("x",)), Text("chung", "common")]
            store.add(
                encoded_rows(
                    [without_plan("", Verdict("a.jsonl:1", None, findings=tuple(map(finding, told, range(2)))))]
                )
            )
            store.finish([])
    purge(path, date(2018, 1, 1))
    with closing(open_store(path)) as database:
        assert database.run("SELECT vi FROM templates ORDER BY ALL") == [(["chung"],), (["vi 1 ", "1", ""],)]
        told_of = database.run("SELECT message_vi FROM run_findings ORDER BY ALL")
        assert told_of == [("chung",), ("vi 1 x",)]
        tables = {name for (name,) in database.run("SELECT table_name FROM duckdb_tables() WHERE NOT temporary")}
        assert tables - {"store", "numbers"} == {*_STAYS}, "a purge must know what stays of every table"
