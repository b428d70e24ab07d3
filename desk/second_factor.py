"""The second factor of accounts: codes by time from an app on a phone (TOTP, RFC 6238), and codes for whoever has lost it."""

import hmac
import secrets
from typing import Any, Final

import pyotp
import segno
from sqlalchemy.orm import Session

from .model import Account, Policy, UsedCode
from .vault import digest_of

RECOVERY_CODES: Final = 10
_STEP: Final = 30
"""Seconds for which a code is shown; those of the steps before and after are taken, too, since clocks differ."""
_NAME: Final = "thamdinh"


def new_secret() -> str:
    """A secret that an app and the desk come to share: 32 letters and digits (base32)."""
    return pyotp.random_base32()


def address_of(secret: str, login: str) -> str:
    """The address (otpauth://…) by which apps take in a secret."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=_NAME)


def picture_of(address: str) -> str:
    """The address as a QR code for a camera: a picture as an address (data:…)."""
    picture: str = segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff")
    return picture


def new_recovery_codes() -> list[str]:
    """Codes of which each stands in for the second factor once."""
    return [f"{secrets.token_hex(4)}-{secrets.token_hex(4)}" for _ in range(RECOVERY_CODES)]


def step_of(secret: str, code: str, at: float) -> int | None:
    """Of which step in time a code is, now or just before or after; None where it is of none."""
    plain = "".join(code.split())
    try:
        totp = pyotp.TOTP(secret)
        steps = range(int(at) // _STEP - 1, int(at) // _STEP + 2)
        return next((step for step in steps if hmac.compare_digest(totp.at(step * _STEP), plain)), None)
    except (ValueError, TypeError):  # no secret of ours, or a code with letters that no code has
        return None


def taken(session: Session, account: Account, code: str, at: float) -> str | None:
    """Take a code, once: "second_factor" where it is one of the app, "use_recovery_code" where it stands in; None where it is none."""
    assert account.totp is not None
    if (step := step_of(account.totp, code, at)) is not None:
        used = session.get(UsedCode, account.id)
        if used is not None and used.step >= step:
            return None
        session.merge(UsedCode(account_id=account.id, step=step))
        return "second_factor"
    left = [one for one in account.recovery or () if one != digest_of("".join(code.split()).lower().encode())]
    if len(left) == len(account.recovery or ()):
        return None
    account.recovery = left
    return "use_recovery_code"


def demanded(session: Session) -> list[Any]:
    """The roles that sign in by password only with a second factor."""
    policy = session.get(Policy, 1)
    return [] if policy is None else policy.second_factor


def lacking(session: Session, account: Account) -> bool:
    """Whether the account must have a second factor, and has none yet; one without a password signs in by a provider, whose
    matter that is."""
    return account.password is not None and account.totp is None and bool({*account.roles} & {*demanded(session)})
