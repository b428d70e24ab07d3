"""`python -m benchmarks.desk_lists [--cases N]`: lists, filters and counts of a desk with many cases, on SQLite and PostgreSQL.

Cases and findings are made up and put into the tables as they are, without events: what is timed only reads.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from sqlalchemy import insert, text

from tests import postgresql
from thamdinh.desk.desk import Desk
from thamdinh.desk.listing import ANY, Filter
from thamdinh.desk.model import Case, Found, Tally
from thamdinh.desk.permissions import STATES, Actor
from thamdinh.desk.tallies import counted

ORGANISATIONS: Final = 200
DISTRICTS: Final = 9
RULES: Final = [f"TD{clause}0{number}" for clause in range(1, 9) for number in range(1, 6)]
MOST: Final = 200
"""Milliseconds that each may take (design page)."""
_TIMES: Final = 15
_BATCH: Final = 5_000


def fill(desk: Desk, cases: int) -> dict[str, Actor]:
    """Put so many cases at the desk; gives people who ask."""
    accounts, chance = desk.accounts, Random(17)
    offices = [
        accounts.add_organisation(None, f"Đơn vị {n}", f"Huyện {n % DISTRICTS}", f"loại {n % 5}")
        for n in range(ORGANISATIONS)
    ]
    password = "một câu dài để đo"
    people = {
        "appraiser": accounts.add(None, "canbo", "Cán bộ", ["appraiser"], password),
        "office": accounts.add(None, "donvi", "Đơn vị", ["office"], password, offices[7].id),
    }
    begun = datetime.now(UTC) - timedelta(days=2_000)
    with desk.store.engine.execution_options(writes=True).begin() as connection:
        for first in range(1, cases + 1, _BATCH):
            numbers = range(first, min(first + _BATCH, cases + 1))
            connection.execute(insert(Case.__table__), [case(n, offices, begun, chance, cases) for n in numbers])  # type: ignore[arg-type]
            connection.execute(insert(Found.__table__), [one for n in numbers for one in found(n, chance)])  # type: ignore[arg-type]
    with desk.store.reading() as session:
        tallies = [dict(zip(("kind", "code", "state", "cases"), one, strict=True)) for one in counted(session)]
    with desk.store.engine.execution_options(writes=True).begin() as connection:
        connection.execute(insert(Tally.__table__), tallies)  # type: ignore[arg-type]
    with desk.store.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    return {name: Actor(account.id) for name, account in people.items()}


def case(number: int, offices: list[Any], begun: datetime, chance: Random, cases: int) -> dict[str, Any]:
    """One made-up case."""
    office = chance.choice(offices)
    at = begun + timedelta(days=2_000) * (number / cases)
    return {
        "id": number, "title": f"Kế hoạch {number}", "organisation_id": office.id, "district": office.district,
        "kind": office.kind, "state": chance.choice([*STATES]), "created": at, "changed": at, "directive": "ben-tre-2017",
        "status": chance.choice(["compliant", "non_compliant"]), "errors": 1, "warnings": 0, "version": 1,
        "appraiser_id": None, "proposal": None,
    }  # fmt: skip


def found(number: int, chance: Random) -> Iterator[dict[str, Any]]:
    """The findings of a made-up case: none to five. One rule is found nearly everywhere, and one hardly anywhere."""
    for rule in {
        *chance.sample(RULES[1:-1], chance.randrange(5)),
        *RULES[: chance.random() < 0.9],
        *RULES[-1:] * (number % 5_000 == 0),
    }:
        yield {"case_id": number, "rule": rule, "subject": "plan", "clause": f"D{rule[2]}", "severity": "error"}


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """The shortest and the median of some times, in ms; the first, which warms what a desk at work has warm, is dropped.

    Whatever else the machine does makes times longer: the shortest says what the work itself takes.
    """
    times = []
    for _ in range(_TIMES + 1):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1_000)
    return min(times[1:]), statistics.median(times[1:])


def measured(desk: Desk, people: dict[str, Actor]) -> Iterator[tuple[str, float, float]]:
    """What is asked of lists, and how long each takes."""
    filters = {
        "all": ANY,
        "a state": Filter(state="submitted"),
        "a district": Filter(district="Huyện 3"),
        "a kind, a state": Filter(kind="loại 2", state="returned"),
        "a verdict": Filter(status="compliant"),
        "a rule found in 90 %": Filter(rule=RULES[0]),
        "a rule found in 0.02 %": Filter(rule=RULES[-1]),
        "a clause": Filter(clause="D4"),
        "a rule, a district, a state": Filter(rule=RULES[7], district="Huyện 1", state="accepted"),
        "unchanged for 1,000 days": Filter(older=1_000),
        "open, unchanged for 30 days": Filter(state="under_appraisal", older=30),
    }
    for who, actor in people.items():
        for name, wanted in (
            filters.items()
            if who == "appraiser"
            else [("its own", ANY), ("its own, a state", Filter(state="accepted"))]
        ):
            yield f"{who}: list, {name}", *timed(lambda actor=actor, wanted=wanted: desk.listing.page(actor, wanted))  # type: ignore[misc]
            yield (
                f"{who}: counts, {name}",
                *timed(lambda actor=actor, wanted=wanted: desk.listing.counts(actor, wanted)),
            )  # type: ignore[misc]
    appraiser = people["appraiser"]
    middle = desk.listing.page(appraiser, Filter(older=1_000)).after
    yield "appraiser: a page in the middle", *timed(lambda: desk.listing.page(appraiser, after=middle))
    yield "appraiser: choices of filters", *timed(lambda: desk.listing.choices(appraiser))


@contextmanager
def desks(cases: int) -> Iterator[Iterator[tuple[str, Desk, dict[str, Actor]]]]:
    """A filled desk on each database that there is here, one after another."""

    def each() -> Iterator[tuple[str, Desk, dict[str, Actor]]]:
        with tempfile.TemporaryDirectory() as folder:
            with Desk(Path(folder, "desk"), make=True) as desk:
                yield "SQLite", desk, fill(desk, cases)
            if (why := postgresql.missing()) is not None:
                print(why)
                return
            with (
                postgresql.server() as address,
                Desk(Path(folder, "other"), postgresql.new_database(address), make=True) as desk,
            ):
                yield "PostgreSQL", desk, fill(desk, cases)

    yield each()


def main() -> None:
    """Print a table for each database, and what takes too long."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk_lists")
    parser.add_argument("--cases", type=int, default=100_000)
    given = parser.parse_args()
    slow = []
    with desks(given.cases) as each:
        for database, desk, people in each:
            print(f"\n{database}, {given.cases:,} cases\n\n| what | shortest ms | median ms |\n|---|---|---|")
            for name, shortest, median in measured(desk, people):
                print(f"| {name} | {shortest:.1f} | {median:.1f} |", flush=True)
                slow += [f"{database}: {name}"] if shortest > MOST else []
    print("\n" + ("\n".join(f"over {MOST} ms: {name}" for name in slow) if slow else f"All under {MOST} ms."))


if __name__ == "__main__":
    main()
