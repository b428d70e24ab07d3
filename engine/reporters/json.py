"""The JSON verdict, schema 1."""

import json

from ..base.seal import sealed_object
from ..evaluation.verdict import Report
from . import Options


def render(report: Report, options: Options) -> bytes:  # noqa: ARG001 (the verdict is in both languages already)
    """The report as indented JSON with its seal and a final newline."""
    written = json.dumps(report.to_json(), ensure_ascii=False, indent=2).removesuffix("\n}")
    return b"".join(sealed_object([written.encode()]))
