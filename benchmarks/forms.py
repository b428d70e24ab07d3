"""How long a cold `thamdinh lint` of a workbook with 300 participants takes, as ratios of what reading it takes others.

The yardsticks are processes that only open the workbook and go over every cell, with openpyxl and with python-calamine.
All are run in turn, and the ratios of their fastest runs are printed: the least disturbed by what else the machine
does. Then, in one process and in processor time: reading a plan of 100 participants, to its data and every cell's place,
and what lxml alone takes to unpack and parse the parts that hold the text. Ten plans are read in turn, as an audit never
reads a file twice.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.documents import read
from thamdinh.engine.forms.word import write as write_document
from thamdinh.engine.forms.workbook import write as write_workbook
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.model.records import DocumentRecord

RUNS = 15
PARTICIPANTS = 300
PLANS = 10
_TEXTS = {".xlsx": "xl/worksheets/sheet", ".docx": "word/document"}
"""How the names of the parts begin that hold the text."""
OPENPYXL = """
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1], read_only=True)
cells = [[cell for row in sheet.iter_rows(values_only=True) for cell in row] for sheet in book.worksheets]
"""
CALAMINE = """
import sys, python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
cells = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
"""
DOCX = """
import sys, docx
cells = [cell.text for table in docx.Document(sys.argv[1]).tables for row in table.rows for cell in row.cells]
"""


def seconds(act: Callable[[], object], clock: Callable[[], float]) -> float:
    """The time of one call."""
    start = clock()
    act()
    return clock() - start


def process(*command: object) -> Callable[[], object]:
    """A run of a program."""
    return lambda: subprocess.run([*map(str, command)], check=False, stdout=subprocess.DEVNULL)


def fastest(acts: dict[str, Callable[[], object]], clock: Callable[[], float] = time.perf_counter) -> dict[str, float]:
    """The fastest of RUNS runs of each, all run in turn."""
    for act in acts.values():
        act()
    times = [{name: seconds(act, clock) for name, act in acts.items()} for _ in range(RUNS)]
    return {name: min(run[name] for run in times) for name in acts}


def main() -> None:
    """Print the times and their ratios."""
    (plan,) = made_plans(PARTICIPANTS, 1)
    with tempfile.TemporaryDirectory() as folder:
        book, document = Path(folder, "plan.xlsx"), Path(folder, "plan.docx")
        book.write_bytes(write_workbook(plan))
        document.write_bytes(write_document(plan))
        program = Path(sys.executable).with_name("thamdinh")
        times = fastest(
            {
                "lint .xlsx": process(program, "lint", book),
                "openpyxl": process(sys.executable, "-c", OPENPYXL, book),
                "python-calamine": process(sys.executable, "-c", CALAMINE, book),
                "lint .docx": process(program, "lint", document),
                "python-docx": process(sys.executable, "-c", DOCX, document),
            }
        )
        for ours, theirs in (
            ("lint .xlsx", "openpyxl"),
            ("lint .xlsx", "python-calamine"),
            ("lint .docx", "python-docx"),
        ):
            ratio = times[ours] / times[theirs]
            print(f"{ours} {times[ours] * 1000:.0f} ms, {theirs} {times[theirs] * 1000:.0f} ms: ratio {ratio:.2f}")
    inside()


def inside() -> None:
    """Print what reading takes in a running process, with its ratio to what lxml alone takes."""
    plans = made_plans(100, PLANS)
    for suffix, write in ((".xlsx", write_workbook), (".docx", write_document)):
        contents = [write(plan) for plan in plans]
        times = fastest(
            {
                "reading": lambda suffix=suffix, contents=contents: [read(f"plan{suffix}", one) for one in contents],
                "lxml": lambda suffix=suffix, contents=contents: [parsed(one, _TEXTS[suffix]) for one in contents],
            },
            time.process_time,
        )
        ours, theirs = times["reading"] / PLANS, times["lxml"] / PLANS
        print(f"reading {suffix} {ours * 1000:.1f} ms, lxml alone {theirs * 1000:.1f} ms: ratio {ours / theirs:.1f}")


def parsed(content: bytes, parts: str) -> list[object]:
    """The roots of the parts whose names begin so."""
    with ZipFile(BytesIO(content)) as package:
        return [etree.fromstring(package.read(name)) for name in package.namelist() if name.startswith(parts)]


def made_plans(people: int, count: int) -> list[DocumentRecord]:
    """So many plans with so many participants each."""
    return [
        read_plan(read("plan.json", json.dumps(made.plan).encode())) for made in generate(count, 5, 0.0, people=people)
    ]


if __name__ == "__main__":
    main()
