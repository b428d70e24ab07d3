"""Settings from `thamdinh.toml`, found upwards from the file that is checked."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

from .problem import SCHEMA, SYNTAX, UNREADABLE, Place, Problem, Unreadable
from .suggest import closest
from .text import Language, Text
from .verdict import Severity

NAME: Final = "thamdinh.toml"
FailOn = Severity | Literal["never"]
FAIL_ON: Final = ("error", "warning", "advice", "never")


@dataclass(frozen=True, slots=True)
class Settings:
    """What `thamdinh.toml` may say; None where it is silent. An option on the command line goes before it."""

    directive: str | None = None
    lang: Language | None = None
    format: str | None = None
    output_file: tuple[str, ...] | None = None
    appraisal_template: str | None = None
    fail_on: FailOn | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    quiet: bool | None = None


_CHOICES: Final[dict[str, tuple[str, ...]]] = {"lang": get_args(Language), "fail-on": FAIL_ON}
_LISTS: Final[dict[str, Text]] = {
    **dict.fromkeys(
        ("select", "ignore"), Text('một danh sách, ví dụ ["TD5", "TD101"]', 'a list such as ["TD5", "TD101"]')
    ),
    "output-file": Text('một danh sách, ví dụ ["sarif=ket-qua.sarif"]', 'a list such as ["sarif=ket-qua.sarif"]'),
}


def settings_for(path: Path) -> Settings:
    """The settings of the nearest `thamdinh.toml` at or above the file or folder. Raises Unreadable."""
    start = path.absolute()
    return _settings_of(start if start.is_dir() else start.parent)


@cache
def _settings_of(folder: Path) -> Settings:
    candidate = folder / NAME
    if candidate.is_file():
        return read_settings(candidate)
    return Settings() if folder.parent == folder else _settings_of(folder.parent)


def forget_settings() -> None:
    """Read every `thamdinh.toml` anew from now on: for programs that run on while files change."""
    _settings_of.cache_clear()


def read_settings(path: Path) -> Settings:
    """The settings in a file. Raises Unreadable with every mistake in it."""
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(_syntax(path, error)) from None
    except (OSError, UnicodeDecodeError):
        raise Unreadable(
            Problem(
                UNREADABLE,
                Text("Không đọc được tệp cấu hình", "The settings file can't be read"),
                Text("Kiểm tra quyền đọc và lưu tệp bằng mã UTF-8", "Check its permissions, and save it as UTF-8"),
                Place(str(path)),
            )
        ) from None
    problems = [problem for name, value in data.items() if (problem := _problem(name, value, text, path))]
    if problems:
        raise Unreadable(*problems)
    if "output-file" in data:
        data["output-file"] = _outputs(data["output-file"], _place("output-file", text, path), path.parent)
    if "appraisal-template" in data:
        template, place = data["appraisal-template"], _place("appraisal-template", text, path)
        data["appraisal-template"] = str(_beside(template, path.parent, (".docx",), template, place))
    return Settings(**{name.replace("-", "_"): _value(value) for name, value in data.items()})


def _outputs(written: list[str], place: Place, folder: Path) -> list[str]:
    """The outputs as `FORMAT=FILE` with whole paths. Raises Unreadable."""
    from .outputs import parse_output
    from .reporters import FORMATS

    outputs = []
    for words in written:
        output = parse_output(words, place)
        form = FORMATS[output.format]
        into_folder = form.one_plan and words.endswith("/")
        path = _beside(str(output.path), folder, None if into_folder else form.suffixes, words, place)
        outputs.append(f"{output.format}={path}{'/' if into_folder else ''}")
    return outputs


def _beside(file: str, folder: Path, suffixes: tuple[str, ...] | None, words: str, place: Place) -> Path:
    """The whole path of a file that the settings in a folder name. Raises Unreadable.

    Settings come with the plans, from anybody: they may only name files beside or below themselves, with one of the
    suffixes, so that no plan, program or setting is ever overwritten and nothing else is read.
    """
    path = (folder / file).resolve()
    inside = path.is_relative_to(folder.resolve()) and not any(part.startswith(".") for part in Path(file).parts)
    if inside and (suffixes is None or path.suffix.lower() in suffixes):
        return path
    ending = (
        Text("", "")
        if suffixes is None
        else Text(f", có đuôi {', '.join(suffixes)}", f", ending in {', '.join(suffixes)}")
    )
    raise Unreadable(
        Problem(
            SCHEMA,
            Text(f"“{words}” không được phép trong {NAME}", f"“{words}” is not allowed in {NAME}"),
            Text(
                f"Ghi tên tệp ngay trong thư mục của {NAME} hoặc thư mục con{ending.vi}; "
                "tệp khác thì dùng tùy chọn của lệnh",
                f"Name a file in the folder of {NAME} or below it{ending.en}; for any other use the command's option",
            ),
            place,
        )
    )


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _names() -> list[str]:
    return [item.name.replace("_", "-") for item in fields(Settings)]


def _problem(name: str, value: object, text: str, path: Path) -> Problem | None:
    place = _place(name, text, path)
    if name not in _names():
        near, known = closest(name, _names()), ", ".join(_names())
        return Problem(
            SCHEMA,
            Text(f"Không có tùy chọn “{name}”", f"Unknown setting “{name}”"),
            Text(
                f"Có phải ý là “{near}”?" if near else f"Dùng một trong: {known}",
                f"Did you mean “{near}”?" if near else f"Use one of: {known}",
            ),
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
        shown = ", ".join(f'"{choice}"' for choice in _CHOICES[name])
        return None if value in _CHOICES[name] else Text(f"một trong: {shown}", f"one of: {shown}")
    if name in _LISTS:
        right = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return None if right else _LISTS[name]
    if name == "quiet":
        return None if isinstance(value, bool) else Text("true hoặc false", "true or false")
    return None if isinstance(value, str) else Text("một chuỗi trong dấu nháy", "a quoted string")


def _place(name: str, text: str, path: Path) -> Place:
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=", line) or re.match(rf"\s*\[+\s*{re.escape(name)}\b", line):
            column = len(line) - len(line.lstrip()) + 1
            return Place(str(path), number, column)
    return Place(str(path), 1, 1)


def _syntax(path: Path, error: tomllib.TOMLDecodeError) -> Problem:
    found = re.search(r"at line (\d+), column (\d+)", str(error))
    line, column = (int(found[1]), int(found[2])) if found else (1, 1)
    return Problem(
        SYNTAX,
        Text("Tệp cấu hình sai cú pháp TOML", f"The settings file is not TOML: {str(error).partition(' (at')[0]}"),
        Text(
            'Mỗi dòng viết: tên = giá trị, chuỗi đặt trong dấu nháy, ví dụ lang = "vi"',
            'Write name = value, strings in quotes, such as lang = "vi"',
        ),
        Place(str(path), line, column),
    )


def merged(given: Mapping[str, Any], settings: Settings) -> Settings:
    """The settings with what was given on the command line put before them; None means not given."""
    names = [item.name for item in fields(Settings)]
    values = {name: getattr(settings, name) if given.get(name) is None else given[name] for name in names}
    return Settings(**values)
