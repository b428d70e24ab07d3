"""Lists of cases: filtered, counted, a page at a time, never more than the account may see."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from ..engine.base.record import Record
from .accounts import allowed
from .model import Account, Case, Found, Organisation
from .permissions import ACTIONS, Actor
from .store import DeskStore
from .tallies import KINDS, by_state
from .vocabulary import STATES, State

PAGE: Final = 50
MOST: Final = 200
LONGEST: Final = 100 * 366
"""Days beyond which nothing is older."""
FEW: Final = 2_000
"""How many cases are few among those of a province."""


class Filter(Record):
    """What cases are wanted; None for any. `older`: unchanged for so many days; `mine`: that the account appraises;
    `proposed`: on which an appraiser has proposed a decision."""

    state: State | None = None
    district: str | None = None
    kind: str | None = None
    status: str | None = None
    directive: str | None = None
    organisation_id: int | None = None
    clause: str | None = None
    rule: str | None = None
    older: int | None = None
    mine: bool = False
    proposed: bool = False


ANY: Final = Filter()


@dataclass(frozen=True)
class Page:
    """Some cases, the latest changed first, and the names of their organisations by id; `after` asks for the next page."""

    cases: Sequence[Case]
    names: dict[int, str]
    after: str | None


class Listing:
    """The lists of a desk. Whoever asks is given first."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def page(self, actor: Actor, wanted: Filter = ANY, after: str | None = None, size: int = PAGE) -> Page:
        """The cases that are wanted, from `after` on. Raises Refused."""
        with self._store.reading() as session:
            account = allowed(session, actor, "read")
            found = select(Case).where(*_conditions(account, wanted, self._store.clock()), *_few(session, wanted))
            if after is not None and (place := _place(after)) is not None:
                changed, number = place
                found = found.where(or_(Case.changed < changed, and_(Case.changed == changed, Case.id < number)))
            size = max(1, min(size, MOST))
            cases = session.scalars(found.order_by(Case.changed.desc(), Case.id.desc()).limit(size + 1)).all()
            more, cases = len(cases) > size, cases[:size]
            ids = {case.organisation_id for case in cases}
            names = session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids)))
            last = f"{cases[-1].changed.isoformat()} {cases[-1].id}" if more else None
            return Page(cases, dict(names.all()), last)

    def counts(self, actor: Actor, wanted: Filter = ANY) -> dict[State, int]:
        """How many of the cases that are wanted are in each state. Raises Refused."""
        with self._store.reading() as session:
            account = allowed(session, actor, "read")
            for kind in KINDS:
                code = getattr(wanted, kind)
                if code is not None and wanted == Filter(**{kind: code}) and _reads_all(account):
                    return _of_all(by_state(session, kind, code))
            conditions = _conditions(account, wanted, self._store.clock())
            counted = session.execute(select(Case.state, func.count()).where(*conditions).group_by(Case.state))
            return _of_all(dict(counted.all()))

    def choices(self, actor: Actor) -> dict[str, Sequence[str]]:
        """What there is to choose from in filters, of the cases that the account sees: districts, kinds, directives, clauses and
        rules. Raises Refused."""
        columns: dict[str, Any] = {
            "district": Organisation.district,
            "kind": Organisation.kind,
            "directive": Case.directive,
            "clause": Found.clause,
            "rule": Found.rule,
        }
        with self._store.reading() as session:
            account = allowed(session, actor, "read")
            if _reads_all(account):
                return {name: _distinct(session, column) for name, column in columns.items()}
            own = select(Case.id).where(Case.organisation_id == account.organisation_id)
            found = {
                "directive": select(Case.directive).where(Case.id.in_(own)),
                "clause": select(Found.clause).where(Found.case_id.in_(own)),
                "rule": select(Found.rule).where(Found.case_id.in_(own)),
            }
            return {name: sorted(session.scalars(found[name].distinct())) if name in found else [] for name in columns}


def _of_all(found: dict[str, int]) -> dict[State, int]:
    return {state: found.get(state, 0) for state in STATES}


def _distinct(session: Session, column: Any) -> Sequence[str]:
    """Each value of a column once, from one to the next along its index, so that it takes as long as there are values."""
    found = select(func.min(column).label("value")).cte(recursive=True)
    following = select(func.min(column)).where(column > found.c.value).scalar_subquery()
    values = found.union_all(select(following).where(found.c.value.is_not(None)))
    return session.scalars(select(values.c.value).where(values.c.value.is_not(None))).all()


def _reads_all(account: Account) -> bool:
    """Whether the account sees more than the cases of its own organisation."""
    return bool((ACTIONS["read"].roles - {"office"}) & {*account.roles})


def _conditions(account: Account, wanted: Filter, due: datetime.datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if not _reads_all(account):
        conditions.append(Case.organisation_id == account.organisation_id)
    equal = {
        name: getattr(wanted, name) for name in ("state", "district", "kind", "status", "directive", "organisation_id")
    }
    conditions += [getattr(Case, name) == value for name, value in equal.items() if value is not None]
    for column, value in ((Found.clause, wanted.clause), (Found.rule, wanted.rule)):
        if value is not None:
            conditions.append(select(column).where(Found.case_id == Case.id, column == value).exists())
    if wanted.older is not None:
        conditions.append(Case.changed <= due - datetime.timedelta(days=min(wanted.older, LONGEST)))
    if wanted.proposed:
        conditions += [Case.state == "under_appraisal", Case.proposal.is_not(None)]
    if wanted.mine:
        conditions.append(Case.appraiser_id == account.id)
    return conditions


def _few(session: Session, wanted: Filter) -> list[ColumnElement[bool]]:
    """The cases with a rule or a clause of which there are few: looking through all others by age for them would take long."""
    conditions: list[ColumnElement[bool]] = []
    for kind, column in KINDS.items():
        code = getattr(wanted, kind)
        if code is not None and sum(by_state(session, kind, code).values()) <= FEW:
            ids = session.scalars(select(Found.case_id).where(column == code).distinct()).all()
            conditions.append(Case.id.in_(ids))
    return conditions


def _place(after: str) -> tuple[datetime.datetime, int] | None:
    """Where a page begins; None for what is no such place: the first page."""
    changed, _, number = after.partition(" ")
    try:
        place = datetime.datetime.fromisoformat(changed).astimezone(datetime.UTC), int(number)
    except (ValueError, OverflowError):
        return None
    return place if place[1] < 2**31 else None
