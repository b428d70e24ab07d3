"""thamdinh (thẩm định, appraisal): checks conference plans against a directive.

For programs that import it, and for plug-ins (docs/explanation/plug-ins.md):

>>> import thamdinh
>>> verdict = thamdinh.appraise("examples/breached/thoi-luong-xa.yaml")
>>> verdict.status
'non_compliant'
>>> [(finding.rule, finding.clause, finding.place.line) for finding in verdict.findings]
[('TD101', 'D1', 12), ('TD701', 'A1', 12)]
>>> verdict.organization, verdict.directive, len(verdict.not_applicable)
('Đảng bộ xã Tân Thạch', 'ben-tre-2017', 0)
>>> verdict.findings[0].message["en"]
'The conference of Đảng bộ xã Tân Thạch (commune) lasts 2 days; at commune level it must last 1 to 1.5 days'
>>> sorted(verdict.to_json())
['directive', 'file', 'findings', 'not_applicable', 'organization', 'problems', 'status']
>>> thamdinh.appraise("examples/no-such-plan.yaml").problems[0].code
'PL006'
>>> report = thamdinh.lint(["examples/compliant"])
>>> sorted({verdict.status for verdict in report.verdicts})
['compliant']
>>> sum(verdict.status == "invalid" for verdict in thamdinh.audit(["examples/invalid"], jobs=1))
6
"""

from collections.abc import Iterator, Sequence
from importlib import import_module
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from .version import __version__

if TYPE_CHECKING:
    from .engine.base.problem import Place, Problem, Unreadable
    from .engine.base.text import Text
    from .engine.documents.document import Document
    from .engine.evaluation.verdict import Report, Verdict
    from .engine.reporters import Format, Options

_NAMED = {
    "Document": "documents.document",
    "Format": "reporters",
    "Options": "reporters",
    "Place": "base.problem",
    "Problem": "base.problem",
    "Report": "evaluation.verdict",
    "Text": "base.text",
    "Unreadable": "base.problem",
    "Verdict": "evaluation.verdict",
}
"""What programs and plug-ins name, and the module of the engine it is in: loaded when it is named."""

__all__ = [
    "Document",
    "Format",
    "Options",
    "Place",
    "Problem",
    "Report",
    "Text",
    "Unreadable",
    "Verdict",
    "__version__",
    "appraise",
    "audit",
    "lint",
]


def appraise(file: str | PathLike[str], *, directive: str | None = None, redact_names: bool = False) -> "Verdict":
    """The verdict on one plan, of any format that is read.

    `directive` is the id of a pack or its folder; without it the plan chooses among those issued. With `redact_names`,
    the verdict names nobody. What is wrong with the file is in `problems`; such a plan is neither compliant nor not. No
    settings or waivers are looked for. Raises Unreadable for a directive that does not exist.
    """
    return lint([file], directive=directive, redact_names=redact_names).verdicts[0]


def lint(
    inputs: Sequence[str | PathLike[str]], *, directive: str | None = None, redact_names: bool = False
) -> "Report":
    """The report on some files and folders, as `thamdinh lint` makes it; the arguments are as for `appraise`."""
    from .engine.lint.run import lint
    from .engine.lint.settings import Settings

    names = [fspath(name) for name in inputs]
    return lint(names, Settings(directive=directive), redact_names=redact_names).report


def audit(
    inputs: Sequence[str | PathLike[str]], *, directive: str | None = None, jobs: int | None = None
) -> Iterator["Verdict"]:
    """The verdict on every plan of very many, rules across plans included, in the order of the inputs.

    Inputs may also be JSON Lines, Parquet and zip archives. `jobs` is the number of worker processes: as many as there are
    processors where it is None. Raises Unreadable as `thamdinh audit` refuses.
    """
    from .engine.audit.run import Request, audit
    from .engine.audit.workers.ledger import Ledger

    with Ledger() as ledger:
        audit(Request(tuple(fspath(name) for name in inputs), directive, jobs=jobs), ledger)
        yield from (outcome.verdict for outcome in ledger.outcomes())


def __getattr__(name: str) -> Any:
    if name in _NAMED:
        return getattr(import_module(f".engine.{_NAMED[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
