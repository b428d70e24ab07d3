"""Signing in, what guards it, and who may hand out what."""

import datetime
import logging
from typing import Any

import pytest
from argon2 import PasswordHasher, Type, extract_parameters
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import select

from tests.desk.desks import PASSWORD, Peopled
from thamdinh.desk import passwords
from thamdinh.desk.model import Account, SignedIn
from thamdinh.desk.passwords import NOBODY, hashed, holds
from thamdinh.desk.permissions import Actor
from thamdinh.desk.refused import Refused
from thamdinh.desk.sessions import FREE, IDLE, LONGEST_WAIT, WHOLE


def later(at: Peopled, **by: float) -> None:
    now = at.desk.store.clock()
    at.desk.store.clock = lambda: now + datetime.timedelta(**by)


def test_a_password_signs_in_however_the_login_is_cased(anywhere: Peopled) -> None:
    at = anywhere
    signed = at.desk.sessions.sign_in(" PhuTuc ", PASSWORD)
    assert at.desk.sessions.of_browser(signed.token) == signed
    assert signed.actor == anywhere["phutuc"]
    at.desk.sessions.sign_out(signed.token)
    with pytest.raises(Refused, match="Not signed in"):
        at.desk.sessions.of_browser(signed.token)


def test_each_sign_in_has_a_token_of_its_own_that_is_not_kept(at: Peopled) -> None:
    first, second = (at.desk.sessions.sign_in("phutuc", PASSWORD) for _ in range(2))
    assert first.token != second.token
    assert first.csrf != second.csrf
    with at.desk.store.reading() as session:
        kept = session.scalars(select(SignedIn.digest)).all()
    assert not {first.token, second.token} & {*kept}


@pytest.mark.parametrize(("login", "password"), [("phutuc", "sai mật khẩu rồi"), ("khong-co", PASSWORD), ("", "")])
def test_who_is_wrong_is_not_told_what_is_wrong(at: Peopled, login: str, password: str) -> None:
    with pytest.raises(Refused) as refused:
        at.desk.sessions.sign_in(login, password)
    assert refused.value.message.en == "The login, the password or the code is wrong"


def test_nobodys_password_is_tried_as_long_as_anybodys_and_is_never_right(
    hashed_quickly: PasswordHasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_HASHER", hashed_quickly)
    for password in ("", PASSWORD, NOBODY):
        assert not holds(None, password)
    with pytest.raises(VerifyMismatchError):  # computed in full, not refused as unreadable at once
        PasswordHasher().verify(NOBODY, PASSWORD)
    assert extract_parameters(NOBODY) == extract_parameters(hashed(PASSWORD))


@pytest.mark.long
@pytest.mark.parametrize("login", ["phutuc", "khong-co"])
def test_failures_in_a_row_make_the_next_wait_longer_and_longer(at: Peopled, login: str) -> None:
    waits = []
    for _ in range(FREE + 12):
        try:
            at.desk.sessions.sign_in(login, "sai mật khẩu rồi")
        except Refused as refused:
            if refused.kind == "too_many":
                waits.append(refused.seconds)
                later(at, seconds=refused.seconds)
    assert waits == sorted(waits)
    assert waits[0] <= 2
    assert waits[-1] <= LONGEST_WAIT + 1
    assert waits[-1] > 10


def test_the_right_password_is_not_even_tried_before_its_time(at: Peopled) -> None:
    for _ in range(FREE + 1):
        with pytest.raises(Refused):
            at.desk.sessions.sign_in("phutuc", "sai mật khẩu rồi")
    with pytest.raises(Refused, match="too often"):
        at.desk.sessions.sign_in("phutuc", PASSWORD)
    later(at, seconds=10)
    at.desk.sessions.sign_in("phutuc", PASSWORD)


def test_a_browser_is_signed_out_when_it_is_idle_and_after_a_day_s_work(at: Peopled) -> None:
    signed = at.desk.sessions.sign_in("phutuc", PASSWORD)
    for _ in range(int(WHOLE / IDLE) + 2):
        try:
            at.desk.sessions.of_browser(signed.token)
        except Refused:
            break
        later(at, seconds=IDLE.total_seconds() - 60)
    else:
        pytest.fail("it never ends")
    again = at.desk.sessions.sign_in("phutuc", PASSWORD)
    later(at, seconds=IDLE.total_seconds() + 1)
    with pytest.raises(Refused):
        at.desk.sessions.of_browser(again.token)


def test_a_new_password_signs_out_everywhere(at: Peopled) -> None:
    signed = at.desk.sessions.sign_in("phutuc", PASSWORD)
    with pytest.raises(Refused, match="present password"):
        at.desk.sessions.change_password(signed.actor, "không phải mật khẩu", "một câu khác cũng dài")
    at.desk.sessions.change_password(signed.actor, PASSWORD, "một câu khác cũng dài")
    with pytest.raises(Refused):
        at.desk.sessions.of_browser(signed.token)
    at.desk.sessions.sign_in("phutuc", "một câu khác cũng dài")


def test_a_closed_account_does_nothing_more(at: Peopled) -> None:
    accounts, signed = at.desk.accounts, at.desk.sessions.sign_in("phutuc", PASSWORD)
    token, _ = at.desk.tokens.add_token(signed.actor, "máy trạm", ["read"])
    accounts.change(at["quantri"], "phutuc", active=False)
    for attempt in (
        lambda: at.desk.sessions.of_browser(signed.token),
        lambda: at.desk.tokens.of_program(token),
        lambda: at.desk.sessions.sign_in("phutuc", PASSWORD),
        lambda: at.desk.listing.page(signed.actor),
        lambda: at.submitted(),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.kind == "unauthenticated"


@pytest.mark.parametrize(
    "password", ["", "ngắn", "mười một chữ"[:11], "aaaaaaaaaaaa", "x" * 501, "phutuc phutuc phutuc"]
)
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(Refused):
        hashed(password, "phutuc")


def test_what_tries_a_password_costs_as_much_as_owasp_asks(
    hashed_quickly: PasswordHasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_HASHER", hashed_quickly)
    for kept in (hashed(PASSWORD), NOBODY):
        costs = extract_parameters(kept)
        assert costs.type is Type.ID
        assert costs.memory_cost >= 19 * 1024
        assert costs.time_cost >= 2


def test_passwords_are_the_same_however_they_are_composed(at: Peopled) -> None:
    import unicodedata

    at.desk.sessions.sign_in("phutuc", unicodedata.normalize("NFD", PASSWORD))


def test_passwords_and_tokens_stand_nowhere(at: Peopled, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        signed = at.desk.sessions.sign_in("phutuc", PASSWORD)
        token, _ = at.desk.tokens.add_token(signed.actor, "máy trạm", ["read"])
        at.submitted()
    with at.desk.store.reading() as session:
        account = session.get(Account, signed.actor.account_id)
        assert account is not None
        assert PASSWORD not in repr(account)
        assert (account.password or "") not in repr(account)
        assert (account.password or "").startswith("$argon2id$")
    folder = at.desk.store.vault.folder.parent
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for secret in (PASSWORD, signed.token, token):
        assert secret.encode() not in kept
        assert secret not in caplog.text
    assert "Người" not in caplog.text


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"login": "Có Dấu"}, "login is not valid"),
        ({"name": " "}, "Missing or too long"),
        ({"roles": []}, "roles are not valid"),
        ({"roles": ["king"]}, "roles are not valid"),
        ({"roles": ["administrator", "approver"]}, "goes with no other"),
        ({"roles": ["auditor", "appraiser"]}, "goes with no other"),
        ({"roles": ["office"]}, "belongs to an organisation"),
        ({"roles": ["office"], "organisation_id": 999}, "no such organisation"),
        ({"address": "không phải"}, "address is not valid"),
        ({"address": "ai@x.vn,khac@y.vn"}, "address is not valid"),
        ({"address": "ai@x.vn\nBcc: khac@y.vn"}, "address is not valid"),
        ({"address": "Ai <ai@x.vn>"}, "address is not valid"),
        ({"password": "ngắn"}, "12 to 500"),
        ({"login": "CANBO"}, "already"),
    ],
)
def test_accounts_that_make_no_sense_are_refused(at: Peopled, given: dict[str, Any], message: str) -> None:
    usual: dict[str, Any] = {"login": "moi", "name": "Người Mới", "roles": ["appraiser"], "password": PASSWORD}
    with pytest.raises(Refused, match=message):
        at.desk.accounts.add(at["quantri"], **usual | given)


@pytest.mark.parametrize("login", ["phutuc", "canbo", "lanhdao", "ralinh", "kiemtra"])
def test_only_administrators_manage(at: Peopled, login: str) -> None:
    accounts, who = at.desk.accounts, at[login]
    for attempt in (
        lambda: accounts.all(who),
        lambda: accounts.add(who, "moi", "Mới", ["approver"], PASSWORD),
        lambda: accounts.change(who, login, roles=["administrator"]),
        lambda: accounts.set_password(who, "quantri", "một câu khác cũng dài"),
        lambda: accounts.add_organisation(who, "Mới"),
        lambda: accounts.set_retention(who, 1),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.kind == "forbidden"


def test_the_last_administrator_stays(at: Peopled) -> None:
    for change in ({"active": False}, {"roles": ["approver"]}):
        with pytest.raises(Refused, match="administrator left"):
            at.desk.accounts.change(at["quantri"], "quantri", **change)


def test_a_token_does_what_its_scopes_say_until_it_ends(at: Peopled) -> None:
    token, made = at.desk.tokens.add_token(at["phutuc"], "máy trạm", ["read"], days=10)
    actor = at.desk.tokens.of_program(token)
    assert actor == Actor(at["phutuc"].account_id, ("read",))
    at.desk.listing.page(actor)
    with pytest.raises(Refused, match="may not"):
        at.desk.cases.submit(actor, "a.yaml", b"", "k")
    with pytest.raises(Refused):
        at.desk.tokens.add_token(actor, "rộng hơn", ["submit"])
    with pytest.raises(Refused):
        at.desk.tokens.revoke_token(at["batri"], made.id)
    at.desk.tokens.revoke_token(at["phutuc"], made.id)
    with pytest.raises(Refused):
        at.desk.tokens.of_program(token)
    token, _ = at.desk.tokens.add_token(at["phutuc"], "máy trạm", ["read"], days=10)
    later(at, days=11)
    with pytest.raises(Refused):
        at.desk.tokens.of_program(token)


def test_a_provider_signs_in_the_account_of_its_subject_or_address(at: Peopled) -> None:
    first = at.desk.sessions.sign_in_as("sub-1", "PhuTuc@example.vn")
    assert first.actor == at["phutuc"]
    assert at.desk.sessions.sign_in_as("sub-1", None).actor == at["phutuc"]
    for subject, address in (("sub-2", "phutuc@example.vn"), ("sub-3", "la@example.vn"), ("sub-4", None)):
        with pytest.raises(Refused, match="no account"):
            at.desk.sessions.sign_in_as(subject, address)
