"""Forms that offices have filled in, for the pages that show them: `python -m tests.docs.forms NAME ...`."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from openpyxl import Workbook

from tests.appraisal import ROOT
from tests.forms import base_book
from tests.plan_classes import Plan
from thamdinh.engine.documents import read_file
from thamdinh.engine.forms import word, workbook
from thamdinh.engine.model.integrity import read_plan


def _wrong(book: Workbook) -> None:
    book["Chương trình"]["B4"] = "sáng 28/12"
    book["Thành phần"]["E7"] = "khách mời"


def _example(name: str) -> Plan:
    return read_plan(read_file(ROOT / "examples" / name))


FORMS: Final[dict[str, Callable[[], bytes]]] = {
    "sai.xlsx": lambda: base_book(_wrong),
    "lay-phieu.xlsx": lambda: workbook.write(_example("breached/lay-phieu.yaml")),
    "bao-cao-gop.docx": lambda: word.write(_example("breached/bao-cao-gop.yaml")),
    "xa-phu-tuc.docx": lambda: word.write(_example("compliant/xa-phu-tuc.yaml")),
}

if __name__ == "__main__":
    for name in sys.argv[1:]:
        Path(name).write_bytes(FORMS[name]())
