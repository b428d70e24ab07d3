"""E-mail (SMTP): what was noted down with a decision (notices.py) is sent afterwards, and again until it is.

A letter names the case by its number, and no person: what is in the case is read at the desk.
"""

import datetime
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

from sqlalchemy import select

from ..engine.base.record import Record
from ..engine.base.text import Text
from .accounts import ADDRESS
from .keeping import expiring
from .model import Account, Mail
from .notices import SUBJECTS, notify
from .store import DeskStore

MOST_TRIES: Final = 20
SOON: Final = 14
"""Days before its last one on which an exception is about to expire."""
_THIS_ALONE: Final = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, ValueError)
"""What is wrong with one letter, and keeps no other from being sent."""
_SECONDS: Final = 30
_MOST: Final = 200


class Post(Record):
    """How mail is sent: `security` is none, starttls or tls; `desk` is the address under which people find the desk."""

    host: str
    sender: str
    desk: str
    port: int = 25
    security: str = "starttls"
    user: str | None = None
    password: str | None = None


def remind(store: DeskStore) -> None:
    """Note down that exceptions are about to expire; each is told once."""
    with store.writing() as writing:
        known = set(writing.session.scalars(select(Mail.once).where(Mail.kind == "expiring")))
        before = {once.rsplit(" ", 1)[0] for once in known}
        for exception, case in expiring(writing.session, store.today(), SOON):
            if f"expiring {case.id} {exception.id}" not in before:
                notify(writing, case, "expiring", exception.id)


def deliver(store: DeskStore, post: Post) -> tuple[int, Exception | None]:
    """Send what is due: the number of letters sent, and what kept others from being sent, if anything did.

    A letter that was sent and not noted as sent (the machine died between) is sent once more, under the same Message-ID.
    """
    with store.reading() as session:
        due = select(Mail, Account.address).join(Account, Account.id == Mail.account_id)
        due = due.where(Mail.sent.is_(None), Mail.tries < MOST_TRIES, Account.address.is_not(None))
        waiting = session.execute(due.order_by(Mail.id).limit(_MOST)).all()
    if not waiting:
        return 0, None
    sent = 0
    failed: Exception | None = None
    try:
        with _connected(post) as server:
            for mail, address in waiting:
                try:
                    server.send_message(_message(mail, address or "", post))
                except _THIS_ALONE as error:
                    failed = error
                    _note(store, mail.id, sent=None)
                else:
                    sent += 1
                    _note(store, mail.id, sent=store.clock())
    except (OSError, smtplib.SMTPException) as error:
        failed = error
    return sent, failed


def _connected(post: Post) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if post.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(post.host, post.port, timeout=_SECONDS, context=context)
    else:
        server = smtplib.SMTP(post.host, post.port, timeout=_SECONDS)
    try:
        if post.security == "starttls":
            server.starttls(context=context)
        if post.user is not None:
            server.login(post.user, post.password or "")
    except BaseException:
        server.close()
        raise
    return server


def _note(store: DeskStore, mail_id: int, sent: datetime.datetime | None) -> None:
    with store.writing() as writing:
        if (mail := writing.session.get(Mail, mail_id)) is not None:
            mail.tries += 1
            mail.sent = sent


def _message(mail: Mail, address: str, post: Post) -> EmailMessage:
    if ADDRESS.fullmatch(address) is None:  # An earlier program took what leads to nobody, or to several.
        raise ValueError("address")
    subject, case = SUBJECTS[mail.kind], mail.case_id
    message = EmailMessage()
    message["From"], message["To"] = post.sender, address
    message["Subject"] = f"Hồ sơ {case}: {subject.vi} / Case {case}: {subject.en}"
    message["Date"] = format_datetime(mail.written)
    message["Message-ID"] = f"<desk-{mail.id}-{int(mail.written.timestamp())}@{post.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    where = f"{post.desk.rstrip('/')}/cases/{case}"
    words = Text(
        f"Hồ sơ số {case} ở bàn thẩm định: {subject.vi}.\nXem chi tiết (cần đăng nhập): {where}",
        f"Case {case} at the desk: {subject.en}.\nTo read more (after signing in): {where}",
    )
    message.set_content(f"{words.vi}\n\n{words.en}\n")
    return message
