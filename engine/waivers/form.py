"""Waivers as a workbook: the form that staff fill in in place of waivers.yaml (rules/waivers/document.yaml)."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..base.problem import SCHEMA, Place, Problem, Unreadable
from ..base.text import Text
from ..documents.source import load
from ..forms import faults
from ..forms.form_document import FormDocument
from ..model.description import TYPE
from ..model.document_types import BUILT_IN, read_description

if TYPE_CHECKING:
    from ..model.description import Description

SUFFIX: Final = ".xlsx"


@cache
def _known() -> "Description":
    return read_description(BUILT_IN.parent / "waivers")


def waivers_workbook(waivers: list[dict[str, Any]], *, examples: bool = False) -> bytes:
    """A workbook with these waivers (as waivers.yaml has them), or one to fill in, with an example row and room."""
    from ..forms.workbook import write_data

    return write_data({"schema": 1, "waivers": waivers}, _known(), examples=examples)


def read(path: Path) -> FormDocument:
    """The waivers in a workbook, as waivers.yaml has them. Raises Unreadable."""
    from ..forms.layout import layout
    from ..forms.read_workbook import read

    file = str(path)
    try:
        document = read(file, load(file), layout(_known()))
    except Unreadable as unreadable:
        if unreadable.problems != (faults.no_form(file),):
            raise
        raise Unreadable(_no_form(file)) from None
    document.data.pop(TYPE, None)
    return document


def _no_form(file: str) -> Problem:
    return Problem(
        SCHEMA,
        Text("Tệp không có bảng miễn trừ của mẫu", "The file has no table of waivers"),
        Text(
            "Tạo mẫu bằng “thamdinh waivers new mien-tru.xlsx” rồi chép nội dung vào",
            "Make a form with “thamdinh waivers new waivers.xlsx” and copy the content into it",
        ),
        Place(file),
    )
