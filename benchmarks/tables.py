"""Tables of the documents that benchmarks write."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

DOCS: Final = Path(__file__).parents[1] / "docs"


def put(document: str, benchmark: str, table: Sequence[str]) -> None:
    """Put the lines of a table where a document has that of the benchmark."""
    path, (begin, end) = DOCS / document, (f"<!-- {benchmark}: {edge} -->" for edge in ("begin", "end"))
    head, opened, rest = path.read_text(encoding="utf-8").partition(begin)
    _, closed, tail = rest.partition(end)
    assert opened, f"no {begin} in {document}"
    assert closed, f"no {end} in {document}"
    path.write_text("\n".join((head + begin, *table, end)) + tail, encoding="utf-8")
