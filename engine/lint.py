"""One run of the lint: inputs and settings in, a report and an exit status out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .appraise import Job, appraise_all
from .check import Checker
from .handbook import Handbook
from .outline import AROUND
from .packs import AUTO, DEFAULT, available, ruleset
from .problem import Unreadable
from .readers.discover import Source, discover
from .readers.source import STDIN
from .selection import nothing_left, selecting
from .settings import Settings, merged, settings_for
from .verdict import Report, Verdict
from .waiving import Waiving

if TYPE_CHECKING:
    from .choosing import Choosing


@dataclass(frozen=True, slots=True)
class Run:
    """What a lint found, and the exit status it asks for."""

    report: Report
    status: int


def run_settings(names: Sequence[str], given: Mapping[str, Any]) -> Settings:
    """The settings that hold for the whole run: those of the first input. Raises Unreadable."""
    first = next((name for name in names if name != STDIN), ".")
    return merged(given, settings_for(Path(first)))


def lint(
    names: Sequence[str],
    given: Mapping[str, Any],
    *,
    show_passed: bool = False,
    outlined: bool = False,
    redact_names: bool = False,
    waiving: Waiving | None = None,
    passed_over: Callable[[str], None] = lambda _: None,
) -> Run:
    """Check every input; each goes by the `thamdinh.toml` nearest to it, and `given` options go before that.

    What is wrong with one input is in its verdict. With `redact_names`, no participant is named.
    `passed_over` is told of files in folders (discover). Raises Unreadable for a directive or a selection that was given and
    does not exist, and for a file of waivers or a baseline that was given and can't be used.
    """
    known: dict[str, None] = {}
    left_out: set[str] = set()
    directives: dict[str, None] = {}
    handbooks: dict[str, Handbook] = {}

    @cache
    def checker(directive: str, select: tuple[str, ...] | None, ignore: tuple[str, ...] | None) -> "Checker | Choosing":
        rulesets = [ruleset(name) for name in (available() if directive == AUTO else [directive])]
        restrict = selecting(rulesets, select, ignore)
        if not any(restrict(whole).judgements for whole in rulesets):
            raise Unreadable(nothing_left())
        for whole in rulesets:
            rules = (*whole.rules, *whole.rules_across)
            known.update(dict.fromkeys(rules))
            left_out.update(set(rules) - set(restrict(whole).rules))  # those across plans are for audits
            if whole.handbook is not None:
                handbooks[whole.directive] = whole.handbook
        if directive == AUTO:
            from .choosing import Choosing

            return Choosing(
                rulesets, passes=show_passed, outlined=outlined, redact_names=redact_names, restrict=restrict
            )
        directives[rulesets[0].directive] = None
        return Checker(restrict(rulesets[0]), passes=show_passed, outlined=outlined, redact_names=redact_names)

    jobs: list[Job] = []
    planned: list[tuple[Source, Settings, Unreadable | None]] = []
    for source in discover(names, passed_over):
        settings, failure = merged(given, Settings()), None
        try:
            settings = merged(given, settings_for(Path("." if source.path == STDIN else source.path)))
            directive = settings.directive or DEFAULT
            chosen = checker(directive, settings.select, settings.ignore)
            jobs.append(Job(source, chosen, AROUND if outlined else 0, redact_names))
        except Unreadable as unreadable:
            if given.get("directive") or given.get("select") or given.get("ignore"):
                raise
            failure = unreadable
        planned.append((source, settings, failure))
    appraised = appraise_all(jobs)
    plain = [
        (source.path, Verdict(source.name, None, problems=failure.problems) if failure else next(appraised))
        for source, _, failure in planned
    ]
    waived = (waiving or Waiving()).applied(plain, tuple(known) or None, left_out)
    directives.update((verdict.directive, None) for verdict in waived.verdicts if verdict.directive is not None)
    name = ", ".join(directives) or given.get("directive") or DEFAULT
    status = 0 if waived.readable else 2
    for (_, settings, _), verdict in zip(planned, waived.verdicts, strict=True):
        status = max(status, Report(name, (verdict,)).exit_status(settings.fail_on or "error"))
    return Run(
        Report(
            name, waived.verdicts, waived.notices, {item: handbooks[item] for item in directives if item in handbooks}
        ),
        status,
    )
