"""No code of the engine or of a command names a field, record, entity, member or label of any type of document.

What is named is read from the descriptions, so a new type is held to as well. Code that still does stands in `owed.txt`, from
which files may only go.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from thamdinh.engine.model.description import Nature
from thamdinh.engine.model.document_types import available, description

ROOT = Path(__file__).parents[3]
_COMMON = """
    id name title kind label text type version schema term part parts role person format start end to at by subject
    report reports plan session sessions index copies ballots number member members group day half purpose
    requirements conference outcome outcomes contents covers targets standing namesakes signature signatures post
"""
COMMON = frozenset(_COMMON.split())
"""What Python, the engine and its formats call things themselves."""
NATURES = frozenset(get_args(Nature))
"""What the engine asks for in place of names is no name."""
COMMON_LABELS = frozenset({"tổ chức đảng", "số thứ tự"})
"""Whom the program is for, and the number of a row."""
LEAST_WORDS = 3
"""So many words a label has at least to be told from what anybody may say."""

OWED = frozenset(Path(__file__).with_name("owed.txt").read_text(encoding="utf-8").split())


@cache
def names() -> frozenset[str]:
    """The names of fields, records, entities and members of all types."""
    found: set[str] = set()
    for known in map(description, available()):
        found |= {record.name for record in known.records} | {field.name for _, _, field in known.fields}
        found |= {entity.name for entity in known.facts}
        found |= {fact.name for entity in known.facts for fact in entity.fields}
        found |= {member.name for enumeration in known.vocabulary for member in enumeration.members}
    return frozenset(found - COMMON - NATURES)


@cache
def labels() -> frozenset[str]:
    """The Vietnamese words of fields, records, entities, members, sheets, tables and columns of all types, in lower case."""
    found: set[str] = set()
    for known in map(description, available()):
        texts = [field.label for _, _, field in known.fields]
        texts += [record.label for record in known.records]
        texts += [fact.label for entity in known.facts for fact in entity.fields]
        texts += [member.words for enumeration in known.vocabulary for member in enumeration.members]
        found |= {text.vi for text in texts}
        if known.form is not None:
            found |= {sheet.title for sheet in known.form.sheets} | {field.label for field in known.form.fields}
            found |= {table.name for table in known.form.tables}
            found |= {column.label for table in known.form.tables for column in table.columns}
    return frozenset(text.casefold() for text in found if text.count(" ") >= LEAST_WORDS - 1) - COMMON_LABELS


def mentions(source: str) -> Iterator[tuple[int, str]]:
    """The lines of a module that name something of a document, and what they name."""
    tree = ast.parse(source)
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in names():
            yield node.lineno, node.attr
        elif isinstance(node, ast.Name) and node.id in names():
            yield node.lineno, node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield from ((node.lineno, named) for named in _in_text(node.value))


def _in_text(text: str) -> Iterator[str]:
    words = text.replace("/", ".").split(".")
    yield from (word for word in words if word in names())
    lower = text.casefold()
    yield from (label for label in labels() if label in lower)


def modules() -> list[str]:
    """The modules of the engine and the commands."""
    return [
        str(path.relative_to(ROOT)) for top in ("engine", "commands") for path in sorted((ROOT / top).rglob("*.py"))
    ]


@pytest.mark.long
def test_nothing_is_named_but_where_it_is_owed() -> None:
    found = {module for module in modules() if any(mentions((ROOT / module).read_text(encoding="utf-8")))}
    assert found - OWED == set()
    assert OWED - found == set(), "take what no longer names anything out of owed.txt"


@pytest.mark.parametrize(
    "line",
    ["plan.participants", 'row["party_card"]', 'path = "organization/direct_superior"', 'f"Thiếu số thẻ đảng viên {x}"', 'f("Họ và tên")', "confidence_votes = 1"],
)  # fmt: skip
def test_what_names_something_is_found(line: str) -> None:
    assert [*mentions(line)]


@pytest.mark.parametrize(
    "line", ['"""Participants and their party_card."""', "name = row.id", '"họ"', "participant_count"]
)
def test_what_names_nothing_is_not(line: str) -> None:
    assert not [*mentions(line)]
