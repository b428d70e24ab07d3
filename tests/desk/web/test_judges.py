"""Judging processes that die, hang or take too much are replaced, and whoever asked is told; the others notice nothing."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from tests.desk.web.questions import die, fail, fill, loop, nothing, own_number, slow_start, slowly
from thamdinh.desk.web import judges as module
from thamdinh.desk.web.judges import Judges, Question
from thamdinh.desk.web.refusal import Refusal
from thamdinh.engine.base.limits import Limits
from thamdinh.engine.base.problem import ENGINE, UNREADABLE, Unreadable

pytestmark = pytest.mark.process


def asked(count: int, use: Callable[[Judges], Awaitable[None]], limits: Limits | None = None) -> None:
    """Use so many processes, and end them."""

    async def run() -> None:
        judges = Judges(count, limits or Limits(seconds=0.2, memory=64), nothing)
        await judges.begin()
        try:
            await use(judges)
        finally:
            judges.end()

    asyncio.run(run())


@pytest.mark.parametrize(
    ("question", "code", "said"),
    [(die, ENGINE, "signal 9"), (loop, UNREADABLE, "0.6 s"), (fill, UNREADABLE, "192 MB"), (fail, ENGINE, "")],
)
def test_a_process_that_ends_is_told_and_the_next_question_is_answered(
    question: Question, code: str, said: str
) -> None:
    async def use(judges: Judges) -> None:
        with pytest.raises(Unreadable) as raised:
            await judges.answer(question, "plan.yaml")
        [problem] = raised.value.problems
        assert problem.code == code
        assert said in problem.message.en
        assert "Nguyễn" not in problem.message.vi
        assert problem.place.file == "plan.yaml"
        assert int(await judges.answer(own_number, "plan.yaml"))

    asked(1, use)


def test_what_a_process_takes_to_begin_is_not_charged_to_the_first_file() -> None:
    async def run() -> None:
        judges = Judges(1, Limits(seconds=0.2, memory=64), slow_start)
        await judges.begin()
        try:
            before = time.monotonic()
            first = int(await judges.answer(own_number, "plan.yaml"))
            assert time.monotonic() - before > 0.9
            assert int(await judges.answer(own_number, "plan.yaml")) == first
        finally:
            judges.end()

    asyncio.run(run())


def test_a_process_that_is_killed_while_it_has_nothing_to_do_costs_nobody_anything() -> None:
    async def use(judges: Judges) -> None:
        first = int(await judges.answer(own_number, ""))
        os.kill(first, signal.SIGKILL)
        assert int(await judges.answer(own_number, "")) != first

    asked(1, use)


def test_what_one_process_does_keeps_no_other_from_answering() -> None:
    async def use(judges: Judges) -> None:
        await asyncio.gather(*(judges.answer(partial(slowly, 0.1), "") for _ in range(2)))  # both have begun
        busy = asyncio.ensure_future(judges.answer(partial(slowly, 1.5), ""))
        await asyncio.sleep(0.05)
        await judges.answer(own_number, "")
        assert not busy.done()
        assert await busy == b"done"

    asked(2, use, Limits())


def test_whoever_goes_away_does_not_take_the_process_along() -> None:
    async def use(judges: Judges) -> None:
        for _ in range(3):
            gone = asyncio.ensure_future(judges.answer(partial(slowly, 0.1), ""))
            await asyncio.sleep(0.03)
            gone.cancel()
        assert await judges.answer(own_number, "")

    asked(1, use, Limits())


def test_one_more_than_may_wait_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 2)

    async def use(judges: Judges) -> None:
        waiting = [asyncio.ensure_future(judges.answer(partial(slowly, 0.2), "")) for _ in range(3)]
        await asyncio.sleep(0.05)
        with pytest.raises(Refusal) as refused:
            await judges.answer(own_number, "")
        assert refused.value.status == 503
        assert await asyncio.gather(*waiting) == [b"done"] * 3

    asked(1, use, Limits())


def test_no_process_is_left() -> None:
    numbers: list[int] = []

    async def use(judges: Judges) -> None:
        numbers.append(int(await judges.answer(own_number, "")))

    asked(1, use)
    with pytest.raises(ProcessLookupError):
        os.kill(numbers[0], 0)


def test_more_threads_may_wait_for_answers_than_the_loop_has() -> None:
    async def use(judges: Judges) -> None:
        waiting = [asyncio.to_thread(judges.answer_here, own_number, "") for _ in range(60)]
        assert len(await asyncio.wait_for(asyncio.gather(*waiting), 60)) == 60

    asked(1, use, Limits())
