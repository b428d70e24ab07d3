"""Options that several commands have: which settings and rules they go by, and whom they name."""

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, Final, cast

import click

from ..engine.base.limits import Limits
from ..engine.base.severity import FAIL_ON
from ..engine.base.text import Text, named
from ..engine.directive.packs import AUTO, DEFAULT
from ..engine.lint.settings import LIMITS, NAME, Settings, merged, settings_in_force
from .bilingual import AnyFunction, Choice, option
from .values import Number, Whole

_LIMITS: Final = tuple(name.replace("-", "_") for name in LIMITS)


def directive_option(*, limited: bool = False) -> Callable[[AnyFunction], AnyFunction]:
    """--directive and --config of a command that needs no other setting: it is given the rule pack in force.

    Where the pack was given, settings are not read: a broken file of them ends only what it governs. `limited`: with
    limit_options, and the command is given the `limits`.
    """

    def decorate(function: AnyFunction) -> AnyFunction:
        @wraps(function)
        def command(*arguments: Any, config: Path | None, directive: str | None, **given: Any) -> Any:
            calls_another = click.get_current_context().invoked_subcommand is not None
            if limited or (directive is None and not calls_another):
                asked = {name: given.pop(name) for name in _LIMITS if limited}
                settings = merged({"directive": directive, **asked}, settings_in_force(config))
                directive = DEFAULT if settings.directive in (None, AUTO) else settings.directive
                given |= {"limits": settings.limits} if limited else {}
            return function(*arguments, directive=directive or DEFAULT, **given)

        options = settings_options()(cast(AnyFunction, command))
        return limit_options()(options) if limited else options

    return decorate


def settings_options(*, chosen: bool = False) -> Callable[[AnyFunction], AnyFunction]:
    """--directive and --config, for `settings_given`. `chosen`: where no pack is named, plans choose theirs."""
    config, directive = config_option(), _directive_option(chosen=chosen)
    return lambda function: config(directive(function))


def settings_given(given: Mapping[str, Any]) -> Settings:
    """The settings in force: what was given as options goes before the settings file. Raises Unreadable."""
    return merged(given, settings_in_force(given["config"]))


def config_option() -> Callable[[AnyFunction], AnyFunction]:
    """--config."""
    return option(
        "--config",
        type=click.Path(path_type=Path),
        metavar="FILE",
        words=Text(
            f"Tệp cấu hình; mặc định: {NAME} gần nhất, tìm ngược lên từ thư mục hiện tại.",
            f"Settings file; default: the nearest {NAME}, upwards from the current directory.",
        ),
    )


def _directive_option(*, chosen: bool) -> Callable[[AnyFunction], AnyFunction]:
    vi, en = "Bộ quy tắc: mã của chỉ đạo hoặc thư mục; mặc định", "Rule pack: a directive's id or a folder; default"
    if chosen:
        vi += " auto: bộ đã ban hành dành cho từng văn bản, theo nhiệm kỳ, ngày họp, loại hình, huyện"
        en += " auto: the issued one that is for each document, by term, date, kind and district"
    else:
        vi, en = f"{vi} {DEFAULT}", f"{en} {DEFAULT}"
    return option(
        "--directive",
        metavar="ID|FOLDER|auto" if chosen else "ID|FOLDER",
        words=Text(f"{vi}.", f"{en}."),
    )


def rule_options() -> Callable[[AnyFunction], AnyFunction]:
    """--select, --ignore, limit_options and settings_options. Codes are given as a tuple, or None where there are none."""
    select = option(
        "--select",
        multiple=True,
        callback=_codes,
        metavar="CODE",
        words=Text(
            "Chỉ dùng các quy tắc có mã (hoặc phần đầu của mã) này.",
            "Use only the rules with these codes or beginnings of codes.",
        ),
    )
    ignore = option(
        "--ignore",
        multiple=True,
        callback=_codes,
        metavar="CODE",
        words=Text(
            "Bỏ qua các quy tắc có mã (hoặc phần đầu của mã) này.",
            "Leave out the rules with these codes or beginnings of codes.",
        ),
    )
    settings, limits = settings_options(chosen=True), limit_options()
    return lambda function: select(ignore(settings(limits(function))))


def jobs_option() -> Callable[[AnyFunction], AnyFunction]:
    """--jobs of an audit or a lint: None where it is not given."""
    return option(
        "--jobs",
        "-j",
        type=Whole(1, 1024),
        words=Text("Số tiến trình; mặc định: số bộ xử lý.", "Worker processes; default: as many as processors."),
    )


def fail_on_option() -> Callable[[AnyFunction], AnyFunction]:
    """--fail-on, of the commands whose status says what was found."""
    words = Text(
        "Mức thấp nhất làm lệnh kết thúc với mã 1; mặc định: lỗi.",
        "Lowest severity that ends with status 1; default: error.",
    )
    return option("--fail-on", type=Choice(FAIL_ON), words=words)


def pages_options(folder: Path) -> Callable[[AnyFunction], AnyFunction]:
    """--output (given as `folder`) and --check of a command that writes reference pages."""
    output = option(
        "--output",
        "-o",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        default=folder,
        show_default=True,
        metavar="FOLDER",
        words=Text("Thư mục của các trang.", "Folder of the pages."),
    )
    check = option(
        "--check",
        is_flag=True,
        words=Text(
            "Không viết gì; kết thúc với mã 1 khi có trang đã cũ.",
            "Write nothing; exit status 1 when a page is out of date.",
        ),
    )
    return lambda function: output(check(function))


def limit_options() -> Callable[[AnyFunction], AnyFunction]:
    """--limit-seconds, --limit-memory-mb, --limit-problems: what judging one file may take, for `settings_given`."""
    usual = Limits()
    words = {
        "limit-seconds": Text(
            f"Số giây tính toán tối đa cho một tệp; mặc định: {usual.seconds:g}.",
            f"The most seconds of computing for one file; default: {usual.seconds:g}.",
        ),
        "limit-memory-mb": Text(
            f"Số MB bộ nhớ tối đa cho một tệp; mặc định: {usual.memory}.",
            f"The most MB of memory for one file; default: {usual.memory}.",
        ),
        "limit-problems": Text(
            f"Số lỗi dữ liệu tối đa được nêu của một tệp; mặc định: {usual.problems}.",
            f"The most problems of one file that are told; default: {usual.problems}.",
        ),
    }

    def decorate(function: AnyFunction) -> AnyFunction:
        for name in reversed(words):
            kind = Number(*LIMITS[name]) if name == "limit-seconds" else Whole(*LIMITS[name])
            function = option(f"--{name}", type=kind, metavar="N", words=words[name])(function)
        return function

    return decorate


def redact_option() -> Callable[[AnyFunction], AnyFunction]:
    """--redact names."""
    return option(
        "--redact",
        type=Choice({"names": Text("họ tên", "names")}),
        words=Text("họ-tên: gọi mọi người bằng mã của họ.", "names: call people by their ids."),
    )


def waivers_option() -> Callable[[AnyFunction], AnyFunction]:
    """--waivers FILE."""
    return option(
        "--waivers",
        type=click.Path(path_type=Path),
        metavar="FILE",
        words=Text(
            "Tệp miễn trừ (YAML hoặc Excel); mặc định: waivers.yaml trong thư mục hiện tại.",
            "File of waivers (YAML or a workbook); default: waivers.yaml in the current directory.",
        ),
    )


def features_option() -> Callable[[AnyFunction], AnyFunction]:
    """--features FILE|FOLDER."""
    return option(
        "--features",
        type=click.Path(path_type=Path, exists=True),
        metavar="FILE|FOLDER",
        words=Text("Tình huống; mặc định: của bộ quy tắc.", "Scenarios; default: the pack's own."),
    )


def form_option() -> Callable[[AnyFunction], AnyFunction]:
    """--format text|json, given as `form`."""
    return option(
        "--format",
        "form",
        type=Choice(named(("text", "json"))),
        default="text",
        words=Text("Dạng kết quả.", "Output format."),
    )


def _codes(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...] | None:  # noqa: ARG001
    """Codes may be repeated or joined by commas; None when the option was not given."""
    return tuple(code.strip() for item in value for code in item.split(",") if code.strip()) or None
