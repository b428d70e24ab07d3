"""What summaries group documents by: the district where their type has it, otherwise the committee directly above."""

from functools import cache

from ..base.record import Record
from ..base.text import Text
from .description import Description, Nature
from .document_types import description, worded_types


class Area(Record):
    """What a column of areas is called, and what one of them and several are in a sentence."""

    head: Text
    one: Text


def area_nature(known: Description) -> Nature:
    """The nature of the field that documents of a type are grouped by."""
    return "district" if "district" in known.by_nature else "superior"


def kind_words() -> dict[str, Text]:
    """The words of the kinds of organisation of all types that documents may be of, in the order of the form."""
    words: dict[str, Text] = {}
    for known in worded_types():
        for kind in known.kinds.members if known.kinds else ():
            words.setdefault(kind.name, kind.words)
    return words


@cache
def area(known: Description | None = None) -> Area:
    """The words for the areas of a type of document, by default of the conference plan."""
    known = known or description()
    steps = known.by_nature.get(area_nature(known), ((),))[0]
    field = known.at("/" + "/".join(steps))
    assert field is not None
    fact = next((fact for fact in known.facts[0].fields if known.steps(fact.of or "") == steps), None)
    drawn = known.outline.about if known.outline else ()
    of = f"{known.facts[0].name}.{fact.name}" if fact else ""
    head = next((about.label for about in drawn if about.of == of), field.label)
    return Area(head, fact.label if fact else field.label)
