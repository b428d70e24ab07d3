"""Kinds of values that arguments and options take; what is wrong with one is said in the language of the run."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click

from ..engine.base.problem import REFERENCE, Place, Problem, Unreadable
from ..engine.base.suggest import chosen, did_you_mean, shown
from ..engine.base.text import Text
from ..engine.model.description import Description
from ..engine.model.document_types import description
from .bilingual import Choice, language

_NO_FILE: Final = Text("“-” không phải tên tệp để ghi; hãy đặt tên tệp.", "“-” names no file to write; name one.")
_NO_ADDRESS: Final = Text(
    "chỉ ghi được vào tệp trên máy này, không ghi ra địa chỉ; ghi vào tệp rồi chép đi.",
    "only files of this machine are written, not addresses; write a file and copy it there.",
)
_WHOLE: Final = Text("số nguyên", "whole number")
_NUMBER: Final = Text("số", "number")
_NO_DAY: Final = Text(
    "“{value}” không phải là ngày; viết như 2018-01-31 hoặc 31/01/2018.",
    "“{value}” is no day; write it as in 2018-01-31 or 31/01/2018.",
)


_NO_NUMBER: Final = Text("“{value}” không phải là số.", "“{value}” is no number.")


EVALUATORS: Final = {"compiled": Text("biên dịch", "compiled"), "durable": Text("durable-rules", "durable")}
"""What finds breaches, by name."""


class NewFile(click.Path):
    """The path of what a command makes; “-” is none, as no command makes files on standard output, nor an address."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if str(value) == "-":
            self.fail(_NO_FILE[language()], param, ctx)
        if "://" in str(value):
            self.fail(_NO_ADDRESS[language()], param, ctx)
        return super().convert(value, param, ctx)


class KindWord(Choice):
    """A kind of organisation by its word. The kinds of the plan are shown; those of other packs and types are taken too, and it
    is for the command to say which there are (kind_named).
    """

    def __init__(self) -> None:
        known = description().kinds
        super().__init__({kind.name: kind.words for kind in (known.members if known else ())})

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        return str(value)


def kind_named(written: str, known: Description) -> str:
    """The kind of organisation of a type of document by its name or its words in either language. Raises Unreadable."""
    words = {kind.name: kind.words for kind in (known.kinds.members if known.kinds else ())}
    found = chosen(written, words)
    if found is None:
        known_words = [word for name, said in words.items() for word in (name, said.vi, said.en)]
        message = Text(f"Không có loại hình “{shown(written)}”", f"There is no kind “{shown(written)}”")
        raise Unreadable(Problem(REFERENCE, message, did_you_mean(written, known_words), Place("--kind")))
    return found


class Whole(click.IntRange):
    """A whole number in a range."""

    @property
    def name(self) -> str:  # type: ignore[override]
        """What click calls such a value, in usage and errors."""
        return _WHOLE[language()]


class Number(click.FloatRange):
    """A number in a range; what is no number (“nan”) is in none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if number != number:
            self.fail(_NO_NUMBER[language()].format(value=value), param, ctx)
        return number

    @property
    def name(self) -> str:  # type: ignore[override]
        """What click calls such a value, in usage and errors."""
        return _NUMBER[language()]


class Day(click.DateTime):
    """A day, as a datetime at its midnight; it is written as in forms: 31/12/2018, 31.12.2018, ngày 31 tháng 12 năm 2018."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d", "%d/%m/%Y"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            from ..engine.forms.times import NoSuchTime, parse_time

            with suppress(NoSuchTime):
                said = parse_time(str(value))
                if said is not None and said.day is not None and said.clock is None:
                    return datetime(said.day.year, said.day.month, said.day.day)
            self.fail(_NO_DAY[language()].format(value=value), param, ctx)
