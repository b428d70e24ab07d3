"""How long a cold `thamdinh lint` of a workbook with 300 participants takes, as ratios of what reading it takes others.

The yardsticks are processes that only open the workbook and go over every cell, with openpyxl and with python-calamine.
All are run in turn, and the ratios of their fastest runs are printed: the least disturbed by what else the machine
does. Then, in one process: reading alone, to the plan's data and every cell's place.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.documents import read
from thamdinh.engine.forms.word import write as write_document
from thamdinh.engine.forms.workbook import write as write_workbook
from thamdinh.engine.model.integrity import read_plan

RUNS = 15
PARTICIPANTS = 300
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


def seconds(act: Callable[[], object]) -> float:
    """The wall time of one call."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def process(*command: object) -> Callable[[], object]:
    """A run of a program."""
    return lambda: subprocess.run([*map(str, command)], check=False, stdout=subprocess.DEVNULL)


def fastest(acts: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The fastest of RUNS runs of each, all run in turn."""
    for act in acts.values():
        act()
    times = [{name: seconds(act) for name, act in acts.items()} for _ in range(RUNS)]
    return {name: min(run[name] for run in times) for name in acts}


def main() -> None:
    """Print the times and their ratios."""
    (made,) = generate(1, 5, 0.0, people=PARTICIPANTS)
    plan = read_plan(read("plan.json", json.dumps(made.plan).encode()))
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
        content, written = book.read_bytes(), document.read_bytes()
        inside = fastest({"xlsx": lambda: read("plan.xlsx", content), "docx": lambda: read("plan.docx", written)})
        print(", ".join(f"reading {name} in a running process: {time * 1000:.1f} ms" for name, time in inside.items()))


if __name__ == "__main__":
    main()
