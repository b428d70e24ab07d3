"""A baseline: the findings there were when a first audit was made. They stay visible and marked, and only new ones count.

A finding is known again by organisation, rule and subject, so a plan may be renamed or moved.
"""

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ..base.problem import SCHEMA, UNREADABLE, Place, Problem, Unreadable
from ..base.text import Text, counted
from ..base.unwritable import unwritable
from ..evaluation.verdict import Finding, Verdict

MENDED: Final = "WV004"
BASELINE: Final = "baseline"
"""What `waived.by` says of a finding that counts for nothing because a baseline knows it."""

Known = tuple[str, str, str]
"""Organisation, rule, subject id."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings of a first audit, and the day it was made."""

    file: str
    written: str
    known: frozenset[Known]


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file. Raises Unreadable."""
    from ..documents.json import read as read_json
    from ..documents.source import load

    data = read_json(str(path), load(str(path))).data
    try:
        assert isinstance(data, dict)
        assert data["schema"] == 1
        known = frozenset(
            (str(item["organization"]), str(item["rule"]), str(item["subject"])) for item in data["findings"]
        )
        written = datetime.date.fromisoformat(str(data["written"]))
        return Baseline(str(path), written.isoformat(), known)
    except (AssertionError, KeyError, TypeError, ValueError):
        raise Unreadable(
            Problem(
                SCHEMA,
                Text(
                    "Tệp này không phải là mốc do --write-baseline ghi ra",
                    "This is no baseline that --write-baseline wrote",
                ),
                Text("Ghi lại mốc bằng --write-baseline", "Write it anew with --write-baseline"),
                Place(str(path), 1, 1),
            )
        ) from None


def baseline_of(verdicts: Iterable[Verdict], today: datetime.date, file: str) -> Baseline:
    """The baseline of these verdicts: their findings that no waiver covers."""
    known = frozenset(
        (verdict.organization, finding.rule, finding.subject.id)
        for verdict in verdicts
        if verdict.organization is not None
        for finding in verdict.findings
        if finding.waived is None
    )
    return Baseline(file, today.isoformat(), known)


def write_baseline(baseline: Baseline) -> None:
    """Write a baseline to its file, sorted, so that two of them can be compared.

    Raises Unreadable, too where something else than a baseline stands there: it may be a plan.
    """
    from ..base.whole_file import write_whole

    path = Path(baseline.file)
    if path.is_file() and not _is_baseline(path):
        raise Unreadable(_not_a_baseline(path))
    findings = [
        {"organization": organization, "rule": rule, "subject": subject}
        for organization, rule, subject in sorted(baseline.known)
    ]
    document = {"schema": 1, "written": baseline.written, "findings": findings}
    try:
        write_whole(path, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode(), _is_baseline)
    except OSError as error:
        raise Unreadable(unwritable(path, error)) from None


def _is_baseline(path: Path) -> bool:
    try:
        read_baseline(path)
    except Unreadable:
        return False
    return True


def _not_a_baseline(path: Path) -> Problem:
    return Problem(
        UNREADABLE,
        Text(
            "Đã có tệp này và đó không phải là mốc (có thể là kế hoạch)",
            "This file exists and is no baseline (it may be a plan)",
        ),
        Text("Đặt tên khác, ví dụ .baseline.json", "Choose another name, such as .baseline.json"),
        Place(str(path)),
    )


def apply_baseline(verdict: Verdict, baseline: Baseline) -> Verdict:
    """The verdict with each finding that the baseline knows, and no waiver covers, marked as waived."""

    day = datetime.date.fromisoformat(baseline.written)
    reason = Text(f"đã có trong mốc ngày {day:%d/%m/%Y}", f"in the baseline of {baseline.written} already").to_json()

    def marked(finding: Finding) -> Finding:
        if finding.waived is not None or (verdict.organization, finding.rule, finding.subject.id) not in baseline.known:
            return finding
        return replace(finding, waived={"by": BASELINE, "reason": reason})

    return replace(verdict, findings=tuple(map(marked, verdict.findings))) if verdict.findings else verdict


def mended(baseline: Baseline, verdicts: Sequence[Verdict]) -> tuple[Problem, ...]:
    """A notice where findings of the baseline are gone from plans that were checked now: the baseline can be tightened."""
    judged = [verdict for verdict in verdicts if not verdict.problems]
    organizations = {verdict.organization for verdict in judged}
    found = {
        (verdict.organization, finding.rule, finding.subject.id) for verdict in judged for finding in verdict.findings
    }
    gone = [known for known in sorted(baseline.known) if known[0] in organizations and known not in found]
    if not gone:
        return ()
    organization, rule, subject = gone[0]
    return (
        Problem(
            MENDED,
            Text(
                f"{len(gone)} phát hiện trong mốc ngày {baseline.written} nay không còn (trước hết: {rule} {subject}, {organization})",
                f"{counted(len(gone), 'finding')} of the baseline of {baseline.written} gone (the first: {rule} {subject}, {organization})",
            ),
            Text(
                "Ghi lại mốc bằng --write-baseline để các lỗi đã khắc phục không được bỏ qua nữa",
                "Write the baseline anew with --write-baseline, so that what is mended is not passed over again",
            ),
            Place(baseline.file),
        ),
    )
