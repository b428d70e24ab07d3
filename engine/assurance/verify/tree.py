"""The symbolic plan: a plan whose rows may be there or not and whose values the solver chooses.

It has the shape of a plan (plan.py), with the same names. Rows are slots with a presence; an enumeration is one truth a
member; a text is a number that stands for it; times are minutes since `base`. Its constraints are those of integrity.py,
so that every plan the solver gives is a valid one.

A seat, a ballot and a vote name a row that may be named once (PL004): they are slots beside that row, one for each.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from itertools import combinations, pairwise
from typing import Any, Final, TypeVar

import z3

from ...model import vocabulary as v
from ...model.document_types import description
from ...model.types import MOST_TARGETS
from .bounds import Bound
from .logic import YES, Truth, Whole, both, every, exactly_one, follows
from .texts import Texts

MINUTES_A_DAY: Final = 24 * 60
LONGEST_SESSION: Final = max(order.days or 0 for record in description().records for order in record.order)


@dataclass(slots=True, eq=False)
class Word:
    """A text, as the number that stands for it. `style` says what to write where nothing rests on it."""

    term: Whole
    style: str


@dataclass(slots=True, eq=False)
class Choice:
    """One member of an enumeration: exactly one of the truths holds."""

    members: dict[str, Truth]


@dataclass(slots=True, eq=False)
class Members:
    """A set of members of an enumeration."""

    members: dict[str, Truth]


@dataclass(slots=True, eq=False)
class Flag:
    term: Truth


@dataclass(slots=True, eq=False)
class Number:
    term: Whole


@dataclass(slots=True, eq=False)
class Moment:
    """An instant, in minutes since the base of the plan."""

    term: Whole


@dataclass(slots=True, eq=False)
class SplitInstant:
    """An instant whose day (from the base) and minute of the day are told apart."""

    day: Whole
    minute: Whole

    @property
    def term(self) -> Whole:
        return self.day * MINUTES_A_DAY + self.minute


@dataclass(slots=True, eq=False)
class Person:
    """A participant, by the number of the slot."""

    index: Whole


@dataclass(slots=True, eq=False)
class Beside:
    """A reference to the slot of the same number in another list: it never changes."""

    number: int
    rows: str


@dataclass(slots=True, eq=False)
class Optional:
    """A value that may be absent."""

    given: Truth
    node: "Node"


@dataclass(slots=True, eq=False)
class Record:
    """Named values; the names are those of the plan."""

    def named(self) -> Iterator[tuple[str, Any]]:
        """The nodes, with the names of the plan."""
        for known in fields(self):
            if known.name != "present":
                yield known.name, getattr(self, known.name)


@dataclass(slots=True, eq=False)
class Slot(Record):
    """A row that may be there."""

    present: Truth


@dataclass(slots=True, eq=False)
class Session(Slot):
    start: SplitInstant
    end: SplitInstant
    part: Choice


@dataclass(slots=True, eq=False)
class Discussion(Slot):
    part: Choice
    format: Choice


@dataclass(slots=True, eq=False)
class Report(Slot):
    id: Word
    title: Word
    contents: Members
    guidance: Optional


@dataclass(slots=True, eq=False)
class Participant(Slot):
    id: Word
    name: Word
    party_card: Optional
    standing: Choice
    eligible: Flag
    parts: Members
    replaces: Optional


@dataclass(slots=True, eq=False)
class Seat(Slot):
    person: Beside
    role: Choice


@dataclass(slots=True, eq=False)
class Committee(Slot):
    id: Word
    name: Word
    members: list[Seat]


@dataclass(slots=True, eq=False)
class Briefing(Record):
    by: Person
    covers: Members


@dataclass(slots=True, eq=False)
class Ballot(Slot):
    """Written as the person's id alone."""

    person: Beside


@dataclass(slots=True, eq=False)
class Publication(Slot):
    to: Choice
    at: Moment


@dataclass(slots=True, eq=False)
class Vote(Slot):
    committee: Beside
    briefing: Optional
    ballots_distributed_at: Optional
    ballots: list[Ballot]
    counted_at: Moment
    published: list[Publication]


@dataclass(slots=True, eq=False)
class Outcome(Slot):
    kind: Choice
    subject: Choice
    targets: Number


@dataclass(slots=True, eq=False)
class Organization(Record):
    name: Word
    kind: Choice
    term: Word
    district: Optional
    direct_superior: Word


@dataclass(slots=True, eq=False)
class Conference(Record):
    directed_by: Optional
    sessions: list[Session]
    discussions: list[Discussion]


Node = Word | Choice | Members | Flag | Number | Moment | SplitInstant | Person | Beside | Optional | Record
SlotType = TypeVar("SlotType", bound=Slot)


@dataclass(slots=True, eq=False)
class SymbolicPlan(Record):
    """A plan the solver may choose, within a bound."""

    organization: Organization
    conference: Conference
    reports: list[Report]
    participants: list[Participant]
    committees: list[Committee]
    confidence_votes: list[Vote]
    outcomes: list[Outcome]


@dataclass(slots=True)
class Built:
    """A symbolic plan, what must hold for it to be valid, and what its numbers mean."""

    plan: SymbolicPlan
    constraints: list[Truth]
    setting: "Setting"
    texts: Texts


@dataclass(frozen=True, slots=True)
class Setting:
    """The plans that are looked at: within a bound, all times in its days from `base` on, of a kind (None: of any)."""

    bound: Bound
    base: datetime
    kind: v.Kind | None = None
    term: str = "2015-2020"
    """What is written for the term of office where no rule reads it."""
    same_people: bool = False
    """Whether the people are those of a valid plan, so that what must differ between them need not be asked for."""


def build(setting: Setting, texts: Texts) -> Built:
    """The symbolic plan of a setting."""
    builder = _Builder(setting.bound, texts, setting.same_people)
    return Built(builder.plan(setting.kind), builder.constraints, setting, texts)


@dataclass
class _Builder:
    bound: Bound
    texts: Texts
    same_people: bool
    constraints: list[Truth] = field(default_factory=list)
    _made: int = 0
    _people: Whole = 0

    def plan(self, kind: v.Kind | None) -> SymbolicPlan:
        bound = self.bound
        organization = Organization(
            self.word("organization"),
            self.choice(v.Kind) if kind is None else Choice({str(kind): YES}),
            self.word("term"),
            self.optional(self.word("district")),
            self.word("direct_superior"),
        )
        conference = Conference(
            self.optional(self.word("directed_by")),
            self.rows(bound.sessions, self.session),
            self.rows(
                bound.discussions, lambda _, p: Discussion(p, self.choice(v.Part), self.choice(v.DiscussionFormat))
            ),
        )
        reports = self.rows(
            bound.reports,
            lambda _, p: Report(
                p,
                self.word("report"),
                self.word("title"),
                self.members(v.Content),
                self.optional(self.word("guidance")),
            ),
        )
        self.differ([report.id for report in reports])
        people = self.rows(bound.participants, lambda _, p: self.participant(p))
        if not self.same_people:
            self.differ([person.id for person in people])
            self.cards_differ(people)
        self._people = z3.Sum([z3.If(person.present, 1, 0) for person in people])
        for number, person in enumerate(people):
            replaces = both(person.present, person.replaces.given)
            self.names_a_person(replaces, person.replaces.node)
            assert isinstance(person.replaces.node, Person)
            self.require(follows(replaces, person.replaces.node.index != number))
        committees = self.rows(bound.committees, lambda _, p: self.committee(p, people))
        self.differ([committee.id for committee in committees])
        votes = [self.vote(number, committee, people) for number, committee in enumerate(committees)]
        outcomes = self.rows(bound.outcomes, self.outcome)
        return SymbolicPlan(organization, conference, reports, people, committees, votes, outcomes)

    def session(self, _: int, present: Truth) -> Session:
        slot = Session(present, self.split_instant(), self.split_instant(), self.choice(v.Part))
        self.require(slot.start.term < slot.end.term)
        longest = LONGEST_SESSION * MINUTES_A_DAY
        if self.bound.days * MINUTES_A_DAY > longest:
            self.require(slot.end.term - slot.start.term <= longest)
        return slot

    def participant(self, present: Truth) -> Participant:
        return Participant(
            present,
            self.word("person"),
            self.word("person_name"),
            self.optional(self.word("party_card")),
            self.choice(v.Standing),
            Flag(self.truth()),
            self.members(v.Part),
            self.optional(Person(self.whole())),
        )

    def committee(self, present: Truth, people: list[Participant]) -> Committee:
        members = []
        for number, person in enumerate(people):
            seat = Seat(self.truth(), Beside(number, "participants"), self.choice(v.Role))
            self.require(follows(seat.present, both(present, person.present)))
            members.append(seat)
        return Committee(present, self.word("committee"), self.word("committee_name"), members)

    def vote(self, number: int, committee: Committee, people: list[Participant]) -> Vote:
        present = self.truth()
        self.require(follows(present, committee.present))
        briefing = Briefing(Person(self.whole()), self.members(v.BriefingTopic))
        given = self.truth()
        self.require(follows(given, present))
        self.names_a_person(given, briefing.by)
        ballots = []
        for position, person in enumerate(people):
            ballot = Ballot(self.truth(), Beside(position, "participants"))
            self.require(follows(ballot.present, both(present, person.present)))
            ballots.append(ballot)
        distributed, counted = self.optional(self.moment()), self.moment()
        published = self.rows(
            self.bound.publications, lambda _, p: Publication(p, self.choice(v.Audience), self.moment())
        )
        if published:
            self.require(follows(published[0].present, present))
        return Vote(
            present, Beside(number, "committees"), Optional(given, briefing), distributed, ballots, counted, published
        )

    def outcome(self, _: int, present: Truth) -> Outcome:
        targets = self.whole()
        self.require(both(targets >= 0, targets <= MOST_TARGETS))
        return Outcome(present, self.choice(v.OutcomeKind), self.choice(v.OutcomeSubject), Number(targets))

    def rows(self, count: int, slot: Callable[[int, Truth], SlotType]) -> list[SlotType]:
        """So many slots; those that are there come first."""
        made = [slot(number, self.truth()) for number in range(count)]
        for earlier, later in pairwise(made):
            self.require(follows(later.present, earlier.present))
        return made

    def names_a_person(self, given: Truth, node: "Node") -> None:
        """PL003: where it is given, the person is among the participants."""
        assert isinstance(node, Person)
        self.require(follows(given, both(node.index >= 0, node.index < self._people)))

    def differ(self, ids: list[Word]) -> None:
        """PL004: no two ids are the same."""
        if len(ids) > 1:
            self.require(z3.Distinct([word.term for word in ids]))

    def cards_differ(self, people: list[Participant]) -> None:
        """PL004: no two people have the same party card."""
        for one, other in combinations(people, 2):
            together = every((one.present, other.present, one.party_card.given, other.party_card.given))
            self.require(follows(together, _term(one.party_card) != _term(other.party_card)))

    def require(self, constraint: Truth) -> None:
        if not z3.is_true(constraint):
            self.constraints.append(constraint)

    def word(self, style: str) -> Word:
        term = self.whole()
        for unfit in self.texts.unfit(style):
            self.require(term != unfit)
        return Word(term, style)

    def choice(self, enumeration: type[StrEnum]) -> Choice:
        members = {str(member): self.truth() for member in enumeration}
        self.constraints += exactly_one(members.values())
        return Choice(members)

    def members(self, enumeration: type[StrEnum]) -> Members:
        return Members({str(member): self.truth() for member in enumeration})

    def optional(self, node: "Node") -> Optional:
        return Optional(self.truth(), node)

    def split_instant(self) -> SplitInstant:
        day, minute = self.whole(), self.whole()
        self.require(every((day >= 0, day < self.bound.days, minute >= 0, minute < MINUTES_A_DAY)))
        return SplitInstant(day, minute)

    def moment(self) -> Moment:
        term = self.whole()
        self.require(both(term >= 0, term < self.bound.days * MINUTES_A_DAY))
        return Moment(term)

    def truth(self) -> Truth:
        self._made += 1
        return z3.Bool(f"b{self._made}")

    def whole(self) -> Whole:
        self._made += 1
        return z3.Int(f"n{self._made}")


def _term(optional: Optional) -> Whole:
    assert isinstance(optional.node, Word)
    return optional.node.term
