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

    @property
    def answers_for(self) -> frozenset[str]:
        """The rules that this pack's own tests and scenarios have to show: those it adds, and those above that it changes."""
        above, changed = (
            (frozenset[str](), 0) if self.upper is None else (frozenset(self.upper.places), len(self.upper.amendments))
        )
        return frozenset(self.places) - above | {rule for rules, _ in self.amendments[changed:] for rule in rules}
