"""Forms to fill in, for each kind of organisation: what the YAML template says, in the cells of a form."""

from typing import Any

from ..documents import read
from ..model.description import Description
from . import word, workbook
from .template import template


def blank(known: Description, kind: str | None, suffix: str, term: str | None = None) -> bytes:
    """A form of the kind of file to fill in, a workbook (.xlsx) or a document (.docx). Every `<…>` is to be replaced; forms are in Vietnamese."""
    data = read("template.yaml", template(known, kind, "", "vi", term).encode()).data
    days = {said.words.vi: said.typed for said in known.blank.words if said.typed} if known.blank else {}
    typed = {f"{asked}T": f"{day} " for asked, day in days.items()} | days
    write = word.write_data if suffix == ".docx" else workbook.write_data
    return write(_as_typed(data, typed), known, examples=True)


def _as_typed(value: Any, typed: dict[str, str]) -> Any:
    """The template's data with days as people write them in a form."""
    if isinstance(value, dict):
        return {key: _as_typed(part, typed) for key, part in value.items()}
    if isinstance(value, list):
        return [_as_typed(part, typed) for part in value]
    start = next((start for start in typed if isinstance(value, str) and value.startswith(start)), None)
    return value if start is None else typed[start] + value.removeprefix(start)
