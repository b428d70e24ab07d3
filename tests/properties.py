"""How many examples a property is held against: as many as the profile says, times what the property is worth.

THAMDINH_PROFILE names the profile: ci (the default; the same examples each time, so that what fails is the change), dev
(few of them, for a quick answer) or soak (many, never the same).
"""

import os
from collections.abc import Iterable
from typing import Any, Final

from hypothesis import HealthCheck, settings

PROFILES: Final[dict[str, settings]] = {
    "dev": settings(max_examples=10),
    "ci": settings(max_examples=40, derandomize=True, database=None),
    "soak": settings(max_examples=5_000),
}
_FULL: Final = 100
"""With so many examples a property, what is made up by numbers is as many as is asked for."""


def load_profile() -> None:
    """Let the profile hold for every property. Raises InvalidArgument where there is none of that name."""
    for name, profile in PROFILES.items():
        settings.register_profile(name, profile, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile(os.environ.get("THAMDINH_PROFILE") or "ci")


def few(count: int) -> int:
    """As many as the profile makes of what is made up by numbers (seeds, files): `count` in soak, at least one in all."""
    return max(1, round(count * min(1.0, settings.default.max_examples / _FULL)))


def examples(weight: float, suppress_health_check: Iterable[HealthCheck] = (), **options: Any) -> settings:
    """The settings of a property that is held against `weight` times as many examples as others; the rest as in `settings`."""
    profile = settings.default
    return settings(
        max_examples=max(1, round(weight * profile.max_examples)),
        suppress_health_check=[*profile.suppress_health_check, *suppress_health_check],
        **options,
    )
