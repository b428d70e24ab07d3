"""The functions that facts are worked out with: what each needs, what it gives, and how compiled code reads it.

A function is said once, as a Python expression over a document: rows of facts and compiled rules both come from it, so they
can't differ. Its term for the solver stands beside it. Adding a function is adding a record here.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from ..base.record import Record
from .description import Fact, Function


class Expressions(Protocol):
    """Expressions of what stands at the paths of a description, from one row (sources.py)."""

    def value(self, path: str) -> str:
        """What stands at a path from the row; None where it is absent. Instants are minutes."""

    def gathered(self, path: str, where: Mapping[str, str] | None) -> str:
        """The values at a path in all rows that it leads through, as a list; of those with the members in `where`."""

    def counted(self, path: str, where: Mapping[str, str] | None, match: Mapping[str, str]) -> str:
        """How many values at a path stand in rows whose fields equal what stands at these paths."""

    def spans(self, start: str, end: str) -> str:
        """The pairs of two instants in all rows that their paths lead through, as a list."""

    def looked_up(self, path: str, match: Mapping[str, str]) -> str:
        """The value at a path in the row whose fields equal what stands at these paths; None where there is none."""


class Terms(Protocol):
    """Terms of the solver for what stands at the paths of a description, from one row (assurance/verify/rows.py)."""

    def constant(self, text: str) -> Any: ...
    def position(self) -> Any: ...
    def value(self, path: str) -> Any: ...
    def count(self, path: str, where: Mapping[str, str] | None, match: Mapping[str, str] | None) -> Any: ...
    def sum(self, path: str, where: Mapping[str, str] | None) -> Any: ...
    def total(self, paths: tuple[str, ...]) -> Any: ...
    def extreme(self, path: str, where: Mapping[str, str] | None, *, greatest: bool) -> Any: ...
    def share(self, path: str, whole: str) -> Any: ...
    def minutes(self, start: str, end: str) -> Any: ...
    def days(self, start: str, end: str) -> Any: ...
    def year(self, path: str) -> Any: ...
    def half_days(self, start: str, end: str) -> Any: ...
    def rounds_to(self, path: str, whole: str, written: str) -> Any: ...
    def looked_up(self, path: str, match: Mapping[str, str], name: str) -> Any: ...
    def equals(self, path: str, other: str) -> Any: ...
    def contains(self, path: str, other: str) -> Any: ...


class Meaning(Record):
    """What a function means. `gives`: the type of its value, None for that of the field at `of`.

    `absent`: whether it may have none: never, always, or where one of its arguments has none. `step`: of what its value,
    where it is a number, is always a multiple.
    """

    needs: frozenset[str]
    gives: str | None
    absent: str
    written: Callable[[Expressions, Fact], str]
    term: Callable[[Terms, Fact], Any]
    step: float = 1


def _both(expression: str) -> Callable[[Expressions, Fact], str]:
    """An expression of `of` and `to`, where both are there."""

    def written(at: Expressions, fact: Fact) -> str:
        of, to = at.value(fact.of or ""), at.value(fact.to or "")
        return f"(None if (of := {of}) is None or (to := {to}) is None else {expression})"

    return written


def _count(at: Expressions, fact: Fact) -> str:
    """How many rows count: all of them, or those that match the row."""
    if fact.match:
        return at.counted(fact.of or "", fact.where, fact.match)
    return f"len({at.gathered(fact.of or '', fact.where)})"


def _total(at: Expressions, fact: Fact) -> str:
    """What stands at several paths put together, where all of it is there."""
    names = [f"part{number}" for number in range(1 + len(fact.plus))]
    parts = zip(names, (fact.of or "", *fact.plus), strict=True)
    given = " and ".join(f"({name} := {at.value(path)}) is not None" for name, path in parts)
    return f"({' + '.join(names)} if {given} else None)"


def _rounded(at: Expressions, fact: Fact) -> str:
    """Whether a percentage is that of `of` in `to`, where there is any."""
    of, to, written = (at.value(path or "") for path in (fact.of, fact.to, fact.written))
    given = f"(of := {of}) is not None and (to := {to}) is not None and (written := {written}) is not None and to > 0"
    return f"(rounds_to(of, to, written) if {given} else None)"


def _all(expression: str) -> Callable[[Expressions, Fact], str]:
    """An expression of the values at `of` in all rows that count."""
    return lambda at, fact: expression.format(at.gathered(fact.of or "", fact.where))


def _two(at: Callable[[str, str], Any], fact: Fact) -> Any:
    """A term of `of` and `to`."""
    return at(fact.of or "", fact.to or "")


FUNCTIONS: Final[dict[Function, Meaning]] = {
    "value": Meaning(
        frozenset({"of"}),
        None,
        "arguments",
        lambda at, fact: at.value(fact.of or ""),
        lambda at, fact: at.value(fact.of or ""),
    ),
    "constant": Meaning(
        frozenset({"text"}),
        "text",
        "never",
        lambda _, fact: repr(fact.text),
        lambda at, fact: at.constant(fact.text or ""),
    ),
    "position": Meaning(frozenset(), "number", "never", lambda _, __: "position", lambda at, _: at.position()),
    "count": Meaning(
        frozenset({"of"}), "number", "never", _count, lambda at, fact: at.count(fact.of or "", fact.where, fact.match)
    ),
    "sum": Meaning(
        frozenset({"of"}), "number", "never", _all("sum({})"), lambda at, fact: at.sum(fact.of or "", fact.where)
    ),
    "total": Meaning(
        frozenset({"of", "plus"}), "number", "arguments", _total, lambda at, fact: at.total((fact.of or "", *fact.plus))
    ),
    "least": Meaning(
        frozenset({"of"}),
        None,
        "always",
        _all("min({}, default=None)"),
        lambda at, fact: at.extreme(fact.of or "", fact.where, greatest=False),
    ),
    "greatest": Meaning(
        frozenset({"of"}),
        None,
        "always",
        _all("max({}, default=None)"),
        lambda at, fact: at.extreme(fact.of or "", fact.where, greatest=True),
    ),
    "share": Meaning(
        frozenset({"of", "to"}),
        "number",
        "always",
        _both("of / to if to > 0 else None"),
        lambda at, fact: _two(at.share, fact),
    ),
    "minutes": Meaning(
        frozenset({"of", "to"}), "number", "arguments", _both("to - of"), lambda at, fact: _two(at.minutes, fact)
    ),
    "days": Meaning(
        frozenset({"of", "to"}),
        "number",
        "arguments",
        _both("to // 1440 - of // 1440"),
        lambda at, fact: _two(at.days, fact),
    ),
    "year": Meaning(
        frozenset({"of"}),
        "number",
        "arguments",
        lambda at, fact: f"(None if (of := {at.value(fact.of or '')}) is None else year(of))",
        lambda at, fact: at.year(fact.of or ""),
    ),
    "half_days": Meaning(
        frozenset({"of", "to"}),
        "number",
        "never",
        lambda at, fact: f"half_days({at.spans(fact.of or '', fact.to or '')}, readings) / 2",
        lambda at, fact: _two(at.half_days, fact),
        0.5,
    ),
    "rounds_to": Meaning(
        frozenset({"of", "to", "written"}),
        "boolean",
        "always",
        _rounded,
        lambda at, fact: at.rounds_to(fact.of or "", fact.to or "", fact.written or ""),
    ),
    "lookup": Meaning(
        frozenset({"of", "match"}),
        None,
        "lookup",
        lambda at, fact: at.looked_up(fact.of or "", fact.match or {}),
        lambda at, fact: at.looked_up(fact.of or "", fact.match or {}, fact.name),
    ),
    "equals": Meaning(
        frozenset({"of", "to"}), "boolean", "arguments", _both("of == to"), lambda at, fact: _two(at.equals, fact)
    ),
    "contains": Meaning(
        frozenset({"of", "to"}), "boolean", "arguments", _both("to in of"), lambda at, fact: _two(at.contains, fact)
    ),
}
"""Every function. `to` of a difference is the later one; a set or a text `contains` what `to` has; there is a `share` of
what is more than nothing; a percentage that is `written` may differ by half of its last place from the exact one."""
