"""Plans as forms, for tests: made from data, changed by hand as offices change them, and compared as plans."""

import copyreg
import pickle
from collections.abc import Callable
from functools import cache, lru_cache
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl import Workbook
from openpyxl.worksheet.dimensions import DimensionHolder
from openpyxl.worksheet.worksheet import Worksheet

from tests.appraisal import base_plan, plan_of
from tests.layout import SHEETS
from tests.plan_classes import Plan
from tests.plans import problems
from thamdinh.engine.base.problem import Problem
from thamdinh.engine.base.record import replaced
from thamdinh.engine.documents import read
from thamdinh.engine.documents.document import Document
from thamdinh.engine.forms import word, workbook
from thamdinh.engine.forms.saving import saved
from thamdinh.engine.model.integrity import read_plan

Edit = Callable[[Workbook], None]


def without_order(plan: Plan) -> Plan:
    """The plan with what is a set in the order of its enumeration, as a form has it; nothing else of it is changed."""

    def sort(members: Any) -> Any:
        return tuple(sorted(members, key=lambda member: list(type(member)).index(member)))

    votes = [
        replaced(
            vote,
            briefing=vote.briefing and replaced(vote.briefing, covers=sort(vote.briefing.covers)),
            published=tuple(sorted(vote.published, key=lambda item: list(type(item.to)).index(item.to))),
        )
        for vote in plan.confidence_votes
    ]
    return replaced(
        plan,
        reports=tuple(replaced(report, contents=sort(report.contents)) for report in plan.reports),
        participants=tuple(replaced(person, parts=sort(person.parts)) for person in plan.participants),
        confidence_votes=tuple(votes),
    )


def book_of(data: dict[str, Any], edit: Edit | None = None) -> bytes:
    """The plan as a workbook, changed by `edit`."""
    return changed_book(workbook.write(plan_of(data)), edit) if edit else workbook.write(plan_of(data))


def changed_book(content: bytes, edit: Edit) -> bytes:
    return _saved(openpyxl.load_workbook(BytesIO(content)), edit)


def _saved(book: Workbook, edit: Edit) -> bytes:
    edit(book)
    return saved(book)


def base_book(*edits: Edit) -> bytes:
    """The base plan of the cases as a workbook, changed by these."""
    return _saved(pickle.loads(_loaded_base()), lambda book: [edit(book) for edit in edits]) if edits else _base()


@cache
def _base() -> bytes:
    return book_of(base_plan())


@cache
def _loaded_base() -> bytes:
    """The base plan as openpyxl has it once loaded, pickled: hundreds of tests change it, and loading takes eight times as long."""
    copyreg.pickle(DimensionHolder, _as_it_is)  # type: ignore[arg-type]
    return pickle.dumps(openpyxl.load_workbook(BytesIO(_base())))


def _as_it_is(held: DimensionHolder) -> tuple[Any, ...]:
    """How to pickle rows or columns with what makes a new one, which a dictionary with a default loses otherwise."""
    kept = (vars(held), {"default_factory": held.default_factory})
    return DimensionHolder, (None,), kept, None, iter(held.items())


@cache
def base_document() -> bytes:
    """The base plan of the cases as a Word document."""
    return word.write(plan_of(base_plan()))


def document(content: bytes, name: str = "plan.xlsx") -> Document:
    return _read(name, content)


_read = lru_cache(maxsize=2)(read)
"""A test asks for the plan in a form, and then for what was told of it."""


def plan_in(content: bytes, name: str = "plan.xlsx") -> Plan:
    return read_plan(document(content, name))


def form_problems(content: bytes, name: str = "plan.xlsx") -> tuple[Problem, ...]:
    return problems(lambda: plan_in(content, name))


def places(found: tuple[Problem, ...]) -> list[str]:
    """The problems as "PL002 Sheet!A1"."""
    return [f"{problem.code} {problem.place.sheet}!{problem.place.cell}" for problem in found]


def cell(sheet: Worksheet, label: str, row: int = 1) -> Any:
    """The cell of a sheet under (beside, in the first sheet) a label; `row` counts from 1 below the headings."""
    for line in sheet.iter_rows():
        for found in line:
            if found.value == label:
                right = sheet.title == next(iter(SHEETS))
                return sheet.cell(found.row + (0 if right else row), found.column + (1 if right else 0))
    raise AssertionError(label)
