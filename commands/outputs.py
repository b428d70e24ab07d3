"""`--output-file FORMAT=FILE …`: an option that may be followed by several outputs."""

import os
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import click

from ..engine.base.text import named
from ..engine.reporters import FORMATS, format_named, formats
from .bilingual import Choice, Command

OUTPUT_FILE: Final = "--output-file"
_OUTPUT: Final = re.compile(r"[^\W\d_][\w-]*=.")


class Outputs(Command):
    """A command in which every `FORMAT=FILE` that follows one of `--output-file` is one more of it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, list(spread(args)))


def spread(arguments: Sequence[str]) -> Iterator[str]:
    """The arguments with `--output-file` repeated before each output. An input that exists stays one: `html=a.yaml`."""
    value_expected = after_output = False
    for position, argument in enumerate(arguments):
        if argument == "--":
            yield from arguments[position:]
            return
        if value_expected:
            value_expected = False
        elif argument == OUTPUT_FILE:
            value_expected = after_output = True
        elif argument.startswith(f"{OUTPUT_FILE}="):
            after_output = True
        elif after_output and _OUTPUT.match(argument) and not os.path.exists(argument):
            yield OUTPUT_FILE
        else:
            after_output = False
        yield argument


class FormatName(Choice):
    """A format of reports. Plug-ins are looked for only where it is none of the program's own, and for the help."""

    def __init__(self) -> None:
        super().__init__(named(FORMATS))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return format_named(str(value)) or Choice(named(formats())).convert(value, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        return Choice(named(formats())).get_metavar(param, ctx)
