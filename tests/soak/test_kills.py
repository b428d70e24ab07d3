"""Whatever is killed, and whenever: the next run ends the work as if nothing had been, and nothing of names stays behind.

`make test` kills a few, `make soak` THAMDINH_SOAK_KILLS (200), for THAMDINH_SOAK_SECONDS at most (3,600), at moments that are
never the same. The seed of kills that fail is told.
"""

import os
import random
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from tests.soak.kills import WHATS, prepared, rounds

KILLS: Final = int(os.environ.get("THAMDINH_SOAK_KILLS", "200"))
SECONDS: Final = float(os.environ.get("THAMDINH_SOAK_SECONDS", "3600"))


@pytest.mark.process
def test_a_few_kills_cost_nothing(tmp_path: Path) -> None:
    found = [*rounds(prepared(tmp_path / "ground"), len(WHATS), 1, 60)]
    assert [wrong for *_, wrong in found if wrong] == []


@pytest.mark.soak
def test_no_kill_at_any_moment_costs_anything(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**9)
    found = [*rounds(prepared(tmp_path / "ground"), KILLS, seed, SECONDS)]
    hits = Counter(what for what, hit, _ in found if hit)
    print(f"seed {seed}: {len(found)} rounds, killed {dict(hits)}")
    assert [wrong for *_, wrong in found if wrong] == [], f"seed {seed}"
    assert len(found) < len(WHATS) or hits.keys() == set(WHATS), f"seed {seed}: {hits}"
