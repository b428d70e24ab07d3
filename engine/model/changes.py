"""Small changes to a document, as the tests of a pack write them: `set`, `add` or `remove` at a path.

A path is written `reports[bc-nam].contents`: in brackets stands what identifies a row, or what it must refer to, or a position
from 0.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from .description import Description
from .document_types import description

_STEP: Final = re.compile(r"\.?([A-Za-z_]\w*)|\[([^\]]+)\]")


def changed(
    document: dict[str, Any], changes: Iterable[Mapping[str, Any]], known: Description | None = None
) -> dict[str, Any]:
    """A copy of a document (of a conference plan by default) with the changes made, in order.

    Raises KeyError for a path that leads nowhere.
    """
    naming = (known or description()).naming
    result: dict[str, Any] = _copied(document)
    for change in changes:
        path = next(change[verb] for verb in ("set", "add", "remove") if verb in change)
        *parents, last = _steps(path)
        target: Any = result
        for step in parents:
            target = target[_key(target, step, naming)]
        value = _copied(change.get("value"))
        if "add" in change:
            target[_key(target, last, naming)].append(value)
        elif "remove" in change:
            del target[_key(target, last, naming)]
        else:
            target[last if isinstance(target, dict) else _key(target, last, naming)] = value
    return result


@lru_cache(maxsize=1024)
def _steps(path: str) -> tuple[str, ...]:
    return tuple(name or position for name, position in _STEP.findall(path))


def _copied(data: Any) -> Any:
    """Plain data anew: many times as fast as copy.deepcopy, which asks of everything what it is."""
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    return [*map(_copied, data)] if isinstance(data, list) else data


def value_at(document: Any, path: str, known: Description) -> Any:
    """What stands at a path. Raises KeyError for one that leads nowhere."""
    for step in _steps(path):
        document = document[_key(document, step, known.naming)]
    return document


def _key(target: Any, step: str, naming: frozenset[str]) -> str | int:
    if isinstance(target, dict):
        if step not in target:
            raise KeyError(step)
        return step
    if step.isdigit():
        return int(step)
    for position, item in enumerate(target):
        if step in (item.get(name) for name in naming):
            return position
    raise KeyError(step)
