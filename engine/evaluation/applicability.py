"""Whether a pack was made for a plan: by term, kind, district and the day of the first session.

A plan never says its province; one without a session excludes no day, which is told. Terms and districts are the same
however they are typed: with any dash, without marks. A slip of the hand chooses no other pack.
"""

from ..base.canonical import canonical
from ..base.problem import NOT_MADE_FOR, Path, Problem
from ..base.suggest import plain
from ..base.text import Text
from ..directive.ruleset import Ruleset
from ..documents.document import Document
from ..model.plan import Plan


def unfit(ruleset: Ruleset, plan: Plan) -> tuple[Path, Text] | None:
    """Why a pack is not for the plan: the path in the plan of what does not fit, and in words. None where it is."""
    applies = ruleset.applies
    if applies is None:
        return None
    organization = plan.organization
    if not _same(organization.term, applies.term):
        return ("organization", "term"), Text(f"dành cho nhiệm kỳ {applies.term}", f"is for the term {applies.term}")
    if applies.kinds is not None and organization.kind not in applies.kinds:
        return ("organization", "kind"), Text("dành cho loại hình tổ chức khác", "is for other kinds of organisation")
    district = applies.district
    if district is not None and (organization.district is None or not _same(organization.district, district)):
        return ("organization", "district"), Text(f"dành cho {district}", f"is for {district}")
    first = min((session.start for session in plan.conference.sessions), default=None)
    if first is not None and not applies.valid_from <= first.date() <= applies.valid_to:
        days = f"{applies.valid_from:%d/%m/%Y}–{applies.valid_to:%d/%m/%Y}"
        return ("conference", "sessions"), Text(f"có hiệu lực {days}", f"is in force {days}")
    return None


def _same(one: str, other: str) -> bool:
    return one == other or plain(canonical(one)) == plain(canonical(other))


def doubts(ruleset: Ruleset, plan: Plan, document: Document) -> tuple[Problem, ...]:
    """The notice NT005 where the pack that judges a plan was not made for it, or that can't be told."""
    found = unfit(ruleset, plan)
    if found is not None:
        path, why = found
        message = Text(
            f"Bộ quy tắc {ruleset.directive} không dành cho kế hoạch này: {why.vi}",
            f"The pack {ruleset.directive} was not made for this plan: it {why.en}",
        )
        fix = Text(
            "Kết luận theo bộ quy tắc này chỉ để tham khảo; bỏ --directive (hoặc directive trong cấu hình) để kế hoạch "
            "tự chọn bộ quy tắc",
            "Take the verdict for information only; leave out --directive (or directive in the settings), so that the "
            "plan chooses its pack",
        )
    elif ruleset.applies is not None and not plan.conference.sessions:
        path = ("conference", "sessions")
        message = Text(
            f"Kế hoạch chưa ghi phiên họp nào, nên chưa biết bộ quy tắc {ruleset.directive} có hiệu lực vào ngày họp không",
            f"The plan has no session, so whether the pack {ruleset.directive} is in force on the day is not known",
        )
        fix = Text("Ghi ngày giờ các phiên họp", "Give the sessions with their times")
    else:
        return ()
    return (Problem(NOT_MADE_FOR, message, fix, document.place(path)),)
