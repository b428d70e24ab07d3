"""Waivers: findings that somebody answers for. A waived finding stays in every report, marked, and does not count.

The waivers file is the one that `--waivers` or the settings name, else `waivers.yaml` in the current directory; one that
lies among the plans waives nothing (claims.py). A waiver names a rule, whom it is for (a subject, an organisation, or
both), why, who approved it in which document, and the last day it holds.
"""

import datetime
import os
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ..base.problem import REFERENCE, UNREADABLE, Place, Problem, Unreadable
from ..base.suggest import closest
from ..base.text import Text, counted
from ..documents.claims import WAIVERS
from ..evaluation.verdict import Finding, Verdict

NAMES: Final = WAIVERS
NOTICE_DAYS: Final = 14
"""A waiver is reported when it ends within so many days."""

EXPIRED: Final = "WV001"
ENDS_SOON: Final = "WV002"
UNMATCHED: Final = "WV003"


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver: it holds to the end of `valid_until`. `subject` or `organization` (or both) says whom it is for."""

    rule: str
    subject: str | None
    organization: str | None
    reason: str
    approved_by: str
    document: str
    valid_until: datetime.date
    place: Place

    def covers(self, finding: Finding, organization: str | None) -> bool:
        """Whether the waiver is about this finding of this organisation, whatever the day."""
        return (
            self.rule == finding.rule
            and self.subject in (None, finding.subject.id)
            and self.organization in (None, organization)
        )

    def holds_on(self, today: datetime.date) -> bool:
        return today <= self.valid_until

    def to_json(self) -> dict[str, object]:
        """What a finding that it waives says of it."""
        return {
            "by": "waiver",
            "reason": self.reason,
            "approved_by": self.approved_by,
            "document": self.document,
            "valid_until": self.valid_until.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Waivers:
    """The waivers of a run and the file they stand in; `problems` are those of a file that can't be read, so waives nothing."""

    file: Path | None = None
    waivers: tuple[Waiver, ...] = ()
    problems: tuple[Problem, ...] = ()


def waivers_in_force(name: str | None = None, *, named: bool = False) -> Waivers:
    """The waivers of the file of that name, else of `waivers.yaml` in the current directory.

    Raises Unreadable where the command `named` a file that can't be read: no other is tried, and no run begins.
    """
    file = waivers_here() if name is None else Path(name)
    if file is None:
        return Waivers()
    try:
        return Waivers(file, read_waivers(file))
    except Unreadable as unreadable:
        if named:
            raise
        return Waivers(file, problems=unreadable.problems)


def waivers_here() -> Path | None:
    """The waivers file in the current directory; None where there is none."""
    return next((Path(name) for name in NAMES if os.path.lexists(name)), None)


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers in a file, each with its place. Raises Unreadable with every mistake in it."""
    from ..documents import read_file
    from ..model.parsing import validated
    from .file import WaiversFile

    document = read_file(path)
    written = validated(WaiversFile, document)
    return tuple(
        Waiver(
            item.rule,
            item.subject,
            item.organization,
            item.reason,
            item.approved_by,
            item.document,
            item.valid_until,
            document.place(("waivers", number)),
        )
        for number, item in enumerate(written.waivers)
    )


def apply(verdict: Verdict, waivers: Sequence[Waiver], today: datetime.date) -> Verdict:
    """The verdict with each finding that a waiver of today covers marked as waived; the first such waiver is cited."""
    valid = [waiver for waiver in waivers if waiver.holds_on(today)]

    def marked(finding: Finding) -> Finding:
        waiver = next((waiver for waiver in valid if waiver.covers(finding, verdict.organization)), None)
        return finding if waiver is None else replace(finding, waived=waiver.to_json())

    if not valid or not verdict.findings:
        return verdict
    return replace(verdict, findings=tuple(map(marked, verdict.findings)))


def notices(
    waivers: Iterable[Waiver],
    verdicts: Sequence[Verdict],
    today: datetime.date,
    *,
    whole: bool,
    rules: Sequence[str] | None = None,
    left_out: Container[str] = (),
) -> tuple[Problem, ...]:
    """What there is to say of waivers after a run: of no rule, expired, soon to end, or about nothing that was found.

    With `whole`, the verdicts are all there are under the file, so every waiver is spoken of. Otherwise only those that
    are about a finding, or name an organisation among the verdicts, or no organisation and no rule that exists. `rules` are those there are, where that is known; `left_out` are those that the run did not check: that
    their waivers match nothing says nothing.
    """
    judged = [verdict for verdict in verdicts if not verdict.problems]
    organizations = {verdict.organization for verdict in judged}
    told = []
    for waiver in waivers:
        used = any(waiver.covers(finding, verdict.organization) for verdict in judged for finding in verdict.findings)
        unknown = rules is not None and waiver.rule not in rules
        if not (whole or used or waiver.organization in organizations or (unknown and waiver.organization is None)):
            continue
        if rules is not None and unknown:
            told.append(_unknown(waiver, rules))
        elif not waiver.holds_on(today):
            told.append(_expired(waiver))
        elif not used and waiver.rule not in left_out:
            told.append(_unmatched(waiver))
        elif used and (waiver.valid_until - today).days <= NOTICE_DAYS:
            told.append(_ends_soon(waiver, today))
    return tuple(told)


def described(waiver: Waiver) -> Text:
    """Whom and what a waiver is for, in a few words."""
    whom = [item for item in (waiver.subject, waiver.organization) if item is not None]
    return Text(f"{waiver.rule} cho {', '.join(whom)}", f"{waiver.rule} for {', '.join(whom)}")


def _unknown(waiver: Waiver, rules: Sequence[str]) -> Problem:
    near, shown = closest(waiver.rule, rules), ", ".join(rules)
    return Problem(
        REFERENCE,
        Text(f"Không có quy tắc nào có mã “{waiver.rule}”", f"No rule has the code “{waiver.rule}”"),
        Text(
            f"Có phải ý là “{near}”?" if near else f"Dùng một trong: {shown}",
            f"Did you mean “{near}”?" if near else f"Use one of: {shown}",
        ),
        waiver.place,
    )


def _expired(waiver: Waiver) -> Problem:
    what, day = described(waiver), f"{waiver.valid_until:%d/%m/%Y}"
    return Problem(
        EXPIRED,
        Text(
            f"Miễn trừ {what.vi} đã hết hạn ngày {day}, nên không còn tác dụng",
            f"The waiver of {what.en} ended on {day}",
        ),
        Text(
            "Xin gia hạn bằng văn bản mới rồi ghi lại document, valid_until; hoặc bỏ dòng này",
            "Have it renewed and write the new document and valid_until; or drop it",
        ),
        waiver.place,
    )


def _ends_soon(waiver: Waiver, today: datetime.date) -> Problem:
    what, day, left = described(waiver), f"{waiver.valid_until:%d/%m/%Y}", (waiver.valid_until - today).days
    return Problem(
        ENDS_SOON,
        Text(
            f"Miễn trừ {what.vi} hết hạn ngày {day} (còn {left} ngày)",
            f"The waiver of {what.en} ends on {day} ({counted(left, 'day')} left)",
        ),
        Text("Khắc phục, hoặc xin gia hạn trước ngày đó", "Mend the plan, or have the waiver renewed before that day"),
        waiver.place,
    )


def _unmatched(waiver: Waiver) -> Problem:
    what = described(waiver)
    return Problem(
        UNMATCHED,
        Text(f"Miễn trừ {what.vi} không ứng với phát hiện nào", f"The waiver of {what.en} matches no finding"),
        Text(
            "Kiểm tra lại rule, subject, organization; nếu lỗi đã được khắc phục thì bỏ dòng này",
            "Check rule, subject and organization; drop it if the breach is mended",
        ),
        waiver.place,
    )


def file_of_waivers(name: str | None) -> Path:
    """The waivers file of that name, else the one in the current directory. Raises Unreadable where there is none."""
    found = waivers_here() if name is None else Path(name)
    if found is not None:
        return found
    raise Unreadable(
        Problem(
            UNREADABLE,
            Text(
                "Không có tệp miễn trừ nào trong thư mục hiện tại",
                "There is no file of waivers in the current directory",
            ),
            Text(
                f"Tạo {NAMES[0]} ở đó, hoặc chỉ rõ tệp (--waivers, hoặc waivers trong thamdinh.toml)",
                f"Make {NAMES[0]} there, or name a file (--waivers, or waivers in thamdinh.toml)",
            ),
            Place(NAMES[0]),
        )
    )
