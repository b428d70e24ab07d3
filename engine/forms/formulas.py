"""What can't be taken over from a cell with a formula, whose result some program once stored."""

import re
from typing import Final

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
        return FAULTS["outside"](written)
    if re.search(_UNSTABLE, formula):
        return unstable(written)
    if re.search(_PICTURE, formula):
        return picture(written)
    return None if stored else FAULTS["no_result"](written)


unstable: Final = FAULTS["unstable"]
"""A formula with another result every time."""


RESTS_ON_UNSTABLE: Final = FAULTS["rests_on_unstable"]("")
"""A formula for a time or a number, in a file where results change by themselves."""


picture: Final = FAULTS["picture"]
"""A cell that shows a picture, or another thing that is no value."""


error: Final = FAULTS["error"]
"""A cell that shows that its formula failed."""
