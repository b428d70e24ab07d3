"""Every feature file under pytest-bdd: the steps are those of `thamdinh features check`, none is written here.

The command plays them on both evaluators (tests/commands/test_features.py), and the tags on durable-rules (test_tags.py):
here it is the compiled evaluator.
"""

from collections.abc import Callable
from typing import Any

import pytest
import pytest_bdd
from pytest_bdd.feature import get_features
from pytest_bdd.parsers import StepParser

from tests.appraisal import ROOT, scenarios
from thamdinh.engine.assurance.scenarios import Appraiser, appraiser_of
from thamdinh.engine.assurance.scenarios.situation import Situation
from thamdinh.engine.assurance.scenarios.steps import Definition, quoted
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.evaluation.scanning import Compiled
from thamdinh.features.steps import STEPS

RULES = (*ruleset().rules, *ruleset().rules_across)


class Pattern(StepParser):
    """Has pytest-bdd choose the step that our own runner chooses."""

    def __init__(self, definition: Definition) -> None:
        super().__init__(definition.pattern)
        self.definition = definition

    def is_matching(self, name: str) -> bool:
        return STEPS.find(self.definition.kind, name) is self.definition

    def parse_arguments(self, name: str) -> dict[str, Any]:
        return {"text": name}


def performing(definition: Definition) -> Callable[..., None]:
    def perform(situation: Situation, text: str, datatable: Any = None) -> None:
        definition.perform(situation, quoted(text), datatable and tuple(map(tuple, datatable)))

    return perform


for item in STEPS:
    pytest_bdd.step(Pattern(item), item.kind)(performing(item))

pytest_bdd.scenarios(str(ROOT / "features"))


@pytest.fixture(scope="module")
def appraiser() -> Appraiser:
    return appraiser_of(ruleset(), Compiled)


@pytest.fixture(autouse=True)
def situation(appraiser: Appraiser) -> Situation:
    return Situation(appraiser, RULES)


def test_pytest_bdd_meets_the_scenarios_that_the_command_meets() -> None:
    theirs = [
        step.name
        for feature in get_features([str(ROOT / "features")])
        for template in feature.scenarios.values()
        for row in [row for examples in template.examples for row in examples.as_contexts()] or [{}]
        for step in template.render(row).steps
    ]
    assert sorted(theirs) == sorted(step.text for scenario in scenarios() for step in scenario.steps)
