"""What a pack says of made-up documents, in `tests/samples.yaml` beside the plan that its tests start from."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, Field, StrictStr

from ..directive.conditions import Strict
from ..documents import read_file
from ..model.parsing import validated
from .rule_tests.written import PlanChange

_FILE = "samples.yaml"


class Together(Strict):
    """Organisations: what each sets in the document; `{name}` in a text stands for one of the names."""

    set_: dict[StrictStr, Any] = Field(alias="set")
    names: tuple[StrictStr, ...]


class Further(Strict):
    """Further people: like those of the given ids, so many of each in turn; each of the first `most` makes the changes.

    In these, `{id}` stands for the person's own id.
    """

    like: dict[StrictStr, int] = Field(default_factory=dict)
    most: int = 0
    change: tuple[PlanChange, ...] = ()


class Pair(Strict):
    """Two documents that have to do with each other: so many days apart, of the same organisation or with the same content.

    In what is changed and expected of one, `{path}` stands for what the other has at the path.
    """

    same: Literal["content", "organization"] | None = None
    apart: int = 0
    change: tuple[PlanChange, ...] = ()
    change_other: tuple[PlanChange, ...] = ()
    expect: tuple[StrictStr, ...] = ()
    expect_other: tuple[StrictStr, ...] = ()


class SampleSet(Strict):
    """What varies from the plan of the tests: the day, one of `days` from the first; organisations, which take turns; people.

    `either`: of each group one alternative is taken, where all rules are kept with it.
    """

    model_config = ConfigDict(title="thamdinh: văn bản giả định của bộ quy tắc")

    first_day: date | None = None
    days: int = Field(default=1, ge=1)
    organizations: tuple[Together, ...] = ()
    either: tuple[tuple[tuple[PlanChange, ...], ...], ...] = ()
    further: Further = Further()
    pairs: tuple[Pair, ...] = ()


def sample_set(tests: Path) -> SampleSet:
    """What the pack with this folder of tests says; nothing where it says nothing. Raises Unreadable."""
    return validated(SampleSet, read_file(tests / _FILE)) if (tests / _FILE).is_file() else SampleSet()
