"""One run of the lint: inputs and settings in, a report and an exit status out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from ..base.passed_over import PassedOver
from ..base.problem import Problem, Unreadable
from ..base.record import Record
from ..documents.claims import Claims
from ..documents.discover import InputFile, discover, folders_of
from ..evaluation.choice import Choosing, among, are_several
from ..evaluation.verdict import Report
from ..evaluation.wording import Showing
from ..model.outline import AROUND
from ..model.privacy import hiding
from ..waivers.waivers import UNKNOWN_RULES
from ..waivers.waiving import Waiving
from .appraise import Job, appraise_all, processes_for
from .others import plans_among
from .selection import checked_of, judge_of, nothing_left, went_by
from .settings import Settings


class Run(Record):
    """What a lint found, and the exit status it asks for."""

    report: Report
    status: int


@dataclass(frozen=True)
class Asked:
    """What is asked of a run: its settings, what its verdicts are to show, what answers for findings, and in how many processes
    files are checked (None: in as many as have enough to do).
    """

    settings: Settings
    show_passed: bool = False
    outlined: bool = False
    redact_names: bool = False
    waiving: Waiving = field(default_factory=Waiving)
    processes: int | None = None

    def judge(self) -> Choosing:
        """What judges the plans. Raises Unreadable, also where no rule would be left."""
        judge = judge_of(self.settings, passes=self.show_passed)
        if not any(judge.restrict(whole).judgements for whole in judge.rulesets):
            raise Unreadable(nothing_left())
        return judge


def lint(
    names: Sequence[str],
    settings: Settings,
    *,
    show_passed: bool = False,
    outlined: bool = False,
    redact_names: bool = False,
    only_plans: bool = False,
    waiving: Waiving | None = None,
    processes: int | None = None,
) -> Run:
    """Check every input by the same settings.

    What is wrong with one input is in its verdict. With `redact_names`, no participant is named, and no file: each is called
    by its number among the inputs. With `only_plans`, files that are no plans are passed over and told of.
    The files are checked in so many `processes`; None for as many as have enough to do.
    What was passed over in folders is among the notices. Raises Unreadable for a directive or a selection that does not
    exist, and for a file of waivers or a baseline that was given and can't be used.
    """
    asked = Asked(settings, show_passed, outlined, redact_names, waiving or Waiving(), processes)
    passed_over = PassedOver()
    tell = hiding(passed_over) if redact_names else passed_over
    claims = Claims((settings.file, settings.appraisal_template, *asked.waiving.files), redact_names=redact_names)
    judge = asked.judge()
    sources = discover(names, tell, claims, settings.excluded)
    claims.above(folders_of(names))
    if only_plans:
        sources = [*plans_among(sources, settings.limits, tell, processes_for(len(sources), processes))]
    return _run(asked, judge, sources, lambda: (*claims.notices(), *passed_over.notices()))


def lint_given(sources: Sequence[InputFile], asked: Asked) -> Run:
    """Check inputs whose content is given, as `lint` checks files: nothing is looked for around them. Raises Unreadable."""
    return _run(asked, asked.judge(), sources, tuple)


def _run(asked: Asked, judge: Choosing, sources: Sequence[InputFile], told: Callable[[], tuple[Problem, ...]]) -> Run:
    """What comes of the inputs; `told` is asked afterwards for what is to be known of where they lay."""
    settings, waiving = asked.settings, asked.waiving
    rulesets, restrict = judge.rulesets, judge.restrict
    showing = Showing(
        asked.redact_names, asked.outlined, waiving.identified, titled=are_several(rulesets), preliminary=True
    )
    if asked.redact_names:
        sources = [source.renamed(f"#{number}") for number, source in enumerate(sources, 1)]
    jobs = [Job(source, judge, AROUND if asked.outlined else 0, showing) for source in sources]
    waived = waiving.applied(
        [*appraise_all(jobs, settings.limits, processes_for(len(jobs), asked.processes))],
        checked_of(rulesets, restrict) if waiving.waivers.waivers else UNKNOWN_RULES,
    )
    judged = {verdict.directive for verdict in waived.verdicts}
    used = rulesets if judge.named else among(rulesets, judged)
    basis = replace(went_by(settings, used or rulesets, restrict, *waiving.files), judged=bool(used))
    report = Report(
        basis.directive,
        waived.verdicts,
        (*waived.notices, *told()),
        {whole.directive: whole.handbook for whole in used if whole.handbook},
        basis,
    )
    status = report.exit_status(settings.fail_on or "error")
    return Run(report, status if waived.readable else 2)
