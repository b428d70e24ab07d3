"""A change to plan data: put a value at a path, append it to the list there, or remove an item."""

import copy
from dataclasses import dataclass
from typing import Any, Literal

from ..base.problem import Path


class CannotChange(Exception):
    """The file can't take the change without touching something else (an alias, a form we don't know)."""


@dataclass(frozen=True, slots=True)
class Change:
    """`put`: the value at `path` becomes `value` (a new key of a mapping, or one that is there).

    `append`: one more item in the list at `path`. `remove`: the item at `path` goes (the list keeps at least one).
    """

    kind: Literal["put", "append", "remove"]
    path: Path
    value: object = None


def applied(data: object, change: Change) -> object:
    """The data with the change made; what was given stays as it is. Raises LookupError for a path that leads nowhere."""
    result: Any = copy.deepcopy(data)
    *parents, last = change.path
    target = result
    for step in parents:
        target = target[step]
    value = copy.deepcopy(change.value)
    if change.kind == "append":
        target[last].append(value)
    elif change.kind == "remove":
        del target[last]
    else:
        target[last] = value
    return result
