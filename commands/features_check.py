"""`thamdinh features check`: run scenarios, those of the pack or one's own."""

import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..engine.base.libraries import require
from ..engine.base.limits import Limits
from ..engine.base.problem import REFERENCE, UNREADABLE, Place, Problem, Unreadable
from ..engine.base.suggest import closest
from ..engine.base.text import Text, named
from ..engine.base.unwritable import writing
from ..engine.directive.packs import read
from ..engine.documents.results import may_be_replaced
from ..engine.lint.outputs import check_files
from .bilingual import Choice, argument, colour_wanted, language, option, write
from .bilingual import command as bilingual_command
from .shared_options import directive_option
from .values import EVALUATORS, NewFile

if TYPE_CHECKING:
    from ..engine.assurance.scenarios.checking import CheckedFeature

_FORMATS = ("text", "json", "cucumber", "messages", "junit")


@bilingual_command(
    Text(
        "Chạy các tình huống trong TỆP, THƯ MỤC (*.feature) hoặc “-”; không nêu thì chạy tình huống của bộ quy tắc.",
        "Run the scenarios in FILES, FOLDERS (*.feature) or “-”; without any, those of the rule pack.",
    )
)
@argument("inputs", nargs=-1, metavar="[FILE|FOLDER|-]...")
@option(
    "--format",
    "format",
    type=Choice(named(_FORMATS)),
    default="text",
    show_default=True,
    words=Text(
        "Dạng kết quả; cucumber (JSON) và messages là dạng các công cụ báo cáo Cucumber đọc được.",
        "Output format; cucumber (JSON) and messages are what Cucumber's report tools read.",
    ),
)
@option(
    "--output",
    "-o",
    type=NewFile(),
    metavar="FILE",
    words=Text("Ghi kết quả vào TỆP thay vì in ra.", "Write the report to FILE."),
)
@option(
    "--tag",
    "tags",
    multiple=True,
    metavar="TAG",
    words=Text(
        "Chỉ chạy tình huống có thẻ này, ví dụ TD101; nêu nhiều lần thì phải có đủ.",
        "Run only scenarios with this tag, such as TD101; given repeatedly, with all of them.",
    ),
)
@directive_option(limited=True)
@option(
    "--evaluator",
    type=Choice(EVALUATORS),
    words=Text(
        "Bộ máy chạy quy tắc: durable-rules (mặc định, như khi thẩm định) hoặc biên dịch (như khi rà soát).",
        "What runs the rules: durable (durable-rules; the default, as in lints) or compiled (as in audits).",
    ),
)
@option("--quiet", "-q", is_flag=True, words=Text("Chỉ in dòng tổng hợp.", "Print the summary line only."))
def command(
    inputs: tuple[str, ...],
    format: str,  # noqa: A002
    output: Path | None,
    tags: tuple[str, ...],
    directive: str,
    evaluator: str | None,
    quiet: bool,
    limits: Limits,
) -> int:
    """Run the scenarios, report, and give the exit status: 0 all hold, 1 one does not, 2 something could not be read."""
    from ..engine.assurance.scenarios.checking import SUFFIX, check_features, exit_status
    from ..engine.assurance.scenarios.reports import ScenarioRun, render
    from ..engine.base.whole_file import write_whole
    from ..engine.evaluation.check import first_evaluator
    from ..engine.evaluation.scanning import Compiled

    began = time.time()
    if output is not None:
        _check_output(output, inputs, SUFFIX)
    if evaluator == "durable":
        require("durable", "--evaluator durable")
    pack = read(directive)
    chosen = [tag.removeprefix("@") for tag in tags]
    factory = Compiled if evaluator == "compiled" else first_evaluator
    checked = tuple(check_features(inputs, pack, factory=factory, tags=chosen, limits=limits))
    if chosen and not any(item.unread or item.results for item in checked):
        raise Unreadable(_no_such_scenario(chosen, check_features(inputs, pack, factory=factory, limits=limits)))
    colour = output is None and colour_wanted()
    report = render(format, ScenarioRun(pack.directive.id, checked, began, language(), colour, quiet))
    if output is None:
        write(report)
        return exit_status(checked)
    with writing(output):
        write_whole(output, report, may_be_replaced)
    return exit_status(checked)


def _check_output(output: Path, inputs: tuple[str, ...], feature: str) -> None:
    """Refuse an output that would overwrite anything but a result, or be taken for a feature. Raises Unreadable."""
    if output.suffix == feature:
        raise Unreadable(
            Problem(
                UNREADABLE,
                Text("Tệp kết quả trùng với tệp tình huống", "The output is a file of scenarios"),
                Text("Đặt tên khác cho tệp kết quả", "Give the output another name"),
                Place(str(output)),
            )
        )
    check_files([output], inputs)


def _no_such_scenario(tags: list[str], checked: Iterable["CheckedFeature"]) -> Problem:
    known = {tag for item in checked for result in item.results for tag in result.scenario.tags}
    near = [found for tag in tags if tag not in known and (found := closest(tag, known))]
    shown, wanted = ", ".join(f"@{tag}" for tag in near), ", ".join(f"@{tag}" for tag in tags)
    return Problem(
        REFERENCE,
        Text(f"Không có tình huống nào mang thẻ {wanted}", f"No scenario is tagged {wanted}"),
        Text(
            f"Có phải ý là {shown}?" if near else "Bỏ --tag, hoặc dùng thẻ có trong tệp",
            f"Did you mean {shown}?" if near else "Leave out --tag, or use a tag that is there",
        ),
        Place("--tag"),
    )
