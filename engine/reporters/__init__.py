"""Reporters: a run's report in one output format each. They know verdicts and nothing else.

A format is one module with `render(report, options) -> bytes`; it is imported only when it is asked for.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Final

from ..text import Language
from ..verdict import Report

FORMATS: Final = {"text": "text", "json": "json"}
"""Formats and the modules that render them."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to render: the language, whether colour is wanted, and whether only the summary is."""

    language: Language = "vi"
    colour: bool = False
    quiet: bool = False


def render(name: str, report: Report, options: Options) -> bytes:
    """The report in a format of FORMATS, as UTF-8 bytes."""
    module = import_module(f".{FORMATS[name]}", __name__)
    rendered: bytes = module.render(report, options)
    return rendered
