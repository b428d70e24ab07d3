"""What verification says: one claim each, with its standing, its reason and the plan that shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from ...base.as_json import AsJson, as_json
from ...base.libraries import durable_rules_installed
from ...base.plain_data import Named, by_name
from ...base.text import Text
from .bounds import Bound

Question = Literal["satisfiable", "together", "alone", "exception", "boundary"]
Standing = Literal["proved", "refuted", "undecided", "aside", "disagreed"]
"""`aside`: the question does not arise for this kind. `disagreed`: an evaluator says otherwise of the plan shown."""


@dataclass(frozen=True, slots=True)
class Witness(AsJson):
    """A plan that shows a claim, and what both evaluators find in it."""

    name: str
    text: str
    findings: tuple[tuple[str, str], ...]
    """The rule and the subject of each."""
    not_applicable: tuple[str, ...]
    smallest: bool

    def to_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "plan": self.text,
            "smallest": self.smallest,
            "findings": [{"rule": rule, "subject": subject} for rule, subject in self.findings],
            "not_applicable": list(self.not_applicable),
        }


@dataclass(frozen=True, slots=True)
class Cause(AsJson):
    """A rule that is part of a reason: its clauses, and the parameters it reads, as the pack has them."""

    rule: str
    directive: str
    """The pack whose rule it is, where packs extend each other."""
    clauses: tuple[str, ...]
    parameters: tuple["ReadParameter", ...]
    title: Text


@dataclass(frozen=True, slots=True)
class ReadParameter(AsJson):
    """A parameter that a rule reads: its value, and the clause and the pack that set it."""

    parameter: str
    value: str
    clause: str
    directive: str
    title: Text
    words: Text
    """The value as people write it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim about one kind of organisation, over every plan within the bound."""

    question: Question
    about: str
    """The rule (with the value of its `for`), the exception or the bound; empty for the pack."""
    standing: Standing
    said: Text
    witness: Witness | None = None
    causes: tuple[Cause, ...] = ()

    def to_json(self, bound: Bound) -> dict[str, object]:
        """The claim, with the bound it holds within."""
        return {
            "claim": self.question,
            "about": self.about,
            "standing": self.standing,
            "said": self.said.to_json(),
            "bound": bound.to_json(),
            "causes": as_json(self.causes),
            "witness": as_json(self.witness),
        }


@dataclass(frozen=True, slots=True)
class KindReport:
    """The claims about one kind of organisation (None: about all kinds together)."""

    kind: str | None
    claims: tuple[Claim, ...]

    def of(self, question: Question) -> list[Claim]:
        return [claim for claim in self.claims if claim.question == question]


PARTS: Final[Named] = by_name(KindReport, Claim, Cause, ReadParameter, Witness, Text)
"""Every class that a report on a kind is made of, so that it can be kept as plain data."""


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """The claims about a pack. `dead` names the rules and exceptions that take effect for no kind at all."""

    directive: str
    version: str
    title: Text
    bound: Bound
    patience: float
    kinds: tuple[KindReport, ...]
    dead: tuple[Claim, ...]
    left_out: tuple[str, ...]

    @property
    def claims(self) -> Iterable[Claim]:
        yield from self.dead
        for kind in self.kinds:
            yield from kind.claims

    @property
    def exit_status(self) -> int:
        """0 all proved; 1 something refuted; 2 nothing refuted, but not all decided; 2 where evaluators disagree."""
        standings = {claim.standing for claim in self.claims}
        if "disagreed" in standings:
            return 2
        if "refuted" in standings:
            return 1
        return 2 if "undecided" in standings else 0

    def to_json(self) -> dict[str, object]:
        return {
            "schema": 1,
            "directive": self.directive,
            "version": self.version,
            "bound": self.bound.to_json(),
            "seconds_for_one_question": self.patience,
            "left_out": list(self.left_out),
            "one_engine": not durable_rules_installed(),
            "dead": [claim.to_json(self.bound) for claim in self.dead],
            "kinds": [
                {"kind": str(kind.kind), "claims": [claim.to_json(self.bound) for claim in kind.claims]}
                for kind in self.kinds
            ],
        }
