"""A document: what a reader makes of a file, before anybody asks whether it is a plan or a rule file."""

from collections.abc import Callable, Mapping
from typing import Protocol, runtime_checkable

from ..base.problem import Path, Place, Problem
from ..base.record import Record
from ..base.text import Text


class Unclear(Record):
    """What stands in the data of a form where a cell could not be understood: it is no value of any field.

    `message` says what is wrong with it and `fix` what was expected, or works that out where it is told.
    """

    written: str
    message: Text
    fix: Text | Callable[[], Text]

    @property
    def remedy(self) -> Text:
        """What was expected."""
        return self.fix if isinstance(self.fix, Text) else self.fix()


class Nowhere(Unclear):
    """What names a row that is not there, and stands for it with what belongs in it: that it lacks all else is no fault."""


class Document(Protocol):
    """Plain data (dict, list, str, int, float, bool, None; all text NFC) and the place of every value in it."""

    @property
    def file(self) -> str:
        """The name the user gave the file ("-" is shown as <stdin>)."""

    @property
    def data(self) -> object:
        """The content of the whole document."""

    @property
    def notices(self) -> tuple[Problem, ...]:
        """What its reader has to say of it that makes nothing invalid: hidden rows that were read, and the like."""

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where the value at `path` stands (with `key`, where its key stands).

        A path that isn't in the document gives the place of its nearest ancestor that is.
        """

    def label(self, path: Path) -> str | None:
        """What the file itself calls the value at `path`: the label of a form; None where the plan's key stands there."""

    def excerpt(self, place: Place) -> str | None:
        """The line of text at `place`, or None where the document has no lines (workbooks)."""


@runtime_checkable
class WithDitto(Protocol):
    """A document in which a place may hold a mark for what another one holds."""

    @property
    def follows(self) -> Mapping[Place, Place]:
        """Of each place with such a mark the place that holds what it stands for."""


class Unfiled(Record):
    """A document that stands in no file."""

    data: object
    file: str = "plan"
    notices: tuple[Problem, ...] = ()

    def place(self, path: Path, *, key: bool = False) -> Place:  # noqa: ARG002
        """Nowhere in particular."""
        return Place(self.file)

    def label(self, path: Path) -> None:
        """None: there is no form."""

    def excerpt(self, place: Place) -> None:
        """None: there are no lines."""
