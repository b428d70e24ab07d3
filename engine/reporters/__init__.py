"""Reporters: a run's report in one output format each. They know verdicts and nothing else.

A format is one module with `render(report, options) -> bytes`; it is imported only when it is asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final, Literal

from ..base.severity import SEVERITIES, Severity
from ..base.text import Language
from ..evaluation.verdict import Report

__all__ = ["annotation.annotate", "annotation.marks", "pages", "templates", "text", "words"]


@dataclass(frozen=True, slots=True)
class Format:
    """An output format: the module that renders it and the suffixes its files have.

    `passes` and `outline`: it shows what was checked and held, and the plan beside the verdict, so the run must collect
    them. `binary`: its bytes are not for a terminal. `one_plan`: it is about one plan; many plans give a folder of them.
    """

    module: str
    suffixes: tuple[str, ...]
    passes: bool = False
    outline: bool = False
    binary: bool = False
    one_plan: bool = False


FORMATS: Final[dict[str, Format]] = {
    "text": Format("text", (".txt",)),
    "json": Format("json", (".json",)),
    "sarif": Format("sarif", (".sarif", ".json")),
    "junit": Format("junit", (".xml",)),
    "github": Format("github", (".txt",)),
    "csv": Format("csv", (".csv",)),
    "markdown": Format("markdown", (".md",)),
    "html": Format("html", (".html", ".htm"), outline=True),
    "docx": Format("docx", (".docx",), passes=True, outline=True, binary=True, one_plan=True),
    "pdf": Format("pdf", (".pdf",), passes=True, outline=True, binary=True, one_plan=True),
}
"""Every format of `--format` and `--output-file`."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to render: the language, whether colour is wanted, whether only the summary is, and what counts as failing.

    `template` is the appraisal sheet's, where it is not the built-in one.
    """

    language: Language = "vi"
    colour: bool = False
    quiet: bool = False
    fail_on: Severity | Literal["never"] = "error"
    template: Path | None = None

    def fails(self, severity: Severity) -> bool:
        """Whether a finding of this severity fails a run."""
        return self.fail_on != "never" and SEVERITIES.index(severity) <= SEVERITIES.index(self.fail_on)


def render(name: str, report: Report, options: Options) -> bytes:
    """The report in a format of FORMATS; text is UTF-8. Raises Unreadable where the format can't show such a report."""
    module = import_module(f".{FORMATS[name].module}", __name__)
    rendered: bytes = module.render(report, options)
    return rendered


def render_each(name: str, report: Report, options: Options) -> Iterator[bytes]:
    """Each plan of the report by itself, in order, in a format that is about one plan. Raises Unreadable."""
    module = import_module(f".{FORMATS[name].module}", __name__)
    rendered: Iterator[bytes] = module.render_each(report, options)
    return rendered
