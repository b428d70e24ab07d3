"""What can't be taken over from a cell with a formula, whose result some program once stored."""

import re
from typing import Final

from ..base.suggest import shown
from ..base.text import Text
from ..documents.document import Unclear
from .unclear import FAULTS

_OUTSIDE: Final = (
    r"(?i)(?<![\w\]])\[\d+\]|\w\|'?[^|!]{0,200}!|\b(?:WEBSERVICE|RTD|STOCKHISTORY|CUBE[A-Z]+|SQL\.REQUEST)\s*\("
)
_UNSTABLE: Final = r"(?i)\b(?:NOW|TODAY|RAND|RANDBETWEEN|RANDARRAY|CELL|INFO)\s*\("
_PICTURE: Final = r"(?i)\b(?:IMAGE|DISPIMG)\s*\("


def changes_by_itself(formula: str) -> bool:
    """Whether the result is another one whenever, or wherever, the file is opened."""
    return bool(re.search(_UNSTABLE, formula) or re.search(_OUTSIDE, formula))


def names_in_formula(formula: str) -> set[str]:
    """Every name in a formula, of functions and cells too, in small letters."""
    return set(re.findall(r"[^\W\d][\w.]*", formula.casefold()))


def fault(formula: str, *, stored: bool) -> Unclear | None:
    """What is wrong with a cell by its formula alone; `stored` is whether the file has a result."""
    written = f"={formula}"
    if re.search(_OUTSIDE, formula):
        return Unclear(
            written,
            Text("Ô lấy giá trị từ một tệp khác (liên kết ngoài)", "The cell takes its value from another file"),
            Text(
                "Chép ô, dán lại bằng “Dán đặc biệt – Giá trị”", "Copy the cell and paste it as a value (Paste Special)"
            ),
        )
    if re.search(_UNSTABLE, formula):
        return unstable(written)
    if re.search(_PICTURE, formula):
        return picture(written)
    if not stored:
        return Unclear(
            written,
            Text(
                f"Ô là công thức “{shown(written)}” chưa có kết quả được lưu",
                f"The cell is the formula “{shown(written)}” without a stored result",
            ),
            Text(
                "Ghi thẳng giá trị, hoặc mở tệp bằng LibreOffice (Excel) rồi lưu lại",
                "Write the value itself, or open the file in LibreOffice (Excel) and save it",
            ),
        )
    return None


unstable: Final = FAULTS["unstable"]
"""A formula with another result every time."""


def rests_on_unstable() -> Unclear:
    """A formula for a time or a number, in a file where results change by themselves."""
    return Unclear(
        "",
        Text(
            "Ô lấy giá trị từ công thức, mà trong tệp có công thức thay đổi mỗi lần mở (NOW, TODAY…)",
            "A formula decides the cell, and the file has formulas whose results change whenever it is opened (NOW …)",
        ),
        Text("Ghi thẳng giá trị thay cho công thức", "Write the value itself in place of the formula"),
    )


picture: Final = FAULTS["picture"]
"""A cell that shows a picture, or another thing that is no value."""


error: Final = FAULTS["error"]
"""A cell that shows that its formula failed."""
