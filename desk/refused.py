"""What an operation of the desk raises where it is not done: why, and what to do instead."""

from typing import Literal

from ..engine.base.text import Text

Kind = Literal["unauthenticated", "forbidden", "missing", "conflict", "invalid", "too_many", "away"]
"""Nobody known asks; they may not; there is no such thing (or none that they may see); not as things stand now; not as it
was said; too often; what the desk keeps things in cannot be reached."""


class Refused(Exception):
    """An operation that was not done: nothing has changed. `seconds`: how long to wait, where waiting helps."""

    def __init__(self, kind: Kind, message: Text, fix: Text, seconds: int = 0) -> None:
        super().__init__(kind, message, fix, seconds)  # so that it can be sent to another process
        self.kind = kind
        self.message = message
        self.fix = fix
        self.seconds = seconds

    def __str__(self) -> str:
        return f"{self.message.en}. {self.fix.en}"


def no_such(what: Text) -> Refused:
    """Of what is not there, and of what the account may not know of: nobody can tell one from the other."""
    return Refused(
        "missing",
        Text(f"Không có {what.vi} này", f"There is no such {what.en}"),
        Text("Kiểm tra lại đường dẫn, hoặc chọn từ danh sách", "Check the address, or choose from the list"),
    )


def wrong(message: Text, fix: Text) -> Refused:
    """Of what is not as it was to be said."""
    return Refused("invalid", message, fix)
