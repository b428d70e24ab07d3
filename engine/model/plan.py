"""The conference plan: what its description says, for code that still names its records."""

from typing import TYPE_CHECKING, Any

from .document_types import description
from .enumerations import class_name
from .records import DocumentRecord, document_class, record_classes

if TYPE_CHECKING:
    Plan = DocumentRecord
    Organization = DocumentRecord
    Session = DocumentRecord
    Participant = DocumentRecord
else:
    Plan = document_class(description())


def __getattr__(name: str) -> Any:
    """The class of a record by its name, for those who still name one, and for what was pickled."""
    for known, record in record_classes(description()).items():
        if class_name(known) == name:
            return record
    raise AttributeError(name)
