"""Reporters: a run's report in one output format each. They know verdicts and nothing else.

A format is one module of its name with `render(report, options) -> bytes`, imported only when it is asked for, or a
plug-in (docs/explanation/plug-ins.md).
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final, Literal

from ..base import plug_ins
from ..base.problem import Place
from ..base.record import Record
from ..base.severity import SEVERITIES, Severity
from ..base.suggest import chosen
from ..base.text import Language, named
from ..evaluation.verdict import Report

__all__ = [
    "annotation.annotate",
    "annotation.marks",
    "docx",
    "html",
    "json",
    "pages",
    "sheet",
    "templates",
    "text",
    "words",
]


class Format(Record):
    """An output format: the suffixes that its files have.

    `passes` and `outline`: it shows what was checked and held, and the plan beside the verdict, so the run must collect
    them. `binary`: its bytes are not for a terminal. `one_plan`: it is about one plan; many plans give a folder of them, for
    which there is `render_each(report, options)`.
    """

    suffixes: tuple[str, ...]
    passes: bool = False
    outline: bool = False
    binary: bool = False
    one_plan: bool = False


FORMATS: Final[dict[str, Format]] = {
    "text": Format((".txt",)),
    "json": Format((".json",)),
    "sarif": Format((".sarif", ".json")),
    "junit": Format((".xml",)),
    "github": Format((".txt",)),
    "csv": Format((".csv",)),
    "markdown": Format((".md",)),
    "html": Format((".html", ".htm"), outline=True),
    "docx": Format((".docx",), passes=True, outline=True, binary=True, one_plan=True),
    "pdf": Format((".pdf",), passes=True, outline=True, binary=True, one_plan=True),
}
"""Every format of `--format` and `--output-file` that is our own."""


class Options(Record):
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


def formats() -> tuple[str, ...]:
    """The names of all formats, those of plug-ins included."""
    return (*FORMATS, *sorted(plug_ins.plug_in_names(plug_ins.REPORTERS) - FORMATS.keys()))


def format_named(written: str) -> str | None:
    """The format of that name, in either language; plug-ins are looked for only where it is none of our own."""
    return chosen(written, named(FORMATS)) or chosen(written, named(formats()))


def format_of(name: str) -> Format:
    """What there is to know of a format before it is rendered. Raises Unreadable for a plug-in that can't be used."""
    if name in FORMATS:
        return FORMATS[name]
    found, form = _plug_in(name), None
    with found.held(Place(name)):
        form = found.implementation.FORMAT
        if not isinstance(form, Format):
            raise TypeError(f"FORMAT: {form!r}")
    return form


def render(name: str, report: Report, options: Options) -> bytes:
    """The report in a format; text is UTF-8. Raises Unreadable where the format can't show such a report."""
    if name in FORMATS:
        rendered: bytes = import_module(f".{name}", __name__).render(report, options)
        return rendered
    found = _plug_in(name)
    with found.held(Place(name)):
        return _bytes(found.implementation.render(report, options))


def render_each(name: str, report: Report, options: Options) -> Iterator[bytes]:
    """Each plan of the report by itself, in order, in a format that is about one plan. Raises Unreadable."""
    if name in FORMATS:
        yield from import_module(f".{name}", __name__).render_each(report, options)
        return
    found = _plug_in(name)
    with found.held(Place(name)):
        yield from map(_bytes, found.implementation.render_each(report, options))


def _plug_in(name: str) -> plug_ins.PlugIn:
    found = plug_ins.plug_in(plug_ins.REPORTERS, name, Place(name), "FORMAT", "render")
    assert found is not None, name
    return found


def _bytes(rendered: object) -> bytes:
    if not isinstance(rendered, bytes):
        raise TypeError(f"render: {type(rendered).__name__}")
    return rendered
