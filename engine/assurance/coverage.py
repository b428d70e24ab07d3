"""Traceability: from each clause to its rules, from each rule to the scenarios and example plans that show it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ..base.as_json import AsJson, as_json
from ..base.problem import REFERENCE, Place, Problem
from ..base.text import Text
from ..directive.pack import Pack
from ..directive.written import Clause
from ..evaluation.verdict import Verdict
from .scenarios import Appraiser, Scenario, play
from .scenarios.appraisers import JudgedType, PackAppraiser

PASSES: Final = "đạt"
BREACHES: Final = "vi_phạm"
BOUNDARY: Final = "ranh_giới"
PERMITS: Final = "được_phép"
"""The tags that say what a scenario shows of the rules it is tagged with."""


@dataclass(slots=True)
class Shown(AsJson):
    """How many scenarios (and example plans) show a rule kept, breached, and at a bound."""

    passing: int = 0
    breaching: int = 0
    boundary: int = 0
    examples_kept: int = 0
    examples_breached: int = 0


@dataclass(frozen=True, slots=True)
class CoverageLine(AsJson):
    """One line of the matrix: a clause with one of its rules, or with none. `permitting` counts scenarios of a permission."""

    clause: Clause
    rule: str | None
    shown: Shown
    permitting: int = 0

    def to_json(self) -> dict[str, object]:
        return {
            "clause": self.clause.id,
            "modality": self.clause.modality,
            "rule": self.rule,
            "permitting": self.permitting,
            **self.shown.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole matrix, in the order of the directive, and what is missing or contradicts itself in it."""

    lines: tuple[CoverageLine, ...]
    gaps: tuple[Problem, ...]

    def to_json(self) -> dict[str, object]:
        return {
            "schema": 1,
            "matrix": as_json(self.lines),
            "gaps": as_json(self.gaps),
        }


@dataclass(slots=True)
class _Tally:
    """What the scenarios and examples showed, by rule and by permission."""

    rules: dict[str, Shown] = field(default_factory=dict)
    permissions: Counter[str] = field(default_factory=Counter)
    contradictions: list[Problem] = field(default_factory=list)
    across: tuple[str, ...] = ()
    """The rules across plans: no verdict lists what passed them, so they hold where an audit finds no breach."""


def matrix(pack: Pack, scenarios: Sequence[Scenario], examples: Iterable[Verdict], appraiser: Appraiser) -> Matrix:
    """The matrix of a pack, counted by running every scenario: a tag alone counts for nothing.

    Of a pack that extends another, nothing is missing of what it takes over as it is: the scenarios of that one show it.

    `appraiser` must give verdicts that list what passed. `examples` are verdicts, with what passed, on example plans.
    """
    tally = _Tally({rule.id: Shown() for rule in pack.rules}, across=pack.ruleset.rules_across)
    for scenario in scenarios:
        _count(scenario, tally, appraiser)
    for verdict in examples:
        breached = {finding.rule for finding in verdict.findings}
        for rule in breached & tally.rules.keys():
            tally.rules[rule].examples_breached += 1
        for rule in ({item.rule for item in verdict.passed or ()} - breached) & tally.rules.keys():
            tally.rules[rule].examples_kept += 1
    lines = tuple(_lines(pack, tally))
    return Matrix(lines, (*tally.contradictions, *_gaps(pack, lines)))


@dataclass(slots=True)
class _Keeping:
    """An appraiser that remembers the verdicts it gave, and whether it was asked for an audit."""

    appraiser: Appraiser
    verdicts: list[Verdict] = field(default_factory=list)
    audited: bool = False

    @property
    def judged(self) -> JudgedType:
        assert isinstance(self.appraiser, PackAppraiser)
        return self.appraiser.judged

    def __call__(self, plan: dict[str, Any]) -> Verdict:
        self.verdicts.append(self.appraiser(plan))
        return self.verdicts[-1]

    def audit(self, plans: dict[str, dict[str, Any]]) -> dict[str, Verdict]:
        assert isinstance(self.appraiser, PackAppraiser)
        found = self.appraiser.audit(plans)
        self.verdicts += found.values()
        self.audited = True
        return found


def _count(scenario: Scenario, tally: _Tally, appraiser: Appraiser) -> None:
    kept = _Keeping(appraiser)
    result = play(scenario, kept)
    if not result.passed:
        failure = result.failure
        message = failure.message if failure is not None and failure.message is not None else Text("", "")
        tally.contradictions.append(
            _gap(
                scenario.place,
                Text(f"Tình huống không đúng: {message.vi}", f"The scenario fails: {message.en}"),
                Text("Xem: thamdinh features check", "See: thamdinh features check"),
            )
        )
        return
    breached = {finding.rule for verdict in kept.verdicts for finding in verdict.findings}
    held = {item.rule for verdict in kept.verdicts for item in verdict.passed or ()}
    held |= set(tally.across if kept.audited else ())
    held -= breached
    for rule in tally.rules.keys() & set(scenario.tags):
        shown = tally.rules[rule]
        shown.breaching += rule in breached
        shown.passing += rule in held
        shown.boundary += BOUNDARY in scenario.tags and rule in breached | held
    _check_tags(scenario, tally, breached)
    if PERMITS in scenario.tags and not breached:
        tally.permissions.update(scenario.tags)


def _check_tags(scenario: Scenario, tally: _Tally, breached: set[str]) -> None:
    """A scenario shows what its tags say of the rules it is tagged with."""
    tagged = tally.rules.keys() & set(scenario.tags)
    if BREACHES in scenario.tags and not tagged & breached:
        said = Text(
            f"Thẻ @{BREACHES}, nhưng tình huống không vi phạm quy tắc nào được gắn thẻ",
            f"Tagged @{BREACHES}, the scenario breaches none of the rules it is tagged with",
        )
    elif PASSES in scenario.tags and tagged & breached:
        said = Text(
            f"Thẻ @{PASSES}, nhưng tình huống vi phạm {', '.join(sorted(tagged & breached))}",
            f"Tagged @{PASSES}, the scenario breaches {', '.join(sorted(tagged & breached))}",
        )
    else:
        return
    fix = Text("Sửa thẻ hoặc sửa tình huống", "Correct the tag or the scenario")
    tally.contradictions.append(_gap(scenario.place, said, fix))


def _lines(pack: Pack, tally: _Tally) -> Iterator[CoverageLine]:
    for clause in pack.directive.clauses:
        rules = [rule.id for rule in pack.rules if clause.id in rule.clause]
        permitting = tally.permissions[clause.id]
        yield from (CoverageLine(clause, rule, tally.rules[rule], permitting) for rule in rules)
        if not rules:
            yield CoverageLine(clause, None, Shown(), permitting)


def _gaps(pack: Pack, lines: Sequence[CoverageLine]) -> Iterator[Problem]:
    head = Place(str(pack.folder / "directive.yaml"))
    # What exceptions suspend says what they do, and what a layer changes of rules above is tagged with those rules.
    says = {item.id for item in pack.directive.exceptions} | {change.clause for _, change in pack.amendments}
    above = () if pack.upper is None else pack.upper.directive.clauses
    for line in lines:
        if line.clause in above:
            continue
        if line.clause.modality == "permission":
            if not line.permitting:
                yield _gap(
                    head,
                    Text(
                        f"{line.clause.id} cho phép, nhưng chưa có tình huống nào cho thấy điều đó",
                        f"{line.clause.id} is a permission, and no scenario shows it",
                    ),
                    Text(
                        f"Thêm một tình huống không có phát hiện nào, gắn thẻ @{line.clause.id} @{PERMITS}",
                        f"Add a scenario without findings, tagged @{line.clause.id} @{PERMITS}",
                    ),
                )
        elif line.rule is None and line.clause.id not in says:
            yield _gap(
                head,
                Text(f"{line.clause.id} chưa có quy tắc nào", f"{line.clause.id} has no rule"),
                Text("Thêm quy tắc có điều khoản này", "Add a rule of this clause"),
            )
    for rule in (rule for rule in pack.rules if rule.id in pack.answers_for):
        shown = next(line.shown for line in lines if line.rule == rule.id)
        for count, tag, words in (
            (shown.passing, PASSES, Text("giữ đúng", "keeps")),
            (shown.breaching, BREACHES, Text("vi phạm", "breaches")),
            (shown.boundary, BOUNDARY, Text("ở ranh giới", "stands at a bound of")),
        ):
            if not count:
                yield _gap(
                    pack.places[rule.id],
                    Text(f"{rule.id} chưa có tình huống nào {words.vi}", f"No scenario {words.en} {rule.id}"),
                    Text(f"Thêm một tình huống gắn thẻ @{rule.id} @{tag}", f"Add a scenario tagged @{rule.id} @{tag}"),
                )


def _gap(place: Place, message: Text, fix: Text) -> Problem:
    return Problem(REFERENCE, message, fix, place)
