"""`thamdinh rules seal`: a change of a directive in one signed file, with all that was shown of it."""

from pathlib import Path
from typing import Any

import click

from ..engine.assurance.signed_change import EVIDENCE, IMPACT, REVIEW, evidence, files_of, pack_about
from ..engine.base.as_json import json_text
from ..engine.base.text import Text
from ..engine.base.unwritable import writing
from ..engine.base.whole_file import write_whole
from ..engine.directive.packs import read_version
from ..engine.directive.signing import signed
from ..engine.documents import read_file
from .bilingual import argument, language, option, say
from .bilingual import command as bilingual_command
from .rules_impact import impact_of
from .values import NewFile


@bilingual_command(
    Text(
        "Niêm phong bộ quy tắc MỚI vào một tệp zip có chữ ký: hai bộ, kiểm thử, tình huống, điểm đột biến, kiểm chứng, tác động, ý kiến rà soát.",
        "Seal the pack NEW in one signed zip: both packs, tests, scenarios, mutation score, proofs, impact and the review's record.",
    )
)
@argument("new", metavar="PACK")
@option("--from", "old", metavar="PACK", words=Text("Bộ cũ mà bộ mới thay.", "The pack that it replaces."))
@option(
    "--inputs",
    "inputs",
    multiple=True,
    metavar="INPUT",
    words=Text("Văn bản để xem tác động; có thể lặp lại.", "Documents on which the impact is shown; may be repeated."),
)
@option(
    "--review",
    type=click.Path(path_type=Path),
    metavar="FILE",
    words=Text("Bản ghi ý kiến rà soát (JSON).", "The record of the review (JSON)."),
)
@option(
    "--key",
    required=True,
    metavar="NAME",
    words=Text("Khóa để ký (rules keygen).", "The key that signs (rules keygen)."),
)
@option(
    "--output-file",
    "-o",
    "output",
    required=True,
    type=NewFile(),
    metavar="FILE",
    words=Text("Tệp zip để ghi; không ghi đè.", "The zip to write; nothing is overwritten."),
)
def command(new: str, old: str | None, inputs: tuple[str, ...], **given: Any) -> int:
    """Seal the pack, and say what was sealed."""
    from ..version import __version__

    output: Path = given["output"]
    if inputs and old is None:
        raise click.UsageError(Text("--inputs cần --from", "--inputs needs --from")[language()])
    with writing(output):
        packs = read_version(new), None if old is None else read_version(old)
        files = {**files_of(*packs), EVIDENCE: json_text(evidence(*packs)).encode()}
        if old is not None and inputs:
            files[IMPACT] = json_text(impact_of(old, new, inputs).in_figures()).encode()
        if given["review"] is not None:
            files[REVIEW] = json_text(read_file(given["review"]).data).encode()
        change = {
            "schema": 1,
            "program": __version__,
            "old": None if packs[1] is None else pack_about(packs[1]),
            "new": pack_about(packs[0]),
        }
        write_whole(output, signed(change, files, given["key"]))
    say(
        Text(
            f"Đã niêm phong {packs[0].directive.id} {packs[0].directive.version} vào {output} ({len(files)} tệp)",
            f"Sealed {packs[0].directive.id} {packs[0].directive.version} in {output} ({len(files)} files)",
        )
    )
    return 0
