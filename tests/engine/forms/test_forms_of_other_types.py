"""Forms of a type of document that the engine has never heard of: recognised by their labels, read and written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.appraisal import base_plan, plan_of
from tests.engine.model.test_other_types import COUNT, DATA
from thamdinh.engine.documents import read
from thamdinh.engine.forms import word, workbook
from thamdinh.engine.model import document_types
from thamdinh.engine.model.description import Description
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.integrity import read_plan

FORM = """
form:
  sheets:
    - {name: Biên bản, title: Biên bản kiểm phiếu}
    - {name: Cử tri, title: Những người bỏ phiếu}
    - {name: Ban, title: Ban kiểm phiếu}
  fields:
    - {label: Tên chi bộ, field: body/title}
    - {label: Ngày, field: held}
    - {label: Mở lúc, field: opened}
    - {label: Đóng lúc, field: closed}
    - {label: Có mặt, field: present}
    - {label: Triệu tập, field: convened}
  tables:
    - name: Người bỏ phiếu
      sheet: Cử tri
      rows: /voters
      identity: Họ và tên
      columns:
        - {label: Mã cử tri, field: code}
        - {label: Họ và tên, field: called}
        - {label: Mức tín nhiệm, field: level}
        - {label: Trọng số, field: weight}
        - {label: Tỉ lệ phiếu, field: share}
    - name: Các ban
      sheet: Ban
      rows: /boards
      identity: Mã ban
      columns:
        - {label: Mã ban, field: key}
        - {label: Trưởng ban, field: head/who}
        - {label: Từ lúc, field: head/since}
        - {label: "Mức {}", field: levels, each: .}
    - name: Thành viên các ban
      sheet: Ban
      rows: /boards/members
      identity: Thành viên
      nowhere: {message: {vi: Dòng chưa ghi ban, en: No board}, fix: {vi: Ghi ban, en: Say which}}
      elsewhere: {message: {vi: "Không có ban {value}", en: "No board {value}"}, fix: {vi: Sửa, en: Mend it}}
      columns:
        - {label: Thuộc ban, field: ../key}
        - {label: Thành viên, field: .}
"""


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Description:
    """The type with a form, as a pack from a folder would bring it."""
    monkeypatch.setattr(document_types, "_BROUGHT", {})
    (tmp_path / "document.yaml").write_text(COUNT.replace("records:", FORM + "records:", 1), encoding="utf-8")
    return description(str(tmp_path))


@pytest.mark.parametrize(("write", "name"), [(workbook.write_data, "a.xlsx"), (word.write_data, "a.docx")])
def test_a_form_of_another_type_is_known_by_its_labels_and_reads_back(
    known: Description, write: Callable[..., bytes], name: str
) -> None:
    data: dict[str, Any] = {key: value for key, value in DATA.items() if key != "tags"}
    document = read(name, write(data, known, examples=False))
    assert document.data["document"] == "count"
    read_back = read_plan(document, known=known)
    voters, boards = read_back.voters, read_back.boards
    assert (read_back.known, read_back.body.title, read_back.present, len(voters)) == (known, "Chi bộ Một", 6, 4)
    assert [(one.code, one.called, one.level, one.weight, one.share) for one in voters] == [
        (row["code"], row["called"], row.get("level"), row.get("weight", 1.0), row.get("share"))
        for row in data["voters"]
    ]
    assert [(one.key, one.members, one.levels) for one in boards] == [
        (row["key"], tuple(row["members"]), tuple(row["levels"])) for row in data["boards"]
    ]
    assert document.label(("voters", 0, "called")) == "Họ và tên"


@pytest.mark.parametrize(("write", "name"), [(workbook.write, "a.xlsx"), (word.write, "a.docx")])
@pytest.mark.usefixtures("known")
def test_a_form_of_a_plan_is_one_whatever_other_types_there_are(write: Callable[..., bytes], name: str) -> None:
    document = read(name, write(plan_of(base_plan())))
    assert "document" not in document.data
    assert read_plan(document).known == description()
