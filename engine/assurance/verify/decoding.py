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

from ...base.instant import write_instant
from ...model.vocabulary import Kind
from .logic import Truth, Whole
from .tree import (
    Ballot,
    Beside,
    Built,
    Choice,
    Flag,
    Members,
    Moment,
    Number,
    Optional,
    Person,
    Record,
    Report,
    Slot,
    SplitInstant,
    Word,
)

Data = dict[str, Any]
"""A plan, or a part of one, as plain data."""

_PEOPLE: Final = (
    "Nguyễn Văn Bình",
    "Trần Thị Hoa",
    "Lê Văn Sáu",
    "Phạm Thị Út",
    "Võ Văn Ba",
    "Huỳnh Thị Lan",
    "Đỗ Hữu Nghĩa",
    "Bùi Thị Hạnh",
)
_ORGANIZATIONS: Final = {
    "commune": "Đảng bộ xã Phú Túc",
    "ward": "Đảng bộ phường Phú Khương",
    "township": "Đảng bộ thị trấn Mỏ Cày",
    "provincial_sector_committee": "Đảng bộ Sở Y tế",
    "provincial_sector_cell": "Chi bộ Sở Tư pháp",
    "police": "Đảng bộ Công an huyện Ba Tri",
    "military": "Đảng bộ Quân sự huyện Giồng Trôm",
    "border_guard": "Đảng bộ Đồn Biên phòng Hàm Luông",
}
_SECTORS: Final = {
    "military": "Đảng ủy Quân sự tỉnh",
    "border_guard": "Đảng ủy Bộ đội Biên phòng tỉnh",
}
_SUPERIORS: Final = {
    "commune": "Huyện ủy Châu Thành",
    "ward": "Thành ủy Bến Tre",
    "township": "Huyện ủy Mỏ Cày Nam",
    "provincial_sector_committee": "Đảng ủy Khối các cơ quan tỉnh",
    "provincial_sector_cell": "Đảng ủy Khối các cơ quan tỉnh",
    "police": "Huyện ủy Ba Tri",
    "military": "Huyện ủy Giồng Trôm",
    "border_guard": "Đảng ủy Bộ đội Biên phòng tỉnh",
}
_COMMITTEES: Final = (("dang-uy", "Ban Chấp hành Đảng bộ"), ("chi-uy", "Chi ủy Chi bộ Văn phòng"))
_YEAR_END: Final = "year_end_review"
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


@dataclass(slots=True, eq=False)
class Chosen:
    """One plan that the solver chose."""

    built: Built
    model: Any
    _texts: dict[int, str] = field(default_factory=dict)
    _kind: str = str(Kind.COMMUNE)

    def truth(self, term: Truth) -> bool:
        """Whether a truth holds in the chosen plan."""
        return bool(z3.is_true(self.model.eval(term, model_completion=True)))

    def whole(self, term: Whole) -> int:
        """The value of an integer in the chosen plan."""
        number: int = self.model.eval(term, model_completion=True).as_long()
        return number

    def member(self, choice: Choice) -> str:
        """The member of an enumeration that was chosen."""
        return next(name for name, truth in choice.members.items() if self.truth(truth))

    def moment(self, node: Moment | SplitInstant) -> datetime:
        """The chosen instant."""
        return self.built.setting.base + timedelta(minutes=self.whole(node.term))

    def plan(self) -> Data:
        """The chosen plan, in the order of the contract (plan-format)."""
        self._kind = self.member(self.built.plan.organization.kind)
        decoded: Data = self._record(self.built.plan, 0)
        conference = {"venue": "Hội trường", **decoded.pop("conference")}
        return {"schema": 1, "organization": decoded.pop("organization"), "conference": conference, **decoded}

    def person(self, number: int) -> str:
        """The id of a participant."""
        return self._word(self.built.plan.participants[number].id, number)

    def _record(self, record: Record, number: int) -> Data:
        hint = self._members(record.contents) if isinstance(record, Report) else []
        values = ((name, self._value(node, number, hint)) for name, node in record.named())
        return {name: value for name, value in values if value is not None}

    def _value(self, node: Any, number: int, hint: list[str]) -> Any:
        match node:
            case list():
                return [*self._rows(node)]
            case Word():
                return self._word(node, number, hint)
            case Choice():
                return self.member(node)
            case Members():
                return self._members(node)
            case Flag():
                return self.truth(node.term)
            case Number():
                return self.whole(node.term)
            case Moment() | SplitInstant():
                return write_instant(self.moment(node))
            case Person():
                return self.person(self.whole(node.index))
            case Beside("participants"):
                return self.person(node.number)
            case Beside(rows=rows):
                return self._word(getattr(self.built.plan, rows)[node.number].id, node.number)
            case Optional():
                return self._value(node.node, number, hint) if self.truth(node.given) else None
            case Record():
                return self._record(node, number)
        raise AssertionError(node)

    def _rows(self, slots: list[Slot]) -> Iterator[Any]:
        for number, slot in enumerate(slots):
            if self.truth(slot.present):
                yield self._value(slot.person, number, []) if isinstance(slot, Ballot) else self._record(slot, number)

    def _members(self, members: Members) -> list[str]:
        return [name for name, truth in members.members.items() if self.truth(truth)]

    def _word(self, word: Word, number: int, hint: list[str] | None = None) -> str:
        value = self.model[word.term]
        if value is None:  # nothing rests on it
            return self._filler(word.style, number, hint or [])
        known = self.built.texts.named(value.as_long())
        if known is not None:
            return known
        if value.as_long() not in self._texts:
            wanted = self._filler(word.style, number, hint or [])
            names = (wanted if turn == 1 else f"{wanted}-{turn}" for turn in count(1))
            taken = self._texts.values()
            self._texts[value.as_long()] = next(
                name for name in names if name not in taken and not self.built.texts.names(name)
            )
        return self._texts[value.as_long()]

    def _filler(self, style: str, number: int, hint: list[str]) -> str:
        year = self.built.setting.base.year
        match style:
            case "organization":
                return _ORGANIZATIONS[self._kind]
            case "term":
                return self.built.setting.term
            case "district":
                return "Huyện Châu Thành"
            case "direct_superior":
                return _SUPERIORS[self._kind]
            case "directed_by":
                return _SECTORS.get(self._kind, "Đảng ủy Công an tỉnh")
            case "report":
                return f"bc-{number + 1}" if not hint else "bc-nam" if _YEAR_END in hint else "bc-so-ket"
            case "title":
                if not hint:
                    return "Báo cáo chuyên đề"
                if hint == [_YEAR_END]:
                    return f"Báo cáo tổng kết năm {year}"
                return "Báo cáo tổng kết và sơ kết" if _YEAR_END in hint else "Báo cáo sơ kết giữa nhiệm kỳ"
            case "guidance":
                return "Hướng dẫn của Ban Tổ chức"
            case "person":
                return f"p{number + 1:02}"
            case "person_name":
                return _PEOPLE[number % len(_PEOPLE)]
            case "party_card":
                return f"83.{number + 1:06}"
            case "committee":
                return _COMMITTEES[number][0] if number < len(_COMMITTEES) else f"cap-uy-{number + 1}"
            case "committee_name":
                return _COMMITTEES[number][1] if number < len(_COMMITTEES) else f"Cấp ủy {number + 1}"
        raise AssertionError(style)


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
