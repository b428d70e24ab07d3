"""Features as read: scenarios with their steps and tables, each with its place. Outlines are spread out, one scenario a row."""

from dataclasses import dataclass, field
from typing import Any, Final, Literal

from ...base.problem import Place, Problem

StepKind = Literal["given", "when", "then"]
KEYWORDS: Final[dict[StepKind, str]] = {"given": "Cho", "when": "Khi", "then": "Thì"}
"""The keyword that a step of each kind begins with."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class DataTable:
    """The table below a step: its first row names the columns."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `kind` is that of its keyword, or of the step before it for “Và” and “Nhưng”."""

    keyword: str
    kind: StepKind
    text: str
    place: Place
    table: DataTable | None = None
    node: str = ""
    """The id of the step in the parsed document, for reports that refer to it."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario to run: its background's steps come first. `row` holds the values of its row of an outline."""

    name: str
    keyword: str
    tags: tuple[str, ...]
    place: Place
    steps: tuple[Step, ...]
    group: str = ""
    """The name of the `Quy tắc` block it stands in; empty outside of one."""
    row: tuple[tuple[str, str], ...] = ()
    background: int = 0
    """How many of the steps come from backgrounds."""
    description: str = ""
    node: str = ""
    row_node: str = ""

    def tagged(self, *tags: str) -> bool:
        """Whether it carries all of the tags, given without @."""
        return set(tags) <= set(self.tags)


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature file. Scenarios that could not be read are left out, and `problems` says why."""

    file: str
    name: str
    description: str
    tags: tuple[str, ...]
    place: Place
    scenarios: tuple[Scenario, ...]
    problems: tuple[Problem, ...] = ()
    text: str = ""
    document: dict[str, Any] = field(default_factory=dict)
    """What the Gherkin parser made of the text, for reports in the formats of others."""
