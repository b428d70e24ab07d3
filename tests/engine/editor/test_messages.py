"""What can be no message of an editor costs itself alone: those after it are read."""

from io import BytesIO

import pytest

from thamdinh.engine.editor.messages import LARGEST_MESSAGE, Messages

GOOD = b"Content-Length: 2\r\n\r\n{}"
BETWEEN = {
    "nothing": b"",
    "more headers": b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n",
    "a giant": b"Content-Length: 99999999999999\r\n\r\n{}",
    "one over the most": b"Content-Length: %d\r\n\r\n{}" % (LARGEST_MESSAGE + 1),
    "no number": b"Content-Length: abc\r\n\r\n{}",
    "a negative number": b"Content-Length: -5\r\n\r\n",
    "nought": b"Content-Length: 0\r\n\r\n",
    "empty lines": b"\r\n\r\n",
    "no header": b"{}",
    "much of nothing": b"x" * 200_000,
    "just before the end of a piece": b"x" * (64 * 2**10 - 9),
}


def read(content: bytes) -> list[bytes]:
    """The bodies, read as pygls reads them."""
    messages, bodies, length = Messages(BytesIO(content)), list[bytes](), 0
    while line := messages.readline():
        if line.strip():
            length = int(line.partition(b":")[2])
        else:
            bodies.append(messages.read(length))
    return bodies


@pytest.mark.parametrize("between", BETWEEN)
def test_the_messages_around_what_is_none_are_read(between: str) -> None:
    assert read(GOOD + BETWEEN[between] + GOOD) == [b"{}", b"{}"]


@pytest.mark.parametrize("header", [b"content-length:2\r\n\r\n{}", b"CONTENT-LENGTH: 2 \n\n{}"])
def test_a_header_is_known_however_it_is_written(header: bytes) -> None:
    assert read(header) == [b"{}"]


def test_a_message_cut_short_is_the_last() -> None:
    assert read(GOOD + b"Content-Length: 50\r\n\r\n{") == [b"{}", b"{"]
