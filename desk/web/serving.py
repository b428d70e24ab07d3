"""What one server serves by, and how it shows a page in its shell."""

import asyncio
import hashlib
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse

from ...engine.base.text import Language
from ...engine.directive.pack import Pack
from ...engine.directive.packs import issued, read
from ...engine.evaluation.choice import is_named
from ...engine.lint.settings import Settings
from ...engine.model.called import Called, called, called_together
from ...engine.model.description import Description
from ...engine.model.document_types import worded_types
from ...engine.reporters.pages import page
from .guard import LOOPBACK, Rate
from .jobs import SHELL
from .judges import Judges
from .uploads import Room

if TYPE_CHECKING:
    from ..desk import Desk
    from ..mail import Post
    from ..oidc import Begun, Provider

STYLE: Final = "style.css"
SCRIPT: Final = "script.js"
ASSETS: Final = {STYLE: "text/css", SCRIPT: "text/javascript"}
LANGUAGES: Final[dict[str, Language]] = {"vi": "vi", "en": "en"}


@dataclass
class Serving:
    """The settings that uploads are judged by, the language where none is asked for, and who judges."""

    settings: Settings
    judges: Judges
    language: Language = "vi"
    hosts: frozenset[str] = LOOPBACK
    uploads: Rate = field(default_factory=lambda: Rate(burst=120, seconds=1.0))
    room: Room = field(default_factory=Room)
    desk: "Desk | None" = None
    where: dict[str, Any] = field(default_factory=dict)
    """Where the desk is, as the options of its commands say it."""
    secure: bool = False
    pages: Rate = field(default_factory=lambda: Rate(burst=600, seconds=0.1))
    attempts: Rate = field(default_factory=lambda: Rate(burst=30, seconds=2.0))
    provider: "Provider | None" = None
    begun: "dict[str, Begun]" = field(default_factory=dict)
    """The sign-ins by the provider that are under way, by their state."""
    post: "Post | None" = None
    books: dict[tuple[str, Language], dict[str, Any]] = field(default_factory=dict)
    """What review books show, by pack and language; nothing of who asked for them first."""
    exports: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))

    @cached_property
    def packs(self) -> dict[str, Pack]:
        """The packs that may judge, by id. Raises Unreadable."""
        named = self.settings.directive
        found = map(read, [named] if named is not None and is_named(named) else issued())
        return {pack.directive.id: pack for pack in found}

    @property
    def types(self) -> tuple[Description, ...]:
        """The types of document that may be sent: that of the pack named, or all. Raises Unreadable."""
        named, packs = self.settings.directive, self.packs  # what packs add to types is known once they are read
        if named is None or not is_named(named):
            return worded_types()
        return tuple(pack.ruleset.known for pack in packs.values())

    @cached_property
    def taken(self) -> Called:
        """The words for what is sent, of whatever type. Raises Unreadable."""
        return called_together(map(called, self.types))

    @property
    def cookie(self) -> str:
        """What the cookie of a browser that is signed in is called; over TLS no other host can set one of the name."""
        return "__Host-thamdinh" if self.secure else "thamdinh"

    def spoken(self, request: Request) -> Language:
        """The language that a request asks for."""
        return LANGUAGES.get(request.query_params.get("lang", ""), self.language)

    def shell(self, request: Request) -> dict[str, Any]:
        """What the shell of every page needs: where it is, and the links that keep its language."""
        language = self.spoken(request)
        other: Language = "en" if language == "vi" else "vi"
        path = request.url.path if request.method == "GET" else "/"
        return {
            "here": request.url.path,
            "query": "" if language == self.language else "?" + urlencode({"lang": language}),
            "other": f"{path}?" + urlencode({"lang": other}),
            "version": digest(),
            "taken": self.taken,
            **self._visited(request),
        }

    def _visited(self, request: Request) -> dict[str, Any]:
        """Who is signed in, for the shell: their name, what is theirs to go to, and what their forms carry."""
        who = getattr(request.state, "visitor", None)
        return {
            "has_desk": self.desk is not None,
            "who": None if who is None else who.account.name,
            "roles": [] if who is None else who.roles,
            "csrf": "" if who is None else who.signed_in.csrf,
        }

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page in the shell."""
        written = page(
            template, self.spoken(request), __package__ or "", shell=SHELL, **{**self.shell(request), **values}
        )
        return HTMLResponse(written, status)


def serving(request: Request) -> Serving:
    """What the server of a request serves by."""
    found: Serving = request.app.state.serving
    return found


@cache
def asset(name: str) -> str:
    """The style sheet or the script of all pages."""
    return page(name, "vi", __package__ or "")


@cache
def digest() -> str:
    """Names the state of style sheet and script, so that browsers may keep them."""
    return hashlib.sha256("".join(map(asset, ASSETS)).encode()).hexdigest()[:16]
