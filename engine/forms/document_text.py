"""The text of a document's paragraphs, as it stands with every tracked change accepted, and what in it can't be read."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ..documents.document import Unclear
from . import document_faults as faults
from . import overlooked
from .bullets import Bullets, Sign
from .cells import is_blank, tidy
from .document_appearance import Appearance, Appearances, TableLook
from .document_places import is_box_away, is_frame_away
from .leftovers import NUMBER
from .package import local, whole
from .remarks import Remark
from .symbols import in_unicode, is_symbol_font

if TYPE_CHECKING:
    from lxml.etree import _Element

_COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WORD_2010: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MATH: Final = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}",
    "{http://purl.oclc.org/ooxml/officeDocument/math}",
)
_PLAIN_MATH: Final = frozenset(("oMath", "oMathPara", "oMathParaPr", "jc", "r", "rPr", "ctrlPr", "sty", "nor"))
"""The parts of an equation that is a text in a row."""
_WRAPPERS: Final = (
    "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "r", "dir", "bdo", "sdt", "sdtContent",
)  # fmt: skip
"""What stands around parts of the text and is no part of it."""
_MEANINGLESS: Final = (
    "rPr", "pPr", "tcPr", "trPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "sectPr", "proofErr", "permStart", "permEnd",
    "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef",
    "lastRenderedPageBreak", "softHyphen", "footnoteRef", "endnoteRef", "separator", "continuationSeparator",
    "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "delText", "delInstrText",
    *(f"customXml{change}Range{end}" for change in ("Ins", "Del", "MoveFrom", "MoveTo") for end in ("Start", "End")),
)  # fmt: skip
_BOXES: Final = {True: "☒", False: "☐"}
_TICKED: Final = frozenset("☒☑✓✔✗✘×√■🗹🗷")
_EMPTY: Final = frozenset("☐□◻▢")
_PICKED: Final = re.compile(r"\s*(\d{1,2}/\d{1,2}/\d{4})\s+0?0:00\s*")
_ON: Final = (None, "1", "true", "on")


@dataclass(slots=True)
class ReadText:
    """What is read of a paragraph or a cell: the pieces of its text, what could not be read, and what is to be known."""

    ground: str | None = None
    """The colour behind the text, where it has one."""
    table: tuple[TableLook, ...] = ()
    """How the style of the table around it has the text look."""
    pieces: list[str] = field(default_factory=list)
    unread: list[Unclear] = field(default_factory=list)
    remarks: dict[Remark, None] = field(default_factory=dict)
    floating: list[str] = field(default_factory=list)
    """Texts in boxes and frames, which may stand over another place of the page."""
    fields: list["OpenField"] = field(default_factory=list)
    moved: bool = False
    """Whether some of it begins or ends outside the room that it has."""
    properties: "_Element | None" = None
    """Of the paragraph that is being read."""

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def know(self, remark: Remark) -> None:
        """Note what is to be known."""
        self.remarks[remark] = None

    def say(self, piece: str) -> None:
        """Add to the text; what stands in the code of a field is no part of it."""
        for around in self.fields:
            if not around.shows:
                around.hidden.append(piece)
                return
        self.pieces.append(piece)
        for around in self.fields:
            around.said = True


@dataclass(slots=True)
class OpenField:
    """A field that has begun: its code, whether its result has begun, and whether that says anything."""

    code: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    shows: bool = False
    said: bool = False


class TextReader:
    """Finds the parts of a document whose elements have the namespace `space`, and reads the text in them."""

    def __init__(
        self, root: "_Element", space: str, appearances: Appearances | None = None, bullets: Bullets | None = None
    ) -> None:
        self._space = space
        self.foreign = False
        """Whether something was read in an element that Word doesn't know."""
        self._appearances = appearances
        self._bullets = bullets
        self._wrappers = {self.named(tag) for tag in _WRAPPERS}
        self._alternative = f"{_COMPATIBILITY}AlternateContent"
        self.unshown = set(self._unshown(root))
        self._prompts = {_ancestor(mark, self.named("sdt")) for mark in root.iter(self.named("showingPlcHdr"))}
        self._bound = {_ancestor(mark, self.named("sdt")) for mark in root.iter(self.named("dataBinding"))}
        self._boxes = {_ancestor(box, self.named("sdt")): box for box in root.iter(f"{_WORD_2010}checkbox")}
        self._named = {name: frozenset((self.named(name),)) for name in ("tbl", "tr", "tc", "p")}
        self._properties = self.named("pPr")
        self._readers = self._handlers()

    def named(self, name: str) -> str:
        return f"{self._space}{name}"

    @property
    def looks_at_words(self) -> bool:
        """Whether words may look so, or stand so in a list, that something is to be said of them."""
        return self._appearances is not None or self._bullets is not None

    # Where things are

    def inside(self, element: "_Element", name: str) -> "Iterator[_Element]":
        """The parts of an element with this name, also where something transparent wraps them."""
        return self.blocks(element, self._named[name])

    def blocks(self, element: "_Element", tags: frozenset[str]) -> "Iterator[_Element]":
        """The parts of an element with these tags, also where something transparent wraps them."""
        for child in element:
            if child.tag in tags:
                yield child
            elif child.tag in self._wrappers:
                yield from self.blocks(child, tags)
            elif self._is_foreign(child):
                for block in self.blocks(child, tags):
                    self.foreign = True
                    yield block
            elif child.tag == self._alternative:
                for branch in child:
                    if branch not in self.unshown:
                        yield from self.blocks(branch, tags)

    def _is_foreign(self, element: "_Element") -> bool:
        """Whether an element is of no kind that Word knows: a document may have it show what is in them all the same."""
        return not str(element.tag).startswith((self._space, _COMPATIBILITY, *_MATH))

    def tables(self, body: "_Element") -> "list[_Element]":
        """Every table, in the order of the text; those in cells and text boxes count too."""
        tables = list(body.iter(self.named("tbl")))
        if self.unshown:
            tables = [table for table in tables if self.unshown.isdisjoint(table.iterancestors())]
        return tables

    def _unshown(self, root: "_Element") -> "Iterator[_Element]":
        """The branches of alternatives that a program which knows the first one doesn't show."""
        for alternative in root.iter(self._alternative):
            branches = [branch for branch in alternative if isinstance(branch.tag, str)]
            shown = next((branch for branch in branches if _is_known(branch)), None)
            yield from (branch for branch in branches if branch is not shown)

    # What stands there

    def read(self, paragraph: "_Element", reading: ReadText) -> bool:
        """Add the text of a paragraph, and what is to be said of it.

        Tells whether its end is deleted as a tracked change, so that the next paragraph goes on with it.
        """
        properties = next(paragraph.iterchildren(self._properties), None)
        deleted = properties is not None and self._is_mark_deleted(properties)
        if deleted:
            reading.know(faults.TRACKED)
        if self._prompts and self._is_in_prompt(paragraph):
            return deleted
        if self._bound and not self._bound.isdisjoint(paragraph.iterancestors(self.named("sdt"))):
            reading.know(faults.BOUND)
        reading.properties = properties
        said = len(reading.pieces)
        self._walk(paragraph, reading)
        frame = None if properties is None else properties.find(self.named("framePr"))
        if frame is not None and not is_blank(text := "".join(reading.pieces[said:])):
            reading.floating.append(text)
            if is_frame_away(frame, self.named):
                reading.know(faults.AWAY)
        if reading.fields:
            reading.pieces.extend(piece for unfinished in reading.fields for piece in unfinished.hidden)
            reading.fields = []
        if self._bullets is not None and (sign := self._bullets.sign(properties)) is not None:
            self._bullet(sign, reading, alone=is_blank("".join(reading.pieces[said:])))
        return deleted

    def _is_mark_deleted(self, properties: "_Element") -> bool:
        mark = properties.find(self.named("rPr"))
        return mark is not None and any(mark.find(self.named(name)) is not None for name in ("del", "moveFrom"))

    def _walk(self, element: "_Element", reading: ReadText) -> None:
        for child in element:
            reader = self._readers.get(child.tag)
            if reader is not None:
                reader(child, reading)
            elif isinstance(child.tag, str):
                reading.unread.append(faults.unknown(child.tag))

    def _handlers(self) -> "dict[object, Callable[[_Element, ReadText], None]]":
        own: dict[str, Callable[[_Element, ReadText], None]] = {
            **dict.fromkeys(_MEANINGLESS, _nothing),
            **dict.fromkeys(("smartTag", "customXml", "hyperlink", "dir", "sdtContent"), self._walk),
            **dict.fromkeys(("br", "cr"), lambda _, reading: reading.say("\n")),
            **dict.fromkeys(("tab", "ptab"), lambda _, reading: reading.say("\t")),
            **dict.fromkeys(("drawing", "pict", "object"), self._picture),
            **dict.fromkeys(("ins", "moveTo"), self._inserted),
            **dict.fromkeys(("del", "moveFrom"), lambda _, reading: reading.know(faults.TRACKED)),
            **dict.fromkeys(("footnoteReference", "endnoteReference"), lambda _, reading: reading.know(faults.NOTE)),
            "r": self._walk if self._appearances is None else self._run,
            "t": lambda element, reading: reading.say(element.text or ""),
            "noBreakHyphen": lambda _, reading: reading.say("-"),
            "bdo": self._turned,
            "sym": self._symbol,
            "sdt": self._control,
            "fldSimple": self._simple_field,
            "fldChar": self._field_mark,
            "instrText": self._instruction,
        }
        found: dict[object, Callable[[_Element, ReadText], None]] = {self.named(tag): own[tag] for tag in own}
        found[self._alternative] = self._alternatives
        found |= {f"{space}{tag}": self._equation for space in _MATH for tag in ("oMath", "oMathPara")}
        return found

    def _run(self, run: "_Element", reading: ReadText) -> None:
        assert self._appearances is not None
        properties = run.find(self.named("rPr"))
        look = self._appearances.of(properties, reading.properties)
        said = len(reading.pieces)
        self._walk(run, reading)
        written = "".join(reading.pieces[said:])
        if not written.strip():
            return
        item = self._in_list(reading.properties)
        for style in reading.table or (TableLook("", Appearance(), None),):
            looking = item.over(self._appearances.of(properties, reading.properties, style.look))
            reading.moved = reading.moved or bool(looking.moved)
            for remark in looking.remarks(reading.ground or style.ground):
                reading.know(remark)
        if look.font is not None and (shown := self._in_font(look, run, written, reading)) is not None:
            reading.pieces[said:] = [shown]

    def _in_list(self, properties: "_Element | None") -> Appearance:
        """Where the list that a paragraph is an item of has it stand."""
        sign = None if self._bullets is None or properties is None else self._bullets.sign(properties)
        if sign is None or sign.indent is None or properties is None or self._appearances is None:
            return Appearance()
        return self._appearances.in_list(properties, sign.indent)

    def _in_font(self, look: Appearance, run: "_Element", written: str, reading: ReadText) -> str | None:
        if look.font is None or any(True for _ in run.iter(self.named("sym"))):
            return None
        shown = in_unicode(look.font, written)
        if shown is None:
            reading.unread.append(overlooked.symbol(written, look.font))
        return shown

    def _symbol(self, element: "_Element", reading: ReadText) -> None:
        font, code = element.get(self.named("font"), ""), element.get(self.named("char"), "")
        character = chr(int(code, 16)) if 0 < len(code) <= 5 and _is_hexadecimal(code) else ""
        shown: str | None = character
        if is_symbol_font(font):
            shown = in_unicode(font, character)
        elif not character or "\ue000" <= character <= "\uf8ff":
            shown = None
        if shown:
            reading.say(shown)
        else:
            reading.unread.append(overlooked.symbol(code, font))

    def _bullet(self, sign: Sign, reading: ReadText, *, alone: bool) -> None:
        """The sign before an item of a list: in an empty one, `alone`, it may be a tick."""
        if not alone:
            if any(mark.isalnum() for mark in sign.letters):
                reading.know(faults.SIGN)
        elif sign.pictured:
            reading.unread.append(faults.SHAPE)
        elif sign.numbered:
            reading.unread.append(NUMBER)
        elif (shown := in_unicode(sign.font, sign.letters) if is_symbol_font(sign.font) else sign.letters) is None:
            reading.unread.append(overlooked.symbol(sign.letters, sign.font))
        elif not is_blank(shown):
            reading.say(shown)
            self._look_at_sign(sign, reading)

    def _look_at_sign(self, sign: Sign, reading: ReadText) -> None:
        """A sign looks as its list says, else as the mark at the end of its paragraph."""
        if self._appearances is None:
            return
        mark = None if reading.properties is None else reading.properties.find(self.named("rPr"))
        look = self._appearances.of(mark, reading.properties)
        if sign.look is not None:
            look = self._appearances.said_by(sign.look).over(look)
        for remark in look.remarks(reading.ground):
            reading.know(remark)

    def _turned(self, element: "_Element", reading: ReadText) -> None:
        """Letters shown from the last to the first, as a character before them would have it."""
        if element.get(self.named("val")) == "rtl":
            reading.say("\N{RIGHT-TO-LEFT OVERRIDE}")
        self._walk(element, reading)

    def _inserted(self, element: "_Element", reading: ReadText) -> None:
        reading.know(faults.TRACKED)
        self._walk(element, reading)

    # Controls and fields

    def _control(self, control: "_Element", reading: ReadText) -> None:
        if control in self._boxes:
            self._box(control, reading)
        elif not self.is_prompt(control):
            if control in self._bound:
                reading.know(faults.BOUND)
            day = self._picked(control)
            into = reading if day is None else ReadText()
            for content in control.iterchildren(self.named("sdtContent")):
                self._walk(content, into)
            if day is not None:
                reading.remarks |= into.remarks
                reading.say(day)

    def _picked(self, control: "_Element") -> str | None:
        """The day in a control that has been picked from a calendar, which writes a midnight that nobody meant."""
        if next(control.iterfind(f"{self.named('sdtPr')}/{self.named('date')}"), None) is None:
            return None
        written = "".join(part.text or "" for part in control.iter(self.named("t")))
        picked = _PICKED.fullmatch(written)
        return None if picked is None else picked[1]

    def is_prompt(self, control: "_Element") -> bool:
        """Whether a content control only shows what should be entered."""
        if control not in self._prompts:
            return False
        content = control.find(self.named("sdtContent"))
        return content is None or faults.is_prompt("".join(part.text or "" for part in content.iter(self.named("t"))))

    def _is_in_prompt(self, paragraph: "_Element") -> bool:
        """Whether a paragraph stands in a content control that only shows what should be entered."""
        return any(
            self.is_prompt(control)
            for control in paragraph.iterancestors(self.named("sdt"))
            if control in self._prompts
        )

    def _box(self, control: "_Element", reading: ReadText) -> None:
        """A check box: what it shows, which must be what it holds."""
        state = self._boxes[control].find(f"{_WORD_2010}checked")
        checked = state is not None and state.get(f"{_WORD_2010}val") in _ON
        inner = ReadText()
        for content in control.iterchildren(self.named("sdtContent")):
            self._walk(content, inner)
        shown = tidy(inner.text)
        if shown in (_EMPTY if checked else _TICKED):
            reading.unread.append(faults.box(shown))
        reading.remarks |= inner.remarks
        reading.say(shown if shown in _TICKED | _EMPTY else _BOXES[checked])

    def _simple_field(self, element: "_Element", reading: ReadText) -> None:
        said = len(reading.pieces)
        self._walk(element, reading)
        self._end_field(element.get(self.named("instr"), ""), bool("".join(reading.pieces[said:]).strip()), reading)

    def _instruction(self, element: "_Element", reading: ReadText) -> None:
        if reading.fields:
            reading.fields[-1].code.append(element.text or "")

    def _field_mark(self, element: "_Element", reading: ReadText) -> None:
        match element.get(self.named("fldCharType")):
            case "begin":
                reading.fields.append(OpenField())
                self._form_field(element, reading)
            case "separate" if reading.fields:
                reading.fields[-1].shows = True
            case "end" if reading.fields:
                ended = reading.fields.pop()
                self._end_field("".join(ended.code), ended.said, reading)

    def _form_field(self, element: "_Element", reading: ReadText) -> None:
        """A check box or a list of choices of the old kind holds its value itself and has no text for it."""
        data = element.find(self.named("ffData"))
        shown = None
        if data is not None and (box := data.find(self.named("checkBox"))) is not None:
            state = next(
                (found for tag in ("checked", "default") if (found := box.find(self.named(tag))) is not None), None
            )
            shown = _BOXES[state is not None and state.get(self.named("val")) in _ON]
        elif data is not None and (choices := data.find(self.named("ddList"))) is not None:
            entries = [entry.get(self.named("val"), "") for entry in choices.iterchildren(self.named("listEntry"))]
            chosen = next(
                (found for tag in ("result", "default") if (found := choices.find(self.named(tag))) is not None), None
            )
            number = whole(None if chosen is None else chosen.get(self.named("val")), 0)
            shown = entries[number] if number < len(entries) else ""
        if shown is not None:
            around = reading.fields.pop()
            reading.say(shown)
            around.said = True
            reading.fields.append(around)

    def _end_field(self, code: str, said: bool, reading: ReadText) -> None:
        word, *rest = code.split(None, 1) or [""]
        name = word.upper()
        if name in faults.DECIDED or name.startswith("="):
            reading.know(faults.FIELD)
        if said or name in faults.UNSEEN_FIELDS:
            return
        if name in ("MACROBUTTON", "GOTOBUTTON"):
            reading.say("".join(rest[0].split(None, 1)[1:]) if rest else "")
        elif name:
            reading.unread.append(faults.empty_field(code))

    # Pictures and alternatives

    def _alternatives(self, element: "_Element", reading: ReadText) -> None:
        texts = []
        for branch in element:
            texts.append(tidy("".join(part.text or "" for part in branch.iter(self.named("t")))))
            if branch not in self.unshown:
                self._walk(branch, reading)
        if len(set(texts)) > 1:
            reading.unread.append(faults.two_texts(texts))

    def _picture(self, element: "_Element", reading: ReadText) -> None:
        name = self.named("txbxContent")
        around = next(element.iterancestors(name), None)
        boxes = [box for box in element.iter(name) if next(box.iterancestors(name), None) is around]
        if self.unshown:
            boxes = [box for box in boxes if self.unshown.isdisjoint(box.iterancestors())]
        inner = ReadText(ground=reading.ground)
        if any(
            part.get("hidden") in ("1", "true") or "visibility:hidden" in part.get("style", "")
            for part in element.iter()
        ):
            reading.know(overlooked.TEXT)
        for box in boxes:
            self.read_lines(box, inner)
        if inner.text.strip():
            reading.say(f"\n{inner.text}\n")
            if not _is_inline(element):
                reading.floating.append(inner.text)
            if is_box_away(element):
                reading.know(faults.AWAY)
        elif not any(True for box in boxes for _ in box.iter(self.named("tbl"))):
            reading.unread.append(faults.LINE if _is_line(element) else faults.SHAPE)
        reading.unread.extend(inner.unread)
        reading.remarks |= inner.remarks
        reading.floating.extend(inner.floating)

    def read_lines(self, container: "_Element", reading: ReadText) -> None:
        """Add the paragraphs of a cell or a text box, each on a line of its own."""
        joined = True
        for paragraph in self.inside(container, "p"):
            if not joined:
                reading.pieces.append("\n")
            joined = self.read(paragraph, reading)

    def _equation(self, element: "_Element", reading: ReadText) -> None:
        plain = True
        for part in element.iter():
            space, _, name = str(part.tag).rpartition("}")
            if f"{space}}}" in _MATH and name == "t":
                reading.say(part.text or "")
            elif f"{space}}}" in _MATH and name not in _PLAIN_MATH:
                plain = False
        if not plain:
            reading.unread.append(faults.EQUATION)


def _nothing(_: "_Element", __: ReadText) -> None:
    """What says nothing."""


def _ancestor(element: "_Element", tag: str) -> "_Element | None":
    return next(element.iterancestors(tag), None)


def _is_inline(element: "_Element") -> bool:
    """Whether a drawing stands among the letters, where it was put."""
    anchored = any(str(part.tag).endswith("}anchor") for part in element)
    placed = any("position:absolute" in part.get("style", "").replace(" ", "") for part in element)
    return not (anchored or placed)


def _is_line(element: "_Element") -> bool:
    """Whether a drawing is a straight line, as the ones below the heads of official documents."""
    for part in element.iter():
        name = local(part)
        if name == "line" or (name == "prstGeom" and part.get("prst") in ("line", "straightConnector1")):
            return True
        if name == "shape" and part.get("type", "").endswith(("_t32", "_t20")):
            return True
    return False


def _is_known(branch: "_Element") -> bool:
    """Whether programs of today show a branch of an alternative: they know all of Microsoft's extensions."""
    if branch.tag != f"{_COMPATIBILITY}Choice":
        return True
    spaces = [branch.nsmap.get(prefix, "") or "" for prefix in branch.get("Requires", "").split()]
    return bool(spaces) and all(space.startswith("http://schemas.microsoft.com/office/") for space in spaces)


def _is_hexadecimal(code: str) -> bool:
    return all(digit in "0123456789abcdefABCDEF" for digit in code) and int(code, 16) <= 0x10FFFF
