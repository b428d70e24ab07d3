"""`thamdinh lint`: check plans before they are submitted."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from ..engine.base.problem import SCHEMA, Place, Problem, Unreadable
from ..engine.base.text import Text
from ..engine.evaluation.verdict import Verdict
from ..engine.lint.outputs import Output, check_outputs, parse_output, report_for, write_outputs
from ..engine.lint.run import lint
from ..engine.lint.settings import Settings
from ..engine.reporters import Format, Options, format_of, render
from ..engine.waivers.waivers import Waivers, waivers_in_force
from ..engine.waivers.waiving import Waiving
from .annotating import Annotating
from .bilingual import argument, colour_wanted, language, option, say, speak, write
from .bilingual import command as bilingual_command
from .outputs import OUTPUT_FILE, FormatName, Outputs
from .refusal import refuse
from .shared_options import fail_on_option, jobs_option, redact_option, rule_options, settings_given, waivers_option
from .values import NewFile

_NO_COPY: Final = Text(
    "--overwrite chỉ dùng cùng --annotate; thêm --annotate TỆP, hoặc bỏ --overwrite.",
    "--overwrite is for --annotate only; add --annotate FILE, or drop --overwrite.",
)
_NO_SHEET: Final = Text(
    "--appraisal-template chỉ dùng khi có phiếu thẩm định; thêm --output-file docx=phieu.docx (hoặc pdf=phieu.pdf).",
    "--appraisal-template is for appraisal sheets only; add --output-file docx=sheet.docx (or pdf=sheet.pdf).",
)
_NAMES_IN_COPY: Final = Text(
    "Bản chú thích (--annotate) giữ nguyên tên người trong văn bản; bỏ --annotate hoặc --redact.",
    "The annotated copy (--annotate) keeps the document's names; drop --annotate or --redact.",
)
_TWO_BASELINES: Final = Text(
    "Mốc mới (--write-baseline) ghi lại mọi lỗi hiện có, không so với mốc cũ; bỏ --baseline hoặc --write-baseline.",
    "A new baseline (--write-baseline) takes all present findings, whatever an old one holds; drop --baseline or --write-baseline.",
)


def _given(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...] | None:  # noqa: ARG001
    return value or None


@bilingual_command(
    Text(
        "Thẩm định các văn bản: TỆP, THƯ MỤC (tìm cả trong thư mục con), hoặc “-” để đọc từ đầu vào chuẩn.",
        "Check documents: FILES, FOLDERS (searched with their subfolders), or “-” for standard input.",
    ),
    cls=Outputs,
)
@argument("inputs", nargs=-1, required=True, metavar="FILE|FOLDER|-")
@option(
    "--format",
    "format",
    type=FormatName(),
    words=Text("Dạng kết quả; mặc định: văn bản.", "Output format; default: text."),
)
@option(
    OUTPUT_FILE,
    multiple=True,
    callback=_given,
    metavar="FORMAT=FILE…",
    words=Text(
        "Ghi thêm kết quả vào tệp, mỗi tệp một định dạng, ví dụ sarif=ket-qua.sarif csv=ket-qua.csv.",
        "Also write the result to files, one format each, such as sarif=result.sarif csv=result.csv.",
    ),
)
@option(
    "--appraisal-template",
    metavar="FILE.docx",
    words=Text(
        "Mẫu phiếu thẩm định của cơ quan, cho --format docx và pdf.",
        "The office's own template of the appraisal sheet, for --format docx and pdf.",
    ),
)
@fail_on_option()
@rule_options()
@redact_option()
@option(
    "--show-passed",
    is_flag=True,
    words=Text("Liệt kê cả những gì đã kiểm tra và đạt.", "Also list what was checked and held."),
)
@waivers_option()
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
    type=NewFile(),
    metavar="FILE",
    words=Text(
        "Ghi các lỗi hiện có thành mốc (nên đặt tên .baseline.json).",
        "Write the present findings as a baseline (best named .baseline.json).",
    ),
)
@option(
    "--quiet", "-q", is_flag=True, default=None, words=Text("Chỉ in dòng tổng hợp.", "Print the summary line only.")
)
@jobs_option()
@option(
    "--only-plans",
    is_flag=True,
    words=Text(
        "Bỏ qua, và nêu tên, những tệp không phải văn bản cần thẩm định (dùng cho pre-commit).",
        "Pass over files that are no documents to check, and name them (for pre-commit).",
    ),
)
@option(
    "--annotate",
    metavar="FILE",
    type=NewFile(),
    words=Text(
        "Ghi thêm một bản sao của tệp Excel (Word) có chú thích ở từng chỗ sai.",
        "Also write a copy of the workbook (document) with a note at everything that is wrong.",
    ),
)
@option(
    "--overwrite",
    is_flag=True,
    words=Text("Cho phép --annotate ghi đè lên tệp đã có.", "Let --annotate replace a file that exists."),
)
def command(
    inputs: tuple[str, ...],
    redact: str | None,
    show_passed: bool,
    write_baseline: Path | None,
    annotate: Path | None,
    overwrite: bool,
    only_plans: bool,
    jobs: int | None,
    **given: Any,
) -> int:
    """Check the inputs, print the report, write the outputs, and give the exit status (plan-format)."""
    for wrong, words in (
        (overwrite and annotate is None, _NO_COPY),
        (redact and annotate is not None, _NAMES_IN_COPY),
        (given["baseline"] is not None and write_baseline is not None, _TWO_BASELINES),
    ):
        if wrong:
            raise click.UsageError(words[language()])
    settings = settings_given(given)
    speak(sys.argv[1:], settings.lang)
    waivers = waivers_in_force(settings.waivers, named=given["waivers"] is not None)
    waiving = _waiving(waivers, settings, write_baseline)
    outputs = [parse_output(words, Place(OUTPUT_FILE)) for words in settings.output_file or ()]
    check_outputs(outputs, inputs)
    annotating = None if annotate is None else Annotating.of(inputs, annotate, overwrite)
    chosen = settings.format or "text"
    wanted = _wanted(chosen, outputs, sheet=given["appraisal_template"] is not None)
    run = lint(
        inputs,
        settings,
        show_passed=show_passed or any(form.passes for form in wanted),
        outlined=any(form.outline for form in wanted),
        redact_names=redact == "names",
        only_plans=only_plans,
        processes=jobs,
        waiving=waiving,
    )
    template = _path(settings.appraisal_template)
    options = Options(language(), False, bool(settings.quiet), settings.fail_on or "error", template)
    report = report_for(run.report, chosen, show_passed=show_passed)
    write(render(chosen, report, replace(options, colour=colour_wanted())))
    if options.quiet and chosen == "text":
        refuse(Unreadable(*waivers.problems))
    problems = write_outputs(outputs, run.report, options, show_passed=show_passed)
    if annotating is not None:
        problems += _not_annotated(annotating, run.report.verdicts[0], settings)
    return refuse(Unreadable(*problems)) if problems else run.status


def _waiving(waivers: Waivers, settings: Settings, new_baseline: Path | None) -> Waiving:
    """What marks findings in this run. Raises Unreadable where the key that baselines need can't be trusted."""
    waiving = Waiving(waivers, None if new_baseline else _path(settings.baseline), new_baseline)
    if waiving.identified:
        from ..engine.audit.store.privacy import audit_key  # only baselines need it

        waiving.key = audit_key()
    return waiving


def _wanted(chosen: str, outputs: Sequence[Output], *, sheet: bool) -> list[Format]:
    """The formats that are printed and written. Raises Unreadable, and UsageError for a `sheet` that no format takes."""
    wanted = [format_of(name) for name in (chosen, *(output.format for output in outputs))]
    if sheet and not any(form.one_plan for form in wanted):
        raise click.UsageError(_NO_SHEET[language()])
    if wanted[0].binary and sys.stdout.isatty():
        raise Unreadable(_not_for_terminals(chosen))
    return wanted


def _not_annotated(annotating: Annotating, verdict: Verdict, settings: Settings) -> Sequence[Problem]:
    """Write the annotated copy; gives what kept it from being written."""
    try:
        say(annotating.write(verdict, language(), settings.limits), err=True)
    except Unreadable as unreadable:
        return unreadable.problems
    return ()


def _path(name: str | None) -> Path | None:
    return None if name is None else Path(name)


def _not_for_terminals(name: str) -> Problem:
    return Problem(
        SCHEMA,
        Text(f"Định dạng {name} không in ra màn hình được", f"Format {name} is not for a terminal"),
        Text(
            f"Ghi vào tệp: --output-file {name}=ket-qua.{name}, hoặc > ket-qua.{name}",
            f"Write it to a file: --output-file {name}=result.{name}, or > result.{name}",
        ),
        Place("--format"),
    )
