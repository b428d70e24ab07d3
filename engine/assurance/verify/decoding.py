"""From what the solver chose to a plan as an office writes it: data that reads back, and its YAML.

What no rule reads is free; there the fillers below stand, so that a witness looks like a plan.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Final

import yaml
import z3

from ...base.instant import write_day, write_instant
from ...model.description import TYPE, Field, Filler
from ...model.document_types import DEFAULT
from . import tree
from .logic import Truth, Whole

Data = dict[str, Any]
"""A plan, or a part of one, as plain data."""

_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


@dataclass(slots=True, eq=False)
class Chosen:
    """One plan that the solver chose."""

    built: tree.Built
    model: Any
    _texts: dict[int, str] = field(default_factory=dict)

    def truth(self, term: Truth) -> bool:
        """Whether a truth holds in the chosen plan."""
        return bool(z3.is_true(self.model.eval(term, model_completion=True)))

    def whole(self, term: Whole) -> int:
        """The value of an integer in the chosen plan."""
        number: int = self.model.eval(term, model_completion=True).as_long()
        return number

    def member(self, choice: tree.ChoiceNode) -> str:
        """The member of an enumeration that was chosen."""
        return next(name for name, truth in choice.members.items() if self.truth(truth))

    def moment(self, node: tree.InstantNode | tree.SplitInstantNode) -> datetime:
        """The chosen instant."""
        return self.built.setting.base + timedelta(minutes=self.whole(node.term))

    def plan(self) -> Data:
        """The chosen plan, in the order of the description; it says its type, where that has to be said."""
        said = {} if self.built.known.id == DEFAULT else {TYPE: self.built.known.id}
        return {**said, **self._record(self.built.plan, 0)}

    def named(self, rows: str, number: int) -> str:
        """The identifier of the row of this number in the list at a path."""
        slot = self.built.slots[rows][number]
        return self._word(slot.fields[self.built.known.identifier(rows)], number, slot)

    def value(self, node: Any, number: int, within: tree.RecordNode) -> Any:
        """What was chosen at a node, in the record that it stands in, which has a number among others; None for nothing."""
        match node:
            case list():
                return [*self._rows(node)]
            case tree.WordNode():
                return self._word(node, number, within)
            case tree.ChoiceNode():
                return self.member(node)
            case tree.MembersNode():
                return self._members(node)
            case tree.FlagNode():
                return self.truth(node.term)
            case tree.NumberNode():
                return self.whole(node.term) if node.scale == 1 else self.whole(node.term) / node.scale
            case tree.SplitInstantNode(clock=False):
                return write_day(self.moment(node).date())
            case tree.InstantNode() | tree.SplitInstantNode():
                return write_instant(self.moment(node))
            case tree.ReferenceNode():
                return self.named(node.rows, self.whole(node.index))
            case tree.BesideNode():
                return self.named(node.rows, node.number)
            case tree.OptionalNode():
                return self.value(node.node, number, within) if self.truth(node.given) else None
            case tree.RecordNode():
                return self._record(node, number)
        raise AssertionError(node)

    def _record(self, record: tree.RecordNode, number: int) -> Data:
        made: Data = {}
        for field_ in record.type.fields if record.type else ():
            node, path = record.fields.get(field_.name), f"{record.path.rstrip('/')}/{field_.name}"
            if node is not None:
                value = self.value(node, number, record)
            else:
                value = self._unread(field_, path, number, record) if field_.required else None
            if value is not None:
                made[field_.name] = value
        return made

    def _rows(self, slots: list[tree.Slot]) -> Iterator[Any]:
        for number, slot in enumerate(slots):
            if self.truth(slot.present):
                yield (
                    self.value(slot.fields[tree.ITEM], number, slot)
                    if tree.ITEM in slot.fields
                    else self._record(slot, number)
                )

    def _members(self, members: tree.MembersNode) -> list[str]:
        return [name for name, truth in members.members.items() if self.truth(truth)]

    def _word(self, word: tree.WordNode, number: int, within: tree.RecordNode) -> str:
        value = self.model[word.term]
        if value is None:  # nothing rests on it
            return self._filled(word.path, number, within)
        known = self.built.texts.named(value.as_long())
        if known is not None:
            return known
        if value.as_long() not in self._texts:
            wanted = self._filled(word.path, number, within)
            names = (wanted if turn == 1 else f"{wanted}-{turn}" for turn in count(1))
            taken = self._texts.values()
            self._texts[value.as_long()] = next(
                name for name in names if name not in taken and not self.built.texts.names(name)
            )
        return self._texts[value.as_long()]

    def _unread(self, field_: Field, path: str, number: int, within: tree.RecordNode) -> Any:
        """What stands in a field that no fact reads, and that must be given."""
        known = self.built.known
        match field_.type:
            case "text" | "identifier" | "reference":
                return self._filled(path, number, within)
            case "rows" | "set" | "list":
                return []
            case "record":
                return self._record(tree.RecordNode({}, path, known.record_types[field_.of or ""]), number)
            case "version":
                return known.version
        usual = {"boolean": False, "instant": write_instant(self.built.setting.base)}
        usual["date"] = write_day(self.built.setting.base.date())
        if field_.type == "member":
            usual["member"] = known.enumerations[field_.of or ""].members[0].name
        return usual.get(field_.type, field_.least or 0) if field_.example is None else field_.example

    def _filled(self, path: str, number: int, within: tree.RecordNode) -> str:
        """What is written at a path where nothing rests on it."""
        known = self.built.known
        field_ = known.at(path)
        assert field_ is not None, path
        if field_.nature == "term":
            return self.built.setting.term
        fillers = known.samples.fillers if known.samples else ()
        filler = next((filler for filler in fillers if filler.field == path), None)
        if filler is not None and (text := self._by(filler, number, within)) is not None:
            return text
        if field_.type in ("identifier", "reference") or field_.unique is not None:
            return f"{field_.example or field_.name}-{number + 1}"
        return str(field_.example or field_.label.vi)

    def _by(self, filler: Filler, number: int, within: tree.RecordNode) -> str | None:
        """What a filler says of a row; None where it says nothing."""
        if filler.by is not None:
            for choice in self.built.of_nature(filler.by):
                if (
                    isinstance(choice, tree.ChoiceNode)
                    and (text := (filler.values or {}).get(self.member(choice))) is not None
                ):
                    return text
        pattern = filler.pattern
        texts = filler.texts
        for case in filler.cases:
            members = within.fields.get(case.set)
            has = self._members(members) if isinstance(members, tree.MembersNode) else []
            if (case.only is not None and {*has} == {*case.only}) or (case.has is not None and case.has in has):
                pattern, texts = case.pattern, ()
                break
        if texts and (number < len(texts) or pattern is None):
            return texts[number % len(texts)]
        return None if pattern is None else pattern.format(number=number + 1, year=self.built.setting.base.year)


class _Line(dict[str, Any]):
    """A row that is written on one line."""


class _Writer(yaml.SafeDumper):
    """Writes rows of a list on one line each, and times without quotes, as the example plans have them."""

    def choose_scalar_style(self) -> str:
        if _TIME.fullmatch(getattr(self.event, "value", "")):
            return ""
        style: str = super().choose_scalar_style()
        return style


_Writer.add_representer(
    _Line, lambda writer, row: writer.represent_mapping("tag:yaml.org,2002:map", row, flow_style=True)
)
_Writer.add_representer(
    list,
    lambda writer, rows: writer.represent_sequence(
        "tag:yaml.org,2002:seq", rows, flow_style=not any(isinstance(row, dict) for row in rows)
    ),
)


def as_yaml(plan: Data) -> str:
    """The plan as YAML that reads back."""
    text: str = yaml.dump(_lines(plan), Dumper=_Writer, allow_unicode=True, sort_keys=False, width=1000)
    return text


def _lines(value: Any, *, row: bool = False) -> Any:
    match value:
        case dict():
            nested = any(isinstance(item, dict) or _has_rows(item) for item in value.values())
            return (_Line if row and not nested else dict)(
                {name: _lines(item, row=True) for name, item in value.items()}
            )
        case list():
            return [_lines(item, row=True) for item in value]
    return value


def _has_rows(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)
