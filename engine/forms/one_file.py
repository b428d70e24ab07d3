"""A document as one file of any kind that people fill in: YAML, JSON, a workbook, a Word document."""

import json
from collections.abc import Callable
from typing import Any, Final

Data = dict[str, Any]


def _yaml(data: Data) -> bytes:
    import yaml

    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    return text.encode()


def _json(data: Data) -> bytes:
    return f"{json.dumps(data, ensure_ascii=False, indent=2)}\n".encode()


def _workbook(data: Data) -> bytes:
    from .workbook import write_data

    return write_data(data, examples=False)


def _document(data: Data) -> bytes:
    from .word import write_data

    return write_data(data, examples=False)


WRITERS: Final[dict[str, Callable[[Data], bytes]]] = {
    ".yaml": _yaml,
    ".yml": _yaml,
    ".json": _json,
    ".xlsx": _workbook,
    ".docx": _document,
}
"""What makes a file of plain data (plan-format), by the end of its name."""
