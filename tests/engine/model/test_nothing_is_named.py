"""No code of the engine or of a command names a field, record, entity, member or label of any type of document.

What is named is read from the descriptions, so a new type is held to as well. Code that still does stands in `owed.txt`, from
which files may only go.
"""

import ast
import json
import re
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
_WORD = re.compile(r"[A-Za-z_]\w*", re.ASCII)
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
        elif isinstance(node, ast.Constant) and isinstance(node.value, str | bytes) and id(node) not in docs:
            text = node.value if isinstance(node.value, str) else node.value.decode("utf-8", "replace")
            yield from ((node.lineno, named) for named in _in_text(text))
        yield from ((node.lineno, named) for named in _bound(node) if named in names())  # type: ignore[attr-defined]


def _bound(node: ast.AST) -> Iterator[str | None]:
    """The names that a node gives to what it passes, takes, defines, imports or matches."""
    match node:
        case ast.keyword(arg=name) | ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.alias(name=name, asname=called):
            yield from (called, *name.split("."))
        case ast.MatchClass(kwd_attrs=named):
            yield from named


def _in_text(text: str) -> Iterator[str]:
    words = {*text.replace("/", ".").split("."), *(word for word in _WORD.findall(text) if "_" in word)}
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


def _texts(value: object) -> Iterator[str]:
    """The texts in what a file of words holds."""
    if isinstance(value, str):
        yield value
    else:
        for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from _texts(part)


def test_words_beside_code_name_nothing_either() -> None:
    files = [path for top in ("engine", "commands") for path in sorted((ROOT / top).rglob("*.json"))]
    texts = [text for path in files for text in _texts(json.loads(path.read_bytes()))]
    assert len(texts) > 500
    assert [text for text in texts if any(_in_text(text))] == []
    assert any(_in_text("Ghi Số thẻ đảng viên vào party_card"))


@pytest.mark.parametrize(
    "line",
    [
        "plan.participants", 'row["party_card"]', 'path = "organization/direct_superior"', 'f"Thiếu số thẻ đảng viên {x}"',
        'f("Họ và tên")', "confidence_votes = 1", '{"participants": 1}', 'f"{plan.participants}"', 'f"{x}/party_card"',
        'f"{x:party_card}"', "make(party_card=1)", "def made(party_card): pass", "def participants(): pass", 'x = b"party_card"',
        'exec("def row(it): return it[0].party_card")', "from x import confidence_votes", "import a.participants as b",
        "match x:\n  case Row(party_card=y): pass", 'match x:\n  case {"participants": y}: pass', "class participants: pass",
        'getattr(x, "party_card")', 'SELECT = "SELECT party_card FROM x"', "for participants in x: pass", "x.party_card = 1",
    ],
)  # fmt: skip
def test_what_names_something_is_found(line: str) -> None:
    assert [*mentions(line)]


@pytest.mark.parametrize(
    "line", ['"""Participants and their party_card."""', "name = row.id", '"họ"', "participant_count"]
)
def test_what_names_nothing_is_not(line: str) -> None:
    assert not [*mentions(line)]
