"""The words of the conference plan, for code that still names its enumerations."""

from typing import Any, Final

from .document_types import description
from .enumerations import LABELS as _LABELS
from .enumerations import enumerations

_BY_NAME: Final = {one.__name__: one for one in enumerations(description()).values()}
LABELS: Final = _LABELS
"""Labels by enumeration and member: the words of forms, messages and reports."""


def __getattr__(name: str) -> Any:
    """An enumeration by the name of its class, for those who still name one, and for what was pickled."""
    try:
        return _BY_NAME[name]
    except KeyError:
        raise AttributeError(name) from None
