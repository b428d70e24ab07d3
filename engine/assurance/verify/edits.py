"""Edits of a plan in words: each with its way into the plan, so that it can be shown where it is made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from ...base.as_json import AsJson
from ...base.instant import date_words, instant_words
from ...base.problem import Path
from ...base.record import items
from ...base.text import Text
from ...directive.phrasing import label, number
from ...model.description import Field
from ...model.facts import flatten
from ...model.instants import Readings
from ...model.privacy import presentable
from ...model.records import DocumentRecord
from . import tree
from .bounds import beside
from .decoding import Chosen
from .pinning import Pin


@dataclass(frozen=True, slots=True)
class Edit(AsJson):
    """One edit. `fact`: it states how the world is, so it is made only where the plan has it wrong."""

    path: Path
    said: Text
    fact: bool = False


_TO_FILL_IN: Final = Text("(ghi nội dung thật)", "(write the real text)")


def edits(plan: DocumentRecord, changed: Iterable[Pin], chosen: Chosen, facts: set[Path]) -> Iterator[Edit]:
    """The edits that let these pins go, as the chosen plan has it."""
    writer = _Writer(plan, chosen)
    known = [*changed]
    dropped = [pin.path for pin in known if isinstance(pin.node, tree.Slot) and pin.value is not None]
    for pin in known:
        inside = any(pin.path != path and pin.path[: len(path)] == path for path in dropped)
        if not inside:
            yield Edit(pin.path, writer.said(pin), pin.path in facts)


class _Writer:
    def __init__(self, plan: DocumentRecord, chosen: Chosen) -> None:
        self._plan, self._chosen, self._known_type = plan, chosen, plan.known
        self._facts = flatten(presentable(plan), Readings())

    def said(self, pin: Pin) -> Text:
        """The edit that lets a pin go."""
        node = pin.node
        where = self._where(pin.path)
        if isinstance(node, tree.Slot):
            if pin.value is not None:
                row = self._row(pin.path)
                return Text(f"bỏ {row.vi}", f"drop {row.en}")
            return self._added(pin, where)
        if isinstance(node, tree.MembersNode):
            *rest, member = pin.path
            field, known = self._label(rest), self._field(rest)
            name = self._member(known, str(member))
            where = self._where(tuple(rest))
            if pin.value:
                return Text(
                    f"bỏ “{name.vi}” khỏi {field.vi}{where.vi}", f"take “{name.en}” out of {field.en}{where.en}"
                )
            return Text(f"thêm “{name.vi}” vào {field.vi}{where.vi}", f"add “{name.en}” to {field.en}{where.en}")
        field = self._label(pin.path)
        if isinstance(node, tree.OptionalNode) and not self._chosen.truth(node.given):
            return Text(f"bỏ {field.vi}{where.vi}", f"drop the {field.en}{where.en}")
        now = self._value(self._field(pin.path), node)
        if pin.value is None:
            return Text(f"ghi {field.vi}{where.vi}: {now.vi}", f"write the {field.en}{where.en}: {now.en}")
        was = self._known(pin.value)
        return Text(
            f"đổi {field.vi}{where.vi} từ {was.vi} thành {now.vi}",
            f"change the {field.en}{where.en} from {was.en} to {now.en}",
        )

    def _added(self, pin: Pin, where: Text) -> Text:
        slot, rows = pin.node, self._row_words(pin.path)
        if tree.ITEM in slot.fields:
            name = self._called(self._field(pin.path), self._chosen.value(slot.fields[tree.ITEM], slot.number, slot))
            return Text(f"thêm {rows.vi} {name}{where.vi}", f"add a {rows.en} {name}{where.en}")
        values = self._values(slot)
        return Text(f"thêm {rows.vi}{where.vi}: {values.vi}", f"add a {rows.en}{where.en}: {values.en}")

    def _values(self, record: tree.RecordNode) -> Text:
        """What a new row says."""
        said = []
        for name, node in record.fields.items():
            if isinstance(node, tree.WordNode) or (
                isinstance(node, tree.OptionalNode) and not self._chosen.truth(node.given)
            ):
                continue
            if isinstance(node, tree.BesideNode):
                named = self._facts.name(node.rows, self._chosen.named(node.rows, node.number))
                said.append(Text(named, named))
                continue
            field = record.type.field(name) if record.type else None
            assert field is not None, name
            value = self._value(field, node)
            if value.vi:
                label = field.short or field.label
                said.append(Text(f"{label.vi} {value.vi}", f"{label.en} {value.en}"))
        return Text(", ".join(text.vi for text in said), ", ".join(text.en for text in said))

    def _value(self, field: Field, node: Any) -> Text:
        """What the chosen plan has at a node."""
        chosen = self._chosen
        match node:
            case tree.OptionalNode():
                return _TO_FILL_IN if isinstance(node.node, tree.WordNode) else self._value(field, node.node)
            case tree.ChoiceNode():
                return self._member(field, chosen.member(node))
            case tree.MembersNode():
                names = [self._member(field, member) for member, truth in node.members.items() if chosen.truth(truth)]
                return Text(", ".join(name.vi for name in names), ", ".join(name.en for name in names))
            case tree.FlagNode():
                return self._known(chosen.truth(node.term))
            case tree.NumberNode() if node.scale != 1:
                return self._known(chosen.whole(node.term) / node.scale)
            case tree.NumberNode():
                return self._known(chosen.whole(node.term))
            case tree.SplitInstantNode(clock=False):
                return self._known(chosen.moment(node).date())
            case tree.SplitInstantNode() | tree.InstantNode():
                return self._known(chosen.moment(node))
            case tree.ReferenceNode():
                named = self._facts.name(node.rows, chosen.named(node.rows, chosen.whole(node.index)))
                return Text(named, named)
            case list():
                there = [slot for slot in node if chosen.truth(slot.present)]
                said = [self._values(slot) for slot in there]
                return Text("; ".join(text.vi for text in said), "; ".join(text.en for text in said))
            case tree.RecordNode():
                return self._values(node)
        raise AssertionError(node)

    def _known(self, value: Any) -> Text:
        """A value as a person reads it."""
        match value:
            case bool():
                return Text("có", "yes") if value else Text("không", "no")
            case int() | float():
                return Text(number(value, "vi"), number(value, "en"))
            case datetime():
                return Text(instant_words(value, "vi"), instant_words(value, "en"))
            case date():
                return Text(date_words(value), date_words(value))
            case StrEnum():
                return Text(label(type(value), value, "vi"), label(type(value), value, "en"))
        return Text(str(value), str(value))

    def _member(self, field: Field, name: str) -> Text:
        member = self._known_type.enumerations[field.of or ""].member(name)
        assert member is not None, name
        return member.words

    def _field(self, path: Iterable[str | int]) -> Field:
        """The field of the document at the path of a value or of a row."""
        found = self._known_type.at("/" + "/".join(step for step in path if isinstance(step, str)))
        assert found is not None, path
        return found

    def _label(self, path: Iterable[str | int]) -> Text:
        field = self._field(path)
        return field.short or field.label

    def _row_words(self, path: Path) -> Text:
        """What one row of the list that a path leads to is called."""
        field = self._field(path)
        return field.row or field.label

    def _where(self, path: Path) -> Text:
        """Of what row the value or the list at a path is: “ của phiên 2”; empty where that is the whole plan."""
        for length in range(len(path) - 1, 0, -1):
            if isinstance(path[length - 1], int):
                row = self._row(path[:length])
                return Text(f" của {row.vi}", f" of {row.en}")
        return Text("", "")

    def _row(self, path: Path) -> Text:
        """The row at a path, as one speaks of it."""
        value = self._at(path)
        if not isinstance(value, DocumentRecord):
            words, name = self._row_words(path), self._called(self._field(path), value)
            return Text(f"{words.vi} {name}", f"{words.en} {name}")
        if value.described.called is not None:
            said = {name: self._known(known) for name, known in items(value).items()}
            called = value.described.called
            return Text(
                called.vi.format_map({name: known.vi for name, known in said.items()}),
                called.en.format_map({name: known.en for name, known in said.items()}),
            )
        words, name = self._row_words(path), self._name(value, path)
        return Text(f"{words.vi} {name}", f"{words.en} {name}")

    def _name(self, row: DocumentRecord, path: Path) -> str:
        """What tells a row from others: its name; what it refers to, in what it stands in; or its number."""
        if row.described.identifier is not None:
            rows = "/" + "/".join(step for step in path if isinstance(step, str))
            return f"“{self._facts.name(rows, str(getattr(row, row.described.identifier)))}”"
        key = next((field for field in row.described.fields if beside(field)), None)
        if key is None:
            return str(int(path[-1]) + 1)
        name = self._called(key, getattr(row, key.name))
        within = next(
            (path[:length] for length in range(len(path) - 1, 0, -1) if isinstance(path[length - 1], int)), None
        )
        return name if within is None else f"{name} ({self._name(self._at(within), within)})"

    def _called(self, field: Field, value: Any) -> str:
        """What a reference names, as people call it."""
        return f"“{self._facts.name(field.to, str(value)) if field.to else value}”"

    def _at(self, path: Path) -> Any:
        value: Any = self._plan
        for step in path:
            value = value[step] if isinstance(step, int) else getattr(value, step)
        return value
