"""Write the reference pages and the page for `man` from the program itself: `python tools/reference.py [--check]`."""

import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints

import click

from thamdinh.cli import cli
from thamdinh.commands.bilingual import speak
from thamdinh.engine.assurance.type_page import type_page
from thamdinh.engine.base.problem_pages import CODES
from thamdinh.engine.base.text import Language, Text
from thamdinh.engine.directive.written import rules_schema
from thamdinh.engine.explain.pages import problem_page
from thamdinh.engine.lint.settings import REQUIRE_SEAL, Settings
from thamdinh.engine.model.document_types import available, description
from thamdinh.version import __version__

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "docs" / "reference"
WRITTEN: Final = "<!-- written by tools/reference.py -->\n"


def helps(command: click.Command, *names: str) -> Iterator[tuple[str, str]]:
    """The name of every command below, and its help."""
    context = click.Context(
        command, info_name=" ".join(("thamdinh", *names)), terminal_width=100, max_content_width=100
    )
    yield " ".join(names), command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            if name != "run" and (below := command.get_command(context, name)) is not None:
                yield from helps(below, *names, name)


def commands(language: Language) -> str:
    """Every command, as its own help tells it."""
    speak(["--lang", language])
    title, other = {
        "vi": ("Mọi lệnh", "[In English](commands.en.md)"),
        "en": ("All commands", "[Tiếng Việt](commands.md)"),
    }[language]
    pages = [f"## thamdinh {name}\n\n```text\n{text}\n```\n" for name, text in helps(cli) if name]
    return "\n".join((f"# {title}\n\n{other}\n", *pages))


def manual(language: Language) -> str:
    """The page for `man`."""
    speak(["--lang", language])
    roff = [f'.TH THAMDINH 1 "" "thamdinh {__version__}"']
    for name, text in helps(cli):
        safe = text.replace("\\", "\\e").replace("\n.", "\n\\&.").replace("\n'", "\n\\&'").replace("-", "\\-")
        roff += [f".SH {f'thamdinh {name}'.strip().upper()}", ".nf", safe, ".fi"]
    return "\n".join(roff) + "\n"


def problems() -> str:
    """What each problem code means, in both languages."""
    lines = [
        "# Mã vấn đề (problem codes)",
        "",
        "`thamdinh explain PL003` nói như dưới đây; `--lang en` bằng tiếng Anh.",
    ]
    for code in CODES:
        page = problem_page(code)
        words = [getattr(page, item.name) for item in fields(page)]
        lines += ["", f"## {code}"]
        for spoken in ("vi", "en"):
            lines += ["", *(f"{text[spoken]}  " for text in words)]
    return "\n".join(lines) + "\n"


_EXCLUDE: Final = Text("Tệp và thư mục bỏ qua, theo mẫu tên.", "Files and folders that are left out, by patterns.")


def settings() -> str:
    """What may stand in thamdinh.toml, with what the option of the same name says."""
    speak(["--lang", "vi"])
    said: dict[str, Any] = {"require-seal": REQUIRE_SEAL, "exclude": _EXCLUDE}
    for name in ("lint", "audit"):
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        if isinstance(command, click.Group):
            command = command.get_command(click.Context(command), "run")
            assert command is not None
        for option in command.params:
            for flag in option.opts:
                said.setdefault(flag.removeprefix("--"), getattr(option, "words", None))
    kinds = get_type_hints(Settings)
    simple = {str: "chữ (text)", bool: "true, false", int: "số (number)", float: "số (number)"}
    lines = ["# Tệp cấu hình (thamdinh.toml)", ""]
    lines += [
        "Tìm từ thư mục hiện tại lên trên, hoặc nêu bằng `--config`; tùy chọn trên dòng lệnh đi trước ([ai được tin](../decisions/trust.md))."
    ]
    lines += ["", "| tên | kiểu | ý nghĩa | meaning |", "|---|---|---|---|"]
    for item in fields(Settings):
        if item.name != "file":
            name = item.name.replace("_", "-")
            words = said[name]
            kind = simple.get(get_args(kinds[item.name])[0])
            if kind is None:
                choices = [
                    choice for one in get_args(kinds[item.name]) for choice in get_args(one) if isinstance(choice, str)
                ]
                kind = ", ".join(f"`{choice}`" for choice in choices) or "danh sách (list)"
            lines.append(f"| `{name}` | {kind} | {words.vi} | {words.en} |")
    return "\n".join(lines) + "\n"


def rule_language() -> str:
    """The shape of a pack's files, from the schema that editors are given."""
    schema = rules_schema()
    head = (
        "Rules are structured YAML. `thamdinh schema rules` gives this to editors, `thamdinh rules new` begins a rule."
    )
    lines = ["# The rule language", "", head]
    for name, shape in schema["$defs"].items():
        told = (shape.get("description") or "").split("\n\n")
        lines += ["", f"## {name}", "", "\n\n".join(told)]
        required = set(shape.get("required", ()))
        properties = shape.get("properties", {})
        if properties:
            lines += ["", "| key | what it is | needed |", "|---|---|---|"]
        for key, of in properties.items():
            lines.append(f"| `{key}` | {_kind(of)} | {'yes' if key in required else ''} |")
    return "\n".join(lines) + "\n"


def _kind(of: dict[str, Any]) -> str:
    """What a value is, in a few words."""
    if "$ref" in of:
        name = of["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in of:
        return ", ".join(f"`{member}`" for member in of["enum"])
    if "const" in of:
        return f"`{of['const']}`"
    if "anyOf" in of:
        return " or ".join(dict.fromkeys(_kind(one) for one in of["anyOf"] if one.get("type") != "null"))
    if of.get("type") == "array":
        return f"list of {_kind(of.get('items', {}))}"
    if isinstance(of.get("additionalProperties"), dict):
        return f"mapping to {_kind(of['additionalProperties'])}"
    return str(of.get("type", "anything"))


def pages() -> dict[Path, str]:
    """Every page that is written, and what is to stand in it."""
    return {
        FOLDER / "commands.md": WRITTEN + commands("vi"),
        FOLDER / "commands.en.md": WRITTEN + commands("en"),
        FOLDER / "settings.md": WRITTEN + settings(),
        FOLDER / "problems.md": WRITTEN + problems(),
        FOLDER / "rule-language.md": WRITTEN + rule_language(),
        **{FOLDER / "documents" / f"{name}.md": type_page(description(name), "vi") for name in available()},
        FOLDER / "man" / "vi" / "thamdinh.1": manual("vi"),
        FOLDER / "man" / "thamdinh.1": manual("en"),
    }


def main() -> int:
    """Write the pages, or check them; the exit status."""
    old = [path for path, text in pages().items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path in old:
            print(f"{path.relative_to(ROOT)}: not current; run: make pages", file=sys.stderr)
        return int(bool(old))
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
