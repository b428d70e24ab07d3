"""What is sealed is known again, until one byte of it is another."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamdinh.engine.base.seal import is_sealed, sealed_object, sealed_text

SEALED = {
    "object": b"".join(sealed_object([b'{"schema": 1, "plans": [', b"1, 2]"])),
    "text": sealed_text("# một kế hoạch\nschema: 1\n"),
    "empty": sealed_text(""),
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sealed") / "file"


@pytest.mark.parametrize("name", SEALED)
def test_what_is_sealed_is_known_again(path: Path, name: str) -> None:
    path.write_bytes(SEALED[name])
    assert is_sealed(path)


def test_a_sealed_object_is_json() -> None:
    assert [*json.loads(SEALED["object"])] == ["schema", "plans", "seal"]


@given(st.sampled_from(sorted(SEALED)), st.data())
def test_another_byte_breaks_a_seal(path: Path, name: str, data: st.DataObject) -> None:
    content = bytearray(SEALED[name])
    place = data.draw(st.integers(0, len(content) - 3))  # what closes the text is not sealed
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    assert not is_sealed(path)


@pytest.mark.parametrize("content", [b"", b"{}", b'"seal": "' + b"0" * 64 + b'"}\n', SEALED["text"] + b"more\n"])
def test_other_files_are_not_sealed(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert not is_sealed(path)
