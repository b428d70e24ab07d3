"""A symbolic plan held to a given plan: one pin for each value and each row, so that each can be let go alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from ...base.problem import Path
from ...model.instants import day_minutes, minutes
from ...model.records import DocumentRecord, values
from . import tree
from .logic import NO, Truth, both, every, no


@dataclass(frozen=True, slots=True, eq=False)
class Pin:
    """That one value, or the presence of one row, is as in the plan.

    `path` is where it stands in the plan; for a row that the plan does not have, the list and its first free position.
    """

    path: Path
    node: Any
    holds: Truth
    value: Any


class DoesNotFit(Exception):
    """The plan has more rows than the symbolic plan has slots."""


def pins(built: tree.Built, plan: DocumentRecord) -> list[Pin]:
    """The pins that hold the symbolic plan to this plan. Raises DoesNotFit."""
    return [*_Pinner(built, plan).record(built.plan, plan, ())]


class _Pinner:
    def __init__(self, built: tree.Built, plan: DocumentRecord) -> None:
        self._built = built
        self._numbers = {rows: self._known(plan, rows) for rows in built.slots}
        self._base = minutes(built.setting.base)

    def _known(self, plan: DocumentRecord, rows: str) -> dict[str, int]:
        """The number of each row of a list by what identifies it."""
        record = self._built.known.record_at(rows)
        if record is None or record.identifier is None:
            return {}
        steps = (*self._built.known.steps(rows), record.identifier)
        return {name: number for number, name in enumerate(values(plan, steps))}

    def record(self, record: tree.RecordNode, value: Any, path: Path) -> Iterator[Pin]:
        for name, node in record.fields.items():
            yield from self.value(node, getattr(value, name), (*path, name))

    def value(self, node: Any, value: Any, path: Path) -> Iterator[Pin]:
        """The pins of what stands at `path`."""
        match node:
            case list():
                yield from self.rows(node, value, path)
            case tree.MembersNode():
                for member, truth in node.members.items():
                    yield Pin((*path, member), node, truth if member in value else no(truth), member in value)
            case tree.BesideNode():
                return
            case tree.RecordNode():
                yield from self.record(node, value, path)
            case tree.OptionalNode() if value is None:
                yield Pin(path, node, no(node.given), None)
            case tree.OptionalNode(given, tree.RecordNode()):
                yield Pin(path, node, given, value)
                yield from self.value(node.node, value, path)
            case tree.OptionalNode(given, inner):
                (pin,) = self.value(inner, value, path)
                yield Pin(path, node, both(given, pin.holds), value)
            case _:
                yield Pin(path, node, self._equal(node, value), value)

    def _equal(self, node: Any, value: Any) -> Truth:
        match node:
            case tree.WordNode():
                return node.term == self._built.texts.number(value)
            case tree.ChoiceNode():
                return every(truth if member == value else no(truth) for member, truth in node.members.items())
            case tree.FlagNode():
                return node.term if value else no(node.term)
            case tree.NumberNode():
                scaled = Fraction(str(value)) * node.scale
                return node.term == int(scaled) if scaled.denominator == 1 else NO
            case tree.InstantNode():
                return node.term == self._since_base(value)
            case tree.SplitInstantNode():
                day, minute = divmod(self._since_base(value), tree.MINUTES_A_DAY)
                return both(node.day == day, node.minute == minute)
            case tree.ReferenceNode():
                return node.index == self._numbers[node.rows][value]
        raise AssertionError(node)

    def _since_base(self, moment: date) -> int:
        return (minutes(moment) if isinstance(moment, datetime) else day_minutes(moment)) - self._base

    def rows(self, slots: list[tree.Slot], values: Any, path: Path) -> Iterator[Pin]:
        taken: dict[int, tuple[int, Any]] = {
            self._slot(slots, value, position): (position, value) for position, value in enumerate(values)
        }
        if taken and max(taken) >= len(slots):
            raise DoesNotFit(path)
        for number, slot in enumerate(slots):
            if number not in taken:
                yield Pin((*path, len(values)), slot, no(slot.present), None)
                continue
            position, value = taken[number]
            yield Pin((*path, position), slot, slot.present, value)
            if tree.ITEM not in slot.fields:
                yield from self.record(slot, value, (*path, position))

    def _slot(self, slots: list[tree.Slot], value: Any, position: int) -> int:
        """The slot of a row: rows that stand beside another have its number."""
        for name, node in slots[0].fields.items() if slots else ():
            if isinstance(node, tree.BesideNode):
                return self._numbers[node.rows][value if name == tree.ITEM else getattr(value, name)]
        return position
