"""Which rules a run uses: --select and --ignore name rules by code or by the beginning of a code."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace

from ..base.in_force import InForce
from ..base.problem import REFERENCE, Place, Problem, Unreadable
from ..base.suggest import did_you_mean
from ..base.text import Text
from ..directive.packs import AUTO, in_force
from ..directive.ruleset import Ruleset
from ..evaluation.check import EvaluatorFactory, first_evaluator
from ..evaluation.choice import Choosing, is_named, rulesets_of
from ..waivers.waivers import RulesChecked
from .settings import Settings


def judge_of(settings: Settings, factory: EvaluatorFactory = first_evaluator, *, passes: bool = False) -> Choosing:
    """What judges plans by these settings. Raises Unreadable for a directive or a rule that does not exist."""
    rulesets = rulesets_of(settings.directive)
    restrict = selecting(rulesets, settings.select, settings.ignore)
    return Choosing(rulesets, factory, passes, named=is_named(settings.directive), restrict=restrict)


def selecting(
    rulesets: Iterable[Ruleset], select: Sequence[str] | None, ignore: Sequence[str] | None
) -> Callable[[Ruleset], Ruleset]:
    """What makes of each ruleset one with only the selected rules that are not ignored.

    Raises Unreadable for a code that names no rule of any of the rulesets.
    """
    if not select and not ignore:
        return lambda ruleset: ruleset
    _known(
        (*(select or ()), *(ignore or ())),
        [rule for ruleset in rulesets for rule in (*ruleset.rules, *ruleset.rules_across)],
    )
    return lambda ruleset: _restricted(ruleset, select, ignore)


def went_by(
    settings: Settings,
    rulesets: Sequence[Ruleset],
    restrict: Callable[[Ruleset], Ruleset],
    waivers: str | None,
    baseline: str | None = None,
) -> InForce:
    """What a run went by, given the rulesets that it used and the files of waivers and baseline. Raises Unreadable."""
    named = settings.directive if settings.directive != AUTO else None
    return InForce(
        settings.file,
        tuple(in_force(named or whole.directive, whole, settings.require_seal) for whole in rulesets),
        _switched_off(rulesets, restrict),
        settings.fail_on or "error",
        waivers,
        baseline,
    )


def narrowed(
    basis: InForce, rulesets: Sequence[Ruleset], restrict: Callable[[Ruleset], Ruleset], judged: Container[str]
) -> InForce:
    """What a run went by in which plans chose among the rulesets, of which those `judged` (by id) were chosen.

    Where none was, all stand in it, as those that could be chosen.
    """
    used = [number for number, whole in enumerate(rulesets) if whole.directive in judged]
    if not used:
        return replace(basis, judged=False)
    off = _switched_off([rulesets[number] for number in used], restrict)
    return replace(basis, packs=tuple(basis.packs[number] for number in used), switched_off=off)


def checked_of(rulesets: Sequence[Ruleset], restrict: Callable[[Ruleset], Ruleset]) -> RulesChecked:
    """Which rules a run checks, as those who judge its waivers ask."""
    rules = tuple(dict.fromkeys(rule for whole in rulesets for rule in (*whole.rules, *whole.rules_across)))
    across = frozenset(rule for whole in rulesets for rule in whole.rules_across)
    return RulesChecked(rules, across, frozenset(_switched_off(rulesets, restrict)))


def _switched_off(rulesets: Iterable[Ruleset], restrict: Callable[[Ruleset], Ruleset]) -> tuple[str, ...]:
    """The codes of the rules that `restrict` leaves out, in the order of the packs."""
    pairs = [(whole, restrict(whole)) for whole in rulesets]
    left = {rule for _, some in pairs for rule in (*some.rules, *some.rules_across)}
    rules = dict.fromkeys(rule for whole, _ in pairs for rule in (*whole.rules, *whole.rules_across))
    return tuple(rule for rule in rules if rule not in left)


def nothing_left() -> Problem:
    """The problem of a selection by which no rule judges a single plan: a verdict of it would say nothing."""
    return Problem(
        REFERENCE,
        Text("Không còn quy tắc nào để thẩm định từng văn bản", "No rule is left that judges single documents"),
        Text(
            "Chọn quy tắc khác; quy tắc giữa các văn bản chỉ áp dụng khi rà soát: thamdinh audit",
            "Select other rules; those across documents are applied by audits only: thamdinh audit",
        ),
        Place("--select/--ignore"),
    )


def _restricted(ruleset: Ruleset, select: Sequence[str] | None, ignore: Sequence[str] | None) -> Ruleset:
    chosen = {
        rule
        for rule in (*ruleset.rules, *ruleset.rules_across)
        if (not select or _names(rule, select)) and not (ignore and _names(rule, ignore))
    }
    return replace(
        ruleset,
        judgements=tuple(judgement for judgement in ruleset.judgements if judgement.rule in chosen),
        across=tuple(judgement for judgement in ruleset.across if judgement.rule in chosen),
        exemptions=tuple(
            replace(
                exemption,
                rules=tuple(rule for rule in exemption.rules if rule in chosen),
                across=tuple(rule for rule in exemption.across if rule in chosen),
            )
            for exemption in ruleset.exemptions
        ),
    )


def _names(rule: str, codes: Iterable[str]) -> bool:
    return any(rule.casefold().startswith(code.casefold()) for code in codes)


def _known(codes: Iterable[str], rules: Sequence[str]) -> None:
    problems = []
    for code in codes:
        if code and any(_names(rule, [code]) for rule in rules):
            continue
        shown = ", ".join(rules)
        some = Text(f"Dùng mã hoặc phần đầu của mã: {shown}", f"Use a code or the beginning of one: {shown}")
        problems.append(
            Problem(
                REFERENCE,
                Text(f"Không có quy tắc nào có mã “{code}”", f"No rule has the code “{code}”"),
                did_you_mean(code, rules, some),
                Place("--select/--ignore"),
            )
        )
    if problems:
        raise Unreadable(*problems)
