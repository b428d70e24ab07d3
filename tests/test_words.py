"""What is written for people names no key, member or id of the schema: for every example as a form, and in Vietnamese."""

import html
import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.command_line import EXAMPLES, thamdinh
from thamdinh.engine.directive.packs import available
from thamdinh.engine.directive.packs import read as read_pack
from thamdinh.engine.documents import read
from thamdinh.engine.forms import word, workbook
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.integrity import read_plan

KNOWN = description()
KEYS = (
    {field.name for _, _, field in KNOWN.fields}
    | {member.name for enumeration in KNOWN.vocabulary for member in enumeration.members}
    | {known.name for known in (*KNOWN.records, *KNOWN.facts, *KNOWN.across)}
    | {fact.name for entity in (*KNOWN.facts, *KNOWN.across) for fact in entity.fields}
)
WORD = re.compile(r"(?<![\w./:-])[a-z]+(?:_[a-z]+)*(?!\.?[\w-])")
ENGLISH = re.compile(r"(?<![\w./:-])[a-z]+(?:_[a-z]+)+(?!\.?[\w-])")
"""In English a key may be a common word: only what can be nothing else counts."""
AT_ITS_KEY = re.compile(r"” \([a-z_.]+(?:: [a-z_]+)?\)")
"""A file that has keys is told the key beside its label, so that one finds where to write."""
PLANS = sorted([*(EXAMPLES / "compliant").glob("*.yaml"), *(EXAMPLES / "breached").glob("*.yaml")])
BREACHED = ("lay-phieu", "thanh-phan", "bao-cao-gop")


def schema_words(text: str, pattern: re.Pattern[str] = WORD) -> set[str]:
    """The words of the schema in a text, each with its line."""
    return {
        f"{found[0]} | {line.strip()[:160]}"
        for line in AT_ITS_KEY.sub("”", text).splitlines()
        for found in pattern.finditer(line)
        if found[0] in KEYS
    }


def in_html(page: str) -> str:
    """The text of a page."""
    return html.unescape(re.sub(r"<[^>]+>", "\n", re.sub(r"(?s)<(script|style).*?</\1>", "", page)))


class Forms(dict[str, Path]):
    """Examples as forms by their names, made in a folder as they are asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __missing__(self, name: str) -> Path:
        stem, suffix = name.rsplit(".", 1)
        (plan,) = (path for path in PLANS if path.stem == stem)
        write = {"xlsx": workbook.write, "docx": word.write}[suffix]
        self[name] = self.folder / name
        self[name].write_bytes(write(read_plan(read(str(plan), plan.read_bytes()))))
        return self[name]

    def every(self) -> list[Path]:
        """Every example as a workbook, and those with breaches as documents too."""
        return [
            self[f"{path.stem}{suffix}"]
            for path in PLANS
            for suffix in ((".xlsx", ".docx") if path.parent.name == "breached" else (".xlsx",))
        ]


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Forms:
    return Forms(tmp_path_factory.mktemp("forms"))


@pytest.mark.long
def test_a_verdict_on_a_form_is_in_words(forms: Forms, tmp_path: Path) -> None:
    table, page = tmp_path / "bang.md", tmp_path / "trang.html"
    done = thamdinh("lint", *forms.every(), "--output-file", f"markdown={table}", "--output-file", f"html={page}")
    assert "lay-phieu.xlsx" in done.stdout
    assert "lay-phieu.docx" in done.stdout
    assert not schema_words(done.stdout)
    assert not schema_words(table.read_text(encoding="utf-8"))
    assert not schema_words(in_html(page.read_text(encoding="utf-8")))


@pytest.mark.long
def test_a_verdict_on_a_form_is_in_words_in_english_too(forms: Forms) -> None:
    assert not schema_words(thamdinh("lint", *forms.every(), "--lang", "en").stdout, ENGLISH)


@pytest.mark.long
def test_what_held_is_told_in_words(forms: Forms) -> None:
    files = [forms["xa-phu-tuc.xlsx"], forms["lay-phieu.docx"]]
    text = thamdinh("lint", *files, "--show-passed").stdout
    assert "đại biểu “" in text
    assert not schema_words(text)
    assert not re.search(r"\bp\d\d\b", text)


@pytest.mark.parametrize("name", BREACHED)
def test_an_annotated_copy_is_in_words(forms: Forms, name: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.xlsx"
    thamdinh("lint", forms[f"{name}.xlsx"], "--annotate", copy)
    book = openpyxl.load_workbook(BytesIO(copy.read_bytes()))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    said = [str(cell.comment.text) for cell in cells if cell.comment]
    said += [str(cell.value) for cell in cells if isinstance(cell.value, str) and cell.parent.sheet_state == "visible"]
    assert not schema_words("\n".join(said))


@pytest.mark.long
@pytest.mark.parametrize("name", BREACHED)
def test_why_is_in_words(forms: Forms, name: str) -> None:
    text = thamdinh("lint", forms[f"{name}.xlsx"]).stdout
    for rule in sorted(set(re.findall(r"\bTD\d+\b", text)) | {"TD102", "TD301"}):
        text = thamdinh("why", forms[f"{name}.xlsx"], rule).stdout
        assert rule in text
        assert not schema_words(text)


@pytest.mark.long
def test_a_verdict_on_a_text_in_vietnamese_names_keys_only_where_one_writes() -> None:
    assert not schema_words("\n".join(_without_lines(thamdinh("lint", *PLANS).stdout)))


def _without_lines(text: str) -> list[str]:
    """A verdict without the lines of the file that it shows."""
    return [line for line in text.splitlines() if not re.match(r"\s*\d* \|", line)]


@pytest.mark.long
@pytest.mark.parametrize("directive", available())
def test_explanations_are_in_words(directive: str) -> None:
    pack = read_pack(directive)
    codes = [*(rule.id for rule in pack.rules), *(clause.id for clause in pack.directive.clauses)]
    for code in codes:
        text = thamdinh("explain", code, "--directive", directive).stdout
        assert code in text
        assert not schema_words(text)
    assert not schema_words(thamdinh("explain", "--directive", directive).stdout)


def test_the_steps_of_scenarios_and_the_list_of_rules_are_in_words() -> None:
    for arguments in (("features", "steps"), ("rules",)):
        text = thamdinh(*arguments).stdout
        assert len(text.splitlines()) > 20
        assert not schema_words(text)


def test_the_scan_itself_finds_keys_members_and_nothing_else() -> None:
    assert schema_words("Thêm mid_term vào parts") == {
        "mid_term | Thêm mid_term vào parts",
        "parts | Thêm mid_term vào parts",
    }
    assert not schema_words("Ghi “số chỉ tiêu” (outcomes.targets), rồi chạy: thamdinh lint plan.yaml")
