"""The letter (công văn) on a decided case, as a Word document, by the template of letters (docs/how-to/letters.md).

It says what an appraisal sheet says of the plan, and under `ho_so` what was decided on the case.
"""

from pathlib import Path, PurePath
from typing import Any, Final

from ..engine.base.inert import printable
from ..engine.base.text import Language, Text
from ..engine.evaluation.verdict import Report
from ..engine.reporters.docx import fill_each
from ..engine.reporters.sheet import BLANK, sheet_values
from ..engine.reporters.templates import built_in
from .cases import Cases
from .permissions import Actor
from .refused import Refused
from .verification import instant_in_words
from .view import View
from .vocabulary import STATES

_DECISIONS: Final = {"request_changes": "changes_requested", "return": "returned", "accept": "accepted"}
"""The actions on which a letter is written, with the state that they lead to."""


def letter(cases: Cases, actor: Actor, case_id: int, language: Language = "vi", template: Path | None = None) -> bytes:
    """The letter on the latest version of a case. Raises Refused, where nothing is decided yet too, and Unreadable for a
    template at fault."""
    view = cases.find_by_id(actor, case_id)
    if view.case.state not in _DECISIONS.values():
        raise Refused(
            "conflict",
            Text("Hồ sơ chưa có quyết định để viết công văn", "Nothing is decided on the case that a letter could say"),
            Text("Yêu cầu sửa đổi, chấp thuận hoặc trả lại hồ sơ trước", "Ask for changes, accept or return it first"),
        )
    report = cases.report(actor, case_id, view.latest.number)
    [made] = fill_each(template or built_in(language, "letter"), [view], lambda view: _content(view, report, language))
    return made


def _content(view: View, report: Report, language: Language) -> dict[str, Any]:
    """Everything that the template may name."""
    said = sheet_values(report, report.verdicts[0], language)
    file = PurePath(view.latest.name).name
    return {
        "van_ban": said["van_ban"],
        "to_chuc": {"ten": printable(view.organisation.name)},
        "huyen": printable(view.organisation.district or BLANK),
        "chi_dao": said["chi_dao"],
        "dat": view.case.state == "accepted",
        "so_ke_hoach": 1,
        "cac_ke_hoach": [said | {"tep": printable(file), "ban_chu_thich": ""}],
        "ban_chu_thich": [],
        "ho_so": _fit(_case(view, language)),
    }


def _case(view: View, language: Language) -> dict[str, Any]:
    decided = next(one for one in reversed(view.events) if _DECISIONS.get(one.action) == view.case.state)
    comments = [one for one in view.comments if one.version == view.latest.number]
    reason = next((one for one in comments if one.written == decided.at), None)
    return {
        "so": view.case.id,
        "ten": view.case.title,
        "ban": view.latest.number,
        "nop_ngay": instant_in_words(view.latest.submitted).partition(" ")[0],
        "trang_thai": STATES[view.case.state][language],  # type: ignore[index]
        "ly_do": reason.words if reason else "",
        "y_kien": [
            {"ma": " ".join(filter(None, (one.rule, one.subject))), "noi_dung": one.words}
            for one in comments
            if one is not reason
        ],
    }


def _fit(value: Any) -> Any:
    """The value with its texts fit for a document: in one line, without what XML can't hold."""
    if isinstance(value, str):
        return printable(" ".join(value.split()))
    if isinstance(value, dict):
        return {name: _fit(item) for name, item in value.items()}
    return [_fit(item) for item in value] if isinstance(value, list) else value
