"""What stands at the same steps in all rows of a document, gathered by functions that are compiled from its description."""

from collections.abc import Callable, Iterable
from typing import Any

from .description import Description

Gather = Callable[[Any], list[Any]]


def gathering(known: Description, places: Iterable[tuple[str, ...]]) -> Gather:
    """The function that makes one list of what stands at each of the steps in turn."""
    return listing(f"*{gathered(known, steps)}" for steps in places)


def listing(expressions: Iterable[str]) -> Gather:
    """The function that makes a list of expressions of a document, `plan`."""
    made: Gather = eval(f"lambda plan: [{', '.join(expressions)}]")  # noqa: S307
    return made


def gathered(known: Description, steps: tuple[str, ...], name: str = "") -> str:
    """The list of all that stands at these steps and is given, as an expression; `name`: what the last step is called there."""
    here = known.at("/" + "/".join(steps))
    assert here is not None, steps
    if here.type in ("rows", "list"):
        lead, value, test = *loops(known, steps), ""
    else:
        lead, item = loops(known, steps[:-1])
        value = f"{item}.{name or steps[-1]}"
        test = f" if {value} is not None" if here.optional else ""
    lead = lead or (["for _ in (0,)"] if test else [])
    return f"[{' '.join([value, *lead])}{test}]"


def loops(known: Description, steps: tuple[str, ...]) -> tuple[list[str], str]:
    """The loops that lead to each record, or to each item of a list, at these steps, and what it is called there."""
    made: list[str] = []
    item = "plan"
    for number, step in enumerate(steps, 1):
        here = known.at("/" + "/".join(steps[:number]))
        assert here is not None, steps
        value, are_rows = f"{item}.{step}", here.type in ("rows", "list")
        if are_rows or here.optional:
            item = f"row{number}"
            given = f"(() if {value} is None else {value if are_rows else f'({value},)'})" if here.optional else value
            made.append(f"for {item} in {given}")
        else:
            item = value
    return made, item
