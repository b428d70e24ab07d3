"""A change made in the text of a YAML or JSON file: only what changes is written, comments and layout stay."""

import json
import re
from typing import Final

from ..base.problem import Unreadable
from ..documents import read
from ..documents.tree import Node, Span, TextDocument
from .change import CannotChange, Change, applied

_COMMENT: Final = re.compile(r"([ \t]*,?[ \t]*)#[^\r\n]*(?=(\r\n|\n|\r))")
"""What follows an item between brackets, where a comment closes its line: what is before it, and the end of the line."""
_PLAIN: Final = re.compile(r"[^\W_][^\n\"'#:,{}\[\]&*!|>%@`]*")


def changed(document: TextDocument, change: Change) -> TextDocument:
    """The document with the change made in its text. Raises CannotChange where that can't be done."""
    text = document.text
    span, new = _splice(document, change)
    made = text[: span.start] + new + text[span.end :]
    try:
        result = read(document.file, made.encode())
    except Unreadable as unreadable:
        raise CannotChange(str(unreadable)) from unreadable
    # The proof that nothing but the change happened: the new text reads as the old data with the change made.
    if result.data != applied(document.data, change) or not isinstance(result, TextDocument):
        raise CannotChange(change.path)
    return result


def _splice(document: TextDocument, change: Change) -> tuple[Span, str]:
    """What to replace, and by what."""
    text, root = document.text, document.root
    json_style = text[root.span.start : root.span.start + 1] == "{"
    *parents, last = change.path
    node = _node(text, root, (*parents, last) if change.kind == "append" else parents)
    if change.kind == "append":
        return _appended(text, node, _flow(change.value, json_style), change.value)
    if change.kind == "remove":
        return _removed(text, node, last)
    found = node.step(last)
    if found is not None:
        return _replaced(text, found[1], _flow(change.value, json_style))
    if not isinstance(last, str):
        raise CannotChange(change.path)
    return _entered(text, node, f"{_flow(last, json_style)}: {_flow(change.value, json_style)}")


def _node(text: str, root: Node, path: list[str | int] | tuple[str | int, ...]) -> Node:
    node = root
    for step in path:
        found = node.step(step)
        if found is None:
            raise CannotChange(path)
        node = found[1]
        if text[node.span.start : node.span.start + 1] == "*":
            raise CannotChange(path)  # An alias: the change would show in every place that names it.
    return node


def _replaced(text: str, node: Node, new: str) -> tuple[Span, str]:
    if text[node.span.start : node.span.start + 1] == "*" or node.entries is not None or node.items is not None:
        raise CannotChange(new)
    return node.span, new if node.span.end > node.span.start else f" {new}"


def _appended(text: str, node: Node, new: str, value: object) -> tuple[Span, str]:
    if node.items is None:
        raise CannotChange(new)
    if text[node.span.start] == "[":
        return _into_flow(text, node, node.items, new)
    last = node.items[-1]
    indent = _column(text, node.span.start)
    if isinstance(value, dict) and last.entries is not None and text[last.span.start] != "{":
        new = f"\n{' ' * (indent + 2)}".join(
            f"{_flow(key, False)}: {_flow(item, False)}" for key, item in value.items()
        )
    return _new_line(text, last, f"{' ' * indent}- {new}")


def _removed(text: str, node: Node, number: str | int) -> tuple[Span, str]:
    """Without the item and what separates it from the next, or its lines in a list of lines."""
    if node.items is None or not isinstance(number, int) or len(node.items) < 2:
        raise CannotChange(number)
    item = node.items[number].span
    if text[node.span.start] == "[":
        return _without_comments(text, node.items, number), ""
    begins = text.rfind("\n", 0, item.start) + 1
    ends = text.find("\n", _end(text, node.items[number])) + 1 or len(text)
    if text[begins : item.start].strip() != "-":
        raise CannotChange(number)  # The item shares its line with what holds the list.
    return Span(begins, ends), ""


def _without_comments(text: str, items: list[Node], number: int) -> Span:
    """An item between brackets with what separates it from the one before, or else after it, where no comment stands."""
    item = items[number].span
    if _COMMENT.match(text, item.end):
        raise CannotChange(number)  # What is said of the item would stay and be read of another.
    if number and "#" not in text[items[number - 1].span.end : item.start]:
        return Span(items[number - 1].span.end, item.end)
    if number + 1 < len(items) and "#" not in text[item.end : items[number + 1].span.start]:
        return Span(item.start, items[number + 1].span.start)
    raise CannotChange(number)


def _entered(text: str, node: Node, new: str) -> tuple[Span, str]:
    if node.entries is None:
        raise CannotChange(new)
    values = [entry for _, entry in node.entries.values()]
    if text[node.span.start] == "{":
        return _into_flow(
            text, node, [Node(Span(key.start, value.span.end)) for key, value in node.entries.values()], new
        )
    (first, _), *_ = node.entries.values()
    return _new_line(text, values[-1], f"{' ' * _column(text, first.start)}{new}")


def _into_flow(text: str, node: Node, items: list[Node], new: str) -> tuple[Span, str]:
    """After the last item between brackets; on a line of its own where that one stands on its own."""
    if not items:
        inside = text[node.span.start + 1 : node.span.end - 1]
        return Span(node.span.end - 1 if "#" in inside else node.span.start + 1, node.span.end - 1), new
    last = items[-1].span
    line = text.rfind("\n", 0, last.start) + 1
    before = text[line : last.start]
    if comment := _COMMENT.match(text, last.end, node.span.end):
        # The comment is on the last item, and stays beside it.
        comma = "" if "," in comment[1] else ","
        indent = before[: len(before) - len(before.lstrip())] if line > node.span.start else " " * len(before)
        return Span(last.end, comment.end()), f"{comma}{comment[0]}{comment[2]}{indent}{new}"
    newline = "\r\n" if "\r\n" in text else "\n"
    separator = f",{newline}{before}" if line > node.span.start and not before.strip() else ", "
    return Span(last.end, last.end), f"{separator}{new}"


def _new_line(text: str, last: Node, new: str) -> tuple[Span, str]:
    """On a line after the one on which the last value ends, whatever comment that line closes with."""
    end = _end(text, last)
    line_end = re.compile(r"\r\n|\n|\r|\Z").search(text, end)
    assert line_end is not None
    newline = line_end[0] or ("\r\n" if "\r\n" in text else "\n")
    if text[end : line_end.start()].split("#")[0].strip():
        raise CannotChange(new)  # Something else follows on the line.
    return Span(line_end.start(), line_end.start()), newline + new.replace("\n", newline)


def _end(text: str, node: Node) -> int:
    """Where the value's own text ends: the mark of a block collection lies beyond the comments that follow it."""
    inner = node.items or [value for _, value in (node.entries or {}).values()]
    return _end(text, inner[-1]) if inner and text[node.span.start] not in "[{*" else node.span.end


def _column(text: str, offset: int) -> int:
    return offset - (text.rfind("\n", 0, offset) + 1)


def _flow(value: object, json_style: bool) -> str:
    """A value on one line: as JSON in JSON-like files, else as people write YAML."""
    if json_style:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(key, False)}: {_flow(item, False)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_flow(item, False) for item in value)}]"
    if isinstance(value, str) and _plain(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _plain(value: str) -> bool:
    """Whether text reads back as itself without quotes, between brackets too."""
    instant = re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", value)
    if not instant and (not _PLAIN.fullmatch(value) or value != value.strip()):
        return False
    try:
        return read("-.yaml", f"[{value}]".encode()).data == [value]
    except Unreadable:
        return False
