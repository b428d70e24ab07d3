"""The layout: every label means one thing, and every part of the plan has its place in the form."""

from typing import Any

import pytest

from tests.layout import FIELDS, KNOWN, LAYOUT, SHEETS, TABLES
from thamdinh.engine.base.suggest import letters
from thamdinh.engine.forms.layout import FormColumn


def test_every_value_of_a_document_has_a_column() -> None:
    columns = {column.path for column in FIELDS} | {
        LAYOUT.steps(table, column) for table in TABLES for column in table.columns
    }
    times = {LAYOUT.steps(table, column) for table in TABLES for column in table.columns if column.takes}
    reached = {steps for steps, _, field in KNOWN.fields if field.type not in ("record", "rows", "version")}
    assert {steps for steps in reached if steps[:-1] not in times} | times == columns


def test_labels_differ_even_as_hurried_people_type_them() -> None:
    labels = [letters(column.label) for column in (*FIELDS, *(column for table in TABLES for column in table.columns))]
    assert len(labels) == len(set(labels))
    assert all(labels)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_a_table_is_well_formed(table: Any) -> None:
    assert table.sheet in SHEETS
    assert table.identity in {column.label for column in table.columns}
    assert sum(not column.optional for column in table.columns) >= 2 or table.path[-1] in ("members", "ballots")
    assert all(column.enumeration for column in table.columns if column.holds in ("choice", "mark", "instants"))
    assert all(isinstance(column, FormColumn) for column in table.columns)


def test_a_path_is_called_what_its_column_is_called() -> None:
    assert LAYOUT.label_of(("participants", 3, "name")) == "Họ và tên"
    assert LAYOUT.label_of(("participants", 3, "parts", 1)) == "Dự phần …"
    assert LAYOUT.label_of(("confidence_votes", 0, "briefing", "by")) == "Người quán triệt"
    assert LAYOUT.label_of(("confidence_votes", 0, "ballots", 2)) == "Những người được lấy phiếu"
    assert LAYOUT.label_of(("participants",)) == "Thành phần"
    assert LAYOUT.label_of(("schema",)) is None
