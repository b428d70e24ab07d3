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


def test_nothing_is_a_result_too() -> None:
    assert list(isolated(lambda _: None, range(3))) == [None] * 3


def test_no_job_gives_no_result() -> None:
    assert list(isolated(square, [])) == []


@pytest.mark.long
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


@pytest.mark.long
@pytest.mark.parametrize("processes", [2, 3, 60])
def test_in_several_processes_results_come_in_the_same_order(processes: int) -> None:
    def slow(number: int) -> tuple[int, int]:
        time.sleep(0.003 * (number % 3))
        return number, os.getpid()

    results = list(isolated(slow, range(50), processes=processes))
    assert [number for number, _ in results] == list(range(50))  # type: ignore[misc]
    assert len({pid for _, pid in results}) == min(processes, 50)  # type: ignore[misc]


def test_in_several_processes_too_a_death_is_the_outcome_of_its_own_job_alone() -> None:
    deadly = {3, 4, 9, 19}

    def job(number: int) -> int:
        faulthandler.disable()
        return os._exit(3) if number in deadly else number

    outcomes = list(isolated(job, range(20), processes=3))
    assert [number for number, outcome in enumerate(outcomes) if isinstance(outcome, Died)] == sorted(deadly)
    assert all(outcome == number for number, outcome in enumerate(outcomes) if number not in deadly)


@pytest.mark.long
def test_a_process_that_waits_its_turn_is_watched_while_another_is_read() -> None:
    """The second job goes beyond its time while the first, which comes before it, still works within its own."""

    def job(number: int) -> int:
        start = time.process_time()
        while time.process_time() - start < (30 if number == 1 else 0.4):
            pass
        return number

    start = time.monotonic()
    first, second = isolated(job, range(2), Limits(seconds=1), processes=2)
    assert first == 0
    assert isinstance(second, Died)
    assert second.exceeded == "seconds"
    assert time.monotonic() - start < 20


def test_in_several_processes_an_exception_is_raised_after_what_came_before() -> None:
    results = isolated(lambda number: 1 // number, [2, 1, 0, 1], processes=4)
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_nothing_is_left_running_when_results_are_no_longer_wanted() -> None:
    before = children()
    results = isolated(lambda number: (number, time.sleep(number and 60)), range(4), processes=4)
    assert next(results) == (0, None)
    assert children() > before
    results.close()  # type: ignore[attr-defined]
    assert children() <= before


def children() -> set[str]:
    """The processes that this one started and that have not been waited for; other tests may have left a server."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="utf-8").split())
