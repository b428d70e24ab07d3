"""What places of a document are called by whoever looks at it: a section, the number of a row, and a column's label."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from .cells import cell_text
from .grid import Grid, Spot
from .headings import FoundField, Heading
from .layout import Layout
from .parts import Parts

Named = Mapping[str, str]
"""Fields of a Place: section, serial, label."""


def name_places(layout: Layout, tables: Iterable[Parts], entries: Iterable[FoundField]) -> None:
    """Let the grids of documents name their places as the form does; sheets are named by their cells."""
    parts: dict[int, list[Heading]] = {}
    for part in (part for table in tables for part in table.parts):
        parts.setdefault(id(part.grid), []).append(part)
        part.grid.named = partial(_named, part.grid, parts[id(part.grid)])
    fields: dict[int, dict[Spot, str]] = {}
    for entry in entries:
        grid = entry.grid
        fields.setdefault(id(grid), {})[entry.spot] = entry.column.label
        grid.named = partial(_in_fields, layout.first, fields[id(grid)], grid.named)


def _named(grid: Grid, parts: list[Heading], spot: Spot) -> Named | None:
    row, number = spot
    part = next((part for part in parts if part.is_over(row, number)), None)
    if part is None:
        return None
    serials = (value for at in part.serials if (value := grid.value(row, at)) is not None)
    serial = next(filter(None, map(cell_text, serials)), "")
    return {"section": part.table.sheet, "serial": serial, "label": part.columns[number].label}


def _in_fields(
    section: str, labels: Mapping[Spot, str], otherwise: Callable[[Spot], Named | None] | None, spot: Spot
) -> Named | None:
    if spot in labels:
        return {"section": section, "label": labels[spot]}
    return otherwise(spot) if otherwise else None
