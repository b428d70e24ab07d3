"""What documents are called, one and several, and what summaries group them by: in the words of their type, or of all types
where there are several.

They are grouped by the district where their type has it (and their pack says nothing else), otherwise by the committee
directly above.
"""

from collections.abc import Iterable
from functools import cache
from typing import Final

from ..base.record import Record
from ..base.text import Text, capital, plural
from .description import DOCUMENT, DOCUMENTS, Description, Nature
from .document_types import description, types, worded_types

DAY: Final = Text("Ngày họp", "Date")
"""How a column of days is headed, where their type does not say."""


class Called(Record):
    """The words for documents: one, several, and the name of their type as pages are headed; and for the areas that they are
    of: as a column is headed, and one of them."""

    one: Text
    many: Text
    title: Text
    areas: Text
    area: Text
    kinds: Text
    """What the kinds of organisation are called together."""
    day: Text
    """How a column of their days is headed."""
    subject: Text
    """What sheets and letters on one say that it is."""
    to_come: bool
    """Whether a conference is to be held by it."""
    nature: Nature | None
    """By which nature each document is grouped; None for documents of several kinds."""

    @property
    def heading(self) -> Text:
        """Several of them, at the beginning of a line."""
        return Text(capital(self.many.vi), capital(self.many.en))

    @property
    def single(self) -> Text:
        """One of them, at the beginning of a line."""
        return Text(capital(self.one.vi), capital(self.one.en))

    def counted(self, count: int, vi: str | None = None, en: str | None = None) -> Text:
        """So many of them: “3 kế hoạch”, “1 plan”; `vi` and `en` are the number as it is shown, where that is not its digits."""
        noun = self.one if count == 1 else self.many
        return Text(f"{vi or count} {noun.vi}", f"{en or count} {noun.en}")


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _day(known: Description) -> Text:
    day = next((known.at("/" + "/".join(steps)) for steps in known.by_nature.get("day", ())), None)
    if day is None or day.type != "date":
        return DAY
    return Text(capital(day.label.vi), capital(day.label.en))


def area_nature(known: Description) -> Nature:
    """The nature of the field that documents of a type are grouped by."""
    among: tuple[Nature, ...] = ("district", "superior", "organization")
    return next((nature for nature in among if nature in known.by_nature), "organization")


@cache
def called(known: Description | None = None, by: Nature | None = None) -> Called:
    """The words for documents of a type, by default the conference plan, that are grouped `by` a nature."""
    known = known or description()
    nature = by if by in known.by_nature else area_nature(known)
    steps = known.by_nature.get(nature, ((),))[0]
    field = known.at("/" + "/".join(steps)) if steps else None
    label = Text("địa bàn", "area") if field is None else field.label
    whole = next(iter(known.facts), None)  # what no rule judges has no facts
    fact = next((fact for fact in whole.fields if known.steps(fact.of or "") == steps), None) if whole else None
    drawn = known.outline.about if known.outline else ()
    of = f"{whole.name}.{fact.name}" if whole and fact else ""
    head = next((about.label for about in drawn if about.of == of), label)
    return Called(
        known.one,
        known.many,
        Text(_small(known.label.vi), plural(known.label.en)),
        head,
        fact.label if fact else label,
        known.kinds.label if known.kinds else Text("loại hình", "kind"),
        _day(known),
        known.subject or Text(_small(known.label.vi), known.label.en),
        bool(known.outline and known.outline.sessions),
        nature,
    )


def called_by_id(document: str) -> Called | None:
    """The words for documents of a type of this run; None where nobody has it."""
    return next((called(known) for known in types() if known.id == document), None)


def called_together(some: Iterable[Called | None]) -> Called:
    """The words for documents of several types; those of plans where there are none."""
    each = list(dict.fromkeys(words for words in some if words is not None)) or [called()]
    if len(each) == 1:
        return each[0]
    same = {words.area for words in each} == {each[0].area}
    among = (
        (each[0].areas, each[0].area)
        if same
        else (Text("Địa bàn, cấp trên", "Area"), Text("địa bàn, cấp trên", "area"))
    )
    nouns = {words.one for words in each} == {each[0].one}
    one, many, title, subject = (
        (each[0].one, each[0].many, each[0].title, each[0].subject)
        if nouns
        else (DOCUMENT, DOCUMENTS, DOCUMENTS, DOCUMENTS)
    )
    to_come = all(words.to_come for words in each)
    day = each[0].day if {words.day for words in each} == {each[0].day} else DAY
    return Called(one, many, title, *among, each[0].kinds, day, subject, to_come, None)


def kind_words() -> dict[str, Text]:
    """The words of the kinds of organisation of all types that documents may be of, in the order of the form."""
    words: dict[str, Text] = {}
    for known in worded_types():
        for kind in known.kinds.members if known.kinds else ():
            words.setdefault(kind.name, kind.words)
    return words
