"""Which type of document a text under edit is of: the one that it names, else the conference plan."""

from ..model.description import TYPE
from ..model.document_types import DEFAULT, worded_types
from ..model.records import DocumentRecord, document_class


def class_of(data: object) -> type[DocumentRecord]:
    """The class of the whole document."""
    named = data.get(TYPE) if isinstance(data, dict) else None
    known = {one.id: one for one in worded_types()}
    return document_class(known.get(named if isinstance(named, str) else DEFAULT, known[DEFAULT]))
