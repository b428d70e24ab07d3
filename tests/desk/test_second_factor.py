"""The second factor: asked for where it is set up, each code taken once, demanded where the office says so; and who signed in."""

import datetime
from pathlib import Path
from typing import Final

import pyotp
import pytest
from sqlalchemy import select, text

from tests.desk.desks import PASSWORD, Peopled, judge
from tests.desk.test_accounts import later
from thamdinh.desk.model import Attempt, Event
from thamdinh.desk.refused import Refused
from thamdinh.desk.sessions import ATTEMPTS, REMEMBERED
from thamdinh.desk.verification import verify_desk

WRONG: Final = "The login, the password or the code is wrong"


def secret_of(at: Peopled, login: str = "lanhdao") -> tuple[pyotp.TOTP, list[str]]:
    """An app that has the secret of an account, set up by its last code, and the recovery codes. The clock of the desk stands still."""
    now = at.desk.store.clock()
    at.desk.store.clock = lambda: now
    totp = pyotp.TOTP(pyotp.random_base32())
    return totp, at.desk.sessions.enable_second_factor(
        at[login], PASSWORD, totp.secret, totp.at(now - datetime.timedelta(seconds=30))
    )


def test_a_code_signs_in_once_and_the_next_one_again(anywhere: Peopled) -> None:
    at = anywhere
    totp, _ = secret_of(at)
    code = totp.at(at.desk.store.clock())
    at.desk.sessions.sign_in("lanhdao", PASSWORD, f" {code[:3]} {code[3:]} ")
    with pytest.raises(Refused, match=WRONG):
        at.desk.sessions.sign_in("lanhdao", PASSWORD, code)
    later(at, seconds=30)
    at.desk.sessions.sign_in("lanhdao", PASSWORD, totp.at(at.desk.store.clock()))
    assert verify_desk(at.desk.store, judge, verdicts=False).faults == ()


@pytest.mark.parametrize("code", ["", "000000x", "１２３４５６", "mã sai", "0" * 1000])
def test_no_password_signs_in_without_its_code(at: Peopled, code: str) -> None:
    secret_of(at)
    with pytest.raises(Refused, match=WRONG):
        at.desk.sessions.sign_in("lanhdao", PASSWORD, code)


def test_the_code_that_set_it_up_signs_nobody_in(at: Peopled) -> None:
    totp, _ = secret_of(at)
    with pytest.raises(Refused, match=WRONG):
        at.desk.sessions.sign_in("lanhdao", PASSWORD, totp.at(at.desk.store.clock() - datetime.timedelta(seconds=30)))
    at.desk.sessions.sign_in("lanhdao", PASSWORD, totp.at(at.desk.store.clock()))


def test_codes_of_other_times_are_not_taken(at: Peopled) -> None:
    totp, _ = secret_of(at)
    for seconds in (-90, 90):
        code = totp.at(at.desk.store.clock() + datetime.timedelta(seconds=seconds))
        with pytest.raises(Refused, match=WRONG):
            at.desk.sessions.sign_in("lanhdao", PASSWORD, code)
    at.desk.sessions.sign_in("lanhdao", PASSWORD, totp.at(at.desk.store.clock() + datetime.timedelta(seconds=30)))


def test_a_recovery_code_stands_in_once(at: Peopled) -> None:
    _, codes = secret_of(at)
    at.desk.sessions.sign_in("lanhdao", PASSWORD, codes[0].upper())
    with pytest.raises(Refused, match=WRONG):
        at.desk.sessions.sign_in("lanhdao", PASSWORD, codes[0])
    at.desk.sessions.sign_in("lanhdao", PASSWORD, codes[1])
    with at.desk.store.reading() as session:
        actions = session.scalars(select(Event.action).order_by(Event.number.desc()).limit(3)).all()
    assert actions == ["use_recovery_code", "use_recovery_code", "enable_second_factor"]
    assert verify_desk(at.desk.store, judge, verdicts=False).faults == ()


def test_it_is_set_up_by_who_has_the_password_and_the_app(at: Peopled) -> None:
    totp = pyotp.TOTP(pyotp.random_base32())
    now = at.desk.store.clock()
    for password, secret, code in (
        ("sai mật khẩu rồi", totp.secret, totp.at(now)),
        (PASSWORD, totp.secret, "abcdef"),
        (PASSWORD, pyotp.random_base32(), totp.at(now)),
        (PASSWORD, "không phải khóa", totp.at(now)),
        (PASSWORD, "A" * 24, pyotp.TOTP("A" * 24).at(now)),
    ):
        with pytest.raises(Refused):
            at.desk.sessions.enable_second_factor(at["lanhdao"], password, secret, code)
    at.desk.sessions.sign_in("lanhdao", PASSWORD)


def test_a_role_of_which_it_is_demanded_does_nothing_without(at: Peopled) -> None:
    accounts = at.desk.accounts
    token, _ = at.desk.tokens.add_token(at["lanhdao"], "máy", ["decide"])
    before = at.desk.sessions.sign_in("lanhdao", PASSWORD)
    accounts.demand_second_factor(at["quantri"], ["approver", "administrator"])
    assert at.desk.sessions.of_browser(before.token).must_enrol
    assert not at.desk.sessions.sign_in("canbo", PASSWORD).must_enrol
    with pytest.raises(Refused, match="second factor"):
        at.desk.tokens.of_program(token)
    secret_of(at)
    assert not at.desk.sessions.of_browser(before.token).must_enrol
    assert at.desk.tokens.of_program(token).account_id == at["lanhdao"].account_id
    with pytest.raises(Refused, match="Not allowed"):
        accounts.demand_second_factor(at["canbo"], [])


def test_who_lost_the_phone_is_let_in_again_by_the_administrator(at: Peopled) -> None:
    totp, _ = secret_of(at)
    signed = at.desk.sessions.sign_in("lanhdao", PASSWORD, totp.at(at.desk.store.clock()))
    at.desk.accounts.change(at["quantri"], "lanhdao", totp=None)
    with pytest.raises(Refused):
        at.desk.sessions.of_browser(signed.token)
    at.desk.sessions.sign_in("lanhdao", PASSWORD)


def test_the_secret_and_the_codes_stand_nowhere_in_the_clear(at: Peopled) -> None:
    totp, codes = secret_of(at)
    with at.desk.store.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    folder = at.desk.store.vault.folder.parent
    whole = b"".join(path.read_bytes() for path in folder.glob("desk.sqlite*"))
    assert [word for word in (totp.secret, *codes) if word.encode() in whole] == []
    with at.desk.store.reading() as session:
        assert totp.secret not in "".join(filter(None, session.scalars(select(Event.changes))))


def test_who_signed_in_is_known_to_administrators_and_auditors(anywhere: Peopled) -> None:
    at = anywhere
    at.desk.sessions.sign_in("canbo", PASSWORD, origin="10.0.0.7")
    for login, password in (("canbo", "mật khẩu bị gõ nhầm"), ("mat-khau-go-nham-o-day", PASSWORD)):
        with pytest.raises(Refused):
            at.desk.sessions.sign_in(login, password, origin="10.0.0.8")
    for login in ("kiemtra", "quantri"):
        found = [
            (one.result, one.origin, account and account.login) for one, account in at.desk.sessions.attempts(at[login])
        ]
        assert found == [("wrong", "10.0.0.8", None), ("wrong", "10.0.0.8", "canbo"), ("password", "10.0.0.7", "canbo")]
    for login in ("canbo", "lanhdao", "phutuc", "ralinh"):
        with pytest.raises(Refused, match="Not allowed"):
            at.desk.sessions.attempts(at[login])
    with at.desk.store.reading() as session:
        kept = str(session.execute(text("SELECT * FROM attempts")).all())
    assert "nham" not in kept
    assert PASSWORD not in kept
    later(at, days=REMEMBERED.days + 1)
    at.desk.sessions.sign_in("canbo", PASSWORD)
    assert [one.result for one, _ in at.desk.sessions.attempts(at["quantri"])] == ["password"]


def test_the_log_is_read_page_by_page(at: Peopled, tmp_path: Path) -> None:
    with at.desk.store.writing() as writing:
        for number in range(ATTEMPTS + 5):
            writing.session.add(Attempt(at=writing.at, account_id=None, origin=str(number), result="wrong"))
    first = at.desk.sessions.attempts(at["quantri"])
    rest = at.desk.sessions.attempts(at["quantri"], before=first[-1][0].id)
    assert [one.origin for one, _ in (*first, *rest)] == [str(number) for number in reversed(range(ATTEMPTS + 5))]
