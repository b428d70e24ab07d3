"""A change in the text touches nothing but what it changes."""

import difflib
import json
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.documents import read
from thamdinh.engine.documents.tree import TextDocument
from thamdinh.engine.repair.change import CannotChange, Change, applied
from thamdinh.engine.repair.splice import changed

WORDS = st.text("abc đếỬ-'\"#:,[]{}&*!|>%@`~.0159Tt", min_size=1, max_size=8).filter(lambda word: bool(word.strip()))
SCALARS = st.one_of(WORDS, st.booleans(), st.integers(-99, 99))
ROWS = st.dictionaries(st.sampled_from(["id", "name", "note"]), SCALARS, min_size=1)
DATA = st.fixed_dictionaries(
    {
        "head": ROWS,
        "words": st.lists(WORDS, min_size=2, max_size=3),
        "rows": st.lists(ROWS, min_size=2, max_size=3),
        "last": st.lists(ROWS, min_size=2, max_size=2),
    }
)
STYLES = {
    "block.yaml": lambda data: yaml.safe_dump(data, allow_unicode=True, sort_keys=False),
    "flow.yaml": lambda data: yaml.safe_dump(data, allow_unicode=True, default_flow_style=True, width=60),
    "mixed.yaml": lambda data: yaml.safe_dump(data, allow_unicode=True, default_flow_style=None, width=9999),
    "indented.json": lambda data: json.dumps(data, ensure_ascii=False, indent=2),
    "compact.json": lambda data: json.dumps(data),
}
CHANGES = st.one_of(
    st.builds(Change, st.just("append"), st.sampled_from([("words",), ("rows",), ("last",)]), st.one_of(WORDS, ROWS)),
    st.builds(
        Change, st.just("put"), st.sampled_from([("head", "new"), ("rows", 0, "new"), ("last", 1, "new")]), SCALARS
    ),
    st.builds(Change, st.just("put"), st.sampled_from([("words", 1), ("words", 0)]), SCALARS),
    st.builds(Change, st.just("remove"), st.sampled_from([("words", 0), ("words", 1), ("rows", 0), ("last", 1)])),
)


def document(name: str, text: str) -> TextDocument:
    made = read(name, text.encode())
    assert isinstance(made, TextDocument)
    return made


@pytest.mark.parametrize("name", STYLES)
@given(data=DATA, change=CHANGES)
def test_a_change_is_made_in_every_style_of_writing(name: str, data: dict[str, object], change: Change) -> None:
    before = document(name, STYLES[name](data))
    assert changed(before, change).data == applied(before.data, change)


COMMENTED = """\
# đầu tệp
reports:            # các báo cáo
  - id: bc          # mã
    contents: [year_end_review,   mid_term_review]   # gộp
    # cuối báo cáo
  - {id:  khac, contents: [ ] }

# trước phần phiếu
votes:
- ballots:
  - p01   # bí thư
  - p02
  # hết phiếu
  at:
"""
KEPT = [
    (Change("append", ("votes", 0, "ballots"), "p03"), ["+  - p03"]),
    (
        Change("append", ("reports", 1, "contents"), "x"),
        ["-  - {id:  khac, contents: [ ] }", "+  - {id:  khac, contents: [x] }"],
    ),
    (Change("put", ("votes", 0, "at"), "2017-12-28T07:30"), ["-  at:", "+  at: 2017-12-28T07:30"]),
    (Change("put", ("reports", 0, "title"), "Báo cáo: số 1"), ['+    title: "Báo cáo: số 1"']),
    (
        Change("remove", ("reports", 0, "contents", 1)),
        ["-    contents: [year_end_review,   mid_term_review]   # gộp", "+    contents: [year_end_review]   # gộp"],
    ),
    (Change("remove", ("votes", 0, "ballots", 1)), ["-  - p02"]),
    (Change("append", ("reports",), {"id": "moi", "contents": ["x"]}), ["+  - {id: moi, contents: [x]}"]),
]


@pytest.mark.parametrize(("change", "lines"), KEPT, ids=[str(change.path) for change, _ in KEPT])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_comments_blanks_and_line_ends_stay(change: Change, lines: list[str], newline: str) -> None:
    text = COMMENTED.replace("\n", newline)
    after = changed(document("plan.yaml", text), change).text
    assert after.count("\n") == after.count(newline)
    difference = list(difflib.ndiff(text.splitlines(), after.splitlines()))
    assert [line[0] + line[2:] for line in difference if line[0] in "+-"] == lines


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("a: &list [x, y]\nb: *list\n", Change("append", ("b",), "z")),
        ("a: &list [x, y]\nb: *list\n", Change("put", ("b", 0), "z")),
        ("a: [x]\n", Change("remove", ("a", 0))),
        ("a: {b: [x, y]}\n", Change("put", ("a", "b"), "z")),
        ("a: |\n  text\n", Change("append", ("a",), "z")),
    ],
)
def test_what_would_change_more_than_was_asked_is_refused(text: str, change: Change) -> None:
    with pytest.raises(CannotChange):
        changed(document("plan.yaml", text), change)


BRACKETED = """\
a: [ # đầu
  x, # về x
  y,
  z # về z
  # cuối
]
b: [
  x, y, # về y
]
c: [ # chưa có
  ]
d: {k: [x, # về x
        y], # về k
    l: 1 # về l
   }
"""
COMMENT = re.compile("# [^\n]*")
BETWEEN_BRACKETS = {
    "append beside a comment": (Change("append", ("a",), "moi"), "  z, # về z\n  moi\n  # cuối\n"),
    "append after a comma": (Change("append", ("b",), "moi"), "  x, y, # về y\n  moi\n]"),
    "append to nothing": (Change("append", ("c",), "moi"), "[ # chưa có\n  moi]"),
    "append on a line": (Change("append", ("d", "k"), "moi"), "        y,\n        moi], # về k"),
    "put": (Change("put", ("d", "m"), "moi"), "l: 1, # về l\n    m: moi\n   }"),
    "remove with a comment before": (Change("remove", ("a", 1)), "  x, # về x\n  z # về z\n"),
    "remove with none around": (Change("remove", ("b", 0)), "  y, # về y\n]"),
}


@pytest.mark.parametrize("name", BETWEEN_BRACKETS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_comments_between_brackets_stay_with_what_they_are_about(name: str, newline: str) -> None:
    change, part = BETWEEN_BRACKETS[name]
    after = changed(document("plan.yaml", BRACKETED.replace("\n", newline)), change).text
    assert after.count("\n") == after.count(newline)
    assert part in after.replace(newline, "\n")
    assert COMMENT.findall(after.replace(newline, "\n")) == COMMENT.findall(BRACKETED)


@pytest.mark.parametrize(
    "change",
    [
        Change("remove", ("a", 0)),
        Change("remove", ("a", 2)),
        Change("remove", ("b", 1)),
        Change("remove", ("d", "k", 0)),
    ],
)
def test_what_stands_between_comments_is_not_removed(change: Change) -> None:
    with pytest.raises(CannotChange):
        changed(document("plan.yaml", BRACKETED), change)


GAPS = st.sampled_from(["", " ", " # một\n", "\n", "\n # hai\n ", "  # ba # bốn\r\n "])


@given(st.data(), st.lists(st.sampled_from(["x", "y", "'a # b'"]), max_size=4), st.booleans())
def test_no_change_between_brackets_loses_a_comment(data: st.DataObject, items: list[str], comma: bool) -> None:
    inside = "".join(data.draw(GAPS) + item + data.draw(GAPS) + "," for item in items)
    text = f"a: [{inside if comma else inside.removesuffix(',')}{data.draw(GAPS)}]\n"
    kind = data.draw(st.sampled_from(["append", "remove"]))
    change = (
        Change("append", ("a",), "moi") if kind == "append" else Change("remove", ("a", data.draw(st.integers(0, 3))))
    )
    try:
        before = document("plan.yaml", text)
        after = changed(before, change).text
    except (CannotChange, Unreadable, LookupError):
        return
    comments = COMMENT.findall(text.replace("'a # b'", ""))
    assert COMMENT.findall(after.replace("'a # b'", "")) == comments
