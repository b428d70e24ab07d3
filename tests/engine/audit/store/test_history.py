"""History, comparison and deletion of runs."""

import json
import signal
import stat
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from tests.audits import outcomes, run
from tests.engine.audit.store.child import Child, Say
from tests.stores import stores_here
from thamdinh.engine.audit.audited_plan import AuditedPlan, moved
from thamdinh.engine.audit.sink import Addition
from thamdinh.engine.audit.store.database import open_store
from thamdinh.engine.audit.store.export import What, export
from thamdinh.engine.audit.store.history import Comparison, compare, past_run, past_runs, places_of
from thamdinh.engine.audit.store.purge import purge
from thamdinh.engine.audit.store.rows import encoded_rows
from thamdinh.engine.audit.store.store import Store, outcomes_of
from thamdinh.engine.base.problem import HIDDEN_READ, Place, Problem, Unreadable
from thamdinh.engine.base.text import Text
from thamdinh.engine.evaluation.verdict import Finding, Subject, Undecided, Verdict

pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def here() -> Iterator[None]:
    with stores_here():
        yield


def audit(path: Path, given: tuple[AuditedPlan, ...], additions: tuple[Addition, ...] = (), **changes: object) -> None:
    store = Store(path)
    store.begin(run(**changes))
    store.add(encoded_rows(given))
    store.finish(additions)
    store.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audits.duckdb"


@cache
def plans() -> tuple[AuditedPlan, ...]:
    return tuple(outcome for outcome in outcomes(60) if not outcome.verdict.problems)


def breached() -> tuple[AuditedPlan, ...]:
    return tuple(outcome for outcome in plans() if outcome.verdict.findings)


FINDING = Finding("TD999", "D1", "error", Subject("plan", "plan"), Text("mới", "new"), Text("", ""), Place("x"), {})


def changed(outcome: AuditedPlan, *findings: Finding, digest: str = "changed") -> AuditedPlan:
    return replace(outcome, digest=f"{digest} {outcome.digest}", verdict=replace(outcome.verdict, findings=findings))


def compared(path: Path) -> Comparison:
    database = open_store(path)
    try:
        return compare(database, past_run(database, "1"), past_run(database, "last"))
    finally:
        database.close()


def test_the_history_tells_each_run_with_its_counts(path: Path) -> None:
    audit(path, plans())
    store = Store(path)
    store.begin(run(started="2018-01-02T09:30:00", pack="other", inputs=("b", "a")))
    store.add(encoded_rows(outcomes(60)[:11]))
    store.close()
    database = open_store(path)
    first, second = past_runs(database)
    assert (first.run, first.plans, first.finished is not None) == (1, len(plans()), True)
    assert first.findings["error"] == sum(f.severity == "error" for p in plans() for f in p.verdict.findings)
    assert first.statuses["non_compliant"] == sum(p.verdict.status == "non_compliant" for p in plans())
    assert (second.finished, second.inputs, second.statuses["invalid"]) == (None, ("b", "a"), 1)
    assert past_run(database, "cuoi").run == past_run(database, "2").run == 2
    with pytest.raises(Unreadable) as caught:
        past_run(database, "3")
    assert "1, 2" in caught.value.problems[0].fix.vi
    database.close()


def test_two_runs_of_the_same_plans_differ_in_nothing(path: Path) -> None:
    audit(path, plans())
    audit(path, tuple(reversed(plans())), started="2018-01-01T08:00:00")
    comparison = compared(path)
    assert dict(comparison.counts) == {"persisting": sum(len(plan.verdict.findings) for plan in plans())}


def test_a_comparison_tells_new_fixed_persisting_gone_and_unknown(path: Path) -> None:
    fixed, persisting, gone, unknown, more, renamed = breached()[:6]
    audit(path, (fixed, persisting, gone, unknown, more, renamed))
    problem = Problem("PL001", Text("sai", "wrong"), Text("sửa", "mend"), Place(unknown.place))
    nothing: dict[str, None] = dict.fromkeys(("organization", "kind", "district", "term"))
    invalid = replace(unknown, digest="?", **nothing, verdict=Verdict(unknown.place, None, problems=(problem,)))  # type: ignore[arg-type]
    audit(
        path,
        (
            changed(fixed), persisting, invalid, changed(more, *more.verdict.findings, FINDING),
            moved(renamed, "elsewhere.jsonl:3"),
        ),
        pack="next",
    )  # fmt: skip
    comparison = compared(path)
    assert {(item.change, item.rule, item.subject) for item in comparison.differences if item.change != "persisting"} == {
        *(("fixed", f.rule, f.subject.id) for f in fixed.verdict.findings),
        *(("gone", f.rule, f.subject.id) for f in gone.verdict.findings),
        *(("unknown", f.rule, f.subject.id) for f in unknown.verdict.findings),
        ("new", "TD999", "plan"),
    }  # fmt: skip
    kept = [plan for plan in (persisting, more, renamed) for _ in plan.verdict.findings]
    assert comparison.counts["persisting"] == len(kept)
    assert (
        sum((counts for counts in comparison.by("district").values()), start=type(comparison.counts)())
        == comparison.counts
    )
    assert comparison.by("clause")["D1"]["new"] == 1
    assert comparison.to_json()["counts"] == {name: comparison.counts[name] for name in comparison.to_json()["counts"]}  # type: ignore[attr-defined]


def test_a_line_that_another_organisation_has_taken_is_not_the_same_plan(path: Path) -> None:
    one, other = breached()[:2]
    audit(path, (one,))
    audit(path, (moved(other, one.place),), pack="next")
    assert set(compared(path).counts) == {"gone", "new"}


def test_plans_of_one_organisation_are_told_apart_by_their_places(path: Path) -> None:
    plan = breached()[0]
    twice = (plan, replace(changed(plan), place="plans.jsonl:900"))
    audit(path, twice)
    audit(path, twice, started="2018-01-01T08:00:00")
    assert set(compared(path).counts) == {"persisting"}


def at(line: int, outcome: AuditedPlan) -> AuditedPlan:
    return moved(outcome, f"plans.jsonl:{line}")


@cache
def made(name: str) -> AuditedPlan:
    """Outcomes of two organisations with the same finding or without, and of a plan that could not be read."""
    one, other = breached()[:2]
    return {
        "one": changed(one, FINDING, digest="one"),
        "two": changed(one, FINDING, digest="two"),
        "kept": changed(one, FINDING, digest="kept"),
        "mended": changed(one, digest="mended"),
        "other": changed(other, FINDING, digest="one"),
        "others": changed(other, FINDING, digest="two"),
        "unread": outcomes(60)[10],
    }[name]


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        (((2, "one"), (3, "two")), ((1, "one"), (2, "two")), {"persisting": 2}),
        (((2, "one"), (3, "one")), ((1, "one"), (2, "one")), {"persisting": 2}),
        (((2, "one"), (3, "one")), ((3, "one"),), {"persisting": 1, "gone": 1}),
        (((2, "one"), (3, "two")), ((1, "one"), (2, "mended")), {"persisting": 1, "fixed": 1}),
        (((2, "one"), (3, "two")), ((2, "mended"), (3, "kept")), {"fixed": 1, "persisting": 1}),
        (((2, "one"), (3, "two")), ((2, "other"), (3, "others")), {"gone": 2, "new": 2}),
        (((2, "one"), (3, "unread")), ((2, "unread"),), {"gone": 1}),
    ],
    ids=[
        "shifted",
        "copies shifted",
        "a copy less",
        "shifted and mended",
        "changed in place",
        "others there",
        "unread moved",
    ],
)
def test_the_same_content_is_the_same_plan_wherever_it_lies(
    path: Path, old: tuple[tuple[int, str], ...], new: tuple[tuple[int, str], ...], changes: dict[str, int]
) -> None:
    audit(path, tuple(at(line, made(name)) for line, name in old))
    audit(path, tuple(at(line, made(name)) for line, name in new), started="2018-01-01T08:00:00")
    assert dict(compared(path).counts) == changes


def test_findings_alike_in_rule_and_subject_are_compared_one_by_one(path: Path) -> None:
    for started in ("2018-01-01T08:00:00", "2018-01-02T08:00:00"):
        audit(path, (changed(plans()[0], FINDING, FINDING),), started=started)
    assert dict(compared(path).counts) == {"persisting": 2}


def test_whatever_a_store_lists_is_in_natural_order(path: Path) -> None:
    lines, unread = (1, 2, 10, 100), (3, 20)
    given = [at(line, replace(outcome, digest=f"{line}")) for line, outcome in zip(lines, breached(), strict=False)]
    open_question = Undecided("TD507", "D11", Subject("seat", "p01@a"), Text("chưa", "not"), Place("x"), {})
    invalid = [at(line, replace(made("unread"), digest=f"{line}")) for line in unread]
    additions = tuple(Addition(outcome.place, (), (open_question,)) for outcome in given)
    hidden = Problem(HIDDEN_READ, Text("ẩn", "hidden"), Text("", ""), Place("x"))
    given = [replace(outcome, verdict=replace(outcome.verdict, notices=(hidden,))) for outcome in given]
    for started in ("2018-01-01T08:00:00", "2018-01-02T08:00:00"):
        audit(path, (*reversed(given), *reversed(invalid)), additions[::-1], started=started)
    database = open_store(path)
    listed = {
        "outcomes": [outcome.place for outcome in outcomes_of(database, 1)],
        "places": places_of(database, 1, "plans"),
        **{
            what: [
                row["place"]
                for row in json.loads(export(database, past_run(database, "1"), what, "json", "vi", {}))[:-1]
            ]
            for what in get_args(What)
        },
    }
    database.close()
    listed["differences"] = [difference.place for difference in compared(path).differences]
    shown = {name: [int(place.partition(":")[2]) for place in dict.fromkeys(places)] for name, places in listed.items()}
    every = sorted((*lines, *unread))
    assert shown == {
        "outcomes": every, "places": every, "plans": every, "problems": [*unread],
        **{name: [*lines] for name in ("findings", "undecided", "notices", "differences")},
    }  # fmt: skip


def test_a_finding_that_the_later_run_waives_is_not_fixed_and_one_that_it_waives_no_more_is_new(path: Path) -> None:
    plan = next(outcome for outcome in plans() if not outcome.verdict.findings)
    across = Addition(plan.place, (FINDING,), ())
    audit(path, (plan,), (across,))
    waived = replace(FINDING, waived={"reason": "x"})
    audit(path, (plan,), (Addition(plan.place, (waived,), ()),), started="2018-01-01T08:00:00")
    assert dict(compared(path).counts) == {"waived": 1}
    audit(path, (plan,), (across,), started="2018-01-02T08:00:00")
    assert dict(compared(path).counts) == {"persisting": 1}
    database = open_store(path)
    again = compare(database, past_run(database, "2"), past_run(database, "3")).counts
    back = compare(database, past_run(database, "2"), past_run(database, "2")).counts
    database.close()
    assert (dict(again), dict(back)) == ({"new": 1}, {})


def said(outcome: AuditedPlan) -> set[str]:
    """What findings on a plan say of it that is long enough to be looked for."""
    values = (value for f in outcome.verdict.findings for told in (f.message, f.fix) for value in told.written("vi"))
    return {value for value in values if len(value) > 12}


def test_purging_deletes_old_runs_for_good_and_keeps_the_others(path: Path) -> None:
    old, new = plans()[:20], plans()[10:30]
    audit(path, old, started="2017-12-01T08:00:00", inputs=("SECRET INPUT",))
    audit(path, new, started="2018-02-01T00:00:00")
    backup = path.with_name("audits.duckdb.schema-1.backup")
    backup.write_bytes(path.read_bytes())
    only_old = [p for p in old if p not in new]
    words = [w for p in only_old for w in (p.digest, *said(p))] + ["SECRET INPUT"]
    assert all(word.encode() in path.read_bytes() for word in words[-1:])
    purged = purge(path, date(2018, 2, 1))
    assert (purged.runs, purged.kept, purged.backups) == (1, 1, (backup,))
    assert purged.verdicts == len({p.digest for p in only_old})
    content = path.read_bytes()
    kept_words = {word for p in new for word in said(p)}
    for word in words:
        assert word in kept_words or word.encode() not in content, word
    assert [item.name for item in path.parent.iterdir()] == [path.name]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    database = open_store(path)
    assert [item.run for item in past_runs(database)] == [2]
    assert {item.digest for item in outcomes_of(database, 2)} == {item.digest for item in new}
    database.close()
    audit(path, plans(), started="2018-03-01T08:00:00")


def test_a_purge_that_fails_leaves_the_store_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit(path, plans()[:5], started="2017-12-01T08:00:00")
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fail)
        with pytest.raises(Unreadable) as caught:
            purge(path, date(2018, 1, 1))
    assert "đĩa đầy" in caught.value.problems[0].message.vi
    assert "--resume" not in caught.value.problems[0].fix.vi
    assert path.read_bytes() == before
    assert [item.name for item in path.parent.iterdir()] == [path.name]


@pytest.mark.process
def test_a_purge_that_is_killed_leaves_the_old_store_or_the_new_one(path: Path) -> None:
    audit(path, plans()[:30], started="2017-12-01T08:00:00")
    audit(path, plans(), started="2018-02-01T08:00:00", pack="next")
    whole = path.read_bytes()

    def purging(say: Say) -> None:
        say()
        purge(path, date(2018, 1, 1))
        say("done")

    states = set()
    for moment in (0.0, 0.03, 0.06, 0.09, 0.12, 0.2, None):
        path.write_bytes(whole)
        child = Child(purging)
        child.said.readline()
        time.sleep(moment or 0)
        _, said = child.end(0 if moment is None else signal.SIGKILL)
        database = open_store(path)
        runs = [item.run for item in past_runs(database)]
        assert runs in ([1, 2], [2])
        assert runs == [2] or "done" not in said
        assert {item.digest for item in outcomes_of(database, 2)} == {item.digest for item in plans()}
        database.close()
        states.add(tuple(runs))
    assert states == {(1, 2), (2,)}
