"""Who is told by e-mail of what happened to a case: put into the same transaction, sent afterwards (mail.py)."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select

from ..engine.base.text import Text
from .model import Account, Case, Mail
from .store import Writing
from .vocabulary import Role

SUBJECTS: Final[dict[str, Text]] = {
    "received": Text("đã nhận", "received"),
    "request_changes": Text("yêu cầu sửa đổi", "changes requested"),
    "accept": Text("đã chấp thuận", "accepted"),
    "return": Text("đã trả lại", "returned"),
    "grant_exception": Text("đã cho ngoại lệ", "exception granted"),
    "refuse_exception": Text("không cho ngoại lệ", "exception refused"),
    "expiring": Text("ngoại lệ sắp hết hạn", "an exception is about to expire"),
}
"""What is told, by its kind."""
_TO: Final[dict[str, tuple[Role, ...]]] = {"received": ("office", "appraiser")}
"""Which roles are told, where it is not the office alone."""


def notify(writing: Writing, case: Case, kind: str, number: object) -> None:
    """Tell those whom it concerns, if it is something that is told; `number` tells it from others of its kind."""
    if kind in SUBJECTS:
        for account in _concerned(writing, case, _TO.get(kind, ("office",))):
            once = f"{kind} {case.id} {number} {account.id}"
            mail = Mail(account_id=account.id, case_id=case.id, kind=kind, once=once, written=writing.at)
            writing.session.add(mail)


def _concerned(writing: Writing, case: Case, roles: Iterable[Role]) -> Iterable[Account]:
    accounts = writing.session.scalars(select(Account).where(Account.active, Account.address.is_not(None)))
    for account in accounts:
        office = "office" in account.roles and account.organisation_id == case.organisation_id
        appraiser = "appraiser" in account.roles and case.appraiser_id in (None, account.id)
        if ("office" in roles and office) or ("appraiser" in roles and appraiser):
            yield account
