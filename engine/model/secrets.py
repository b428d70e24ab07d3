"""What descriptions say of people: where documents speak of one, what names them, and what is nobody's business.

A file may be of any type and may be broken, so what any type keeps secret is kept secret in every file.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final

from ..base.problem import Path
from ..base.record import Record
from ..base.suggest import plain
from .description import Description, RecordType
from .records import known_types

Steps = tuple[str, ...]


class PeopleList(Record):
    """A list of people: its steps, and the names of the fields that identify and name each and that are secret."""

    steps: Steps
    identifier: str | None
    name: str | None
    secret: str | None


class Secrets(Record):
    """What types of document say of people.

    `keys` are those of secrets and what people write for them, as `plain` has them; `lists`, by the position in a path,
    the keys of lists whose rows speak of one person each, and `list_keys` these by themselves; `own`: the keys in such a row under which no number is a secret.
    """

    people: tuple[PeopleList, ...]
    keys: frozenset[str]
    lists: frozenset[tuple[int, str]]
    list_keys: frozenset[str]
    own: frozenset[str]


ALWAYS: Final[list[Callable[[], Description]]] = []
"""What reads the types that are asked whatever was read: reading one (document_types.py) may need what is here."""


def secrets() -> Secrets:
    """What all types say that the program has read, and those that are always asked."""
    return _known(len(known_types()))


@cache
def _known(_made: int) -> Secrets:
    """What is known as long as no other type was read."""
    return _secrets((*dict.fromkeys((*(read() for read in ALWAYS), *known_types())),))


@cache
def _secrets(types: tuple[Description, ...]) -> Secrets:
    people: dict[PeopleList, None] = {}
    keys: set[str] = set()
    lists: set[tuple[int, str]] = set()
    own: set[str] = set()
    for known in types:
        for steps, record in known.record_places:
            if record.nature != "person":
                continue
            people |= dict.fromkeys(people_of(steps, record))
            lists.add((_position(known, steps), steps[-1]))
            own |= {field.name for field in record.fields if field.type not in ("text", "list")}
        for _, _, field in known.fields:
            if field.nature == "secret":
                keys |= {plain(word) for word in (field.name, field.label.vi, field.label.en, *field.also)}
    return Secrets(tuple(people), frozenset(keys), frozenset(lists), frozenset(key for _, key in lists), frozenset(own))


def people_of(steps: Steps, record: RecordType) -> tuple[PeopleList, ...]:
    """The list of people that the records at these steps are, where they say a name or a secret."""
    by_nature = {field.nature: field.name for field in record.fields}
    name, secret = by_nature.get("person_name"), by_nature.get("secret")
    return (PeopleList(steps, record.identifier, name, secret),) if name or secret else ()


def _position(known: Description, steps: Steps) -> int:
    """Where in a path the last of the steps stands: behind every list comes a number."""
    fields = (known.at("/" + "/".join(steps[:number])) for number in range(1, len(steps)))
    return len(steps) - 1 + sum(field is not None and field.type == "rows" for field in fields)


@lru_cache(4096)
def _is_secret(key: str, keys: frozenset[str]) -> bool:
    return plain(key.partition(":")[0]) in keys


def is_secret_key(key: str) -> bool:
    """Whether a key is that of a party card, or one that a person would write for it."""
    return _is_secret(key, secrets().keys)


def is_of_person(path: Path) -> bool:
    """Whether a document speaks of one person at this path."""
    return any(path[position : position + 1] == (key,) for position, key in secrets().lists)
