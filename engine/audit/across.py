"""Rules across plans: which rows there are once all plans are in, and what the rules say of them.

It runs in one place, after all plans are checked, whoever checked them; every result depends on the plans alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from hashlib import blake2b
from heapq import nsmallest
from typing import Final, cast

import msgspec

from ..base.problem import Place, Unreadable
from ..directive import phrasing
from ..directive.formula import Atom, holds, leaves
from ..directive.ruleset import Judgement, Ruleset
from ..evaluation.hits import subject
from ..evaluation.verdict import Evidence, Finding, Undecided
from ..evaluation.wording import remedy, worded
from ..model.description import PeopleListing
from ..model.facts import Entity, Facts, Row, Value, flatten
from ..model.facts_across import across_entities, path_in
from ..model.instants import Readings
from ..model.privacy import presentable
from .audited_plan import AuditedPlan, split_place
from .shared.pairs import Person, listed_people, paired, unmatched
from .shared.register import MOST_NAMED, Booked, OrganizationPlans, SeatRow
from .shared.spool import Spool
from .sink import Addition
from .workers.ledger import Ledger

_NONE: Final = cast(Facts, {})
"""Rules across plans look for no other rows."""


_Said = tuple[Row, Evidence, int, int | None]
"""What a rule across plans says: of which row, with more evidence, which judgement, and the undecided reason, if one."""

_GONE: Final[_Said] = (Row("submission", {}, ()), {}, -1, None)
"""Said of a plan that can't be read any more."""


def additions(ledger: Ledger, rulesets: Iterable[Ruleset], *, redact_names: bool) -> Iterator[tuple[int, Addition]]:
    """What the rules across plans say of each plan, in the order of the numbers; silent where they say nothing.

    The rules of each directive are asked among the plans that it judges.

    A plan that must be read again for that, and is no longer what was checked, has a problem instead.
    """
    with closing(Spool(ledger.folder / "said")) as said:
        by_directive = {ruleset.directive: ruleset for ruleset in rulesets}
        _Judging(ledger, by_directive, said, redact_names=redact_names).judge()
        for number, things in said.by_number():
            ruleset = by_directive[ledger.about(number).directive]
            yield number, _addition(ledger, ruleset, number, things, redact_names=redact_names)


class _Judging:
    def __init__(self, ledger: Ledger, rulesets: Mapping[str, Ruleset], said: Spool, *, redact_names: bool) -> None:
        self._ledger, self._rulesets, self._said, self._redact = ledger, rulesets, said, redact_names

    def judge(self) -> None:
        """Put into the spool all that is to be said."""
        judged = {judgement.entity for ruleset in self._rulesets.values() for judgement in ruleset.across}
        register = self._ledger.register
        if "submission" in judged:
            for group in register.organizations(self._ledger.about):
                self._submissions(group)
        if "seat_elsewhere" in judged:
            for named in register.seats_elsewhere(self._ledger.about):
                self._elsewhere(named)
        if "booking" in judged:
            for booked in register.bookings(self._ledger.about):
                self._booking(booked)

        for judged_numbers, others in register.counterparts():
            different = {self._ledger.about(other).digest: other for other in reversed(others)}
            for number in judged_numbers:
                self._beside(number, [*different.values()])

    def _beside(self, number: int, others: list[int]) -> None:
        """A document, and those of another type of the same organisation and term, each content once."""
        entity = paired(self._rulesets[self._ledger.about(number).directive].known)
        if entity is None or entity.pairs is None:
            return
        values: dict[str, Value] = {"plans": len(others), "bodies": 0, "missing": 0, "unexpected": 0}
        evidence: Evidence = {}
        if len(others) == 1:
            (other,) = others
            values["plan_at"] = evidence["plan_at"] = self._ledger.about(other).place
            try:
                (ours,) = self._listed(number, entity.pairs.ours).items()
                theirs = self._listed(other, entity.pairs.theirs)
            except Unreadable:
                self._said.add(number, _GONE)
                return
            if ours[0] in theirs:
                unexpected, missing = unmatched(ours[1], theirs[ours[0]])
                values |= {"bodies": 1, "missing": len(missing), "unexpected": len(unexpected)}
                for name, people in (("missing_people", missing), ("unexpected_people", unexpected)):
                    if people:
                        more = ["…"] if len(people) > MOST_NAMED else []
                        values[name] = ", ".join([*(person.shown for person in people[:MOST_NAMED]), *more])
        self._judge(number, entity.name, values, (), evidence)

    def _listed(self, number: int, listing: PeopleListing) -> dict[str, list[Person]]:
        known = self._rulesets[self._ledger.about(number).directive].known
        return listed_people(self._ledger.reread(number, known)[0].whole(), listing, redact=self._redact)

    def _submissions(self, group: OrganizationPlans) -> None:
        """Plans of one organisation: copies of one plan, and plans of several conferences."""
        contents = self._contents(group)
        places = {number: place for number, _, place in group.plans}
        by_content: dict[int, list[str]] = {}
        for number, content in contents.items():
            by_content.setdefault(content, []).append(places[number])
        counts = {content: len(found) for content, found in by_content.items()}
        # One more than are named, as a plan is not named to itself: thousands of copies are not looked through for each.
        named = {content: nsmallest(MOST_NAMED + 1, found) for content, found in by_content.items()}
        firsts = nsmallest(MOST_NAMED + 1, ((found[0], content) for content, found in named.items()))
        for number, content in contents.items():
            copies = [place for place in named[content] if place != places[number]]
            others = [place for place, other in firsts if other != content]
            values: dict[str, Value] = {
                "organization": self._ledger.about(number).name,
                "copies": counts[content],
                "conferences": len(by_content),
            }
            if copies:
                values["copies_at"] = copies[0]
            if others:
                values["conferences_at"] = others[0]
            more = {"copies": copies[:MOST_NAMED], "conferences": others[:MOST_NAMED]}
            evidence: Evidence = {f"{name}_at": named for name, named in more.items() if named}
            self._judge(number, "submission", values, (), evidence)

    def _elsewhere(self, named: SeatRow) -> None:
        """A seat on a body of another plan."""
        said = self._ledger.about(named.number).elsewhere[named.position]
        if said.here is not None:  # the plan itself has the body, and knows the person by id
            named = SeatRow(named.number, named.position, 1, named.number, False, said.here, 0)
        values: dict[str, Value] = {
            "same_plan": said.here is not None,
            "has_card": any(said.person),
            "organizations": named.organizations,
            "suspended": named.suspended,
            "ballots": named.ballots,
            "namesakes": named.namesakes,
        }
        if named.unnamed is not None:
            values["unnamed_committees"] = named.unnamed
        evidence: Evidence = {}
        if named.first is not None:
            first = self._ledger.about(named.first)
            evidence["organization"] = first.name
            values["plan_at"] = first.place
        self._judge(named.number, "seat_elsewhere", values, said.path, evidence)

    def _booking(self, booked: Booked) -> None:
        """A participant who is at other conferences at the same half day."""
        others = [self._ledger.about(number) for number in booked.others]
        known = self._rulesets[self._ledger.about(booked.number).directive].known
        halves = list(across_entities(known)["booking"].fields["half"].enumeration or ())
        values: dict[str, Value] = {
            "day": f"{date.fromordinal(booked.half_day // 2):%d/%m/%Y}",
            "half": halves[booked.half_day % 2].value,
            "conferences": booked.organizations,
            "conferences_of": ", ".join(other.name for other in others),
        }
        evidence: Evidence = {
            "day": date.fromordinal(booked.half_day // 2).isoformat(),
            "half": values["half"],
            "others": [{"organization": other.name, "plan": other.place} for other in others],
        }
        self._judge(booked.number, "booking", values, (booked.position,), evidence)

    def _contents(self, group: OrganizationPlans) -> dict[int, int]:
        """Which of the plans of an organisation are the same plan, whatever the format: the number of the first."""
        first_of: dict[str, int] = {}
        for number, digest, _ in group.plans:
            first_of.setdefault(digest, number)
        # What rules across plans know of a plan is made of it alone: only where that is the same need plans be read.
        alike: dict[bytes, list[str]] = {}
        for digest, number in first_of.items():
            across = msgspec.msgpack.encode(self._ledger.take(number)[1].across)
            alike.setdefault(blake2b(across, digest_size=16).digest(), []).append(digest)
        same: dict[str, str] = {}
        for digests in alike.values():
            read: dict[int, list[str]] = {}
            for digest in digests:
                plan = None if len(digests) == 1 else self._read_again(first_of[digest])
                # Plans of one hash are read again to be compared: of thousands, none but two are held in memory.
                before = read.setdefault(hash(plan), [])
                equal = (other for other in before if self._read_again(first_of[other]) == plan)
                same[digest] = next(equal, digest)
                if same[digest] == digest:
                    before.append(digest)
        return {number: first_of[same[digest]] for number, digest, _ in group.plans}

    def _read_again(self, number: int) -> object:
        """The plan, or what equals no plan where it can't be read any more."""
        try:
            known = self._rulesets[self._ledger.about(number).directive].known
            return self._ledger.reread(number, known)[0].whole()
        except Unreadable:
            self._said.add(number, _GONE)
            return object()

    def _judge(
        self, number: int, entity: str, values: dict[str, Value], positions: Sequence[int], more: Evidence
    ) -> None:
        """Find what each rule says of the row at these positions."""
        about = self._ledger.about(number)
        ruleset = self._rulesets[about.directive]
        row = Row(entity, values, path_in(ruleset.known, entity, positions))
        for position, judgement in enumerate(ruleset.across):
            if judgement.entity != row.entity or judgement.rule in about.suspended:
                continue
            if not holds(judgement.where, row, _NONE):
                continue
            reasons = (which for which, (when, _) in enumerate(judgement.undecided) if holds(when, row, _NONE))
            reason = next(reasons, None)
            if reason is not None or not holds(judgement.require, row, _NONE):
                said: _Said = (row, more, position, reason)
                self._said.add(number, said)


def _addition(ledger: Ledger, ruleset: Ruleset, number: int, things: list[_Said], *, redact_names: bool) -> Addition:
    """What is said of one plan, in words. The words are looked up in the plan, which is read once."""
    entry, outcome = ledger.take(number)
    rules, known = ruleset.across, across_entities(ruleset.known)
    findings, undecided = list[Finding](), list[Undecided]()
    facts: Facts | None = None
    if _GONE in things or any(row.entity != "submission" or entry.line is None for row, *_ in things):
        try:
            read, document = ledger.reread(number, ruleset.known)
        except Unreadable as unreadable:
            return Addition(outcome.place, problems=unreadable.problems)
        facts = flatten(presentable(read, names=redact_names), Readings())
    for row, more, position, reason in sorted(things, key=lambda said: (said[2], said[0].path)):
        if position < 0:
            continue
        judgement = rules[position]
        shown = row
        if row.entity == "submission" and entry.line is not None:
            place = Place(*split_place(outcome.place))
        else:
            assert facts is not None
            place = document.place(row.path)
            shown = Row(row.entity, {**_words(facts, row), **row.values}, row.path)
        entity, clause = known[judgement.entity], _clause(judgement, outcome)
        fields, evidence, about = entity.fields, _evidence(judgement, shown, entity) | more, subject(judgement, shown)
        if reason is not None:
            words = phrasing.render(judgement.undecided[reason][1], shown.values, fields)
            undecided.append(Undecided(judgement.rule, clause, about, words, place, evidence))
        else:
            said = worded(judgement, row, _NONE)
            message = phrasing.render(said.message, shown.values, fields)
            fix = phrasing.render(
                remedy(said.fix, ruleset.known, None if facts is None else document), shown.values, fields
            )
            findings.append(Finding(judgement.rule, clause, judgement.severity, about, message, fix, place, evidence))
    return Addition(outcome.place, tuple(findings), tuple(undecided))


def _clause(judgement: Judgement, outcome: AuditedPlan) -> str:
    """The clause to name: the first of the rule's that no exception suspends for the plan, if one is left."""
    suspended = () if outcome.across is None else outcome.across.suspended_clauses
    return next((clause for clause in judgement.clauses if clause not in suspended), judgement.clause)


def _words(facts: Facts, row: Row) -> dict[str, Value]:
    """What the document says of a row in its own words."""
    if not any(fact.says for across in facts.plan.known.across if across.name == row.entity for fact in across.fields):
        return {}
    return next(said.values for said in facts[row.entity] if said.path == row.path)


def _evidence(judgement: Judgement, row: Row, entity: Entity) -> Evidence:
    """The key of the row, and the fields that the judgement read."""
    read = [*entity.key]
    formulas = (judgement.where, judgement.require, *(when for when, _ in judgement.undecided))
    read += [leaf.field for formula in formulas for leaf in leaves(formula) if isinstance(leaf, Atom)]
    return {name: row.values[name] for name in dict.fromkeys(read) if name in row.values}
