"""What a number format makes of a value: a date, a number, a text, something else than is stored, or nothing.

One pass over the format, character by character: it takes time in proportion to the format's length.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

LONGEST: Final = 255
"""Characters of a number format, as Excel limits them; a longer one is not looked into."""

BUILT_IN: Final = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""The number formats that files give by their number alone, those of days in the order that Vietnamese Excel shows."""

Shown = Literal["as stored", "otherwise", "not at all"]
"""How a value looks in its cell."""

_DATE_WORDS: Final = frozenset((
    "ngày", "tháng", "năm", "lúc", "vào", "hồi", "giờ", "gio", "phút", "phut", "giây", "h", "g", "p", "t", "thứ",
    "sa", "ch",
))  # fmt: skip
_GREGORIAN: Final = (0, 1)
_LOCALE: Final = r"(?i)\$[^-\]]*-([0-9a-f]{1,8})(?:,.*)?"
_CONDITION: Final = r"[<>=]+-?[\d.]+"
_COLOURS: Final = frozenset(("black", "blue", "cyan", "green", "magenta", "red", "yellow"))


@dataclass(slots=True)
class _Section:
    """One of the parts between semicolons: which parts of a date it shows (y m d h n s, in order), and what else."""

    parts: str = ""
    literal: str = ""
    digits: str = ""
    text: bool = False
    general: bool = False
    conditional: bool = False
    odd: bool = False
    scaled: bool = False
    percent: bool = False
    white: bool = False

    @property
    def empty(self) -> bool:
        return not (self.parts or self.literal.strip() or self.digits or self.text or self.general or self.odd)


class NumberFormat(NamedTuple):
    """What a number format shows. `shows` has "d" where it is of days, "h" where it is of hours.

    `zeros` is to how many digits a whole number is filled up with zeros; 0 where it is not. `plain` is true where every
    value that such a cell is likely to hold is seen as it is stored.
    """

    code: str
    shows: str = ""
    zeros: int = 0
    plain: bool = True
    sections: tuple[_Section, ...] = ()

    @property
    def percent(self) -> bool:
        """Whether a number is shown as a percentage."""
        return len(self.sections) == 1 and self.sections[0].percent

    def number(self, value: float) -> Shown:
        """How a number looks."""
        if self.plain or not self.sections:
            return "as stored" if self.plain else "otherwise"
        sections = self.sections[:3]
        if any(section.conditional for section in sections):
            looks = {_number(section, value) for section in sections}
            return looks.pop() if len(looks) == 1 else "otherwise"
        if value < 0 and len(sections) > 1:
            signed = "-" in sections[1].literal or "(" in sections[1].literal
            looked = _number(sections[1], value)
            return "otherwise" if looked == "as stored" and not signed else looked
        return _number(sections[2 if value == 0 and len(sections) > 2 else 0], value)

    def words(self) -> Shown:
        """How a text looks."""
        if self.plain or not self.sections:
            return "as stored" if self.plain else "otherwise"
        known = [section for section in self.sections if section.text]
        section = self.sections[3] if len(self.sections) > 3 else known[-1] if known else None
        if section is None:
            return "as stored"
        if section.empty or section.white:
            return "not at all"
        return "as stored" if section.text and not _tells(section.literal) else "otherwise"


GENERAL: Final = NumberFormat("General")


def number_format(code: str) -> NumberFormat:
    """The number format with this code."""
    if not code or code.lower() == "general":
        return GENERAL
    if len(code) > LONGEST:
        return NumberFormat(code[:LONGEST], plain=False)
    sections = _sections(code)
    first = sections[0]
    shows = ("d" if set(first.parts) & set("ymd") else "") + ("h" if set(first.parts) & set("hns") else "")
    zeros = len(code) if code.strip("0") == "" and len(code) > 1 else 0
    plain = len(sections) == 1 and _plain(first)
    return NumberFormat(code, shows, zeros, plain, tuple(sections))


def _plain(section: _Section) -> bool:
    if section.odd or section.white or section.conditional or _tells(section.literal):
        return False
    if section.parts:
        return set("ymdhn") <= set(section.parts) and not _month_first(section.parts)
    return section.text or section.general or "0" in section.digits


def _number(section: _Section, value: float) -> Shown:
    if section.empty or section.white:
        return "not at all"
    if section.odd or not (section.parts or section.digits or section.general or section.text):
        return "otherwise"
    if value == 0 and section.digits and "0" not in section.digits:
        return "not at all"
    if not section.parts:
        return "otherwise" if _tells(section.literal) else "as stored"
    words = re.findall(r"[^\W\d_]+", section.literal.lower())
    if re.search(r"\d", section.literal) or not _DATE_WORDS.issuperset(words) or _month_first(section.parts):
        return "otherwise"
    wanted = set("hn") if value < 1 else set("ymd") if float(value).is_integer() else set("ymdhn")
    return "as stored" if wanted <= set(section.parts) else "otherwise"


def _tells(literal: str) -> bool:
    """Whether a literal text says something: a letter or a digit."""
    return any(mark.isalnum() for mark in literal)


def _month_first(parts: str) -> bool:
    """Whether a month stands before its day and no year before both, as in America: 01/10 is the first of October here."""
    return "m" in parts and "d" in parts and parts.index("m") < parts.index("d") and parts[0] != "y"


def _sections(code: str) -> list[_Section]:
    """The sections of a format, read in one pass."""
    section, sections = _Section(), []
    position = 0
    while position < len(code):
        mark = code[position]
        if mark == ";":
            sections.append(_closed(section))
            section = _Section()
        elif mark == '"':
            end = code.find('"', position + 1)
            end = len(code) if end < 0 else end
            section.literal += code[position + 1 : end]
            position = end
        elif mark == "\\":
            section.literal += code[position + 1 : position + 2]
            position += 1
        elif mark in "_*":
            position += 1
        elif mark == "[":
            end = code.find("]", position)
            end = len(code) if end < 0 else end
            _bracket(section, code[position + 1 : end].strip())
            position = end
        else:
            position += _read(section, code, position)
        position += 1
    return [*sections, _closed(section)]


def _read(section: _Section, code: str, position: int) -> int:
    """Read what stands at a position outside quotes and brackets; gives how many characters more than one it takes."""
    mark = code[position].lower()
    rest = code[position : position + 7].lower()
    if rest == "general":
        section.general = True
        return 6
    for words in ("am/pm", "a/p"):
        if rest.startswith(words):
            return len(words) - 1
    if mark in "ymdhs":
        if not section.parts.endswith(mark) or code[position - 1].lower() != mark:
            section.parts += mark
    elif mark in "eb" and rest[1:2] in "+-" and section.digits:
        return 1
    elif mark in "egb":
        section.odd = True  # years of other calendars
    elif mark in "0#?":
        section.digits += mark
    elif mark == "@":
        section.text = True
    elif mark == "%" or (mark == "," and not code[position + 1 :].lstrip(",").startswith(("0", "#", "?"))):
        section.scaled = True  # a hundredth, a thousandth
        section.percent = mark == "%"
    elif mark not in ",. /:-":
        section.literal += code[position]
    elif mark == "-" and not section.parts:
        section.literal += mark
    return 0


def _bracket(section: _Section, inside: str) -> None:
    lowered = inside.lower()
    if lowered and lowered.strip("hms") == "" and len(set(lowered)) == 1:
        section.parts += lowered[0]
    elif locale := re.fullmatch(_LOCALE, inside):
        calendar = int(locale[1], 16) >> 16 & 0xFF
        section.odd |= calendar not in _GREGORIAN and locale[1].upper() not in ("F800", "F400")
    elif re.fullmatch(_CONDITION, inside):
        section.conditional = True
    elif lowered == "white":
        section.white = True
    elif lowered not in _COLOURS and not inside.startswith("$") and not re.fullmatch(r"color ?\d+", lowered):
        section.odd = True


def _closed(section: _Section) -> _Section:
    """The section with the minutes told from the months: minutes stand after hours or before seconds."""
    parts = list(section.parts)
    for index, part in enumerate(parts):
        before, after = parts[index - 1] if index else "", parts[index + 1] if index + 1 < len(parts) else ""
        if part == "m" and (before in ("h", "n") or after == "s"):
            parts[index] = "n" if before == "h" or after == "s" else "m"
    section.parts = "".join(parts)
    if section.parts:
        section.digits = ""  # fractions of seconds
    else:
        section.odd |= section.scaled
    return section
