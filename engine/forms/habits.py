"""What people write for short in the rows of a table, written out before it is read: ditto marks, titles, ranges of time.

What could mean only one thing is written out and said (NT011); what could mean more is told where it stands.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from ..base.problem import Place
from ..base.suggest import letters
from ..documents.document import Unclear
from .cells import REMEMBERED, Written, cell_text, is_blank, tidy
from .headings import Heading
from .layout import FormColumn, Steps
from .names import CodedNames
from .no_rows import FilledRow, no_rows
from .remarks import REMARKS, Remark, Remarks
from .times import span
from .unclear import FAULTS

_DITTO: Final = REMARKS["ditto"]
_TITLE: Final = REMARKS["title"]
_CONTINUED: Final = REMARKS["continued"]
_SPAN: Final = REMARKS["span"]
SAME_DAY: Final = REMARKS["same_day"]

TERM: Final = REMARKS["term"]

_TERM: Final = re.compile(
    r"(?:(?:nhiệm kỳ|nhiem ky|nk|(?:khóa|khoá) [ivxlcdm]+)\W*)*((?:19|20)\d\d)(?:\W|đến|tới)+((?:19|20)\d\d)\W*",
    re.IGNORECASE,
)
_DITTO_WORDS: Final = frozenset(("nt", "nhutren"))
_TWO_OR_SEVEN: Final = re.compile(r"(?:[\W_]*[^\W_]){2}(?:(?:[\W_]*[^\W_]){5})?[\W_]*")
"""As many letters as those words have: no others need be spelt."""
_DITTO_MARKS: Final = re.compile(r"""[\s-]*(?:["″”“〃]|''|’’|//|,,)[\s-]*""")
_TITLES: Final = (
    r"ths|ts|gs|pgs|bs|ks|ls|cn|đc|đ[.]c|đồng chí|dong chi"
    r"|(?:thiếu|trung|thượng|đại) (?:úy|uý|tá)|(?:thiếu|trung|thượng) tướng"
)
_CALLS: Final = "ông|bà|anh|chị|cô|chú"
"""What may also begin a name: no title where few words follow."""
_TITLED: Final = re.compile(
    rf"(?:đ/ch?[.:]?\s*|(?:{_TITLES})(?:\s*[.:]\s*|\s+))(?=\S+\s+\S)|(?:{_CALLS})[.:]?\s+(?=\S+\s+\S+\s+\S)",
    re.IGNORECASE,
)
_UNFINISHED: Final = r"(?i:\w+|(?:.* )?(?:văn|thị))"
"""What no whole name is: one word, or one that a name goes on after."""
_REST_OF_NAME: Final = r"[^\W\d_]+(?: [^\W\d_]+){0,2}"


def term_of(written: str) -> str:
    """A term as documents write it, “2015-2020”, where a text says two years and no more than that they are a term."""
    found = _TERM.fullmatch(tidy(written))
    return f"{found[1]}-{found[2]}" if found else written


def written_out(
    rows: Sequence[FilledRow], names: Mapping[Steps, CodedNames], remarks: Remarks, follows: dict[Place, Place]
) -> Iterator[FilledRow]:
    """The rows of a table without those that are none, what they have for short written out in their grids.

    `names` are those that are known before the table is read. The form's own words are remarked on where they guess.
    `follows` is told of each cell with a ditto mark the cell that holds what it stands for.
    """
    above: dict[int, Written] = {}
    part: Heading | None = None
    last, all_short = 0, frozenset[str]()
    none = no_rows(rows, names)
    for place, row in enumerate(rows):
        heading, cells = row.heading, row.cells
        if heading is not part:
            part, above, last = heading, {}, 0
            all_short = frozenset(filter(_is_short, heading.grid.texts))
        goes_on = row.alone is not None and _goes_on(row, row.alone, above, names)
        remark = none.get(place) or (_CONTINUED if goes_on else None)
        if remark is not None:
            remarks.add(remark, heading.grid.place((row.number, min(cells))))
            for number in (*heading.columns, *heading.serials):
                cells.pop(number, None)
            continue
        _part_times(row, remarks)
        short = all_short and not all_short.isdisjoint(cells.values())
        for number in heading.columns if short else ():
            if (value := cells.get(number)) not in all_short or not isinstance(value, str):
                continue
            made, remark = _written(heading.columns[number], value, above.get(number), names)
            if remark is not None:
                spot = heading.grid.place((row.number, number))
                remarks.add(remark, spot)
                if remark is _DITTO:
                    held = heading.grid.place((last, number))
                    follows[spot] = follows.get(held, held)
            if made is not value:
                cells[number] = made
        above, last = cells, row.number
        yield row


def _goes_on(row: FilledRow, number: int, above: dict[int, Written], names: Mapping[Steps, CodedNames]) -> bool:
    """Whether a row has nothing but the rest of a name that the row above begins, which then gets it."""
    column, begun, rest = row.heading.columns[number], above.get(number), row.cells[number]
    if not column.person or not isinstance(begun, str) or not isinstance(rest, str):
        return False
    whole = f"{tidy(begun)} {tidy(rest)}"
    if column.named:
        unfinished = re.fullmatch(_UNFINISHED, tidy(begun)) and tidy(begun).replace(" ", "").isalpha()
        rests = re.fullmatch(_REST_OF_NAME, tidy(rest)) and rest.strip()[:1].isupper() and not _is_ditto(rest)
        sure = bool(unfinished and rests)
    else:
        known = names.get(column.to)
        sure = known is not None and bool(known.find(whole)) and not (known.find(tidy(begun)) or known.find(tidy(rest)))
    if sure:
        above[number] = f"{tidy(begun)} {tidy(rest).title()}" if rest.isupper() else whole
    return sure


def _part_times(row: FilledRow, remarks: Remarks) -> None:
    """Write a beginning and an end that stand in one cell into two, where the other one is empty."""
    cells = row.cells
    for begins, ends in row.heading.bounds:
        written = [number for number in (begins, ends) if not is_blank(cells.get(number))]
        value = cells[written[0]] if len(written) == 1 else None
        if isinstance(value, str) and (both := span(tidy(value))) is not None:
            remarks.add(_SPAN, row.heading.grid.place((row.number, written[0])))
            cells[begins], cells[ends] = both


@lru_cache(REMEMBERED)
def _is_short(value: str) -> bool:
    """Whether a text may be written for short: most say what they say."""
    text = tidy(value)
    return _is_ditto(value) or text.isupper() or _TITLED.match(text) is not None


def _written(
    column: FormColumn, value: str, above: Written | None, names: Mapping[Steps, CodedNames]
) -> tuple[Written, Remark | None]:
    """What a text stands for, and what is to be said of that."""
    text = tidy(value)
    if _is_ditto(value):
        is_code = column.holds == "text" and column.is_code
        if is_code or (column.to in names and names[column.to].find(text)):
            return value, None
        if column.unique or above is None or isinstance(above, Unclear) or not cell_text(above):
            return FAULTS["no_ditto"](text, column.label), None
        return above, _DITTO
    if not column.person:
        return value, None
    name, remark = text, None
    while (title := _TITLED.match(name)) is not None:
        name, remark = name[title.end() :], _TITLE
    if column.named and " " in name and name.isupper():
        name = name.title()
    return (value, None) if name == text else (name, remark)


@lru_cache(REMEMBERED)
def _is_ditto(value: str) -> bool:
    """Whether a text may stand for what is above it."""
    text = tidy(value)
    spelt = _TWO_OR_SEVEN.fullmatch(text) is not None and letters(text) in _DITTO_WORDS
    return spelt or _DITTO_MARKS.fullmatch(text) is not None
