"""The mechanical remedies a rule may name (`repair` in a rule file): from a finding and the document's data to changes.

What each changes is said in the description of the type of document; here stand the closed actions.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from ..base.instant import parse_instant, write_instant
from ..base.problem import Path
from ..evaluation.verdict import Finding
from ..model.description import Description, RepairType
from .change import Change

Data = dict[str, Any]
Action = Callable[[Data, Finding, int], list[Change]]
"""From the document's data, the finding and the minutes the rule names, to changes; none where nothing mechanical helps."""


class _Repair:
    """One remedy on one document."""

    def __init__(self, known: Description, repair: RepairType, data: Data, finding: Finding) -> None:
        self.known, self.repair, self.data, self.finding = known, repair, data, finding
        self.steps: Path = known.steps(repair.rows)
        self.rows = _rows(data, self.steps)

    def found(self) -> list[int]:
        """The positions of the rows that the finding is about."""
        asked = [(name, self.finding.evidence[key]) for name, key in (self.repair.find or {}).items()]
        return [
            number for number, row in enumerate(self.rows) if all(row[name].strip() == value for name, value in asked)
        ]

    def split_row(self, _: int) -> list[Change]:
        """Members leave the set of a row: for the row that is meant for them, else for a new one."""
        identifier, members = self.known.identifier(self.repair.rows), str(self.repair.set)
        position = next(n for n, row in enumerate(self.rows) if row[identifier].strip() == self.finding.subject.id)
        merged = self.rows[position]
        moved = [member for member in merged[members] if member in self.repair.move]
        changes = [
            Change("remove", (*self.steps, position, members, number))
            for number, member in reversed(list(enumerate(merged[members])))
            if member in moved
        ]
        into = self.repair.into
        for other, row in enumerate(self.rows):
            if into is not None and other != position and into.has in row[members] and into.lacks not in row[members]:
                missing = [member for member in moved if member not in row[members]]
                return changes + [Change("append", (*self.steps, other, members), member) for member in missing]
        new: Data = {identifier: _unused(f"{merged[identifier]}-{self.repair.suffix}", identifier, self.rows)}
        new |= {**(self.repair.new or {}), members: moved}
        new |= {name: merged[name] for name in self.repair.keep if merged.get(name)}
        return [*changes, Change("append", self.steps, new)]

    def add_member(self, _: int) -> list[Change]:
        """The member that is missing is put into the set of the row."""
        return self._appended(str(self.repair.set))

    def add_reference(self, _: int) -> list[Change]:
        """A reference is put into the list of the row; where there is no row, the rest of it is not ours to say."""
        return self._appended(str(self.repair.list))

    def _appended(self, into: str) -> list[Change]:
        value = self.finding.evidence[str(self.repair.value)]
        return [Change("append", (*self.steps, position, into), value) for position in self.found()[:1]]

    def add_row(self, _: int) -> list[Change]:
        """A row with the member that is missing, at the time of the others, but never before it may be."""
        repair, changes = self.repair, []
        for position in self.found()[:1]:
            row = self.rows[position]
            instant, there = str(repair.instant), row[str(repair.list)]
            at = max([parse_instant(row[str(repair.not_before)]), *(parse_instant(item[instant]) for item in there)])
            new = {str(repair.member): self.finding.evidence[str(repair.value)], instant: write_instant(at)}
            changes.append(Change("append", (*self.steps, position, str(repair.list)), new))
        return changes

    def move_instant(self, minutes: int) -> list[Change]:
        """An instant is set so many minutes before another one of the document."""
        starts = self._instants()
        if not starts:
            return []
        at = write_instant(min(starts) - timedelta(minutes=minutes))
        return [Change("put", (*self.steps, position, str(self.repair.instant)), at) for position in self.found()]

    def put_share(self, _: int) -> list[Change]:
        """A percentage is written as it follows from its counts, with the decimals that it had, or one."""
        repair, fact = self.repair, self.known.entities[self.finding.subject.entity].field(str(self.repair.share))
        assert fact is not None, repair.share
        whole: Any = self.data
        for step in self.known.steps(fact.to or ""):
            whole = whole.get(step) if isinstance(whole, dict) else None
        changes = []
        for position in self.found()[:1]:
            part, was = self.rows[position].get(str(fact.of)), str(self.rows[position][str(repair.set)])
            if isinstance(part, int) and isinstance(whole, int) and whole > 0:
                decimals = len(was.rstrip("%").replace(",", ".").partition(".")[2]) or 1
                exact = (Decimal(100 * part) / whole).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
                changes.append(Change("put", (*self.steps, position, str(repair.set)), float(exact)))
        return changes

    def _instants(self) -> list[datetime]:
        """The instants that the fact `before` is the least of."""
        entity, _, name = str(self.repair.before).partition(".")
        fact = self.known.entities[entity].field(name)
        assert fact is not None, name
        *above, last = self.known.steps(fact.of or "")
        return [parse_instant(row[last]) for row in _rows(self.data, above)]


def _rows(data: Data, steps: Iterable[str | int]) -> list[Data]:
    found: Any = data
    for step in steps:
        found = found[step]
    rows: list[Data] = found
    return rows


def _action(known: Description, repair: RepairType) -> Action:
    def changes(data: Data, finding: Finding, minutes: int) -> list[Change]:
        made: list[Change] = getattr(_Repair(known, repair, data, finding), repair.action)(minutes)
        return made

    return changes


@cache
def actions(known: Description) -> dict[str, Action]:
    """The actions that the description of a type of document has, by name."""
    return {repair.name: _action(known, repair) for repair in known.repairs}


def _unused(name: str, identifier: str, rows: list[Data]) -> str:
    taken = {row[identifier].strip() for row in rows}
    return next(
        free for free in (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3))) if free not in taken
    )
