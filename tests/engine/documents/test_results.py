"""Results are known by what they hold; whatever holds a plan is read as one, whatever it calls itself."""

import io
import json
import re
import shutil
import zipfile
from functools import cache
from pathlib import Path

import pytest

from tests.command_line import EXAMPLES, thamdinh
from thamdinh.engine.base.results import BOOK_MARK, SHEET_MARK, SUMMARY_MARK, UNSEALED, sealed_package
from thamdinh.engine.base.seal import sealed_object
from thamdinh.engine.documents import read_file
from thamdinh.engine.documents.results import is_result, may_be_replaced
from thamdinh.engine.forms import word, workbook
from thamdinh.engine.model.integrity import read_plan

pytestmark = pytest.mark.usefixtures("in_this_process")

BREACHED = EXAMPLES / "breached" / "lay-phieu.yaml"
FORMS = {".docx": word.write, ".xlsx": workbook.write}
LINTS = (
    "json=a.json",
    "sarif=b.json",
    "docx=c.docx",
    "csv=d.csv",
    "html=e.html",
    "text=f.txt",
    "markdown=g.md",
    "junit=h.xml",
)
AUDITS = ("i.json", "j.jsonl", "k.csv", "l.html", "m.txt", "n.xlsx")


@cache
def form(suffix: str) -> bytes:
    return FORMS[suffix](read_plan(read_file(BREACHED)))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of results in every format."""
    folder = tmp_path_factory.mktemp("results")
    thamdinh("lint", BREACHED, "-q", "--output-file", *LINTS, cwd=folder)
    thamdinh("audit", BREACHED, "-q", *(f"-o{name}" for name in AUDITS), cwd=folder)
    return folder


@pytest.mark.long
def test_results_of_every_format_are_known(written: Path) -> None:
    assert len(list(written.iterdir())) == len((*LINTS, *AUDITS))
    assert [path.name for path in written.iterdir() if not is_result(path) or not may_be_replaced(path)] == []


@pytest.mark.long
@pytest.mark.parametrize("name", ["a.json", "c.docx", "i.json", "n.xlsx"])
def test_a_result_that_somebody_has_changed_is_none(written: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    shutil.copy(written / name, path)
    if path.suffix == ".json":
        path.write_bytes(path.read_bytes().replace(b"TD501", b"TD502", 1))
    else:
        path.write_bytes(edited(path.read_bytes(), r"(?:document|sheet1)\.xml$", lambda content: content + b" "))
    assert not is_result(path)
    assert not may_be_replaced(path)


def edited(content: bytes, pattern: str, edit: object) -> bytes:
    """A package with the members that fit a pattern edited."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            member = old.read(name)
            new.writestr(name, edit(member) if re.search(pattern, name) else member)  # type: ignore[operator]
    return made.getvalue()


@pytest.mark.long
@pytest.mark.parametrize("mark", [SHEET_MARK, SUMMARY_MARK, BOOK_MARK])
@pytest.mark.parametrize("suffix", FORMS)
@pytest.mark.parametrize("sealed", [False, True])
def test_a_form_that_calls_itself_a_result_is_read(tmp_path: Path, suffix: str, mark: str, sealed: bool) -> None:
    """Whoever has the program can compute a seal; a plan stays one."""
    said = f"<cp:category>{mark}</cp:category><dc:identifier>{UNSEALED}</dc:identifier></cp:coreProperties>".encode()
    marked = edited(form(suffix), r"core\.xml$", lambda core: re.sub(rb"</[a-z]*:?coreProperties>", said, core))
    path = tmp_path / f"ke-hoach{suffix}"
    path.write_bytes(sealed_package(marked) if sealed else marked)
    assert mark.encode() in zipfile.ZipFile(path).read("docProps/core.xml")
    assert not is_result(path)
    for command in ("lint", "audit"):
        assert thamdinh(command, tmp_path, "-q").returncode == 1


def beginning(head: str, plan: dict[str, object]) -> bytes:
    """A plan as JSON that begins as a result does, and is sealed as one."""
    content = json.dumps(plan, ensure_ascii=False)
    return b"".join(sealed_object([head.encode(), content[1:-1].encode()]))


@pytest.mark.long
@pytest.mark.parametrize(
    "head",
    [
        '{\n  "schema": 1,\n  "directive": "ben-tre-2017",\n  "plans": [],',
        '{"schema": 1, "directive": "ben-tre-2017", "plans": [],',
        '{\n  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",',
        '{"file": "x",',
        "{",
    ],
)
def test_json_that_begins_as_a_result_and_holds_a_plan_is_read(tmp_path: Path, head: str) -> None:
    data = read_file(BREACHED).data
    assert isinstance(data, dict)
    path = tmp_path / "ke-hoach.json"
    path.write_bytes(beginning(head, json.loads(json.dumps(data, default=str))))
    assert not is_result(path)
    for command in ("lint", "audit"):
        done = thamdinh(command, tmp_path)
        assert done.returncode in (1, 2)  # a key too many makes it invalid, never silent
        assert "ke-hoach.json" in done.stdout


@pytest.mark.long
def test_lines_are_no_results_where_one_of_them_is_a_plan(written: Path, tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.jsonl"
    plan = json.dumps(read_file(BREACHED).data, default=str).encode()
    for content, result in ((b"", True), (plan + b"\n", False), (b"{\n", False), (b'{"participants": []}\n', False)):
        path.write_bytes((written / "j.jsonl").read_bytes() + content)
        assert is_result(path) is result


def test_a_text_that_is_summed_up_as_a_report_is_no_result_where_texts_are_read(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.yaml"
    path.write_text(BREACHED.read_text("utf-8") + "\n# 1 kế hoạch: 1 đạt, 0 chưa đạt\n1 kế hoạch: 1 đạt\n", "utf-8")
    assert not is_result(path)
    shutil.copy(path, tmp_path / "ke-hoach.json")
    assert not is_result(tmp_path / "ke-hoach.json")


@pytest.mark.long
def test_a_copy_with_notes_is_a_plan_and_no_result(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(form(".xlsx"))
    thamdinh("lint", "a.xlsx", "--annotate", "b.xlsx", cwd=tmp_path)
    assert not is_result(tmp_path / "b.xlsx")
    assert thamdinh("lint", ".", "-q", cwd=tmp_path).stdout.startswith("2 kế hoạch: 0 đạt, 2 chưa đạt")
