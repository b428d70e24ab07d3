"""`thamdinh waivers`: the waivers of a folder of plans."""

from typing import Final

from ..engine.base.text import Text
from .bilingual import group

COMMANDS: Final[dict[str, tuple[str, Text]]] = {
    "new": ("waivers_new", Text("Tạo tệp Excel để ghi các miễn trừ", "Make a workbook in which waivers are written")),
    "add": ("waivers_add", Text("Thêm một miễn trừ, hỏi từng câu", "Add a waiver, question by question")),
    "list": ("waivers_list", Text("Liệt kê các miễn trừ và thời hạn", "List the waivers and how long they hold")),
    "check": ("waivers_check", Text("Báo miễn trừ hết hạn, sắp hết hạn, không còn ứng với gì", "Report stale waivers")),
}


@group(
    Text(
        "Các miễn trừ (waivers.yaml hoặc tệp Excel): phát hiện được cấp có thẩm quyền cho miễn, có lý do, số văn bản và thời hạn.",
        "Waivers (waivers.yaml or a workbook): findings that the competent committee allows, with a reason, a document and an end.",
    ),
    COMMANDS,
)
def command() -> None:
    """The group does nothing by itself."""
