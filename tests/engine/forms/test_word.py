"""Documents: what is written reads back to the same plan, also when LibreOffice has saved it."""

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given

from tests.appraisal import base_plan, plan_of
from tests.forms import form_problems, plan_in, without_order
from tests.layout import KNOWN
from tests.programs import Office
from tests.properties import examples
from tests.strategies import plans
from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.documents import read
from thamdinh.engine.forms import word
from thamdinh.engine.forms.blank import blank
from thamdinh.engine.forms.template import template
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.model.vocabulary import Kind


@pytest.mark.long
@examples(0.3)
@given(plans())
def test_a_plan_reads_back_from_its_document(data: dict[str, Any]) -> None:
    assert without_order(plan_in(word.write(plan_of(data)), "plan.docx")) == without_order(plan_of(data))


def test_plans_read_back_after_libreoffice_has_saved_them(
    office: Office,
    tmp_path: Path,
) -> None:
    given = [made.plan for made in generate(2, 12, 0.5, people=15)]
    files = [tmp_path / f"{number}.docx" for number in range(len(given))]
    for file, plan in zip(files, given, strict=True):
        file.write_bytes(word.write(plan_of(plan)))
    made = office("docx:MS Word 2007 XML", tmp_path / "saved", *files)
    for file, saved, plan in zip(files, made, given, strict=True):
        assert saved.read_bytes() != file.read_bytes()
        assert without_order(plan_in(saved.read_bytes(), "plan.docx")) == without_order(plan_of(plan))


def test_several_texts_in_a_cell_come_apart_again() -> None:
    data = base_plan()
    data["committees"][0]["members"][0]["also_on"] = ["Huyện ủy; Ban Thường vụ"]
    data["committees"][0]["members"][1]["also_on"] = ["Huyện ủy", "Đảng ủy Khối"]
    data["confidence_votes"][0]["published"] *= 2
    assert without_order(plan_in(word.write(plan_of(data)), "plan.docx")) == without_order(plan_of(data))


@pytest.mark.long
@pytest.mark.parametrize("kind", [Kind.COMMUNE, Kind.POLICE])
def test_a_form_filled_in_reads_as_the_yaml_template_filled_in(kind: Kind) -> None:
    asked = blank(KNOWN, kind, ".docx")
    assert {problem.message.vi[:9] for problem in form_problems(asked, "plan.docx")} == {"Chưa điền"}
    form = docx.Document(BytesIO(asked))
    for table in form.tables:
        for row in table.rows:
            for cell in row.cells:
                if cell.text.startswith("<"):
                    words = cell.text.replace("<ngày/tháng/năm>", "28/12/2017").replace("<số chỉ tiêu>", "12")
                    cell.text = words.strip("<>")
    filled = BytesIO()
    form.save(filled)
    text = (
        template(description(), kind, "", "vi").replace("<năm-tháng-ngày>", "2017-12-28").replace("<số chỉ tiêu>", "12")
    )
    text = text.replace("<", "").replace(">", "")
    expected = read_plan(read("p.yaml", text.encode()))
    assert without_order(plan_in(filled.getvalue(), "plan.docx")) == without_order(expected)
