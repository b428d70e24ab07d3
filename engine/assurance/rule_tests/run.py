"""Runs the tests of a pack on both evaluators, and measures which operands they have seen at work."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...base.isolation import Died, isolated
from ...base.limits import Limits
from ...base.problem import Problem
from ...directive.pack import Pack
from ...directive.ruleset import Ruleset
from ...evaluation.appraisal import Appraisal, appraise, unjudged
from ...evaluation.check import Checker, first
from ...evaluation.scanning import Compiled
from ...evaluation.verdict import Verdict
from ...model.facts import flatten
from .coverage import Coverage, Operand
from .written import PackTest


@dataclass(frozen=True)
class TestResult:
    """How one test went: what was expected and not found, and what was found and not expected, by evaluator if they differ.

    `problems` say why the plan has no verdict.
    """

    __test__ = False

    test: PackTest
    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    differ: bool = False

    @property
    def passed(self) -> bool:
        return not (self.missing or self.unexpected or self.problems or self.differ)


@dataclass(frozen=True)
class TestRun:
    """What the tests of a pack show: each result, the operands that must be seen, and those that were not.

    `unbreached` and `unkept` are rules that no test breaches, or none keeps.
    """

    __test__ = False

    directive: str
    results: tuple[TestResult, ...]
    operands: int
    uncovered: tuple[Operand, ...]
    unbreached: tuple[str, ...]
    unkept: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return all(result.passed for result in self.results)


def tested_rules(pack: Pack) -> frozenset[str]:
    """The rules that a pack's own tests answer for: its own, and those of packs above that it changes."""
    above = frozenset() if pack.upper is None else frozenset(pack.upper.ruleset.rules)
    changed = frozenset(rule for rules, _ in pack.amendments for rule in rules)
    return (frozenset(pack.ruleset.rules) - above) | changed


def run(pack: Pack, tests: Sequence[PackTest]) -> TestRun:
    """Run every test of a pack."""
    ruleset = pack.ruleset
    compiled = Checker(ruleset, Compiled, passes=True)
    engine = Checker(ruleset, first, passes=True)
    rules = tested_rules(pack)
    coverage = Coverage(ruleset, rules)

    def by(checker: Checker, test: PackTest) -> Appraisal:
        return appraise(test.plan.file, lambda: (test.plan, None), checker)

    results: list[TestResult] = []
    breached: set[str] = set()
    kept: set[str] = set()
    for test, outcome in zip(tests, isolated(lambda test: by(engine, test).verdict, tests), strict=True):
        made = by(compiled, test)
        verdict = made.verdict
        if made.plan is not None:
            coverage.look_at(flatten(made.plan, ruleset.readings))
        breached |= {finding.rule for finding in verdict.findings}
        kept |= {item.rule for item in verdict.passed or ()}
        if isinstance(outcome, Died):
            outcome = unjudged(test.plan.file, outcome, Limits())
        results.append(_result(test, verdict, outcome, ruleset))
    ordered = [rule for rule in ruleset.rules if rule in rules]
    return TestRun(
        ruleset.directive,
        tuple(results),
        len(coverage.expected),
        coverage.uncovered,
        tuple(rule for rule in ordered if rule not in breached),
        tuple(rule for rule in ordered if rule not in kept),
    )


def _result(test: PackTest, verdict: Verdict, by_engine: Verdict, ruleset: Ruleset) -> TestResult:
    if problems := verdict.problems or by_engine.problems:
        return TestResult(test, problems=problems)
    found = {f"{finding.rule} {finding.subject.id}" for finding in verdict.findings}
    expected = set(test.expect)
    missing, unexpected = expected - found, found - expected
    if test.not_applicable is not None:
        suspended = {item.rule for item in verdict.not_applicable}
        named = set(test.not_applicable)
        missing |= {f"{rule} (không áp dụng)" for rule in named - suspended}
        unexpected |= {f"{rule} (không áp dụng)" for rule in suspended - named}
    order = {rule: position for position, rule in enumerate(ruleset.rules)}

    def by_rule(item: str) -> tuple[int, str]:
        return order.get(item.split(" ")[0], len(order)), item

    return TestResult(
        test,
        tuple(sorted(missing, key=by_rule)),
        tuple(sorted(unexpected, key=by_rule)),
        differ=by_engine != verdict,
    )
