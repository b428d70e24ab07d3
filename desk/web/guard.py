"""What stands before every page: whom the server answers, from where forms may be sent, how often, and what browsers may do."""

import os
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...engine.base.failure import DEBUG
from ...engine.base.text import Text
from .refusal import Refusal

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""By these names a server on this machine is asked; any other is a name that somebody made lead here (DNS rebinding)."""
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})

_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_KEEP_NOTHING: Final = "no-store"
_OTHER_NAME: Final = Text(
    "Mở trang bằng địa chỉ mà lệnh thamdinh serve in ra.", "Open the page at the address that thamdinh serve prints."
)
_OTHER_PLACE: Final = Text(
    "Biểu mẫu này được gửi từ một trang khác. Mở lại trang của máy chủ rồi gửi từ đó.",
    "This form was sent from another site. Open the server's own page and send it from there.",
)
_NO_ADDRESS: Final = Text("Địa chỉ có ký tự không dùng được.", "The address holds a character that can't be used.")
_TOO_OFTEN: Final = Text(
    "Gửi quá nhiều tệp trong một lúc. Chờ một phút rồi gửi tiếp; tệp vừa chọn chưa được nhận.",
    "Too many files at once. Wait a minute and go on; what was just chosen was not taken.",
)


Say = Callable[[Request, Exception], Awaitable[ASGIApp]]
"""How the application says what is refused or failed: as a page, or as the API does."""


class Guard:
    """Refuses requests that name another host, or come from another site, and puts security headers on every answer."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], say: Say) -> None:
        self._app, self._hosts, self._say = app, hosts, say

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        begun = False

        async def answered(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", _KEEP_NOTHING)
            await send(message)

        try:
            unreadable = "\0" in scope["path"] or b"%00" in scope["query_string"]
            refused = self._refused(scope["method"], Headers(scope=scope))
            if refused is not None or (refused := Refusal(400, _NO_ADDRESS) if unreadable else None) is not None:
                raise refused
            await self._app(scope, receive, answered)
        except Exception as error:
            if begun or os.environ.get(DEBUG):
                raise
            said = await self._say(Request(scope, receive), error)
            await said(scope, receive, answered)

    def _refused(self, method: str, headers: Headers) -> Refusal | None:
        named = headers.getlist("host")
        if len(named) != 1 or _name(named[0]) not in self._hosts:
            return Refusal(421, _OTHER_NAME)
        if method in SAFE:
            return None
        origin = headers.get("origin")
        if origin is not None:
            return None if urlsplit(origin).netloc == named[0] else Refusal(403, _OTHER_PLACE)
        return (
            Refusal(403, _OTHER_PLACE) if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") else None
        )


def _name(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name.lower() if colon and port.isdigit() else host.lower()


@dataclass
class Rate:
    """How often each may ask: `burst` at once, and then one for every `seconds`. It forgets who has not asked for long."""

    burst: int
    seconds: float
    _most: int = 10_000
    _spent: OrderedDict[str, float] = field(default_factory=OrderedDict)

    def take(self, who: str) -> None:
        """One more request. Raises Refusal where it is one too many."""
        now = time.monotonic()
        free = max(self._spent.pop(who, 0.0), now) + self.seconds
        if free - now > self.burst * self.seconds:
            self._spent[who] = free - self.seconds
            raise Refusal(429, _TOO_OFTEN, again=round(free - now - self.burst * self.seconds) + 1)
        self._spent[who] = free
        while len(self._spent) > self._most:
            self._spent.popitem(last=False)
