"""Where the cursor is in a document: the path of the value there."""

from ..base.problem import Path
from ..documents.tree import Node


def path_at(root: Node, offset: int) -> Path:
    """The path of the innermost value (or of the key of one) that the offset lies in."""
    path: list[str | int] = []
    node = root
    while True:
        step = _step(node, offset)
        if step is None:
            return tuple(path)
        name, node = step
        path.append(name)


def _step(node: Node, offset: int) -> tuple[str | int, Node] | None:
    for name, (key, value) in (node.entries or {}).items():
        if key.start <= offset <= value.span.end:
            return name, value
    for number, item in enumerate(node.items or ()):
        if item.span.start <= offset <= item.span.end:
            return number, item
    return None
