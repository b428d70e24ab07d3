"""A new type of document to begin with: a small description that is right as it stands, and is to be rewritten."""

import re
from pathlib import Path
from typing import Final

from ..base.problem import SCHEMA, Place, Problem, Unreadable
from ..base.text import Text
from ..base.whole_file import write_whole
from ..model.document_types import HEAD, available

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_STUB: Final = """\
# Mô tả một loại tài liệu: docs/how-to/document-types.md; lược đồ: thamdinh schema document.
schema: 1
id: {name}
label: {{vi: VIẾT tên loại tài liệu, en: WRITE what it is}}
vocabulary:
  - name: kind
    label: {{vi: loại hình, en: kind of organisation}}
    members:
      - {{name: commune, words: {{vi: xã, en: commune}}}}
      - {{name: ward, words: {{vi: phường, en: ward}}}}
records:
  - name: {name}
    label: {{vi: tài liệu, en: document}}
    noun: tài liệu
    fields:
      - {{name: schema, type: version, label: {{vi: bản của mẫu, en: version of the form}}, example: 1}}
      - {{name: organization, type: record, of: organization, label: {{vi: tổ chức, en: organisation}}}}
      - {{name: entries, type: rows, of: entry, label: {{vi: các dòng, en: entries}}}}
  - name: organization
    label: {{vi: tổ chức, en: organisation}}
    fields:
      - {{name: name, type: text, nature: organization, label: {{vi: tổ chức đảng, en: name of the organisation}}, example: Đảng bộ xã Phú Túc}}
      - {{name: kind, type: member, of: kind, nature: kind, label: {{vi: loại hình, en: kind of organisation}}}}
      - {{name: term, type: text, nature: term, label: {{vi: nhiệm kỳ, en: term}}, example: 2015-2020}}
  - name: entry
    label: {{vi: dòng, en: entry}}
    noun: dòng
    fields:
      - {{name: id, type: identifier, label: {{vi: mã, en: id}}, example: d01, unique: {{words: {{vi: Mã, en: Id}}, compared: look}}}}
      - {{name: count, type: count, label: {{vi: số lượng, en: count}}, example: 12}}
facts:
  - name: document
    label: {{vi: tài liệu, en: document}}
    rows: /
    key: []
    subject: document
    fields:
      - {{name: name, of: /organization/name, label: {{vi: tổ chức đảng, en: name of the organisation}}}}
      - {{name: kind, of: /organization/kind, label: {{vi: loại hình, en: kind of organisation}}}}
      - {{name: total, function: sum, of: /entries/count, label: {{vi: tổng số, en: total}}}}
  - name: entry
    label: {{vi: dòng, en: entry}}
    rows: /entries
    key: [id]
    subject: '{{id}}'
    fields:
      - {{name: id, of: id, label: {{vi: mã, en: id}}}}
      - {{name: count, of: count, label: {{vi: số lượng, en: count}}}}
subjects:
  - {{entity: document, words: tài liệu}}
  - {{entity: entry, words: 'dòng “{{0}}”'}}
form:
  sheets:
    - {{name: Thông tin chung, title: VIẾT tên mẫu}}
    - {{name: Các dòng, title: Các dòng}}
  fields:
    - {{label: Tổ chức đảng, field: organization/name}}
    - {{label: Loại hình, field: organization/kind}}
    - {{label: Nhiệm kỳ, field: organization/term}}
  tables:
    - name: Các dòng
      sheet: Các dòng
      rows: /entries
      identity: Mã
      columns:
        - {{label: Mã, field: id, example: d01}}
        - {{label: Số lượng, field: count, example: 12}}
blank:
  head: {{vi: "# Điền mọi chỗ ghi <…>, rồi chạy: thamdinh lint {{file}}\\n", en: "# Replace every <…>, then run: thamdinh lint {{file}}\\n"}}
  words:
    - {{name: name, words: {{vi: "<tổ chức>", en: "<name>"}}}}
    - {{name: term, words: {{vi: "<nhiệm kỳ>", en: "<term>"}}}}
  text: |
    schema: 1
    organization:
      name: {{name}}
      kind: {{kind}}
      term: {{term}}
    entries: []
"""


def new_type(folder: Path) -> Path:
    """Write the description of a new type, which is called as its folder is, and give the path of the file.

    Raises Unreadable for a name that can't be one or is taken, OSError where it can't be written; overwrites nothing.
    """
    name = folder.name
    if not _NAME.fullmatch(name) or name in available():
        raise Unreadable(
            Problem(
                SCHEMA,
                Text(
                    f"“{name}” không làm mã của loại tài liệu được", f"“{name}” can't be the id of a type of document"
                ),
                Text(
                    "Đặt tên thư mục bằng chữ thường không dấu, số và _, khác các loại có sẵn: bien_ban_kiem_phieu",
                    "Name the folder in small letters, digits and _, unlike the types there are: bien_ban_kiem_phieu",
                ),
                Place(str(folder)),
            )
        )
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / HEAD, _STUB.format(name=name).encode())
    return folder / HEAD
