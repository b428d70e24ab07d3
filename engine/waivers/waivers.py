"""Waivers: findings that somebody answers for. A waived finding stays in every report, marked, and does not count.

The waivers file is the one that `--waivers` or the settings name, else `waivers.yaml` in the current directory; one that
lies among the plans waives nothing (claims.py). A waiver names a rule, whom it is for (a subject, an organisation, or
both), why, who approved it in which document, and the last day it holds.
"""

import datetime
import os
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from ..base.canonical import canonical
from ..base.problem import REFERENCE, UNREADABLE, Place, Problem, Unreadable
from ..base.record import Record
from ..base.suggest import closest, did_you_mean
from ..base.text import Text, counted
from ..documents.claims import WAIVERS
from ..evaluation.verdict import Finding, Verdict

NAMES: Final = WAIVERS
NOTICE_DAYS: Final = 14
"""A waiver is reported when it ends within so many days."""

_MOST_SUBJECTS: Final = 5
EXPIRED: Final = "WV001"
ENDS_SOON: Final = "WV002"
UNMATCHED: Final = "WV003"
ONLY_BY_AUDIT: Final = "WV006"


class Waiver(Record):
    """One waiver: it holds to the end of `valid_until`. `subject` or `organization` (or both) says whom it is for."""

    rule: str
    subject: str | None
    organization: str | None
    reason: str
    approved_by: str
    document: str
    valid_until: datetime.date
    place: Place

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


class Waivers(Record):
    """The waivers of a run and the file they stand in; `problems` are those of a file that can't be read, so waives nothing.

    `notices` say what is to be known of how the file was read.
    """

    file: Path | None = None
    waivers: tuple[Waiver, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


def waivers_in_force(name: str | None = None, *, named: bool = False) -> Waivers:
    """The waivers of the file of that name, else of `waivers.yaml` in the current directory.

    Raises Unreadable where the command `named` a file that can't be read: no other is tried, and no run begins.
    """
    file = waivers_here() if name is None else Path(name)
    if file is None:
        return Waivers()
    try:
        return read_file_of_waivers(file)
    except Unreadable as unreadable:
        if named:
            raise
        return Waivers(file, problems=unreadable.problems)


def waivers_here() -> Path | None:
    """The waivers file in the current directory; None where there is none."""
    return next((Path(name) for name in NAMES if os.path.lexists(name)), None)


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers in a file, each with its place. Raises Unreadable with every mistake in it."""
    return read_file_of_waivers(path).waivers


def read_file_of_waivers(path: Path) -> Waivers:
    """What a file of waivers holds, YAML or a workbook. Raises Unreadable with every mistake in it."""
    from ..documents import read_file
    from ..model.parsing import validated
    from . import form
    from .file import WaiversFile

    document = form.read(path) if path.suffix.lower() == form.SUFFIX else read_file(path)
    written = validated(WaiversFile, document)
    found = tuple(
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
    return Waivers(path, found, notices=document.notices)


class Covering:
    """Finds which of some waivers cover a finding, whatever the day. Organisations are compared however they are spaced
    and cased (canonical.py), rules and subjects as they are: two ids may differ in case alone."""

    def __init__(self, waivers: Iterable[Waiver]) -> None:
        self._by: dict[tuple[str, str | None], list[Waiver]] = {}
        for waiver in waivers:
            self._by.setdefault((waiver.rule, _name(waiver.organization)), []).append(waiver)

    def of(self, finding: Finding, organization: str | None) -> list[Waiver]:
        """The waivers that cover a finding of this organisation, those for the organisation first."""
        keys = dict.fromkeys(((finding.rule, _name(organization)), (finding.rule, None)))
        found = (waiver for key in keys for waiver in self._by.get(key, ()))
        return [waiver for waiver in found if waiver.subject in (None, finding.subject.id)]


def _name(organization: str | None) -> str | None:
    return None if organization is None else canonical(organization)


def apply(verdict: Verdict, covering: Covering, today: datetime.date) -> Verdict:
    """The verdict with each finding that a waiver of today covers marked as waived; the first such waiver is cited."""

    def marked(finding: Finding) -> Finding:
        covers = covering.of(finding, verdict.organization)
        waiver = next((waiver for waiver in covers if waiver.holds_on(today)), None)
        return finding if waiver is None else replace(finding, waived=waiver.to_json())

    findings = tuple(map(marked, verdict.findings))
    return verdict if findings == verdict.findings else replace(verdict, findings=findings)


class RulesChecked(Record):
    """The rules of a run: all that its packs have, where that is known, those across plans, which lints don't check, and
    those that were switched off."""

    rules: tuple[str, ...] | None = None
    across: Container[str] = ()
    switched_off: Container[str] = ()


UNKNOWN_RULES: Final = RulesChecked()
"""Nothing is known of the rules."""


def notices(
    waivers: Sequence[Waiver],
    verdicts: Sequence[Verdict],
    today: datetime.date,
    *,
    whole: bool,
    checked: RulesChecked = UNKNOWN_RULES,
) -> tuple[Problem, ...]:
    """What there is to say of waivers after a run: of no rule, expired, soon to end, or about nothing that was found.

    With `whole`, the verdicts are all there are under the file, so every waiver is spoken of. Otherwise only those that
    are about a finding, or name an organisation among the verdicts, or no organisation and no rule that exists.
    """
    judged = [verdict for verdict in verdicts if not verdict.problems]
    organizations = {_name(verdict.organization) for verdict in judged}
    covering = Covering(waivers)
    used = {
        waiver
        for verdict in judged
        for found in verdict.findings
        for waiver in covering.of(found, verdict.organization)
    }
    rules = checked.rules
    told = []
    for waiver in waivers:
        unknown = rules is not None and waiver.rule not in rules
        concerned = waiver.organization is not None and _name(waiver.organization) in organizations
        if not (whole or waiver in used or concerned or (unknown and waiver.organization is None)):
            continue
        left_out = waiver.rule in checked.across or (waiver.rule in checked.switched_off and not whole)
        if rules is not None and unknown:
            told.append(unknown_rule(waiver, rules))
        elif not waiver.holds_on(today):
            told.append(expired(waiver))
        elif waiver not in used and not left_out:
            told.append(_unmatched(waiver, judged, checked))
        elif whole and waiver.rule in checked.across and waiver.rule not in checked.switched_off:
            told.append(_only_by_audit(waiver))
        elif waiver in used and ends_soon(waiver, today):
            told.append(soon_ending(waiver, today))
    return tuple(told)


def ends_soon(waiver: Waiver, today: datetime.date) -> bool:
    return (waiver.valid_until - today).days <= NOTICE_DAYS


def described(waiver: Waiver) -> Text:
    """Whom and what a waiver is for, in a few words."""
    whom = [item for item in (waiver.subject, waiver.organization) if item is not None]
    return Text(f"{waiver.rule} cho {', '.join(whom)}", f"{waiver.rule} for {', '.join(whom)}")


def unknown_rule(waiver: Waiver, rules: Sequence[str]) -> Problem:
    return Problem(
        REFERENCE,
        Text(f"Không có quy tắc nào có mã “{waiver.rule}”", f"No rule has the code “{waiver.rule}”"),
        did_you_mean(waiver.rule, rules),
        waiver.place,
    )


def expired(waiver: Waiver) -> Problem:
    what, day = described(waiver), f"{waiver.valid_until:%d/%m/%Y}"
    return Problem(
        EXPIRED,
        Text(
            f"Miễn trừ {what.vi} đã hết hạn ngày {day}, nên không còn tác dụng",
            f"The waiver of {what.en} ended on {day}",
        ),
        Text(
            "Xin gia hạn bằng văn bản mới rồi ghi lại số văn bản, ngày hết hiệu lực; hoặc bỏ dòng này",
            "Have it renewed and write its number and the last day; or drop it",
        ),
        waiver.place,
    )


def soon_ending(waiver: Waiver, today: datetime.date) -> Problem:
    what, day, left = described(waiver), f"{waiver.valid_until:%d/%m/%Y}", (waiver.valid_until - today).days
    return Problem(
        ENDS_SOON,
        Text(
            f"Miễn trừ {what.vi} hết hạn ngày {day} (còn {left} ngày)",
            f"The waiver of {what.en} ends on {day} ({counted(left, 'day')} left)",
        ),
        Text(
            "Khắc phục, hoặc xin gia hạn trước ngày đó", "Mend the document, or have the waiver renewed before that day"
        ),
        waiver.place,
    )


def _unmatched(waiver: Waiver, judged: Sequence[Verdict], checked: RulesChecked) -> Problem:
    what, why = described(waiver), _why_unmatched(waiver, judged, checked)
    return Problem(
        UNMATCHED,
        Text(
            f"Miễn trừ {what.vi} không ứng với phát hiện nào: {why.vi}",
            f"The waiver of {what.en} matches no finding: {why.en}",
        ),
        UNMATCHED_FIX,
        waiver.place,
    )


def _only_by_audit(waiver: Waiver) -> Problem:
    what, rule = described(waiver), waiver.rule
    return Problem(
        ONLY_BY_AUDIT,
        Text(
            f"Miễn trừ {what.vi}: {rule} xét giữa các văn bản, nên ở đây chưa biết có phát hiện nào ứng với nó không",
            f"The waiver of {what.en}: {rule} is judged across documents, so whether it matches a finding is not known here",
        ),
        Text(
            "Rà soát mọi văn bản để biết: thamdinh audit --waivers TỆP THƯ_MỤC",
            "Audit all documents to know: thamdinh audit --waivers FILE FOLDER",
        ),
        waiver.place,
    )


UNMATCHED_FIX: Final = Text(
    "Kiểm tra lại mã quy tắc, đối tượng, tổ chức đảng; nếu lỗi đã được khắc phục thì bỏ dòng này",
    "Check rule, subject and organization; drop it if the breach is mended",
)


def _why_unmatched(waiver: Waiver, judged: Sequence[Verdict], checked: RulesChecked) -> Text:
    """What of a waiver it is that no plan has: the organisation, a finding of the rule, or the subject."""
    if waiver.rule in checked.switched_off:
        return Text(
            f"{waiver.rule} không được kiểm tra (select, ignore)", f"{waiver.rule} is switched off (select, ignore)"
        )
    plans = judged
    if (name := waiver.organization) is not None:
        plans = [verdict for verdict in judged if _name(verdict.organization) == _name(name)]
        if not plans:
            near = closest(name, [verdict.organization for verdict in judged if verdict.organization is not None])
            vi, en = (f"; có phải “{near}”?", f"; did you mean “{near}”?") if near else ("", "")
            return Text(f"không có văn bản nào của “{name}”{vi}", f"there is no document of “{name}”{en}")
    found = [item for verdict in plans for item in verdict.findings if item.rule == waiver.rule]
    subjects = [item.subject.id for item in found]
    if not subjects:
        return Text(f"{waiver.rule} không có phát hiện nào ở đó", f"there is no finding of {waiver.rule}")
    shown = ", ".join(dict.fromkeys(subjects[:_MOST_SUBJECTS])) + (", …" if len(subjects) > _MOST_SUBJECTS else "")
    meant = {item.subject.id for item in found_by_name(waiver.subject or "", found)}
    near = meant.pop() if len(meant) == 1 else closest(waiver.subject or "", subjects)
    vi, en = (f"; có phải ý là “{near}”?", f"; did you mean “{near}”?") if near else ("", "")
    return Text(
        f"phát hiện của {waiver.rule} là về {shown}, không về {waiver.subject}{vi}",
        f"the findings of {waiver.rule} are about {shown}, not about {waiver.subject}{en}",
    )


def found_by_name(name: str, findings: Iterable[Finding]) -> list[Finding]:
    """The findings that speak of somebody or something of this name, however it is spaced and cased."""
    wanted = f" {canonical(name)} "
    return [item for item in findings if wanted.strip() and wanted in f" {canonical(_words(item.message.vi))} "]


def _words(text: str) -> str:
    """A sentence without what stands around its words."""
    return re.sub(r"[^\w@./-]+", " ", text)


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
