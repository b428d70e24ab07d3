"""Places in a line that was decoded quickly are those that the JSON reader tells."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import plans
from thamdinh.engine.audit.line import QuickLine
from thamdinh.engine.problem import Path
from thamdinh.engine.readers import read


def paths(value: Any, path: Path = ()) -> list[Path]:
    """The path of every value, and one step further, where there is nothing."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    further = [(*path, "absent"), (*path, 99), (*path, "absent", "more")]
    return [path, *further, *(found for key, item in inner for found in paths(item, (*path, key)))]


@given(plans(), st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " : ")]), st.booleans())
@settings(max_examples=15, deadline=None)
def test_every_place_is_that_of_the_reader(data: dict[str, Any], separators: tuple[str, str], escaped: bool) -> None:
    content = b" " + json.dumps(data, ensure_ascii=escaped, separators=separators).encode() + b" \r"
    document, quick = read("plan.json", content), QuickLine(content, "plan.json", 1)
    for path in paths(data):
        for key in (False, True):
            assert quick.place(path, key=key) == document.place(path, key=key), path
    assert quick.excerpt(quick.place(())) == document.excerpt(document.place(()))


@pytest.mark.parametrize("content", [b"{}", b"[]", b'{"a":[]}'])
def test_what_is_empty_has_a_place(content: bytes) -> None:
    document, quick = read("plan.json", content), QuickLine(content, "plan.json", 1)
    for path in ((), ("a",), ("a", 0)):
        assert quick.place(path) == document.place(path)
