"""Click in two languages: help texts are `Text`, and click's own words come from the catalogue in `locale`."""

import gettext
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from ..engine.base.inert import printable
from ..engine.base.suggest import chosen, closest, letters
from ..engine.base.text import LANGUAGES, Language, Text

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

VARIABLE: Final = "THAMDINH_LANG"
_LOCALE: Final = Path(__file__).parent.parent / "locale"
_DOMAIN: Final = "thamdinh"
_HELP: Final = Text("Hiện hướng dẫn này rồi thoát.", "Show this message and exit.")
_VERSION: Final = Text("Hiện số phiên bản rồi thoát.", "Show the version and exit.")
_LANG: Final = Text(
    "Ngôn ngữ hiển thị: tiếng Việt (vi, mặc định) hoặc tiếng Anh (en).",
    "Language: Vietnamese (vi, the default) or English (en).",
)
_METAVARS: Final = {
    "OPTIONS": "TÙY CHỌN",
    "COMMAND": "LỆNH",
    "ARGS": "ĐỐI SỐ",
    "FILE": "TỆP",
    "FOLDER": "THƯ MỤC",
    "CODE": "MÃ",
    "ID": "MÃ",
    "PACK": "BỘ QUY TẮC",
    "DIRECTIVE": "BỘ QUY TẮC",
    "CLAUSE": "ĐIỀU KHOẢN",
    "TYPE": "LOẠI",
    "PLAN": "KẾ HOẠCH",
    "HOST": "MÁY",
    "PORT": "CỔNG",
    "RUN": "LẦN",
    "DATE": "NGÀY",
    "TEXT": "CHỮ",
    "TAG": "THẺ",
    "NAME": "TÊN",
    "ADDRESS": "ĐỊA CHỈ",
    "SECONDS": "SỐ GIÂY",
    "SUBJECT": "ĐỐI TƯỢNG",
    "FORMAT": "DẠNG",
    "INPUT": "ĐẦU VÀO",
    "INPUTS": "ĐẦU VÀO",
    "OUTPUT": "ĐẦU RA",
}
"""What stands for a value in the usage of a command, in Vietnamese."""
_NO_COMMAND: Final = Text("Không có lệnh “{name}”.", "There is no command “{name}”.")
_TWICE: Final = Text(
    "Tùy chọn {name} chỉ nhận một giá trị mà được ghi {count} lần: giữ lại một, bỏ phần còn lại.",
    "Option {name} takes one value and is given {count} times: keep one, and drop the rest.",
)
_NEAREST: Final = Text(" Có phải ý là “{near}”?", " Did you mean “{near}”?")

_spoken: list[Language] = ["vi"]
Name = TypeVar("Name", bound=str)
AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])


def language() -> Language:
    """The language of this run."""
    return _spoken[0]


def speak(arguments: Sequence[str], otherwise: Language | None = None) -> Language:
    """Choose the language of this run: `--lang` wherever it stands, else the environment, else `otherwise`, else vi."""
    wanted: str | None = None
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and position + 1 < len(arguments):
            wanted = arguments[position + 1]
        elif argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
    _spoken[0] = "en" if chosen(wanted or os.environ.get(VARIABLE) or otherwise or "", LANGUAGES) == "en" else "vi"
    os.environ["LANGUAGE"] = _spoken[0]
    gettext.bindtextdomain(_DOMAIN, str(_LOCALE))
    gettext.textdomain(_DOMAIN)
    return _spoken[0]


class _Completed(click.Parameter):
    """A parameter whose values shells complete, by what stands for them in the usage."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        from .completion import completed

        found = completed(self.metavar, ctx, incomplete, language())
        return super().shell_complete(ctx, incomplete) if found is None else found


class Option(_Completed, click.Option):
    """An option whose help is a Text."""

    def __init__(self, *arguments: Any, words: Text, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.words = words

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = self.words[language()]
        return super().get_help_record(ctx)

    def make_metavar(self, ctx: click.Context) -> str:
        made = super().make_metavar(ctx)
        return _in_vietnamese(made) if self.metavar and language() == "vi" else made

    def get_help_extra(self, ctx: click.Context) -> Any:
        extra = super().get_help_extra(ctx)
        shown = getattr(self.type, "shown", None)
        if shown is not None and "default" in extra:
            extra["default"] = shown(extra["default"])
        return extra


def _in_vietnamese(usage: str) -> str:
    return re.sub(r"\b[A-Z]+\b", lambda word: _METAVARS.get(word[0], word[0]), usage)


class Choice(click.Choice[str]):
    """One of a few words, each in Vietnamese too: usage and shells say them in the language of the run, both are taken.

    Tone marks, case, blanks and hyphens do not count: `--kind "thị trấn"`, `--kind thi-tran`.
    """

    def __init__(self, words: Mapping[Name, Text]) -> None:
        super().__init__(words)
        self._words: dict[str, Text] = {
            name: Text("-".join(re.findall(r"\w+", said.vi)), name) for name, said in words.items()
        }

    def _normalized_mapping(self, ctx: click.Context | None = None) -> Mapping[str, str]:  # noqa: ARG002
        return {name: said[language()] for name, said in self._words.items()}

    def shown(self, name: str) -> str:
        """One of the words in the language of the run."""
        return self._words[name][language()]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return chosen(str(value), self._words) or super().convert(value, param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":  # noqa: ARG002
        from click.shell_completion import CompletionItem

        start = letters(incomplete)
        ours: Language = language()
        other: Language = "en" if ours == "vi" else "vi"
        offered = {said[ours]: said[other] for said in self._words.values()}
        offered |= {said[other]: said[ours] for said in self._words.values() if start and said[other] not in offered}
        return [
            CompletionItem(word, help=beside) for word, beside in offered.items() if letters(word).startswith(start)
        ]


class Argument(_Completed, click.Argument):
    """An argument that errors name in the language of the run."""

    def make_metavar(self, ctx: click.Context) -> str:
        made = super().make_metavar(ctx)
        return _in_vietnamese(made) if language() == "vi" else made


class _Bilingual(click.Command):
    def __init__(self, *arguments: Any, words: Text, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.words = words
        self.params.append(_language_option())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not ctx.resilient_parsing:
            self._refuse_twice(ctx, args)
        return super().parse_args(ctx, args)

    def _refuse_twice(self, ctx: click.Context, args: list[str]) -> None:
        """Of an option that takes one value click keeps the last in silence. Raises UsageError."""
        _, _, given = self.make_parser(ctx).parse_args([*args])
        for parameter, count in Counter(given).items():
            if isinstance(parameter, Option) and count > 1 and not (parameter.is_flag or parameter.multiple):
                ctx.fail(_TWICE[language()].format(name=parameter.get_error_hint(ctx), count=count))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP[language()]
        return option

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.help = self.words[language()]
        super().format_help_text(ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        for option in self.get_params(ctx):
            if isinstance(option, Option):
                option.help = option.words[language()]
        return click.Command.shell_complete(self, ctx, incomplete)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        pieces = super().collect_usage_pieces(ctx)
        return [_in_vietnamese(piece) for piece in pieces] if language() == "vi" else pieces

    def get_short_help_str(self, limit: int = 45) -> str:
        self.short_help = self.words[language()]
        return super().get_short_help_str(limit)


class Command(_Bilingual):
    """A command whose help is a Text; it takes --lang."""


class LazyGroup(_Bilingual, click.Group):
    """A group whose help is a Text; it takes --lang, and its commands are imported only to run them.

    `commands` gives for every command its module in this package, whose `command` it is, and its line in the help.
    """

    def __init__(self, *arguments: Any, commands: Mapping[str, tuple[str, Text]], **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._lazy = commands

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in self._lazy:
            return None
        found: click.Command = import_module(f".{self._lazy[cmd_name][0]}", __package__).command
        return found

    def summaries(self) -> list[tuple[str, str]]:
        return [(name, summary[language()]) for name, (_, summary) in self._lazy.items()]

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        names = [(name, line) for name, line in self.summaries() if name.startswith(incomplete)]
        return [CompletionItem(name, help=line) for name, line in names] + super().shell_complete(ctx, incomplete)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-") and not ctx.resilient_parsing:
            near = closest(name, self.list_commands(ctx))
            words = _NO_COMMAND[language()].format(name=name)
            ctx.fail(words + (_NEAREST[language()].format(near=near) if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        if summaries := self.summaries():
            with formatter.section(gettext.gettext("Commands")):
                formatter.write_dl(summaries)


def command(words: Text, cls: type[Command] = Command, **keywords: Any) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a bilingual command."""
    return click.command(cls=cls, words=words, **keywords)


def group(
    words: Text, commands: Mapping[str, tuple[str, Text]], **keywords: Any
) -> Callable[[Callable[..., Any]], LazyGroup]:
    """Make a function a bilingual group of commands that are imported only to run them."""
    return click.group(cls=LazyGroup, words=words, commands=commands, **keywords)


def argument(name: str, **keywords: Any) -> Callable[[AnyFunction], AnyFunction]:
    """Give a command an argument."""
    return click.argument(name, cls=Argument, **keywords)


def option(
    *names: str, words: Text, cls: type[Option] = Option, **keywords: Any
) -> Callable[[AnyFunction], AnyFunction]:
    """Give a command a bilingual option."""
    return click.option(*names, cls=cls, words=words, **keywords)


def group_options(version: str) -> Callable[[AnyFunction], AnyFunction]:
    """The options of the whole program."""

    def show(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001
        if value and not ctx.resilient_parsing:
            click.echo(f"thamdinh {version}")
            ctx.exit()

    return option("--version", is_flag=True, is_eager=True, expose_value=False, callback=show, words=_VERSION)


def _language_option() -> Option:
    # The value is read by `speak` before anything is parsed, so that even a usage error is in the language asked for.
    return Option(["--lang"], type=Choice(LANGUAGES), expose_value=False, words=_LANG)


def say(words: Text, *, err: bool = False) -> None:
    """Print one line in the language of the run; whatever a name in it holds, it stays one line and runs nothing."""
    line = f"{printable(words[language()])}\n".encode()
    if err:
        click.echo(line, nl=False, err=True)
    else:
        write(line)


def write(content: bytes) -> None:
    """Write to standard output as it is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def colour_wanted() -> bool:
    """Colour only on a terminal that has it, and never with NO_COLOR."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
