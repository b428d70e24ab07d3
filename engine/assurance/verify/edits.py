"""Edits of a plan in words: each with its way into the plan, so that it can be shown where it is made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from ...base.as_json import AsJson
from ...base.problem import Path
from ...base.text import Text
from ...directive.phrasing import instant, label, number
from ...model import vocabulary as v
from ...model.plan import Plan
from .decoding import Chosen
from .pinning import Pin
from .tree import (
    Ballot,
    Beside,
    Choice,
    Flag,
    Members,
    Moment,
    Number,
    Optional,
    Person,
    Record,
    Slot,
    SplitInstant,
    Word,
)


@dataclass(frozen=True, slots=True)
class Edit(AsJson):
    """One edit. `fact`: it states how the world is, so it is made only where the plan has it wrong."""

    path: Path
    said: Text
    fact: bool = False


_ENUMERATIONS: Final[dict[str, type[StrEnum]]] = {
    "part": v.Part,
    "parts": v.Part,
    "format": v.DiscussionFormat,
    "contents": v.Content,
    "standing": v.Standing,
    "role": v.Role,
    "covers": v.BriefingTopic,
    "to": v.Audience,
    "subject": v.OutcomeSubject,
}
_FIELDS: Final[dict[str, Text]] = {
    "start": Text("giờ bắt đầu", "start"),
    "end": Text("giờ kết thúc", "end"),
    "part": Text("phần", "part"),
    "format": Text("hình thức", "format"),
    "contents": Text("nội dung", "contents"),
    "guidance": Text("văn bản hướng dẫn", "guidance"),
    "standing": Text("tư cách tham dự", "standing"),
    "eligible": Text("đủ điều kiện tham dự", "eligibility"),
    "parts": Text("phần tham dự", "parts attended"),
    "role": Text("chức vụ", "role"),
    "briefing": Text("việc quán triệt", "briefing"),
    "by": Text("người quán triệt", "who gives the briefing"),
    "covers": Text("nội dung quán triệt", "what the briefing covers"),
    "ballots_distributed_at": Text("giờ phát phiếu", "time the ballots are handed out"),
    "counted_at": Text("giờ kiểm phiếu", "time of the count"),
    "to": Text("nơi công khai", "audience"),
    "at": Text("giờ công khai", "time of publication"),
    "kind": Text("hình thức", "kind"),
    "subject": Text("nội dung", "subject"),
    "targets": Text("số chỉ tiêu", "targets"),
    "directed_by": Text("cấp ủy ngành cấp trên chỉ đạo", "directing committee of the sector"),
    "ballots": Text("phiếu", "ballots"),
    "published": Text("công khai", "publications"),
}
_ROWS: Final[dict[str, Text]] = {
    "sessions": Text("phiên", "session"),
    "discussions": Text("cuộc thảo luận", "discussion"),
    "reports": Text("báo cáo", "report"),
    "participants": Text("đại biểu", "participant"),
    "members": Text("cấp ủy viên", "member"),
    "confidence_votes": Text("lần lấy phiếu", "vote"),
    "ballots": Text("phiếu đối với", "ballot on"),
    "published": Text("lần công khai", "publication"),
    "outcomes": Text("văn bản kết quả", "outcome"),
}
_ORGANIZATION_KIND: Final = Text("loại hình tổ chức", "kind of organisation")
_TO_FILL_IN: Final = Text("(ghi nội dung thật)", "(write the real text)")


def edits(plan: Plan, changed: Iterable[Pin], chosen: Chosen, facts: set[Path]) -> Iterator[Edit]:
    """The edits that let these pins go, as the chosen plan has it."""
    writer = _Writer(plan, chosen)
    known = [*changed]
    dropped = [pin.path for pin in known if isinstance(pin.node, Slot) and pin.value is not None]
    for pin in known:
        inside = any(pin.path != path and pin.path[: len(path)] == path for path in dropped)
        if not inside:
            yield Edit(pin.path, writer.said(pin), pin.path in facts)


class _Writer:
    def __init__(self, plan: Plan, chosen: Chosen) -> None:
        self._plan, self._chosen = plan, chosen

    def said(self, pin: Pin) -> Text:
        """The edit that lets a pin go."""
        node = pin.node
        where = self._where(pin.path)
        if isinstance(node, Slot):
            if pin.value is not None:
                row = self._row(pin.path)
                return Text(f"bỏ {row.vi}", f"drop {row.en}")
            return self._added(pin, where)
        if isinstance(node, Members):
            *rest, member = pin.path
            field = _FIELDS[str(rest[-1])]
            name = self._member(str(rest[-1]), str(member), node)
            where = self._where(tuple(rest))
            if pin.value:
                return Text(
                    f"bỏ “{name.vi}” khỏi {field.vi}{where.vi}", f"take “{name.en}” out of {field.en}{where.en}"
                )
            return Text(f"thêm “{name.vi}” vào {field.vi}{where.vi}", f"add “{name.en}” to {field.en}{where.en}")
        key = str(pin.path[-1])
        field = _ORGANIZATION_KIND if pin.path == ("organization", "kind") else _FIELDS[key]
        if isinstance(node, Optional) and not self._chosen.truth(node.given):
            return Text(f"bỏ {field.vi}{where.vi}", f"drop the {field.en}{where.en}")
        now = self._value(key, node)
        if pin.value is None:
            return Text(f"ghi {field.vi}{where.vi}: {now.vi}", f"write the {field.en}{where.en}: {now.en}")
        was = self._known(pin.value)
        return Text(
            f"đổi {field.vi}{where.vi} từ {was.vi} thành {now.vi}",
            f"change the {field.en}{where.en} from {was.en} to {now.en}",
        )

    def _added(self, pin: Pin, where: Text) -> Text:
        slot, rows = pin.node, _ROWS[str(pin.path[-2])]
        if isinstance(slot, Ballot):
            person = self._chosen.person(slot.person.number)
            return Text(f"thêm phiếu đối với {person}{where.vi}", f"add a ballot on {person}{where.en}")
        values = self._values(slot)
        return Text(f"thêm {rows.vi}{where.vi}: {values.vi}", f"add a {rows.en}{where.en}: {values.en}")

    def _values(self, record: Record) -> Text:
        """What a new row says."""
        said = []
        for name, node in record.named():
            if isinstance(node, Word) or (isinstance(node, Optional) and not self._chosen.truth(node.given)):
                continue
            if isinstance(node, Beside):
                id_ = self._beside(node)
                said.append(Text(id_, id_))
                continue
            value = self._value(name, node)
            if value.vi:
                said.append(Text(f"{_FIELDS[name].vi} {value.vi}", f"{_FIELDS[name].en} {value.en}"))
        return Text(", ".join(text.vi for text in said), ", ".join(text.en for text in said))

    def _value(self, key: str, node: Any) -> Text:
        """What the chosen plan has at a node."""
        chosen = self._chosen
        match node:
            case Optional():
                return _TO_FILL_IN if isinstance(node.node, Word) else self._value(key, node.node)
            case Choice():
                return self._member(key, chosen.member(node), node)
            case Members():
                names = [self._member(key, m, node) for m, truth in node.members.items() if chosen.truth(truth)]
                return Text(", ".join(name.vi for name in names), ", ".join(name.en for name in names))
            case Flag():
                return self._known(chosen.truth(node.term))
            case Number():
                return self._known(chosen.whole(node.term))
            case SplitInstant() | Moment():
                return self._known(chosen.moment(node))
            case Person():
                person = chosen.person(chosen.whole(node.index))
                return Text(person, person)
            case list():
                there = [slot for slot in node if chosen.truth(slot.present)]
                said = [
                    Text(*[chosen.person(slot.person.number)] * 2) if isinstance(slot, Ballot) else self._values(slot)
                    for slot in there
                ]
                return Text("; ".join(text.vi for text in said), "; ".join(text.en for text in said))
            case Record():
                return self._values(node)
        raise AssertionError(node)

    def _beside(self, node: Beside) -> str:
        return self._plan_ids(node.rows)[node.number]

    def _plan_ids(self, rows: str) -> list[str]:
        return [row.id for row in getattr(self._plan, rows)]

    def _known(self, value: Any) -> Text:
        """A value as a person reads it."""
        match value:
            case bool():
                return Text("có", "yes") if value else Text("không", "no")
            case int():
                return Text(number(value, "vi"), number(value, "en"))
            case datetime():
                return Text(instant(value, "vi"), instant(value, "en"))
            case StrEnum():
                return Text(label(type(value), value, "vi"), label(type(value), value, "en"))
        return Text(str(value), str(value))

    def _member(self, key: str, member: str, node: Choice | Members) -> Text:
        enumeration = _ENUMERATIONS.get(key)
        if enumeration is None:  # `kind` is that of an organisation or of an outcome
            enumeration = v.OutcomeKind if member in [*v.OutcomeKind] else v.Kind
        assert set(node.members) <= {*map(str, enumeration)}
        return Text(label(enumeration, member, "vi"), label(enumeration, member, "en"))

    def _where(self, path: Path) -> Text:
        """Of what row the value or the list at a path is: “ của phiên 2”; empty where that is the whole plan."""
        for length in range(len(path) - 1, 0, -1):
            if isinstance(path[length - 1], int):
                row = self._row(path[:length])
                return Text(f" của {row.vi}", f" of {row.en}")
        return Text("", "")

    def _row(self, path: Path) -> Text:
        """The row at a path, as one speaks of it."""
        value: Any = self._plan
        for step in path:
            value = value[step] if isinstance(step, int) else getattr(value, step)
        rows, position = str(path[-2]), path[-1]
        assert isinstance(position, int)
        words = _ROWS.get(rows, Text("cấp ủy", "committee"))
        match rows:
            case "ballots":
                name = str(value)
            case "members":
                name = f"{value.person}@{self._plan.committees[int(path[1])].id}"
            case "confidence_votes":
                name = value.committee
            case "published":
                known = self._known(value.to)
                return Text(f"{words.vi} ở {known.vi}", f"{words.en} in {known.en}")
            case _:
                name = getattr(value, "id", str(position + 1))
        return Text(f"{words.vi} {name}", f"{words.en} {name}")
