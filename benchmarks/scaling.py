"""What the real `thamdinh audit` costs: `python -m benchmarks.scaling`. Processes, Dask workers, memory, and forms against reading them.

Two processes and Parquet are compared by wall time, run in turn, so they need a machine that does nothing else. Where the
system lets a process have chosen cores, one job is also given a single core, as two jobs on a machine of two have one each:
otherwise the audit's own process has a core that nothing else wants. Memory is the greatest of any process of the audit. Dask
workers are compared by processor time, as if each had a core: so many of them need not be there at once.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import yaml

from benchmarks import plans, session
from tests.plan_classes import Plan
from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.audit.inputs.listing import entries
from thamdinh.engine.audit.workers.batch import AuditJob, Contents, batch_outcomes, batches
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.documents import read
from thamdinh.engine.forms import word, workbook
from thamdinh.engine.model.parsing import validate

PROGRAM = str(Path(sys.executable).with_name("thamdinh"))
RULES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("all rules", ()),
    ("rules of single plans", ("--ignore", "TD507,TD8")),
)


_FEW: Final = 5_000
_BEGUN: Final = 1024
"""So many plans are enough for a Dask worker to have begun."""


def quiet(path: Path, *options: str) -> list[str]:
    """The command of an audit that says next to nothing, and ends well whatever it finds."""
    return [PROGRAM, "audit", str(path), "--quiet", "--fail-on", "never", *options]


def audit(path: Path, *options: str, cores: int = 2) -> float:
    """Seconds of one whole run of the command, on so many cores where they can be chosen."""
    start = time.perf_counter()
    with on_cores(cores):
        subprocess.run(quiet(path, *options), check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


@contextmanager
def on_cores(count: int) -> Iterator[None]:
    """What is started meanwhile has so many cores, if the system lets them be chosen."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(all_of_them)[:count])
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_of_them)


def in_turn(rounds: int, *actions: Callable[[], float]) -> list[list[float]]:
    """The seconds of each action in each round."""
    times = [[action() for action in actions] for _ in range(rounds)]
    return [list(column) for column in zip(*times, strict=True)]


def ratio(longer: list[float], shorter: list[float]) -> float:
    """The median of the ratios within rounds."""
    return statistics.median(a / b for a, b in zip(longer, shorter, strict=True))


def processes(path: Path, count: int, rounds: int) -> None:
    """One process on one core and on two, two processes, and Parquet."""
    rows = plans.as_parquet(path)
    for name, options in RULES:
        on_one, one, two, parquet = in_turn(
            rounds,
            lambda options=options: audit(path, "--jobs", "1", *options, cores=1),  # type: ignore[misc]
            lambda options=options: audit(path, "--jobs", "1", *options),  # type: ignore[misc]
            lambda options=options: audit(path, "--jobs", "2", *options),  # type: ignore[misc]
            lambda options=options: audit(rows, "--jobs", "1", *options),  # type: ignore[misc]
        )
        print(
            f"{name}: {count / statistics.median(on_one):,.0f} plans a second with 1 job on one core, "
            f"{count / statistics.median(one):,.0f} on two; 2 jobs on two cores are {ratio(on_one, two):.2f} and "
            f"{ratio(one, two):.2f} times as fast; Parquet is {ratio(one, parquet):.2f} times as fast"
        )


def memory(most: int) -> None:
    """The greatest memory of any process of an audit, of few plans and of many."""
    for name, options in RULES:
        for count in (_FEW, most):
            found = session.costs(quiet(plans.jsonl(count, 10), *options))
            mebibytes = max(cost.mebibytes for cost in found)
            print(f"{name}, {count:,} plans of 10 participants: at most {mebibytes} MiB in any process")


def cluster(path: Path, count: int) -> None:
    """What checking costs a plan where 1, 2, 4 and 8 Dask workers do it; each has a process beside it, which checks.

    What it takes until all of them are at work is left out: so many plans that each has some batches are subtracted.
    """
    alone = 0.0
    for workers in (1, 2, 4, 8):
        idle, busy = (
            sum(cost.seconds for cost in session.costs(quiet(file, "--cluster", f"local:{workers}")))
            for file in (plans.jsonl(workers * _BEGUN, 10), path)
        )
        each = (busy - idle) / (count - workers * _BEGUN)
        alone = alone or each
        print(
            f"{workers} Dask workers of a core each: {each * 1e6:,.0f} µs of processor time a plan in all processes, "
            f"{workers * alone / each:.1f} times the plans a second of one"
        )


def forms(count: int) -> None:
    """An audit of workbooks, documents and YAML in equal shares, against reading them alone; CPU time of this process."""
    job = AuditJob("benchmark", (ruleset(),))
    with tempfile.TemporaryDirectory() as folder:
        for number, synthetic in enumerate(generate(count, 3, 0.3, 40)):
            plan = validate(Plan, synthetic.plan)
            suffix = (".xlsx", ".docx", ".yaml")[number % 3]
            path = Path(folder, f"plan-{number}{suffix}")
            match suffix:
                case ".xlsx":
                    path.write_bytes(workbook.write(plan))
                case ".docx":
                    path.write_bytes(word.write(plan))
                case _:
                    path.write_text(yaml.safe_dump(synthetic.plan, allow_unicode=True), encoding="utf-8")
        reading, auditing = 0.0, 0.0
        for batch in batches(entries([folder])):
            start = time.process_time()
            with Contents() as contents:
                for entry in batch.entries:
                    read(entry.file, contents.of(entry))
            middle = time.process_time()
            outcomes = list(batch_outcomes(batch, job))
            reading, auditing = reading + middle - start, auditing + time.process_time() - middle
            assert not any(outcome.verdict.problems for outcome in outcomes)
    print(f"{count:,} mixed files: reading {reading:.1f} s, auditing {auditing:.1f} s: {auditing / reading:.2f} times")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--many", type=int, default=200_000, help="plans of the memory's measurement")
    parser.add_argument("--files", type=int, default=1_000)
    options = parser.parse_args()
    forms(options.files)
    processes(plans.jsonl(options.plans), options.plans, options.rounds)
    cluster(plans.jsonl(options.plans), options.plans)
    memory(options.many)


if __name__ == "__main__":
    main()
