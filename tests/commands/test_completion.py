"""What shells complete: commands, options, codes and packs, with what they are in the language of the run."""

from collections.abc import Iterator

import click
import pytest

from tests.command_line import thamdinh
from thamdinh import cli
from thamdinh.commands.bilingual import Choice, speak
from thamdinh.commands.values import KindWord


def completed(words: str, language: str = "vi") -> dict[str, str]:
    """What the shell is offered for the last word of a line, with what is said of each."""
    parts = words.split(" ")
    done = thamdinh(
        env={
            "_THAMDINH_COMPLETE": "fish_complete", "COMP_WORDS": " ".join(["thamdinh", *parts[:-1]]), "COMP_CWORD": parts[-1],
            "THAMDINH_LANG": language,
        },
    )  # fmt: skip
    assert done.stderr == ""
    lines = [line.partition(",")[2].partition("\t") for line in done.stdout.splitlines() if line]
    return {name: said for name, _, said in lines}


@pytest.mark.parametrize(
    ("line", "offered", "vi", "en"),
    [
        ("wai", "waivers", "Xem và kiểm tra các miễn trừ", "List and check waivers"),
        ("waivers li", "list", "Liệt kê", "List"),
        ("lint --quie", "--quiet", "Chỉ in dòng tổng hợp.", "Print the summary line only."),
        ("audit --cross", "--cross-check", "Chọn ngẫu nhiên N văn bản", "Check N documents"),
        ("explain TD50", "TD503", "Phiếu tín nhiệm được phát", "Ballots"),
        ("explain td50", "TD503", "Phiếu tín nhiệm được phát", "Ballots"),
        ("explain PL", "PL003", "Một mã hoặc tên được nhắc đến", "An id or a name is used"),
        ("explain D1", "D10", "Lấy phiếu tín nhiệm", ""),
        ("lint --ignore TD7", "TD701", "", ""),
        ("lint --directive hu", "huyen-minh-hoa-2017", "Hướng dẫn giả định", "Imagined guidance"),
        ("rules test c", "cong-an-minh-hoa-2017", "", ""),
        ("rules diff ben-tre-2017 h", "huyen-minh-hoa-2017", "", ""),
        ("lint --fail-on w", "warning", "", ""),
        ("lint --select TD50", "TD503", "Phiếu tín nhiệm được phát", "Ballots"),
        ("new --kind thi", "thị-trấn", "", ""),
        ("lint --format tra", "trang-web", "html", "html"),
        ("lint --format ht", "html", "trang-web", "trang-web"),
        ("lint --format js", "json", "json", "json"),
        ("audit run --engine bien", "biên-dịch", "compiled", "compiled"),
        ("generate --files ex", "excel", "xlsx", "xlsx"),
        ("lint --lang tieng-a", "tiếng-Anh", "en", "en"),
        ("desk export --state da-n", "đã-nộp", "submitted", "submitted"),
        ("new --kind town", "township", "", ""),
    ],
)
def test_what_may_stand_there_is_offered_in_both_languages(line: str, offered: str, vi: str, en: str) -> None:
    for language, words in (("vi", vi), ("en", en)):
        found = completed(line, language)
        assert offered in found, found
        assert words in found[offered]


def test_nothing_is_offered_for_what_nobody_can_know() -> None:
    assert completed("explain ZZ") == {}
    assert completed("explain TD503 --directive no-such-pack --lang e") == {"en": "tiếng-Anh"}


def test_the_language_of_the_line_goes_before_the_environment() -> None:
    assert "Ballots" in completed("explain --lang en TD50")["TD503"]


def choices(of: click.Command, name: str = "") -> Iterator[tuple[str, Choice]]:
    """Every option of the program that takes one of a few words."""
    for parameter in of.params:
        assert type(parameter.type) is not click.Choice, f"{name} {parameter.name}: words in one language only"
        if isinstance(parameter.type, Choice):
            yield f"{name} {parameter.name}", parameter.type
    if isinstance(of, click.Group):
        context = click.Context(of)
        for inner in of.list_commands(context):
            command = of.get_command(context, inner)
            assert command is not None
            yield from choices(command, f"{name} {inner}")


def test_every_value_of_every_option_is_taken_in_both_languages() -> None:
    found = dict(choices(cli.cli))
    assert len(found) > 15
    for where, choice in found.items():
        for language in ("vi", "en"):
            speak(["--lang", language])
            shown = choice.get_metavar(click.Option(["--x"]), click.Context(cli.cli)) or ""
            for name in choice.choices:
                assert choice.shown(name) in shown, where
                if not isinstance(choice, KindWord):  # the command looks for those of the pack
                    assert choice.convert(choice.shown(name), None, None) == name, where
