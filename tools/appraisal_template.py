"""Make the templates of the appraisal sheet and of letters: `python tools/appraisal_template.py`.

The form is that of a document of the Party (Hướng dẫn 36-HD/VPTW): the title “Đảng Cộng sản Việt Nam” on the right, who
issues it on the left, number, place and date, kind and subject of the document, recipients and signature. What stands in
double braces is filled in by engine/reporters/docx.py; docs/how-to/appraisal-sheet.md and letters.md list the names.
"""

from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FOLDER: Final = Path(__file__).parent.parent / "engine" / "reporters" / "templates"
FONT: Final = "Times New Roman"
CENTRE, RIGHT, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY

WORDS: Final[dict[str, dict[str, str]]] = {
    "vi": {
        "party": "ĐẢNG CỘNG SẢN VIỆT NAM",
        "number": "Số         -PTĐ/…",
        "date": "{{ dia_danh }}, ngày     tháng     năm",
        "kind": "PHIẾU THẨM ĐỊNH",
        "subject": "{{ van_ban.viec }} của {{ to_chuc.ten }}",
        "plan": "1. {{ van_ban.Ten }} được thẩm định",
        "basis": "2. Căn cứ",
        "basis_text": "{{ chi_dao.ten }} (bộ quy tắc {{ chi_dao.ma }}, bản {{ chi_dao.ban }}).",
        "verdict": "3. Kết luận: {{ ket_luan }}",
        "counts": "{{ so.loi }} lỗi, {{ so.canh_bao }} cảnh báo, {{ so.khuyen_nghi }} khuyến nghị{% if so.khong_tinh %}; {{ so.khong_tinh }} mục không tính{% endif %}.",
        "problems": "{{ van_ban.Ten }} chưa thẩm định được vì:",
        "findings": "4. Nội dung cần khắc phục, theo từng điều",
        "number_head": "TT",
        "found_head": "Nội dung",
        "fix_head": "Cách khắc phục",
        "none": "Không có.",
        "held": "5. Nội dung đã kiểm tra và đạt",
        "subjects": "số đối tượng:",
        "not_applicable": "6. Nội dung không áp dụng",
        "copies": "Nơi nhận:",
        "file": "Lưu hồ sơ.",
        "signature": "(Quyền hạn, chức vụ)",
        "signed": "(Chữ ký, họ và tên)",
        "office": "…………………………",
        "letter_title": "Kết quả thẩm định",
        "letter_number": "Số         -CV/…",
        "letter_about": "V/v kết quả thẩm định {{ van_ban.viec }}",
        "letter_date": "……………, ngày     tháng     năm",
        "letter_to": "Kính gửi: {{ to_chuc.ten }}",
        "letter_basis": "Căn cứ {{ chi_dao.ten }}, sau khi thẩm định {{ van_ban.ten }} do {{ to_chuc.ten }} gửi, cơ quan thẩm định có ý kiến như sau:",
        "letter_plan": "{{ loop.index }}. {{ kh.van_ban.Ten }} tại tệp {{ kh.tep }}: {{ kh.ket_luan }}",
        "letter_case": "Hồ sơ số {{ ho_so.so }} “{{ ho_so.ten }}”, bản {{ ho_so.ban }} nộp ngày {{ ho_so.nop_ngay }}: {{ ho_so.trang_thai }}.",
        "letter_reason": "Lý do: {{ ho_so.ly_do }}",
        "letter_good": "{% if van_ban.hoi_nghi %}Đề nghị đơn vị tổ chức hội nghị theo {{ van_ban.ten }} đã gửi.{% else %}{{ van_ban.Ten }} đã gửi không có nội dung phải sửa.{% endif %}",
        "letter_bad": "Đề nghị đơn vị hoàn chỉnh {{ van_ban.ten }} theo những nội dung nêu trên và gửi lại trước ngày ……/……/…………",
        "letter_copies": "Chỗ cần sửa được đánh dấu trong bản gửi kèm: {{ ban_chu_thich | join(', ') }}.",
        "letter_recipient": "Như trên",
    },
    "en": {
        "party": "COMMUNIST PARTY OF VIETNAM",
        "number": "No.         -PTĐ/…",
        "date": "{{ dia_danh }}, date",
        "kind": "APPRAISAL SHEET",
        "subject": "{{ van_ban.viec }} of {{ to_chuc.ten }}",
        "plan": "1. The {{ van_ban.ten }} appraised",
        "basis": "2. Basis",
        "basis_text": "{{ chi_dao.ten }} (pack {{ chi_dao.ma }}, version {{ chi_dao.ban }}).",
        "verdict": "3. Verdict: {{ ket_luan }}",
        "counts": "{{ so.loi }} errors, {{ so.canh_bao }} warnings, {{ so.khuyen_nghi }} advice{% if so.khong_tinh %}; {{ so.khong_tinh }} not counted{% endif %}.",
        "problems": "The {{ van_ban.ten }} can't be appraised, because:",
        "findings": "4. What is to be mended, clause by clause",
        "number_head": "No.",
        "found_head": "Finding",
        "fix_head": "How to mend it",
        "none": "None.",
        "held": "5. What was checked and held",
        "subjects": "subjects:",
        "not_applicable": "6. What does not apply",
        "copies": "Copies to:",
        "file": "File.",
        "signature": "(Authority, office)",
        "signed": "(Signature, full name)",
        "office": "…………………………",
        "letter_title": "Result of the appraisal",
        "letter_number": "No.         -CV/…",
        "letter_about": "Result of the appraisal of the {{ van_ban.viec }}",
        "letter_date": "……………, date",
        "letter_to": "To: {{ to_chuc.ten }}",
        "letter_basis": "On the basis of {{ chi_dao.ten }}, the {{ van_ban.nhieu }} that {{ to_chuc.ten }} sent were appraised, with this result:",
        "letter_plan": "{{ loop.index }}. The {{ kh.van_ban.ten }} in the file {{ kh.tep }}: {{ kh.ket_luan }}",
        "letter_case": "Case {{ ho_so.so }} “{{ ho_so.ten }}”, version {{ ho_so.ban }} submitted on {{ ho_so.nop_ngay }}: {{ ho_so.trang_thai }}.",
        "letter_reason": "Reason: {{ ho_so.ly_do }}",
        "letter_good": "{% if van_ban.hoi_nghi %}The conference may be held as planned.{% else %}Nothing is to be mended.{% endif %}",
        "letter_bad": "Please complete the {{ van_ban.ten }} as set out above and send it again by ……/……/…………",
        "letter_copies": "What is to be mended is marked in the enclosed: {{ ban_chu_thich | join(', ') }}.",
        "letter_recipient": "As above",
    },
}


def build(words: dict[str, str]) -> Any:
    """The template of the appraisal sheet as a python-docx document."""
    document = _blank(words["kind"])
    _head(document, "{{ co_quan }}", words["number"], words["party"], words["date"])
    _paragraph(document, words["kind"], CENTRE, bold=True, size=16, before=12)
    _paragraph(document, words["subject"], CENTRE, bold=True)
    _paragraph(document, "-----", CENTRE)
    _heading(document, words["plan"])
    _loop(document, "dong in ke_hoach", "- {{ dong.ten }}: {{ dong.gia_tri }}")
    _heading(document, words["basis"])
    _paragraph(document, words["basis_text"], BOTH)
    _heading(document, words["verdict"])
    _paragraph(document, "{%p if van_de %}")
    _paragraph(document, words["problems"])
    _loop(document, "muc in van_de", "- {{ muc.ma }} ({{ muc.cho }}): {{ muc.noi_dung }}. {{ muc.cach_sua }}")
    _paragraph(document, "{%p else %}")
    _paragraph(document, words["counts"])
    _heading(document, words["findings"])
    _paragraph(document, "{%p if cac_dieu %}")
    _findings(document, words, "cac_dieu")
    _paragraph(document, "{%p else %}")
    _paragraph(document, words["none"])
    _paragraph(document, "{%p endif %}")
    _heading(document, words["held"])
    held = "- {{ muc.dieu }}: {{ muc.noi_dung }} ({{ muc.ma }}; " + words["subjects"] + " {{ muc.so }})."
    _loop(document, "muc in da_dat", held, words["none"])
    _heading(document, words["not_applicable"])
    _loop(document, "muc in khong_ap_dung", "- {{ muc.quy_tac }}: {{ muc.ly_do }}", words["none"], together=True)
    _paragraph(document, "{%p endif %}")
    _foot(document, words, ("{%p for noi in noi_nhan %}", "- {{ noi }},", "{%p endfor %}", f"- {words['file']}"))
    return document


def build_letter(words: dict[str, str]) -> Any:
    """The template of letters: to one sender, on all the plans that it sent."""
    document = _blank(words["letter_title"])
    about = _head(document, words["office"], words["letter_number"], words["party"], words["letter_date"])
    _paragraph(about, words["letter_about"], CENTRE, italic=True, size=12, before=0)
    _paragraph(document, words["letter_to"], CENTRE, before=12)
    _paragraph(document, words["letter_basis"], BOTH, before=8).paragraph_format.first_line_indent = Mm(12)
    _paragraph(document, "{%p if ho_so is defined %}")
    _paragraph(document, words["letter_case"], BOTH)
    _paragraph(document, "{%p if ho_so.ly_do %}")
    _paragraph(document, words["letter_reason"], BOTH)
    _paragraph(document, "{%p endif %}")
    _loop(document, "muc in ho_so.y_kien", "- {% if muc.ma %}{{ muc.ma }}: {% endif %}{{ muc.noi_dung }}")
    _paragraph(document, "{%p endif %}")
    _paragraph(document, "{%p for kh in cac_ke_hoach %}")
    _heading(document, words["letter_plan"])
    _loop(document, "muc in kh.van_de", "- {{ muc.cho }}: {{ muc.noi_dung }}. {{ muc.cach_sua }}")
    _paragraph(document, "{%p if kh.cac_dieu %}")
    _findings(document, words, "kh.cac_dieu")
    _paragraph(document, "{%p endif %}")
    _paragraph(document, "{%p endfor %}")
    _paragraph(document, "{%p if dat %}")
    _closing(document, words["letter_good"], before=8)
    _paragraph(document, "{%p else %}")
    _closing(document, words["letter_bad"], before=8)
    _paragraph(document, "{%p endif %}")
    _paragraph(document, "{%p if ban_chu_thich %}")
    _closing(document, words["letter_copies"])
    _paragraph(document, "{%p endif %}")
    _foot(document, words, (f"- {words['letter_recipient']},", f"- {words['file']}"))
    return document


def _blank(title: str) -> Any:
    """An empty document with the page and the letters of official ones."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(3)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    _page_numbers(section)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    return document


def _paragraph(
    container: Any,
    text: str,
    align: Any = None,
    *,
    bold: bool = False,
    italic: bool = False,
    size: int = 14,
    before: int = 3,
) -> Any:
    paragraph = container.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _closing(document: Any, text: str, before: int = 3) -> None:
    """A sentence that stays on the page of the signature: none stands on a page by itself."""
    paragraph = _paragraph(document, text, BOTH, before=before)
    paragraph.paragraph_format.first_line_indent, paragraph.paragraph_format.keep_with_next = Mm(12), True


def _heading(document: Any, text: str) -> None:
    paragraph = _paragraph(document, text, bold=True, before=8)
    paragraph.paragraph_format.keep_with_next = True


def _loop(document: Any, loop: str, text: str, otherwise: str | None = None, *, together: bool = False) -> None:
    _paragraph(document, f"{{%p for {loop} %}}")
    _paragraph(document, text, BOTH).paragraph_format.keep_with_next = together or None
    if otherwise is not None:
        _paragraph(document, "{%p else %}")
        _paragraph(document, otherwise).paragraph_format.keep_with_next = together or None
    _paragraph(document, "{%p endfor %}")


def _page_numbers(section: Any) -> None:
    """The number of the page in the middle above the text, from the second page on."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _head(document: Any, office: str, number: str, party: str, date: str) -> Any:
    """Who issues the document on the left, whose it is on the right; gives the left cell."""
    left, right = _columns(document, Mm(75), Mm(90))
    lines = (
        (left, office, True, False, 14, False),
        (left, "*", True, False, 14, False),
        (left, number, False, False, 14, False),
        (right, party, True, False, 15, True),
        (right, date, False, True, 14, False),
    )
    for cell, text, bold, italic, size, underline in lines:
        paragraph = _paragraph(cell, text, CENTRE, bold=bold, italic=italic, size=size, before=0)
        paragraph.runs[0].underline = underline
    return left


def _foot(document: Any, words: dict[str, str], recipients: tuple[str, ...]) -> None:
    _paragraph(document, "", size=6).paragraph_format.keep_with_next = True
    left, right = _columns(document, Mm(80), Mm(85))
    copies = _paragraph(left, words["copies"], before=0)
    copies.runs[0].underline = True
    for line in recipients:
        _paragraph(left, line, size=12, before=0)
    _paragraph(right, words["signature"], CENTRE, bold=True, before=0)
    for _ in range(4):
        _paragraph(right, "", CENTRE)
    _paragraph(right, words["signed"], CENTRE, italic=True)


def _columns(document: Any, *widths: Any) -> list[Any]:
    """A row of cells without borders, kept on one page; gives the cells, each without a paragraph of its own."""
    table = document.add_table(rows=1, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _unbroken(table.rows[0])
    _widths(table, *widths)
    for cell in table.rows[0].cells:
        cell._tc.remove(cell.paragraphs[0]._p)
    return list(table.rows[0].cells)


def _widths(table: Any, *widths: Any) -> None:
    """Word reads the widths of the columns, LibreOffice those of the cells."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        cells = row._tr.tc_lst
        for cell, width in zip(cells, widths if len(cells) > 1 else [sum(widths)], strict=True):
            cell.width = Mm(width / Mm(1))


def _unbroken(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _findings(document: Any, words: dict[str, str], clauses: str) -> None:
    rows = (
        (f"{{%tr for dieu in {clauses} %}}", "", ""),
        ("{{ dieu.ma }}. {{ dieu.noi_dung }}", "", ""),
        ("{%tr for muc in dieu.cac_muc %}", "", ""),
        (
            "{{ muc.tt }}",
            "{{ muc.ma }} ({{ muc.muc_do }}). {{ muc.noi_dung }} ({{ muc.cho }})"
            "{% if muc.khong_tinh %} ({{ muc.khong_tinh }}){% endif %}",
            "{{ muc.cach_sua }}",
        ),
        ("{%tr endfor %}", "", ""),
        ("{%tr endfor %}", "", ""),
    )
    table = document.add_table(rows=1, cols=3)
    table.style, table.autofit = "Table Grid", False
    head = table.rows[0]
    repeat = OxmlElement("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeat)
    for cell, text in zip(head.cells, (words["number_head"], words["found_head"], words["fix_head"]), strict=True):
        _cell(cell, text, CENTRE, bold=True)
    for texts in rows:
        row = table.add_row()
        _unbroken(row)
        if texts[0].startswith("{{ dieu"):
            _cell(row.cells[0].merge(row.cells[2]), texts[0], BOTH, bold=True).paragraph_format.keep_with_next = True
            continue
        for cell, text in zip(row.cells, texts, strict=True):
            _cell(cell, text, CENTRE if cell is row.cells[0] else None)
    _widths(table, Mm(13), Mm(87), Mm(65))


def _cell(cell: Any, text: str, align: Any = None, *, bold: bool = False) -> Any:
    paragraph = cell.paragraphs[0]
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(13)
    return paragraph


def main() -> None:
    """Write a template in each language."""
    FOLDER.mkdir(exist_ok=True)
    for language, words in WORDS.items():
        build(words).save(str(FOLDER / f"appraisal.{language}.docx"))
        build_letter(words).save(str(FOLDER / f"letter.{language}.docx"))


if __name__ == "__main__":
    main()
