"""How grave a breach is, in codes and in words, and from which grade on a run fails."""

from typing import Final, Literal

from .text import Text

Severity = Literal["error", "warning", "advice"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "advice")
IN_WORDS: Final = {
    "error": Text("lỗi", "error"),
    "warning": Text("cảnh báo", "warning"),
    "advice": Text("khuyến nghị", "advice"),
}
FailOn = Severity | Literal["never"]
FAIL_ON: Final = {**IN_WORDS, "never": Text("không bao giờ", "never")}
