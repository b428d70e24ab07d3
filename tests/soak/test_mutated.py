"""Mutated files of every format: nothing fails unforeseen, nothing goes missing, and lint and audit say the same.

`make test` judges a few of each, `make soak` THAMDINH_SOAK_FILES of each (10,000), for THAMDINH_SOAK_SECONDS each at most
(3,600), from a seed on that is never the same. A seed that fails is told with the command that judges it alone.
"""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from typing import Final

import pytest

from tests.appraisal import ROOT
from tests.properties import few
from tests.soak.engines import differing
from tests.soak.judging import complaints
from tests.soak.mutation import FORMS, mutated
from thamdinh.engine.evaluation.scanning import Compiled

SHORT: Final = few(40)
FILES: Final = int(os.environ.get("THAMDINH_SOAK_FILES", "10000"))
SECONDS: Final = float(os.environ.get("THAMDINH_SOAK_SECONDS", "3600"))
PLANS: Final = 2 * FILES


def _wrong(form: str, first: int, files: int, seconds: float) -> Iterator[str]:
    for seed, complaint in complaints(form, range(first, first + files), seconds):
        if complaint is not None:
            yield f"python -m tests.soak {form} --seeds {seed}\n{complaint}"


@pytest.mark.long
@pytest.mark.parametrize("form", FORMS)
def test_a_mutated_file_is_judged_alike_by_lint_and_audit_or_refused_in_words(form: str) -> None:
    assert [*_wrong(form, 0, SHORT, 60)] == []


@pytest.mark.long
@pytest.mark.parametrize("form", FORMS)
def test_a_seed_gives_the_same_file_whatever_was_made_before(form: str) -> None:
    made = [mutated(form, seed) for seed in range(5)]
    assert [mutated(form, seed) for seed in reversed(range(5))] == made[::-1]
    assert len({content for _, content in made}) > 1


def test_the_engines_agree_on_mutated_plans() -> None:
    assert differing(few(100), 1) == []


@pytest.mark.long
@pytest.mark.parametrize("form", ["json", "xlsx", "jsonl", "pack"])
def test_an_audit_that_sees_no_breach_is_noticed(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Compiled.run
    monkeypatch.setattr(Compiled, "run", lambda engine, facts: (set(), run(engine, facts)[1]))
    assert next(_wrong(form, 0, 120, 60), None) is not None


@pytest.mark.soak
@pytest.mark.parametrize("form", FORMS)
def test_no_mutated_file_at_all_is_judged_otherwise(form: str) -> None:
    assert [*_wrong(form, random.SystemRandom().randrange(10**9), FILES, SECONDS)] == []


@pytest.mark.soak
def test_the_engines_agree_where_memory_that_was_given_back_is_overwritten() -> None:
    seed = random.SystemRandom().randrange(10**9)
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.engines", str(PLANS), str(seed)],
        env={**os.environ, "MALLOC_PERTURB_": "165"}, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"seed {seed}: {done.stdout[-2_000:]}{done.stderr[-2_000:]}"
