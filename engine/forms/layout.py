"""The layout of the forms: which sheet and column stands for which part of the plan.

The one table that the writers, the readers, the annotations and the fixes go by. A workbook has a sheet for each name in
SHEETS; a Word document has the same tables under the same headings. Labels are unique over the whole form, so that
what a column means does not depend on where it stands or what its sheet is called.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final, Literal

from ..base.problem import Path
from ..base.suggest import plain
from ..model.vocabulary import (
    LABELS,
    Audience,
    BriefingTopic,
    Content,
    DiscussionFormat,
    Kind,
    OutcomeKind,
    OutcomeSubject,
    Part,
    Role,
    Standing,
)

FORM_VERSION: Final = 1
"""The version that the forms of this program carry: that of the plan's schema."""

Steps = tuple[str, ...]
"""The way to a value inside a row of the plan: ("briefing", "by")."""

Holds = Literal[
    "text", "texts", "person", "name", "committee", "choice", "mark", "truth", "instant", "instants", "count"
]
"""What a cell holds: one text; several, apart by ";" or line breaks; a participant by code or name; the name that goes with
the code in the column before it; a committee by code or name; a member of an enumeration by its label; an x; yes or no;
a date and time; several of them; a whole number."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, or one label of a list of fields.

    `member` is the member of the enumeration that an x (or a time of publication) in this column stands for.
    `example` is what the example row of an empty form shows; `note` is said beside the label. A form without an
    `optional` column can be read.
    """

    label: str
    path: Steps
    holds: Holds = "text"
    enumeration: type[StrEnum] | None = None
    member: StrEnum | None = None
    example: str = ""
    note: str = ""
    width: int = 20
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the form. `path` is the list of the plan whose rows stand in it, `rows` how many an empty form has.

    `identity` is the column where findings about a whole row are shown.
    """

    name: str
    sheet: str
    path: Steps
    columns: tuple[Column, ...]
    identity: str
    rows: int = 20

    def column(self, label: str) -> Column:
        """The column with this label."""
        return next(column for column in self.columns if column.label == label)


SERIAL: Final = "STT"
"""The label of the column with serial numbers: the first of the first table of each sheet. Its numbers mean nothing."""

EXAMPLE: Final = "Ví dụ"
"""What stands in the serial column of an example row. A row marked so is left out as long as it is the example itself."""

VERSION_SHEET: Final = "Phiên bản"
"""The hidden sheet with the version of the form."""

VERSION_LABEL: Final = "Phiên bản mẫu thamdinh"
"""The label of the version, in the hidden sheet and in the last paragraph of a document."""

AUTHOR: Final = "thamdinh"
"""Whose the comments are that the program writes: notes on headings, marks in annotated copies."""

YES, NO = "có", "không"
MARK: Final = "x"

PLAN: Final = "Kế hoạch"
PROGRAMME: Final = "Chương trình"
REPORTS: Final = "Báo cáo"
PARTICIPANTS: Final = "Thành phần"
COMMITTEES: Final = "Cấp ủy"
VOTES: Final = "Lấy phiếu tín nhiệm"
OUTCOMES: Final = "Kết quả"

SHEETS: Final[dict[str, str]] = {
    PLAN: "Kế hoạch tổ chức hội nghị sơ kết giữa nhiệm kỳ và tổng kết năm",
    PROGRAMME: "Chương trình hội nghị: các phiên họp và thảo luận",
    REPORTS: "Các báo cáo trình hội nghị",
    PARTICIPANTS: "Thành phần tham dự",
    COMMITTEES: "Các cấp ủy và cấp ủy viên",
    VOTES: "Lấy phiếu tín nhiệm",
    OUTCOMES: "Kết quả hội nghị",
}
"""The sheets (the sections of a document), in order, and their titles."""


def _vi(member: StrEnum) -> str:
    return LABELS[type(member)][member.value].vi


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


_TIME_NOTE: Final = "Ngày và giờ, ví dụ 28/12/2017 07:30"
_MARK_NOTE: Final = "Đánh dấu x nếu có, bỏ trống nếu không"
_PERSON_NOTE: Final = "Mã đại biểu, hoặc họ và tên nếu không trùng với ai"
_COMMITTEE_NOTE: Final = "Mã cấp ủy, hoặc tên cấp ủy"
_CODE_NOTE: Final = "Đơn vị tự đặt, không trùng nhau; để trống thì dùng {} làm mã"

FIELDS: Final[tuple[Column, ...]] = (
    Column("Tên tổ chức đảng", ("organization", "name"), note="Ví dụ: Đảng bộ xã Phú Túc"),
    Column("Loại hình tổ chức", ("organization", "kind"), "choice", Kind, note="Chọn trong danh sách"),
    Column("Nhiệm kỳ", ("organization", "term"), note="Ví dụ: 2015-2020"),
    Column("Huyện, thành phố", ("organization", "district"), note="Bỏ trống nếu trực thuộc tỉnh"),
    Column("Cấp ủy cấp trên trực tiếp", ("organization", "direct_superior"), note="Ví dụ: Huyện ủy Châu Thành"),
    Column("Địa điểm", ("conference", "venue"), note="Ví dụ: Hội trường UBND xã"),
    Column(
        "Cấp ủy ngành cấp trên chỉ đạo",
        ("conference", "directed_by"),
        note="Chỉ ghi đối với Công an, Quân sự, Bộ đội Biên phòng; nơi khác bỏ trống",
    ),
)
"""The fields of the sheet PLAN: a label, and the value to the right of it."""

TABLES: Final[tuple[Table, ...]] = (
    Table(
        "Các phiên họp",
        PROGRAMME,
        ("conference", "sessions"),
        (
            Column("Bắt đầu", ("start",), "instant", example="28/12/2017 07:30", note=_TIME_NOTE),
            Column(
                "Kết thúc",
                ("end",),
                "instant",
                example="28/12/2017 11:00",
                note=_TIME_NOTE + "; cùng ngày thì chỉ cần ghi giờ",
            ),
            Column("Phần của hội nghị", ("part",), "choice", Part, example=_vi(Part.YEAR_END), width=26),
        ),
        "Bắt đầu",
    ),
    Table(
        "Thảo luận",
        PROGRAMME,
        ("conference", "discussions"),
        (
            Column("Phần được thảo luận", ("part",), "choice", Part, example=_vi(Part.YEAR_END), width=26),
            Column(
                "Hình thức thảo luận",
                ("format",),
                "choice",
                DiscussionFormat,
                example=_vi(DiscussionFormat.GROUP),
                width=30,
            ),
        ),
        "Phần được thảo luận",
    ),
    Table(
        "Các báo cáo",
        REPORTS,
        ("reports",),
        (
            Column(
                "Mã báo cáo",
                ("id",),
                example="bc-vi-du",
                note=_CODE_NOTE.format("tên báo cáo"),
                width=14,
                optional=True,
            ),
            Column("Tên báo cáo", ("title",), example="Báo cáo tổng kết năm (ví dụ)", width=44),
            *(
                Column(
                    f"Nội dung: {_vi(content)}",
                    ("contents",),
                    "mark",
                    Content,
                    content,
                    example=MARK if content is Content.YEAR_END_REVIEW else "",
                    note=_MARK_NOTE,
                )
                for content in Content
            ),
            Column(
                "Văn bản hướng dẫn",
                ("guidance",),
                example="Hướng dẫn số 01 (ví dụ)",
                note="Số, ngày, cơ quan",
                width=36,
                optional=True,
            ),
        ),
        "Tên báo cáo",
    ),
    Table(
        "Thành phần tham dự",
        PARTICIPANTS,
        ("participants",),
        (
            Column(
                "Mã đại biểu", ("id",), example="vd01", note=_CODE_NOTE.format("họ và tên"), width=12, optional=True
            ),
            Column("Họ và tên", ("name",), example="Nguyễn Văn A (ví dụ)", width=30),
            Column("Số thẻ đảng viên", ("party_card",), example="00.000000", width=18, optional=True),
            Column(
                "Tư cách tham dự",
                ("standing",),
                "choice",
                Standing,
                example=_vi(Standing.CONGRESS_DELEGATE),
                width=24,
            ),
            Column(
                "Đủ điều kiện tham dự",
                ("eligible",),
                "truth",
                example=YES,
                note="có hoặc không; để trống nghĩa là đủ điều kiện",
                width=16,
                optional=True,
            ),
            *(
                Column(f"Dự phần {_vi(part)}", ("parts",), "mark", Part, part, MARK, note=_MARK_NOTE, width=16)
                for part in Part
            ),
            Column(
                "Thay cho đại biểu",
                ("replaces",),
                "person",
                note="Chỉ ghi khi được bầu bổ sung: mã (hoặc họ tên) của đại biểu vắng mặt",
                optional=True,
            ),
        ),
        "Họ và tên",
        rows=150,
    ),
    Table(
        "Cấp ủy viên",
        COMMITTEES,
        ("committees", "members"),
        (
            Column(
                "Mã cấp ủy",
                ("committee", "id"),
                example="cu-vi-du",
                note=_CODE_NOTE.format("tên cấp ủy") + ". Cùng cấp ủy với dòng trên thì có thể để trống",
                width=16,
                optional=True,
            ),
            Column("Tên cấp ủy", ("committee", "name"), example="Ban Chấp hành Đảng bộ xã (ví dụ)", width=40),
            Column("Mã cấp ủy viên", ("person",), "person", example="vd01", note=_PERSON_NOTE, width=16, optional=True),
            Column(
                "Họ và tên cấp ủy viên",
                ("person",),
                "name",
                example="Nguyễn Văn A (ví dụ)",
                note="Để đối chiếu với mã; không ghi mã cũng được nếu họ tên không trùng với ai",
                width=30,
                optional=True,
            ),
            Column("Chức vụ trong cấp ủy", ("role",), "choice", Role, example=_vi(Role.SECRETARY), width=24),
            Column(
                "Cấp ủy khác cùng tham gia",
                ("also_on",),
                "texts",
                example="Huyện ủy (ví dụ)",
                note="Nhiều cấp ủy thì cách nhau bằng dấu chấm phẩy",
                width=36,
                optional=True,
            ),
        ),
        "Họ và tên cấp ủy viên",
        rows=40,
    ),
    Table(
        "Lấy phiếu ở từng cấp ủy",
        VOTES,
        ("confidence_votes",),
        (
            Column("Cấp ủy lấy phiếu", ("committee",), "committee", example="cu-vi-du", note=_COMMITTEE_NOTE),
            Column("Người quán triệt", ("briefing", "by"), "person", example="vd01", note=_PERSON_NOTE, optional=True),
            *(
                Column(
                    f"Quán triệt {_vi(topic)}",
                    ("briefing", "covers"),
                    "mark",
                    BriefingTopic,
                    topic,
                    MARK,
                    note=_MARK_NOTE,
                    width=14,
                    optional=True,
                )
                for topic in BriefingTopic
            ),
            Column(
                "Giờ phát phiếu",
                ("ballots_distributed_at",),
                "instant",
                example="28/12/2017 07:15",
                note=_TIME_NOTE,
                optional=True,
            ),
            Column("Giờ kiểm phiếu xong", ("counted_at",), "instant", example="28/12/2017 16:00", note=_TIME_NOTE),
            *(
                Column(
                    f"Công khai tại {_vi(audience)}",
                    ("published",),
                    "instants",
                    Audience,
                    audience,
                    "28/12/2017 16:20",
                    _TIME_NOTE,
                    22,
                )
                for audience in Audience
            ),
        ),
        "Cấp ủy lấy phiếu",
        rows=10,
    ),
    Table(
        "Những người được lấy phiếu",
        VOTES,
        ("confidence_votes", "ballots"),
        (
            Column(
                "Phiếu tại cấp ủy",
                ("committee",),
                "committee",
                example="cu-vi-du",
                note=_COMMITTEE_NOTE + ". Cùng cấp ủy với dòng trên thì có thể để trống",
            ),
            Column("Mã người được lấy phiếu", ("person",), "person", example="vd01", note=_PERSON_NOTE, optional=True),
            Column(
                "Họ và tên người được lấy phiếu",
                ("person",),
                "name",
                example="Nguyễn Văn A (ví dụ)",
                note="Để đối chiếu với mã; không ghi mã cũng được nếu họ tên không trùng với ai",
                width=30,
                optional=True,
            ),
        ),
        "Họ và tên người được lấy phiếu",
        rows=40,
    ),
    Table(
        "Văn bản của hội nghị",
        OUTCOMES,
        ("outcomes",),
        (
            Column("Loại văn bản", ("kind",), "choice", OutcomeKind, example=_vi(OutcomeKind.RESOLUTION)),
            Column(
                "Nội dung văn bản",
                ("subject",),
                "choice",
                OutcomeSubject,
                example=_vi(OutcomeSubject.NEXT_YEAR),
                width=34,
            ),
            Column(
                "Số chỉ tiêu",
                ("targets",),
                "count",
                example="12",
                note="Số nguyên; không có thì bỏ trống",
                optional=True,
            ),
        ),
        "Loại văn bản",
    ),
)
"""The tables of the form, in order. Those of one sheet stand side by side, an empty column between them."""


@lru_cache(10_000)
def key(label: str) -> str:
    """What two spellings of a label have in common: no case, tone marks, blanks or punctuation."""
    return re.sub(r"[\W_]+", "", plain(label))


@cache
def label_of(path: Path) -> str | None:
    """What a form calls the value at a path of the plan; None where it has no name of its own."""
    steps = tuple(step for step in path if isinstance(step, str))
    return _labels().get(steps)


@cache
def _labels() -> dict[Steps, str]:
    labels: dict[Steps, str] = {column.path: column.label for column in FIELDS}
    for table in TABLES:
        labels.setdefault(table.path[:1], table.sheet)
        labels.setdefault(table.path, table.name)
        for column in table.columns:
            # Several columns share a list: what they have in common names it.
            label = column.label if column.member is None else column.label.removesuffix(_vi(column.member)) + "…"
            labels.setdefault(plan_steps(table, column), label)
    return labels


def plan_steps(table: Table, column: Column) -> Steps:
    """The way to a column's value from the top of the plan, list indices left out."""
    match table.path, column.path:
        case ("committees", "members"), ("committee", name):
            return ("committees", name)
        case ("confidence_votes", "ballots"), ("person",):
            return table.path
        case ("confidence_votes", "ballots"), ("committee",):
            return ("confidence_votes", "committee")
    return (*table.path, *column.path)
