"""The agenda of a conference as a drawing: the days side by side, their half days, the sessions, and the votes' moments.

All measures are in units of the drawing (SVG).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from ..base.inert import printable
from ..base.instant import instant_words, span_words
from ..base.text import Language, Text
from ..model.outline import Moment, Outline

MOST_DAYS: Final = 7
"""Days drawn; all sessions are in the list beside the drawing."""
DAY: Final = 460
GAP: Final = 14
TOP: Final = 46
LANE: Final = 34
MARK_LANE: Final = 22


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the drawing: a half day (`name` "used" or "free") or a session (the part's name), with its words."""

    x: float
    width: float
    name: str
    words: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class AgendaMark:
    """A moment, by the name that the description gives it."""

    x: float
    lane: int
    name: str
    hint: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """The drawing and the same in words: `entries` are (when, what) in order of time."""

    width: float
    height: float
    days: list[tuple[float, str]]
    half_days: list[Box]
    sessions: list[Box]
    marks: list[AgendaMark]
    entries: list[tuple[str, str]]
    undrawn: int


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where moments stand: the days drawn, and the minutes of the day from which and to which each is drawn."""

    days: list[date]
    opens: int
    closes: int

    def left(self, day: date) -> float:
        return self.days.index(day) * (DAY + GAP)

    def x(self, moment: datetime, day: date) -> float:
        """The place of a moment in the column of a day; its edge for a moment before or after what is drawn."""
        minutes = (moment - _midnight(day)) / timedelta(minutes=1)
        inside = min(max(minutes, self.opens), self.closes) - self.opens
        return round(self.left(day) + inside * DAY / (self.closes - self.opens), 1)


def agenda(outline: Outline, language: Language) -> Agenda:
    """The drawing of an outline that has sessions."""
    dates = sorted({date.fromordinal(number // 2) for sitting in outline.sittings for number in sitting.half_days})
    scale = _scale(outline, dates[:MOST_DAYS])
    marks = list(_marks(outline, scale, language))
    entries = [
        (sitting.start, span_words(sitting.start, sitting.end, language), sitting.part.words[language])
        for sitting in outline.sittings
    ] + [
        (moment.at, instant_words(moment.at, language), _hint(outline, moment, language)) for moment in outline.moments
    ]
    lanes = max((mark.lane for mark in marks), default=-1) + 1
    return Agenda(
        len(scale.days) * (DAY + GAP) - GAP,
        TOP + LANE + lanes * MARK_LANE + 8,
        [(scale.left(day), f"{day:%d/%m/%Y}") for day in scale.days],
        list(_half_days(outline, scale, language)),
        list(_sessions(outline, scale, language)),
        marks,
        [(when, what) for _, when, what in sorted(entries, key=lambda entry: entry[0])],
        len(dates) - len(scale.days),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _scale(outline: Outline, days: list[date]) -> _Scale:
    """Days are drawn from 06:00 to 18:00, and for longer where a session or a moment needs it."""
    opens, closes = 6 * 60, 18 * 60
    for sitting in outline.sittings:
        opens, closes = min(opens, sitting.start.hour * 60), max(closes, sitting.end.hour * 60 + 60)
        if sitting.end.date() > sitting.start.date():
            opens, closes = 0, 24 * 60
    for moment in outline.moments:
        if moment.at.date() in days:
            opens, closes = min(opens, moment.at.hour * 60), max(closes, moment.at.hour * 60 + 60)
    return _Scale(days, opens, closes)


def _half_days(outline: Outline, scale: _Scale, language: Language) -> Iterator[Box]:
    used = {number for sitting in outline.sittings for number in sitting.half_days}
    for day in scale.days:
        left, noon = scale.left(day), scale.x(_midnight(day) + timedelta(hours=12), day)
        for number, start, end, words in (
            (day.toordinal() * 2, left, noon, Text("Sáng", "Morning")),
            (day.toordinal() * 2 + 1, noon, left + DAY, Text("Chiều", "Afternoon")),
        ):
            yield Box(start, round(end - start, 1), "used" if number in used else "free", words[language])


def _sessions(outline: Outline, scale: _Scale, language: Language) -> Iterator[Box]:
    for sitting in outline.sittings:
        words = sitting.part.words[language]
        hint = f"{words}, {span_words(sitting.start, sitting.end, language)}"
        for day in scale.days:
            start, end = max(sitting.start, _midnight(day)), min(sitting.end, _midnight(day) + timedelta(days=1))
            if start < end:
                left, right = scale.x(start, day), scale.x(end, day)
                short = (sitting.part.short or sitting.part.words)[language]
                yield Box(left, round(right - left, 1), sitting.part.name, short, hint)


def _marks(outline: Outline, scale: _Scale, language: Language) -> Iterator[AgendaMark]:
    lanes = {column: number for number, column in enumerate(outline.columns)}
    for moment in outline.moments:
        day = moment.at.date()
        if day in scale.days and moment.column in lanes:
            hint = f"{_hint(outline, moment, language)}, {instant_words(moment.at, language)}"
            yield AgendaMark(scale.x(moment.at, day), lanes[moment.column], moment.what, hint)


def _hint(outline: Outline, moment: Moment, language: Language) -> str:
    return printable(f"{moment.words[language]}: {outline.columns.get(moment.column, moment.column)}")
