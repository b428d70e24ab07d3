"""Mail goes out through a real server, once each, names nobody, and waits where the server is away."""

import datetime
import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import update

from tests.desk.desks import COMPLIANT, Peopled
from thamdinh.desk.mail import Post
from thamdinh.desk.model import Account


class Inbox:
    """What a server was sent; it refuses whom it is told to."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.refused: set[str] = set()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.letters.append(message_from_bytes(envelope.content))
        return "250 OK"

    def said(self) -> list[tuple[str, str]]:
        return [(str(one["To"]), str(make_header(decode_header(str(one["Subject"]))))) for one in self.letters]


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def post(inbox: Inbox) -> Iterator[Post]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    yield Post("127.0.0.1", "ban@example.vn", "https://ban.example.vn", port, "none")
    server.stop()


def test_each_is_told_what_concerns_them_once(at: Peopled, inbox: Inbox, post: Post) -> None:
    cases, number = at.desk.cases, at.submitted(COMPLIANT)
    cases.take(at["canbo"], number)
    cases.request_changes(at["canbo"], number, "Sửa tên ông Trần Văn Ba")
    assert at.desk.deliver(post) == (7, None)
    assert at.desk.deliver(post) == (0, None)
    told = inbox.said()
    offices = {"phutuc@example.vn", "phutuc2@example.vn"}
    assert {to for to, about in told if "yêu cầu sửa đổi" in about} == offices
    appraisers = {"canbo@example.vn", "canbo2@example.vn", "lanhdao2@example.vn"}
    assert {to for to, about in told if "đã nhận" in about} == offices | appraisers
    for letter in inbox.letters:
        text = letter.get_payload(decode=True)
        assert isinstance(text, bytes)
        assert f"https://ban.example.vn/cases/{number}" in text.decode()
        assert "Trần Văn Ba" not in letter.as_string() + text.decode()
        assert "Người" not in text.decode()


def test_what_could_not_be_sent_is_sent_later(at: Peopled, inbox: Inbox, post: Post) -> None:
    at.submitted(COMPLIANT)
    sent, failed = at.desk.deliver(Post("127.0.0.1", post.sender, post.desk, 1, "none"))
    assert sent == 0
    assert isinstance(failed, OSError)
    inbox.refused = {"canbo@example.vn"}
    sent, failed = at.desk.deliver(post)
    assert (sent, type(failed).__name__) == (4, "SMTPRecipientsRefused")
    inbox.refused = set()
    assert at.desk.deliver(post) == (1, None)
    assert len(inbox.letters) == 5


@pytest.mark.parametrize("address", ["tên@xã.vn", "a@b.vn\nBcc: c@d.vn", "a,b@c.vn", "@", '"'])
def test_an_address_that_is_none_keeps_no_other_from_being_told(
    at: Peopled, inbox: Inbox, post: Post, address: str
) -> None:
    at.desk.store.engine.dispose()
    with at.desk.store.engine.execution_options(writes=True).begin() as connection:  # as an earlier program took it
        connection.execute(update(Account).where(Account.login == "phutuc").values(address=address))
    at.submitted(COMPLIANT)
    sent, failed = at.desk.deliver(post)
    told = {to for to, _ in inbox.said()}
    assert {"phutuc2@example.vn", "canbo@example.vn", "canbo2@example.vn", "lanhdao2@example.vn"} <= told
    assert not [one for one in inbox.letters if one["Bcc"] or "d.vn" in str(one["To"])]
    assert (sent, str(failed)) == (4, "address")


@pytest.mark.long
def test_an_exception_about_to_expire_is_told_once(at: Peopled, inbox: Inbox, post: Post) -> None:
    cases, number = at.desk.cases, at.submitted()
    today = at.desk.store.clock()
    one = cases.find_by_id(at["phutuc"], number).uncovered[0]
    asked = cases.ask_exception(
        at["phutuc"], number, one.rule, one.subject, "Xin", today.date() + datetime.timedelta(days=20)
    )
    cases.decide_exception(at["lanhdao"], asked.id, granted=True, document="1-CV/TU")
    at.desk.deliver(post)
    assert not any("sắp hết hạn" in about for _, about in inbox.said())
    at.desk.store.clock = lambda: today + datetime.timedelta(days=10)
    assert at.desk.deliver(post)[0] == 2
    assert at.desk.deliver(post)[0] == 0
    assert sum("sắp hết hạn" in about for _, about in inbox.said()) == 2


def test_a_server_without_encryption_is_not_sent_mail_that_was_to_be_encrypted(
    at: Peopled, inbox: Inbox, post: Post
) -> None:
    at.submitted(COMPLIANT)
    sent, failed = at.desk.deliver(Post(post.host, post.sender, post.desk, post.port))
    assert sent == 0
    assert type(failed).__name__ == "SMTPNotSupportedError"
    assert inbox.letters == []
