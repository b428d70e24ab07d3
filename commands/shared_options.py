"""Options that several commands have: which rules they go by, and whom they name."""

from collections.abc import Callable

import click

from ..engine.packs import DEFAULT
from ..engine.text import Text
from .bilingual import AnyFunction, option


def directive_option(default: str | None = DEFAULT, *, auto: bool = False) -> Callable[[AnyFunction], AnyFunction]:
    """The option that names the rule pack. `auto`: the command can choose it for each plan."""
    vi = f"Bộ quy tắc: mã của chỉ đạo hoặc thư mục; mặc định {DEFAULT}"
    en = f"Rule pack: a directive's id or a folder; default {DEFAULT}"
    if auto:
        vi += "; auto: chọn theo tổ chức, nhiệm kỳ, ngày họp"
        en += "; auto: chosen by organisation, term and date"
    return option(
        "--directive",
        default=default,
        metavar="ID|FOLDER|auto" if auto else "ID|FOLDER",
        words=Text(f"{vi}.", f"{en}."),
    )


def rule_options(default: str | None = None, *, auto: bool = False) -> Callable[[AnyFunction], AnyFunction]:
    """--select, --ignore and --directive. Codes are given as a tuple, or None where there are none."""
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
    directive = directive_option(default, auto=auto)
    return lambda function: select(ignore(directive(function)))


def redact_option() -> Callable[[AnyFunction], AnyFunction]:
    """--redact names."""
    return option(
        "--redact",
        type=click.Choice(["names"]),
        words=Text("names: gọi mọi người bằng mã của họ.", "names: call people by their ids."),
    )


def _codes(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...] | None:  # noqa: ARG001
    """Codes may be repeated or joined by commas; None when the option was not given."""
    return tuple(code.strip() for item in value for code in item.split(",") if code.strip()) or None
