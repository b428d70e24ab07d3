"""A baseline: the findings there were when a first audit was made. They stay visible and marked, and only new ones count.

A finding is known again by organisation, rule, subject and evidence, so a plan may be renamed or moved, and another
person under the same id, or a breach by more, is new. Evidence and names are kept as digests with the user's own key,
which lies outside the file: who has the baseline alone can't try out names.
"""

import datetime
import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from ..base.problem import SCHEMA, UNREADABLE, Place, Problem, Unreadable
from ..base.text import Text, counted
from ..base.unwritable import writing
from ..evaluation.verdict import Finding, Verdict

MENDED: Final = "WV004"
UNKNOWN: Final = "WV005"
BASELINE: Final = "baseline"
"""What `waived.by` says of a finding that counts for nothing because a baseline knows it."""
_SCHEMA: Final = 2
_WITHOUT_EVIDENCE: Final = 1
"""The schema of baselines that knew findings by organisation, rule and subject alone."""
_BYTES: Final = 16

Known = tuple[str, str, str, str]
"""Organisation, rule, subject id, and the keyed digest of the evidence."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings of a first audit, and the day it was made. `key` tells apart with which key it was made; "" where
    nothing is known of the evidence."""

    file: str
    written: str
    known: frozenset[Known]
    key: str = ""


class Identities:
    """The identities of findings as a baseline keeps them: digests with one key."""

    def __init__(self, key: bytes) -> None:
        self._key = hashlib.sha256(key).digest()
        self.fingerprint = hashlib.blake2b(b"baseline", key=self._key, digest_size=8).hexdigest()
        """Tells keys apart; the key can't be had back from it."""

    def known(self, verdict: Verdict, finding: Finding) -> Known:
        """By what a finding on a plan that says whose it is would be known again."""
        assert finding.identity, "the finding was not asked for its identity"
        digest = hashlib.blake2b(finding.identity.encode(), key=self._key, digest_size=_BYTES).hexdigest()
        return verdict.organization or "", finding.rule, finding.subject.id, digest


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file. Raises Unreadable."""
    from ..documents.json import read as read_json
    from ..documents.source import load

    data: Any = read_json(str(path), load(str(path))).data
    try:
        assert isinstance(data, dict)
        assert data["schema"] in (_WITHOUT_EVIDENCE, _SCHEMA)
        old = data["schema"] == _WITHOUT_EVIDENCE
        names = ("organization", "rule", "subject") if old else ("organization", "rule", "subject", "evidence")
        kept = [tuple(str(item[name]) for name in names) for item in data["findings"]]
        known = frozenset((*item, "") if old else item for item in kept)
        written = datetime.date.fromisoformat(str(data["written"]))
        return Baseline(str(path), written.isoformat(), known, "" if old else str(data["key"]))  # type: ignore[arg-type]
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


def baseline_of(verdicts: Iterable[Verdict], identities: Identities, today: datetime.date, file: str) -> Baseline:
    """The baseline of these verdicts: their findings that no waiver covers."""
    known = frozenset(
        identities.known(verdict, finding)
        for verdict in verdicts
        if verdict.organization is not None
        for finding in verdict.findings
        if finding.waived is None
    )
    return Baseline(file, today.isoformat(), known, identities.fingerprint)


def write_baseline(baseline: Baseline) -> None:
    """Write a baseline to its file, sorted, so that two of them can be compared.

    Raises Unreadable, too where something else than a baseline stands there: it may be a plan.
    """
    from ..base.whole_file import write_whole

    path = Path(baseline.file)
    if os.path.isfile(path) and not _is_baseline(path):
        raise Unreadable(_not_a_baseline(path))
    findings = [
        {"organization": organization, "rule": rule, "subject": subject, "evidence": evidence}
        for organization, rule, subject, evidence in sorted(baseline.known)
    ]
    document = {"schema": _SCHEMA, "written": baseline.written, "key": baseline.key, "findings": findings}
    with writing(path):
        write_whole(path, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode(), _is_baseline)


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
            "Đã có tệp này và đó không phải là mốc (có thể là văn bản)",
            "This file exists and is no baseline (it may be a document)",
        ),
        Text("Đặt tên khác, ví dụ .baseline.json", "Choose another name, such as .baseline.json"),
        Place(str(path)),
    )


def apply_baseline(verdict: Verdict, baseline: Baseline, identities: Identities) -> Verdict:
    """The verdict with each finding that the baseline knows, and no waiver covers, marked as waived."""
    day = datetime.date.fromisoformat(baseline.written)
    reason = Text(f"đã có trong mốc ngày {day:%d/%m/%Y}", f"in the baseline of {baseline.written} already").to_json()

    def marked(finding: Finding) -> Finding:
        if finding.waived is not None or identities.known(verdict, finding) not in baseline.known:
            return finding
        return replace(finding, waived={"by": BASELINE, "reason": reason})

    return replace(verdict, findings=tuple(map(marked, verdict.findings))) if verdict.findings else verdict


def baseline_notices(baseline: Baseline, identities: Identities, verdicts: Sequence[Verdict]) -> tuple[Problem, ...]:
    """What there is to say of a baseline after a run: that nothing can be known by it, or that it can be tightened."""
    if baseline.key != identities.fingerprint:
        return (_unknown(baseline),)
    return tightening_notice(baseline, identities, verdicts)


def _unknown(baseline: Baseline) -> Problem:
    """Why a baseline knows nothing, whatever is in it: to know findings by less than the evidence would hide new ones."""
    why = (
        Text("được ghi bằng khóa khác", "was written with another key")
        if baseline.key
        else Text("do bản cũ ghi, chưa giữ căn cứ của từng phát hiện", "is of an older version and holds no evidence")
    )
    fix = (
        Text(
            "Dùng lại tệp khóa khi ghi mốc (THAMDINH_AUDIT_KEY_FILE), hoặc ghi lại mốc bằng --write-baseline",
            "Use the key file that it was written with (THAMDINH_AUDIT_KEY_FILE), or write it anew with --write-baseline",
        )
        if baseline.key
        else Text(
            "Xem lại các phát hiện rồi ghi lại mốc bằng --write-baseline",
            "Look at the findings again, and write the baseline anew with --write-baseline",
        )
    )
    return Problem(
        UNKNOWN,
        Text(
            f"Mốc {why.vi}, nên không bỏ qua phát hiện nào ({len(baseline.known)} phát hiện trong mốc đều được tính)",
            f"The baseline {why.en}, so every finding counts ({counted(len(baseline.known), 'finding')} in it)",
        ),
        fix,
        Place(baseline.file),
    )


def tightening_notice(baseline: Baseline, identities: Identities, verdicts: Sequence[Verdict]) -> tuple[Problem, ...]:
    """A notice where findings of the baseline are gone from plans that were checked now: the baseline can be tightened."""
    judged = [verdict for verdict in verdicts if not verdict.problems]
    organizations = {verdict.organization for verdict in judged}
    found = {identities.known(verdict, finding) for verdict in judged for finding in verdict.findings}
    gone = [known for known in sorted(baseline.known) if known[0] in organizations and known not in found]
    if not gone:
        return ()
    organization, rule, *_ = gone[0]
    day = f"{datetime.date.fromisoformat(baseline.written):%d/%m/%Y}"
    return (
        Problem(
            MENDED,
            Text(
                f"{len(gone)} phát hiện trong mốc ngày {day} nay không còn (trước hết: {rule}, {organization})",
                f"{counted(len(gone), 'finding')} of the baseline of {day} gone (the first: {rule}, {organization})",
            ),
            Text(
                "Ghi lại mốc bằng --write-baseline để các lỗi đã khắc phục không được bỏ qua nữa",
                "Write the baseline anew with --write-baseline, so that what is mended is not passed over again",
            ),
            Place(baseline.file),
        ),
    )
