"""The desk, opened: what the pages, the API and the commands ask."""

from pathlib import Path
from types import TracebackType

from ..engine.base.signatures import fingerprint
from ..engine.base.text import Language
from ..engine.evaluation.choice import is_named
from .accounts import Accounts
from .cases import Cases, Judge
from .dossier import export
from .judging import judge as judge_here
from .listing import Listing
from .mail import Post, deliver, remind
from .permissions import Actor
from .sessions import Sessions
from .sign_off import Rules, call_by_ids
from .store import open_desk_store
from .tokens import Tokens
from .verification import Verified, verify_desk


class Desk:
    """The desk in a folder. `database`: the address of a PostgreSQL that holds the tables; `key`: where the key lies, if not
    beside the folder; `directive`: the pack that judges, where plans are not to choose. With `make` a desk is set up where there
    is none. Raises Unreadable."""

    def __init__(
        self,
        folder: Path,
        database: str | None = None,
        key: Path | None = None,
        directive: str | None = None,
        judge: Judge = judge_here,
        *,
        make: bool = False,
    ) -> None:
        self.store = open_desk_store(folder, database, key, make=make)
        self.accounts, self.sessions, self.tokens = Accounts(self.store), Sessions(self.store), Tokens(self.store)
        self.listing = Listing(self.store)
        self.judged_by(judge, directive)
        call_by_ids(self.store)

    def judged_by(self, judge: Judge, directive: str | None) -> None:
        """From now on `judge` judges here, by the named pack if one is; it works as judging.judge does."""
        named = directive if is_named(directive) else None
        self.judge, self.cases, self.rules = judge, Cases(self.store, judge, named), Rules(self.store, named)

    def verify(self, *, verdicts: bool = True) -> Verified:
        """Hold events, tables and files against each other, and judge every version again if `verdicts` are wanted."""
        return verify_desk(self.store, self.judge, verdicts=verdicts)

    def dossier(self, actor: Actor, case_id: int) -> bytes:
        """A case as a file that is checked elsewhere (dossier.py). Raises Refused."""
        return export(self.store, self.cases, actor, case_id)

    def letter(self, actor: Actor, case_id: int, language: Language = "vi", template: Path | None = None) -> bytes:
        """The letter to the office (DOCX), from a template of its own where one is given. Raises Refused, Unreadable."""
        from .letters import letter  # what makes documents is loaded when one is made

        return letter(self.cases, actor, case_id, language, template)

    def deliver(self, post: Post) -> tuple[int, Exception | None]:
        """Send the mail that is due: how many letters were sent, and what kept others from being sent."""
        remind(self.store)
        return deliver(self.store, post)

    @property
    def fingerprint(self) -> str:
        """That of the key with which this desk signs."""
        return fingerprint(self.store.vault.public_key)

    def __enter__(self) -> "Desk":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.store.close()
