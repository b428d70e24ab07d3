"""The class of the plan and its enumerations by name, as tests speak of them."""

from typing import TYPE_CHECKING, Any

from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.enumerations import LABELS as LABELS
from thamdinh.engine.model.enumerations import enumerations
from thamdinh.engine.model.records import DocumentRecord, document_class

if TYPE_CHECKING:
    Plan = DocumentRecord
else:
    Plan = document_class(description())

_BY_NAME = {one.__name__: one for one in enumerations(description()).values()}


def __getattr__(name: str) -> Any:
    try:
        return _BY_NAME[name]
    except KeyError:
        raise AttributeError(name) from None
