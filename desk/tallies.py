"""How many cases have a finding of a rule or a clause: counted as verdicts come and states change, for lists of very many."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .model import Case, Found, Tally

KINDS: Final[dict[str, Any]] = {"rule": Found.rule, "clause": Found.clause}
"""What is counted by, with the column that says it of a finding."""

Counted = tuple[str, str, str, int]
"""A kind, a code of it, a state, and how many cases."""


@contextmanager
def tallied(session: Session, case: Case, *, is_new: bool = False) -> Iterator[None]:
    """Keep the tallies right through what happens to a case within: it gets another state or other findings, or is deleted."""
    before = set() if is_new else _of(session, case)
    yield
    session.flush()
    after = _of(session, case)
    for key in before ^ after:
        tally = session.get(Tally, key)
        if tally is None:
            kind, code, state = key
            tally = Tally(kind=kind, code=code, state=state, cases=0)
            session.add(tally)
        tally.cases += 1 if key in after else -1


def _of(session: Session, case: Case) -> set[tuple[str, str, str]]:
    found = session.execute(select(*KINDS.values()).where(Found.case_id == case.id)).all()
    return {(kind, code, case.state) for row in found for kind, code in zip(KINDS, row, strict=True)}


def by_state(session: Session, kind: str, code: str) -> dict[str, int]:
    """How many cases in each state have such a finding."""
    found = select(Tally.state, Tally.cases).where(Tally.kind == kind, Tally.code == code)
    return dict(session.execute(found).all())


def counted(session: Session) -> Sequence[Counted]:
    """All tallies as they are to be, counted anew."""
    return [
        (kind, *row)
        for kind, column in KINDS.items()
        for row in session.execute(
            select(column, Case.state, func.count(Found.case_id.distinct()))
            .join(Case, Case.id == Found.case_id)
            .group_by(column, Case.state)
        )
    ]


def kept(session: Session) -> Sequence[Counted]:
    """All tallies as they are kept."""
    wanted = select(Tally.kind, Tally.code, Tally.state, Tally.cases).where(Tally.cases != 0)
    return [(kind, code, state, cases) for kind, code, state, cases in session.execute(wanted)]
