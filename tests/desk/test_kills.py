"""Processes that are killed outright, and many at once: whatever was acknowledged is there, once, and the chain holds."""

import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import select

from tests import postgresql
from tests.appraisal import ROOT
from tests.desk.conftest import copied
from tests.desk.desks import COMPLIANT, PASSWORD, Peopled, judge
from thamdinh.desk.model import Case, Version
from thamdinh.desk.permissions import Actor
from thamdinh.desk.verification import verify

AT_ONCE: Final = 2


def started(folder: Path, name: str, database: Sequence[str]) -> "subprocess.Popen[str]":
    line = [sys.executable, "-m", "tests.desk.load", str(folder), name, *database]
    made = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert made.stdout is not None
    assert made.stdout.readline() == "ready\n"
    return made


def killed(folder: Path, round_: int, seconds: float, database: Sequence[str]) -> list[str]:
    """What some processes acknowledged until all were killed."""
    running = [started(folder, f"r{round_}p{number}", database) for number in range(AT_ONCE)]
    time.sleep(seconds)
    for one in running:
        one.kill()
    # The last line may be cut off: it acknowledges nothing.
    return [line for one in running for line in one.communicate()[0].splitlines(keepends=True) if line.endswith("\n")]


def check(folder: Path, lines: Sequence[str], database: Sequence[str]) -> None:
    at = Peopled(folder, *database)
    assert verify(at.desk.store, judge, verdicts=False).faults == ()
    with at.desk.store.reading() as session:
        keys = dict(session.execute(select(Version.key, Version.case_id)).all())
        states = dict(session.execute(select(Case.id, Case.state)).all())
        assert len(keys) == len(states) == len(set(keys.values()))
    after = {"submitted": {"submitted", "under_appraisal", "returned"}, "taken": {"under_appraisal", "returned"}}
    for line in lines:
        what, *key, case = line.split()
        assert states[int(case)] in after.get(what, {what}), line
        assert not key or keys[key[0]] == int(case), line
    for version in at.desk.cases.find_by_id(at["kiemtra"], next(iter(states))).versions if states else ():
        assert at.desk.store.vault.get(version.file) == COMPLIANT
    at.desk.store.close()


def outlives(folder: Path, kills: int, database: Sequence[str] = ()) -> int:
    chance, lines = random.Random(kills), list[str]()
    for round_ in range(0, kills, AT_ONCE):
        lines += killed(folder, round_, chance.uniform(0.2, 1.2), database)
        check(folder, lines, database)
    assert lines, "nothing was ever acknowledged"
    return len(lines)


@pytest.mark.process
def test_what_was_acknowledged_outlives_a_few_kills(made_desk: Path, tmp_path: Path) -> None:
    outlives(copied(made_desk, tmp_path), 4)


@pytest.mark.soak
def test_what_was_acknowledged_outlives_200_kills(made_desk: Path, tmp_path: Path) -> None:
    print(outlives(copied(made_desk, tmp_path), 200), "acknowledged")


@pytest.mark.soak
def test_what_was_acknowledged_outlives_kills_on_postgresql(
    made_on_postgresql: tuple[Path, str], postgresql_server: str, tmp_path: Path
) -> None:
    folder, address = made_on_postgresql
    new = postgresql.new_database(postgresql_server, address)
    outlives(copied(folder, tmp_path), 40, [new])


def test_fifty_offices_at_once_lose_and_double_nothing(anywhere: Peopled) -> None:
    at, accounts = anywhere, anywhere.desk.accounts
    offices = []
    for number in range(50):
        organisation = accounts.add_organisation(None, f"Đơn vị {number}")
        made = accounts.add(None, f"don-vi-{number}", "Văn thư", ["office"], PASSWORD, organisation.id)
        offices.append(Actor(made.id))
    judge("ke-hoach.yaml", COMPLIANT)
    failed: list[BaseException] = []
    answers: Counter[tuple[int, int]] = Counter()

    def submit(number: int) -> None:
        try:
            for _ in range(2):  # as somebody does who clicks twice
                made = at.desk.cases.submit(offices[number], "ke-hoach.yaml", COMPLIANT, "một lần")
                answers[number, made.case_id] += 1
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=submit, args=[number]) for number in range(50) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert len(answers) == 50
    assert set(answers.values()) == {4}
    found = verify(at.desk.store, judge, verdicts=False)
    assert found.faults == ()
    assert at.desk.listing.counts(at["kiemtra"])["submitted"] == 50
