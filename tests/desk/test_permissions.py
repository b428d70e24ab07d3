"""Who may do what in which state: every role, action and state, against a table written by hand."""

import datetime
from typing import Final

import pytest

from thamdinh.desk.model import Account, Case
from thamdinh.desk.permissions import ACTIONS, ALONE, OPEN, permitted, refusal
from thamdinh.desk.vocabulary import ROLES, STATES

NOW: Final = datetime.datetime(2026, 11, 27, tzinfo=datetime.UTC)
OURS, THEIRS = 1, 2
SUBMITTER, APPRAISER, STRANGER = 1, 2, 3

EVERY: Final = frozenset(STATES)
EXPECTED: Final = {
    # role, whose the case is, whether it is their case → action: states
    ("office", OURS): {
        "read": EVERY,
        "submit_again": {"changes_requested"},
        "withdraw": OPEN,
        "answer": OPEN,
        "ask_exception": OPEN,
    },
    ("office", THEIRS): {},
    ("appraiser", None): {"read": EVERY, "comment": OPEN, "take": {"submitted", "under_appraisal"}},
    ("approver", None): {
        "read": EVERY,
        "comment": OPEN,
        "grant_exception": OPEN,
        "refuse_exception": OPEN,
        "accept": {"under_appraisal"},
        "return": {"under_appraisal"},
    },
    ("reader", None): {},
    ("auditor", None): {"read": EVERY},
    ("administrator", None): {},
}
ITS_APPRAISER: Final = {
    "request_changes": {"under_appraisal"},
    "propose_acceptance": {"under_appraisal"},
    "propose_return": {"under_appraisal"},
    "propose_exception": OPEN,
}
"""What only the appraiser of the case may do besides."""
FOUR_EYES: Final = {"accept", "return", "grant_exception", "refuse_exception"}


def account(number: int, roles: list[str], organisation: int | None) -> Account:
    made = Account(login=f"a{number}", name="A", roles=roles, created=NOW, organisation_id=organisation)
    made.id = number
    return made


def case(state: str) -> Case:
    made = Case(
        title="",
        organisation_id=OURS,
        district=None,
        kind=None,
        state=state,
        created=NOW,
        changed=NOW,
        directive="",
        status="compliant",
        errors=0,
        warnings=0,
        appraiser_id=APPRAISER,
    )
    made.id = 1
    return made


def may(who: Account, state: str, parts: set[int] = frozenset({SUBMITTER, APPRAISER})) -> set[str]:  # type: ignore[assignment]
    """What the account may do with the case, asked one by one."""
    about = {
        name
        for name in ACTIONS
        if name not in ("submit", "read_rules", "sign_rule", "export", "read_attempts", "manage")
    }
    found = {name for name in about if refusal(name, who, None, case(state), parts) is None}
    assert found == set(permitted(who, None, case(state), parts))
    return found


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("role", "organisation"), EXPECTED)
def test_each_role_may_do_what_the_table_says_and_nothing_else(role: str, organisation: int | None, state: str) -> None:
    wanted = {name for name, states in EXPECTED[role, organisation].items() if state in states}
    assert may(account(STRANGER, [role], organisation), state) == wanted


@pytest.mark.parametrize("state", STATES)
def test_the_appraiser_of_the_case_may_do_more_than_others(state: str) -> None:
    more = {name for name, states in ITS_APPRAISER.items() if state in states}
    others = may(account(STRANGER, ["appraiser"], None), state)
    assert may(account(APPRAISER, ["appraiser"], None), state) == others | more


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", [SUBMITTER, APPRAISER])
def test_nobody_decides_on_what_they_submitted_or_appraised(who: int, state: str) -> None:
    assert may(account(who, ["approver", "appraiser"], None), state).isdisjoint(FOUR_EYES)


@pytest.mark.parametrize("state", STATES)
def test_nobody_appraises_or_decides_for_their_own_organisation(state: str) -> None:
    found = may(account(STRANGER, ["office", "approver", "appraiser"], OURS), state)
    assert found.isdisjoint({*FOUR_EYES, "take"})
    assert "read" in found


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ["office", "reader", "administrator"])
def test_of_a_case_that_they_may_not_see_they_are_told_that_there_is_none(role: str, action: str, state: str) -> None:
    refused = refusal(action, account(STRANGER, [role], THEIRS), None, case(state), ())
    assert refused is not None
    assert refused.kind == "missing"


@pytest.mark.parametrize("state", STATES)
def test_a_closed_account_may_do_nothing(state: str) -> None:
    closed = account(STRANGER, list(set(ROLES) - ALONE), OURS)
    closed.active = False
    assert may(closed, state) == set()


def test_a_token_may_do_what_its_scopes_say() -> None:
    office = account(STRANGER, ["office"], OURS)
    assert set(permitted(office, ("read",), case("submitted"))) == {"read"}
    assert set(permitted(office, ("submit",), case("submitted"))) == {"withdraw", "answer", "ask_exception"}
    assert set(permitted(office, ("submit",))) == {"submit"}


def test_every_action_of_a_closed_case_is_refused_but_reading() -> None:
    everybody = account(APPRAISER, list(set(ROLES) - ALONE), OURS)
    for state in EVERY - OPEN:
        assert may(everybody, state, set()) == {"read"}
