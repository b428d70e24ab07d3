"""The board's summary workbook (bảng tổng hợp): totals, districts, clauses and the list of plans, ready to be printed."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from ...base.instant import instant_words
from ...base.severity import SEVERITIES as LEVELS
from ...base.text import Language, Text, capital
from ...evaluation.verdict import Status
from ...model.called import Called
from ...reporters.words import SEVERITIES, STATUSES, seats_not_decidable
from .sheets import HEAD, HEAD_ROW, QUIET, TITLE, DayCell, Share, SheetWriter
from .summary import GroupTotals, PlanLine, RunDetails, Summary, by_kind, district_name, groups_by_name, kind_name
from .summary_text import and_more, more_waived

MOST_LISTED: Final = 100_000
"""How many plans the workbook lists at most; a sheet has room for 1,048,576 rows."""

_STATUSES: Final[tuple[Status, ...]] = ("compliant", "non_compliant", "invalid")
_GROUP_HEADS: Final = (
    Text("Đạt", "Compliant"),
    Text("Chưa đạt", "Non-compliant"),
    Text("Không thẩm định được", "Not appraised"),
    Text("Tỉ lệ đạt", "Share compliant"),
    Text("Lỗi", "Errors"),
    Text("Cảnh báo", "Warnings"),
    Text("Khuyến nghị", "Advice"),
)


def render(summary: Summary, about: RunDetails, language: Language) -> bytes:
    """The workbook (XLSX). Every text is a text: none is ever taken for a formula."""
    called = about.called(summary)
    many = called.many
    title = Text(f"Bảng tổng hợp thẩm định {many.vi}", f"Summary of {many.en} audited")
    sheets = SheetWriter(title, language)
    writer = _Writer(sheets, about, language, called)
    writer.totals(summary)
    writer.groups(
        Text(f"Theo {called.area.vi}", f"By {called.area.en}"),
        called.areas,
        [(district_name(name, language, called), group) for name, group in groups_by_name(summary.districts)],
    )
    writer.groups(
        Text("Theo loại hình", "By kind"),
        Text(capital(called.kinds.vi), capital(called.kinds.en)),
        [(kind_name(name, language, called), group) for name, group in by_kind(summary.kinds)],
    )
    writer.clauses(summary)
    writer.plans(summary)
    writer.waived(summary)
    writer.notices(summary)
    return sheets.saved()


class _Writer:
    def __init__(self, sheets: SheetWriter, about: RunDetails, language: Language, called: Called) -> None:
        self._sheets = sheets
        self._about = about
        self._language: Language = language
        self._called = called

    def totals(self, summary: Summary) -> None:
        """The first sheet: what was audited and how it came out."""
        total, language = summary.total, self._language
        sheet = self._sheets.sheet(Text("Tổng hợp", "Totals"), (52, 18), landscape=False)
        called, what = self._called, self._called.title
        words = Text(f"BẢNG TỔNG HỢP THẨM ĐỊNH {what.vi.upper()}", f"SUMMARY OF {what.en.upper()} AUDITED")
        self._title(sheet, words)
        rows: list[tuple[Text, object]] = [
            (Text(f"Số {called.many.vi}", called.many.en), total.plans),
            *((STATUSES[status], total.statuses[status]) for status in _STATUSES),
            (Text("Tỉ lệ đạt (trong số thẩm định được)", "Share compliant (of those appraised)"), Share(total.share)),
            *(
                (Text(f"Số {SEVERITIES[level].vi}", f"Findings: {SEVERITIES[level].en}"), total.findings[level])
                for level in LEVELS
            ),
            (Text("Phát hiện được miễn, không tính ở trên", "Findings waived, not counted above"), summary.waived),
            (seats_not_decidable(summary.undecided), summary.undecided),
            *(
                (
                    Text(
                        f"{called.heading.vi} có quy tắc không áp dụng, theo {clause}",
                        f"{called.heading.en} with rules not applicable, by {clause}",
                    ),
                    count,
                )
                for clause, count in sorted(summary.suspended.items())
            ),
            *(
                (
                    Text(
                        f"{called.heading.vi} thẩm định theo {directive}",
                        f"{called.heading.en} checked against {directive}",
                    ),
                    count,
                )
                for directive, count in sorted(summary.directives.items())
            ),
        ]
        self._sheets.head(sheet, (Text("Chỉ tiêu", "Figure"), Text("Số lượng", "Number")))
        for words, value in rows:
            self._sheets.row(sheet, (capital(words[language]), value))
        for label, basis in self._about.basis(language):
            self._sheets.row(sheet, (f"{label}: {basis}", ""))

    def groups(self, name: Text, of: Text, groups: Sequence[tuple[str, GroupTotals]]) -> None:
        """A sheet with a line for each district or kind, and their total."""
        sheet = self._sheets.sheet(name, (30, 10, 10, 10, 14, 11, 9, 11, 13))
        self._title(sheet, Text(f"TỔNG HỢP {name.vi.upper()}", f"SUMMARY {name.en.upper()}"))
        self._sheets.head(sheet, (of, self._called.heading, *_GROUP_HEADS))
        total = GroupTotals()
        for words, group in groups:
            total.merge(group)
            self._sheets.row(sheet, (words, *_figures(group)))
        self._sheets.row(sheet, (Text("Cộng", "Total")[self._language], *_figures(total)), font=HEAD)

    def clauses(self, summary: Summary) -> None:
        """A sheet with a line for each clause and severity found, and for each rule of it."""
        sheet = self._sheets.sheet(Text("Theo điều khoản", "By clause"), (12, 12, 62, 14, 12, 12))
        self._title(sheet, Text("PHÁT HIỆN THEO ĐIỀU KHOẢN VÀ QUY TẮC", "FINDINGS BY CLAUSE AND RULE"))
        self._sheets.head(
            sheet,
            (
                Text("Điều khoản", "Clause"), Text("Quy tắc", "Rule"), Text("Nội dung", "Content"),
                Text("Mức độ", "Severity"), Text(f"Số {self._called.many.vi}", self._called.heading.en), Text("Số phát hiện", "Findings"),
            ),
        )  # fmt: skip
        for clause, breach in summary.graded_order:
            text, severity = self._about.clause(clause, self._language), SEVERITIES[breach.severity][self._language]
            self._sheets.row(sheet, (clause, "", text, severity, breach.plans, breach.findings), font=HEAD)
            for (_, code), rule in sorted(summary.of_clauses.items()):
                if (rule.clause, rule.severity) == (clause, breach.severity):
                    title = self._about.rule(code, self._language)
                    self._sheets.row(sheet, ("", code, title, severity, rule.plans, rule.findings))

    def plans(self, summary: Summary) -> None:
        """The list of plans with their verdicts, by district and organisation."""
        lines = summary.lines
        called = self._called
        name = Text(f"Danh sách {called.many.vi}", called.heading.en)
        cut = len(lines) < summary.total.plans
        widths = (7, 40, 22, 20, 12, 16, 7, 9, 9, 26, 30, 16)
        sheet = self._sheets.sheet(name, widths, head=HEAD_ROW + 1 if cut else HEAD_ROW)
        self._title(
            sheet, Text(f"DANH SÁCH {called.many.vi.upper()} ĐÃ THẨM ĐỊNH", f"{called.many.en.upper()} AUDITED")
        )
        if cut:
            self._sheets.line(
                sheet,
                Text(
                    f"Bảng này nêu {len(lines)} trong {summary.total.plans} {called.many.vi}, chọn ngẫu nhiên; đủ cả ở trong kho",
                    f"Lists {len(lines)} of {summary.total.plans} {called.many.en}, a random sample; all are in the store",
                ),
            )
        self._sheets.head(
            sheet,
            (
                Text("STT", "No."), Text("Tổ chức đảng", "Organisation"), called.areas,
                Text("Loại hình", "Kind"), called.day, Text("Kết luận", "Verdict"), Text("Lỗi", "Errors"),
                Text("Cảnh báo", "Warnings"), Text("Khuyến nghị", "Advice"), Text("Quy tắc vi phạm", "Rules breached"),
                Text("Tệp", "File"), Text("Thẩm định theo", "Checked against"),
            ),
        )  # fmt: skip
        for number, line in enumerate(lines, 1):
            self._sheets.row(sheet, (number, *self._plan(line)))

    def waived(self, summary: Summary) -> None:
        """A sheet with the waived findings and who answers for each; none where there are none."""
        if not summary.excused:
            return
        sheet = self._sheets.sheet(Text("Được miễn", "Waived"), (7, 10, 34, 22, 34, 30, 16, 13, 40))
        self._title(sheet, Text("PHÁT HIỆN ĐƯỢC MIỄN, KHÔNG TÍNH", "FINDINGS WAIVED, NOT COUNTED"))
        self._sheets.head(
            sheet,
            (
                Text("STT", "No."), Text("Quy tắc", "Rule"), Text("Tổ chức đảng", "Organisation"), Text("Đối tượng", "Subject"),
                Text("Lý do", "Reason"), Text("Người cho phép", "Approved by"), Text("Văn bản", "Document"),
                Text("Đến hết", "Until"), Text("Chỗ", "Place"),
            ),
        )  # fmt: skip
        for number, found in enumerate(summary.excused, 1):
            until = DayCell(found.valid_until) if found.valid_until else ""
            whom = (found.organization, found.subject, found.reason, found.approved_by, found.document)
            self._sheets.row(sheet, (number, found.rule, *whom, until, found.place.describe(self._language)))
        if more := summary.waived - len(summary.excused):
            self._sheets.line(sheet, more_waived(more))

    def notices(self, summary: Summary) -> None:
        """A sheet with what is to be known of the run and its plans; none where there is nothing."""
        if not summary.notices:
            return
        sheet = self._sheets.sheet(Text("Lưu ý", "Notices"), (7, 12, 40, 80, 60))
        self._title(sheet, Text("NHỮNG ĐIỀU CẦN BIẾT THÊM", "NOTICES"))
        names = (
            Text("STT", "No."),
            Text("Mã", "Code"),
            Text("Chỗ", "Place"),
            Text("Nội dung", "Message"),
            Text("Cách xử lý", "What to do"),
        )
        self._sheets.head(sheet, names)
        language = self._language
        for number, notice in enumerate(summary.notices, 1):
            place = notice.place.describe(language)
            self._sheets.row(sheet, (number, notice.code, place, notice.message[language], notice.fix[language]))
        if more := summary.noticed - len(summary.notices):
            self._sheets.line(sheet, Text(f"… và {more} lưu ý nữa", f"… and {more} more"))

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
            "" if unread else district_name(line.district, language, self._called),
            "" if unread else kind_name(line.kind, language, self._called),
            DayCell(line.held_on) if line.held_on else "",
            STATUSES[line.status][language],
            *(severities.count(severity) for severity in LEVELS),
            rules or problem,
            line.place,
            line.directive or "",
        )

    def _title(self, sheet: Any, words: Text) -> None:
        self._sheets.line(sheet, words, TITLE)
        about = self._about
        run = Text(f"Lần rà soát {about.run}, ", f"Run {about.run}, ")[self._language] if about.run is not None else ""
        when = instant_words(about.started, self._language)
        self._sheets.line(sheet, Text(about.title("vi"), about.title("en")), QUIET)
        self._sheets.line(sheet, Text(f"{run}{when}", f"{run}{when}"), QUIET)


def _figures(group: GroupTotals) -> tuple[object, ...]:
    return (
        group.plans,
        *(group.statuses[status] for status in _STATUSES),
        Share(group.share),
        *(group.findings[severity] for severity in LEVELS),
    )
