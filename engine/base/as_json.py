"""Records as JSON: an object of their fields, in order."""

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, ClassVar, Final

HIDDEN: Final = {"json": False}
"""Metadata of a field that JSON does not show."""
_NAMED: Final = {"place": "location"}
_ITSELF: Final = frozenset((str, int, float, bool, type(None), dict))


class AsJson:
    """A dataclass that is in JSON what its fields are (at least two); a field `place` is called `location`."""

    __slots__ = ()
    _shown: ClassVar[dict[type, tuple[tuple[str, ...], Callable[[object], tuple[Any, ...]]]]] = {}
    """Of each class: the keys, and what gives the values."""

    def to_json(self) -> dict[str, Any]:
        kind = type(self)
        if kind not in self._shown:
            names = [item.name for item in fields(kind) if item.metadata.get("json", True)]  # type: ignore[arg-type]
            self._shown[kind] = tuple(_NAMED.get(name, name) for name in names), attrgetter(*names)
        keys, values = self._shown[kind]
        return dict(zip(keys, map(as_json, values(self)), strict=True))


def as_json(value: Any) -> Any:
    """The value with its records as objects, within tuples and lists too; all else is itself."""
    if type(value) in _ITSELF:
        return value
    if isinstance(value, AsJson):
        return value.to_json()
    if isinstance(value, (tuple, list)):
        return [as_json(item) for item in value]
    return value


def json_text(value: Any) -> str:
    """The value as a JSON text, its records as objects: indented, with a final newline."""
    import json

    return json.dumps(as_json(value), ensure_ascii=False, indent=2) + "\n"
