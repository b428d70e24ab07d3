"""Who is signed in: by password and second factor, or by a provider of sign-in; and what one changes of one's own account."""

import datetime
import hmac
import secrets
from collections.abc import Sequence
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..engine.base.record import Record
from ..engine.base.text import Text
from .accounts import acting, allowed, found_by, new_password, plain, unknown
from .model import Account, Attempt, Failed, SignedIn, UsedCode
from .passwords import holds
from .permissions import Actor
from .refused import Refused, wrong
from .second_factor import lacking, new_recovery_codes, new_secret, step_of, taken
from .store import DeskStore
from .vault import digest_of

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


class SignIn(Record):
    """A browser that has just signed in: the `token` is for its cookie alone, `csrf` for its forms."""

    token: str
    csrf: str
    actor: Actor
    name: str
    must_enrol: bool = False
    """Whether nothing is open to the account but its own page, until it has a second factor."""


class Sessions:
    """The browsers that are signed in at a desk, and how they come to be."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def sign_in(self, login: str, password: str, code: str = "", origin: str = "") -> SignIn:
        """Sign in by password, and by a `code` where the account has a second factor; `origin` is from where that is asked.

        Raises Refused; each failure after the first few makes the next attempt wait.
        """
        key, due = digest_of(plain(login).encode()), self._store.clock()
        with self._store.reading() as session:
            account = found_by(session, login)
            wait = _waiting(session, key, due)
        if wait:
            self._tried(account, origin, "waiting")
            raise _wait(wait)
        usable = account is not None and account.active and account.password is not None
        right = holds(account.password if usable and account is not None else None, password)
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

    def sign_out(self, token: str) -> None:
        """Forget a browser."""
        with self._store.writing() as writing:
            writing.session.execute(delete(SignedIn).where(SignedIn.digest == digest_of(token.encode())))

    def change_password(self, actor: Actor, before: str, password: str) -> None:
        """Change one's own password, from what it was; one is signed out everywhere. Raises Refused."""
        self._confirm(actor, before)
        with self._store.writing() as writing:
            new_password(writing, acting(writing.session, actor), password)
            writing.record("change_password", actor.account_id)

    def enable_second_factor(self, actor: Actor, password: str, secret: str, code: str) -> list[str]:
        """Give one's own account a second factor, once a code shows that the app has the secret; gives the recovery codes.

        Raises Refused.
        """
        self._confirm(actor, password)
        with self._store.writing() as writing:
            account = acting(writing.session, actor)
            step = step_of(secret, code, writing.at.timestamp()) if len(secret) == len(new_secret()) else None
            if step is None:
                raise wrong(
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

    def _confirm(self, actor: Actor, password: str) -> None:
        """See that it is somebody with the password of the account who asks. Raises Refused."""
        with self._store.reading() as session:
            account = acting(session, actor)
            key = digest_of(account.login.encode())
            wait = _waiting(session, key, self._store.clock())
        if wait:
            raise _wait(wait)
        if actor.scopes is not None or account.password is None or not holds(account.password, password):
            self._failed(key)
            raise Refused(
                "forbidden",
                Text("Mật khẩu hiện tại không đúng", "The present password is wrong"),
                Text("Nhập lại mật khẩu hiện tại", "Enter the present password again"),
            )

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


def _csrf(token: str) -> str:
    return hmac.new(token.encode(), b"forms", "sha256").hexdigest()


def _wait(seconds: int) -> Refused:
    return Refused(
        "too_many",
        Text("Đăng nhập sai quá nhiều lần", "Sign-in has failed too often"),
        Text(f"Chờ {seconds} giây rồi thử lại", f"Wait {seconds} s and try again"),
        seconds,
    )
