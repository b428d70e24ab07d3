"""Passwords as they are kept: argon2id, long enough, and none that everybody knows of the account."""

import secrets
from base64 import b64encode
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from ..engine.base.text import Text, nfc
from .refused import wrong

SHORTEST: Final = 12
"""Characters of a password."""
LONGEST: Final = 500

# OWASP's least for argon2id: what tries one password costs so much memory and time.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_RANDOM: Final = [
    b64encode(secrets.token_bytes(length)).decode().rstrip("=") for length in (_HASHER.salt_len, _HASHER.hash_len)
]
NOBODY: Final = "$".join(
    ("", "argon2id", "v=19", "m={0.memory_cost},t={0.time_cost},p={0.parallelism}", *_RANDOM)
).format(_HASHER)
"""What a password is held against where there is none to hold it against: it takes as long as where there is.

It is drawn, not computed from a password, for that takes as long at every start.
"""


def hashed(password: str, *known: str) -> str:
    """A password as it is kept. Raises Refused for one that is too short, or is what everybody knows of the account."""
    password = nfc(password)
    if len(password) < SHORTEST or len(password) > LONGEST or len(set(password)) < SHORTEST // 3:
        raise wrong(
            Text(
                f"Mật khẩu phải có từ {SHORTEST} đến {LONGEST} ký tự, không lặp lại vài ký tự",
                f"A password has {SHORTEST} to {LONGEST} characters, and not the same few",
            ),
            Text("Dùng một câu dài dễ nhớ", "Use a long sentence that is easy to remember"),
        )
    if any(len(words) > 2 and nfc(words).strip().casefold() in password.casefold() for words in known):
        raise wrong(
            Text("Mật khẩu chứa tên đăng nhập hoặc họ tên", "The password holds the login or the name"),
            Text("Chọn mật khẩu khác", "Choose another"),
        )
    return _HASHER.hash(password)


def holds(kept: str | None, password: str) -> bool:
    """Whether this is the password that is kept; of none that is kept, no."""
    try:
        return _HASHER.verify(kept or NOBODY, nfc(password[:LONGEST]))
    except (Argon2Error, InvalidHashError):
        return False
