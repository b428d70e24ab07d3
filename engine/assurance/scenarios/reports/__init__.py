"""Reports of a check of features, one module a format with `render(run) -> bytes`, imported only when asked for."""

from dataclasses import dataclass
from importlib import import_module
from typing import Final

from ....base.text import Language
from ..checking import CheckedFeature

FORMATS: Final = {"text": "text", "json": "json", "cucumber": "cucumber", "messages": "messages", "junit": "junit"}
"""Formats and the modules that render them."""


@dataclass(frozen=True, slots=True)
class ScenarioRun:
    """One check of features: which directive, what came of each file, when it began (seconds since 1970), and how to show it."""

    directive: str
    checked: tuple[CheckedFeature, ...]
    began: float
    language: Language = "vi"
    colour: bool = False
    quiet: bool = False


def render(name: str, run: ScenarioRun) -> bytes:
    """The report in a format of FORMATS, as UTF-8 bytes."""
    rendered: bytes = import_module(f".{FORMATS[name]}", __name__).render(run)
    return rendered
