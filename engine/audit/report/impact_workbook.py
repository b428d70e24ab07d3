"""What is said of the impact of a change of a directive, as a workbook: totals, groups, rules and the plans that turn."""

from collections.abc import Sequence
from typing import Any, Final

from ...base.text import Language, Text
from ...reporters.words import SEVERITIES
from ..store.impact import Impact
from .impact import CHANGES, flow_words, grouped, groups, heads, impact_headline, notes, said_of, turns
from .sheets import TITLE, SheetWriter
from .summary import district_name, kind_name

MOST_ROWS: Final = 100_000
_MOST_LINES: Final = 20
_TITLE: Final = Text("Tác động của việc sửa bộ quy tắc", "What a change of the rules does")


def render(impact: Impact, proved: str, language: Language) -> bytes:
    """The impact as a workbook (XLSX): totals, groups, rules, and every plan whose verdict changes."""
    sheets = SheetWriter(_TITLE, language)
    called = impact.called
    ways = [flow_words(flow) for flow in turns(impact)]

    def begun(name: Text, widths: tuple[int, ...], heads: Sequence[Text], *, landscape: bool = True) -> Any:
        sheet = sheets.sheet(name, widths, head=2, landscape=landscape)
        sheets.line(sheet, impact_headline(impact), TITLE)
        sheets.head(sheet, heads)
        return sheet

    sheet = begun(Text("Tổng hợp", "Totals"), (60, 18), (Text("Kết luận", "Verdict"), called.heading), landscape=False)
    for flow, count in sorted(impact.flows.items()):
        sheets.row(sheet, (flow_words(flow)[language], count))
    for words in (*notes(impact), *(Text(line, line) for line in proved.splitlines()[:_MOST_LINES])):
        sheets.line(sheet, words)
    for dimension, name in groups(called).items():
        sheet = begun(name, (36, 14, *(28 for _ in ways)), (name, called.heading, *ways))
        for row in grouped(impact, dimension, language):
            sheets.row(sheet, (row.name, row.plans, *row.counts))
    sheet = begun(
        Text("Theo quy tắc", "By rule"), (10, 8, 14, 18, 12, 34, 70), (*heads(called), Text("Phát hiện", "Finding"))
    )
    for moved in impact.rules:
        graded = SEVERITIES[moved.severity][language], CHANGES[moved.change][language]
        example = f"{moved.place}: {moved.organization or ''}"
        sheets.row(sheet, (moved.rule, moved.clause, *graded, moved.plans, example, moved.message[language]))
    columns = (Text("STT", "No."), called.single, Text("Tổ chức", "Organisation"), *groups(called).values())
    whole = (*columns, Text("Thay đổi", "Change"), Text("Phát hiện", "Findings"))
    sheet = begun(
        Text(f"{called.heading.vi} đổi kết luận", f"{called.heading.en} that turn"), (7, 30, 34, 22, 18, 24, 70), whole
    )
    for position, turned in enumerate(impact.turned[:MOST_ROWS], 1):
        of = (
            turned.place,
            turned.organization or "",
            district_name(turned.district, language, called),
            kind_name(turned.kind, language, called),
        )
        said = "; ".join(f"{mark} {rule} {message[language]}" for mark, rule, message in said_of(turned))
        sheets.row(sheet, (position, *of, flow_words((turned.before, turned.after))[language], said))
    if more := max(0, len(impact.turned) - MOST_ROWS):
        sheets.line(sheet, Text(f"… và {more} {called.many.vi} nữa", f"… and {more} more"))
    return sheets.saved()
