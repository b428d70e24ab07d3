"""Who is told by e-mail of what happened to a case: put into the same transaction, sent afterwards (mail.py)."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select

from ..engine.base.text import Text
from .events import Writing
from .model import Account, Case, Mail
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
            once = f"{kind} {case.id} {number} {account}"
            mail = Mail(account_id=account, case_id=case.id, kind=kind, once=once, written=writing.at)
            writing.session.add(mail)


def _concerned(writing: Writing, case: Case, asked: Iterable[Role]) -> Iterable[int]:
    """The ids of the accounts; nothing of them is opened, since there are many, and whoever else writes waits."""
    columns = select(Account.id, Account.roles, Account.organisation_id)
    accounts = writing.session.execute(columns.where(Account.active, Account.address.is_not(None))).all()
    for account, roles, organisation in accounts:
        office = "office" in roles and organisation == case.organisation_id
        appraiser = "appraiser" in roles and case.appraiser_id in (None, account)
        if ("office" in asked and office) or ("appraiser" in asked and appraiser):
            yield account
