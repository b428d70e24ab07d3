"""The server killed outright under load, and many offices at once: whatever was acknowledged is there, once, and the chain holds.

`make test` kills it a few times, `make soak` THAMDINH_SOAK_KILLS (200) times on each database. After each kill the next server is sent again what the
last one did not answer: whether that was recorded before or is now, it is there once.
"""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from sqlalchemy import select

from tests import postgresql
from tests.commands.test_serve import serving
from tests.desk.conftest import copied
from tests.desk.desks import COMPLIANT, PASSWORD, Peopled, judge
from thamdinh.desk.model import Case, Version
from thamdinh.desk.permissions import Actor, Scope
from thamdinh.desk.verification import verify_desk

AT_ONCE: Final = 3
KILLS: Final = int(os.environ.get("THAMDINH_SOAK_KILLS", "200"))
SCOPES: Final[dict[str, Scope]] = {"phutuc": "submit", "batri": "submit", "canbo": "appraise", "lanhdao": "decide"}
STEPS: Final = (("canbo", "take", "under_appraisal"), ("lanhdao", "return", "returned"))
"""What is decided on each case that was submitted: by whom, and the state that it leads to."""


@dataclass
class Load:
    """Offices that submit and people that decide, by the API; what they were answered, and what they were not."""

    tokens: dict[str, str]
    submitted: dict[str, int] = field(default_factory=dict)
    decided: dict[int, str] = field(default_factory=dict)
    unanswered: set[str] = field(default_factory=set)

    def submit(self, address: str, key: str) -> int:
        office = ("phutuc", "batri")[sum(key.encode()) % 2]
        self.unanswered.add(key)
        sent = {"files": {"file": ("ke-hoach.yaml", COMPLIANT)}, "headers": {"idempotency-key": key}}
        case: int = self._asked(address, office, "cases", 201, **sent)["case"]
        self.submitted[key] = case
        self.unanswered.discard(key)
        return case

    def work(self, address: str, name: str) -> None:
        """Submit, take and return, until nobody answers any more."""
        try:
            for number in range(10_000):
                case = self.submit(address, f"{name}-{number}")
                for who, action, state in STEPS:
                    decision = {"case": case, "action": action, "words": "Trả lại"}
                    assert self._asked(address, who, "decisions", 200, json=decision)["state"] == state
                    self.decided[case] = state
        except httpx.TransportError:
            return

    def _asked(self, address: str, who: str, where: str, status: int, **sent: Any) -> Any:
        headers = {"authorization": f"Bearer {self.tokens[who]}", **sent.pop("headers", {})}
        answer = httpx.post(f"{address}api/v1/{where}", headers=headers, timeout=300, **sent)
        assert answer.status_code == status, answer.text
        return answer.json()


def outlives(folder: Path, kills: int, *database: str) -> int:
    """How much was acknowledged by servers that were all killed; nothing of it is lost, and nothing is there twice."""
    at, chance = Peopled(folder, *database), random.Random(kills)
    load = Load({who: at.desk.tokens.add_token(at[who], "tải", [scope])[0] for who, scope in SCOPES.items()})
    where = ["--data", folder, *(["--database", database[0]] if database else [])]
    for number in range(kills):
        with serving(folder.parent, *where, workers=1) as (server, address):
            for key in sorted(load.unanswered):
                load.submit(address, key)
            asking = [threading.Thread(target=load.work, args=[address, f"r{number}-{one}"]) for one in range(AT_ONCE)]
            before = len(load.submitted)
            for one in asking:
                one.start()
            until = time.monotonic() + 300
            while len(load.submitted) == before and time.monotonic() < until:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 1))
            server.send_signal(signal.SIGKILL)
            for one in asking:
                one.join(60)
                assert not one.is_alive()
        assert len(load.submitted) > before, "nothing was acknowledged"
        check(at, load)
    at.desk.store.close()
    return len(load.submitted) + len(load.decided)


def check(at: Peopled, load: Load) -> None:
    assert verify_desk(at.desk.store, judge, verdicts=False).faults == ()
    with at.desk.store.reading() as session:
        keys = dict(session.execute(select(Version.key, Version.case_id)).all())
        states = dict(session.execute(select(Case.id, Case.state)).all())
        files = set(session.scalars(select(Version.file)))
    assert len(keys) == len(states) == len(set(keys.values()))
    assert load.submitted.items() <= keys.items()
    assert keys.keys() <= load.submitted.keys() | load.unanswered
    order = ["submitted", "under_appraisal", "returned"]
    assert [case for case, state in load.decided.items() if order.index(states[case]) < order.index(state)] == []
    assert {at.desk.store.vault.get(file) for file in files} == {COMPLIANT}


@pytest.mark.process
def test_what_the_server_acknowledged_outlives_a_few_kills(made_desk: Path, tmp_path: Path) -> None:
    outlives(copied(made_desk, tmp_path), 2)


@pytest.mark.soak
def test_what_the_server_acknowledged_outlives_many_kills(made_desk: Path, tmp_path: Path) -> None:
    print(outlives(copied(made_desk, tmp_path), KILLS), "acknowledged")


@pytest.fixture
def on_postgresql(
    made_on_postgresql: tuple[Path, str], postgresql_server: str, tmp_path: Path
) -> Iterator[tuple[Path, str]]:
    """A peopled desk whose tables are in a PostgreSQL that nothing but the power could cut off."""
    folder, address = made_on_postgresql
    return copied(folder, tmp_path), postgresql.new_database(postgresql_server, address)


@pytest.mark.process
def test_what_the_server_acknowledged_outlives_kills_on_postgresql(on_postgresql: tuple[Path, str]) -> None:
    outlives(on_postgresql[0], 1, on_postgresql[1])


@pytest.mark.soak
def test_what_the_server_acknowledged_outlives_many_kills_on_postgresql(on_postgresql: tuple[Path, str]) -> None:
    print(outlives(on_postgresql[0], KILLS, on_postgresql[1]), "acknowledged")


@pytest.mark.long
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
    found = verify_desk(at.desk.store, judge, verdicts=False)
    assert found.faults == ()
    assert at.desk.listing.counts(at["kiemtra"])["submitted"] == 50
