"""Marks in a document: a comment and a shade on each faulty cell or paragraph, and a closing page with a link to each."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ...base.problem import Place
from ...base.text import Language
from ...forms.copying import Copy
from ...forms.document_text import TextReader
from ...forms.layout import AUTHOR
from ...forms.package import whole
from .marks import FILLS, HEADINGS, LEVELS, NOTHING, TITLE, Mark, gravest

if TYPE_CHECKING:
    from lxml.etree import _Element

_COMMENTS: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_AFTER_SHADE: Final = {
    "tcPr": frozenset(
        (
            "noWrap",
            "tcMar",
            "textDirection",
            "tcFitText",
            "vAlign",
            "hideMark",
            "headers",
            "cellIns",
            "cellDel",
            "cellMerge",
            "tcPrChange",
        )
    ),
    "pPr": frozenset(
        (
            "tabs",
            "suppressAutoHyphens",
            "kinsoku",
            "wordWrap",
            "overflowPunct",
            "topLinePunct",
            "autoSpaceDE",
            "autoSpaceDN",
            "bidi",
            "adjustRightInd",
            "snapToGrid",
            "spacing",
            "ind",
            "contextualSpacing",
            "mirrorIndents",
            "suppressOverlap",
            "jc",
            "textDirection",
            "textAlignment",
            "textboxTightWrap",
            "outlineLvl",
            "divId",
            "cnfStyle",
            "rPr",
            "sectPr",
            "pPrChange",
        )
    ),
}
"""What must come after the shade among the properties of a cell and of a paragraph."""


def mark(copy: Copy, found: Sequence[Mark], language: Language) -> None:
    """Put the marks into the copy."""
    _Document(copy, language).mark(found)


class _Document:
    def __init__(self, copy: Copy, language: Language) -> None:
        self._copy = copy
        self._language = language
        self._main = copy.package.main()
        self._root = copy.xml(self._main)
        self._space = copy.package.space(self._root, "document")
        self._texts = TextReader(self._root, self._space)

    def mark(self, found: Sequence[Mark]) -> None:
        body = self._root.find(self._named("body"))
        if body is None:
            raise self._copy.package.damaged()
        comments = self._comments() if any(self._has_place(item) for item in found) else None
        targets = Targets(self._texts, body)
        by_target: dict[_Element, list[int]] = {}
        for number, item in enumerate(found):
            target = targets.of(item.place) if self._has_place(item) else None
            if target is not None:
                by_target.setdefault(target, []).append(number)
        linked: dict[int, str] = {}
        first = max(
            (whole(entry.get(self._named("id")), 0) for entry in self._root.iter(self._named("bookmarkStart"))),
            default=0,
        )
        for count, (target, numbers) in enumerate(by_target.items(), 1):
            items = [found[number] for number in numbers]
            self._shade(target, FILLS[gravest(items)])
            paragraph = self._outside_boxes(target if target.tag == self._named("p") else self._paragraph_in(target))
            name = f"thamdinh_{count}"
            self._bookmark(paragraph, first + count, name)
            if comments is not None:
                for item in items:
                    self._comment(comments, paragraph, item)
            linked |= dict.fromkeys(numbers, name)
        self._close(body, found, linked)

    def _named(self, name: str) -> str:
        return f"{self._space}{name}"

    def _has_place(self, item: Mark) -> bool:
        return item.place.table is not None or item.place.paragraph is not None

    def _element(self, element: str, **attributes: str) -> "_Element":
        from lxml import etree

        made = etree.Element(self._named(element))
        for attribute, value in attributes.items():
            made.set(self._named(attribute), value)
        return made

    def _run(self, text: str, *, bold: bool = False) -> "_Element":
        run = self._element("r")
        if bold:
            properties = self._element("rPr")
            properties.append(self._element("b"))
            run.append(properties)
        for number, line in enumerate(text.split("\n")):
            if number:
                run.append(self._element("br"))
            written = self._element("t")
            written.text = line
            written.set(f"{_XML}space", "preserve")
            run.append(written)
        return run

    def _paragraph_in(self, cell: "_Element") -> "_Element":
        """The first paragraph of a cell; every cell has one, and one that has none is given it."""
        for paragraph in self._texts.inside(cell, "p"):
            return paragraph
        made = self._element("p")
        cell.append(made)
        return made

    def _outside_boxes(self, paragraph: "_Element") -> "_Element":
        """The paragraph that the text box is tied to which a paragraph stands in: Word has no comments in text boxes."""
        for box in paragraph.iterancestors(self._named("txbxContent")):
            paragraph = next(box.iterancestors(self._named("p")), paragraph)
        return paragraph

    def _shade(self, target: "_Element", colour: str) -> None:
        name = "pPr" if target.tag == self._named("p") else "tcPr"
        properties = target.find(self._named(name))
        if properties is None:
            properties = self._element(name)
            target.insert(0, properties)
        for old in properties.findall(self._named("shd")):
            properties.remove(old)
        before = [child for child in properties if str(child.tag).rpartition("}")[2] in _AFTER_SHADE[name]]
        shade = self._element("shd", val="clear", color="auto", fill=colour)
        properties.insert(properties.index(before[0]) if before else len(properties), shade)

    def _bookmark(self, paragraph: "_Element", number: int, name: str) -> None:
        after = 1 if len(paragraph) and paragraph[0].tag == self._named("pPr") else 0
        paragraph.insert(after, self._element("bookmarkStart", id=str(number), name=name))
        paragraph.insert(after + 1, self._element("bookmarkEnd", id=str(number)))

    # Comments

    def _comments(self) -> "_Element":
        from lxml import etree

        relations = self._copy.package.relations(self._main)
        part = next(
            (relation.target for relation in relations if relation.kind == "comments" and relation.target), None
        )
        if part is not None:
            return self._copy.xml(part)
        root = etree.Element(self._named("comments"), nsmap={"w": self._space[1:-1]})
        part = self._copy.unused("word/comments{}.xml")
        self._copy.add(part, root, _COMMENTS)
        self._copy.relate(self._main, "comments", part)
        return root

    def _comment(self, comments: "_Element", paragraph: "_Element", item: Mark) -> None:
        """A comment on all of a paragraph."""
        number = str(max((whole(comment.get(self._named("id")), 0) for comment in comments), default=-1) + 1)
        comment = self._element("comment", id=number, author=AUTHOR, initials="td")
        text = self._element("p")
        text.append(self._run(item.comment(self._language)))
        comment.append(text)
        comments.append(comment)
        after = 1 if len(paragraph) and paragraph[0].tag == self._named("pPr") else 0
        paragraph.insert(after, self._element("commentRangeStart", id=number))
        paragraph.append(self._element("commentRangeEnd", id=number))
        reference = self._element("r")
        reference.append(self._element("commentReference", id=number))
        paragraph.append(reference)

    # The closing page

    def _close(self, body: "_Element", found: Sequence[Mark], linked: dict[int, str]) -> None:
        """A page after everything else; the settings of the last section stay the last thing in the body."""
        settings = body[-1] if len(body) and body[-1].tag == self._named("sectPr") else None
        page = [self._title(), *(self._entry(item, linked.get(number)) for number, item in enumerate(found))]
        if not found:
            page.append(self._plain(NOTHING[self._language]))
        for paragraph in page:
            if settings is None:
                body.append(paragraph)
            else:
                settings.addprevious(paragraph)

    def _title(self) -> "_Element":
        paragraph = self._element("p")
        properties = self._element("pPr")
        properties.append(self._element("pageBreakBefore"))
        paragraph.append(properties)
        paragraph.append(self._run(TITLE[self._language], bold=True))
        return paragraph

    def _plain(self, text: str) -> "_Element":
        paragraph = self._element("p")
        paragraph.append(self._run(text))
        return paragraph

    def _entry(self, item: Mark, anchor: str | None) -> "_Element":
        """One thing that is wrong: level, code and place (a link), then what it is and how to mend it."""
        language = self._language
        paragraph = self._element("p")
        paragraph.append(self._run(f"{item.code} ({LEVELS[item.level][language]})", bold=True))
        where = item.place.describe(language).removeprefix(f"{item.place.file}: ")
        if anchor is not None:
            paragraph.append(self._run(" – "))
            link = self._element("hyperlink", anchor=anchor, history="1")
            run = self._run(where)
            properties = self._element("rPr")
            properties.append(self._element("color", val="0563C1"))
            properties.append(self._element("u", val="single"))
            run.insert(0, properties)
            link.append(run)
            paragraph.append(link)
        paragraph.append(self._run(f"\n{item.message}\n{HEADINGS[3][language]}: {item.fix}"))
        return paragraph


class Targets:
    """The cells and paragraphs that places speak of."""

    def __init__(self, texts: TextReader, body: "_Element") -> None:
        self._texts = texts
        self._tables = texts.tables(body)
        self._paragraphs = list(texts.inside(body, "p"))
        self._rows: dict[int, list[_Element]] = {}

    def of(self, place: Place) -> "_Element | None":
        """The cell or paragraph at a place; a whole row has its first cell for one."""
        if place.table is None:
            return _item(iter(self._paragraphs[(place.paragraph or 0) - 1 :]))
        if not 1 <= place.table <= len(self._tables):
            return None
        rows = self._rows.setdefault(place.table, list(self._texts.inside(self._tables[place.table - 1], "tr")))
        row = rows[(place.row or 1) - 1] if (place.row or 1) <= len(rows) else None
        cells = [] if row is None else list(self._texts.inside(row, "tc"))
        return _item(iter(cells[int(place.cell or 1) - 1 :]))


def _item(elements: "Iterator[_Element]") -> "_Element | None":
    return next(elements, None)
