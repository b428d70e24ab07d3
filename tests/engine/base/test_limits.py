"""What one file may take: the first problems of very many are told, and a file beyond a limit is, alone, told so."""

import time
from collections.abc import Callable

import pytest

from tests.plans import PLAN, plan_problems
from thamdinh.engine.base.failure import told
from thamdinh.engine.base.isolation import Died, isolated
from thamdinh.engine.base.limits import MOST_TOLD, Limits, UnwordedProblem, exceeded, first_problems
from thamdinh.engine.base.problem import SCHEMA, Place, Unreadable
from thamdinh.engine.base.text import Text


def fault(line: int) -> UnwordedProblem:
    words = Text(str(line), str(line))
    return UnwordedProblem(SCHEMA, Place("a.yaml", line, 1), lambda: (words, words))


@pytest.mark.parametrize("count", [0, 1, 4, 5, 6, 7, 5000])
def test_the_first_by_place_are_told_and_exactly_how_many_more(count: int) -> None:
    problems = first_problems((fault(line) for line in range(count, 0, -1)), 5)
    assert [problem.message.en for problem in problems[:5]] == [str(line) for line in range(1, min(count, 5) + 1)]
    assert [problem.place.line for problem in problems[5:]] == ([6] if count > 5 else [])
    assert all(f"there are {count - 5:,} more" in problem.message.en for problem in problems[5:])


def test_what_is_not_told_is_not_worded() -> None:
    def never() -> tuple[Text, Text]:
        raise AssertionError

    assert len(first_problems([fault(1), UnwordedProblem(SCHEMA, Place("a.yaml", 2, 1), never)], 1)) == 2


WRONG_KEYS = "".join(f"khoa_la_{number}: 1\n" for number in range(3_000))
WRONG_ROWS = "participants:\n" + "".join(
    f"  - {{id: p{n}, nam: x, standing: cuc{n}, parts: []}}\n" for n in range(3_000)
)
UNFILLED = "participants: [" + "<a>, " * 3_000 + "]\n"


@pytest.mark.long
@pytest.mark.parametrize(
    ("text", "more"),
    # Beside what is wrong, the text lacks the seven other keys of a plan.
    [(PLAN + WRONG_KEYS, 2_000), ("schema: 1\n" + WRONG_ROWS, 5_006), (UNFILLED, 2_000)],
    ids=["unknown keys", "wrong people", "not filled in"],
)
def test_of_a_file_with_very_many_problems_the_first_are_told(text: str, more: int) -> None:
    *told_first, last = plan_problems(text)
    assert len(told_first) == MOST_TOLD
    assert f"there are {more:,} more" in last.message.en


def _grow() -> object:
    held = []
    for _ in range(40):
        held.append(bytearray(b"x") * 2**24)
        time.sleep(0.01)
    return len(held)


def _spin() -> object:
    while True:
        pass


def _run(job: Callable[[], object]) -> object:
    return job()


@pytest.mark.long
@pytest.mark.parametrize(("job", "limit"), [(_grow, "memory"), (_spin, "seconds")])
def test_a_job_beyond_a_limit_is_ended_and_no_other(job: Callable[[], object], limit: str) -> None:
    limits = Limits(seconds=0.5, memory=300)
    before, ended, after = isolated(_run, [lambda: 1, job, lambda: 3], limits)
    assert (before, after) == (1, 3)
    assert isinstance(ended, Died)
    assert ended.exceeded == limit


@pytest.mark.long
def test_memory_that_other_jobs_left_is_not_laid_to_a_job() -> None:
    held: list[bytes] = []

    def keep(size: int) -> int:
        held.append(b"x" * size)
        time.sleep(0.05)
        return size

    size = 250 * 2**20
    assert [*isolated(keep, [size, size, size], Limits(memory=512))] == [size, size, size]


@pytest.mark.parametrize("limit", ["seconds", "memory"])
def test_a_limit_is_told_with_the_way_to_change_it(limit: str) -> None:
    problem = exceeded("a.xlsx", limit, Limits())  # type: ignore[arg-type]
    name = {"seconds": "limit-seconds", "memory": "limit-memory-mb"}[limit]
    assert problem.code == "PL006"
    assert f"--{name}" in problem.fix.vi
    assert f"{name} = " in problem.fix.en


@pytest.mark.parametrize(
    ("error", "reading", "code"),
    [
        (KeyError("x"), True, "PL006"),
        (KeyError("x"), False, "EN001"),
        (RecursionError(), False, "PL006"),
        (MemoryError(), False, "PL006"),
        (OverflowError(), True, "PL006"),
    ],
)
def test_what_fails_unforeseen_is_a_problem_of_its_file(error: Exception, reading: bool, code: str) -> None:
    with pytest.raises(Unreadable) as raised, told("a.xlsx", reading=reading):
        raise error
    (problem,) = raised.value.problems
    assert (problem.code, problem.place) == (code, Place("a.xlsx"))


def test_with_debugging_the_failure_itself_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THAMDINH_DEBUG", "1")
    with pytest.raises(KeyError), told("a.xlsx"):
        raise KeyError
