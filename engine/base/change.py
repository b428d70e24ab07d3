"""Small changes to a plan, as the tests of a pack write them: `set`, `add` or `remove` at a path.

A path is written `reports[bc-nam].contents`: in brackets stands an id (a committee for votes, a person for members) or
a position from 0.
"""

import copy
import re
from typing import Any

_STEP = re.compile(r"\.?([A-Za-z_]\w*)|\[([^\]]+)\]")
_NAMES = ("id", "committee", "person")


def changed(plan: dict[str, Any], changes: list[dict[str, Any]]) -> dict[str, Any]:
    """A copy of the plan with the changes made, in order. Raises KeyError for a path that leads nowhere."""
    result = copy.deepcopy(plan)
    for change in changes:
        path = next(change[verb] for verb in ("set", "add", "remove") if verb in change)
        *parents, last = [name or position for name, position in _STEP.findall(path)]
        target: Any = result
        for step in parents:
            target = target[_key(target, step)]
        value = copy.deepcopy(change.get("value"))
        if "add" in change:
            target[_key(target, last)].append(value)
        elif "remove" in change:
            del target[_key(target, last)]
        else:
            target[last if isinstance(target, dict) else _key(target, last)] = value
    return result


def _key(target: Any, step: str) -> str | int:
    if isinstance(target, dict):
        if step not in target:
            raise KeyError(step)
        return step
    if step.isdigit():
        return int(step)
    for position, item in enumerate(target):
        if step in (item.get(name) for name in _NAMES):
            return position
    raise KeyError(step)
