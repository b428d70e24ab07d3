"""`--directive auto`: each plan is checked against the pack that its organisation, term and date choose.

A pack is for a plan when the term, the district, the kind and the day of the first session all fit; what a plan does not
say (a district, a session) excludes nothing, and a plan never says its province. Of those that fit, one that extends
another, or is for a smaller circle of plans, goes before it. Two that are left are a tie, which is an error.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from .check import Checker, EvaluatorFactory, durable
from .document import Document
from .packs import AUTO, available, ruleset
from .plan import Plan
from .problem import Path, Problem, Unreadable
from .ruleset import Ruleset
from .suggest import plain
from .text import Text
from .verdict import Verdict

NONE: Final = "DR001"
TIE: Final = "DR002"


@dataclass
class Choosing:
    """Checks each plan against the one ruleset that is for it."""

    rulesets: Sequence[Ruleset]
    factory: EvaluatorFactory = durable
    passes: bool = False
    outlined: bool = False
    redact_names: bool = field(default=False, kw_only=True)
    restrict: Callable[[Ruleset], Ruleset] = lambda ruleset: ruleset
    _checkers: dict[str, Checker] = field(default_factory=dict)

    def check(self, plan: Plan, document: Document) -> Verdict:
        """The verdict of the chosen directive, which it names. Raises Unreadable where none or several are for the plan."""
        chosen = self.choose(plan, document)
        if chosen.directive not in self._checkers:
            self._checkers[chosen.directive] = Checker(
                self.restrict(chosen),
                self.factory,
                self.passes,
                redact_names=self.redact_names,
                outlined=self.outlined,
            )
        verdict = self._checkers[chosen.directive].check(plan, document)
        return replace(verdict, directive=chosen.directive, directive_title=chosen.title)

    def choose(self, plan: Plan, document: Document) -> Ruleset:
        """The ruleset that is for the plan. Raises Unreadable."""
        fitting = [ruleset for ruleset in self.rulesets if not unfit(ruleset, plan)]
        best = [one for one in fitting if not any(_goes_before(other, one) for other in fitting)]
        if len(best) == 1:
            return best[0]
        raise Unreadable(_tie(best, document) if best else _none(self.rulesets, plan, document))


def directive_for(plan: Plan, document: Document, directive: str) -> str:
    """The directive itself, or where it is `auto`, the one that is for the plan. Raises Unreadable."""
    if directive != AUTO:
        return directive
    return Choosing([ruleset(name) for name in available()]).choose(plan, document).directive


def unfit(ruleset: Ruleset, plan: Plan) -> tuple[Path, Text] | None:
    """Why a pack is not for the plan: the path in the plan of what does not fit, and in words. None where it is."""
    applies = ruleset.applies
    assert applies is not None
    organization = plan.organization
    if plain(organization.term) != plain(applies.term):
        return ("organization", "term"), Text(f"dành cho nhiệm kỳ {applies.term}", f"is for the term {applies.term}")
    if applies.kinds is not None and organization.kind not in applies.kinds:
        return ("organization", "kind"), Text("dành cho loại hình tổ chức khác", "is for other kinds of organisation")
    elsewhere = organization.district is None or plain(organization.district) != plain(applies.district or "")
    if applies.district is not None and elsewhere:
        return ("organization", "district"), Text(f"dành cho {applies.district}", f"is for {applies.district}")
    first = min((session.start for session in plan.conference.sessions), default=None)
    if first is not None and not applies.valid_from <= first.date() <= applies.valid_to:
        days = f"{applies.valid_from:%d/%m/%Y}–{applies.valid_to:%d/%m/%Y}"
        return ("conference", "sessions"), Text(f"có hiệu lực {days}", f"is in force {days}")
    return None


def _goes_before(one: Ruleset, other: Ruleset) -> bool:
    """Whether the first is nearer to the plan: a layer on the other, or for a smaller circle of plans."""
    assert one.applies is not None
    assert other.applies is not None
    if other.directive in one.applies.extends:
        return True
    if one.directive in other.applies.extends:
        return False
    ours, theirs = _limits(one), _limits(other)
    return ours > theirs


def _limits(ruleset: Ruleset) -> set[str]:
    """In what respects a pack is for some plans only."""
    assert ruleset.applies is not None
    limits = {"district": ruleset.applies.district, "kind": ruleset.applies.kinds}
    return {name for name, limit in limits.items() if limit is not None}


def _none(rulesets: Iterable[Ruleset], plan: Plan, document: Document) -> Problem:
    why = {ruleset.directive: unfit(ruleset, plan) for ruleset in rulesets}
    paths = [found[0] for found in why.values() if found is not None]
    told = [(name, found[1]) for name, found in why.items() if found is not None]
    return Problem(
        NONE,
        Text(
            "Không có bộ quy tắc nào dành cho kế hoạch này: " + "; ".join(f"{name} {words.vi}" for name, words in told),
            "No pack is for this plan: " + "; ".join(f"{name} {words.en}" for name, words in told),
        ),
        Text(
            "Xem lại nhiệm kỳ, loại hình, huyện và ngày họp; hoặc chỉ rõ bộ quy tắc bằng --directive",
            "Check term, kind, district and dates; or name a pack with --directive",
        ),
        document.place(max(paths, key=paths.count) if paths else ()),
    )


def _tie(best: Sequence[Ruleset], document: Document) -> Problem:
    names = ", ".join(ruleset.directive for ruleset in best)
    return Problem(
        TIE,
        Text(
            f"Nhiều bộ quy tắc cùng dành cho kế hoạch này: {names}", f"Several packs are for this plan alike: {names}"
        ),
        Text(
            "Chỉ rõ một bộ bằng --directive; hoặc cho bộ này nối vào bộ kia bằng extends",
            "Name one with --directive; or let one extend the other",
        ),
        document.place(("organization",)),
    )
