"""A pack: a directive as it was written, with what was made ready of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from ..base.problem import Place
from ..base.record import Record
from .ruleset import Amendment, Ruleset

if TYPE_CHECKING:
    from .written import Directive, Rule


class Pack(Record):
    """A directive as it was written, with its rules and where each of them stands; one that extends another holds all.

    `amendments` are what layers changed in the rules of those above, each with the rules it bears on.
    """

    folder: Path
    directive: "Directive"
    rules: tuple["Rule", ...]
    places: dict[str, Place]
    ruleset: Ruleset
    upper: "Pack | None" = None
    amendments: tuple[tuple[tuple[str, ...], Amendment], ...] = ()

    @property
    def extends(self) -> tuple[str, ...]:
        """The directives this one extends, the nearest first."""
        return () if self.upper is None else (self.upper.directive.id, *self.upper.extends)
