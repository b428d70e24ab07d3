"""The outline of a document: what outputs show of it beside its verdict, as plain data without any judgement."""

from datetime import datetime
from typing import Final

from ..base.record import Record
from ..base.text import Text
from .description import Member

AROUND: Final = 3
"""Lines before and after a place that a verdict with an outline holds."""


class Sitting(Record):
    """One session. `half_days` numbers the mornings and afternoons it touches: twice the day's ordinal, afternoons odd."""

    part: Member
    start: datetime
    end: datetime
    half_days: tuple[int, ...]


class Moment(Record):
    """Something that happens at one time: what the description calls it, the id of the column it belongs to, and its words."""

    what: str
    column: str
    at: datetime
    words: Text


class Crossing(Record):
    """One person in the matrix: what is said at the seats held and in which columns a ballot is taken, by column.

    A column in neither is one the person has no seat in and no ballot is taken in.
    """

    id: str
    name: str
    seats: dict[str, Text]
    ballots: frozenset[str]


class Outline(Record):
    """What a document is about, its agenda, and its seats and ballots. `columns` gives the names of columns by id.

    `about`: each thing that is given, with its label: a text, the words of a member, or a number.
    """

    about: tuple[tuple[Text, str | Text | float], ...]
    district: str | None
    superior: str | None
    sittings: tuple[Sitting, ...]
    moments: tuple[Moment, ...]
    columns: dict[str, str]
    people: tuple[Crossing, ...]
