"""Steps after “Cho”: a plan that keeps the directive, and one change after another to it."""

import copy
import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from ...engine.assurance.scenarios.appraisers import JudgedType
from ...engine.assurance.scenarios.fields import SEPARATOR, PlanList, lists, part_of, rows_called, single_field
from ...engine.assurance.scenarios.situation import Situation
from ...engine.assurance.scenarios.steps import Grid, Misread, noun_of
from ...engine.base.instant import write_instant
from ...engine.base.text import Text
from ...engine.documents import read_file
from ...engine.documents.source import load
from ...engine.model.description import Description, EntityType
from ...engine.model.document_types import DEFAULT, description
from ...engine.model.facts_across import COMMON
from .words import STEPS

BASE: Final = Path(__file__).with_name("plan.yaml")
SECTOR_COMMITTEE: Final = "Đảng ủy ngành cấp trên"
"""Who directs the conference of a force in the plan that scenarios begin with."""
MOST_HALF_DAYS: Final = 200
_FIRST_DAY: Final = datetime(2017, 12, 28)
_HALF_DAYS: Final = ((timedelta(hours=7.5), timedelta(hours=11)), (timedelta(hours=13.5), timedelta(hours=16.5)))

_SESSIONS: Final = (
    ("phần của hội nghị", "giờ bắt đầu", "giờ kết thúc"),
    ("tổng kết năm", "28/12/2017 07:30", "28/12/2017 11:00"),
    ("sơ kết giữa nhiệm kỳ", "28/12/2017 13:30", "28/12/2017 16:30"),
)
_PARTICIPANTS: Final = (
    ("mã đại biểu", "tư cách tham dự", "các phần tham dự"),
    ("Đỗ Thị Tư", "cán bộ chủ chốt", "tổng kết năm; sơ kết giữa nhiệm kỳ"),
)
_SEATS: Final = (("mã đại biểu", "chức vụ trong cấp ủy"), ("Nguyễn Văn Bình", "bí thư"))
_PUBLICATIONS: Final = (("nơi công khai", "giờ công khai"), ("cấp ủy cùng cấp", "28/12/2017 16:20"))


def begun_with(judged: JudgedType) -> dict[str, Any]:
    """The document that scenarios begin with, where nothing is changed."""
    document: dict[str, Any] = json.loads(_base(None if judged.known.id == DEFAULT else judged.folder))
    return document


@cache
def _base(folder: Path | None) -> str:
    """The document that scenarios begin with: of a type of its own, the one that the tests of its pack begin with."""
    return json.dumps(read_file(_base_file(folder)).data)


def _base_file(folder: Path | None) -> Path:
    return BASE if folder is None else folder / "tests" / "plan.yaml"


def base_text(judged: JudgedType) -> str:
    """The same as it is written. Raises Unreadable."""
    return load(str(_base_file(None if judged.known.id == DEFAULT else judged.folder))).decode()


@STEPS.given(
    "một kế hoạch đúng chỉ đạo của {kind}",
    about=Text(
        "Bắt đầu bằng một kế hoạch nhỏ, không có phát hiện nào, của loại hình tổ chức này",
        "Begin with a small plan without any finding, of this kind of organisation",
    ),
    example="một kế hoạch đúng chỉ đạo của xã",
)
def begin(situation: Situation, kind: str) -> None:
    situation.start(_compliant(situation, kind))


@STEPS.given(
    "một kế hoạch đúng chỉ đạo",
    about=Text(
        "Bắt đầu bằng một tài liệu không có phát hiện nào, loại hình nào cũng được",
        "Begin with a document without any finding, of whatever kind",
    ),
    example="một kế hoạch đúng chỉ đạo",
)
def begin_any(situation: Situation) -> None:
    situation.start(_compliant(situation, None))


def _compliant(situation: Situation, kind: str | None) -> dict[str, Any]:
    known, plan = situation.known, begun_with(situation.judged)
    for *above, name in known.by_nature.get("kind", ()) if kind is not None else ():
        part_of(plan, *above)[name] = kind
    for *above, name in known.by_nature.get("director", ()):
        if kind in known.group("force", of=known.kinds.name if known.kinds else ""):
            part_of(plan, *above)[name] = SECTOR_COMMITTEE
    return plan


@STEPS.given(
    "kế hoạch “{name}” đúng chỉ đạo của {kind}",
    about=Text(
        "Thêm một kế hoạch nữa, của tổ chức có tên này, để rà soát nhiều kế hoạch; các bước sau thay đổi kế hoạch này",
        "One more plan, of the organisation of this name, for an audit of several; the steps after it change this one",
    ),
    example="kế hoạch “Đảng bộ xã An Hiệp” đúng chỉ đạo của xã",
)
def begin_named(situation: Situation, name: str, kind: str) -> None:
    plan = _compliant(situation, kind)
    for *above, named in situation.known.by_nature.get("organization", ()):
        part_of(plan, *above)[named] = name
    situation.start(plan, name)


@STEPS.given(
    "bản gửi lại “{copy_name:name}” của kế hoạch “{name}”",
    about=Text(
        "Thêm một kế hoạch giống hệt kế hoạch này, gọi bằng tên khác; các bước sau thay đổi bản gửi lại",
        "One more plan, the same as that plan but called by another name; the steps after it change the copy",
    ),
    example="bản gửi lại “bản thứ hai” của kế hoạch “Đảng bộ xã An Hiệp”",
)
def begin_copy(situation: Situation, copy_name: str, name: str) -> None:
    situation.start(copy.deepcopy(situation.named(name)), copy_name)


@STEPS.given(
    "cùng hội nghị có văn bản lấy phiếu đối với {value}",
    about=Text(
        "Thêm văn bản mà tài liệu này phải khớp (biên bản thì khớp với kế hoạch): cùng tổ chức, nhiệm kỳ, cấp ủy, với những người này",
        "Add the document that this one has to agree with (minutes with a plan): of the same organisation, with these people",
    ),
    example="cùng hội nghị có văn bản lấy phiếu đối với Nguyễn Văn Bình; Trần Thị Hoa",
    suits=lambda known: known.id == DEFAULT or any(entity.pairs for entity in known.across),
)
def add_counterpart(situation: Situation, value: str) -> None:
    situation.beside(_counterpart(situation, [name.strip() for name in value.split(SEPARATOR)]), value)


def _counterpart(situation: Situation, people: list[str]) -> dict[str, Any]:
    """The document that scenarios of plans begin with, made one that agrees with the one begun last, on these people."""
    pairs = next((entity.pairs for entity in situation.known.across if entity.pairs is not None), None)
    if pairs is None or pairs.document != DEFAULT:
        raise Misread(
            Text("Loại tài liệu này không đối chiếu với kế hoạch", "Documents of this type are not held against plans"),
            Text("Bỏ bước này", "Drop this step"),
        )
    known = description(pairs.document)
    made: Any = json.loads(_base(None))
    for nature in COMMON:
        (*above, name), (*there, called) = situation.known.by_nature[nature][0], known.by_nature[nature][0]
        part_of(made, *there)[called] = part_of(situation.plan, *above)[name]
    *above, name = situation.known.steps(pairs.ours.of, pairs.ours.rows)
    rows, taken = known.at(pairs.theirs.rows), known.steps(pairs.theirs.rows)
    assert rows is not None
    assert rows.to is not None
    everybody: Any = part_of(made, *known.steps(rows.to))
    listed = everybody[: len(people)]
    for person, called in zip(listed, people, strict=True):
        person[known.by_nature["person_name"][0][-1]] = called
        person.pop(known.by_nature["secret"][0][-1], None)
    votes: Any = part_of(made, *taken[:-1])
    votes[0][taken[-1]] = [person[known.identifier(rows.to)] for person in listed]
    body = known.at(pairs.theirs.of, pairs.theirs.rows)
    assert body is not None
    assert body.to is not None
    bodies: Any = part_of(made, *known.steps(body.to))
    record = known.record_at(body.to)
    assert record is not None
    bodies[0][record.title] = part_of(situation.plan, *above)[name]
    document: dict[str, Any] = made
    return document


@STEPS.given(
    "kế hoạch có {title} là {value}",
    about=Text("Ghi một mục về tổ chức hoặc hội nghị", "Set a field of the organisation or the conference"),
    example="kế hoạch có cấp ủy ngành cấp trên chỉ đạo là Đảng ủy Công an tỉnh",
    elsewhere=Text("Ghi một mục không nằm trong bảng nào", "Set a field that stands in no table"),
)
def set_field(situation: Situation, title: str, value: str) -> None:
    part, field = single_field(situation.known, title)
    field.write(part_of(situation.plan, part), value)


@STEPS.given(
    "kế hoạch không ghi {title}",
    about=Text("Bỏ một mục về tổ chức hoặc hội nghị", "Leave out a field of the organisation or the conference"),
    example="kế hoạch không ghi cấp ủy ngành cấp trên chỉ đạo",
    elsewhere=Text("Bỏ một mục không nằm trong bảng nào", "Leave out a field that stands in no table"),
)
def clear_field(situation: Situation, title: str) -> None:
    part, field = single_field(situation.known, title)
    field.clear(part_of(situation.plan, part))


@STEPS.given(
    "hội nghị họp {number} buổi liên tiếp",
    about=Text(
        "Xếp lại các phiên: mỗi buổi một phiên, buổi đầu (sáng 28/12/2017) tổng kết năm, các buổi sau sơ kết giữa nhiệm kỳ",
        "Sessions anew: one each half day from the morning of 28/12/2017, the first year-end, the others mid-term",
    ),
    example="hội nghị họp 3 buổi liên tiếp",
    suits=lambda known: bool(known.outline and known.outline.sessions),
)
def half_days(situation: Situation, number: int) -> None:
    if number > MOST_HALF_DAYS:
        raise Misread(
            Text(
                f"Hội nghị không họp quá {MOST_HALF_DAYS} buổi",
                f"No conference sits for over {MOST_HALF_DAYS} half days",
            ),
            Text(f"Viết số từ 0 đến {MOST_HALF_DAYS}", f"Write a number from 0 to {MOST_HALF_DAYS}"),
        )
    known = situation.known
    drawn = known.outline.sessions if known.outline else None
    if drawn is None:
        raise Misread(
            Text("Loại tài liệu này không có phiên họp", "Documents of this type have no sessions"),
            Text("Bỏ bước này", "Drop this step"),
        )
    entity = known.entities[drawn.entity]
    start, end, part = (_said_by(entity, name) for name in (drawn.start, drawn.end, drawn.part))
    field, (*above, rows) = known.at(part, entity.rows), known.steps(entity.rows)
    first, second = (member.name for member in known.enumerations[field.of if field and field.of else ""].members[:2])
    part_of(situation.plan, *above)[rows] = [
        {**_half_day(index, start, end), part: second if index else first} for index in range(number)
    ]


def _said_by(entity: EntityType, name: str) -> str:
    """The field of a row of the document that a fact is the value of."""
    fact = entity.field(name)
    assert fact is not None, name
    return fact.of or name


def _half_day(index: int, start: str, end: str) -> dict[str, str]:
    day, (opens, closes) = _FIRST_DAY + timedelta(days=index // 2), _HALF_DAYS[index % 2]
    return {start: write_instant(day + opens), end: write_instant(day + closes)}


@STEPS.given(
    "kế hoạch có các {rows} sau:",
    about=Text(
        "Thay cả một phần của kế hoạch bằng bảng: phiên họp, cuộc thảo luận, báo cáo, đại biểu, cấp ủy, lần lấy phiếu, văn bản kết quả",
        "Replace a whole part of the plan by a table",
    ),
    example="kế hoạch có các phiên họp sau:",
    elsewhere=Text("Thay cả một phần của kế hoạch bằng bảng", "Replace a whole part of the plan by a table"),
    table=_SESSIONS,
)
def replace_rows(situation: Situation, rows: PlanList, table: Grid) -> None:
    every = _top(rows).of(situation.plan)
    every[:] = rows.read(table)


@STEPS.given(
    "kế hoạch có thêm các {rows} sau:",
    about=Text("Thêm vào một phần của kế hoạch các dòng của bảng", "Add the rows of a table to a part of the plan"),
    example="kế hoạch có thêm các đại biểu sau:",
    table=_PARTICIPANTS,
)
def add_rows(situation: Situation, rows: PlanList, table: Grid) -> None:
    _top(rows).of(situation.plan).extend(rows.read(table))


@STEPS.given(
    "kế hoạch không có {rows} nào",
    about=Text("Bỏ cả một phần của kế hoạch", "Empty a part of the plan"),
    example="kế hoạch không có phiên họp nào",
)
def empty_rows(situation: Situation, rows: PlanList) -> None:
    _top(rows).of(situation.plan).clear()


@STEPS.given(
    "kế hoạch không có {rows} “{name}”",
    about=Text("Bỏ một dòng; dòng không có mã thì gọi bằng số thứ tự", "Drop one row, by its id or its number"),
    example="kế hoạch không có báo cáo “Tổng kết năm 2017”",
)
def drop_row(situation: Situation, rows: PlanList, name: str) -> None:
    every = _top(rows).of(situation.plan)
    gone = rows.row(situation.plan, name)
    every[:] = [row for row in every if row is not gone]


@STEPS.given(
    "{rows} “{name}” có {title} là {value}",
    about=Text(
        "Ghi một mục của một dòng; nhiều giá trị cách nhau bằng dấu chấm phẩy",
        "Set a field of one row; several values are parted by semicolons",
    ),
    example="đại biểu “Lê Văn Sáu” có các phần tham dự là tổng kết năm; sơ kết giữa nhiệm kỳ",
)
def set_row_field(situation: Situation, rows: PlanList, name: str, title: str, value: str) -> None:
    rows.field(title).write(_top(rows).row(situation.plan, name), value)


@STEPS.given(
    "{rows} “{name}” không ghi {title}",
    about=Text("Bỏ một mục của một dòng", "Leave out a field of one row"),
    example="báo cáo “Sơ kết giữa nhiệm kỳ” không ghi văn bản hướng dẫn",
)
def clear_row_field(situation: Situation, rows: PlanList, name: str, title: str) -> None:
    rows.field(title).clear(_top(rows).row(situation.plan, name))


def _nests(known: Description) -> bool:
    """Whether documents of a type have lists within rows."""
    return any(rows.within for rows in lists(known).values())


@STEPS.given(
    "{owner:rows} “{name}” có các {rows} sau:",
    about=Text(
        "Thay cấp ủy viên của một cấp ủy, hoặc các lần công khai của một lần lấy phiếu",
        "Replace the members of a committee, or the publications of a vote",
    ),
    example="cấp ủy “Ban Chấp hành” có các cấp ủy viên sau:",
    elsewhere=Text("Thay các dòng nằm trong một dòng", "Replace the rows within a row"),
    suits=_nests,
    table=_SEATS,
)
def replace_inner_rows(situation: Situation, owner: PlanList, name: str, rows: PlanList, table: Grid) -> None:
    every = _inner(situation, owner, name, rows)
    every[:] = rows.read(table)


@STEPS.given(
    "{owner:rows} “{name}” có thêm các {rows} sau:",
    about=Text("Thêm cấp ủy viên, hoặc thêm lần công khai", "Add members to a committee, or publications to a vote"),
    example="lần lấy phiếu “Ban Chấp hành” có thêm các lần công khai sau:",
    elsewhere=Text("Thêm dòng vào trong một dòng", "Add rows within a row"),
    suits=_nests,
    table=_PUBLICATIONS,
)
def add_inner_rows(situation: Situation, owner: PlanList, name: str, rows: PlanList, table: Grid) -> None:
    _inner(situation, owner, name, rows).extend(rows.read(table))


@STEPS.given(
    "{owner:rows} “{name}” không có {rows} nào",
    about=Text(
        "Bỏ hết cấp ủy viên, hoặc các lần công khai", "Drop all members of a committee, or publications of a vote"
    ),
    example="lần lấy phiếu “Ban Chấp hành” không có lần công khai nào",
    elsewhere=Text("Bỏ hết các dòng nằm trong một dòng", "Drop all rows within a row"),
    suits=_nests,
)
def empty_inner_rows(situation: Situation, owner: PlanList, name: str, rows: PlanList) -> None:
    _inner(situation, owner, name, rows).clear()


def _top(rows: PlanList) -> PlanList:
    if rows.within is not None:
        raise Misread(
            Text(f"“{rows.noun}” nằm trong từng {rows.within}", f"“{rows.noun}” stands within each {rows.within}"),
            Text(
                f"Viết: {rows.within} “…” có các {rows.noun} sau:", f"Write: {rows.within} “…” có các {rows.noun} sau:"
            ),
        )
    return rows


def _inner(situation: Situation, owner: PlanList, name: str, rows: PlanList) -> list[dict[str, Any]]:
    if rows.within != owner.noun:
        what = rows_called(situation.known, rows.within).noun if rows.within else noun_of(situation.known)
        raise Misread(
            Text(f"“{rows.noun}” không nằm trong {owner.noun}", f"“{rows.noun}” doesn't stand within {owner.noun}"),
            Text(f"“{rows.noun}” là phần của {what}", f"“{rows.noun}” is part of {what}"),
        )
    return rows.of(owner.row(situation.plan, name))
