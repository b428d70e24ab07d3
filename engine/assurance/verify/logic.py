"""z3 in our words: connectives that fold constants, and the few types that encodings are made of."""

from collections.abc import Iterable
from typing import Any, Final

import z3

Truth = Any
"""A z3 Boolean (z3 ships no types)."""
Whole = Any
"""A z3 integer."""

YES: Final[Truth] = z3.BoolVal(True)
NO: Final[Truth] = z3.BoolVal(False)


def both(*parts: Truth) -> Truth:
    """All of the parts hold."""
    return every(parts)


def every(parts: Iterable[Truth]) -> Truth:
    """All of the parts hold; YES and NO are folded away."""
    kept: list[Truth] = []
    for part in parts:
        if part is NO:
            return NO
        if part is not YES:
            kept.append(part)
    if not kept:
        return YES
    return kept[0] if len(kept) == 1 else z3.And(kept)


def some(parts: Iterable[Truth]) -> Truth:
    """One of the parts holds; YES and NO are folded away."""
    kept: list[Truth] = []
    for part in parts:
        if part is YES:
            return YES
        if part is not NO:
            kept.append(part)
    if not kept:
        return NO
    return kept[0] if len(kept) == 1 else z3.Or(kept)


def no(part: Truth) -> Truth:
    """The part does not hold."""
    if part is YES:
        return NO
    if part is NO:
        return YES
    return part.arg(0) if z3.is_not(part) else z3.Not(part)


def follows(condition: Truth, consequence: Truth) -> Truth:
    """Where the condition holds, so does the consequence."""
    return some((no(condition), consequence))


def exactly_one(parts: Iterable[Truth]) -> list[Truth]:
    """Constraints: one of the parts holds, and no two do."""
    known = list(parts)
    if len(known) == 1:
        return known
    return [z3.Or(known), z3.AtMost(*known, 1)]
