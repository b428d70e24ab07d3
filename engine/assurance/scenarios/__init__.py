"""Scenarios: feature files in Vietnamese, the steps they are made of, and their run against a door to verdicts.

`parse` and `parse_file` read features, `run` plays one scenario. Steps themselves stand in `features/steps`.
"""

from .doors import Door, door
from .model import Cell, Feature, Scenario, Step, Table
from .parsing import parse, parse_file
from .running import Result, StepResult, run, standard_steps

__all__ = [
    "Cell",
    "Door",
    "Feature",
    "Result",
    "Scenario",
    "Step",
    "StepResult",
    "Table",
    "door",
    "parse",
    "parse_file",
    "run",
    "standard_steps",
]
