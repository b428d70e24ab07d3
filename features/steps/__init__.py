"""The vocabulary of steps. `STEPS` holds all of it; both runners, `thamdinh features` and pytest-bdd, take it from here."""

from . import appraisal, outcome, plans
from .words import STEPS

__all__ = ["STEPS", "appraisal", "outcome", "plans"]
