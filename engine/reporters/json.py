"""The JSON verdict, schema 1."""

import json

from ..verdict import Report
from . import Options


def render(report: Report, options: Options) -> bytes:  # noqa: ARG001 (the verdict is in both languages already)
    """The report as indented JSON with a final newline."""
    return (json.dumps(report.to_json(), ensure_ascii=False, indent=2) + "\n").encode()
