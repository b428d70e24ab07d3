"""Cases: submitted, appraised, decided. Each operation asks permissions.py, and ends in one event or in nothing."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..engine.base.as_json import json_text
from ..engine.base.inert import printable
from ..engine.base.problem import Unreadable
from ..engine.base.text import Text
from ..engine.evaluation.verdict import Report
from ..engine.reporters.words import called
from ..engine.waivers.waivers import Covering, apply
from ..version import __version__
from .accounts import acting, allowed
from .events import Writing
from .judging import Judged, packed_pack, unpacked
from .model import Account, Case, Comment, Exemption, Found, Organisation, Part, Version
from .notices import notify
from .permissions import ACTIONS, Actor, refusal
from .refused import Refused, no_such
from .store import DeskStore
from .tallies import tallied
from .typed import MOST_NAME, optional, required, shown
from .vault import digest_of
from .view import View, uncovered, view, waiver_of

LARGEST: Final = 32 * 2**20
"""Bytes of a file that is submitted."""
_CASE: Final = Text("hồ sơ", "case")
_COMMENT: Final = Text("nội dung ý kiến hoặc lý do", "the comment or the reason")
_TWICE: Final = datetime.timedelta(minutes=1)
LONGEST_EXCEPTION: Final = datetime.timedelta(days=5 * 366)

Judge = Callable[..., Judged]
"""judging.judge, or what calls it in another process: (name, content, directive=None, limits=None, library=None)."""


class Cases:
    """The cases of a desk. Whoever asks is given first. `judge` may be another that works as judging.judge does."""

    def __init__(self, store: DeskStore, judge: Judge, directive: str | None = None) -> None:
        self._store, self._judge, self._directive = store, judge, directive

    def submit(
        self,
        actor: Actor,
        name: str,
        content: bytes,
        key: str,
        words: str = "",
        title: str = "",
        case_id: int | None = None,
    ) -> Version:
        """Submit a plan as a new case, or as the next version of a case; gives what was recorded.

        `key`: chosen by whoever submits; the same key and file again give what was recorded the first time. A plan with
        findings of severity error goes with `words` that say why. Raises Refused, and Unreadable with the problems of a
        file that has no verdict.
        """
        action = "submit" if case_id is None else "submit_again"
        name, words, title = shown(name), optional(words), printable(" ".join(title.split()))[:MOST_NAME]
        key = required(key, Text("khóa của lần nộp", "the key of the submission"), MOST_NAME)
        with self._store.reading() as session:
            account = acting(session, actor)
            if (before := _before(session, account, key, content, case_id)) is not None:
                return before
            self._may(session, actor, action, case_id)
        if len(content) > LARGEST:
            raise Refused(
                "invalid",
                Text(f"Tệp lớn quá {LARGEST >> 20} MB", f"The file is larger than {LARGEST >> 20} MB"),
                Text("Kiểm tra xem có chọn nhầm tệp không", "Check that it is the right file"),
            )
        judged = self._judge(name, content, self._directive)
        if judged.verdict.problems:
            raise Unreadable(*judged.verdict.problems)
        if judged.verdict.status == "non_compliant" and not words:
            sent = called(judged.report)
            raise Refused(
                "invalid",
                Text(
                    f"{sent.single.vi} còn lỗi mà chưa nói rõ vì sao vẫn nộp",
                    f"The {sent.one.en} has errors, and nothing says why it is submitted",
                ),
                Text(f"Sửa {sent.one.vi} rồi nộp lại, hoặc ghi rõ lý do", f"Mend the {sent.one.en}, or say why"),
            )
        kept = self._kept(content, judged)
        with self._store.writing() as writing:
            account = acting(writing.session, actor)
            if (before := _before(writing.session, account, key, content, case_id)) is not None:
                return before
            case = self._may(writing.session, actor, action, case_id)
            is_new = case is None
            if case is None:
                case = self._new(writing, account, title or judged.verdict.organization or name, judged)
            else:
                case.version += 1
            version = Version(
                case_id=case.id,
                number=case.version,
                name=name,
                size=len(content),
                status=judged.verdict.status,
                directive=judged.verdict.directive or judged.report.directive,
                pack=judged.pack,
                pack_version=judged.report.in_force.packs[0].version,
                program=__version__,
                agree=judged.agree,
                submitted=writing.at,
                account_id=account.id,
                words=words,
                key=key,
                organization=judged.verdict.organization,
                **kept,
            )
            writing.session.add(version)
            with tallied(writing.session, case, is_new=is_new):
                _latest(writing, case, judged, is_new=is_new)
                self._moved(writing, case, action)
            part = Part(case_id=case.id, account_id=account.id)
            writing.session.add(part) if is_new else writing.session.merge(part)
            event = writing.record(action, account.id, case.id, version.file, is_first=is_new)
            notify(writing, case, "received", event.number)
        return version

    def find_by_id(self, actor: Actor, case_id: int) -> View:
        """A case with all that belongs to it. Raises Refused."""
        with self._store.reading() as session:
            case = self._may(session, actor, "read", case_id)
            assert case is not None
            return view(session, actor, case, self._store.today())

    def file(self, actor: Actor, case_id: int, number: int) -> tuple[str, bytes]:
        """The name and the content of a version's file. Raises Refused."""
        version = self._version(actor, case_id, number)
        return version.name, self._store.vault.get(version.file)

    def verdict(self, actor: Actor, case_id: int, number: int) -> bytes:
        """The JSON verdict (schema 1) of a version as it was recorded. Raises Refused."""
        return self._store.vault.get(self._version(actor, case_id, number).verdict)

    def report(self, actor: Actor, case_id: int, number: int) -> Report:
        """The report on a version for reporters, judged anew by the pack that judged it, with the exceptions of the case
        that hold today. Raises Refused."""
        version, vault = self._version(actor, case_id, number), self._store.vault
        with unpacked(vault.get(version.pack_files)) as library:
            report = self._judge(version.name, vault.get(version.file), None, None, library).report
        with self._store.reading() as session:
            granted = session.scalars(
                select(Exemption).where(Exemption.case_id == case_id, Exemption.state == "granted")
            )
            names = dict(session.execute(select(Account.id, Account.name)).all())
            waivers = [waiver_of(one, names) for one in granted]
        covering, today = Covering(waivers), self._store.today()
        return replace(report, verdicts=tuple(apply(verdict, covering, today) for verdict in report.verdicts))

    def exceptions(self, state: str | None = None) -> dict[str, object]:
        """The exceptions granted that hold today, of cases in that state, as a file of waivers (waivers.yaml); for the console."""
        with self._store.reading() as session:
            found = select(Exemption, Version.organization).join(Case, Case.id == Exemption.case_id)
            found = found.join(Version, (Version.case_id == Case.id) & (Version.number == Case.version))
            names = dict(session.execute(select(Account.id, Account.name)).all())
            holding = found.where(Exemption.state == "granted", Exemption.valid_until >= self._store.today())
            if state is not None:
                holding = holding.where(Case.state == state)
            waivers = [
                {
                    "rule": one.rule,
                    "subject": one.subject,
                    "organization": organization,
                    "reason": one.reason,
                    "approved_by": names.get(one.decided_by or 0, ""),
                    "document": one.document,
                    "valid_until": one.valid_until.isoformat(),
                }
                for one, organization in session.execute(holding.order_by(Exemption.id)).all()
            ]
        return {"schema": 1, "waivers": waivers}

    def take(self, actor: Actor, case_id: int) -> Case:
        """Take a case for appraisal, from another appraiser too. Raises Refused."""
        return self._done(actor, "take", case_id)

    def comment(
        self, actor: Actor, case_id: int, words: str, rule: str | None = None, subject: str | None = None
    ) -> Comment:
        """Write on the whole of the latest version, or on one of its findings. Raises Refused."""
        with self._store.writing() as writing:
            account = acting(writing.session, actor)
            action, case = self._either(writing.session, actor, case_id, "comment", "answer")
            if rule is not None:
                _finding(writing.session, case, rule, subject)
            words = required(words, _COMMENT)
            if (before := _said(writing, case, account, words, rule, subject)) is not None:
                return before
            made = self._comment(writing, case, account, words, rule, subject)
            event = writing.record(action, account.id, case.id)
            notify(writing, case, action, event.number)
        return made

    def request_changes(self, actor: Actor, case_id: int, words: str) -> Case:
        """Send a case back to its office, saying what to change. Raises Refused."""
        return self._done(actor, "request_changes", case_id, words)

    def propose(self, actor: Actor, case_id: int, acceptance: bool, words: str = "") -> Case:
        """Propose to accept a case or to return it. Raises Refused."""
        return self._done(actor, "propose_acceptance" if acceptance else "propose_return", case_id, words)

    def accept(self, actor: Actor, case_id: int, words: str = "") -> Case:
        """Accept a case: the latest version has no error, but such as an exception covers. Raises Refused."""
        return self._done(actor, "accept", case_id, words)

    def give_back(self, actor: Actor, case_id: int, words: str) -> Case:
        """Return a case for good, saying why. Raises Refused."""
        return self._done(actor, "return", case_id, words)

    def withdraw(self, actor: Actor, case_id: int, words: str = "") -> Case:
        """Withdraw a case. Raises Refused."""
        return self._done(actor, "withdraw", case_id, words)

    def ask_exception(
        self, actor: Actor, case_id: int, rule: str, subject: str | None, reason: str, valid_until: datetime.date
    ) -> Exemption:
        """Ask that a finding of the latest version be excepted (waived) until a day; by its office or its appraiser.

        Raises Refused.
        """
        today = self._store.today()
        if not today <= valid_until <= today + LONGEST_EXCEPTION:
            raise Refused(
                "invalid",
                Text("Ngày hết hạn phải từ hôm nay đến 5 năm tới", "The last day is today or within five years"),
                Text("Chọn lại ngày hết hạn", "Choose another day"),
            )
        with self._store.writing() as writing:
            account = acting(writing.session, actor)
            action, case = self._either(writing.session, actor, case_id, "propose_exception", "ask_exception")
            _finding(writing.session, case, rule, subject)
            reason = required(reason, Text("lý do", "the reason"))
            given: dict[str, Any] = {"case_id": case.id, "rule": rule, "subject": subject, "valid_until": valid_until}
            same = select(Exemption).filter_by(**given, account_id=account.id, state="asked")
            for before in writing.session.scalars(same):
                if before.reason == reason:  # what is sealed can't be looked for
                    return before
            made = Exemption(**given, reason=reason, account_id=account.id, asked=writing.at)
            writing.session.add(made)
            writing.session.merge(Part(case_id=case.id, account_id=account.id))
            event = writing.record(action, account.id, case.id)
            notify(writing, case, action, event.number)
        return made

    def decide_exception(
        self, actor: Actor, exception_id: int, granted: bool, document: str = "", words: str = ""
    ) -> Exemption:
        """Grant an exception, naming the document that does so, or refuse it, saying why. Raises Refused."""
        action = "grant_exception" if granted else "refuse_exception"
        with self._store.writing() as writing:
            account, asked = acting(writing.session, actor), writing.session.get(Exemption, exception_id)
            known = None if asked is None else writing.session.get(Case, asked.case_id)
            if asked is None or refusal("read", account, None, known) is not None:
                raise no_such(Text("ngoại lệ", "exception"))
            case = self._case(writing.session, actor, action, asked.case_id)
            if asked.state != "asked":
                raise Refused(
                    "conflict",
                    Text("Ngoại lệ này đã được quyết định", "The exception is decided already"),
                    Text("Tải lại trang để xem quyết định", "Load the page again to see how"),
                )
            asked.state = "granted" if granted else "refused"
            asked.document = (
                required(document, Text("số văn bản cho phép", "the document"), MOST_NAME) if granted else None
            )
            asked.words = optional(words) if granted else required(words, Text("lý do", "the reason"))
            asked.decided_by, asked.decided = actor.account_id, writing.at
            event = writing.record(action, actor.account_id, case.id)
            notify(writing, case, action, event.number)
        return asked

    def _done(self, actor: Actor, action: str, case_id: int, words: str = "") -> Case:
        """Do what changes the state of a case, as the table of actions has it."""
        asked = ACTIONS[action]
        with self._store.writing() as writing:
            session = writing.session
            case = self._case(session, actor, action, case_id)
            account = acting(session, actor)
            if asked.words or optional(words):
                self._comment(writing, case, account, required(words, _COMMENT), None, None)
            if action == "take":
                case.appraiser_id, case.proposal = account.id, None
            if action.startswith("propose_"):
                case.proposal = {"propose_acceptance": "accept", "propose_return": "return"}[action]
            if asked.scope == "appraise":
                session.merge(Part(case_id=case.id, account_id=account.id))
            if action == "accept":
                _acceptable(session, case, self._store.today())
            with tallied(session, case):
                self._moved(writing, case, action)
            latest = session.scalars(
                select(Version.file).where(Version.case_id == case.id, Version.number == case.version)
            ).one()
            event = writing.record(action, account.id, case.id, latest)
            notify(writing, case, action, event.number)
        return case

    def _may(self, session: Session, actor: Actor, action: str, case_id: int | None) -> Case | None:
        """The case, held for the transaction, where the account may do this with it. Raises Refused."""
        if case_id is not None:
            return self._case(session, actor, action, case_id)
        allowed(session, actor, action)
        return None

    def _case(self, session: Session, actor: Actor, action: str, case_id: int) -> Case:
        account, case = acting(session, actor), session.get(Case, case_id)
        if case is None:
            raise no_such(_CASE)
        parts = session.scalars(select(Part.account_id).where(Part.case_id == case.id)).all()
        if (refused := refusal(action, account, actor.scopes, case, parts)) is not None:
            raise refused
        return case

    def _either(self, session: Session, actor: Actor, case_id: int, board: str, office: str) -> tuple[str, Case]:
        """Which of two actions it is, that of the Board or that of the office, and the case. Raises Refused where it is neither."""
        account = acting(session, actor)
        action = office if set(account.roles) & ACTIONS[office].roles else board
        if set(account.roles) & ACTIONS[board].roles:
            try:
                return board, self._case(session, actor, board, case_id)
            except Refused:
                if action == board:
                    raise
        return action, self._case(session, actor, action, case_id)

    def _version(self, actor: Actor, case_id: int, number: int) -> Version:
        with self._store.reading() as session:
            self._case(session, actor, "read", case_id)
            found = select(Version).where(Version.case_id == case_id, Version.number == number)
            version = session.scalars(found).one_or_none()
            if version is None:
                raise no_such(Text("bản nộp", "version"))
            return version

    def _kept(self, content: bytes, judged: Judged) -> dict[str, str]:
        """Keep the file, its verdict and the pack that judged; gives their digests. Raises OSError, Refused."""
        vault = self._store.vault
        try:
            archive = packed_pack(self._directive or judged.report.directive, judged.pack)
            return {
                "file": vault.put(content),
                "verdict": vault.put(json_text(judged.report.to_json()).encode()),
                "pack_files": vault.put(archive),
            }
        except OSError as error:
            raise Refused(
                "away",
                Text(
                    "Không ghi được tệp vào kho, nên chưa ghi nhận gì",
                    "The file can't be stored, so nothing was recorded",
                ),
                Text(
                    "Báo người quản trị kiểm tra chỗ trống trên ổ đĩa rồi nộp lại",
                    "Have the administrator look at the room on the disk, and submit again",
                ),
                seconds=60,
            ) from error

    def _new(self, writing: Writing, account: Account, title: str, judged: Judged) -> Case:
        organisation = writing.session.get(Organisation, account.organisation_id)
        assert organisation is not None
        case = Case(
            title=title[:MOST_NAME],
            organisation_id=organisation.id,
            district=organisation.district,
            kind=organisation.kind,
            state="submitted",
            created=writing.at,
            changed=writing.at,
            directive=judged.report.directive,
            status=judged.verdict.status,
            errors=0,
            warnings=0,
        )
        writing.session.add(case)
        writing.session.flush()
        return case

    def _comment(
        self, writing: Writing, case: Case, account: Account, words: str, rule: str | None, subject: str | None
    ) -> Comment:
        made = Comment(
            case_id=case.id,
            version=case.version,
            account_id=account.id,
            written=writing.at,
            words=words,
            rule=rule,
            subject=subject,
        )
        writing.session.add(made)
        return made

    def _moved(self, writing: Writing, case: Case, action: str) -> None:
        case.changed = writing.at
        case.state = ACTIONS[action].to or case.state


def _acceptable(session: Session, case: Case, today: datetime.date) -> None:
    if left := uncovered(session, case, today):
        named = ", ".join(dict.fromkeys(f"{one.rule} ({one.subject})" for one in left[:5])) + (
            ", …" if len(left) > 5 else ""
        )
        raise Refused(
            "conflict",
            Text(
                f"Bản đang xét còn lỗi chưa có ngoại lệ: {named}",
                f"This version has errors without an exception: {named}",
            ),
            Text(
                "Yêu cầu đơn vị sửa, cho ngoại lệ từng lỗi, hoặc trả lại hồ sơ",
                "Ask the office to mend them, grant exceptions, or return the case",
            ),
        )


def _latest(writing: Writing, case: Case, judged: Judged, *, is_new: bool) -> None:
    """What lists know of the latest version of a case."""
    findings = judged.verdict.findings
    if not is_new:
        for before in writing.session.scalars(select(Found).where(Found.case_id == case.id)).all():
            writing.session.delete(before)
        writing.session.flush()
        case.status, case.directive, case.proposal = judged.verdict.status, judged.report.directive, None
    for (rule, subject), (clause, severity) in {
        (one.rule, one.subject.id): (one.clause, one.severity) for one in findings
    }.items():
        writing.session.add(Found(case_id=case.id, rule=rule, subject=subject, clause=clause, severity=severity))
    case.errors = sum(one.severity == "error" for one in findings)
    case.warnings = sum(one.severity == "warning" for one in findings)


def _before(session: Session, account: Account, key: str, content: bytes, case_id: int | None) -> Version | None:
    """What an earlier submission with the key recorded. Raises Refused where it was of something else."""
    found = select(Version).where(Version.account_id == account.id, Version.key == key)
    version = session.scalars(found).one_or_none()
    if version is None:
        return None
    if (
        version.file == digest_of(content)
        and case_id in (None, version.case_id)
        and (case_id is None) == (version.number == 1)
    ):
        return version
    raise Refused(
        "conflict",
        Text("Lần nộp này đã được ghi nhận với nội dung khác", "This key was used for another submission"),
        Text(
            "Tải lại trang nộp rồi nộp lại (qua API: mỗi lần nộp một khóa)",
            "Use another key for each (load the page again)",
        ),
    )


def _said(
    writing: Writing, case: Case, account: Account, words: str, rule: str | None, subject: str | None
) -> Comment | None:
    """The comment that the account has just written in the same words on the same: a button was pressed twice."""
    about = {"case_id": case.id, "version": case.version, "account_id": account.id, "rule": rule, "subject": subject}
    last = writing.session.scalars(select(Comment).filter_by(**about).order_by(Comment.id.desc()).limit(1)).first()
    same = last is not None and last.words == words and writing.at - last.written < _TWICE
    return last if same else None


def _finding(session: Session, case: Case, rule: str, subject: str | None) -> None:
    found = select(Found.rule).where(Found.case_id == case.id, Found.rule == rule)
    if subject is not None:
        found = found.where(Found.subject == subject)
    if session.scalars(found).first() is None:
        raise no_such(Text("lỗi", "finding"))
