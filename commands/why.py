"""`thamdinh why`: why a rule found something, found nothing, or did not apply, down to the lines of the plan."""

import sys
from typing import TYPE_CHECKING, Any

from ..engine.base.as_json import as_json, json_text
from ..engine.base.libraries import require
from ..engine.base.text import Text, named
from ..engine.explain.appraised import Appraised, appraised
from ..engine.explain.why import Justification, justify, switched_off
from .bilingual import Choice, argument, colour_wanted, language, option, speak, write
from .bilingual import command as bilingual_command
from .shared_options import limit_options, settings_given, settings_options

if TYPE_CHECKING:
    from ..engine.assurance.verify.counterfactual_report import TurnedSubject


@bilingual_command(
    Text(
        "Vì sao quy tắc MÃ kết luận như vậy về ĐỐI TƯỢNG trong văn bản TỆP: lỗi, đạt hay không áp dụng. "
        "Không ghi ĐỐI TƯỢNG: mọi lỗi của quy tắc đó, hoặc vài đối tượng đầu tiên.",
        "Why rule CODE decided as it did on SUBJECT in the document FILE: a finding, held, or not applicable. "
        "Without SUBJECT: every finding of the rule, or else the first few subjects.",
    )
)
@argument("file", metavar="FILE")
@argument("code", metavar="CODE")
@argument("subject", required=False, metavar="[SUBJECT]")
@settings_options(chosen=True)
@limit_options()
@option(
    "--format",
    "form",
    type=Choice(named(("text", "json", "html"))),
    default="text",
    words=Text("Dạng kết quả; mặc định: văn bản.", "Output format; default: text."),
)
@option(
    "--counterfactual",
    is_flag=True,
    words=Text(
        "Nêu cả thay đổi nhỏ nhất của văn bản làm đổi kết luận (bộ giải tìm, bộ máy quy tắc kiểm lại).",
        "Also tell the smallest change to the document that turns the verdict (found by the solver, tried by the engine).",
    ),
)
def command(file: str, code: str, subject: str | None, form: str, counterfactual: bool, **given: Any) -> int:
    """Print the justification trees."""
    changes: tuple[TurnedSubject, ...] = ()
    if counterfactual:
        require("z3", "--counterfactual")
    settings = settings_given(given)
    speak(sys.argv[1:], settings.lang)
    one = appraised(file, settings)
    found = justify(one.pack, code, subject, one.plan, one.document, one.verdict)
    if found[0].rule in one.switched_off:
        keys = ", ".join(key for key in ("select", "ignore") if getattr(settings, key))
        found = switched_off(found, Text(f"{keys} trong {settings.file}", f"{keys} in {settings.file}")[language()])
    if counterfactual:
        from ..engine.assurance.verify.counterfactual_report import turned

        changes = turned(one, found)
    write(_written(form, one, found, changes).encode())
    return 0


def _written(form: str, one: Appraised, found: tuple[Justification, ...], changes: "tuple[TurnedSubject, ...]") -> str:
    if form == "json":
        document = {
            "schema": 1,
            "directive": one.pack.directive.id,
            "file": one.verdict.file,
            "organization": one.verdict.organization,
            "justifications": as_json(found),
        }
        if one.verdict.notices:
            document["notices"] = as_json(one.verdict.notices)
        if changes:
            document["counterfactuals"] = [item.to_json() for item in changes]
        return json_text(document)
    if form == "html":
        from ..engine.reporters.pages import page

        notices = [(notice.code, notice.place.describe(language()), notice.message) for notice in one.verdict.notices]
        values = {"code": found[0].rule, "file": one.verdict.file, "directive": one.pack.directive.title[language()]}
        return page("why.html", language(), justifications=found, changes=changes, notices=notices, **values)
    from ..engine.explain.why_text import drawn
    from ..engine.reporters import Options
    from ..engine.reporters.text import notice_lines

    told = [notice_lines(notice, Options(language(), colour_wanted())) for notice in one.verdict.notices]
    tree = "\n".join([*told, drawn(found, language(), colour=colour_wanted())])
    if not changes:
        return tree
    from ..engine.assurance.verify.counterfactual_report import turned_lines

    return tree + turned_lines(changes, language())
