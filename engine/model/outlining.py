"""Make the outline of a plan."""

from .instants import Readings, half_days, slots
from .outline import Member, Moment, Outline, Sitting
from .plan import Plan
from .vocabulary import Role


def outline(plan: Plan, readings: Readings) -> Outline:
    """The outline of a plan that may be shown (privacy.presentable)."""
    organization, sessions = plan.organization, plan.conference.sessions
    return Outline(
        organization.kind,
        organization.term,
        organization.district,
        organization.direct_superior,
        plan.conference.directed_by,
        plan.conference.venue,
        half_days([(session.start, session.end) for session in sessions], readings) / 2,
        tuple(
            Sitting(item.part, item.start, item.end, tuple(range(first, last + 1)))
            for item in sorted(sessions, key=lambda session: (session.start, session.end))
            for first, last in [slots(item.start, item.end, readings)]
        ),
        tuple(_moments(plan)),
        {committee.id: committee.name for committee in plan.committees},
        tuple(_members(plan)),
    )


def _moments(plan: Plan) -> list[Moment]:
    moments = []
    for vote in plan.confidence_votes:
        if vote.ballots_distributed_at is not None:
            moments.append(Moment("handed_out", vote.committee, vote.ballots_distributed_at))
        moments.append(Moment("counted", vote.committee, vote.counted_at))
        moments += [Moment("published", vote.committee, item.at) for item in vote.published]
    return sorted(moments, key=lambda moment: moment.at)


def _members(plan: Plan) -> list[Member]:
    roles: dict[str, dict[str, Role]] = {}
    ballots: dict[str, set[str]] = {}
    for committee in plan.committees:
        for seat in committee.members:
            roles.setdefault(seat.person, {})[committee.id] = seat.role
    for vote in plan.confidence_votes:
        for person in vote.ballots:
            ballots.setdefault(person, set()).add(vote.committee)
    return [
        Member(person.id, person.name, roles.get(person.id, {}), frozenset(ballots.get(person.id, ())))
        for person in plan.participants
        if person.id in roles or person.id in ballots
    ]
