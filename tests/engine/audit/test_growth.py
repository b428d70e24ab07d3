"""What an audit has in memory does not grow with the number of plans, but for the bytes that are said here.

Counted are the bytes that its own process has at most of so many plans and of four times as many, whoever checked them.
"""

import pickle
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Final
from unittest import mock

import pytest

from tests.engine.audit.auditing import PLAN, lines
from thamdinh.engine.audit import run
from thamdinh.engine.audit.audited_plan import Across, AuditedPlan, Ballots, SeatElsewhere
from thamdinh.engine.audit.inputs.listing import entries
from thamdinh.engine.audit.run import Request, audit
from thamdinh.engine.audit.shared import keyed_table
from thamdinh.engine.audit.shared.identity import BYTES
from thamdinh.engine.audit.workers import ledger as ledger_module
from thamdinh.engine.audit.workers.batch import AuditJob, Batch, audit_batch, batches
from thamdinh.engine.audit.workers.encoded_plans import encode_batch
from thamdinh.engine.audit.workers.ledger import Ledger
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.documents import source

BATCH = 100

PEOPLE = 4
"""In each plan."""

LEDGER, SAID = 8, 16
"""Bytes of a plan in the ledger, and of what rules across plans say of it until it is said."""

MET = 800
"""Bytes at most of one that meets all others: the place and the organisation by which it is told from them."""

SORTING: Final = 64
"""Bytes for each of so few plans: more files are open at once where more is sorted, up to a number of them."""

Shared = Callable[[Across, int], Across]


def key(of: object) -> bytes:
    return blake2b(str(of).encode(), digest_size=BYTES).digest()


def committee(across: Across, number: int) -> Across:
    return replace(across, ballots=(*across.ballots, Ballots(key("chi-uy"), key("somebody"), b"")))


def named_committee(across: Across, number: int) -> Across:
    seat = SeatElsewhere(key(("elsewhere", number)), key("name"), key("chi-uy"), (0, 0, 0))
    return replace(committee(across, number), elsewhere=(seat,))


def card(across: Across, number: int) -> Across:
    return replace(across, people=key("one") + across.people[BYTES:])


def organization(across: Across, number: int) -> Across:
    return replace(across, organization=key("one"))


def nothing(across: Across, number: int) -> Across:
    return across


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> tuple[Batch, AuditedPlan]:
    """A plan that rules find nothing in, and what is learned from it."""
    file = lines(tmp_path_factory.mktemp("plan") / "a.jsonl", [PLAN])
    (batch,) = batches(entries([str(file)]))
    (outcome,) = audit_batch(batch, AuditJob("growth", (ruleset(),), key=b"k"))
    return batch, outcome


def numbered(outcome: AuditedPlan, number: int, shared: Shared) -> AuditedPlan:
    """The same of the plan of an organisation of its own, with people of its own, but for what all share."""
    people = b"".join(key((number, position)) for position in range(PEOPLE))
    across = Across(key(number), ((736000,),), people, bytes([1]) * PEOPLE, (Ballots(key(-number), people, b""),), ())
    return replace(outcome, digest=f"{number:064x}", across=shared(across, number))


def peak(plans: int, batch: Batch, outcome: AuditedPlan, shared: Shared) -> int:
    """The bytes that an audit of so many plans has at once at most, whoever checked them."""
    found = []
    for begin in range(0, plans, BATCH):
        numbers = range(begin, begin + BATCH)
        some = Batch(begin, tuple(replace(batch.entries[0], line=number + 1) for number in numbers))
        found.append(
            pickle.dumps((some, encode_batch(some, [numbered(outcome, number, shared) for number in numbers])))
        )
    with Ledger() as ledger, mock.patch.object(run, "check_locally", return_value=map(pickle.loads, found)):
        tracemalloc.start()
        try:
            totals = audit(Request(("memory://a.jsonl",), directive="ben-tre-2017"), ledger)
            assert totals.plans == plans
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.mark.long
@pytest.mark.parametrize(
    ("shared", "plans", "bytes_of_a_plan"),
    [
        (nothing, 1000, LEDGER),
        (committee, 1000, LEDGER),
        (named_committee, 200, LEDGER + SAID + MET),
        (card, 200, LEDGER + SAID + MET),
        (organization, 200, LEDGER + SAID + MET),
    ],
)
def test_memory_is_flat_but_for_what_a_plan_must_cost(
    shared: Shared,
    plans: int,
    bytes_of_a_plan: int,
    outcome: tuple[Batch, AuditedPlan],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(source, "LARGEST_FILE", 2**18)  # so much is set aside for a moment when the pack is read
    monkeypatch.setattr(keyed_table, "MOST_BYTES", 2**12)
    monkeypatch.setattr(keyed_table, "_MOST_BITS", 2)  # so few files are open at once
    monkeypatch.setattr(ledger_module, "_MOST_KNOWN", 16)
    # What is made once is made by the first.
    peaks = [peak(count, *outcome, shared) for count in (BATCH, plans, 4 * plans)]
    assert (peaks[2] - peaks[1]) / (3 * plans) <= bytes_of_a_plan + SORTING, peaks


@pytest.mark.long
def test_listing_takes_no_memory_of_a_plan(tmp_path: Path) -> None:
    peaks = []
    for count in (2_000, 10_000):
        file = lines(tmp_path / f"{count}.jsonl", [b"{}\n"] * count)
        tracemalloc.start()
        try:
            assert sum(len(batch.entries) for batch in batches(entries([str(file)]))) == count
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert peaks[1] - peaks[0] < 8_000, peaks
