"""Rules across plans: which rows there are once all plans are in, and what the rules say of them.

It runs in one place, after all plans are checked, whoever checked them; every result depends on the plans alone.
"""

from datetime import date
from typing import Final, cast

from .. import wording
from ..check import subject
from ..facts import Facts, Row, Value
from ..facts_across import ACROSS
from ..formula import Atom, holds, leaves
from ..plan import Plan
from ..privacy import presentable
from ..problem import Path, Place
from ..ruleset import Judgement, Ruleset
from ..text import Text
from ..verdict import Evidence, Finding, Undecided
from ..vocabulary import HalfDay
from .ledger import Ledger
from .outcome import split
from .register import MOST_NAMED, Booked, Group, Named
from .sink import Addition

_NONE: Final = cast(Facts, {})
"""Rules across plans look for no other rows."""


def additions(ledger: Ledger, ruleset: Ruleset, *, redact_names: bool) -> dict[int, Addition]:
    """What the rules across plans say of each plan, by its number; plans of which they say nothing are left out.

    Raises Unreadable where a plan is no longer what was checked.
    """
    judging = _Judging(ledger, ruleset, redact_names)
    judged = {judgement.entity for judgement in ruleset.across}
    if "submission" in judged:
        for group in ledger.register.organizations():
            judging.submissions(group)
    if "seat_elsewhere" in judged:
        for seat in ledger.register.seats_elsewhere():
            judging.seat(seat)
    if "booking" in judged:
        for booked in ledger.register.bookings():
            judging.booking(booked)
    return judging.found


class _Judging:
    def __init__(self, ledger: Ledger, ruleset: Ruleset, redact_names: bool) -> None:
        self.found: dict[int, Addition] = {}
        self._ledger, self._ruleset, self._redact_names = ledger, ruleset, redact_names

    def submissions(self, group: Group) -> None:
        """Plans of one organisation: copies of one plan, and plans of several conferences."""
        contents = self._contents(group)
        places = {number: place for number, _, place in group.plans}
        by_content: dict[int, list[int]] = {}
        for number, content in contents.items():
            by_content.setdefault(content, []).append(number)
        firsts = {content: min(places[number] for number in numbers) for content, numbers in by_content.items()}
        for number, content in contents.items():
            copies = sorted(places[other] for other in by_content[content] if other != number)
            others = sorted(place for other, place in firsts.items() if other != content)
            values: dict[str, Value] = {
                "organization": self._organization(number),
                "copies": len(copies) + 1,
                "conferences": len(by_content),
            }
            if copies:
                values["copies_at"] = copies[0]
            if others:
                values["conferences_at"] = others[0]
            more = {"copies": copies[:MOST_NAMED], "conferences": others[:MOST_NAMED]}
            evidence: Evidence = {f"{name}_at": named for name, named in more.items() if named}
            self._judge(number, Row("submission", values, ("organization", "name")), evidence)

    def seat(self, named: Named) -> None:
        """A seat on a committee of another plan."""
        _, outcome = self._ledger.take(named.number)
        assert outcome.across is not None
        seat = outcome.across.elsewhere[named.position]
        values: dict[str, Value] = {
            "has_card": any(seat.person),
            "organizations": named.organizations,
            "suspended": named.suspended,
            "ballots": named.ballots,
            "namesakes": named.namesakes,
        }
        evidence: Evidence = {}
        if named.first is not None:
            evidence["organization"] = self._organization(named.first)
            values["plan_at"] = self._place(named.first)
        committee, member, entry = seat.path
        path = ("committees", committee, "members", member, "also_on", entry)
        self._judge(named.number, Row("seat_elsewhere", values, path), evidence)

    def booking(self, booked: Booked) -> None:
        """A participant who is at other conferences at the same half day."""
        others = [self._organization(number) for number in booked.others]
        values: dict[str, Value] = {
            "day": f"{date.fromordinal(booked.half_day // 2):%d/%m/%Y}",
            "half": (HalfDay.AFTERNOON if booked.half_day % 2 else HalfDay.MORNING).value,
            "conferences": booked.organizations,
            "conferences_of": ", ".join(others),
        }
        evidence: Evidence = {
            "day": date.fromordinal(booked.half_day // 2).isoformat(),
            "half": values["half"],
            "others": [
                {"organization": name, "plan": self._place(number)}
                for name, number in zip(others, booked.others, strict=True)
            ],
        }
        self._judge(booked.number, Row("booking", values, ("participants", booked.position)), evidence)

    def _contents(self, group: Group) -> dict[int, int]:
        """Which of the plans of an organisation are the same plan, whatever the format: a number for each content."""
        first_of: dict[str, int] = {}
        for number, digest, _ in group.plans:
            first_of.setdefault(digest, number)
        contents: dict[str, int] = dict.fromkeys(first_of, 0)
        if len(first_of) > 1:
            known: list[Plan] = []
            for digest, number in first_of.items():
                plan = self._ledger.reread(number)[0].whole()
                contents[digest] = known.index(plan) if plan in known else len(known)
                known += [plan] if contents[digest] == len(known) else []
        return {number: contents[digest] for number, digest, _ in group.plans}

    def _judge(self, number: int, row: Row, more: Evidence) -> None:
        """Say what each rule says of the row; the words are looked up in the plan only where something is said."""
        _, outcome = self._ledger.take(number)
        assert outcome.across is not None
        suspended = dict(outcome.across.suspended)
        for judgement in self._ruleset.across:
            if judgement.entity != row.entity or judgement.rule in suspended:
                continue
            if not holds(judgement.where, row, _NONE):
                continue
            reason = next((reason for when, reason in judgement.undecided if holds(when, row, _NONE)), None)
            if reason is None and holds(judgement.require, row, _NONE):
                continue
            shown, place = self._worded(number, row)
            self._add(number, judgement, shown, place, more, reason)

    def _worded(self, number: int, row: Row) -> tuple[Row, Place]:
        """The row with the words of its plan, and the place it is about."""
        entry, outcome = self._ledger.take(number)
        if row.entity == "submission" and entry.line is not None:
            file, line = split(outcome.place)
            return row, Place(file, line)
        plan, document = self._ledger.reread(number)
        words = _words(presentable(plan, names=self._redact_names), row.path)
        return Row(row.entity, {**words, **row.values}, row.path), document.place(row.path)

    def _add(
        self, number: int, judgement: Judgement, row: Row, place: Place, more: Evidence, reason: Text | None
    ) -> None:
        fields = ACROSS[judgement.entity].fields
        evidence = _evidence(judgement, row) | more
        known = self.found.get(number) or Addition(self._place(number), (), ())
        findings, undecided = known.findings, known.undecided
        about = subject(judgement, row)
        if reason is not None:
            words = wording.render(reason, row.values, fields)
            undecided += (Undecided(judgement.rule, judgement.clause, about, words, place, evidence),)
        else:
            message = wording.render(judgement.message, row.values, fields)
            fix = wording.render(judgement.fix, row.values, fields)
            finding = Finding(
                judgement.rule, judgement.clause, judgement.severity, about, message, fix, place, evidence
            )
            findings += (finding,)
        self.found[number] = Addition(known.place, findings, undecided)

    def _organization(self, number: int) -> str:
        return self._ledger.take(number)[1].verdict.organization or ""

    def _place(self, number: int) -> str:
        return self._ledger.take(number)[1].place


def _words(plan: Plan, path: Path) -> dict[str, Value]:
    """What the rows of this path say in the words of the plan."""
    match path:
        case ("committees", int(committee), "members", int(member), "also_on", int(entry)):
            seat = plan.committees[committee].members[member]
            name = next(person.name for person in plan.participants if person.id == seat.person)
            return {"person": seat.person, "person_name": name, "committee": (seat.also_on or ())[entry]}
        case ("participants", int(position)):
            person = plan.participants[position]
            return {"person": person.id, "person_name": person.name}
    return {}


def _evidence(judgement: Judgement, row: Row) -> Evidence:
    """The key of the row, and the fields that the judgement read."""
    read = [*ACROSS[row.entity].key]
    formulas = (judgement.where, judgement.require, *(when for when, _ in judgement.undecided))
    read += [leaf.field for formula in formulas for leaf in leaves(formula) if isinstance(leaf, Atom)]
    return {name: row.values[name] for name in dict.fromkeys(read) if name in row.values}
