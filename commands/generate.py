"""`thamdinh generate`: synthetic plans with known breaches, for training and measurements."""

import json
import os
from collections.abc import Iterable
from contextlib import ExitStack
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any, Final, cast

from ..engine.assurance.samples import Data, Synthetic, generate
from ..engine.base.problem import Unreadable
from ..engine.base.text import Text, named
from ..engine.base.unwritable import unwritable
from ..engine.base.whole_file import making_file, making_folder
from ..engine.directive.packs import ruleset
from ..engine.forms.one_file import WRITERS
from ..engine.model.called import called
from ..engine.model.description import Description
from .bilingual import Choice, argument, option, say
from .bilingual import command as bilingual_command
from .shared_options import directive_option
from .values import NewFile, Number, Whole

LINES: Final = ".jsonl"


@bilingual_command(
    Text(
        "Tạo văn bản giả định (tên người, số thẻ đều bịa ra) cho một bộ quy tắc, có cài sẵn lỗi đã biết, để tập huấn và đo tốc độ. "
        "ĐẦU RA có đuôi .jsonl: mỗi dòng một văn bản; nếu không: một thư mục các tệp (--files). "
        "Lỗi đã cài ghi ở tệp .breaches.jsonl cùng tên.",
        "Make synthetic documents for a pack (people and party cards are made up) with known breaches, for training and measurements. "
        "OUTPUT ending in .jsonl: one document a line; else a folder of files (--files). "
        "The breaches are written to OUTPUT.breaches.jsonl.",
    )
)
@argument("output", metavar="OUTPUT", type=NewFile())
@option(
    "--plans",
    type=Whole(1, 100_000_000),
    default=100,
    show_default=True,
    words=Text("Số văn bản.", "Number of documents."),
)
@option(
    "--seed",
    type=Whole(0),
    default=0,
    show_default=True,
    words=Text("Số gieo: cùng số thì cùng văn bản.", "Seed: the same seed gives the same documents."),
)
@option(
    "--breach-rate",
    type=Number(0, 1),
    default=0.3,
    show_default=True,
    words=Text("Tỉ lệ văn bản có lỗi (0 đến 1).", "Share of documents with breaches (0 to 1)."),
)
@option(
    "--across-rate",
    type=Number(0, 1),
    default=0.0,
    show_default=True,
    words=Text(
        "Tỉ lệ văn bản đi cùng một văn bản có liên quan (gửi hai lần, cùng một người…).",
        "Share of documents that come with another they have to do with (a copy, the same person…).",
    ),
)
@option(
    "--participants",
    "people",
    type=Whole(10, 20_000),
    default=100,
    show_default=True,
    words=Text("Số người trong mỗi văn bản.", "People in each document."),
)
@option(
    "--files",
    "kind",
    type=Choice(named(suffix.removeprefix(".") for suffix in WRITERS)),
    default="yaml",
    show_default=True,
    words=Text("Loại tệp trong thư mục: Excel (xlsx), Word (docx), YAML, JSON.", "Kind of files in the folder."),
)
@directive_option()
def command(
    output: Path,
    plans: int,
    seed: int,
    breach_rate: float,
    across_rate: float,
    people: int,
    kind: str,
    directive: str,
) -> int:
    """Write the plans and, beside them, their breaches; nothing that exists is overwritten."""
    made = generate(plans, seed, breach_rate, people, across_rate, directive)
    beside = output.with_name(f"{output.stem if output.suffix == LINES else output.name}.breaches.jsonl")
    making = making_file if output.suffix == LINES else making_folder
    try:
        with making(output) as unfinished, making_file(beside) as breaches:
            _write(made, ruleset(directive).known, unfinished, breaches, len(str(plans)), f".{kind}")
    except OSError as error:
        named = beside if error.filename == str(beside) else output
        raise Unreadable(unwritable(named, error)) from None
    made_up = called(ruleset(directive).known).counted(plans)
    said = Text(
        f"Đã tạo {made_up.vi} ở {output}; lỗi đã cài ghi ở {beside}",
        f"Made {made_up.en} in {output}; their breaches are in {beside}",
    )
    say(said)
    return 0


def _write(made: Iterable[Synthetic], known: Description, output: Path, beside: Path, digits: int, suffix: str) -> None:
    """Write the plans, one a line or one a file, and beside them their breaches. Raises OSError."""
    with ExitStack() as files:
        breaches = files.enter_context(beside.open("w", encoding="utf-8"))
        if os.path.isfile(output):
            lines = files.enter_context(output.open("w", encoding="utf-8"))
            for number, synthetic in enumerate(made, 1):
                lines.write(_json(synthetic.plan))
                breaches.write(_json({"line": number, **_known(synthetic, known)}))
        else:
            for number, synthetic in enumerate(made, 1):
                name = f"ke-hoach-{number:0{digits}}{suffix}"
                (output / name).write_bytes(WRITERS[suffix](synthetic.plan, known))
                breaches.write(_json({"file": name, **_known(synthetic, known)}))


def _known(synthetic: Synthetic, known: Description) -> Data:
    """What is written beside a plan: whose it is, and its breaches."""
    breaches = [{"rule": breach.rule, "subject": breach.subject} for breach in synthetic.breaches]
    whose: Any = reduce(getitem, known.by_nature.get("organization", ((),))[0], cast(Any, synthetic.plan))
    return {"organization": whose, "breaches": breaches}


def _json(data: Data) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
