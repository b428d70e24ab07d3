"""Runs the tests of a pack on both evaluators, and measures which operands they have seen at work."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...base.isolation import Died, isolated
from ...base.limits import Limits
from ...base.problem import Problem
from ...directive.pack import Pack
from ...directive.ruleset import Ruleset
from ...evaluation.appraisal import Appraisal, appraise, unjudged
from ...evaluation.check import Checker, first_evaluator
from ...evaluation.hits import Hits
from ...evaluation.scanning import Compiled
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
    """The rules on single plans that a pack's own tests answer for."""
    return pack.answers_for & frozenset(pack.ruleset.rules)


def run_tests(pack: Pack, tests: Sequence[PackTest]) -> TestRun:
    """Run every test of a pack."""
    ruleset = pack.ruleset
    compiled = Checker(ruleset, Compiled, passes=True)
    engine = Checker(ruleset, first_evaluator, passes=True)
    rules = tested_rules(pack)
    coverage = Coverage(ruleset, rules)

    def by(checker: Checker, test: PackTest) -> Appraisal:
        return appraise(test.plan.file, lambda: (test.plan, None), checker)

    results: list[TestResult] = []
    breached: set[str] = set()
    kept: set[str] = set()

    def by_engine(test: PackTest) -> tuple[tuple[Problem, ...], object]:
        made = by(engine, test)
        return made.problems, made.hits and made.hits.said

    for test, outcome in zip(tests, isolated(by_engine, tests), strict=True):
        made = by(compiled, test)
        if made.hits is not None:
            coverage.look_at(made.hits.facts)
            breached |= {judgement.rule for judgement, _ in made.hits.rows(made.hits.breached)}
            kept |= {judgement.rule for judgement, _ in made.hits.rows(made.hits.kept or ())}
        if isinstance(outcome, Died):
            outcome = unjudged(test.plan.file, outcome, Limits()).problems, None
        problems, said = outcome
        if made.hits is None or problems:
            results.append(TestResult(test, problems=made.problems or problems))
        else:
            results.append(_result(test, made.hits, said, ruleset))
    ordered = [rule for rule in ruleset.rules if rule in rules]
    return TestRun(
        ruleset.directive,
        tuple(results),
        len(coverage.expected),
        coverage.uncovered,
        tuple(rule for rule in ordered if rule not in breached),
        tuple(rule for rule in ordered if rule not in kept),
    )


def _result(test: PackTest, hits: Hits, said: object, ruleset: Ruleset) -> TestResult:
    found = {f"{rule} {subject.id}" for rule, subject in hits.found}
    expected = set(test.expect)
    missing, unexpected = expected - found, found - expected
    if test.not_applicable is not None:
        suspended = {item.rule for item in hits.not_applicable}
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
        differ=said != hits.said,
    )
