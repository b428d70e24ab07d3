"""The smallest plan, of those that can be found by search, on which two packs do not agree.

Where the solver is installed, engine/assurance/verify/between.py finds it instead, and proves that it is the smallest.

The search starts from the plans in both packs' tests and from synthetic ones, and takes out of each whatever can go
while the packs still disagree. It proves nothing: a plan that is not found may exist, and a smaller one too.
"""

import copy
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from ..base.problem import Unreadable
from ..base.severity import Severity
from ..directive.pack import Pack
from ..documents.document import Unfiled
from ..evaluation.applicability import unfit
from ..evaluation.appraisal import plan_of
from ..evaluation.check import Checker
from ..evaluation.hits import Hits
from ..evaluation.scanning import Compiled
from ..evaluation.verdict import Finding, Subject, Verdict
from ..evaluation.wording import word
from ..model.description import Description
from ..model.records import DocumentRecord
from .rule_tests.written import written_tests
from .samples import generate

Data = dict[str, Any]
Step = str | int

SYNTHETIC: Final = 16
"""How many synthetic plans the search starts from besides: two of each kind of organisation."""


@dataclass(frozen=True)
class Turn:
    """A plan on which two packs disagree, their verdicts on it, and how many plans the search started from."""

    plan: Data
    before: Verdict
    after: Verdict
    tried: int

    @property
    def gone(self) -> tuple[Finding, ...]:
        """What the first pack finds, and the second does not or finds less or more grave."""
        return _missing(self.before, self.after)

    @property
    def new(self) -> tuple[Finding, ...]:
        """What the second pack finds, and the first does not or finds less or more grave."""
        return _missing(self.after, self.before)


def smallest_turn(one: Pack, other: Pack) -> Turn | None:
    """The smallest plan found whose verdict changes; None where none is found.

    Best is one that both packs are for and that complies with one of them alone.
    """
    search = _Search(one, other)
    best: tuple[int, int, Data] | None = None
    shrunk: set[tuple[int, frozenset[str]]] = set()
    tried = 0
    for data in _starts(one, other):
        tried += 1
        rank = search.rank(data)
        # Plans on which the packs disagree for the same reason shrink to the same, or nearly so.
        reason = rank, search.reason(data)
        if rank == 0 or reason in shrunk or (best is not None and rank < best[0]):
            continue
        shrunk.add(reason)
        small = _shrunk(data, one.ruleset.known, rank, search.rank)
        found = rank, -_size(small), small
        if best is None or found[:2] > best[:2]:
            best = found
    return None if best is None else Turn(best[2], *search.verdicts(best[2]), tried)


def turn_on(one: Pack, other: Pack, plan: Data) -> Turn:
    """What two packs say of a plan that was found elsewhere."""
    return Turn(plan, *_Search(one, other).verdicts(plan), 0)


class _Search:
    """What two packs say of plans given as data."""

    def __init__(self, one: Pack, other: Pack) -> None:
        self._rulesets = one.ruleset, other.ruleset
        self._checkers = [Checker(ruleset, Compiled) for ruleset in self._rulesets]

    def verdicts(self, data: Data) -> tuple[Verdict, Verdict]:
        """Both verdicts. Raises Unreadable for a plan that is not valid."""
        document = Unfiled(data)
        before, after = (word(hits, document) for hits in self._hits(self._plans(data)))
        return before, after

    def rank(self, data: Data) -> int:
        """How telling a plan is: 0 where the packs agree or it is not valid; more where they come to different verdicts
        (and not only findings), and more still where both packs are for it."""
        try:
            plans = self._plans(data)
        except Unreadable:
            return 0
        before, after = map(_grave, self._hits(plans))
        if before == after:
            return 0
        turns = ("error" in before.values()) != ("error" in after.values())
        return (
            1
            + turns
            + 2 * all(unfit(ruleset, plan) is None for ruleset, plan in zip(self._rulesets, plans, strict=True))
        )

    def reason(self, data: Data) -> frozenset[str]:
        """The rules on which the packs disagree."""
        try:
            before, after = (_grave(hits).items() for hits in self._hits(self._plans(data)))
        except Unreadable:
            return frozenset()
        return frozenset(rule for (rule, _), _ in before ^ after)

    def _plans(self, data: Data) -> list[DocumentRecord]:
        """The plan as each pack knows it. Raises Unreadable where it is not valid for both."""
        made = {known: plan_of(Unfiled(data), known=known) for known in {one.known for one in self._rulesets}}
        return [made[one.known] for one in self._rulesets]

    def _hits(self, plans: list[DocumentRecord]) -> tuple[Hits, Hits]:
        before, after = (checker.judge(plan) for checker, plan in zip(self._checkers, plans, strict=True))
        return before, after


def _grave(hits: Hits) -> dict[tuple[str, Subject], Severity]:
    """How grave each breach is."""
    return {about: judgement.severity for about, judgement in hits.found.items()}


def _missing(one: Verdict, other: Verdict) -> tuple[Finding, ...]:
    """The findings of the first verdict that the other has not, or not as grave."""
    known = {(finding.rule, finding.subject, finding.severity) for finding in other.findings}
    return tuple(item for item in one.findings if (item.rule, item.subject, item.severity) not in known)


def _starts(one: Pack, other: Pack) -> Iterator[Data]:
    for pack in (one, other):
        try:
            yield from (test.plan.data for test in written_tests(pack) if isinstance(test.plan.data, dict))
        except Unreadable:
            # A pack without tests of its own is compared on the plans there are.
            continue
    for synthetic in generate(SYNTHETIC, 0, 0.0, 10):
        yield synthetic.plan


def _shrunk(data: Data, known: Description, rank: int, ranked: Callable[[Data], int]) -> Data:
    """The plan with everything taken out that may go while it stays as telling: again and again, until nothing may."""
    small = copy.deepcopy(data)
    shrinking = True
    while shrinking:
        shrinking = False
        for identity in sorted(_identities(small, _own(known))):
            made: Data | None = _without_mention(small, identity, known)
            if made is not None and ranked(made) >= rank:
                small, shrinking = made, True
        for path in _removable(small):
            made = _without(small, path)
            if made is not None and ranked(made) >= rank:
                small, shrinking = made, True
    return small


def _own(known: Description) -> set[str]:
    """The names of the fields that identify rows."""
    return {field.name for _, _, field in known.fields if field.type == "identifier"}


def _identities(value: Any, own_keys: set[str]) -> set[str]:
    """Every id that is declared somewhere in the plan."""
    if isinstance(value, dict):
        own = {value[key] for key in own_keys if isinstance(value.get(key), str)}
        return own.union(*(_identities(item, own_keys) for item in value.values()))
    return set().union(*(_identities(item, own_keys) for item in value)) if isinstance(value, list) else set()


def _without_mention(value: Any, identity: str, known: Description) -> Any:
    """A copy without the rows that are, or speak of, one person, committee or report: they only go together."""

    def speaks(item: Any) -> bool:
        return item == identity or (isinstance(item, dict) and any(item.get(key) == identity for key in known.naming))

    own = _own(known)
    if isinstance(value, dict):
        return {
            key: _without_mention(item, identity, known)
            for key, item in value.items()
            if key in own or not speaks(item)
        }
    if isinstance(value, list):
        return [_without_mention(item, identity, known) for item in value if not speaks(item)]
    return value


def _removable(value: Any, path: tuple[Step, ...] = ()) -> list[tuple[Step, ...]]:
    """The ways to all that might be taken out, the large before what is in it, later rows before earlier ones."""
    steps: Iterable[Step] = ()
    if isinstance(value, dict):
        steps = list(value)
    elif isinstance(value, list):
        steps = range(len(value) - 1, -1, -1)
    found: list[tuple[Step, ...]] = []
    for step in steps:
        found += [(*path, step), *_removable(value[step], (*path, step))]
    return found


def _without(data: Data, path: tuple[Step, ...]) -> Data | None:
    """A copy of the plan without what is at the path; None where that has gone already."""
    made = copy.deepcopy(data)
    target: Any = made
    try:
        for step in path[:-1]:
            target = target[step]
        del target[path[-1]]
    except (KeyError, IndexError, TypeError):
        return None
    return made


def _size(value: Any) -> int:
    """How many values a plan has."""
    if isinstance(value, dict):
        return sum(map(_size, value.values()))
    if isinstance(value, list):
        return 1 + sum(map(_size, value))
    return 1
