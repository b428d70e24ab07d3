"""`thamdinh convert`: a plan into any form, many plans into one file that audits read faster, and back."""

from pathlib import Path
from typing import Any

from ..engine.base.passed_over import PassedOver
from ..engine.base.problem import Unreadable
from ..engine.base.text import Text
from ..engine.base.unwritable import writing
from ..engine.documents.claims import Claims
from .bilingual import argument, say
from .bilingual import command as bilingual_command
from .refusal import refuse, tell
from .shared_options import limit_options, settings_given, settings_options
from .values import NewFile


@bilingual_command(
    Text(
        "Chuyển một văn bản sang mẫu Excel, Word, YAML hoặc JSON (.xlsx, .docx, .yaml, .json), hoặc gộp nhiều văn bản (như "
        "của lệnh audit: THƯ MỤC, TỆP, tệp nén, JSONL, Parquet) thành một tệp .parquet hoặc .jsonl, mỗi văn bản một dòng. "
        "Văn bản không hợp lệ thì được nêu ra và để ngoài.",
        "Turn a document into a form, YAML or JSON (.xlsx, .docx, .yaml, .json), or put many documents (inputs as of audit: FOLDERS, "
        "FILES, archives, JSONL, Parquet) into one .parquet or .jsonl file, one document a row. "
        "Documents that are not valid are told and left out.",
    )
)
@argument("inputs", nargs=-1, required=True, metavar="INPUTS…")
@argument("output", metavar="OUTPUT", type=NewFile())
@settings_options(chosen=True)
@limit_options()
def command(inputs: tuple[str, ...], output: Path, **given: Any) -> int:
    """Convert, tell how many, and give exit status 0, or 2 where anything was left out."""
    from ..engine.audit.convert import convert
    from ..engine.lint.selection import judge_of
    from ..engine.model.called import called_together

    with writing(output):
        passed_over = PassedOver()
        settings = settings_given(given)
        claims = Claims((settings.file,))
        conversion = convert(inputs, output, passed_over, claims, settings.limits, judge_of(settings))
    tell([*claims.notices(), *passed_over.notices()])
    status = refuse(Unreadable(*conversion.problems)) if conversion.problems else 0
    words = called_together(conversion.types.values())
    what = words.counted(conversion.written)
    said = Text(f"Đã ghi {what.vi} vào {output}", f"Wrote {what.en} to {output}")
    if not conversion.written:
        said = Text(
            f"Không có văn bản hợp lệ nào, nên không ghi {output}", f"No document is valid, so {output} is not written"
        )
    if conversion.left_out:
        count = conversion.left_out
        said = Text(
            f"{said.vi}; để ngoài {count} đầu vào không hợp lệ", f"{said.en}; left out {count} that are not valid"
        )
    say(said)
    return status
