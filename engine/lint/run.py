"""One run of the lint: inputs and settings in, a report and an exit status out."""

from collections.abc import Sequence
from dataclasses import replace

from ..base.passed_over import PassedOver
from ..base.problem import Unreadable
from ..base.record import Record
from ..documents.claims import Claims
from ..documents.discover import discover, folders_of
from ..evaluation.verdict import Report
from ..evaluation.wording import Showing
from ..model.outline import AROUND
from ..model.privacy import hiding
from ..waivers.waiving import Waiving
from .appraise import Job, appraise_all
from .others import plans_among
from .selection import checked_of, judge_of, nothing_left, went_by
from .settings import Settings


class Run(Record):
    """What a lint found, and the exit status it asks for."""

    report: Report
    status: int


def lint(
    names: Sequence[str],
    settings: Settings,
    *,
    show_passed: bool = False,
    outlined: bool = False,
    redact_names: bool = False,
    only_plans: bool = False,
    waiving: Waiving | None = None,
) -> Run:
    """Check every input by the same settings.

    What is wrong with one input is in its verdict. With `redact_names`, no participant is named, and no file: each is called
    by its number among the inputs. With `only_plans`, files that are no plans are passed over and told of.
    What was passed over in folders is among the notices. Raises Unreadable for a directive or a selection that does not
    exist, and for a file of waivers or a baseline that was given and can't be used.
    """
    waiving = waiving or Waiving()
    judge = judge_of(settings, passes=show_passed)
    rulesets, restrict = judge.rulesets, judge.restrict
    if not any(restrict(whole).judgements for whole in rulesets):
        raise Unreadable(nothing_left())
    showing = Showing(redact_names, outlined, waiving.identified, titled=len(rulesets) > 1)
    around = AROUND if outlined else 0
    passed_over = PassedOver()
    in_force = (settings.file, settings.appraisal_template, *waiving.files)
    claims = Claims(in_force, redact_names=redact_names)
    sources = discover(names, hiding(passed_over) if redact_names else passed_over, claims)
    claims.above(folders_of(names))
    if only_plans:
        sources = [*plans_among(sources, settings.limits, hiding(passed_over) if redact_names else passed_over)]
    if redact_names:
        sources = [source.renamed(f"#{number}") for number, source in enumerate(sources, 1)]
    jobs = [Job(source, judge, around, showing) for source in sources]
    waived = waiving.applied([*appraise_all(jobs, settings.limits)], checked_of(rulesets, restrict))
    told = (*waived.notices, *claims.notices(), *passed_over.notices())
    judged = {verdict.directive for verdict in waived.verdicts}
    used = rulesets if judge.named else [whole for whole in rulesets if whole.directive in judged]
    basis = replace(went_by(settings, used or rulesets, restrict, *waiving.files), judged=bool(used))
    report = Report(
        basis.directive,
        waived.verdicts,
        told,
        {whole.directive: whole.handbook for whole in used if whole.handbook},
        basis,
    )
    status = report.exit_status(settings.fail_on or "error")
    return Run(report, status if waived.readable else 2)
