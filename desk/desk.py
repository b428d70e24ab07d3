"""The desk, opened: what the pages, the API and the commands ask."""

from pathlib import Path
from types import TracebackType

from .accounts import Accounts
from .cases import Cases, Judge
from .judging import judge as judge_here
from .listing import Listing
from .store import open_store


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
        self.store = open_store(folder, database, key, make=make)
        self.accounts = Accounts(self.store)
        self.cases = Cases(self.store, judge, directive)
        self.listing = Listing(self.store)

    def __enter__(self) -> "Desk":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.store.close()
