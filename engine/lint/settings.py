"""The settings of a run: from `--config FILE`, or the nearest `thamdinh.toml` upwards from the current directory.

Never from the folders of the inputs: plans come from people who want to be found compliant.
"""

import os
import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import fields, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

from ..base.limits import Limits
from ..base.problem import SCHEMA, SYNTAX, UNREADABLE, Place, Problem, Unreadable
from ..base.record import Record
from ..base.severity import FAIL_ON, FailOn
from ..base.suggest import chosen, did_you_mean
from ..base.text import LANGUAGES, Language, Text
from ..documents.claims import SETTINGS

NAME: Final = SETTINGS
LARGEST: Final = 64 * 1024
"""Bytes of a settings file."""


class Settings(Record):
    """What the settings file may say; None where it is silent. An option on the command line goes before it.

    `file` is the settings file itself, as it is shown; None where there is none. Paths in it are relative to it.
    """

    directive: str | None = None
    lang: Language | None = None
    format: str | None = None
    output_file: tuple[str, ...] | None = None
    appraisal_template: str | None = None
    letter_template: str | None = None
    fail_on: FailOn | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    exclude: tuple[str, ...] | None = None
    quiet: bool | None = None
    waivers: str | None = None
    baseline: str | None = None
    require_seal: str | None = None
    limit_seconds: float | None = None
    limit_memory_mb: int | None = None
    limit_problems: int | None = None
    file: str | None = None

    def excluded(self, path: str) -> bool:
        """Whether `exclude` has a pattern for a file or a folder around it, from the folder of the settings."""
        if not self.exclude or self.file is None:
            return False
        try:
            inside = Path(path).absolute().relative_to(Path(self.file).absolute().parent)
        except ValueError:
            return False
        parts = (inside, *inside.parents[:-1])
        return any(fnmatchcase(part.as_posix(), pattern.rstrip("/")) for part in parts for pattern in self.exclude)

    @property
    def limits(self) -> Limits:
        """What judging one file may take."""
        usual = Limits()
        return Limits(
            self.limit_seconds or usual.seconds,
            self.limit_memory_mb or usual.memory,
            self.limit_problems or usual.problems,
        )


REQUIRE_SEAL: Final = Text(
    "Tệp niêm phong hoặc thư mục chứa chúng: chỉ nhận bộ quy tắc mà khóa được tin cậy đã niêm phong.",
    "A sealed change or a folder of them: only packs that a trusted key has sealed are accepted.",
)
"""What the setting means that no option of the command line has: who asks for seals is the office, not who types."""
_NAMES: Final = tuple(item.name.replace("_", "-") for item in fields(Settings) if item.name != "file")
_CHOICES: Final[dict[str, Mapping[str, Text]]] = {"lang": LANGUAGES, "fail-on": FAIL_ON}
LIMITS: Final = {"limit-seconds": (1, 3600), "limit-memory-mb": (64, 65_536), "limit-problems": (1, 1_000_000)}
"""The least and the most that may be set of what judging one file may take."""
_FILES: Final = ("appraisal-template", "letter-template", "waivers", "baseline", "require-seal")
_LISTS: Final[dict[str, Text]] = {
    **dict.fromkeys(
        ("select", "ignore"), Text('một danh sách, ví dụ ["TD5", "TD101"]', 'a list such as ["TD5", "TD101"]')
    ),
    "exclude": Text('một danh sách, ví dụ ["nhap/*", "*cu*.docx"]', 'a list such as ["drafts/*", "*old*.docx"]'),
    "output-file": Text('một danh sách, ví dụ ["sarif=ket-qua.sarif"]', 'a list such as ["sarif=ket-qua.sarif"]'),
}


def settings_in_force(config: Path | None = None) -> Settings:
    """The settings in `config`, or in the nearest `thamdinh.toml` at or above the current directory. Raises Unreadable."""
    file = config or nearest()
    return Settings() if file is None else read_settings(file)


def nearest() -> Path | None:
    """The nearest `thamdinh.toml` at or above the current directory, as seen from it; None where there is none."""
    try:
        here = Path.cwd()
    except OSError:  # the directory is gone
        return None
    found = next((folder / NAME for folder in (here, *here.parents) if os.path.lexists(folder / NAME)), None)
    return None if found is None else Path(os.path.relpath(found, here))


def read_settings(path: Path) -> Settings:
    """The settings in a file. Raises Unreadable with every mistake in it."""
    import tomllib  # slow to load, and most runs have no settings

    text = _text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(_syntax(path, text.count("\n") + 1, str(error))) from None
    except (RecursionError, ValueError) as error:  # nested too deeply; a number of too many digits
        raise Unreadable(_syntax(path, 1, type(error).__name__)) from None
    problems = [problem for name, value in data.items() if (problem := _problem(name, value, text, path))]
    if problems:
        raise Unreadable(*problems)
    folder = path.parent
    data |= {name: chosen(data[name], words) for name, words in _CHOICES.items() if name in data}
    if "format" in data:
        data["format"] = _known_format(data["format"], _place("format", text, path))
    data |= {name: str(folder / data[name]) for name in _FILES if name in data}
    if "output-file" in data:
        data["output-file"] = _outputs(data["output-file"], _place("output-file", text, path), folder)
    if "directive" in data:
        data["directive"] = _directive(data["directive"], folder)
    return Settings(**{name.replace("-", "_"): _value(value) for name, value in data.items()}, file=str(path))


def _text(path: Path) -> str:
    """What is written in a settings file, a byte order mark left out. Raises Unreadable."""
    from ..documents.source import load

    content = load(str(path))
    if len(content) > LARGEST:
        message = Text("Tệp cấu hình quá lớn", "The settings file is too large")
        fix = Text("Kiểm tra xem có chọn nhầm tệp không", "Check that this is the right file")
        raise Unreadable(Problem(UNREADABLE, message, fix, Place(str(path))))
    try:
        return content.removeprefix(BOM_UTF8).decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        place = Place(str(path), before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        message = Text("Tệp cấu hình không phải mã UTF-8", "The settings file is not UTF-8")
        raise Unreadable(
            Problem(UNREADABLE, message, Text("Lưu tệp bằng mã UTF-8", "Save it as UTF-8"), place)
        ) from None


def _outputs(written: list[str], place: Place, folder: Path) -> list[str]:
    """The outputs as `FORMAT=FILE` with the paths that they have from here. Raises Unreadable."""
    from .outputs import parse_output

    outputs = []
    for words in written:
        output = parse_output(words, place)
        outputs.append(f"{output.format}={folder / output.path}{'/' if words.endswith('/') else ''}")
    return outputs


def _known_format(written: str, place: Place) -> str:
    """The format that is written. Raises Unreadable where there is none."""
    from ..reporters import format_named
    from .outputs import unknown_format

    if (name := format_named(written)) is None:
        raise Unreadable(unknown_format(written, place))
    return name


def _directive(directive: str, folder: Path) -> str:
    """The id of a shipped pack as it is, a pack's folder with the path that it has from here."""
    from ..directive.packs import AUTO, available, refuse_folder_named_auto

    if directive == AUTO:
        refuse_folder_named_auto(folder)
    if directive == AUTO or directive in available() or not os.path.isdir(folder / directive):
        return directive
    return str(folder / directive)


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _problem(name: str, value: object, text: str, path: Path) -> Problem | None:
    place = _place(name, text, path)
    if name not in _NAMES:
        return Problem(
            SCHEMA,
            Text(f"Không có tùy chọn “{name}”", f"Unknown setting “{name}”"),
            did_you_mean(name, _NAMES),
            place,
        )
    expected = _expected(name, value)
    if expected is None:
        return None
    return Problem(
        SCHEMA,
        Text(f"Giá trị của “{name}” không hợp lệ", f"The value of “{name}” is not valid"),
        Text(f"Viết {expected.vi}", f"Write {expected.en}"),
        place,
    )


def _expected(name: str, value: object) -> Text | None:
    """What the value should have been, or None when it is right."""
    if name in _CHOICES:
        words = _CHOICES[name]
        if isinstance(value, str) and chosen(value, words):
            return None
        vi = ", ".join(f'"{word}" ({said.vi})' for word, said in words.items())
        en = ", ".join(f'"{word}"' for word in words)
        return Text(f"một trong: {vi}", f"one of: {en}")
    if name in _LISTS:
        right = isinstance(value, list) and all(isinstance(item, str) and "\0" not in item for item in value)
        return None if right else _LISTS[name]
    if name == "quiet":
        return None if isinstance(value, bool) else Text("true hoặc false", "true or false")
    if name in LIMITS:
        least, most = LIMITS[name]
        right = isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
        right = right and (name == "limit-seconds" or isinstance(value, int))
        return None if right else Text(f"một số từ {least} đến {most}", f"a number from {least} to {most}")
    right = isinstance(value, str) and value != "" and "\0" not in value
    return None if right else Text("một chuỗi không rỗng trong dấu nháy", "a quoted string that is not empty")


def _place(name: str, text: str, path: Path) -> Place:
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=", line) or re.match(rf"\s*\[+\s*{re.escape(name)}\b", line):
            column = len(line) - len(line.lstrip()) + 1
            return Place(str(path), number, column)
    return Place(str(path), 1, 1)


def _syntax(path: Path, lines: int, error: str) -> Problem:
    found = re.search(r"at line (\d+), column (\d+)", error)
    line, column = (int(found[1]), int(found[2])) if found else (lines, 1)
    return Problem(
        SYNTAX,
        Text("Tệp cấu hình sai cú pháp TOML", f"The settings file is not TOML: {error.partition(' (at')[0]}"),
        Text(
            'Mỗi dòng viết: tên = giá trị, chuỗi đặt trong dấu nháy, ví dụ lang = "vi"',
            'Write name = value, strings in quotes, such as lang = "vi"',
        ),
        Place(str(path), line, column),
    )


def merged(given: Mapping[str, Any], settings: Settings) -> Settings:
    """The settings with what was given on the command line put before them; None means not given."""
    names = [item.name for item in fields(Settings) if item.name != "file"]
    return replace(settings, **{name: given[name] for name in names if given.get(name) is not None})
