"""`thamdinh rules coverage`: the matrix clause × rule × scenario × example, and what is missing in it."""

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click

from ..engine.assurance.coverage import CoverageLine, Matrix, matrix
from ..engine.assurance.scenarios import appraiser_of
from ..engine.assurance.scenarios.checking import features_of, scenarios_in
from ..engine.base.as_json import json_text
from ..engine.base.limits import Limits
from ..engine.base.text import Text
from ..engine.directive.pack import Pack
from ..engine.directive.packs import read_version
from ..engine.documents.discover import discover
from ..engine.evaluation.check import Checker
from ..engine.evaluation.scanning import Compiled
from ..engine.evaluation.verdict import Verdict
from ..engine.lint.appraise import Job, appraise_all
from ..engine.reporters.text import problem_lines
from .bilingual import command as bilingual_command
from .bilingual import language, option, write
from .shared_options import directive_option, features_option, form_option

_COLUMNS: Final = (
    Text("điều khoản", "clause"),
    Text("quy tắc", "rule"),
    Text("tình huống đạt", "scenarios kept"),
    Text("vi phạm", "breached"),
    Text("ranh giới", "boundary"),
    Text("cho phép", "permitting"),
    Text("ví dụ đạt", "examples kept"),
    Text("ví dụ vi phạm", "breached"),
)


@bilingual_command(
    Text(
        "Đối chiếu: mỗi điều khoản có quy tắc nào, mỗi quy tắc có tình huống đạt, vi phạm, ở ranh giới và văn bản ví dụ nào. "
        "Chỗ còn thiếu là lỗi.",
        "Trace each clause to its rules, and each rule to scenarios that keep it, breach it and stand at its bounds, and to example "
        "documents. What is missing is an error.",
    )
)
@directive_option(limited=True)
@features_option()
@option(
    "--examples",
    type=click.Path(path_type=Path, exists=True),
    metavar="FILE|FOLDER",
    words=Text(
        "Văn bản ví dụ; mặc định: thư mục examples ở đây, nếu có.",
        "Example documents; default: the folder examples here, if there is one.",
    ),
)
@form_option()
def command(directive: str, features: Path | None, examples: Path | None, form: str, limits: Limits) -> int:
    """Print the matrix and the gaps. Exit status: 0 none, 1 gaps, 2 a pack or feature that can't be read."""
    if examples is None and os.path.isdir("examples"):
        examples = Path("examples")
    pack = read_version(directive)
    scenarios = scenarios_in(features or features_of(pack))
    checker = Checker(pack.ruleset, Compiled, passes=True)
    made = matrix(
        pack,
        scenarios,
        _appraised(examples, checker, limits),
        appraiser_of(pack.ruleset, Compiled, passes=True, folder=pack.folder),
    )
    if form == "json":
        write(json_text(made.to_json()).encode())
    else:
        write(_text(made, pack).encode())
    return 1 if made.gaps else 0


def _appraised(examples: Path | None, checker: Checker, limits: Limits) -> Iterable[Verdict]:
    sources = [] if examples is None else discover([str(examples)])
    return appraise_all([Job(source, checker) for source in sources], limits)


def _text(made: Matrix, pack: Pack) -> str:
    chosen = language()
    rows = [[column[chosen] for column in _COLUMNS], *(_cells(line) for line in made.lines)]
    widths = [max(_width(row[number]) for row in rows) for number in range(len(_COLUMNS))]
    lines = [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    gaps = [problem_lines(gap, chosen) for gap in made.gaps]
    clauses, rules = len(pack.directive.clauses), len(pack.rules)
    summary = Text(
        f"{clauses} điều khoản, {rules} quy tắc; {len(gaps)} chỗ còn thiếu",
        f"{clauses} clauses, {rules} rules; {len(gaps)} gaps",
    )
    return "\n".join(lines) + "\n\n" + "".join(gaps) + summary[chosen] + "\n"


def _cells(line: CoverageLine) -> list[str]:
    shown = line.shown
    counts = [shown.passing, shown.breaching, shown.boundary]
    examples = [shown.examples_kept, shown.examples_breached]
    numbers = ["–"] * 3 if line.rule is None else list(map(str, counts))
    permitting = str(line.permitting) if line.clause.modality == "permission" else ""
    return [
        line.clause.id,
        line.rule or "–",
        *numbers,
        permitting,
        *(["–"] * 2 if line.rule is None else list(map(str, examples))),
    ]


def _width(cell: str) -> int:
    """The columns a cell takes on a terminal."""
    return sum(not unicodedata.combining(character) for character in cell)
