"""durable-rules, made safe. The only module that knows it; its traps are guarded here (docs/decisions/durable-rules.md).

A Rulebase holds compiled rules and judges the facts of one plan at a time in a session of its own, deleted at the end.
It is not safe to share between threads.
"""

import itertools
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from durable.engine import Host  # type: ignore[import-untyped]

from .rule_engine import RuleEngineError

Pattern = dict[str, object]
Scalar = str | int | float | bool

JUDGED: Final = "judged"
"""The alias of the pattern whose row a rule is about: the first pattern of every rule."""

MOST_PATTERNS: Final = 15
MOST_RULES: Final = 200
MOST_CONDITIONS: Final = 60
MOST_PROPERTIES: Final = 400
"""Below the sizes at which durable-rules fails or hangs: 17 patterns, 258 rules, 65 conditions of a type, 512 properties."""
LONGEST_TEXT: Final = 60_000
"""Bytes of a text as JSON. From 65,536 on durable-rules compares lengths modulo 65,536."""
SHORT_TEXT: Final = LONGEST_TEXT // 12
"""Code points that stay below LONGEST_TEXT however JSON writes them."""
LARGEST_INTEGER: Final = 2**53
LARGEST_FLOAT: Final = 1e15
SMALLEST_FLOAT: Final = 1e-6

_CHECK: Final = "check"
_NEVER: Final = "never"
_COMPLETE: Final = "complete"
_COMPARISONS: Final = frozenset({"$lt", "$lte", "$gt", "$gte", "$neq"})


class UnsafeFact(RuleEngineError):
    """A fact that durable-rules would misread; it names the type and the field, never the value."""


class UnsafeRule(RuleEngineError):
    """A rule that durable-rules would misread or that exceeds its limits."""


class _QuietHost(Host):  # type: ignore[misc]
    """A host without its two timer threads, which may run actions late and elsewhere."""

    def _run(self) -> None:
        """Start nothing."""


class Rulebase:
    """Rules compiled to durable-rules."""

    def __init__(self, rules: Mapping[str, Sequence[Pattern]], fact_types: Iterable[str]) -> None:
        """Compile rules, each a list of `{alias: condition}`, the first of them `judged`.

        Every condition is a type test, or an `$and` that begins with one. Raises UnsafeRule.
        """
        types = sorted(set(fact_types))
        for name, patterns in rules.items():
            _validate(name, patterns, types)
        self._rules, self._types = rules, types
        self._sessions = itertools.count(1)
        self._hits: set[tuple[str, int]] = set()
        self._completed = False
        self._compile()

    def _compile(self) -> None:
        self._host: Any = _QuietHost()
        self._names = []
        for number, group in enumerate(_groups(self._rules)):
            self._names.append(f"rules{number}")
            self._host.set_rulesets({self._names[-1]: self._definitions(group, self._types)})

    def run(self, facts: Sequence[dict[str, Scalar]]) -> set[tuple[str, int]]:
        """The rules that hold, each with the `row` of the fact it is about.

        A fact has `type`, `row` (a number of its own) and fields of plain values; `id` and `sid` are added to it, as
        durable-rules needs them. Raises RuleEngineError.
        """
        for number, fact in enumerate(facts, 1):
            _refuse_unsafe(fact)
            fact["id"] = number
        self._hits = set()
        for name in self._names:
            self._judge(name, facts)
        return self._hits

    def _judge(self, ruleset: str, facts: Sequence[dict[str, Scalar]]) -> None:
        session = str(next(self._sessions))
        for fact in facts:
            fact["sid"] = session
        # Negations are decided as soon as they can be: nothing is until this fact, asserted last, is there. It also
        # proves that no fact was dropped: a batch is dropped from the first bad fact on.
        check = {"type": _CHECK, "id": len(facts) + 1, "sid": session}
        self._completed = False
        try:
            self._host.assert_facts(ruleset, [*facts, check])
            state = self._host.get_state(ruleset, session)
            failure = state.get("exception")
            if failure is None and self._completed:
                self._host.delete_state(ruleset, session)
                return
        except Exception as error:
            failure = type(error).__name__
        # Deleting a session in which nothing fired kills the process: start afresh instead.
        self._compile()
        raise RuleEngineError(f"durable-rules: {failure}" if failure else "durable-rules did not see every fact")

    def _definitions(self, rules: Mapping[str, Sequence[Pattern]], types: list[str]) -> dict[str, object]:
        check = {_CHECK: {"type": _CHECK}}
        definitions: dict[str, object] = {
            name: {"all": [check, *patterns], "run": self._recorder(name)} for name, patterns in rules.items()
        }
        definitions[_COMPLETE] = {"all": [check], "run": self._complete}
        # A fact that no rule matches makes durable-rules fail. These rules match every type, and never fire.
        for type_ in types:
            sink = [{"fact": {"type": type_}}, {_NEVER: {"type": _NEVER}}]
            definitions[f"sink {type_}"] = {"all": sink, "run": self._complete}
        return definitions

    def _recorder(self, name: str) -> Callable[[Any], None]:
        # Exactly one positional argument: with any more, durable-rules takes the action for an asynchronous one.
        def record(closure: Any) -> None:
            self._hits.add((name, closure._m[JUDGED]["row"]))

        return record

    def _complete(self, closure: Any) -> None:  # noqa: ARG002 (durable-rules passes it)
        self._completed = True


def _groups(rules: Mapping[str, Sequence[Pattern]]) -> Iterator[dict[str, Sequence[Pattern]]]:
    """The rules in as few groups as stay within the limits of one ruleset."""
    group: dict[str, Sequence[Pattern]] = {}
    conditions: dict[str, set[str]] = {}
    for name, patterns in rules.items():
        added: dict[str, set[str]] = {}
        for pattern in patterns:
            (condition,) = pattern.values()
            type_, others = _parts(condition)
            added.setdefault(type_, set()).update(json.dumps(other, sort_keys=True) for other in others)
        merged = {type_: conditions.get(type_, set()) | added.get(type_, set()) for type_ in {*conditions, *added}}
        full = len(group) == MOST_RULES or any(len(known) > MOST_CONDITIONS for known in merged.values())
        if group and (full or sum(map(len, merged.values())) > MOST_PROPERTIES):
            yield group
            group, merged = {}, added
        group[name] = patterns
        conditions = merged
    yield group


def _parts(condition: object) -> tuple[str, list[dict[str, object]]]:
    """The type a condition tests for, and its other conditions."""
    match condition:
        case {"type": str(type_), **rest} if not rest:
            return type_, []
        case {"$and": [{"type": str(type_), **more}, *others], **rest} if not rest and not more:
            return type_, others
    raise UnsafeRule("a pattern does not begin with a test of the type")


def _validate(name: str, patterns: Sequence[Pattern], types: list[str]) -> None:
    """Refuse what durable-rules accepts and then misreads: unknown aliases and operators, joins by inequality, …"""
    if not 1 <= len(patterns) <= MOST_PATTERNS:
        raise UnsafeRule(f"{name}: {len(patterns)} patterns; 1 to {MOST_PATTERNS} fit")
    bound: list[str] = []
    negated = False
    for position, pattern in enumerate(patterns):
        if len(pattern) != 1:
            raise UnsafeRule(f"{name}: a pattern has one alias")
        ((alias, condition),) = pattern.items()
        if (alias == JUDGED) != (position == 0):
            raise UnsafeRule(f"{name}: the first pattern, and no other, is {JUDGED}")
        if negated and not alias.endswith("$not"):
            raise UnsafeRule(f"{name}: what must exist comes before what must not")
        negated = alias.endswith("$not")
        type_, others = _parts(condition)
        if type_ not in types:
            raise UnsafeRule(f"{name}: no facts of type {type_}")
        if len(others) > MOST_CONDITIONS:
            raise UnsafeRule(f"{name}: more than {MOST_CONDITIONS} conditions in one pattern")
        for other in others:
            _validate_condition(name, other, bound)
        if not negated:
            bound.append(alias)


def _validate_condition(name: str, condition: dict[str, object], bound: list[str]) -> None:
    if len(condition) != 1:
        raise UnsafeRule(f"{name}: a condition has one key")
    ((field, operand),) = condition.items()
    compares = field in _COMPARISONS
    if field.startswith("$") and not compares:
        raise UnsafeRule(f"{name}: unknown operator {field}")
    if compares:
        if not isinstance(operand, dict) or len(operand) != 1:
            raise UnsafeRule(f"{name}: {field} compares one field")
        ((field, operand),) = operand.items()
    match operand:
        case bool() | int() | float() | str():
            _refuse_unsafe_value(name, field, operand)
        case {"$m": str(), **rest} if compares and not rest:
            pass
        case {**reference} if not compares and len(reference) == 1 and set(reference) <= set(bound):
            pass
        case _:
            # An inequality join as the last condition kills the process when it is false.
            raise UnsafeRule(
                f"{name}: {field} is compared with a value, a field of its own fact, or joined by equality"
            )


def _refuse_unsafe(fact: Mapping[str, object]) -> None:
    name = str(fact.get("type"))
    if "id" in fact or "sid" in fact:
        raise UnsafeFact(f"{name}: id and sid belong to durable-rules")
    for field, value in fact.items():
        # Nearly every value is one of these two, and there are a thousand in a plan.
        if value is True or value is False or (type(value) is str and len(value) < SHORT_TEXT and "\0" not in value):
            continue
        _refuse_unsafe_value(name, field, value)


def _refuse_unsafe_value(name: str, field: str, value: object) -> None:
    match value:
        case bool():
            safe = True
        case str():
            safe = len(value) < SHORT_TEXT or len(json.dumps(value)) < LONGEST_TEXT
            safe = safe and "\0" not in value
        case int():
            safe = abs(value) < LARGEST_INTEGER
        case float():
            safe = math.isfinite(value) and (value == 0 or SMALLEST_FLOAT <= abs(value) <= LARGEST_FLOAT)
        case _:
            safe = False
    if not safe:
        raise UnsafeFact(f"{name}.{field}: a value that durable-rules misreads")
