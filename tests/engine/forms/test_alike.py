"""Cells that are marked up alike are read once: what comes of a document is what reading each of them gives."""

import time
from collections.abc import Mapping
from typing import Any

import pytest
from lxml import etree

from tests.engine.forms.test_word_hiding import document
from tests.engine.forms.word_habits import REFUSED, SAME, W, changed, w
from tests.forms import base_document
from tests.properties import few
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.documents import read
from thamdinh.engine.forms import alike, read_document, used_styles
from thamdinh.engine.forms.package import Package, open_package
from thamdinh.engine.forms.rows_alike import RowsAlike, rows_alike

SPACE = f"{{{W}}}"


def _found(content: bytes) -> list[Any]:
    """All that is read of a document: its cells, what could not be read, and what is said of it."""
    grids = read_document.grids(open_package("plan.docx", content, ".docx"))
    return [(grid.rows, grid.origins, grid.spans, grid.unread, grid.look.fills, grid.notices) for grid in grids]


@pytest.mark.parametrize("seed", range(few(2)))
@pytest.mark.parametrize("name", [*SAME, *REFUSED])
def test_it_is_as_if_every_cell_were_read_by_itself(name: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    habit = SAME[name][0] if name in SAME else REFUSED[name]
    content = changed(base_document(), habit, seed=seed)
    quickly = _found(content)
    monkeypatch.setattr(read_document, "cells_alike", lambda _, __, part: alike.Alike(part))
    assert quickly == _found(content)
    monkeypatch.setattr(read_document, "rows_alike", _each)
    assert quickly == _found(content)


def _each(package: Package, part: str, **_: bool) -> RowsAlike:
    return rows_alike(package, part, each=True)


def _cells(*cells: str, around: str = "{}") -> Mapping[Any, Any]:
    rows = around.format("".join(f"<w:tr>{cell}</w:tr>" for cell in cells))
    part = f'<w:document xmlns:w="{W}"><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>'
    return alike.cells_alike(etree.fromstring(part), SPACE, part.encode()).cells


def _cell(text: str, before: str = "") -> str:
    return f"<w:tc><w:p><w:r>{before}<w:t>{text}</w:t></w:r></w:p></w:tc>"


def test_only_words_tell_cells_apart() -> None:
    one, other, bold = _cells(_cell("một"), _cell("hai"), _cell("ba", "<w:rPr><w:b/></w:rPr>")).values()
    assert one[0] == other[0] != bold[0]
    assert (one[1], other[1]) == (("một".encode(),), (b"hai",))


def test_what_word_numbers_everything_with_says_nothing() -> None:
    rows = [_cell("x").replace("<w:p>", f'<w:p w:rsidR="00{number}">') for number in (1, 2)]
    assert len({markup for markup, _ in _cells(*rows).values()}) == 1


@pytest.mark.parametrize(
    "cells",
    [
        (_cell("a &lt; b"),),
        (_cell("x"), "<w:tc w:id='1'><w:p/></w:tc>"),
        (_cell("x"), "<w:tc/>"),
        ("<w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/></w:tc>",),
        (_cell("x"), "<!-- </w:tc> -->" + _cell("y")),
        (_cell("x\ry"),),
        (f'<x:tc xmlns:x="{W}"><x:p/></x:tc>', _cell("x")),
        (f'<w:tc xmlns:w="{W}"><w:p/></w:tc>',),
        ('<w:tc><w:p><y:b xmlns:y="other"/></w:p></w:tc>',),
        (f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{_cell('x')}</w:sdtContent></w:sdt>",),
        (f"<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent>{_cell('x')}</w:sdtContent></w:sdt>",),
    ],
)
def test_cells_that_bytes_alone_do_not_tell_are_read_by_themselves(cells: tuple[str, ...]) -> None:
    assert not _cells(*cells)


@pytest.mark.parametrize("word", ["sdt", "fldSimple", "framePr", "drawing", "pict", "m:oMath", "mc:AlternateContent"])
def test_what_may_turn_words_into_something_else_is_known(word: str) -> None:
    assert not alike.is_plain((b"<w:tc><w:p>", f"<{word}/>".encode()))
    assert alike.is_plain((b"<w:tc><w:p><w:r>", b"</w:r></w:p>"))


_STYLE = '<w:style w:type="character" w:styleId="{}"{}><w:rPr><w:vanish/></w:rPr></w:style>'
_NAMING = '<w:rPr><w:rStyle w:val="An"/></w:rPr>'


@pytest.mark.parametrize(
    ("styles", "naming"),
    [
        (_STYLE.format("An", ""), _NAMING),
        (_STYLE.format("An", f' w:other="{"x" * 600}"'), _NAMING),
        (_STYLE.format("An", "").replace('w:styleId="An"', """w:x='w:styleId="Khac"' w:styleId="An" """), _NAMING),
        (_STYLE.format("An", "") + "<!--" + '<w:style w:styleId="An"/>' + "-->", _NAMING),
        (_STYLE.format("An", "").replace("<w:rPr>", "<!-- <w:style w:styleId='Khac'> --><w:rPr>"), _NAMING),
        (_STYLE.format("A&#110;", ""), _NAMING),
        (_STYLE.format("An", ""), _NAMING.replace("An", "A&#110;")),
        (_STYLE.format("An", ""), _NAMING.replace("w:val", """w:x='w:val="Khac"' w:val""")),
        (
            _STYLE.format("Goc", "") + '<w:style w:styleId="An"><w:basedOn w:x="" w:val="Goc"/></w:style>',
            _NAMING,
        ),
        (_STYLE.format("Khac", ' w:default="1"').replace("character", "paragraph"), ""),
    ],
)
def test_a_style_that_hides_text_is_found_however_it_is_written(styles: str, naming: str) -> None:
    def hide(body: Any) -> None:
        run = next(run for run in body.iter(w("r")) if run.find(w("t")) is not None)
        if naming:
            old = run.find(w("rPr"))
            if old is not None:
                run.remove(old)
            run.insert(0, etree.fromstring(f'<w:all xmlns:w="{W}">{naming}</w:all>')[0])

    content = document(hide, {"styles": f"<w:styles>{styles}</w:styles>"})
    assert any(notice.code == "NT006" for notice in read("plan.docx", content).notices)


def test_what_no_text_uses_is_not_looked_at_but_must_be_xml() -> None:
    unused = _STYLE.format("Khong", "")
    assert not read("plan.docx", document(parts={"styles": f"<w:styles>{unused}</w:styles>"})).notices
    with pytest.raises(Unreadable):
        read("plan.docx", document(parts={"styles": "<w:styles><w:style></w:styles>"}))


@pytest.mark.parametrize("kind", ["header", "footnotes"])
def test_hidden_text_beside_the_text_is_told(kind: str) -> None:
    root = {"header": "hdr", "footnotes": "footnotes"}[kind]
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Xã khác</w:t></w:r></w:p>"
    inside = f"<w:footnote>{hidden}</w:footnote>" if kind == "footnotes" else hidden
    content = document(parts={kind: f"<w:{root}>{inside}</w:{root}>"})
    assert any(notice.code == "NT006" for notice in read("plan.docx", content).notices)


@pytest.mark.parametrize(
    "long", ["a" * 500_000, "a " * 250_000, 'a="' * 150_000, "<" * 500_000, "<w:" * 150_000, "><w:style >" * 300_000]
)
def test_a_style_that_is_made_to_be_slow_is_not(long: str) -> None:
    styles = f'<w:styles><w:style w:styleId="An" w:x="{long}>"/><w:pStyle {long}/></w:styles>'.encode()
    start = time.process_time()
    assert used_styles.used(styles, b'<w:rStyle w:val="An"/>').startswith(b"<w:styles>")
    assert time.process_time() - start < 2
