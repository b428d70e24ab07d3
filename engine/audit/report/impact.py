"""What is said of the impact of a change of a directive: for a terminal, and as a page with the flows drawn."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from ...base.inert import printable
from ...base.text import Language, Text
from ...evaluation.verdict import Status
from ...model.called import Called
from ...reporters.pages import page
from ...reporters.words import SEVERITIES, STATUSES
from ..store.impact import Dimension, Flow, Impact, TurnedPlan
from .summary import by_kind, district_name, groups_by_name, kind_name
from .summary_text import count_words

MOST_LISTED: Final = 10
"""How many plans a terminal lists; JSON has every one."""
MOST_ON_PAGE: Final = 2_000

CHANGES: Final = {
    "new": Text("thêm phát hiện", "new findings"),
    "gone": Text("bớt phát hiện", "findings gone"),
    "graded": Text("đổi mức độ", "other severity"),
}


def groups(called: Called) -> dict[Dimension, Text]:
    """What plans are grouped by, and how those columns are headed."""
    return {"district": called.areas, "kind": Text("Loại hình", "Kind of organisation")}


_STATUSES: Final[tuple[Status, ...]] = ("compliant", "non_compliant", "invalid")

Table = Callable[[list[str], list[tuple[object, ...]]], str]


def text(impact: Impact, language: Language, table: Table) -> str:
    """The impact in words; `table` lays out a head and rows for the terminal."""
    parts = [f"{impact_headline(impact)[language]}\n", *(f"{printable(line[language])}\n" for line in notes(impact))]
    for dimension, name in groups(impact.called).items():
        rows = list(grouped(impact, dimension, language))
        if rows:
            head = [name[language], *(flow_words(flow)[language] for flow in turns(impact))]
            parts += ["\n", table(head, [(row.name, *row.counts) for row in rows])]
    if impact.rules:
        head = [words[language] for words in heads(impact.called)]
        cells: list[tuple[object, ...]] = [
            (moved.rule, moved.clause, SEVERITIES[moved.severity][language], CHANGES[moved.change][language], moved.plans, moved.place)
            for moved in impact.rules
        ]  # fmt: skip
        parts += ["\n", table(head, cells)]
    for turned in impact.turned[:MOST_LISTED]:
        parts += ["\n", f"{printable(plan_words(turned, language))}\n"]
        parts += [f"  {mark} {rule}: {printable(message[language])}\n" for mark, rule, message in said_of(turned)]
    if more := max(0, len(impact.turned) - MOST_LISTED):
        words = Text(
            f"và {more} {impact.called.many.vi} nữa (--format json)",
            f"and {more} more {impact.called.many.en} (--format json)",
        )
        parts += ["\n", f"{words[language]}\n"]
    return "".join(parts)


def heads(called: Called) -> tuple[Text, ...]:
    """The heads of the columns of what changes by rule."""
    return (
        Text("Quy tắc", "Rule"), Text("Điều", "Clause"), Text("Mức độ", "Severity"), Text("Thay đổi", "Change"),
        called.heading, Text("Ví dụ nhỏ nhất", "Smallest example"),
    )  # fmt: skip


def impact_headline(impact: Impact) -> Text:
    """One line: how many plans, and how many turn in which way."""
    called, turned = impact.called, [(flow, impact.flows[flow]) for flow in turns(impact)]
    vi = "; ".join(f"{count_words(count, 'vi')} {called.many.vi} {flow_words(flow).vi}" for flow, count in turned)
    en = "; ".join(f"{count_words(count, 'en')} {flow_words(flow).en}" for flow, count in turned)
    plans = called.counted(impact.plans, count_words(impact.plans, "vi"), count_words(impact.plans, "en"))
    return Text(f"{plans.vi}: {vi or 'không kết luận nào thay đổi'}", f"{plans.en}: {en or 'no verdict changes'}")


def notes(impact: Impact) -> Iterator[Text]:
    """Which packs, and what the figures do not hold."""
    packs = " → ".join(
        f"{run.directive} {run.version} ({run.pack.split()[0][:12]})" for run in (impact.old, impact.new)
    )
    yield Text(f"Bộ quy tắc: {packs}", f"Packs: {packs}")
    if unread := sum(count for flow, count in impact.flows.items() if "invalid" in flow):
        yield Text(
            f"{count_words(unread, 'vi')} {impact.called.many.vi} không thẩm định được theo ít nhất một bộ, không tính vào phát hiện",
            f"{count_words(unread, 'en')} could not be appraised by at least one pack; their findings are not counted",
        )
    for told in impact.unread[:MOST_LISTED]:
        words = told.message
        yield Text(f"{told.place}: {told.code} {words.vi}", f"{told.place}: {told.code} {words.en}")
    if altered := len(impact.altered):
        yield Text(
            f"{count_words(altered, 'vi')} {impact.called.many.vi} bị đổi trong lúc xem xét, không tính: {', '.join(impact.altered[:3])}",
            f"{count_words(altered, 'en')} changed while this ran and are not counted: {', '.join(impact.altered[:3])}",
        )
    for told in impact.notices[:MOST_LISTED]:
        yield Text(f"Lưu ý {told.code}: {told.message.vi}", f"Notice {told.code}: {told.message.en}")


def turns(impact: Impact) -> list[Flow]:
    """The ways in which verdicts change, the usual ones first."""
    return [flow for flow in product(_STATUSES, _STATUSES) if flow[0] != flow[1] and impact.flows[flow]]


def flow_words(flow: Flow) -> Text:
    """From which verdict to which."""
    before, after = (STATUSES[status] for status in flow)
    return Text(f"{before.vi} → {after.vi}", f"{before.en} → {after.en}")


@dataclass(frozen=True, slots=True)
class ImpactRow:
    """A group of plans: how many turn in each way, and how many there are."""

    name: str
    counts: tuple[int, ...]
    plans: int


def grouped(impact: Impact, dimension: Dimension, language: Language) -> Iterator[ImpactRow]:
    """The groups in which any verdict changes, in order."""
    order, name = (groups_by_name, district_name) if dimension == "district" else (by_kind, kind_name)
    for key, flows in order(impact.by[dimension]):
        counts = tuple(flows[flow] for flow in turns(impact))
        if any(counts):
            yield ImpactRow(name(key, language, impact.called), counts, flows.total())


def plan_words(turned: TurnedPlan, language: Language) -> str:
    """A plan and how its verdict changes."""
    return f"{turned.place}: {turned.organization or ''} ({flow_words((turned.before, turned.after))[language]})"


def said_of(turned: TurnedPlan) -> Iterator[tuple[str, str, Text]]:
    """The findings of a plan that come (+) and go (-), with their rules."""
    yield from (("+", rule, message) for rule, message in turned.new)
    yield from (("-", rule, message) for rule, message in turned.gone)


@dataclass(frozen=True, slots=True)
class Band:
    """A flow as it is drawn: where it leaves the bars on the left, where it comes to on the right, and how thick it is."""

    words: Text
    status: Status
    count: int
    left: float
    right: float
    thick: float


HEIGHT: Final = 240.0
_GAP: Final = 14.0
_THINNEST: Final = 2.0


def bands(flows: Mapping[Flow, int]) -> list[Band]:
    """The flows between the statuses on the left and on the right, as heights of a drawing of HEIGHT."""
    total = sum(flows.values())
    if not total:
        return []
    room = HEIGHT - _GAP * (len(_STATUSES) - 1) - _THINNEST * len(flows)
    thick = {flow: _THINNEST + room * count / total for flow, count in flows.items() if count}
    at = {(side, status): 0.0 for side in (0, 1) for status in _STATUSES}
    for side in (0, 1):
        start = 0.0
        for status in _STATUSES:
            at[side, status] = start
            start += sum(height for flow, height in thick.items() if flow[side] == status) + _GAP
    drawn = []
    for flow in product(_STATUSES, _STATUSES):
        if flow in thick:
            left, right = (at[side, flow[side]] + thick[flow] / 2 for side in (0, 1))
            for side in (0, 1):
                at[side, flow[side]] += thick[flow]
            drawn.append(Band(flow_words(flow), flow[1], flows[flow], left, right, thick[flow]))
    return drawn


def html(impact: Impact, proved: str, language: Language) -> bytes:
    """The impact as a page, UTF-8; `proved` is what is known of all plans there could be."""
    return page(
        "impact.html",
        language,
        headline=impact_headline(impact),
        notes=list(notes(impact)),
        bands=bands(impact.flows),
        height=HEIGHT,
        turns=[flow_words(flow) for flow in turns(impact)],
        groups=[
            (name, list(grouped(impact, dimension, language))) for dimension, name in groups(impact.called).items()
        ],
        head=heads(impact.called),
        called=impact.called,
        rules=impact.rules,
        changes=CHANGES,
        severities=SEVERITIES,
        turned=[(plan_words(turned, language), list(said_of(turned))) for turned in impact.turned[:MOST_ON_PAGE]],
        more=max(0, len(impact.turned) - MOST_ON_PAGE),
        proved=proved,
        printable=printable,
        count=lambda value: count_words(value, language),
    ).encode()
