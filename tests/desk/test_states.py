"""Whatever people do at a desk, in whatever order, cases move as the table says, and everything is in the chain."""

import datetime
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from sqlalchemy import func, select

from tests.desk.conftest import copied
from tests.desk.desks import BREACHED, COMPLIANT, PEOPLE, Peopled, judge
from tests.properties import examples
from thamdinh.desk.keeping import purge_cases
from thamdinh.desk.model import Event
from thamdinh.desk.permissions import OPEN
from thamdinh.desk.refused import Refused
from thamdinh.desk.verification import verify_desk

LOGINS: Final = st.sampled_from([*PEOPLE])
MOVES: Final[dict[str, tuple[set[str], str]]] = {
    "take": ({"submitted", "under_appraisal"}, "under_appraisal"),
    "request_changes": ({"under_appraisal"}, "changes_requested"),
    "submit_again": ({"changes_requested"}, "submitted"),
    "accept": ({"under_appraisal"}, "accepted"),
    "return": ({"under_appraisal"}, "returned"),
    "withdraw": (set(OPEN), "withdrawn"),
}
"""The states in which each may be done and the one that it leads to, written down apart from the program."""
KINDS: Final = {"unauthenticated", "forbidden", "missing", "conflict", "invalid"}


def kind_of_refusal(attempt: Callable[[], object]) -> str | None:
    try:
        attempt()
    except Refused as refused:
        return refused.kind
    return None


class DeskMachine(RuleBasedStateMachine):
    """People at a desk, and beside them what ought to be so: the state of each case, who took part, whose it is."""

    made: Path
    cases = Bundle("cases")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="desk-"))
        self.at = Peopled(copied(self.made, self.folder))
        self.states: dict[int, str] = {}
        self.parts: dict[int, set[str]] = {}
        self.owners: dict[int, str | None] = {}
        self.appraisers: dict[int, str] = {}
        self.asked: dict[tuple[int, str, str, str | None], int] = {}
        self.events = 0
        self.key = 0

    def teardown(self) -> None:
        found = verify_desk(
            self.at.desk.store, judge, verdicts=False
        )  # what is in the chain stays there, right or wrong
        assert found.faults == ()
        assert found.events == self.events
        self.at.desk.store.close()
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        self.events = verify_desk(self.at.desk.store, judge, verdicts=False).events

    def _tried(self, attempt: Callable[[], object]) -> bool:
        """Whether what was tried was done, which is one event more; what is refused changes nothing."""
        kind = kind_of_refusal(attempt)
        assert kind in {None, *KINDS}
        self.events += kind is None
        return kind is None

    @rule(target=cases, login=LOGINS, content=st.sampled_from([COMPLIANT, BREACHED]))
    def submit(self, login: str, content: bytes) -> Any:
        self.key += 1
        made: list[int] = []
        done = self._tried(lambda: made.append(self.at.submitted(content, login, f"k{self.key}")))
        assert done == ("office" in PEOPLE[login][0])
        if not done:
            return multiple()
        self.states[made[0]], self.parts[made[0]], self.owners[made[0]] = "submitted", {login}, PEOPLE[login][1]
        return made[0]

    @rule(case=cases, login=LOGINS, action=st.sampled_from([*MOVES]))
    def move(self, case: int, login: str, action: str) -> None:
        at, who, roles = self.at.desk.cases, self.at[login], PEOPLE[login][0]
        self.key += 1
        done = self._tried(
            {
                "take": lambda: at.take(who, case),
                "request_changes": lambda: at.request_changes(who, case, "Sửa"),
                "submit_again": lambda: at.submit(who, "b.yaml", COMPLIANT, f"k{self.key}", case_id=case),
                "accept": lambda: at.accept(who, case),
                "return": lambda: at.give_back(who, case, "Trả"),
                "withdraw": lambda: at.withdraw(who, case),
            }[action]
        )
        if not done:
            return
        before, after = MOVES[action]
        assert self.states[case] in before
        self.states[case] = after
        if action in ("accept", "return"):
            assert "approver" in roles
            assert login not in self.parts[case]
        elif action in ("take", "request_changes"):
            assert "appraiser" in roles
            assert action == "take" or self.appraisers[case] == login
            self.appraisers[case] = login
            self.parts[case].add(login)
        else:
            assert PEOPLE[login][1] == self.owners[case]
            self.parts[case] |= {login} if action == "submit_again" else set()

    @rule(case=cases, login=LOGINS, granted=st.booleans())
    def exceptions(self, case: int, login: str, granted: bool) -> None:
        office = next(name for name, (_, whose) in PEOPLE.items() if whose == self.owners[case])
        found = self.at.desk.cases.find_by_id(self.at[office], case)
        today = self.at.desk.store.today()
        if found.uncovered and self.states[case] in OPEN:
            one = found.uncovered[0]
            asked = self.at.desk.cases.ask_exception(self.at[office], case, one.rule, one.subject, "Xin", today)
            request = case, office, one.rule, one.subject
            self.events += request not in self.asked
            assert self.asked.setdefault(request, asked.id) == asked.id, "what waits already is not asked for twice"
            self.parts[case].add(office)
            cases = self.at.desk.cases
            if self._tried(lambda: cases.decide_exception(self.at[login], asked.id, granted, "1-CV", "Lý do")):
                assert "approver" in PEOPLE[login][0]
                assert login not in self.parts[case]
                del self.asked[request]

    @rule(case=cases, login=LOGINS)
    def comment(self, case: int, login: str) -> None:
        self.key += 1
        who, words = self.at[login], f"Ý kiến {self.key}"
        if self._tried(lambda: self.at.desk.cases.comment(who, case, words)):
            self.at.desk.cases.comment(who, case, words)  # a button pressed twice is one comment, and one event
            assert self.states[case] in OPEN
            assert PEOPLE[login][1] in (None, self.owners[case])

    @rule(case=cases, login=LOGINS)
    def see(self, case: int, login: str) -> None:
        roles, organisation = PEOPLE[login]
        may = bool({"appraiser", "approver", "auditor"} & {*roles}) or organisation == self.owners[case]
        refused = kind_of_refusal(lambda: self.at.desk.cases.find_by_id(self.at[login], case))
        assert refused == (None if may else "missing")
        assert not may or self.at.desk.cases.find_by_id(self.at[login], case).case.state == self.states[case]

    @rule()
    def nothing_is_purged_that_is_young(self) -> None:
        assert purge_cases(self.at.desk.store, 1) == 0

    @invariant()
    def what_was_done_is_one_event_and_what_was_refused_none(self) -> None:
        with self.at.desk.store.reading() as session:
            assert session.scalar(select(func.count()).select_from(Event)) == self.events
        counts = self.at.desk.listing.counts(self.at["kiemtra"])
        assert counts == {state: [*self.states.values()].count(state) for state in counts}

    @invariant()
    def what_was_accepted_had_no_error_left(self) -> None:
        for case, state in self.states.items():
            if state == "accepted":
                assert self.at.desk.cases.find_by_id(self.at["kiemtra"], case).uncovered == []


@pytest.mark.long
def test_people_at_a_desk(made_desk: Path) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    DeskMachine.made = made_desk
    wanted = examples(0.5)
    run_state_machine_as_test(DeskMachine, settings=settings(wanted, stateful_step_count=25))


def test_time_passes_and_what_was_closed_is_purged(at: Peopled) -> None:
    numbers = [at.submitted(COMPLIANT, key=str(number)) for number in range(3)]
    at.desk.cases.withdraw(at["phutuc"], numbers[0])
    today = at.desk.store.clock()
    at.desk.store.clock = lambda: today + datetime.timedelta(days=400)
    assert purge_cases(at.desk.store, 365) == 1
    assert at.desk.listing.counts(at["kiemtra"])["submitted"] == 2
