"""A job whose process dies is reported as that; the others have their results."""

import faulthandler
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from thamdinh.engine.base.isolation import Died, isolated
from thamdinh.engine.base.limits import Limits
from thamdinh.engine.base.problem import Place, Problem, Unreadable
from thamdinh.engine.base.text import Text


def square(number: int) -> int:
    return number * number


def run(job: Callable[[], object]) -> object:
    faulthandler.disable()  # what kills the child is meant to
    return job()


def test_results_come_in_order() -> None:
    assert list(isolated(square, range(50))) == [number * number for number in range(50)]


def test_no_job_gives_no_result() -> None:
    assert list(isolated(square, [])) == []


@pytest.mark.parametrize(
    ("death", "reason"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGSEGV), "signal 11"),
        (os.abort, "signal 6"),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "signal 9"),
        (lambda: os._exit(3), "exit status 3"),
        (lambda: os._exit(0), "exit status 0"),
        (lambda: time.sleep(60), "no result after"),
    ],
    ids=["segfault", "abort", "kill", "exit", "exit in silence", "hang"],
)
def test_a_death_is_the_outcome_of_its_own_job_alone(death: Callable[[], object], reason: str) -> None:
    jobs: list[Callable[[], object]] = [lambda: 1, death, lambda: 3, death, lambda: 5]
    first, second, third, fourth, fifth = isolated(run, jobs, Limits(seconds=0.1))
    assert (first, third, fifth) == (1, 3, 5)
    assert isinstance(second, Died)
    assert isinstance(fourth, Died)
    assert second.reason.startswith(reason)


def test_an_exception_is_raised_here() -> None:
    results = isolated(lambda number: 1 // number, [1, 0, 1])
    assert next(results) == 1
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_what_stands_in_for_a_document_stays_behind_and_all_that_is_told_of_it_arrives() -> None:
    told = Problem("PL002", Text("sai", "wrong"), Text("sửa", "mend"), Place("a.yaml", 3))

    def refuse(_: int) -> None:
        refused = Unreadable(told)
        refused.notices = (told,)
        refused.stand_in = type("Made here", (), {})()
        raise refused

    with pytest.raises(Unreadable) as arrived:
        next(isolated(refuse, [1]))
    assert (arrived.value.problems, arrived.value.notices, arrived.value.stand_in) == ((told,), (told,), None)


def test_a_result_larger_than_a_pipe_arrives_whole() -> None:
    sizes = [10, 3_000_000, 5]
    assert [len(str(result)) for result in isolated(lambda size: "x" * size, sizes)] == sizes


def test_no_process_and_no_descriptor_is_left_behind() -> None:
    before, children = len(os.listdir("/proc/self/fd")), _children()
    results = isolated(square, range(1_000))
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    assert len(os.listdir("/proc/self/fd")) == before
    assert _children() == children


def _children() -> str:
    """The processes that this one has started and not yet laid to rest."""
    return Path("/proc/thread-self/children").read_text()
