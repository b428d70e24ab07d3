"""Forms to fill in, for each kind of organisation: what the YAML template says, in the cells of a form."""

import re
from typing import Any

from ..documents import read
from ..model.vocabulary import Kind
from . import word, workbook
from .template import template


def blank(kind: Kind, suffix: str) -> bytes:
    """A form of the kind of file to fill in, a workbook (.xlsx) or a document (.docx). Every `<…>` is to be replaced; forms are in Vietnamese."""
    data = read("template.yaml", template(kind, "", "vi").encode()).data
    assert isinstance(data, dict)
    if suffix == ".docx":
        return word.write_data(_as_typed(data), examples=True)
    return workbook.write_data(_as_typed(data), examples=True)


def _as_typed(value: Any) -> Any:
    """The template's data with days as people write them in a form."""
    if isinstance(value, dict):
        return {key: _as_typed(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_as_typed(part) for part in value]
    return re.sub(r"^<năm-tháng-ngày>T", "<ngày/tháng/năm> ", value) if isinstance(value, str) else value
