"""What there is to see of a case, as it is."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..engine.base.problem import Place
from ..engine.waivers.waivers import Waiver
from .accounts import acting
from .model import Account, Case, Comment, Event, Exemption, Found, Organisation, Part, Version
from .permissions import Actor, permitted


@dataclass(frozen=True)
class View:
    """All that there is to see of a case, as it is. `names`: of the accounts in it, by id; `may`: what the account that asked
    may do now; `uncovered`: the findings of severity error that no exception covers today."""

    case: Case
    organisation: Organisation
    versions: Sequence[Version]
    comments: Sequence[Comment]
    exceptions: Sequence[Exemption]
    events: Sequence[Event]
    found: Sequence[Found]
    names: dict[int, str]
    may: tuple[str, ...]
    uncovered: Sequence[Found]

    @property
    def latest(self) -> Version:
        return self.versions[-1]


def view(session: Session, actor: Actor, case: Case, today: datetime.date) -> View:
    """A case as the account that asks may see it, which it may at all."""
    account, organisation = acting(session, actor), session.get(Organisation, case.organisation_id)
    assert organisation is not None
    versions = session.scalars(select(Version).where(Version.case_id == case.id).order_by(Version.number)).all()
    comments = session.scalars(select(Comment).where(Comment.case_id == case.id).order_by(Comment.id)).all()
    exceptions = session.scalars(select(Exemption).where(Exemption.case_id == case.id).order_by(Exemption.id)).all()
    events = session.scalars(select(Event).where(Event.case_id == case.id).order_by(Event.number)).all()
    found = session.scalars(select(Found).where(Found.case_id == case.id).order_by(Found.rule, Found.subject)).all()
    parts = session.scalars(select(Part.account_id).where(Part.case_id == case.id)).all()
    people = {case.appraiser_id, *(one.decided_by for one in exceptions), *(one.account_id for one in events)}
    people |= {one.account_id for one in versions} | {one.account_id for one in comments}
    names = session.execute(select(Account.id, Account.name).where(Account.id.in_({one for one in people if one})))
    return View(
        case,
        organisation,
        versions,
        comments,
        exceptions,
        events,
        found,
        dict(names.all()),
        permitted(account, actor.scopes, case, parts),
        uncovered(session, case, today),
    )


def waiver_of(one: Exemption, names: dict[int, str]) -> Waiver:
    """A granted exception as the waiver that marks findings."""
    return Waiver(
        one.rule,
        one.subject,
        None,
        one.reason,
        names.get(one.decided_by or 0, ""),
        one.document or "",
        one.valid_until,
        Place(f"#{one.id}"),
    )


def uncovered(session: Session, case: Case, today: datetime.date) -> list[Found]:
    """The findings of severity error that no exception covers today."""
    granted = session.scalars(select(Exemption).where(Exemption.case_id == case.id, Exemption.state == "granted")).all()
    covered = {(one.rule, one.subject) for one in granted if one.valid_until >= today}
    errors = session.scalars(
        select(Found).where(Found.case_id == case.id, Found.severity == "error").order_by(Found.rule, Found.subject)
    )
    return [one for one in errors if not {(one.rule, one.subject), (one.rule, None)} & covered]
