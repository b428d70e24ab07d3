"""The board's summary workbook (bảng tổng hợp): totals, districts, clauses and the list of plans, ready to be printed."""

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from ...base.inert import printable
from ...base.instant import instant_words
from ...base.results import SUMMARY_MARK, UNSEALED, sealed_package
from ...base.severity import SEVERITIES as LEVELS
from ...base.text import Language, Text
from ...evaluation.verdict import Status
from ...model.area import area
from ...model.document_types import description
from ...reporters.words import SEVERITIES, STATUSES, seats_not_decidable
from .summary import About, Group, PlanLine, Summary, by_kind, by_name, district_name, kind_name
from .summary_text import and_more, more_waived

MOST_LISTED: Final = 100_000
"""How many plans the workbook lists at most; a sheet has room for 1,048,576 rows."""

_STATUSES: Final[tuple[Status, ...]] = ("compliant", "non_compliant", "invalid")
_FONT: Final = "Times New Roman"
_TITLE: Final = Font(name=_FONT, size=14, bold=True)
_HEAD: Final = Font(name=_FONT, size=12, bold=True)
_BODY: Final = Font(name=_FONT, size=12)
_QUIET: Final = Font(name=_FONT, size=11, italic=True)
_SHADE: Final = PatternFill("solid", fgColor="E8EDF4")
_THIN: Final = Side(style="thin", color="9AA3AF")
_FRAME: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAPPED: Final = Alignment(vertical="top", wrap_text=True)
_RIGHT: Final = Alignment(vertical="top", horizontal="right")
_CENTRE: Final = Alignment(vertical="center", horizontal="center", wrap_text=True)
_LONGEST_CELL: Final = 2000
_LOCALES: Final[dict[Language, str]] = {"vi": "[$-42A]", "en": ""}
"""In whose way numbers are written, as formats say it."""
_LINE_HEIGHT: Final = 16
_HEAD_ROW: Final = 4
_A4: Final = 9
_LONGEST_SHEET_NAME: Final = 31

_GROUP_HEADS: Final = (
    Text("Kế hoạch", "Plans"),
    Text("Đạt", "Compliant"),
    Text("Chưa đạt", "Non-compliant"),
    Text("Không thẩm định được", "Not appraised"),
    Text("Tỉ lệ đạt", "Share compliant"),
    Text("Lỗi", "Errors"),
    Text("Cảnh báo", "Warnings"),
    Text("Khuyến nghị", "Advice"),
)


def render(summary: Summary, about: About, language: Language) -> bytes:
    """The workbook (XLSX). Every text is a text: none is ever taken for a formula."""
    book = Workbook(write_only=True)
    book.properties.creator = "thamdinh"
    book.properties.title = Text("Bảng tổng hợp thẩm định kế hoạch", "Summary of plans audited")[language]
    writer = _Writer(book, about, language)
    writer.totals(summary)
    known = description().kinds
    kinds = Text("loại hình", "kind") if known is None else known.label
    writer.groups(
        Text(f"Theo {area().one.vi}", f"By {area().one.en}"),
        area().head,
        [(district_name(name, language), group) for name, group in by_name(summary.districts)],
    )
    writer.groups(
        Text("Theo loại hình", "By kind"),
        Text(_capital(kinds.vi), _capital(kinds.en)),
        [(kind_name(name, language), group) for name, group in by_kind(summary.kinds)],
    )
    writer.clauses(summary)
    writer.plans(summary)
    writer.waived(summary)
    writer.notices(summary)
    book.properties.category, book.properties.identifier = SUMMARY_MARK, UNSEALED
    made = io.BytesIO()
    book.save(made)
    return sealed_package(made.getvalue())


class _Writer:
    def __init__(self, book: Workbook, about: About, language: Language) -> None:
        self._book = book
        self._about = about
        self._language: Language = language
        self._widths: Sequence[int] = ()
        self._rows = 0

    def totals(self, summary: Summary) -> None:
        """The first sheet: what was audited and how it came out."""
        total, language = summary.total, self._language
        sheet = self._sheet(Text("Tổng hợp", "Totals"), (52, 18), landscape=False)
        what = description().label
        words = Text(f"BẢNG TỔNG HỢP THẨM ĐỊNH {what.vi.upper()}", f"SUMMARY OF {what.en.upper()}S AUDITED")
        self._title(sheet, words)
        rows: list[tuple[Text, object]] = [
            (Text("Số kế hoạch", "Plans"), total.plans),
            *((STATUSES[status], total.statuses[status]) for status in _STATUSES),
            (Text("Tỉ lệ đạt (trong số thẩm định được)", "Share compliant (of those appraised)"), _Share(total.share)),
            *(
                (Text(f"Số {SEVERITIES[level].vi}", f"Findings: {SEVERITIES[level].en}"), total.findings[level])
                for level in LEVELS
            ),
            (Text("Phát hiện được miễn, không tính ở trên", "Findings waived, not counted above"), summary.waived),
            (seats_not_decidable(summary.undecided), summary.undecided),
            *(
                (
                    Text(
                        f"Kế hoạch có quy tắc không áp dụng, theo {clause}",
                        f"Plans with rules not applicable, by {clause}",
                    ),
                    count,
                )
                for clause, count in sorted(summary.suspended.items())
            ),
            *(
                (Text(f"Kế hoạch thẩm định theo {directive}", f"Plans checked against {directive}"), count)
                for directive, count in sorted(summary.directives.items())
            ),
        ]
        self._head(sheet, (Text("Chỉ tiêu", "Figure"), Text("Số lượng", "Number")))
        for words, value in rows:
            self._row(sheet, (_capital(words[language]), value))
        for label, basis in self._about.basis(language):
            self._row(sheet, (f"{label}: {basis}", ""))

    def groups(self, name: Text, of: Text, groups: Sequence[tuple[str, Group]]) -> None:
        """A sheet with a line for each district or kind, and their total."""
        sheet = self._sheet(name, (30, 10, 10, 10, 14, 11, 9, 11, 13))
        self._title(sheet, Text(f"TỔNG HỢP {name.vi.upper()}", f"SUMMARY {name.en.upper()}"))
        self._head(sheet, (of, *_GROUP_HEADS))
        total = Group()
        for words, group in groups:
            total.merge(group)
            self._row(sheet, (words, *_figures(group)))
        self._row(sheet, (Text("Cộng", "Total")[self._language], *_figures(total)), font=_HEAD)

    def clauses(self, summary: Summary) -> None:
        """A sheet with a line for each clause and severity found, and for each rule of it."""
        sheet = self._sheet(Text("Theo điều khoản", "By clause"), (12, 12, 62, 14, 12, 12))
        self._title(sheet, Text("PHÁT HIỆN THEO ĐIỀU KHOẢN VÀ QUY TẮC", "FINDINGS BY CLAUSE AND RULE"))
        self._head(
            sheet,
            (
                Text("Điều khoản", "Clause"), Text("Quy tắc", "Rule"), Text("Nội dung", "Content"),
                Text("Mức độ", "Severity"), Text("Số kế hoạch", "Plans"), Text("Số phát hiện", "Findings"),
            ),
        )  # fmt: skip
        for clause, breach in summary.graded_order:
            text, severity = self._about.clause(clause, self._language), SEVERITIES[breach.severity][self._language]
            self._row(sheet, (clause, "", text, severity, breach.plans, breach.findings), font=_HEAD)
            for (_, code), rule in sorted(summary.of_clauses.items()):
                if (rule.clause, rule.severity) == (clause, breach.severity):
                    title = self._about.rule(code, self._language)
                    self._row(sheet, ("", code, title, severity, rule.plans, rule.findings))

    def plans(self, summary: Summary) -> None:
        """The list of plans with their verdicts, by district and organisation."""
        lines = summary.lines
        name = Text("Danh sách kế hoạch", "Plans")
        cut = len(lines) < summary.total.plans
        widths = (7, 40, 22, 20, 12, 16, 7, 9, 9, 26, 30, 16)
        sheet = self._sheet(name, widths, head=_HEAD_ROW + 1 if cut else _HEAD_ROW)
        self._title(sheet, Text("DANH SÁCH KẾ HOẠCH ĐÃ THẨM ĐỊNH", "PLANS AUDITED"))
        if cut:
            self._line(
                sheet,
                Text(
                    f"Bảng này nêu {len(lines)} trong {summary.total.plans} kế hoạch, chọn ngẫu nhiên; đủ cả ở trong kho",
                    f"Lists {len(lines)} of {summary.total.plans} plans, a random sample; all are in the store",
                ),
            )
        self._head(
            sheet,
            (
                Text("STT", "No."), Text("Tổ chức đảng", "Organisation"), area().head,
                Text("Loại hình", "Kind"), Text("Ngày họp", "Date"), Text("Kết luận", "Verdict"), Text("Lỗi", "Errors"),
                Text("Cảnh báo", "Warnings"), Text("Khuyến nghị", "Advice"), Text("Quy tắc vi phạm", "Rules breached"),
                Text("Tệp", "File"), Text("Thẩm định theo", "Checked against"),
            ),
        )  # fmt: skip
        for number, line in enumerate(lines, 1):
            self._row(sheet, (number, *self._plan(line)))

    def waived(self, summary: Summary) -> None:
        """A sheet with the waived findings and who answers for each; none where there are none."""
        if not summary.excused:
            return
        sheet = self._sheet(Text("Được miễn", "Waived"), (7, 10, 34, 22, 34, 30, 16, 13, 40))
        self._title(sheet, Text("PHÁT HIỆN ĐƯỢC MIỄN, KHÔNG TÍNH", "FINDINGS WAIVED, NOT COUNTED"))
        self._head(
            sheet,
            (
                Text("STT", "No."), Text("Quy tắc", "Rule"), Text("Tổ chức đảng", "Organisation"), Text("Đối tượng", "Subject"),
                Text("Lý do", "Reason"), Text("Người cho phép", "Approved by"), Text("Văn bản", "Document"),
                Text("Đến hết", "Until"), Text("Chỗ", "Place"),
            ),
        )  # fmt: skip
        for number, found in enumerate(summary.excused, 1):
            until = _Day(found.valid_until) if found.valid_until else ""
            whom = (found.organization, found.subject, found.reason, found.approved_by, found.document)
            self._row(sheet, (number, found.rule, *whom, until, found.place.describe(self._language)))
        if more := summary.waived - len(summary.excused):
            self._line(sheet, more_waived(more))

    def notices(self, summary: Summary) -> None:
        """A sheet with what is to be known of the run and its plans; none where there is nothing."""
        if not summary.notices:
            return
        sheet = self._sheet(Text("Lưu ý", "Notices"), (7, 12, 40, 80, 60))
        self._title(sheet, Text("NHỮNG ĐIỀU CẦN BIẾT THÊM", "NOTICES"))
        names = (
            Text("STT", "No."),
            Text("Mã", "Code"),
            Text("Chỗ", "Place"),
            Text("Nội dung", "Message"),
            Text("Cách xử lý", "What to do"),
        )
        self._head(sheet, names)
        language = self._language
        for number, notice in enumerate(summary.notices, 1):
            place = notice.place.describe(language)
            self._row(sheet, (number, notice.code, place, notice.message[language], notice.fix[language]))
        if more := summary.noticed - len(summary.notices):
            self._line(sheet, Text(f"… và {more} lưu ý nữa", f"… and {more} more"))

    def _plan(self, line: PlanLine) -> Iterable[object]:
        language = self._language
        counted = [finding for finding in line.findings if finding.waived is None]
        severities = [finding.severity for finding in counted]
        rules = ", ".join(sorted({finding.rule for finding in counted}))
        problem = line.problems[0][language] if line.problems else ""
        if more := len(line.problems) - 1 if line.problems else 0:
            problem += f" ({and_more(more)[language]})"
        unread = line.organization is None
        return (
            line.organization or "",
            "" if unread else district_name(line.district, language),
            "" if unread else kind_name(line.kind, language),
            _Day(line.held_on) if line.held_on else "",
            STATUSES[line.status][language],
            *(severities.count(severity) for severity in LEVELS),
            rules or problem,
            line.place,
            line.directive or "",
        )

    def _sheet(self, name: Text, widths: Sequence[int], *, head: int = _HEAD_ROW, landscape: bool = True) -> Any:
        """A sheet for A4 paper, as wide as the page, with page numbers; the table's head stands in row `head`.

        All of this has to be said before the first row is written.
        """
        sheet = self._book.create_sheet(name[self._language][:_LONGEST_SHEET_NAME])
        self._widths, self._rows = widths, 0
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.horizontalCentered = True
        sheet.freeze_panes = f"A{head + 1}"
        sheet.print_title_rows = f"{head}:{head}"
        sheet.page_margins.left = sheet.page_margins.right = 0.5
        sheet.oddFooter.right.text = Text("Trang &P/&N", "Page &P/&N")[self._language]
        return sheet

    def _title(self, sheet: Any, words: Text) -> None:
        self._line(sheet, words, _TITLE)
        about = self._about
        run = Text(f"Lần rà soát {about.run}, ", f"Run {about.run}, ")[self._language] if about.run is not None else ""
        when = instant_words(about.started, self._language)
        self._line(sheet, Text(about.title("vi"), about.title("en")), _QUIET)
        self._line(sheet, Text(f"{run}{when}", f"{run}{when}"), _QUIET)

    def _line(self, sheet: Any, words: Text, font: Font = _QUIET) -> None:
        self._append(sheet, [self._cell(sheet, words[self._language], font, Alignment())], wrapped=False)

    def _head(self, sheet: Any, names: Sequence[Text]) -> None:
        """The head of a table; it stays in view and is repeated on every page."""
        cells = [self._cell(sheet, name[self._language], _HEAD, _CENTRE) for name in names]
        for cell in cells:
            cell.fill, cell.border = _SHADE, _FRAME
        self._append(sheet, cells)
        assert sheet.print_title_rows == f"${self._rows}:${self._rows}", "the head is where the sheet says it is"

    def _row(self, sheet: Any, values: Iterable[object], font: Font = _BODY) -> None:
        cells = []
        for value in values:
            cell = self._cell(sheet, value, font, _WRAPPED if isinstance(value, str) else _RIGHT)
            cell.border = _FRAME
            cells.append(cell)
        self._append(sheet, cells)

    def _append(self, sheet: Any, cells: Sequence[Any], *, wrapped: bool = True) -> None:
        """Add a row, as high as its longest text: not every program fits rows to their texts."""
        self._rows += 1
        lines = [
            _lines(cell.value, width) if isinstance(cell.value, str) else 1
            for cell, width in zip(cells, self._widths, strict=False)
        ]
        sheet.row_dimensions[self._rows].height = _LINE_HEIGHT * (max(lines) if wrapped else 1) + 3
        sheet.append(cells)

    def _cell(self, sheet: Any, value: object, font: Font, alignment: Alignment) -> Any:
        if isinstance(value, str):
            value = printable(value)[:_LONGEST_CELL] or None
        cell: Any = WriteOnlyCell(sheet, None)
        if isinstance(value, _Share):
            cell.value = value.value if value.value is not None else "–"
            cell.number_format = f"{_LOCALES[self._language]}0.0%"
        elif isinstance(value, _Day):
            day, month, year = reversed(value.iso.split("-"))
            cell.value = f"{day}/{month}/{year}"
        else:
            cell.value = value
            if isinstance(value, int):
                cell.number_format = f"{_LOCALES[self._language]}#,##0"
        if isinstance(cell.value, str):
            cell.data_type = "s"  # whatever it begins with
        cell.font, cell.alignment = font, alignment
        return cell


class _Share:
    """A share from 0 to 1, shown in per cent; None where there is none."""

    def __init__(self, value: float | None) -> None:
        self.value = value


class _Day:
    """An ISO date, shown as day/month/year."""

    def __init__(self, iso: str) -> None:
        self.iso = iso


def _figures(group: Group) -> tuple[object, ...]:
    return (
        group.plans,
        *(group.statuses[status] for status in _STATUSES),
        _Share(group.share),
        *(group.findings[severity] for severity in LEVELS),
    )


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column."""
    return max(1, -(-len(text) // max(1, int(width * 0.92))))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
