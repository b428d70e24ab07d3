"""The sheets of a workbook that is being changed, and the cells in them, made where they are missing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .copying import RELATION_KINDS, Copy
from .references import split_reference

if TYPE_CHECKING:
    from lxml.etree import _Element


class Sheets:
    """The workbook in a copy of a package."""

    def __init__(self, copy: Copy) -> None:
        self.copy = copy
        self.main = copy.package.main()
        self.book = copy.xml(self.main)
        self.space = copy.package.space(self.book, "workbook")

    def named(self, name: str) -> str:
        return f"{self.space}{name}"

    def make(self, above: "_Element", name: str, text: str | None = None, **attributes: str) -> "_Element":
        from lxml import etree

        made = etree.SubElement(above, self.named(name))
        made.text = text
        for attribute, value in attributes.items():
            made.set(attribute, value)
        return made

    def relation_id(self) -> str:
        """The name of the attribute that refers to a relation (other than in files of the strict kind)."""
        strict = "purl.oclc.org" in self.space
        return (
            "{http://purl.oclc.org/ooxml/officeDocument/relationships}id" if strict else f"{{{RELATION_KINDS[:-1]}}}id"
        )

    def sheets(self) -> Iterator[tuple[str, str]]:
        parts = {relation.id: relation.target for relation in self.copy.package.relations(self.main)}
        for sheet in self.book.iter(self.named("sheet")):
            if part := parts.get(sheet.get(self.relation_id(), "")):
                yield sheet.get("name", ""), part

    def cell(self, data: "_Element", rows: "dict[int, _Element]", reference: str) -> "_Element":
        """The cell, made where it was empty. Rows and cells stand in the order of their numbers."""
        column, number = split_reference(reference)
        row = rows.get(number)
        if row is None:
            row = rows[number] = self.make(data, "row", r=str(number))
            later = min((other for other in rows if other > number), default=None)
            if later is not None:
                rows[later].addprevious(row)
        cells = {split_reference(cell.get("r", ""))[0]: cell for cell in row.iterchildren(self.named("c"))}
        if column in cells:
            return cells[column]
        cell = self.make(row, "c", r=reference)
        later = min((other for other in cells if other > column), default=None)
        if later is not None:
            cells[later].addprevious(cell)
        return cell
