"""Every trap of durable-rules is guarded: each test fails when its guard is taken out."""

import random
import subprocess
import sys
from typing import Any

import pytest

from thamdinh.engine.evaluation import durable_session
from thamdinh.engine.evaluation.durable_session import Rulebase, UnsafeFact, UnsafeRule
from thamdinh.engine.evaluation.rule_engine import RuleEngineError

SEAT = {"judged": {"type": "seat"}}
NO_BALLOT = {"none0$not": {"$and": [{"type": "ballot"}, {"person": {"judged": "person"}}]}}


def seats(people: str) -> list[dict[str, Any]]:
    return [{"type": "seat", "row": number, "person": person} for number, person in enumerate(people)]


def ballots(people: str) -> list[dict[str, Any]]:
    return [{"type": "ballot", "row": 100 + number, "person": person} for number, person in enumerate(people)]


def test_a_negation_is_decided_when_all_facts_are_there_whatever_their_order() -> None:
    rulebase = Rulebase({"missing": [SEAT, NO_BALLOT]}, ["seat", "ballot"])
    shuffle = random.Random(7).shuffle
    for _ in range(60):
        facts = [*seats("abcdef"), *ballots("abdef")]
        shuffle(facts)
        assert rulebase.run(facts) == {("missing", 2)}


def test_a_negation_waits_for_the_last_fact_even_when_facts_arrive_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def one_by_one(self: Any, name: str, facts: list[Any]) -> None:
        for fact in facts:
            self.assert_fact(name, fact)

    monkeypatch.setattr(durable_session.Host, "assert_facts", one_by_one)
    rulebase = Rulebase({"missing": [SEAT, NO_BALLOT]}, ["seat", "ballot"])
    assert rulebase.run([*seats("abcdef"), *ballots("abdef")]) == {("missing", 2)}


def test_what_must_not_exist_alone_is_found_missing() -> None:
    rulebase = Rulebase({"none": [SEAT, {"none0$not": {"type": "ballot"}}]}, ["seat", "ballot"])
    assert rulebase.run(seats("a")) == {("none", 0)}
    assert rulebase.run([*seats("a"), *ballots("z")]) == set()


@pytest.mark.parametrize(
    "value",
    [
        1e22,
        1e-7,
        float("inf"),
        float("-inf"),
        float("nan"),
        2**53,
        -(2**64),
        "x" * 65_536,
        "ế" * 11_000,
        "a\0b",
        None,
        [1],
    ],
    ids=lambda value: repr(value)[:12],
)
def test_a_value_that_would_be_dropped_or_changed_is_refused(value: object) -> None:
    rulebase = Rulebase({"any": [SEAT]}, ["seat"])
    with pytest.raises(UnsafeFact, match=r"seat\.person"):
        rulebase.run([{"type": "seat", "row": 0, "person": value}])  # type: ignore[dict-item]


@pytest.mark.parametrize("value", [0, -5, 2**53 - 1, 1.5, 0.0, 1e15, "x" * 50_000, "Nguyễn Thị Út", "", True, False])
def test_a_value_that_is_kept_as_it_is_is_matched(value: object) -> None:
    pattern = {"judged": {"$and": [{"type": "seat"}, {"person": value}]}}
    rulebase = Rulebase({"same": [pattern]}, ["seat"])
    assert rulebase.run([{"type": "seat", "row": 3, "person": value}]) == {("same", 3)}  # type: ignore[dict-item]


@pytest.mark.parametrize("field", ["id", "sid"])
def test_a_field_that_durable_rules_keeps_for_itself_is_refused(field: str) -> None:
    with pytest.raises(UnsafeFact):
        Rulebase({"any": [SEAT]}, ["seat"]).run([{"type": "seat", "row": 0, field: 1}])


@pytest.mark.parametrize(
    ("name", "patterns"),
    [
        ("an inequality join", [SEAT, {"o": {"$and": [{"type": "seat"}, {"$lt": {"x": {"judged": "x"}}}]}}]),
        ("an unknown operator", [{"judged": {"$and": [{"type": "seat"}, {"$mt": {"x": "a*"}}]}}]),
        ("an alternative with joins", [SEAT, {"o": {"$and": [{"type": "seat"}, {"$or": [{"x": {"judged": "x"}}]}]}}]),
        ("a quotient", [{"judged": {"$and": [{"type": "seat"}, {"$div": {"x": 0}}]}}]),
        ("an unknown alias", [SEAT, {"o": {"$and": [{"type": "seat"}, {"x": {"nobody": "x"}}]}}]),
        (
            "an alias bound later",
            [{"judged": {"$and": [{"type": "seat"}, {"x": {"o": "x"}}]}}, {"o": {"type": "seat"}}],
        ),
        ("no pattern", []),
        ("no test of the type", [{"judged": {"person": "a"}}]),
        ("two keys in one condition", [{"judged": {"$and": [{"type": "seat"}, {"x": 1, "y": 2}]}}]),
        ("a type nobody asserts", [{"judged": {"type": "chair"}}]),
        ("a negation before what must exist", [SEAT, NO_BALLOT, {"some0": {"type": "ballot"}}]),
        ("the judged row not first", [{"other": {"type": "seat"}}]),
        ("a null", [{"judged": {"$and": [{"type": "seat"}, {"x": None}]}}]),
        ("too many patterns", [SEAT, *({f"some{i}": {"type": "seat"}} for i in range(16))]),
        ("too many conditions", [{"judged": {"$and": [{"type": "seat"}, *({f"x{i}": 1} for i in range(65))]}}]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_rule_that_would_be_misread_is_refused(name: str, patterns: list[dict[str, object]]) -> None:
    with pytest.raises(UnsafeRule):
        Rulebase({name: patterns}, ["seat", "ballot"])


def test_more_rules_than_one_ruleset_holds_are_spread_over_several() -> None:
    rules = {f"r{n}": [{"judged": {"$and": [{"type": "seat"}, {"person": f"p{n}"}]}}] for n in range(600)}
    rulebase = Rulebase(rules, ["seat"])
    facts = [{"type": "seat", "row": n, "person": f"p{n}"} for n in range(600)]
    assert rulebase.run(facts) == {(f"r{n}", n) for n in range(600)}


def test_more_rules_than_one_pattern_bears_are_spread_over_several_rulesets() -> None:
    rulebase = Rulebase({f"r{n}": [SEAT] for n in range(600)}, ["seat"])
    assert rulebase.run(seats("a")) == {(f"r{n}", 0) for n in range(600)}


def test_more_conditions_than_one_fact_may_match_are_spread_over_several_rulesets() -> None:
    rules = {f"r{n}": [{"judged": {"$and": [{"type": "seat"}, {f"x{n}": True}]}}] for n in range(130)}
    rulebase = Rulebase(rules, ["seat"])
    assert rulebase.run([{"type": "seat", "row": 0, **{f"x{n}": True for n in range(130)}}]) == {
        (f"r{n}", 0) for n in range(130)
    }


def test_a_row_that_two_ways_make_breach_is_found_once() -> None:
    rulebase = Rulebase({"any": [SEAT, {"some0": {"type": "ballot"}}]}, ["seat", "ballot"])
    assert rulebase.run([*seats("a"), *ballots("xyz")]) == {("any", 0)}


def test_rows_with_equal_values_are_all_found() -> None:
    assert Rulebase({"any": [SEAT]}, ["seat"]).run(seats("aaa")) == {("any", 0), ("any", 1), ("any", 2)}


def test_facts_that_no_rule_matches_do_not_keep_others_from_being_judged() -> None:
    rules = {"secretary": [{"judged": {"$and": [{"type": "seat"}, {"role": "secretary"}]}}]}
    rulebase = Rulebase(rules, ["seat", "ballot"])
    facts = [
        *ballots("abc"),
        {"type": "seat", "row": 0, "role": "member"},
        {"type": "seat", "row": 1, "role": "secretary"},
    ]
    assert rulebase.run(facts) == {("secretary", 1)}


@pytest.mark.process
def test_unmatched_facts_do_not_kill_fresh_processes() -> None:
    program = (
        "from thamdinh.engine.evaluation.durable_session import Rulebase\n"
        "rules = {'r': [{'judged': {'$and': [{'type': 'seat'}, {'x': 1}]}}]}\n"
        "for _ in range(20):\n"
        "    rulebase = Rulebase(rules, ['seat', 'ballot'])\n"
        "    for n in range(20):\n"
        "        rulebase.run([{'type': 'seat', 'row': i, 'x': i} for i in range(40)])\n"
    )
    for _ in range(4):
        assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_more_plans_than_there_may_be_live_sessions_are_judged_alike() -> None:
    rulebase = Rulebase({"missing": [SEAT, NO_BALLOT]}, ["seat", "ballot"])
    for _ in range(1_100):
        assert rulebase.run([*seats("ab"), *ballots("a")]) == {("missing", 1)}


@pytest.mark.process
def test_no_timer_thread_is_started() -> None:
    program = (
        "import threading\n"
        "from thamdinh.engine.evaluation.durable_session import Rulebase\n"
        "rulebase = Rulebase({'any': [{'judged': {'type': 'seat'}}]}, ['seat'])\n"
        "rulebase.run([{'type': 'seat', 'row': 0}])\n"
        "raise SystemExit(threading.active_count() - 1)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_an_exception_in_an_action_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_self: Rulebase, _name: str) -> Any:
        def record(_closure: Any) -> None:
            raise ZeroDivisionError

        return record

    monkeypatch.setattr(Rulebase, "_recorder", failing)
    with pytest.raises(RuleEngineError):
        Rulebase({"any": [SEAT]}, ["seat"]).run(seats("a"))


def test_facts_that_were_dropped_leave_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    rulebase = Rulebase({"missing": [SEAT, NO_BALLOT]}, ["seat", "ballot"])
    whole = durable_session.Host.assert_facts
    monkeypatch.setattr(durable_session.Host, "assert_facts", lambda self, name, facts: whole(self, name, facts[:-1]))
    with pytest.raises(RuleEngineError, match="every fact"):
        rulebase.run([*seats("ab"), *ballots("a")])
    monkeypatch.undo()
    assert rulebase.run([*seats("ab"), *ballots("a")]) == {("missing", 1)}


def test_every_session_is_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    rulebase = Rulebase({"any": [SEAT]}, ["seat"])
    deleted: list[str] = []
    whole = durable_session.Host.delete_state

    def delete(self: Any, name: str, sid: str) -> None:
        deleted.append(sid)
        whole(self, name, sid)

    monkeypatch.setattr(durable_session.Host, "delete_state", delete)
    for _ in range(3):
        rulebase.run(seats("a"))
    assert deleted == ["1", "2", "3"]


def test_after_a_failure_the_next_plan_is_judged_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    rulebase = Rulebase({"any": [SEAT]}, ["seat"])
    with monkeypatch.context() as patch:
        patch.setattr(durable_session.Host, "get_state", lambda *_: {"exception": "boom"})
        with pytest.raises(RuleEngineError, match="boom"):
            rulebase.run(seats("a"))
    assert rulebase.run(seats("ab")) == {("any", 0), ("any", 1)}
