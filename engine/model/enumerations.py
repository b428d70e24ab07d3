"""The enumerations of documents, made from their descriptions."""

from enum import StrEnum
from functools import cache
from typing import Final

from ..base.text import Text
from .description import Description, Enumeration, Member

_DESCRIBED: Final[dict[type[StrEnum], Enumeration]] = {}

LABELS: Final[dict[type[StrEnum], dict[str, Text]]] = {}
"""The words of each member, by the enumerations that were made."""


def member_words(name: str) -> Text | None:
    """The words of a member of any enumeration that was made."""
    return next((members[name] for members in LABELS.values() if name in members), None)


def class_name(name: str) -> str:
    """The name of the class that is made for what a description calls so: `outcome_kind` makes OutcomeKind."""
    return "".join(word.capitalize() for word in name.split("_"))


@cache
def enumerations(known: Description) -> dict[str, type[StrEnum]]:
    """The enumerations of a type of document by name."""
    made = {enumeration.name: _made(enumeration) for enumeration in known.vocabulary}
    _DESCRIBED.update({made[one.name]: one for one in known.vocabulary})
    LABELS.update({made[one.name]: {member.name: member.words for member in one.members} for one in known.vocabulary})
    return made


def member(enumeration: type[StrEnum], name: str) -> Member:
    """What the description says of a member of an enumeration that was made."""
    found = _DESCRIBED[enumeration].member(name)
    assert found is not None, name
    return found


def _made(known: Enumeration) -> type[StrEnum]:
    members = {member.name.upper(): member.name for member in known.members}
    return StrEnum(class_name(known.name), members, module=__name__)  # type: ignore[return-value]
