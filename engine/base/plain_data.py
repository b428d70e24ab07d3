"""Objects as plain JSON data, and back. What is read can only make what its reader names: nothing in it runs."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from typing import Any, Final

from .record import Record, items

Named = Mapping[str, Any]
"""The classes that may be made, and what else may be meant, by the names that the data calls them."""

_LIST: Final = "[]"
_TUPLE: Final = "()"
_ITSELF: Final = "@"
_MAKERS: Final[dict[str, Callable[..., Any]]] = {
    _LIST: lambda *items: [*items],
    _TUPLE: lambda *items: items,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


def by_name(*classes: type) -> Named:
    """Classes by their own names."""
    return {kind.__name__: kind for kind in classes}


def as_plain(value: Any, named: Named) -> Any:
    """The value as JSON can hold it. Raises TypeError for what is neither plain nor named."""
    names = {id(thing): name for name, thing in named.items()}

    def plain(value: Any) -> Any:
        kind = type(value)
        if value is None or kind in (str, int, float, bool):
            return value
        if kind is dict and all(type(key) is str for key in value):
            return {key: plain(item) for key, item in value.items()}
        if kind in (list, tuple):
            return [_LIST if kind is list else _TUPLE, *map(plain, value)]
        if kind in (date, time):
            return [kind.__name__, value.isoformat()]
        if id(value) in names:
            return [_ITSELF, names[id(value)]]
        if id(kind) in names and is_dataclass(kind):
            return [names[id(kind)], *(plain(getattr(value, item.name)) for item in fields(kind))]
        if id(kind) in names and isinstance(value, Record):
            return [names[id(kind)], *map(plain, items(value).values())]
        if id(kind) in names and isinstance(value, Enum):
            return [names[id(kind)], plain(value.value)]
        raise TypeError(f"{kind.__name__} is not plain")

    return plain(value)


def from_plain(data: Any, named: Named) -> Any:
    """The value that `as_plain` gave this data of, with the same names. Other data raises some Exception, or gives another value."""
    makers = {**named, **_MAKERS, _ITSELF: named.__getitem__}

    def made(item: Any) -> Any:
        kind = type(item)
        if kind is list:
            return makers[item[0]](*[part if type(part) is str else made(part) for part in item[1:]])
        if kind is dict:
            return {key: part if type(part) is str else made(part) for key, part in item.items()}
        return item

    return made(data)
