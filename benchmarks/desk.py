"""What the server reaches: a verdict page against the lint in a process, the first page, and 50 offices at once.

`python -m benchmarks.desk` takes two minutes and prints the table of the README; with `--write` it stands there from then on. The
workbook has 100 participants. Page and lint are timed in turn, and the ratio is that of their
medians; the lint runs in a process that has read such a workbook before, as the server's have. The 50 offices send at the same
moment, each its own workbook: to the check page, and as submissions to a desk by its API.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import httpx

from thamdinh.desk.desk import Desk
from thamdinh.desk.permissions import Actor
from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.documents import read
from thamdinh.engine.forms.workbook import write
from thamdinh.engine.lint.run import lint
from thamdinh.engine.lint.settings import Settings
from thamdinh.engine.model.integrity import read_plan

RUNS: Final = 15
OFFICES: Final = 50
PARTICIPANTS: Final = 100
README: Final = Path(__file__).with_name("README.md")
_BEGIN: Final = "<!-- by benchmarks.desk: begin -->"
_END: Final = "<!-- by benchmarks.desk: end -->"
WITHIN: Final = 2.0
"""Seconds within which 95 % of the pages are to be there."""


def workbooks(count: int) -> list[bytes]:
    """So many workbooks with made-up plans."""
    made = generate(count, 5, 0.3, people=PARTICIPANTS)
    return [write(read_plan(read("plan.json", json.dumps(one.plan).encode()))) for one in made]


def seconds(act: Callable[[], object]) -> float:
    """The wall time of one call."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


@contextmanager
def server(*options: object) -> Iterator[tuple[str, int]]:
    """The address of a server and its process; it ends afterwards."""
    line = [Path(sys.executable).with_name("thamdinh"), "serve", "--port", "0", *map(str, options)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+(?=/ )", process.stdout.readline())
            assert found is not None
            httpx.get(found[0], timeout=120)
            yield found[0], process.pid
        finally:
            process.terminate()


def computing(process: int) -> float:
    """The seconds of computing that a process and those below it have taken so far, with those that have ended."""
    found: dict[int, list[str]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # It has just ended.
            found[int(path.parent.name)] = path.read_text("utf-8").rpartition(")")[2].split()
    below, ticks = [process], 0
    for one in below:  # which grows as it goes
        ticks += sum(map(int, found[one][11:15]))
        below += [pid for pid, fields in found.items() if int(fields[1]) == one]
    return ticks / os.sysconf("SC_CLK_TCK")


Row = tuple[str, str, str]
"""What is measured, the figure, and what is wanted."""


def at_once(acts: list[Callable[[], httpx.Response]], status: int) -> str:
    """How long so many requests take that are sent at the same moment; every one is answered as it should be."""
    with ThreadPoolExecutor(len(acts)) as pool:
        begun = time.perf_counter()

        def one(act: Callable[[], httpx.Response]) -> float:
            answer = act()
            assert answer.status_code == status, answer.text
            return time.perf_counter() - begun

        took = sorted(pool.map(one, acts))
    within = sum(each <= WITHIN for each in took) / len(took)
    return f"{took[int(len(took) * 0.95) - 1]:.2f} s; the last after {took[-1]:.2f} s, {within:.0%} within {WITHIN:g} s"


def browser(**headers: str) -> httpx.Client:
    """What sends, made before anything is timed: offices have machines of their own."""
    return httpx.Client(headers=headers, timeout=120, verify=False)


def desk_of(folder: Path) -> list[str]:
    """A desk with so many offices; a token of each."""
    tokens = []
    with Desk(folder, make=True) as desk:
        for number in range(OFFICES):
            office = desk.accounts.add_organisation(None, f"Đảng ủy xã {number}")
            made = desk.accounts.add(None, f"xa{number}", f"Xã {number}", ["office"], None, office.id)
            tokens.append(desk.tokens.add_token(Actor(made.id), "máy", ["submit"])[0])
    return tokens


def pages(books: list[bytes], plan: Path) -> Iterator[Row]:
    """The check page: against a warm lint, its size, and so many at once."""
    with server() as (address, process), httpx.Client(timeout=120) as client:

        def page() -> Any:
            return client.post(f"{address}/verdict", files={"file": ("plan.xlsx", books[0])}).raise_for_status()

        def check() -> Any:
            return lint([str(plan)], Settings())

        read("plan.xlsx", books[0])  # loads the reader, which each child would else load by itself
        for act in (page, check) * 3:
            act()
        times = [(seconds(page), seconds(check)) for _ in range(RUNS)]
        ours, theirs = (statistics.median(column) for column in zip(*times, strict=True))
        told = f"{ours / theirs:.2f} ({ours * 1000:.0f} ms, {theirs * 1000:.0f} ms)"
        yield "verdict page against a warm lint, times", told, "1.5"
        first = client.get(address).text
        parts = [first, *(client.get(address + link).text for link in re.findall(r'"(/static/[^"]+)"', first))]
        yield "first page with style and script", f"{sum(len(part.encode()) for part in parts) / 1000:.1f} KB", "100 KB"

        def checked(book: bytes) -> Callable[[], httpx.Response]:
            sent = browser()
            return lambda: sent.post(f"{address}/verdict", files={"file": ("plan.xlsx", book)})

        before = computing(process)
        yield f"{OFFICES} checks at once, 95 %", at_once([checked(book) for book in books], 200), f"{WITHIN:g} s"
        yield "computing for each of them", f"{(computing(process) - before) / OFFICES * 1000:.0f} ms", ""


def submissions(books: list[bytes], folder: Path) -> Iterator[Row]:
    """A desk: so many submissions at once, and all of them again."""
    tokens = desk_of(folder)
    with server("--data", folder) as (address, process):

        def submitted(book: bytes, token: str, key: str = "1") -> Callable[[], httpx.Response]:
            sent = browser(authorization=f"Bearer {token}", **{"idempotency-key": key})
            return lambda: sent.post(f"{address}/api/v1/cases?words=x", files={"file": ("p.xlsx", book)})

        pairs = [submitted(*pair) for pair in zip(books, tokens, strict=True)]
        at_once([submitted(book, tokens[0], f"warm-{number}") for number, book in enumerate(books[:8])], 201)
        before = computing(process)
        yield f"{OFFICES} submissions at once, 95 %", at_once(pairs, 201), f"{WITHIN:g} s"
        yield "computing for each of them", f"{(computing(process) - before) / OFFICES * 1000:.0f} ms", ""
        yield "the same sent again, 95 %", at_once(pairs, 201), f"{WITHIN:g} s"


def main(write: bool) -> None:
    """Print the figures as a table, and put it into the README where that is wanted."""
    books = workbooks(OFFICES)
    with TemporaryDirectory() as here:
        plan = Path(here, "plan.xlsx")
        plan.write_bytes(books[0])
        rows = [*pages(books, plan), *submissions(books, Path(here, "desk"))]
    table = "".join(f"| {' | '.join(row)} |\n" for row in (("what", "figure", "at most"), ("---",) * 3, *rows))
    print(table, end="")
    if write:
        text = README.read_text("utf-8")
        begin, end = text.index(_BEGIN) + len(_BEGIN), text.index(_END)
        README.write_text(f"{text[:begin]}\n{table}{text[end:]}", "utf-8")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--write", action="store_true", help="put the table into benchmarks/README.md")
    main(asked.parse_args().write)
