"""Scenarios: feature files in Vietnamese, the steps they are made of, and what an appraiser says when they are run.

`parse` and `parse_file` read features, `run` plays one scenario. Steps themselves stand in `features/steps`.
"""

from .appraisers import Appraiser, appraiser_of
from .model import Cell, DataTable, Feature, Scenario, Step
from .parsing import parse_feature, parse_file
from .running import Result, StepResult, play, standard_steps

__all__ = [
    "Appraiser",
    "Cell",
    "DataTable",
    "Feature",
    "Result",
    "Scenario",
    "Step",
    "StepResult",
    "appraiser_of",
    "parse_feature",
    "parse_file",
    "play",
    "standard_steps",
]
