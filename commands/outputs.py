"""`--output-file FORMAT=FILE …`: an option that may be followed by several outputs."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from .bilingual import Command

OUTPUT_FILE: Final = "--output-file"
_OUTPUT: Final = re.compile(r"[a-z]+=.")


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
        elif after_output and _OUTPUT.match(argument) and not Path(argument).exists():
            yield OUTPUT_FILE
        else:
            after_output = False
        yield argument
