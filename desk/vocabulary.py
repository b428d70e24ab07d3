"""What the roles of people and the states of cases are, and what they are called."""

from typing import Final, Literal

from ..engine.base.text import Text

Role = Literal["office", "appraiser", "approver", "reader", "auditor", "administrator"]
State = Literal["submitted", "under_appraisal", "changes_requested", "accepted", "returned", "withdrawn"]

ROLES: Final[dict[Role, Text]] = {
    "office": Text("đơn vị", "office"),
    "appraiser": Text("cán bộ thẩm định", "appraiser"),
    "approver": Text("lãnh đạo phê duyệt", "approver"),
    "reader": Text("người rà soát bộ quy tắc", "reader of rules"),
    "auditor": Text("kiểm tra, giám sát", "auditor"),
    "administrator": Text("quản trị", "administrator"),
}
STATES: Final[dict[State, Text]] = {
    "submitted": Text("đã nộp", "submitted"),
    "under_appraisal": Text("đang thẩm định", "under appraisal"),
    "changes_requested": Text("yêu cầu sửa đổi", "changes requested"),
    "accepted": Text("đạt, đã chấp thuận", "accepted"),
    "returned": Text("đã trả lại", "returned"),
    "withdrawn": Text("đã rút", "withdrawn"),
}
