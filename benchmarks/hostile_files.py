"""Files made to stop or flood whatever reads them: one kind of harm each, within the limits of size.

Each is made anew from the same seed, so that figures of different days are about the same files. One is made by
`python -m benchmarks.hostile_files NAME FOLDER`.
"""

import io
import json
import random
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from tests.plan_classes import Plan
from thamdinh.engine.documents import read
from thamdinh.engine.forms import word, workbook
from thamdinh.engine.model.integrity import read_plan

FILES: Final[dict[str, Callable[[], bytes]]] = {}
"""What makes each file, by its name."""

_MAKE = Callable[[], bytes | str]
_EXAMPLE: Final = Path(__file__).parent.parent / "examples" / "compliant" / "xa-phu-tuc.yaml"
_PEOPLE: Final = 19_900


def _file(name: str) -> Callable[[_MAKE], _MAKE]:
    def keep(make: _MAKE) -> _MAKE:
        def content() -> bytes:
            made = make()
            return made.encode() if isinstance(made, str) else made

        FILES[name] = content
        return make

    return keep


def _text() -> str:
    return _EXAMPLE.read_text(encoding="utf-8")


def _plan() -> Plan:
    return read_plan(read("a.yaml", _text().encode()))


def _data() -> Any:
    return read("a.yaml", _text().encode()).data


def _with_people(row: str) -> str:
    """The example with so many more participants; `row` says of each what it is, by its number `{n}`."""
    rows = "".join(f"  - {row.replace('{n}', str(number))}\n" for number in range(_PEOPLE))
    return _text().replace("participants:\n", "participants:\n" + rows, 1)


# --- texts ---------------------------------------------------------------------------------------------------------


@_file("unknown-keys.yaml")
def _() -> str:
    return _text() + "".join(f"khoa_{number}: 1\n" for number in range(450_000))


@_file("unknown-keys.json")
def _() -> str:
    return json.dumps(_data() | {f"khoa {number}": 1 for number in range(450_000)}, ensure_ascii=False)


@_file("wrong-people.yaml")
def _() -> str:
    return _with_people("{id: q{n}, nam: Nguyễn Văn {n}, standing: dai_bieu_{n}, parts: [ca_nam_{n}]}")


@_file("breaching-people.yaml")
def _() -> str:
    return _with_people("{id: q{n}, name: Nguyễn Văn {n}, standing: customary, parts: [year_end, mid_term]}")


@_file("people-of-one-id.yaml")
def _() -> str:
    return _with_people('{id: q, name: An, party_card: "83.000001", standing: key_cadre, parts: [year_end]}')


@_file("cards-in-names.yaml")
def _() -> str:
    return _with_people(
        '{id: q{n}, name: "An 83 1{n} 83.2{n}", party_card: "83.1{n}", standing: key_cadre, parts: [year_end]}'
    )


@_file("look-alike-ids.yaml")
def _() -> str:
    return _with_people("{id: q{n}, name: An, standing: key_cadre, parts: [year_end], replaces: Q{n}}")


@_file("ballots-on-nobody.yaml")
def _() -> str:
    nobody = ", ".join(f"khong-ai-{number}" for number in range(_PEOPLE))
    return re.sub(r"ballots: \[", f"ballots: [{nobody}, ", _text(), count=1)


@_file("not-filled-in.yaml")
def _() -> str:
    return _text() + "ghi_chu: [" + "<…>, " * 400_000 + "]\n"


@_file("empty-seats.json")
def _() -> str:
    committee = {"id": "a", "members": [{}] * 19_999}
    return json.dumps(_data() | {"committees": [committee] * 24})


@_file("newlines.yaml")
def _() -> str:
    return _text() + "\n" * (31 * 2**20)


@_file("comments.yaml")
def _() -> str:
    return _text() + "#\n" * (15 * 2**20)


@_file("one-line.yaml")
def _() -> str:
    return _text() + "ghi_chu: " + "a " * (15 * 2**20)


@_file("spaces.json")
def _() -> str:
    return json.dumps(_data()) + " \n" * (15 * 2**20)


@_file("nested.yaml")
def _() -> str:
    return _text() + "a: " + "[" * 1_000_000


@_file("nested-blocks.yaml")
def _() -> str:
    return "".join(f"{' ' * depth}a:\n" for depth in range(7_000))


@_file("nested.json")
def _() -> str:
    return '{"a":' * 1_000_000


@_file("aliases.yaml")
def _() -> str:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    return "a0: &a0 [1]\n" + levels


@_file("many-aliases.yaml")
def _() -> str:
    return "a: &a [1, 2, 3]\nb: [" + "*a, " * 400_000 + "]\n"


@_file("numbers.json")
def _() -> str:
    return '{"schema": [' + "1," * 15_000_000 + "1]}"


@_file("long-number.json")
def _() -> str:
    return '{"schema": ' + "1" * (30 * 2**20) + "}"


@_file("long-key.json")
def _() -> str:
    return json.dumps({"k" * (30 * 2**20): 1} | _data())


@_file("escapes.json")
def _() -> str:
    return '{"schema": "' + "\\u00e9" * (5 * 2**20) + '"}'


@_file("open-quotes.yaml")
def _() -> str:
    return _text() + 'a: "' + "x\n" * (10 * 2**20)


@_file("combining.yaml")
def _() -> str:
    return _text() + "a: e" + "\u0323\u0302" * (7 * 2**20)


@_file("old-encoding.yaml")
def _() -> bytes:
    words = random.Random(1)
    letters = [bytes([byte]) for byte in (*range(0xA1, 0xFF), *b"aeiounht")]
    return b"name: " + b" ".join(b"".join(words.choices(letters, k=5)) for _ in range(3_000_000))


# --- many plans in one file ----------------------------------------------------------------------------------------


@_file("long-line.jsonl")
def _() -> str:
    return json.dumps(_data() | {f"khoa {number}": 1 for number in range(450_000)}) + "\n" + json.dumps(_data()) + "\n"


@_file("nested.jsonl")
def _() -> str:
    return "[" * 1_000_000 + "\n" + json.dumps(_data()) + "\n"


@_file("wide.parquet")
def _() -> bytes:
    return _rows(_data() | {"participants": [_data()["participants"][0]] * 400_000})


@_file("long-text.parquet")
def _() -> bytes:
    data = _data()
    data["organization"]["name"] = "x" * (30 * 2**20)
    return _rows(data)


@_file("cut.parquet")
def _() -> bytes:
    whole = _rows(_data())
    return whole[: len(whole) // 3] + whole[len(whole) // 2 :]


def _rows(data: Any) -> bytes:
    """A Parquet file of one row, whatever it holds."""
    made = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([data]), made)
    return made.getvalue()


@_file("bomb.zip")
def _() -> bytes:
    return _zip({"a.yaml": b"\n" * (500 * 2**20), "b.yaml": _text().encode()})


@_file("nested.zip")
def _() -> bytes:
    inner = _zip({"a.yaml": _text().encode()})
    for _ in range(50):
        inner = _zip({"a.zip": inner})
    return inner


@_file("members.zip")
def _() -> bytes:
    return _zip({f"{number}.txt": b"" for number in range(150_000)} | {"a.yaml": _text().encode()})


def _zip(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


# --- workbooks -----------------------------------------------------------------------------------------------------


def _repacked(office: bytes, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> bytes:
    with zipfile.ZipFile(io.BytesIO(office)) as archive:
        members = {info.filename: change(info.filename, archive.read(info)) for info in archive.infolist()}
    return _zip(members | (more or {}))


def _sheets(rows: Callable[[int], Iterator[str]], sheet: int = 4) -> bytes:
    """The example's workbook with more rows in one sheet (participants are in the fourth)."""

    def change(name: str, content: bytes) -> bytes:
        if name != f"xl/worksheets/sheet{sheet}.xml":
            return content
        last = max(map(int, re.findall(rb'<row r="(\d+)"', content)))
        more = "".join(rows(last + 1)).encode()
        return content.replace(b"</sheetData>", more + b"</sheetData>")

    return _repacked(workbook.write(_plan()), change)


def _cells(row: int, values: dict[str, str]) -> str:
    cells = "".join(
        f'<c r="{column}{row}" t="inlineStr"><is><t>{value}</t></is></c>' for column, value in values.items()
    )
    return f'<row r="{row}">{cells}</row>'


@_file("wrong-rows.xlsx")
def _() -> bytes:
    words = random.Random(2)
    return _sheets(lambda first: (_short(row, f"{words.getrandbits(24):x}") for row in range(first, first + 400_000)))


def _short(row: int, text: str) -> str:
    return f'<row><c r="D{row}" t="str"><v>{text}</v></c></row>'


@_file("wrong-people.xlsx")
def _() -> bytes:
    words = random.Random(3)

    def rows(first: int) -> Iterator[str]:
        for row in range(first, first + _PEOPLE):
            yield _cells(row, {column: f"cuc{words.getrandbits(20):x}" for column in "BCDEFGH"})

    return _sheets(rows)


@_file("people-of-one-name.xlsx")
def _() -> bytes:
    def rows(first: int) -> Iterator[str]:
        for row in range(first, first + _PEOPLE):
            yield _cells(row, {"C": "Nguyễn Văn An", "E": "Đại biểu dự đại hội", "I": "Nguyễn Văn An"})

    return _sheets(rows)


@_file("shared-texts.xlsx")
def _() -> bytes:
    texts = b"".join(b"<si><t>%d</t></si>" % number for number in range(1_200_000))
    start = b'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return _with_texts(start + texts + b"</sst>", "0")


@_file("one-shared-text.xlsx")
def _() -> bytes:
    text = bytes(random.Random(4).choices(range(97, 123), k=20 * 2**20))
    start = b'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
    return _with_texts(start + text + b"</t></si></sst>", "0")


def _with_texts(texts: bytes, index: str) -> bytes:
    made = _sheets(
        lambda first: (
            f'<row r="{row}"><c r="D{row}" t="s"><v>{index}</v></c></row>' for row in range(first, first + 100_000)
        )
    )
    return _repacked(made, lambda name, content: texts if name == "xl/sharedStrings.xml" else content)


@_file("formats.xlsx")
def _() -> bytes:
    code = "yyyy" + '\\"' * 12_000 + '"' * 12_001 + "[" * 12_000

    def change(name: str, content: bytes) -> bytes:
        if name != "xl/styles.xml":
            return content
        formats = "".join(
            f'<numFmt numFmtId="{number}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
            for number in range(164, 168)
        )
        content = re.sub(rb"<numFmts.*?</numFmts>|<numFmts[^>]*/>", b"", content, flags=re.DOTALL)
        return re.sub(rb"(<styleSheet[^>]*>)", rb"\1<numFmts>" + formats.encode() + rb"</numFmts>", content, count=1)

    return _repacked(workbook.write(_plan()), change)


@_file("merged.xlsx")
def _() -> bytes:
    def change(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet4.xml":
            return content
        merged = "".join(f'<mergeCell ref="A{row}:XFD1048576"/>' for row in range(5, 100_000))
        return content.replace(b"</sheetData>", b"</sheetData><mergeCells>" + merged.encode() + b"</mergeCells>")

    return _repacked(workbook.write(_plan()), change)


@_file("bomb.xlsx")
def _() -> bytes:
    return _repacked(workbook.write(_plan()), lambda _, content: content, {"xl/a.bin": b"\0" * (60 * 2**20)})


@_file("nested.xlsx")
def _() -> bytes:
    return _sheets(lambda _: iter(["<a>" * 300_000]))


# --- documents -----------------------------------------------------------------------------------------------------


def _document(more: str) -> bytes:
    """The example's document with something at its end."""

    def change(name: str, content: bytes) -> bytes:
        if name != "word/document.xml":
            return content
        before, _, after = content.rpartition(b"<w:sectPr")
        return before + more.encode() + b"<w:sectPr" + after

    return _repacked(word.write(_plan()), change)


@_file("paragraphs.docx")
def _() -> bytes:
    words = random.Random(5)
    return _document("".join(f"<w:p><w:r><w:t>{words.getrandbits(16):x}</w:t></w:r></w:p>" for _ in range(500_000)))


@_file("nested-tables.docx")
def _() -> bytes:
    return _document("<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60)


@_file("tables.docx")
def _() -> bytes:
    words = random.Random(7)
    cell = "<w:tc><w:p><w:r><w:t>{:x}</w:t></w:r></w:p></w:tc>"
    return _document(
        "".join(f"<w:tbl><w:tr>{cell.format(words.getrandbits(32))}</w:tr></w:tbl>" for _ in range(200_000))
    )


@_file("wide-cells.docx")
def _() -> bytes:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="9999999"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>'
    return _document(f"<w:tbl><w:tr>{cell * 10}</w:tr></w:tbl>" * 1_000)


@_file("wrong-people.docx")
def _() -> bytes:
    words = random.Random(6)

    def change(name: str, content: bytes) -> bytes:
        if name != "word/document.xml":
            return content
        table = max(re.findall(rb"<w:tbl>.*?</w:tbl>", content, re.DOTALL), key=len)
        columns = table.rpartition(b"<w:tr>")[2].count(b"<w:tc>") or 8
        cells = "".join("<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>" for _ in range(columns))
        rows = "".join(
            f"<w:tr>{cells.format(*(f'{words.getrandbits(20):x}' for _ in range(columns)))}</w:tr>"
            for _ in range(_PEOPLE)
        )
        return content.replace(table, table.removesuffix(b"</w:tbl>") + rows.encode() + b"</w:tbl>")

    return _repacked(word.write(_plan()), change)


@_file("cut.docx")
def _() -> bytes:
    whole = word.write(_plan())
    return whole[: len(whole) // 2]


@_file("stored-junk.docx")
def _() -> bytes:
    return zlib.compress(bytes(2**20)) * 20


if __name__ == "__main__":
    name, folder = sys.argv[1:]
    Path(folder, name).write_bytes(FILES[name]())
