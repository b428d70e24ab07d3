"""The smallest plan whose verdict differs between two packs, or the proof that within the bound there is none."""

from dataclasses import dataclass
from datetime import datetime, time

from ...directive.pack import Pack
from ...directive.ruleset import Ruleset
from .bounds import Bound
from .decoding import Chosen, Data
from .encoding import Encoding
from .logic import Truth, both, no, some
from .solver import Solver, SolverAnswer
from .tree import Setting
from .witness import Bench


@dataclass(frozen=True, slots=True)
class Between:
    """What was found. `decided`: where `plan` is None there is none; `smallest`: there is no smaller plan. Within the bound."""

    plan: Data | None
    decided: bool
    smallest: bool
    bound: Bound


def smallest_between(one: Pack, other: Pack, bound: Bound | None = None, patience: float = 10.0) -> Between:
    """The smallest plan that both packs are for and that complies with one of them alone; where there is none, one in
    which they find different breaches, or grave them differently; last, plans that only one of the packs is for count too.

    Raises witness.Disagreement where an evaluator says of the plan what the solver does not.
    """
    bound = bound or Bound(one.ruleset.document)
    comparison = _Comparison(one, other, bound, patience)
    undecided = False
    for wanted in comparison.wanted():
        answer = comparison.ask(wanted)
        if answer.chosen is not None:
            comparison.confirm(answer.chosen)
            return Between(answer.chosen.plan(), True, answer.smallest, bound)
        undecided = undecided or answer.outcome == "undecided"
    return Between(None, not undecided, False, bound)


class _Comparison:
    """Two rulesets over one symbolic plan."""

    def __init__(self, one: Pack, other: Pack, bound: Bound, patience: float) -> None:
        self._packs = one, other
        start = max(one.directive.valid_from, other.directive.valid_from)
        setting = Setting(bound, datetime.combine(start, time()), None, one.directive.term)
        self._solver = Solver(one.ruleset, setting, patience, other.ruleset)
        self._encodings = self._solver.encoding, Encoding(other.ruleset, self._solver.built)

    def ask(self, wanted: Truth) -> SolverAnswer:
        return self._solver.smallest(self._solver.named(wanted))

    def confirm(self, chosen: Chosen) -> None:
        """Both evaluators say of the plan, by each pack, what the solver says."""
        for encoding in self._encodings:
            Bench(encoding.ruleset).witness(encoding, chosen, "between", smallest=True)

    def wanted(self) -> tuple[Truth, ...]:
        """What the plan should show, the most telling first."""
        fits = both(*(self._fits(pack) for pack in self._packs))
        one, other = (_fails(encoding) for encoding in self._encodings)
        verdict = some((both(one, no(other)), both(other, no(one))))
        return both(fits, verdict), both(fits, self._differ()), verdict, self._differ()

    def _fits(self, pack: Pack) -> Truth:
        """The pack is for the plan: its kind and its district."""
        built, area = self._solver.built, pack.directive.jurisdiction
        fits = [
            some(truth for kind, truth in choice.members.items() if area.kind is None or kind in area.kind)
            for choice in built.of_nature("kind")
        ]
        if area.district is not None:
            for district in built.of_nature("district"):
                fits += [district.given, district.node.term == built.texts.number(area.district)]
        return both(*fits)

    def _differ(self) -> Truth:
        """Some row breaches a rule of one pack and not, or less gravely, the rule of the other."""
        one, other = (_by_rule(encoding) for encoding in self._encodings)
        cases: list[Truth] = []
        for key in one.keys() | other.keys():
            ours, theirs = one.get(key), other.get(key)
            if ours is None or theirs is None:
                cases += ours or theirs or []
                continue
            for mine, yours in zip(ours, theirs, strict=True):
                cases.append(some((both(mine, no(yours)), both(yours, no(mine)))))
        return some(cases)


def _fails(encoding: Encoding) -> Truth:
    """A rule of severity error is breached."""
    return some(
        truth
        for judgement, truths in zip(encoding.ruleset.judgements, encoding.breached, strict=True)
        if judgement.severity == "error"
        for truth in truths
    )


def _by_rule(encoding: Encoding) -> dict[tuple[object, ...], list[Truth]]:
    """Whether each row breaches each judgement, by what makes findings the same: rule, `for` value, severity."""
    ruleset: Ruleset = encoding.ruleset
    return {
        (item.rule, *item.bindings.values(), item.severity, item.entity): truths
        for item, truths in zip(ruleset.judgements, encoding.breached, strict=True)
    }
