"""Archives that are read whole: what goes in comes out, the same bytes each time, and nothing beyond the bounds."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamdinh.engine.base.archives import members, packed

NAMES = st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8}){0,2}", fullmatch=True)


@given(st.dictionaries(NAMES, st.binary(max_size=50), max_size=5))
def test_what_is_packed_is_read_again_and_packed_the_same(files: dict[str, bytes]) -> None:
    archive = packed(files)
    assert members(archive, 1000) == files
    assert packed(files) == archive


def test_what_is_too_large_of_too_many_files_or_holds_a_name_twice_is_refused(tmp_path: Path) -> None:
    archive = packed({"a": b"123", "b": b"4567"})
    path = tmp_path / "a.zip"
    path.write_bytes(archive)
    assert members(path, 7, 2) == {"a": b"123", "b": b"4567"}
    for most, files in ((6, None), (7, 1)):
        with pytest.raises(ValueError, match="too large"):
            members(path, most, files)
    twice = io.BytesIO(archive)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(twice, "a") as opened:
        opened.writestr("a", b"")
    with pytest.raises(ValueError, match="twice"):
        members(twice.getvalue(), 100)
    with pytest.raises(zipfile.BadZipFile):
        members(b"PK no", 100)
