"""Who is who at the desk: organisations and accounts, what they are called and may do, and what the administrator sets."""

import re
from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..engine.base.inert import printable
from ..engine.base.text import Text, nfc
from .events import Writing
from .model import Account, Failed, Organisation, Policy, Retention, SignedIn
from .passwords import hashed
from .permissions import ALONE, Actor, refusal
from .refused import Refused, no_such, wrong
from .second_factor import demanded
from .store import DeskStore
from .vault import digest_of
from .vocabulary import ROLES, Role

_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._@-]{1,99}")
ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
"""What browsers take for an e-mail address: one, to which every mail server sends."""


def acting(session: Session, actor: Actor) -> Account:
    """The account that asks, as it is now. Raises Refused where it is closed."""
    account = session.get(Account, actor.account_id)
    if account is None or not account.active:
        raise unknown()
    return account


def allowed(session: Session, actor: Actor, action: str) -> Account:
    """The account that asks for what is about no case. Raises Refused where it may not."""
    account = acting(session, actor)
    if (refused := refusal(action, account, actor.scopes)) is not None:
        raise refused
    return account


def unknown() -> Refused:
    return Refused(
        "unauthenticated",
        Text("Chưa đăng nhập, hoặc phiên làm việc đã hết", "Not signed in, or no longer"),
        Text("Đăng nhập rồi làm lại; nội dung đã nhập được giữ nguyên", "Sign in and do it again"),
    )


def enrol_first() -> Refused:
    return Refused(
        "forbidden",
        Text(
            "Vai trò này phải đăng nhập bằng hai lớp, mà tài khoản chưa bật lớp thứ hai",
            "This role signs in with a second factor, and the account has none yet",
        ),
        Text(
            "Mở trang tài khoản của mình (bấm vào tên mình ở đầu trang) và bật xác thực hai lớp",
            "Open the page of your account (your name at the top) and set it up",
        ),
    )


class Accounts:
    """The accounts of a desk. Whoever asks is given first; None is whoever has the desk's folder before them (the console)."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def me(self, actor: Actor) -> Account:
        """The account that asks. Raises Refused."""
        with self._store.reading() as session:
            return acting(session, actor)

    def all(self, actor: Actor | None) -> tuple[Sequence[Account], Sequence[Organisation]]:
        """All accounts, by login, and all organisations, by name. Raises Refused."""
        with self._store.reading() as session:
            if actor is not None:
                allowed(session, actor, "manage")
            accounts = session.scalars(select(Account).order_by(Account.login)).all()
            return accounts, sorted(session.scalars(select(Organisation)), key=lambda one: one.name)

    def found(self, login: str) -> Account | None:
        """The account of a login, if there is one."""
        with self._store.reading() as session:
            return found_by(session, login)

    def add_organisation(
        self, actor: Actor | None, name: str, district: str | None = None, kind: str | None = None
    ) -> Organisation:
        """Make an organisation. Raises Refused where there is one of the name."""
        name = worded(name, Text("tên đơn vị", "the name of the organisation"))
        with self._store.writing() as writing:
            by = None if actor is None else allowed(writing.session, actor, "manage").id
            if name in writing.session.scalars(select(Organisation.name)).all():
                raise _taken(Text(f"đơn vị “{name}”", f"the organisation “{name}”"))
            made = Organisation(name=name, district=district or None, kind=kind or None)
            writing.session.add(made)
            writing.record("add_organisation", by)
        return made

    def add(
        self,
        actor: Actor | None,
        login: str,
        name: str,
        roles: Collection[Role],
        password: str | None = None,
        organisation_id: int | None = None,
        address: str | None = None,
    ) -> Account:
        """Make an account; without a password it signs in by a provider alone. Raises Refused."""
        login, name = plain(login), worded(name, Text("họ tên", "the name"))
        if not _LOGIN.fullmatch(login):
            raise wrong(
                Text("Tên đăng nhập không hợp lệ", "The login is not valid"),
                Text(
                    "Dùng chữ cái không dấu, chữ số và . _ @ -, ít nhất 2 ký tự",
                    "Use letters without marks, digits and . _ @ -, at least 2 of them",
                ),
            )
        with self._store.writing() as writing:
            by = None if actor is None else allowed(writing.session, actor, "manage").id
            _check(writing.session, roles, organisation_id, address)
            if writing.session.scalars(select(Account.id).where(Account.login == login)).first() is not None:
                raise _taken(Text(f"tài khoản “{login}”", f"the account “{login}”"))
            made = Account(
                login=login,
                name=name,
                roles=sorted(set(roles)),
                created=writing.at,
                organisation_id=organisation_id,
                address=None if not address else address.casefold(),
                password=None if password is None else hashed(password, login, name),
            )
            writing.session.add(made)
            writing.record("add_account", by)
        return made

    def change(self, actor: Actor | None, login: str, **changes: Any) -> Account:
        """Change an account: `name`, `roles`, `organisation_id`, `address`, `active`; `totp` may be taken away (None), where
        somebody has lost their phone. Raises Refused.

        Somebody who is no longer an administrator must leave one behind.
        """
        with self._store.writing() as writing:
            by = None if actor is None else allowed(writing.session, actor, "manage").id
            account = _named(writing.session, login)
            for field in ("name", "roles", "organisation_id", "address", "active"):
                if field in changes:
                    value = changes[field]
                    setattr(account, field, sorted(set(value)) if field == "roles" else value)
            account.address = account.address.casefold() if account.address else None
            if "totp" in changes:
                account.totp = account.recovery = None
                _sign_out_everywhere(writing, account)
            _check(writing.session, account.roles, account.organisation_id, account.address)  # type: ignore[arg-type]
            writing.session.flush()
            others = writing.session.scalars(select(Account).where(Account.active)).all()
            if not any("administrator" in other.roles for other in others):
                raise Refused(
                    "conflict",
                    Text("Phải còn ít nhất một người quản trị", "There must be an administrator left"),
                    Text("Lập người quản trị khác trước", "Make another administrator first"),
                )
            if not account.active:
                _sign_out_everywhere(writing, account)
            writing.record("change_account", by)
        return account

    def set_password(self, actor: Actor | None, login: str, password: str) -> None:
        """Give an account a password, by an administrator; it is signed out everywhere. Raises Refused."""
        with self._store.writing() as writing:
            by = None if actor is None else allowed(writing.session, actor, "manage").id
            new_password(writing, _named(writing.session, login), password)
            writing.record("set_password", by)

    def demand_second_factor(self, actor: Actor | None, roles: Collection[Role]) -> None:
        """Let accounts with these roles sign in by password with a second factor only. Raises Refused."""
        with self._store.writing() as writing:
            by = None if actor is None else allowed(writing.session, actor, "manage").id
            writing.session.merge(Policy(second_factor=sorted(set(roles) & set(ROLES))))
            writing.record("demand_second_factor", by)

    def second_factor_demanded(self) -> list[Role]:
        """The roles that sign in by password with a second factor only."""
        with self._store.reading() as session:
            return demanded(session)

    def set_retention(self, actor: Actor | None, days: int) -> None:
        """For how many days cases are kept after they were closed. Raises Refused."""
        if days < 1:
            raise wrong(
                Text("Thời hạn lưu phải từ 1 ngày", "Cases are kept for a day or more"),
                Text("Nhập số ngày, ví dụ 3650", "Enter a number of days, such as 3650"),
            )
        with self._store.writing() as writing:
            by = None if actor is None else allowed(writing.session, actor, "manage").id
            writing.session.merge(Retention(days=days))
            writing.record("set_retention", by)

    def retention(self) -> int | None:
        """For how many days cases are kept after they were closed; None where nobody has said."""
        with self._store.reading() as session:
            row = session.get(Retention, 1)
            return None if row is None else row.days


def _check(session: Session, roles: Collection[Role], organisation_id: int | None, address: str | None) -> None:
    if not roles or not set(roles) <= set(ROLES):
        raise wrong(
            Text("Vai trò không hợp lệ", "The roles are not valid"),
            Text(f"Chọn trong: {', '.join(one.vi for one in ROLES.values())}", f"Choose among: {', '.join(ROLES)}"),
        )
    if len(set(roles)) > 1 and (alone := ALONE & set(roles)):
        names = ", ".join(ROLES[role].vi for role in alone), ", ".join(ROLES[role].en for role in alone)
        raise wrong(
            Text(f"Vai trò {names[0]} không kiêm vai trò khác", f"The role {names[1]} goes with no other"),
            Text("Lập tài khoản riêng cho vai trò kia", "Make another account for the other role"),
        )
    if organisation_id is None and "office" in roles:
        raise wrong(
            Text("Tài khoản của đơn vị phải thuộc một đơn vị", "An office's account belongs to an organisation"),
            Text("Chọn đơn vị", "Choose the organisation"),
        )
    if organisation_id is not None and session.get(Organisation, organisation_id) is None:
        raise no_such(Text("đơn vị", "organisation"))
    if address and not ADDRESS.fullmatch(address):
        raise wrong(
            Text("Địa chỉ thư điện tử không hợp lệ", "The e-mail address is not valid"),
            Text("Viết như ten@coquan.vn", "Write it as name@office.vn"),
        )


def new_password(writing: Writing, account: Account, password: str) -> None:
    """Give an account a password; it is signed out everywhere, and may try at once. Raises Refused."""
    account.password = hashed(password, account.login, account.name)
    _sign_out_everywhere(writing, account)
    writing.session.execute(delete(Failed).where(Failed.digest == digest_of(account.login.encode())))


def found_by(session: Session, login: str) -> Account | None:
    """The account of a login, if there is one."""
    return session.scalars(select(Account).where(Account.login == plain(login))).one_or_none()


def _named(session: Session, login: str) -> Account:
    if (account := found_by(session, login)) is None:
        raise no_such(Text(f"tài khoản “{login}”", f"account “{login}”"))
    return account


def _sign_out_everywhere(writing: Writing, account: Account) -> None:
    writing.session.execute(delete(SignedIn).where(SignedIn.account_id == account.id))


def plain(login: str) -> str:
    """A login or name as it is compared."""
    return nfc(login).strip().casefold()


def worded(given: str, what: Text, most: int = 300) -> str:
    """A name in one line, as it can be shown. Raises Refused for none, and for one that is too long."""
    words = printable(" ".join(given.split()))
    if not words or len(words) > most:
        raise wrong(
            Text(f"Thiếu hoặc quá dài: {what.vi}", f"Missing or too long: {what.en}"),
            Text(f"Nhập từ 1 đến {most} ký tự", f"Enter 1 to {most} characters"),
        )
    return words


def _taken(what: Text) -> Refused:
    return Refused(
        "conflict",
        Text(f"Đã có {what.vi}", f"There is already {what.en}"),
        Text("Chọn tên khác", "Choose another name"),
    )
