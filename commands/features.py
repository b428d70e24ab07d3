"""`thamdinh features`: the scenarios that say what the directive means."""

from typing import Final

from ..engine.base.text import Text
from .bilingual import group

COMMANDS: Final[dict[str, tuple[str, Text]]] = {
    "check": ("features_check", Text("Chạy các tình huống và báo kết quả", "Run scenarios and report what holds")),
    "steps": ("features_steps", Text("Liệt kê các bước có thể viết", "List the steps that can be written")),
    "review": (
        "features_review",
        Text("Đọc ý kiến trong sổ rà soát gửi về", "Read the answers in review books that came back"),
    ),
    "book": (
        "features_book",
        Text("Tạo sổ rà soát để cho ý kiến và ký", "Make the review book to comment on and sign"),
    ),
}
"""The subcommands: for each its module beside this one, and its line in the help."""


@group(
    Text(
        "Tình huống bằng tiếng Việt nói rõ chỉ đạo đòi hỏi gì: chạy, và xem các bước để tự viết thêm.",
        "Scenarios in Vietnamese that say what the directive asks: run them, and see the steps to write more.",
    ),
    COMMANDS,
)
def command() -> None:
    """The group does nothing by itself."""
