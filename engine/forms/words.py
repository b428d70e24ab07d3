"""Where a form has a place for something, in its own words: the column, and its table and sheet."""

from functools import cache

from ..base.text import Text
from ..model.description import Description
from .layout import layout


@cache
def place_in_form(known: Description, path: str, member: str = "") -> Text:
    """Where one writes what stands at a path of the document; of a list with a column for each member, in that of `member`."""
    form, steps = layout(known), known.steps(path)
    for field in form.fields:
        if field.path == steps:
            return Text(f"ô “{field.label}” (phần “{form.first}”)", f"“{field.label}” (sheet “{form.first}”)")
    for table in form.tables:
        if table.path == steps:
            return Text(f"bảng “{table.name}” (phần “{table.sheet}”)", f"table “{table.name}” (sheet “{table.sheet}”)")
        columns = [column for column in table.columns if form.steps(table, column)[: len(steps)] == steps]
        labels = [column.label for column in columns if column.member == member]
        labels = labels or [*dict.fromkeys(column.common for column in columns)]
        if columns and steps[: len(table.path)] == table.path:
            said = ", ".join(f"“{label}”" for label in labels)
            return Text(
                f"cột {said} (phần “{table.sheet}”, bảng “{table.name}”)",
                f"column {said} (sheet “{table.sheet}”, table “{table.name}”)",
            )
    return place_in_text(known, path, member)


@cache
def place_in_text(known: Description, path: str, member: str = "") -> Text:
    """The same in a file that has keys: what stands there, and the key (with `member`, and what it is to have)."""
    field, key = known.at(path), ".".join(known.steps(path))
    assert field is not None, path
    written = f"{key}: {member}" if member else key
    return Text(f"“{field.label.vi}” ({written})", f"“{field.label.en}” ({written})")
