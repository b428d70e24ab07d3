"""A document written as YAML is what PyYAML itself writes, whichever of its two writers is quick enough to be asked."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.command_line import EXAMPLES
from tests.properties import examples
from thamdinh.engine.documents import read_file
from thamdinh.engine.forms.one_file import WRITERS
from thamdinh.engine.model.document_types import description

PIECES = (
    "xã Phú Túc",
    " ",
    "  ",
    ":",
    "#",
    "- ",
    "\n",
    "\t",
    "\\",
    "'",
    '"',
    "😀",
    "\x85",
    "\u2028",
    "\xa0",
    "1:30",
    "~",
    "%",
)
texts = st.text() | st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
keys = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)  # what descriptions of documents may call a field
values = st.recursive(
    texts | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)


def written(data: dict[str, object]) -> tuple[str, str]:
    return WRITERS[".yaml"](data, description()).decode(), yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


@given(st.dictionaries(keys, values, max_size=3))
@examples(2)
def test_any_data_is_written_as_by_pyyaml(data: dict[str, object]) -> None:
    ours, theirs = written(data)
    assert ours == theirs


@pytest.mark.long
def test_the_examples_are_written_as_by_pyyaml() -> None:
    for path in (EXAMPLES / "compliant").glob("*.yaml"):
        data = read_file(path).data
        assert isinstance(data, dict)
        ours, theirs = written(data)
        assert ours == theirs
