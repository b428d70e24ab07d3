"""A document as one file of any kind that people fill in: YAML, JSON, a workbook, a Word document."""

import json
from collections.abc import Callable
from typing import Any, Final

from ..model.description import Description

Data = dict[str, Any]


def _yaml(data: Data, _: Description) -> bytes:
    import yaml

    quick = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    for writer in (quick, yaml.SafeDumper):
        text: str = yaml.dump(data, Dumper=writer, allow_unicode=True, sort_keys=False)
        if "\\" not in text:  # libyaml, five times as quick, escapes and folds some other texts than PyYAML does
            break
    return text.encode()


def _json(data: Data, _: Description) -> bytes:
    return f"{json.dumps(data, ensure_ascii=False, indent=2)}\n".encode()


def _workbook(data: Data, known: Description) -> bytes:
    from .workbook import write_data

    return write_data(data, known, examples=False)


def _document(data: Data, known: Description) -> bytes:
    from .word import write_data

    return write_data(data, known, examples=False)


WRITERS: Final[dict[str, Callable[[Data, Description], bytes]]] = {
    ".yaml": _yaml,
    ".yml": _yaml,
    ".json": _json,
    ".xlsx": _workbook,
    ".docx": _document,
}
"""What makes a file of plain data (plan-format) of a type of document, by the end of its name."""
