"""How many plans a second are checked, beside other ways to check the same rules: `python -m benchmarks.audit`.

All run in turn, round after round, each in this one process and on one core (Node in its own); a ratio is the median of
the ratios within rounds. Before anything is timed, each must find exactly what compiled rules find. `--plans` makes it
smaller, `--peers` leaves the number of plans that the slow ones get. It takes a minute of processor time, and `--write` puts the
table into docs/explanation/speed.md.
"""

import argparse
import gc
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, islice
from pathlib import Path

from benchmarks import (
    compiled_trusting,
    hand_validated,
    hand_written,
    peer_clips,
    peer_duckdb,
    peer_durable,
    peers,
    plans,
    tables,
)
from thamdinh.engine.audit.quick import parquet
from thamdinh.engine.audit.quick.decode import decode_line
from thamdinh.engine.audit.quick.lines import decode_lines
from thamdinh.engine.audit.workers.batch import LineDocument
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.evaluation.check import Checker, EvaluatorFactory, durable
from thamdinh.engine.evaluation.scanning import Compiled
from thamdinh.engine.evaluation.verdict import Verdict
from thamdinh.engine.model.document_types import description

Found = set[tuple[str, str]]


@dataclass
class Contender:
    """One way to check plans; `run` gives the CPU seconds it took and the findings on each plan."""

    name: str
    run: Callable[[int], tuple[float, list[Found]]]
    plans: int
    rates: list[float] = field(default_factory=list)


def found(verdict: Verdict) -> Found:
    """The findings as peers tell them."""
    return {(finding.rule, finding.subject.id) for finding in verdict.findings}


def lines_checked(factory: EvaluatorFactory, path: Path, count: int) -> list[Found]:
    """Verdicts, whole, on lines of JSONL, read as many together as in an audit."""
    checker = Checker(ruleset(), factory)
    result: list[Found] = []
    with path.open("rb") as file:
        while lines := [*islice(file, min(512, count - len(result)))]:
            starts = accumulate(map(len, lines), initial=0)
            spans = [(start, len(line)) for start, line in zip(starts, lines, strict=False)]
            for plan in decode_lines(b"".join(lines), spans, description()) or map(decode_line, lines):
                assert plan is not None
                result.append(found(checker.check(plan, LineDocument(path.name, len(result) + 1))))
    return result


def rows_checked(path: Path, count: int) -> list[Found]:
    """Verdicts, whole, on rows of Parquet."""
    checker = Checker(ruleset(), Compiled)
    result: list[Found] = []
    with parquet.opened_file(str(path)) as file:
        for group in range(file.num_row_groups):
            for plan in (plan for rows in parquet.some_rows(file, group) for plan in parquet.plans(rows)):
                assert plan is not None
                if len(result) == count:
                    return result
                result.append(found(checker.check(plan, LineDocument(path.name, len(result) + 1))))
    return result


def by_hand(check: Callable[[bytes], Found | None], path: Path, count: int) -> list[Found]:
    """A hand-written checker. A plan that it takes to be out of order has no findings."""
    with path.open("rb") as file:
        return [check(line) or set() for line, _ in zip(file, range(count), strict=False)]


def timed(action: Callable[[int], list[Found]]) -> Callable[[int], tuple[float, list[Found]]]:
    """The action with the seconds it takes."""

    def run(count: int) -> tuple[float, list[Found]]:
        gc.collect()
        gc.freeze()  # as workers do
        start = time.process_time()
        result = action(count)
        return time.process_time() - start, result

    return run


def apart(name: str, path: Path, count: int) -> tuple[float, list[Found]]:
    """What runs on durable-rules, in a fresh process: without guards it may die, and then is run anew."""
    command = [sys.executable, "-m", "benchmarks.audit", "--alone", name, str(path), "--plans", str(count)]
    for _ in range(10):
        done = subprocess.run(command, capture_output=True, check=False)
        if done.stdout:
            told = json.loads(done.stdout)
            return told["seconds"], [{(rule, subject) for rule, subject in one} for one in told["found"]]
        print(f"{name} died ({done.returncode}) and is run anew", file=sys.stderr)
    raise RuntimeError(f"{name} dies")


def alone(name: str, path: Path, count: int) -> None:
    """Print what such a process found, and leave without taking durable-rules down."""
    run = peer_durable.run if name == PROGRAM else partial(lines_checked, durable)
    seconds, result = timed(lambda count: run(path, count))(count)
    print(json.dumps({"seconds": seconds, "found": [sorted(one) for one in result]}), flush=True)
    os._exit(0)


TRUSTED = "compiled rules that trust their input too, and say rule and subject only"
COMPILED, PARQUET = "compiled, JSONL", "compiled, Parquet"
TRUSTING = "hand-written Python over orjson that trusts its input"
ASKING = "hand-written Python over orjson that asks of a plan what thamdinh asks (PL001–PL005)"
DURABLE, PROGRAM = "durable, JSONL", "plain durable-rules program"


def contenders(path: Path, every: int, few: int) -> list[Contender]:
    """All that can run here."""
    rows, trusted = plans.as_parquet(path), compiled_trusting.checker()
    result = [
        Contender(TRUSTING, timed(lambda count: by_hand(hand_written.check, path, count)), every),
        Contender(ASKING, timed(lambda count: by_hand(hand_validated.check, path, count)), every),
        Contender(TRUSTED, timed(lambda count: by_hand(trusted, path, count)), every),
        Contender(COMPILED, timed(lambda count: lines_checked(Compiled, path, count)), every),
        Contender(PARQUET, timed(lambda count: rows_checked(rows, count)), every),
        Contender("DuckDB SQL, JSONL", timed(lambda count: peer_duckdb.run(path, count)), every),
        Contender(DURABLE, partial(apart, DURABLE, path), few),
        Contender(PROGRAM, partial(apart, PROGRAM, path), few),
    ]
    if peers.has_clips():
        result.append(Contender("clipspy", timed(lambda count: peer_clips.run(path, count)), few))
    if peers.has_node():
        result.append(Contender("json-rules-engine", lambda count: peers.run_node(path, count), few))
    return result


def ratio(one: Contender, other: Contender) -> float:
    """How many times as many plans a second the one does, as the median over rounds."""
    return statistics.median(a / b for a, b in zip(one.rates, other.rates, strict=True))


def main() -> None:
    """Print the table of docs/explanation/speed.md, and write it there where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=2_000)
    parser.add_argument("--participants", type=int, default=100)
    parser.add_argument("--peers", type=int, default=40, help="plans for what takes a millisecond a plan or more")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the table into docs/explanation/speed.md")
    parser.add_argument("--alone", nargs=2, metavar=("NAME", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        alone(options.alone[0], Path(options.alone[1]), options.plans)
    path = plans.jsonl(options.plans, options.participants)
    racing = contenders(path, options.plans, min(options.peers, options.plans))
    expected = lines_checked(Compiled, path, options.plans)
    for contender in racing:
        _, result = contender.run(contender.plans)
        assert result == expected[: contender.plans], f"{contender.name} finds something else"
        print(f"{contender.name}: equal findings on {contender.plans:,} plans", file=sys.stderr)
    for _ in range(options.rounds):
        for contender in racing:
            seconds, _ = contender.run(contender.plans)
            contender.rates.append(contender.plans / seconds)
    base = next(contender for contender in racing if contender.name == COMPILED)
    print(f"{options.plans:,} plans of {options.participants} participants, one core; {machine()}\n")
    table = ["| checker | plans a second | compiled is so many times as fast |", "|---|---|---|"]
    table += [
        f"| {contender.name} | {statistics.median(contender.rates):,.0f} | {ratio(base, contender):.2f} |"
        for contender in sorted(racing, key=lambda contender: -statistics.median(contender.rates))
    ]
    print("\n".join(table))
    if options.write:
        tables.put("explanation/speed.md", "benchmarks.audit", table)


def machine() -> str:
    """The machine and the Python, in words."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        model = next(
            (line.split(": ")[1] for line in cpuinfo.read_text().splitlines() if line.startswith("model name")), model
        )
    return f"{model}, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
