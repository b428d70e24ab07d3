"""`thamdinh lint`: check plans before they are submitted."""

import sys
from pathlib import Path
from typing import Any

import click

from ..engine.lint import lint, run_settings
from ..engine.problem import Unreadable
from ..engine.reporters import FORMATS, Options, render
from ..engine.settings import FAIL_ON
from ..engine.text import Text
from ..engine.waiving import Waiving
from .bilingual import colour_wanted, language, option, speak, write
from .bilingual import command as bilingual_command
from .refusal import refuse


def codes(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...] | None:  # noqa: ARG001
    """Codes may be repeated or joined by commas; None when the option was not given."""
    return tuple(code.strip() for item in value for code in item.split(",") if code.strip()) or None


@bilingual_command(
    Text(
        "Thẩm định các kế hoạch: TỆP, THƯ MỤC (tìm cả trong thư mục con), hoặc “-” để đọc từ đầu vào chuẩn.",
        "Check plans: FILES, FOLDERS (searched with their subfolders), or “-” for standard input.",
    )
)
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|FOLDER|-")
@option(
    "--format",
    "format",
    type=click.Choice(list(FORMATS)),
    words=Text("Dạng kết quả; mặc định: text.", "Output format; default: text."),
)
@option(
    "--fail-on",
    type=click.Choice(list(FAIL_ON)),
    words=Text(
        "Mức thấp nhất làm lệnh kết thúc với mã 1: error (mặc định), warning, advice, never.",
        "Lowest severity that ends with status 1: error (default), warning, advice, never.",
    ),
)
@option(
    "--select",
    multiple=True,
    callback=codes,
    metavar="CODE",
    words=Text(
        "Chỉ dùng các quy tắc có mã (hoặc phần đầu của mã) này.",
        "Use only the rules with these codes or beginnings of codes.",
    ),
)
@option(
    "--ignore",
    multiple=True,
    callback=codes,
    metavar="CODE",
    words=Text(
        "Bỏ qua các quy tắc có mã (hoặc phần đầu của mã) này.",
        "Leave out the rules with these codes or beginnings of codes.",
    ),
)
@option(
    "--directive",
    metavar="ID|FOLDER|auto",
    words=Text(
        "Bộ quy tắc: mã của chỉ đạo hoặc thư mục; mặc định ben-tre-2017; auto: chọn theo tổ chức, nhiệm kỳ, ngày họp.",
        "Rule pack: a directive's id or a folder; default ben-tre-2017; auto: chosen by organisation, term and date.",
    ),
)
@option(
    "--show-passed",
    is_flag=True,
    words=Text("Liệt kê cả những gì đã kiểm tra và đạt.", "Also list what was checked and held."),
)
@option(
    "--waivers",
    type=click.Path(path_type=Path),
    metavar="FILE",
    words=Text(
        "Tệp miễn trừ; mặc định: waivers.yaml gần nhất, tìm ngược lên từ mỗi kế hoạch.",
        "File of waivers; default: the nearest waivers.yaml, upwards from each plan.",
    ),
)
@option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    words=Text(
        "Mốc của lần kiểm tra đầu: lỗi đã có trong mốc vẫn hiện, nhưng không tính.",
        "Baseline of a first audit: findings in it are shown and not counted.",
    ),
)
@option(
    "--write-baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    words=Text(
        "Ghi các lỗi hiện có thành mốc (nên đặt tên .baseline.json).",
        "Write the present findings as a baseline (best named .baseline.json).",
    ),
)
@option(
    "--quiet", "-q", is_flag=True, default=None, words=Text("Chỉ in dòng tổng hợp.", "Print the summary line only.")
)
def command(
    inputs: tuple[str, ...],
    show_passed: bool,
    waivers: Path | None,
    baseline: Path | None,
    write_baseline: Path | None,
    **given: Any,
) -> int:
    """Check the inputs, print the report, and give the exit status (plan-format)."""
    waiving = Waiving(waivers, baseline, write_baseline)
    try:
        settings = run_settings(inputs, given)
        speak(sys.argv[1:], settings.lang)
        run = lint(inputs, given, show_passed=show_passed, waiving=waiving)
    except Unreadable as unreadable:
        return refuse(unreadable)
    options = Options(language(), colour_wanted(), bool(settings.quiet))
    if settings.format is not None and settings.format not in FORMATS:
        raise click.BadParameter(settings.format, param_hint="format")
    write(render(settings.format or "text", run.report, options))
    return run.status
