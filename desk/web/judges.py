"""Processes in which uploads are judged: warm, watched from outside, and replaced where they die or hang."""

import asyncio
import gc
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from multiprocessing.connection import Connection
from typing import Final, TypeVar, cast

from ...engine.audit.workers import fork_server
from ...engine.base.failure import told
from ...engine.base.isolation import LOOKS, Died, isolated_already
from ...engine.base.limits import Limits
from ...engine.base.problem import Unreadable
from ...engine.base.text import Text
from ...engine.base.worker import Worker
from ...engine.evaluation.appraisal import unjudged
from .refusal import Refusal

Answer = TypeVar("Answer")
Question = Callable[[], Answer]
"""What is asked of a process; it can be pickled, and so can what comes of it."""

MOST_WAITING: Final = 200
"""How many may wait for a process; more are refused at once."""
_WARMING: Final = 300
"""Seconds that a process may take to begin, on a machine that is busy."""
_MANY: Final = 3
"""A question is about several files, each of which is held to the limits by itself: all together may take so many times as much."""
_BUSY: Final = Text(
    "Máy chủ đang thẩm định quá nhiều tệp. Tệp của bạn chưa được nhận; chờ một phút rồi gửi lại.",
    "The server is checking too many files. Yours was not taken; wait a minute and send it again.",
)


class Judges:
    """So many processes, each of which answers one question at a time. They begin when they are first needed."""

    def __init__(self, count: int, limits: Limits, first: Question[object]) -> None:
        """`first` is what each does when it begins, so as to be warm; what comes of it is dropped."""
        self._limits = Limits(_MANY * limits.seconds, _MANY * limits.memory)
        self._free: asyncio.Queue[_Judge] = asyncio.Queue()
        self._all = [_Judge(limits, self._limits, first) for _ in range(count)]
        self._waiting = 0
        # Not those of the loop, which may all be taken by operations of a desk that wait for an answer from here.
        self._threads = ThreadPoolExecutor(count)
        self._loop: asyncio.AbstractEventLoop | None = None

    async def begin(self) -> None:
        """Begin all of them, so that the first question need not wait."""
        self._loop = asyncio.get_running_loop()
        fork_server.start_fork_server("thamdinh.desk.web.jobs")
        await asyncio.gather(*(asyncio.to_thread(judge.begin) for judge in self._all))
        for judge in self._all:
            self._free.put_nowait(judge)

    async def answer(self, question: Question[Answer], about: str) -> Answer:
        """The answer. `about` is the file in whose name a process that dies or hangs is told.

        Raises Refusal where too many wait already, and Unreadable where there is no answer.
        """
        if self._waiting >= MOST_WAITING:
            raise Refusal(503, _BUSY, again=60)
        self._waiting += 1
        try:
            judge = await self._free.get()
        finally:
            self._waiting -= 1
        # A thread can't be called off: where whoever asked is gone, the process is busy until it has answered.
        answering = asyncio.get_running_loop().run_in_executor(self._threads, judge.answer, question)
        answering.add_done_callback(lambda _: self._free.put_nowait(judge))
        answer = await asyncio.shield(answering)
        if isinstance(answer, Died):
            raise Unreadable(*unjudged(about, answer, self._limits).problems)
        if isinstance(answer, BaseException):
            with told(about):
                raise answer
        return answer

    def answer_here(self, question: Question[Answer], about: str) -> Answer:
        """The answer, for a thread other than the one that serves: it waits. Raises as `answer` does."""
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(self.answer(question, about), self._loop).result()

    def end(self) -> None:
        """Leave no process behind."""
        for judge in self._all:
            judge.end()


class _Judge:
    """One of the processes."""

    def __init__(self, one: Limits, several: Limits, first: Question[object]) -> None:
        self._one, self._several, self._first = one, several, first
        self._worker: _Worker | None = None

    def begin(self) -> "_Worker":
        """The process, begun and warm."""
        if self._worker is None:
            self._worker = _Worker(
                multiprocessing.get_context(fork_server.METHOD), _work, (self._first,), self._several
            )
        return self._worker

    def answer(self, question: Question[Answer]) -> Answer | Exception | Died:
        """What comes of a question, of which the process may die.

        Where it does, another is asked once more, and judges each file in a child of its own: that tells which file it was.
        """
        answer = self._asked(question, self._one, children=False)
        return self._asked(question, self._several, children=True) if isinstance(answer, Died) else answer

    def _asked(self, question: Question[Answer], limits: Limits, *, children: bool) -> Answer | Exception | Died:
        worker, died = self.begin(), None
        try:
            if not worker.warm:  # what that takes is no matter of the file's
                if not worker.pipe.poll(_WARMING):
                    raise EOFError
                worker.warm = worker.pipe.recv()
            worker.watch.begin(limits)
            worker.pipe.send((question, children))
            while not worker.pipe.poll(LOOKS):
                if (died := worker.exceeded()) is not None:
                    break
            else:
                return cast("Answer | Exception", worker.pipe.recv())
        except (EOFError, OSError):
            died = Died(worker.death())
        self.end()
        return died or Died("")

    def end(self) -> None:
        """End it, if it is there."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None


class _Worker(Worker):
    """A process that is in a group with those that it begins itself; `warm`: it has said that it may be asked."""

    warm = False

    def end(self) -> None:
        """Leave nothing of the group behind."""
        if hasattr(os, "killpg") and self._process.pid is not None and self._process.is_alive():
            with suppress(ProcessLookupError):  # It has only just begun.
                os.killpg(self._process.pid, signal.SIGKILL)
        super().end()


def _work(pipe: Connection, first: Question[object]) -> None:
    """Answer questions until there are no more; where the server ends, so does this."""
    if hasattr(os, "setpgrp"):
        os.setpgrp()  # Ctrl-C at a terminal is for the server alone.
    with suppress(Exception):  # What is wrong is told by the first question that is asked.
        first()
    with suppress(OSError):
        pipe.send(True)
    gc.collect()
    gc.freeze()
    gc.disable()  # A large file makes millions of objects, of which hardly any is garbage: it is looked for between questions.
    while True:
        gc.collect()
        try:
            question, children = pipe.recv()
        except (EOFError, OSError):
            return
        answer: object
        try:
            with nullcontext() if children else isolated_already():
                answer = question()
        except Exception as error:
            answer = error if isinstance(error, Unreadable) else RuntimeError(type(error).__name__)
        try:
            pipe.send(answer)
        except OSError:
            return
