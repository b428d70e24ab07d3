"""How grave a breach is, and from which grade on a run fails."""

from typing import Final, Literal

Severity = Literal["error", "warning", "advice"]


SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "advice")


FailOn = Severity | Literal["never"]


FAIL_ON: Final = ("error", "warning", "advice", "never")
