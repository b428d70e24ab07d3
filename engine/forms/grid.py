"""What a workbook's sheet and a document's table have in common: cells in rows and columns, each with its place."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..base.problem import Place, Problem
from ..base.text import Text
from ..documents.document import Unclear
from .cells import Written, is_blank

Spot = tuple[int, int]
"""Row and column of a cell, in the grid's own counting."""


class Floating(NamedTuple):
    """Something that lies over the cells from `first` to `last`: a picture, a shape, a check box. `what` names it."""

    first: Spot
    last: Spot
    what: Text


@dataclass(slots=True)
class Look:
    """How a person sees a sheet: what of it is out of sight, and which cells show another value than they hold.

    `hidden` is about the whole sheet, `rows` and `columns` about parts of it; `cells` says why of each: "struck", "tiny",
    "faint", "format" (nothing is shown), "otherwise" (something else is shown), "formula", "1904" (so are its days
    counted), "far" (behind many blanks or lines), "moved" (shown in the next cell), "crossed" (lines go through it).
    `spread` says of a cell to which column its text is shown, `fills` how cells are coloured and whether that is dark. `printed` are the areas that are printed, where not all is, and `heads` the lines above and below pages. `noted` are cells with comments, `redrawn` those that conditional formatting shows otherwise. `unstable`
    is true where results of formulas in the file change by themselves.
    """

    hidden: bool = False
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    cells: dict[str, list[Spot]] = field(default_factory=dict)
    spread: dict[Spot, int] = field(default_factory=dict)
    fills: dict[Spot, tuple[object, bool]] = field(default_factory=dict)
    printed: list[tuple[Spot, Spot]] | None = None
    heads: list[str] = field(default_factory=list)
    noted: list[Spot] = field(default_factory=list)
    floating: list[Floating] = field(default_factory=list)
    redrawn: list[Floating] = field(default_factory=list)
    unstable: bool = False


@dataclass(slots=True)
class Grid:
    """The cells of one sheet, of one table, or of the paragraphs between tables; blank ones may be left out.

    Where cells are merged downwards the value stands in every row, and `origins` says where it really is. `place_of`
    makes a place of a row and a column. Where cells are merged sideways the first one has the value, and `spans` says
    over how many columns. `width` is how many columns a table of a document has, blank ones too; 0 for a sheet, whose
    columns have no end; `floats` says whether it is placed freely on the page. `within` is the grid that has this one in a cell. `unread` holds what was found at cells and
    could not be read, though it may hold a value: a picture, a check box. `notices` say what was read and is to be
    known (see document.Document), and `look` how a person sees the cells.
    """

    name: str
    place_of: Callable[[int, int], Place]
    rows: dict[int, dict[int, Written]] = field(default_factory=dict)
    origins: dict[Spot, Spot] = field(default_factory=dict)
    spans: dict[Spot, int] = field(default_factory=dict)
    width: int = 0
    within: "Grid | None" = None
    floats: bool = False
    unread: list[tuple[Spot, Unclear]] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    look: Look = field(default_factory=Look)
    named: Callable[[Spot], Mapping[str, str] | None] | None = None
    """What the form calls a spot, where it has names for those of a document."""
    _texts: frozenset[str] | None = field(default=None, repr=False, compare=False)

    def value(self, row: int, column: int) -> Written | None:
        """What stands in a cell; None in an empty one."""
        return self.rows.get(row, {}).get(column)

    @property
    def texts(self) -> frozenset[str]:
        """Every text in the cells, as they were read: what they stand for, where it is written for short, is none."""
        if self._texts is None:
            every = (value for cells in self.rows.values() for value in cells.values())
            self._texts = frozenset(value for value in every if type(value) is str)
        return self._texts

    def place(self, spot: Spot) -> Place:
        """The place of a cell, or of the merged cell that it belongs to."""
        spot = self.origins.get(spot, spot)
        place = self.place_of(*spot)
        names = self.named(spot) if self.named is not None and place.sheet is None else None
        return replace(place, **names) if names else place  # type: ignore[arg-type]  # texts all

    def filled(self, row: int) -> Iterator[tuple[int, Written]]:
        """The cells of a row that hold something, from left to right."""
        for column, value in sorted(self.rows.get(row, {}).items()):
            if not is_blank(value):
                yield column, value
