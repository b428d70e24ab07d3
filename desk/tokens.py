"""Tokens: by which programs act for accounts, within scopes and for so many days."""

import datetime
import secrets
from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import select

from ..engine.base.text import Text
from .accounts import acting, enrol_first, unknown, worded
from .model import Account, Token
from .permissions import SCOPES, Actor, Scope
from .refused import no_such, wrong
from .second_factor import lacking
from .store import DeskStore
from .vault import digest_of

LONGEST_TOKEN: Final = 366
"""Days for which a token may be good."""


class Tokens:
    """The tokens of a desk. Whoever asks is given first."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def add_token(self, actor: Actor, label: str, scopes: Collection[Scope], days: int = 90) -> tuple[str, Token]:
        """Make a token for a program that acts for the account: it is shown once, and kept as a digest. Raises Refused."""
        label = worded(label, Text("tên của mã truy cập", "the label of the token"))
        if not scopes or not set(scopes) <= set(SCOPES) or not 1 <= days <= LONGEST_TOKEN:
            raise wrong(
                Text(
                    "Phạm vi hoặc thời hạn của mã truy cập không hợp lệ",
                    "The scopes or days of the token are not valid",
                ),
                Text(
                    f"Chọn ít nhất một phạm vi ({', '.join(one.vi for one in SCOPES.values())}) và 1–{LONGEST_TOKEN} ngày",
                    f"Choose a scope or more ({', '.join(SCOPES)}) and 1 to {LONGEST_TOKEN} days",
                ),
            )
        token = secrets.token_urlsafe(32)
        with self._store.writing() as writing:
            account = acting(writing.session, actor)
            if actor.scopes is not None and not set(scopes) <= set(actor.scopes):
                raise no_such(Text("phạm vi", "scope"))
            made = Token(
                account_id=account.id,
                label=label,
                digest=digest_of(token.encode()),
                scopes=sorted(set(scopes)),
                created=writing.at,
                expires=writing.at + datetime.timedelta(days=days),
            )
            writing.session.add(made)
            writing.record("add_token", account.id)
        return token, made

    def tokens(self, actor: Actor) -> Sequence[Token]:
        """The tokens of the account that asks, the newest first. Raises Refused."""
        with self._store.reading() as session:
            account = acting(session, actor)
            found = select(Token).where(Token.account_id == account.id).order_by(Token.id.desc())
            return session.scalars(found).all()

    def of_program(self, token: str) -> Actor:
        """Who has given a program this token. Raises Refused."""
        with self._store.reading() as session:
            row = session.scalars(select(Token).where(Token.digest == digest_of(token.encode()))).one_or_none()
            account = None if row is None else session.get(Account, row.account_id)
            must_enrol = account is not None and lacking(session, account)
        if row is None or row.revoked or row.expires < self._store.clock() or account is None or not account.active:
            raise unknown()
        if must_enrol:
            raise enrol_first()
        return Actor(account.id, tuple(scope for scope in SCOPES if scope in row.scopes))

    def revoke_token(self, actor: Actor, token_id: int) -> None:
        """End a token of the account that asks. Raises Refused."""
        with self._store.writing() as writing:
            account, token = acting(writing.session, actor), writing.session.get(Token, token_id)
            if token is None or token.account_id != account.id:
                raise no_such(Text("mã truy cập", "token"))
            token.revoked = True
            writing.record("revoke_token", account.id)
