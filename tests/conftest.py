"""Fixtures that every test may name, the profile of properties, and what keeps the markers true."""

import gc
import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final, NoReturn
from unittest import mock

import pytest

from tests.programs import browser, node, npm, office, open_browser
from tests.properties import load_profile
from thamdinh.engine.base.isolation import isolated_already

__all__ = ["browser", "node", "npm", "office", "open_browser"]

load_profile()
gc.set_threshold(50_000, 20, 20)  # what is imported and collected stays: looking through it is a fifth of collecting

_PROGRAMS: Final = {"browser", "node", "npm", "office"}
_SLOW: Final = ("long", "office", "process")
_STARTING: Final = ("office", "process", "soak")
"""The markers of tests in which other programs may start; workers, which are forked, may in all."""
_LEFT_OUT: Final = re.compile(r"(?<=\band )not (\w+)(?= and\b)")
"""The markers of which an expression says that none of them may be there, whatever others are."""
_OF_ALL: Final = re.compile(r"^pytestmark = (.+)$", re.MULTILINE)
"""The markers of all tests of a file."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """As many workers as this process may use processors, threads of one core among them."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A file of which `-m` leaves out all tests, by a marker that it gives to them all, is not even loaded."""
    if collection_path.suffix != ".py" or not (left_out := _LEFT_OUT.findall(f"and {config.option.markexpr} and")):
        return None
    marks = _OF_ALL.search(collection_path.read_text(encoding="utf-8"))
    return True if marks and not {*left_out}.isdisjoint(re.findall(r"\w+", marks[1])) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for a program by its fixture is marked `office`; the files with most of what takes long come first.

    Of files shared among cores, one that takes long and comes last keeps the other cores idle.
    """
    for item in items:
        if _PROGRAMS.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("office")
    slow = Counter(item.path for item in items if any(map(item.get_closest_marker, _SLOW)))
    items.sort(key=lambda item: -slow[item.path])


def pytest_collection_finish() -> None:
    """What there is by now stays: looking through it for garbage, again and again, takes a sixth of the time of tests."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Where no marker says that a program may start, none does: `make quick` leaves them out by their markers."""
    with ExitStack() as around:
        if not any(map(item.get_closest_marker, _STARTING)):
            around.enter_context(mock.patch.object(subprocess.Popen, "__init__", _refuse))
        return (yield)


@pytest.fixture
def in_this_process() -> Iterator[None]:
    """One input is read and judged in the test's own process: a child of one with all tests in it takes a tenth of a second."""
    with isolated_already():
        yield


def _refuse(*_: object, **__: object) -> NoReturn:
    raise AssertionError(
        "a program starts in this test: mark it process (or office, for LibreOffice, Chromium and Node)"
    )
