"""A letter for each sender of plans, from an office's own template, with annotated copies of the files that they sent."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any, Final

from ..base.canonical import canonical
from ..base.failure import told
from ..base.limits import Limits
from ..base.text import Language
from ..evaluation.verdict import Report
from ..lint.appraise import alone
from ..reporters.annotation.annotate import SUFFIXES, annotate
from ..reporters.annotation.marks import marks
from ..reporters.docx import fill_each
from ..reporters.sheet import BLANK, called_values, sheet_values
from ..reporters.words import called
from .audited_plan import AuditedPlan
from .inputs.listing import Entry
from .workers.ledger import Ledger

LETTER: Final = "cong-van.docx"
_COPY: Final = "-co-chu-thich"
_AT_ONCE: Final = 200
"""Letters that are written together."""
_LONGEST: Final = 60
"""Letters of a sender's name in that of a folder."""


@dataclass(slots=True)
class Sender:
    """Who sent plans: their numbers in the audit, and the annotated copies by the numbers."""

    folder: str
    plans: list[int] = field(default_factory=list)
    copies: dict[int, str] = field(default_factory=dict)


def senders(ledger: Ledger) -> list[Sender]:
    """Who sent the plans: an organisation of a district, or a file where the plan can't be read."""
    found: dict[tuple[str, str], Sender] = {}
    taken: set[str] = set()
    for number, outcome in enumerate(ledger.outcomes()):
        name = outcome.organization or outcome.verdict.organization
        key = (canonical(name or outcome.place), canonical(outcome.district or ""))
        if key not in found:
            found[key] = Sender(_apart(_plainly(name or PurePath(outcome.place).stem), taken))
        found[key].plans.append(number)
    return [*found.values()]


def write_letters(
    folder: Path, ledger: Ledger, template: Path, report: Report, language: Language, limits: Limits
) -> int:
    """Fill the folder with one folder for each sender; gives how many. `report` says what the audit went by.

    Raises Unreadable where the template is at fault, or a file is no longer what was checked; OSError.
    """
    found = senders(ledger)
    for first in range(0, len(found), _AT_ONCE):
        some = found[first : first + _AT_ONCE]
        for sender in some:
            (folder / sender.folder).mkdir()
            for number in sender.plans:
                _copy(folder / sender.folder, sender, number, ledger, language, limits)
        # Children share the file of the ledger with this process: what letters say is gathered here.
        contents = [_content(sender, ledger.take, report, language) for sender in some]
        for sender, letter in zip(some, fill_each(template, contents, dict), strict=True):
            (folder / sender.folder / LETTER).write_bytes(letter)
    return len(found)


def _copy(place: Path, sender: Sender, number: int, ledger: Ledger, language: Language, limits: Limits) -> None:
    """The annotated copy of an office file in which something is wrong."""
    entry, outcome = ledger.take(number)
    found = marks(outcome.verdict, language)
    if entry.form not in SUFFIXES or entry.problem is not None or not found:
        return
    content = ledger.content(number)
    with told(entry.place):
        made = alone(lambda: annotate(entry.file, content, entry.form, found, language), entry.place, limits)
    name = _apart(_plainly(PurePath(entry.member or entry.path).stem) + _COPY, {*sender.copies.values()}, entry.form)
    sender.copies[number] = name
    (place / name).write_bytes(made)


def _content(
    sender: Sender, take: Callable[[int], tuple[Entry, AuditedPlan]], report: Report, language: Language
) -> dict[str, Any]:
    """Everything that a template of letters may name."""
    outcomes = [take(number)[1] for number in sender.plans]
    plans = [
        _plan(outcome, sender.copies.get(number, ""), report, language)
        for number, outcome in zip(sender.plans, outcomes, strict=True)
    ]
    first, verdicts = plans[0], tuple(outcome.verdict for outcome in outcomes)
    return {
        "van_ban": called_values(called(replace(report, verdicts=verdicts)), language),
        "to_chuc": first["to_chuc"],
        "huyen": next((outcome.district for outcome in outcomes if outcome.district), BLANK),
        "chi_dao": first["chi_dao"],
        "dat": all(plan["dat"] for plan in plans),
        "so_ke_hoach": len(plans),
        "cac_ke_hoach": plans,
        "ban_chu_thich": [*sender.copies.values()],
    }


def _plan(outcome: AuditedPlan, copy: str, report: Report, language: Language) -> dict[str, Any]:
    """What is said of one plan: what an appraisal sheet says of it, its file and the annotated copy."""
    said = sheet_values(report, outcome.verdict, language)
    return said | {"tep": PurePath(outcome.verdict.file).name, "ban_chu_thich": copy}


def _plainly(name: str) -> str:
    """A name of small letters, digits and hyphens, fit for folders of every system."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d"))
    return (
        re.sub(r"[^a-z0-9]+", "-", re.sub(r"[^\x00-\x7f]", "", decomposed)).strip("-")[:_LONGEST].strip("-") or "don-vi"
    )


def _apart(name: str, taken: "set[str]", suffix: str = "") -> str:
    """The name, with a number where it is taken; takes it."""
    number, found = 1, f"{name}{suffix}"
    while found in taken:
        number += 1
        found = f"{name}-{number}{suffix}"
    taken.add(found)
    return found
