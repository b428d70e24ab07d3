"""What the benchmarks run beside compiled rules finds exactly the same."""

import json
from pathlib import Path

import pytest
from hypothesis import given

from benchmarks import compiled_trusting, hand_validated, hand_written, peer_clips, peer_duckdb, peers
from tests.engine.audit.quick.test_decode import BASE, ODD_TEXTS, ODD_VALUES, compact, everywhere, lines, slowly
from tests.programs import missing
from tests.properties import examples
from thamdinh.engine.assurance.samples import generate

Found = set[tuple[str, str]]


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Found]]:
    """A file of plans of all kinds, and the breaches that were put into each."""
    made = list(generate(120, 11, 0.9, people=24))
    path = tmp_path_factory.mktemp("peers") / "plans.jsonl"
    path.write_text("".join(json.dumps(one.plan, ensure_ascii=False) + "\n" for one in made), encoding="utf-8")
    return path, [{(breach.rule, breach.subject) for breach in one.breaches} for one in made]


@pytest.mark.long
def test_the_hand_written_checker_finds_the_breaches(plans: tuple[Path, list[Found]]) -> None:
    path, breaches = plans
    assert [hand_written.check(line) for line in path.read_bytes().splitlines()] == breaches


@pytest.mark.long
def test_the_hand_written_checker_that_asks_finds_the_breaches(plans: tuple[Path, list[Found]]) -> None:
    path, breaches = plans
    assert [hand_validated.check(line) for line in path.read_bytes().splitlines()] == breaches


@pytest.mark.long
def test_compiled_rules_that_trust_their_input_find_the_breaches(plans: tuple[Path, list[Found]]) -> None:
    path, breaches = plans
    assert [*map(compiled_trusting.checker(), path.read_bytes().splitlines())] == breaches


@pytest.mark.long
@given(lines())
@examples(3)
def test_the_hand_written_checker_that_asks_accepts_no_plan_that_the_readers_refuse(line: bytes) -> None:
    assert hand_validated.check(line) is None or slowly(line) is not None, line


@pytest.mark.parametrize("value", [*ODD_TEXTS, *ODD_VALUES], ids=repr)
def test_nor_one_with_an_odd_value(value: object) -> None:
    plan = json.loads(
        compact(BASE).replace(b"28/12/2017 13:30", b"2017-12-28T13:30").replace(b"28 16:30:00", b"28T16:30")
    )
    assert hand_validated.check(compact(plan)) is not None
    for line in everywhere(value, plan):
        assert hand_validated.check(line) is None or slowly(line) is not None, line


@pytest.mark.long
def test_duckdb_finds_the_breaches(plans: tuple[Path, list[Found]]) -> None:
    path, breaches = plans
    assert peer_duckdb.run(path, len(breaches)) == breaches


@pytest.mark.long
def test_clips_finds_the_breaches(plans: tuple[Path, list[Found]]) -> None:
    if not peers.has_clips():
        missing("clipspy is not installed: python -m benchmarks.peers")
    path, breaches = plans
    assert peer_clips.run(path, len(breaches)) == breaches


@pytest.mark.office
def test_json_rules_engine_finds_the_breaches(plans: tuple[Path, list[Found]]) -> None:
    if not peers.has_node():
        missing("json-rules-engine is not installed: python -m benchmarks.peers")
    path, breaches = plans
    assert peers.run_node(path, len(breaches))[1] == breaches
