"""`thamdinh waivers`: the waivers of a folder of plans."""

from typing import Final

from ..engine.base.text import Text
from .bilingual import group

COMMANDS: Final[dict[str, tuple[str, Text]]] = {
    "list": ("waivers_list", Text("Liệt kê các miễn trừ và thời hạn", "List the waivers and how long they hold")),
    "check": ("waivers_check", Text("Báo miễn trừ hết hạn, sắp hết hạn, không còn ứng với gì", "Report stale waivers")),
}


@group(
    Text(
        "Các miễn trừ (waivers.yaml): phát hiện được cấp có thẩm quyền cho miễn, có lý do, số văn bản và thời hạn.",
        "Waivers (waivers.yaml): findings that the competent committee allows, with a reason, a document and an end.",
    ),
    COMMANDS,
)
def command() -> None:
    """The group does nothing by itself."""
