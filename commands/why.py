"""`thamdinh why`: why a rule found something, found nothing, or did not apply, down to the lines of the plan."""

import json

import click

from ..engine.appraised import Appraised, appraised
from ..engine.justification import Justification, justify
from ..engine.packs import DEFAULT
from ..engine.problem import Unreadable
from ..engine.text import Text
from .bilingual import colour_wanted, language, option, write
from .bilingual import command as bilingual_command
from .refusal import refuse


@bilingual_command(
    Text(
        "Vì sao quy tắc CODE kết luận như vậy về SUBJECT trong kế hoạch FILE: lỗi, đạt hay không áp dụng. "
        "Không ghi SUBJECT: mọi lỗi của quy tắc đó, hoặc vài đối tượng đầu tiên.",
        "Why rule CODE decided as it did on SUBJECT in the plan FILE: a finding, held, or not applicable. "
        "Without SUBJECT: every finding of the rule, or else the first few subjects.",
    )
)
@click.argument("file", metavar="FILE")
@click.argument("code", metavar="CODE")
@click.argument("subject", required=False, metavar="[SUBJECT]")
@option("--directive", default=DEFAULT, metavar="ID|FOLDER|auto", words=Text("Bộ quy tắc.", "Rule pack."))
@option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    words=Text("Dạng kết quả; mặc định: text.", "Output format; default: text."),
)
def command(file: str, code: str, subject: str | None, directive: str, form: str) -> int:
    """Print the justification trees."""
    try:
        one = appraised(file, directive)
        found = justify(one.pack, code, subject, one.plan, one.document, one.verdict)
    except Unreadable as unreadable:
        return refuse(unreadable)
    write(_written(form, one, found).encode())
    return 0


def _written(form: str, one: Appraised, found: tuple[Justification, ...]) -> str:
    if form == "json":
        document = {
            "schema": 1,
            "directive": one.pack.directive.id,
            "file": one.verdict.file,
            "organization": one.verdict.organization,
            "justifications": [item.to_json() for item in found],
        }
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    if form == "html":
        from ..engine.pages import page

        values = {"code": found[0].rule, "file": one.verdict.file, "directive": one.pack.directive.title[language()]}
        return page("why.html", language(), justifications=found, **values)
    from ..engine.justification_text import drawn

    return drawn(found, language(), colour=colour_wanted())
