"""What the web refuses, as pages and the API say it."""

from typing import Final

from ...engine.base.problem import Problem, Unreadable
from ...engine.base.text import Text

TITLES: Final = {
    400: Text("Yêu cầu không hợp lệ", "The request is not valid"),
    401: Text("Cần đăng nhập", "Sign in first"),
    403: Text("Không được phép", "Not permitted"),
    404: Text("Không có trang này", "There is no such page"),
    405: Text("Không làm được như vậy với trang này", "This can't be done with this page"),
    409: Text("Chưa làm được lúc này", "This can't be done now"),
    413: Text("Tệp gửi lên quá lớn", "What was sent is too large"),
    415: Text("Không nhận loại nội dung này", "Content of this type is not taken"),
    421: Text("Địa chỉ này không phải của máy chủ", "The server does not answer to this address"),
    422: Text("Chưa làm được", "This could not be done"),
    429: Text("Gửi quá nhanh", "Too many requests"),
    500: Text("Máy chủ gặp sự cố", "The server failed"),
    503: Text("Máy chủ đang bận", "The server is busy"),
}
"""By status, what a refusal is called."""


class Refusal(Exception):
    """A request that is refused with a status of HTTP, and why; `again` after how many seconds it may be tried again."""

    def __init__(
        self, status: int, detail: Text, *, again: int | None = None, problems: tuple[Problem, ...] = ()
    ) -> None:
        super().__init__(status, detail.en)
        self.status, self.detail, self.again, self.problems = status, detail, again, problems

    @property
    def title(self) -> Text:
        """What the refusal is called."""
        return TITLES.get(self.status, TITLES[400 if self.status < 500 else 500])

    @classmethod
    def of(cls, unreadable: Unreadable) -> "Refusal":
        """The refusal of what can't be done with a file, as its problems say it."""
        return cls(
            422,
            Text("Tệp không bị thay đổi, chưa có gì được ghi.", "The file is as it was, and nothing was written."),
            problems=unreadable.problems,
        )
