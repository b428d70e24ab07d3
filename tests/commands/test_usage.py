"""What is wrong with a command line is told in one language, whatever the command, and with what to do instead."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import click
import pytest

from tests.command_line import BREACHED, COMPLIANT, thamdinh
from thamdinh.cli import cli
from thamdinh.commands.bilingual import _METAVARS, Option, speak
from thamdinh.engine.base.text import LANGUAGES, Language

_WORDS = re.compile(r"[^\W\d_]{2,}")


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        yield (*path, name), found
        if isinstance(found, click.Group):
            yield from _commands(found, (*path, name))


COMMANDS = {" ".join(path): command for path, command in _commands(cli)}


def _mistaken(command: click.Command) -> Iterator[list[str]]:
    """Command lines that are wrong in one way each; those that happen to be right do no harm."""
    needed = ["a.yaml" for parameter in command.params if isinstance(parameter, click.Argument) and parameter.required]
    yield from (needed[:count] for count in range(len(needed)))
    yield ["--nothing-like-it"]
    yield ["--lan"]
    yield ["-", "-", "-", "-"]
    for option in (parameter for parameter in command.params if isinstance(parameter, Option)):
        for name in option.opts:
            if option.is_flag:
                yield [*needed, f"{name}=zzz"]
            else:
                yield from ([*needed, name, *value] for value in ([], ["zzz"], ["-5"], ["-"], ["/"], ["/dev/null/x"]))


def _told(command: click.Command, arguments: list[str], language: Language) -> str:
    """What is said of a command line; nothing where it is right. The command is not run."""
    speak([], language)
    try:
        with command.make_context("thamdinh", list(arguments)):
            return ""
    except click.UsageError as error:
        return error.format_message()
    finally:
        speak([], "vi")


@pytest.mark.parametrize("name", [name for name, found in COMMANDS.items() if not isinstance(found, click.Group)])
def test_a_mistaken_command_line_is_told_in_one_language(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THAMDINH_LANG", raising=False)
    command = COMMANDS[name]
    told = 0
    for arguments in _mistaken(command):
        vi, en = (_told(command, arguments, language) for language in ("vi", "en"))
        assert bool(vi) == bool(en)
        told += bool(vi)
        same = [*arguments]
        for parameter in command.params:
            same += [*parameter.opts, *getattr(parameter.type, "choices", ()), (parameter.metavar or "").lower()]
        common = set(_WORDS.findall(vi)) & set(_WORDS.findall(en)) - set(_WORDS.findall(" ".join(same)))
        assert common <= {"json", "jsonl", "csv", "txt", "html", "xlsx"}, (arguments, vi, en)
    assert told


@pytest.mark.parametrize("name", sorted({"", *COMMANDS} - {"audit"}))  # whose options are those of audit run
def test_an_option_of_one_value_is_refused_where_it_is_given_twice(name: str) -> None:
    command = {"": cli, **COMMANDS}[name]
    options = [parameter for parameter in command.params if isinstance(parameter, Option) and not parameter.is_eager]
    assert options
    for option in options:
        value = [] if option.is_flag else ["1"]
        for first, second in product(option.opts, repeat=2):
            told = {at: _told(command, [first, *value, second, *value], at) for at in LANGUAGES}
            if option.is_flag or option.multiple:
                assert not any("2 lần" in said or "2 times" in said for said in told.values())
            else:
                assert f"'{first}'" in told["vi"]
                assert "được ghi 2 lần: giữ lại một" in told["vi"]
                assert "is given 2 times: keep one" in told["en"]


def test_what_follows_two_dashes_is_not_an_option_given_twice() -> None:
    assert "2 lần" not in _told(COMMANDS["lint"], ["-o", "txt=a", "--", "-o", "-o"], "vi")


@pytest.mark.parametrize("name", COMMANDS)
def test_no_help_in_vietnamese_shows_an_english_word_for_a_value(name: str) -> None:
    speak([], "vi")
    with click.Context(COMMANDS[name], info_name=name) as context:
        shown = COMMANDS[name].get_help(context)
    assert not set(re.findall(r"\b[A-Z]+\b", shown)) & {*_METAVARS, "INTEGER", "FLOAT", "RANGE", "PATH"}, shown
    assert not re.findall(r"--[a-z-]+ [A-Z]{3,}(?= {2}|\n)", shown), shown
    assert not re.search("%|None", shown)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["lint", COMPLIANT, "--overwrite"], "thêm --annotate"),
        (["lint", COMPLIANT, "--appraisal-template", "mau.docx"], "thêm --output-file docx=phieu.docx"),
        (["lint", COMPLIANT, "--appraisal-template", "mau.docx", "--format", "html"], "thêm --output-file docx="),
        (["lint", "a.xlsx", "--annotate", "b.xlsx", "--redact", "names"], "bỏ --annotate hoặc --redact"),
        (["lint", COMPLIANT, "--baseline", "a", "--write-baseline", "b"], "bỏ --baseline hoặc --write-baseline"),
        (["lint", COMPLIANT, "--baseline", "a", "--write-baseline", "a", "--lang", "en"], "drop --baseline or"),
        (["audit"], "Thiếu đối số 'ĐẦU VÀO...'"),
        (["audit", COMPLIANT, "--since", "abc"], "viết như 2018-01-31 hoặc 31/01/2018"),
        (["lint", BREACHED, "--format", "xml"], "'xml' không thuộc các giá trị: 'văn-bản'"),
    ],
    ids=str,
)
def test_what_would_do_nothing_is_refused_with_what_to_add(arguments: list[object], told: str) -> None:
    done = thamdinh(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert not done.stdout


def test_help_is_a_command_as_well_as_an_option() -> None:
    assert thamdinh("help").stdout == thamdinh("--help").stdout
    assert thamdinh("help", "audit", "diff").stdout == thamdinh("audit", "diff", "--help").stdout


def test_who_names_no_store_is_told_where_stores_come_from() -> None:
    done = thamdinh("audit", "history")
    assert done.returncode == 2
    assert "Kho là tệp mà lệnh rà soát ghi ra" in done.stderr


@pytest.mark.parametrize("kind", ["xã", "thị trấn", "thi-tran", "Bộ đội Biên phòng", "commune"])
def test_a_choice_is_taken_in_both_languages(kind: str, tmp_path: Path) -> None:
    assert thamdinh("new", tmp_path / "a.yaml", "--kind", kind).returncode == 0


def test_a_choice_that_is_none_is_told_in_the_language_of_the_run(tmp_path: Path) -> None:
    done = thamdinh("lint", COMPLIANT, "--fail-on", "nặng")
    assert done.returncode == 2
    assert "'lỗi', 'cảnh báo', 'khuyến nghị', 'không bao giờ'" in done.stderr.replace("-", " ")
    assert "'error', 'warning'" in thamdinh("lint", COMPLIANT, "--fail-on", "x", "--lang", "en").stderr
