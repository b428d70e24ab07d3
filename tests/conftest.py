"""Fixtures that every test may name, the profile of properties, and what keeps the markers true."""

import gc
import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
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


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """As many workers as this process may use processors, threads of one core among them."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
