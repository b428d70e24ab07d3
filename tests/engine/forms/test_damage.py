"""Damaged and hostile files: whatever is done to a package, it is a plan, or it is refused in words."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.appraisal import base_plan, plan_of
from tests.forms import base_book
from tests.plans import problems
from tests.properties import examples
from thamdinh.engine.base.problem import Place
from thamdinh.engine.documents import read
from thamdinh.engine.forms import word
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.reporters.annotation.annotate import annotate
from thamdinh.engine.reporters.annotation.marks import Mark

ODD = (
    "",
    "0",
    "-1",
    "9" * 5000,
    "A1",
    "XFD1048576",
    "ZZZZZ9999999999",
    "\u0663",
    "1e999",
    "nan",
    "s",
    "e",
    "n",
    "&#x41;",
)


@cache
def _parts(suffix: str) -> dict[str, bytes]:
    content = base_book() if suffix == ".xlsx" else word.write(plan_of(base_plan()))
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def _survives(content: bytes, suffix: str) -> None:
    """Reading and annotating either work or are refused; nothing else is ever raised."""
    problems(lambda: read_plan(read(f"plan{suffix}", content)))
    place = Place("plan", sheet="Thành phần", cell="C4") if suffix == ".xlsx" else Place("plan", table=6, row=2, cell=3)
    problems(lambda: annotate("plan", content, suffix, [Mark("error", "TD301", "a", "b", place)], "vi"))


def _attributes(part: bytes) -> list[tuple[int, int]]:
    """Where the values of attributes stand."""
    found, quoted = [], part.split(b'"')
    position = 0
    for number, piece in enumerate(quoted):
        if number % 2:
            found.append((position, position + len(piece)))
        position += len(piece) + 1
    return found


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
@examples(0.8)
@given(data=st.data())
def test_an_odd_value_anywhere_is_no_crash(suffix: str, data: st.DataObject) -> None:
    parts = dict(_parts(suffix))
    name = data.draw(
        st.sampled_from(sorted(part for part in parts if part.endswith((".xml", ".rels")) and "theme" not in part))
    )
    spots = _attributes(parts[name])
    for _ in range(data.draw(st.integers(1, 3))):
        start, end = data.draw(st.sampled_from(spots))
        parts[name] = parts[name][:start] + data.draw(st.sampled_from(ODD)).encode() + parts[name][end:]
    _survives(_packed(parts), suffix)


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
@examples(0.4)
@given(data=st.data())
def test_a_part_that_is_gone_or_cut_or_another_is_no_crash(suffix: str, data: st.DataObject) -> None:
    parts = dict(_parts(suffix))
    name = data.draw(st.sampled_from(sorted(parts)))
    change: Callable[[bytes], bytes | None] = data.draw(
        st.sampled_from(
            [
                lambda part: None,
                lambda part: part[: len(part) // 2],
                lambda part: b"",
                lambda part: part.replace(b"<", b"< ", 1),
                lambda part: parts[data.draw(st.sampled_from(sorted(parts)))],
            ]
        )
    )
    changed = change(parts[name])
    parts = {key: part for key, part in (parts | {name: changed}).items() if part is not None}
    _survives(_packed(parts), suffix)


@examples(0.4)
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=8))
def test_bytes_overwritten_anywhere_are_no_crash(position: int, overwritten: bytes) -> None:
    content = base_book()
    _survives(content[:position] + overwritten + content[position + len(overwritten) :], ".xlsx")
