"""Who may do what with a case in which state: one table, asked by every operation."""

from collections.abc import Collection
from typing import Final, Literal

from ..engine.base.record import Record
from ..engine.base.text import Text
from .model import Account, Case
from .refused import Refused, no_such
from .vocabulary import ROLES, STATES, Role, State

Scope = Literal["read", "submit", "appraise", "decide", "rules", "manage"]

ALONE: Final[frozenset[Role]] = frozenset({"auditor", "administrator"})
"""Roles that go with no other: who only reads changes nothing, and who hands out roles sees no plan."""
SCOPES: Final[dict[Scope, Text]] = {
    "read": Text("xem hồ sơ", "read cases"),
    "submit": Text("nộp, rút hồ sơ, trả lời", "submit, withdraw and answer"),
    "appraise": Text("thẩm định", "appraise"),
    "decide": Text("quyết định", "decide"),
    "rules": Text("rà soát bộ quy tắc", "read and sign rules"),
    "manage": Text("quản trị", "administrate"),
}
OPEN: Final[frozenset[State]] = frozenset({"submitted", "under_appraisal", "changes_requested"})
"""The states of a case that is not decided."""
_EVERY: Final[frozenset[State]] = frozenset(STATES)
_APPRAISED: Final[frozenset[State]] = frozenset({"under_appraisal"})


class Action(Record):
    """What may be done: by which roles, in which states of a case (every one, where it is about none), to which state.

    `apart`: by nobody who submitted the case or is of its organisation. `four_eyes`: nor by anybody who appraised it.
    `mine`: by its appraiser alone. `words`: not without words. Offices act on cases of their own organisation alone.
    """

    name: Text
    roles: frozenset[Role]
    scope: Scope
    states: frozenset[State] = _EVERY
    to: State | None = None
    apart: bool = False
    four_eyes: bool = False
    mine: bool = False
    words: bool = False


def _by(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


ACTIONS: Final[dict[str, Action]] = {
    "submit": Action(Text("nộp hồ sơ", "submit a case"), _by("office"), "submit", to="submitted"),
    "read": Action(Text("xem hồ sơ", "read the case"), _by("office", "appraiser", "approver", "auditor"), "read"),
    "submit_again": Action(
        Text("nộp bản đã sửa", "submit a corrected version"),
        _by("office"),
        "submit",
        frozenset({"changes_requested"}),
        to="submitted",
    ),
    "withdraw": Action(Text("rút hồ sơ", "withdraw"), _by("office"), "submit", OPEN, to="withdrawn"),
    "answer": Action(Text("trả lời", "answer"), _by("office"), "submit", OPEN, words=True),
    "comment": Action(Text("ghi ý kiến", "comment"), _by("appraiser", "approver"), "appraise", OPEN, words=True),
    "take": Action(
        Text("nhận thẩm định", "take for appraisal"),
        _by("appraiser"),
        "appraise",
        frozenset({"submitted", "under_appraisal"}),
        to="under_appraisal",
        apart=True,
    ),
    "request_changes": Action(
        Text("yêu cầu sửa đổi", "ask for changes"),
        _by("appraiser"),
        "appraise",
        _APPRAISED,
        to="changes_requested",
        mine=True,
        words=True,
    ),
    "propose_acceptance": Action(
        Text("đề nghị chấp thuận", "propose acceptance"), _by("appraiser"), "appraise", _APPRAISED, mine=True
    ),
    "propose_return": Action(
        Text("đề nghị trả lại", "propose to return"), _by("appraiser"), "appraise", _APPRAISED, mine=True, words=True
    ),
    "ask_exception": Action(Text("xin ngoại lệ", "ask for an exception"), _by("office"), "submit", OPEN, words=True),
    "propose_exception": Action(
        Text("đề nghị ngoại lệ", "propose an exception"), _by("appraiser"), "appraise", OPEN, mine=True, words=True
    ),
    "grant_exception": Action(
        Text("cho ngoại lệ", "grant an exception"), _by("approver"), "decide", OPEN, apart=True, four_eyes=True
    ),
    "refuse_exception": Action(
        Text("không cho ngoại lệ", "refuse an exception"),
        _by("approver"),
        "decide",
        OPEN,
        apart=True,
        four_eyes=True,
        words=True,
    ),
    "accept": Action(
        Text("chấp thuận", "accept"),
        _by("approver"),
        "decide",
        _APPRAISED,
        to="accepted",
        apart=True,
        four_eyes=True,
    ),
    "return": Action(
        Text("trả lại", "return"),
        _by("approver"),
        "decide",
        _APPRAISED,
        to="returned",
        apart=True,
        four_eyes=True,
        words=True,
    ),
    "read_rules": Action(Text("xem bộ quy tắc", "read the rules"), _by(*ROLES), "rules"),
    "sign_rule": Action(Text("cho ý kiến về bộ quy tắc", "agree with or question rules"), _by("reader"), "rules"),
    "export": Action(Text("xuất dữ liệu", "export"), _by("appraiser", "approver", "auditor"), "read"),
    "read_attempts": Action(
        Text("xem nhật ký đăng nhập", "read who signed in"), _by("auditor", "administrator"), "read"
    ),
    "manage": Action(Text("quản lý tài khoản", "manage accounts"), _by("administrator"), "manage"),
}
"""Everything that may be done, by the name under which events hold it."""


class Actor(Record):
    """Who asks: an account, with the scopes of the token where it is a program that asks for it."""

    account_id: int
    scopes: tuple[Scope, ...] | None = None


def refusal(
    action: str, account: Account, scopes: Collection[str] | None, case: Case | None = None, parts: Collection[int] = ()
) -> Refused | None:
    """Why the account may not do this with the case; None where it may. `parts` are those who submitted or appraised it.

    Of a case that it may not read an account is told that there is none.
    """
    asked = ACTIONS[action]
    if case is not None and not _roles(ACTIONS["read"], account, case):
        return no_such(Text("hồ sơ", "case"))
    if not account.active or not _roles(asked, account, case) or (scopes is not None and asked.scope not in scopes):
        return _forbidden(asked, Text("tài khoản này không có quyền đó", "this account may not"))
    if case is None:
        return None
    if case.state not in asked.states:
        return _wrong_state(asked, case)
    if asked.mine and case.appraiser_id != account.id:
        return _forbidden(asked, Text("hồ sơ do người khác thẩm định", "somebody else appraises the case"))
    if asked.apart and account.organisation_id == case.organisation_id:
        return _forbidden(asked, Text("hồ sơ của chính đơn vị mình", "the case is of one's own organisation"))
    if asked.four_eyes and account.id in parts:
        return _forbidden(
            asked,
            Text(
                "người đã nộp hoặc thẩm định hồ sơ không quyết định về hồ sơ đó",
                "nobody decides on a case that they submitted or appraised",
            ),
        )
    return None


def permitted(
    account: Account, scopes: Collection[str] | None, case: Case | None = None, parts: Collection[int] = ()
) -> tuple[str, ...]:
    """All that the account may do just now: with the case, or where none is given beside cases."""
    about_cases = {name for name, action in ACTIONS.items() if action.states != _EVERY or name == "read"}
    asked = [name for name in ACTIONS if (name in about_cases) == (case is not None)]
    return tuple(name for name in asked if refusal(name, account, scopes, case, parts) is None)


def _roles(action: Action, account: Account, case: Case | None) -> bool:
    """Whether a role of the account is one that may do this; that of an office counts for its own organisation."""
    own = account.organisation_id is not None and (case is None or account.organisation_id == case.organisation_id)
    return any(role in action.roles and (role != "office" or own) for role in account.roles)


def _forbidden(action: Action, why: Text) -> Refused:
    return Refused(
        "forbidden",
        Text(f"Không được {action.name.vi}: {why.vi}", f"Not allowed to {action.name.en}: {why.en}"),
        Text(
            "Nhờ người có quyền làm việc này, hoặc liên hệ người quản trị",
            "Ask somebody who may, or talk to the administrator",
        ),
    )


def _wrong_state(action: Action, case: Case) -> Refused:
    states = [STATES[state] for state in STATES if state in action.states]
    now = STATES[case.state]  # type: ignore[index]
    return Refused(
        "conflict",
        Text(
            f"Hồ sơ đang ở trạng thái “{now.vi}” nên không {action.name.vi} được",
            f"The case is “{now.en}”, so one can't {action.name.en}",
        ),
        Text(
            "Xem lại hồ sơ; việc này chỉ làm khi hồ sơ ở trạng thái: " + ", ".join(state.vi for state in states),
            "Look at the case again; this is done only when it is: " + ", ".join(state.en for state in states),
        ),
    )
