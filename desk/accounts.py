"""Who is who at the desk: organisations, accounts, passwords, browsers that are signed in, tokens for programs."""

import datetime
import hmac
import re
import secrets
from collections.abc import Collection, Sequence
from typing import Any, Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..engine.base.inert import printable
from ..engine.base.record import Record
from ..engine.base.text import Text, nfc
from .model import Account, Attempt, Failed, Organisation, Policy, Retention, SignedIn, Token, UsedCode
from .permissions import ALONE, SCOPES, Actor, Scope, refusal
from .refused import Refused, no_such
from .second_factor import demanded, lacking, new_recovery_codes, new_secret, step_of, taken
from .store import DeskStore, Writing
from .vault import digest_of
from .vocabulary import ROLES, Role

SHORTEST: Final = 12
"""Characters of a password."""
LONGEST: Final = 500
IDLE: Final = datetime.timedelta(minutes=30)
"""After so long without a page a browser has to sign in again."""
WHOLE: Final = datetime.timedelta(hours=12)
"""After so long it has to, whatever it does."""
_SEEN: Final = datetime.timedelta(minutes=1)
FREE: Final = 5
"""How many times in a row a sign-in may fail before the next has to wait: a second, then twice as long each time."""
LONGEST_WAIT: Final = 900
ATTEMPTS: Final = 200
"""How many sign-ins a page shows."""
REMEMBERED: Final = datetime.timedelta(days=400)
"""For how long it is known who signed in, or tried to."""
LONGEST_TOKEN: Final = 366
"""Days for which a token may be good."""

# OWASP's least for argon2id: what tries one password costs so much memory and time.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY: Final = _HASHER.hash(secrets.token_hex())
"""What a password is held against where there is no such account: it takes as long as where there is one."""
_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._@-]{1,99}")
ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
"""What browsers take for an e-mail address: one, to which every mail server sends."""


class SignIn(Record):
    """A browser that has just signed in: the `token` is for its cookie alone, `csrf` for its forms."""

    token: str
    csrf: str
    actor: Actor
    name: str
    must_enrol: bool = False
    """Whether nothing is open to the account but its own page, until it has a second factor."""


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

    def sign_in(self, login: str, password: str, code: str = "", origin: str = "") -> SignIn:
        """Sign in by password, and by a `code` where the account has a second factor; `origin` is from where that is asked.

        Raises Refused; each failure after the first few makes the next attempt wait.
        """
        key, due = digest_of(_plain(login).encode()), self._store.clock()
        with self._store.reading() as session:
            account = _found(session, login)
            wait = _waiting(session, key, due)
        if wait:
            self._tried(account, origin, "waiting")
            raise _wait(wait)
        usable = account is not None and account.active and account.password is not None
        right = _holds(account.password if usable and account is not None else _NOBODY, password)
        if account is None or not usable or not right or not self._seconded(account, code):
            self._failed(key)
            self._tried(account, origin, "wrong_code" if right else "wrong")
            raise Refused(
                "unauthenticated",
                Text(
                    "Tên đăng nhập, mật khẩu hoặc mã xác thực không đúng",
                    "The login, the password or the code is wrong",
                ),
                Text(
                    "Nhập lại; nếu quên mật khẩu hoặc mất điện thoại, nhờ người quản trị đặt lại",
                    "Try again; if you forgot the password or lost the phone, have the administrator set another",
                ),
            )
        self._tried(account, origin, "password")
        return self.signed_in(account, key)

    def _seconded(self, account: Account, code: str) -> bool:
        """Whether the code is right, where the account has a second factor; it is then used."""
        if account.totp is None:
            return True
        with self._store.writing() as writing:
            ours = acting(writing.session, Actor(account.id))
            used = None if ours.totp is None else taken(writing.session, ours, code, writing.at.timestamp())
            if used == "use_recovery_code":
                writing.record(used, account.id)
        return used is not None

    def _tried(self, account: Account | None, origin: str, result: str) -> None:
        with self._store.writing() as writing:
            writing.session.execute(delete(Attempt).where(Attempt.at < writing.at - REMEMBERED))
            known = None if account is None else account.id
            writing.session.add(Attempt(at=writing.at, account_id=known, origin=origin, result=result))

    def attempts(self, actor: Actor, before: int | None = None) -> Sequence[tuple[Attempt, Account | None]]:
        """The sign-ins that were tried, the latest first, each with the account if there is one of the login. Raises Refused."""
        with self._store.reading() as session:
            allowed(session, actor, "read_attempts")
            found = select(Attempt, Account).outerjoin(Account, Account.id == Attempt.account_id)
            if before is not None:
                found = found.where(Attempt.id < before)
            return [
                (one, account) for one, account in session.execute(found.order_by(Attempt.id.desc()).limit(ATTEMPTS))
            ]

    def enable_second_factor(self, actor: Actor, password: str, secret: str, code: str) -> list[str]:
        """Give one's own account a second factor, once a code shows that the app has the secret; gives the recovery codes.

        Raises Refused.
        """
        self._confirm(actor, password)
        with self._store.writing() as writing:
            account = acting(writing.session, actor)
            step = step_of(secret, code, writing.at.timestamp()) if len(secret) == len(new_secret()) else None
            if step is None:
                raise _wrong(
                    Text("Mã xác thực không đúng", "The code is wrong"),
                    Text(
                        "Quét lại mã QR, xem giờ của điện thoại có đúng không, rồi nhập mã đang hiện",
                        "Scan the QR code again, see that the phone's time is right, and enter the code that it shows",
                    ),
                )
            codes = new_recovery_codes()
            account.totp, account.recovery = secret, [digest_of(one.encode()) for one in codes]
            writing.session.merge(UsedCode(account_id=account.id, step=step))
            writing.record("enable_second_factor", account.id)
        return codes

    def drop_second_factor(self, actor: Actor, password: str) -> None:
        """Take away one's own second factor; where it is demanded, another is to be set up next. Raises Refused."""
        self._confirm(actor, password)
        with self._store.writing() as writing:
            account = acting(writing.session, actor)
            account.totp = account.recovery = None
            writing.record("drop_second_factor", account.id)

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

    def _confirm(self, actor: Actor, password: str) -> None:
        """See that it is somebody with the password of the account who asks. Raises Refused."""
        with self._store.reading() as session:
            account = acting(session, actor)
            key = digest_of(account.login.encode())
            wait = _waiting(session, key, self._store.clock())
        if wait:
            raise _wait(wait)
        if actor.scopes is not None or account.password is None or not _holds(account.password, password):
            self._failed(key)
            raise Refused(
                "forbidden",
                Text("Mật khẩu hiện tại không đúng", "The present password is wrong"),
                Text("Nhập lại mật khẩu hiện tại", "Enter the present password again"),
            )

    def sign_in_as(self, subject: str, address: str | None, origin: str = "") -> SignIn:
        """Sign in whom a provider of sign-in vouches for: the account of that `subject`, or one of that address that has none
        yet. Raises Refused where there is none."""
        with self._store.writing() as writing:
            found = select(Account).where(Account.active, Account.subject == subject)
            account = writing.session.scalars(found).one_or_none()
            if account is None and address is not None:
                unbound = select(Account).where(Account.active, Account.subject.is_(None))
                matches = [one for one in writing.session.scalars(unbound) if one.address == address.casefold()]
                if len(matches) == 1:
                    [account] = matches
                    account.subject = subject
                    writing.record("bind_subject", account.id)
        self._tried(account, origin, "provider")
        if account is None:
            raise Refused(
                "unauthenticated",
                Text(
                    "Chưa có tài khoản nào ở bàn thẩm định cho người này",
                    "There is no account at the desk for this person",
                ),
                Text("Nhờ người quản trị lập tài khoản", "Have the administrator make one"),
            )
        return self.signed_in(account)

    def signed_in(self, account: Account, failures: str | None = None) -> SignIn:
        """Sign in an account that has shown who it is."""
        token, due = secrets.token_urlsafe(32), self._store.clock()
        with self._store.writing() as writing:
            writing.session.execute(delete(SignedIn).where(SignedIn.begun < due - WHOLE))
            if failures is not None:
                writing.session.execute(delete(Failed).where(Failed.digest == failures))
            writing.session.add(SignedIn(digest=digest_of(token.encode()), account_id=account.id, begun=due, seen=due))
            must_enrol = lacking(writing.session, account)
        return SignIn(token, _csrf(token), Actor(account.id), account.name, must_enrol)

    def of_browser(self, token: str) -> SignIn:
        """Who has this token in a cookie. Raises Refused where nobody has, or it was idle for too long."""
        due = self._store.clock()
        with self._store.reading() as session:
            row = session.get(SignedIn, digest_of(token.encode()))
            account = None if row is None else session.get(Account, row.account_id)
            must_enrol = account is not None and lacking(session, account)
        if row is None or account is None or not account.active or due > min(row.seen + IDLE, row.begun + WHOLE):
            raise unknown()
        if due - row.seen > _SEEN:
            with self._store.writing() as writing:
                if (still := writing.session.get(SignedIn, row.digest)) is not None:
                    still.seen = due
        return SignIn(token, _csrf(token), Actor(account.id), account.name, must_enrol)

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

    def sign_out(self, token: str) -> None:
        """Forget a browser."""
        with self._store.writing() as writing:
            writing.session.execute(delete(SignedIn).where(SignedIn.digest == digest_of(token.encode())))

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
            return _found(session, login)

    def add_organisation(
        self, actor: Actor | None, name: str, district: str | None = None, kind: str | None = None
    ) -> Organisation:
        """Make an organisation. Raises Refused where there is one of the name."""
        name = _words(name, Text("tên đơn vị", "the name of the organisation"))
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
        login, name = _plain(login), _words(name, Text("họ tên", "the name"))
        if not _LOGIN.fullmatch(login):
            raise _wrong(
                Text("Tên đăng nhập không hợp lệ", "The login is not valid"),
                Text(
                    "Dùng chữ cái không dấu, chữ số và . _ @ -, ít nhất 2 ký tự",
                    "Use letters without marks, digits and . _ @ -, at least 2 of them",
                ),
            )
        with self._store.writing() as writing:
            by = None if actor is None else allowed(writing.session, actor, "manage").id
            self._check(writing.session, roles, organisation_id, address)
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
            self._check(writing.session, account.roles, account.organisation_id, account.address)  # type: ignore[arg-type]
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
            self._new_password(writing, _named(writing.session, login), password)
            writing.record("set_password", by)

    def change_password(self, actor: Actor, before: str, password: str) -> None:
        """Change one's own password, from what it was; one is signed out everywhere. Raises Refused."""
        self._confirm(actor, before)
        with self._store.writing() as writing:
            self._new_password(writing, acting(writing.session, actor), password)
            writing.record("change_password", actor.account_id)

    def add_token(self, actor: Actor, label: str, scopes: Collection[Scope], days: int = 90) -> tuple[str, Token]:
        """Make a token for a program that acts for the account: it is shown once, and kept as a digest. Raises Refused."""
        label = _words(label, Text("tên của mã truy cập", "the label of the token"))
        if not scopes or not set(scopes) <= set(SCOPES) or not 1 <= days <= LONGEST_TOKEN:
            raise _wrong(
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

    def revoke_token(self, actor: Actor, token_id: int) -> None:
        """End a token of the account that asks. Raises Refused."""
        with self._store.writing() as writing:
            account, token = acting(writing.session, actor), writing.session.get(Token, token_id)
            if token is None or token.account_id != account.id:
                raise no_such(Text("mã truy cập", "token"))
            token.revoked = True
            writing.record("revoke_token", account.id)

    def set_retention(self, actor: Actor | None, days: int) -> None:
        """For how many days cases are kept after they were closed. Raises Refused."""
        if days < 1:
            raise _wrong(
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

    def _check(
        self, session: Session, roles: Collection[Role], organisation_id: int | None, address: str | None
    ) -> None:
        if not roles or not set(roles) <= set(ROLES):
            raise _wrong(
                Text("Vai trò không hợp lệ", "The roles are not valid"),
                Text(f"Chọn trong: {', '.join(one.vi for one in ROLES.values())}", f"Choose among: {', '.join(ROLES)}"),
            )
        if len(set(roles)) > 1 and (alone := ALONE & set(roles)):
            names = ", ".join(ROLES[role].vi for role in alone), ", ".join(ROLES[role].en for role in alone)
            raise _wrong(
                Text(f"Vai trò {names[0]} không kiêm vai trò khác", f"The role {names[1]} goes with no other"),
                Text("Lập tài khoản riêng cho vai trò kia", "Make another account for the other role"),
            )
        if organisation_id is None and "office" in roles:
            raise _wrong(
                Text("Tài khoản của đơn vị phải thuộc một đơn vị", "An office's account belongs to an organisation"),
                Text("Chọn đơn vị", "Choose the organisation"),
            )
        if organisation_id is not None and session.get(Organisation, organisation_id) is None:
            raise no_such(Text("đơn vị", "organisation"))
        if address and not ADDRESS.fullmatch(address):
            raise _wrong(
                Text("Địa chỉ thư điện tử không hợp lệ", "The e-mail address is not valid"),
                Text("Viết như ten@coquan.vn", "Write it as name@office.vn"),
            )

    def _new_password(self, writing: Writing, account: Account, password: str) -> None:
        account.password = hashed(password, account.login, account.name)
        _sign_out_everywhere(writing, account)
        writing.session.execute(delete(Failed).where(Failed.digest == digest_of(account.login.encode())))

    def _failed(self, key: str) -> None:
        with self._store.writing() as writing:
            writing.session.execute(delete(Failed).where(Failed.until < writing.at - WHOLE))
            row = writing.session.get(Failed, key)
            if row is None:
                row = Failed(digest=key, times=0, until=writing.at)
                writing.session.add(row)
            row.times += 1
            wait = 0 if row.times < FREE else min(2 ** min(row.times - FREE, 20), LONGEST_WAIT)
            row.until = writing.at + datetime.timedelta(seconds=wait)


def _waiting(session: Session, key: str, due: datetime.datetime) -> int:
    """How many seconds whoever asks for this login has to wait after failures; 0 where they need not."""
    failed = session.get(Failed, key)
    return 0 if failed is None or failed.until <= due else int((failed.until - due).total_seconds()) + 1


def hashed(password: str, *known: str) -> str:
    """A password as it is kept. Raises Refused for one that is too short, or is what everybody knows of the account."""
    password = nfc(password)
    if len(password) < SHORTEST or len(password) > LONGEST or len(set(password)) < SHORTEST // 3:
        raise _wrong(
            Text(
                f"Mật khẩu phải có từ {SHORTEST} đến {LONGEST} ký tự, không lặp lại vài ký tự",
                f"A password has {SHORTEST} to {LONGEST} characters, and not the same few",
            ),
            Text("Dùng một câu dài dễ nhớ", "Use a long sentence that is easy to remember"),
        )
    if any(len(words) > 2 and _plain(words) in _plain(password) for words in known):
        raise _wrong(
            Text("Mật khẩu chứa tên đăng nhập hoặc họ tên", "The password holds the login or the name"),
            Text("Chọn mật khẩu khác", "Choose another"),
        )
    return _HASHER.hash(password)


def _holds(kept: str | None, password: str) -> bool:
    try:
        return _HASHER.verify(kept or _NOBODY, nfc(password[:LONGEST]))
    except (Argon2Error, InvalidHashError):
        return False


def _csrf(token: str) -> str:
    return hmac.new(token.encode(), b"forms", "sha256").hexdigest()


def _found(session: Session, login: str) -> Account | None:
    return session.scalars(select(Account).where(Account.login == _plain(login))).one_or_none()


def _named(session: Session, login: str) -> Account:
    if (account := _found(session, login)) is None:
        raise no_such(Text(f"tài khoản “{login}”", f"account “{login}”"))
    return account


def _sign_out_everywhere(writing: Writing, account: Account) -> None:
    writing.session.execute(delete(SignedIn).where(SignedIn.account_id == account.id))


def _plain(login: str) -> str:
    return nfc(login).strip().casefold()


def _words(given: str, what: Text, most: int = 300) -> str:
    words = printable(" ".join(given.split()))
    if not words or len(words) > most:
        raise _wrong(
            Text(f"Thiếu hoặc quá dài: {what.vi}", f"Missing or too long: {what.en}"),
            Text(f"Nhập từ 1 đến {most} ký tự", f"Enter 1 to {most} characters"),
        )
    return words


def _wrong(message: Text, fix: Text) -> Refused:
    return Refused("invalid", message, fix)


def _taken(what: Text) -> Refused:
    return Refused(
        "conflict",
        Text(f"Đã có {what.vi}", f"There is already {what.en}"),
        Text("Chọn tên khác", "Choose another name"),
    )


def _wait(seconds: int) -> Refused:
    return Refused(
        "too_many",
        Text("Đăng nhập sai quá nhiều lần", "Sign-in has failed too often"),
        Text(f"Chờ {seconds} giây rồi thử lại", f"Wait {seconds} s and try again"),
        seconds,
    )
