"""What the desk keeps, as tables. Rows of `Tracked` tables change only together with an event that holds the change."""

import datetime
from contextvars import ContextVar
from typing import Annotated, Any, ClassVar, Final

from sqlalchemy import Date, ForeignKey, Index, MetaData, String, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
from sqlalchemy.types import JSON, TypeDecorator

from .vault import Damaged, Vault

SECRET: Final = {"secret": True}
"""Of a column whose value no event holds, only a digest of it."""


class Instant(TypeDecorator[datetime.datetime]):
    """An instant in UTC as text that sorts by time, the same in every database."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else value.astimezone(datetime.UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime.datetime | None:  # noqa: ARG002
        return None if value is None else datetime.datetime.fromisoformat(value)


class AsKept(str):
    """Words as they are kept, sealed already: for backups, which are written and restored without opening anything."""


damage_shown: Final = ContextVar("damage_shown", default=False)
"""Whether words that can't be opened read as `DAMAGED`, for whoever looks for what was changed; they raise Damaged otherwise."""
DAMAGED: Final = "\ufffd"


class Sealed(TypeDecorator[str]):
    """Words of people and names, which the database holds encrypted: it can neither look for them nor sort by them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value if value is None else str(value) if isinstance(value, AsKept) else _vault(dialect).seal(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        try:
            return value if value is None else _vault(dialect).unseal(value)
        except Damaged:
            if not damage_shown.get():
                raise
            return DAMAGED


def _vault(dialect: Dialect) -> Vault:
    """The vault with whose key a database seals words (store.open_desk_store)."""
    found: Vault = dialect.vault  # type: ignore[attr-defined]
    return found


Words = Annotated[str, mapped_column(Sealed())]


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """The base of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime.datetime: Instant(),
        datetime.date: Date(),
        list[str]: JSON(),
        str: Text(),
    }


class Tracked:
    """A table that `verify` holds against the events, row by row."""


class Organisation(Tracked, Base):
    """An organisation that submits. `kind` and `district` are those of the plans' own words."""

    __tablename__ = "organisations"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[Words]
    district: Mapped[str | None] = mapped_column(default=None)
    kind: Mapped[str | None] = mapped_column(default=None)


class Account(Tracked, Base):
    """A person at the desk. `login` is compared without case; `subject` is who they are at the provider of sign-in,
    `totp` the secret of their second factor, `recovery` digests of the codes that stand in for it once each."""

    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Words]
    roles: Mapped[list[str]]
    created: Mapped[datetime.datetime]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id), default=None)
    address: Mapped[Words | None] = mapped_column(default=None)
    password: Mapped[str | None] = mapped_column(default=None, repr=False, info=SECRET)
    subject: Mapped[str | None] = mapped_column(unique=True, default=None)
    totp: Mapped[Words | None] = mapped_column(default=None, repr=False, info=SECRET)
    recovery: Mapped[list[str] | None] = mapped_column(default=None, repr=False)
    active: Mapped[bool] = mapped_column(default=True)


class Case(Tracked, Base):
    """One plan on its way through appraisal. `version` is the number of its latest version; what the list filters by is
    that version's. `proposal` is what the appraiser proposes, "accept" or "return"."""

    __tablename__ = "cases"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    title: Mapped[Words]
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    district: Mapped[str | None]
    kind: Mapped[str | None]
    state: Mapped[str]
    created: Mapped[datetime.datetime]
    changed: Mapped[datetime.datetime]
    directive: Mapped[str]
    status: Mapped[str]
    errors: Mapped[int]
    warnings: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    appraiser_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id), default=None)
    proposal: Mapped[str | None] = mapped_column(default=None)
    __table_args__ = (
        Index(None, "changed", "id"),
        Index(None, "state", "changed"),
        Index(None, "state", "id"),  # for counts by rule and clause
        Index(None, "status", "changed", "id", "state"),
        Index(None, "directive"),
        Index(None, "organisation_id", "state", "changed"),
        Index(None, "district", "state", "changed"),
        Index(None, "kind", "state"),
        Index(None, "appraiser_id", "state"),
    )


class Version(Tracked, Base):
    """One file of a case and what was found of it. `file`, `verdict` and `pack_files` are digests in the vault; `pack` is
    the pack's own. `agree`: whether both evaluators said the same; None where there was but one."""

    __tablename__ = "versions"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    number: Mapped[int]
    name: Mapped[Words]
    file: Mapped[str]
    size: Mapped[int]
    verdict: Mapped[str]
    status: Mapped[str]
    directive: Mapped[str]
    pack: Mapped[str]
    pack_version: Mapped[str]
    pack_files: Mapped[str]
    program: Mapped[str]
    agree: Mapped[bool | None]
    submitted: Mapped[datetime.datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    words: Mapped[Words]
    key: Mapped[str]
    organization: Mapped[Words | None] = mapped_column(default=None)
    __table_args__ = (UniqueConstraint("case_id", "number"), UniqueConstraint("account_id", "key"))


class Found(Tracked, Base):
    """A finding of the latest version of a case: what lists filter by and exceptions are held against."""

    __tablename__ = "found"
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), primary_key=True)
    rule: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    clause: Mapped[str]
    severity: Mapped[str]
    __table_args__ = (Index(None, "rule", "case_id"), Index(None, "clause", "case_id"))


class Part(Tracked, Base):
    """That an account submitted a case or appraised it, and so never decides on it."""

    __tablename__ = "parts"
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)


class Comment(Tracked, Base):
    """Words on the whole of a version, or on one finding of it (`rule` and `subject`)."""

    __tablename__ = "comments"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), index=True)
    version: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    written: Mapped[datetime.datetime]
    words: Mapped[Words]
    rule: Mapped[str | None] = mapped_column(default=None)
    subject: Mapped[str | None] = mapped_column(default=None)


class Exemption(Tracked, Base):
    """An exception (waiver) that was asked for: `state` is asked, granted or refused. Without `subject` it is for all."""

    __tablename__ = "exceptions"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), index=True)
    rule: Mapped[str]
    subject: Mapped[str | None]
    reason: Mapped[Words]
    valid_until: Mapped[datetime.date]
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    asked: Mapped[datetime.datetime]
    state: Mapped[str] = mapped_column(default="asked")
    document: Mapped[Words | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id), default=None)
    decided: Mapped[datetime.datetime | None] = mapped_column(default=None)
    words: Mapped[Words | None] = mapped_column(default=None)
    __table_args__ = (Index(None, "state", "valid_until"),)


class Agreement(Tracked, Base):
    """What a reader of rules says of one thing in a pack, as it was written then (`content` is its digest)."""

    __tablename__ = "agreements"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    directive: Mapped[str]
    kind: Mapped[str]
    item: Mapped[str]
    content: Mapped[str]
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    written: Mapped[datetime.datetime]
    agrees: Mapped[bool]
    words: Mapped[Words]
    __table_args__ = (Index(None, "directive", "kind", "item"),)


class Token(Tracked, Base):
    """A token of an account for programs, with what it may be used for."""

    __tablename__ = "tokens"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    label: Mapped[Words]
    digest: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[list[str]]
    created: Mapped[datetime.datetime]
    expires: Mapped[datetime.datetime]
    revoked: Mapped[bool] = mapped_column(default=False)


class Retention(Tracked, Base):
    """How many days a case is kept after it was closed."""

    __tablename__ = "retention"
    days: Mapped[int]
    id: Mapped[int] = mapped_column(primary_key=True, default=1)


class Policy(Tracked, Base):
    """What the office asks of its accounts: the roles that don't sign in by a password alone."""

    __tablename__ = "policy"
    second_factor: Mapped[list[str]]
    id: Mapped[int] = mapped_column(primary_key=True, default=1)


class Event(Base):
    """Something that was done. `changes` holds the rows as they became (JSON), until the case is purged; `hash` is that of
    all else, `previous` that of the event before, `case_previous` that of the event before on the same case."""

    __tablename__ = "events"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime.datetime]
    account_id: Mapped[int | None]
    action: Mapped[str]
    case_id: Mapped[int | None]
    digest: Mapped[str]
    changes: Mapped[Words | None]
    changes_digest: Mapped[str]
    previous: Mapped[str]
    case_previous: Mapped[str]
    hash: Mapped[str]
    __table_args__ = (Index(None, "case_id", "number"),)


class Head(Base):
    """The last event, signed. Whoever writes holds this row first, so that events come one after another."""

    __tablename__ = "head"
    number: Mapped[int]
    hash: Mapped[str]
    signature: Mapped[str]
    id: Mapped[int] = mapped_column(primary_key=True, default=1)


class SignedIn(Base):
    """A browser that is signed in, by the digest of its token."""

    __tablename__ = "signed_in"
    digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    begun: Mapped[datetime.datetime]
    seen: Mapped[datetime.datetime]


class Attempt(Base):
    """A sign-in that was tried: when, from where, and what came of it. Whose login there is none of is not said."""

    __tablename__ = "attempts"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime.datetime] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id), index=True)
    origin: Mapped[str]
    result: Mapped[str]


class UsedCode(Base):
    """The latest code of an account's second factor that was taken, by its step in time: each is good once."""

    __tablename__ = "used_codes"
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)
    step: Mapped[int]


class Tally(Base):
    """How many cases in a state have a finding of a rule or of a clause (`kind`), so that nobody has to count them."""

    __tablename__ = "tallies"
    kind: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(primary_key=True)
    cases: Mapped[int]


class Failed(Base):
    """How often in a row a sign-in failed, by the digest of its login, and until when the next has to wait."""

    __tablename__ = "failed"
    digest: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]
    until: Mapped[datetime.datetime]


class Mail(Base):
    """A letter to be sent by e-mail. `once` is what it is about: nobody is told the same twice."""

    __tablename__ = "mail"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), index=True)
    kind: Mapped[str]
    once: Mapped[str] = mapped_column(unique=True)
    written: Mapped[datetime.datetime]
    sent: Mapped[datetime.datetime | None] = mapped_column(default=None, index=True)
    tries: Mapped[int] = mapped_column(default=0)
