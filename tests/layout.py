"""The form of the plan, as the tests of forms ask for it."""

from thamdinh.engine.forms.layout import layout
from thamdinh.engine.model.document_types import description

KNOWN = description()
LAYOUT = layout(KNOWN)
SHEETS, FIELDS, TABLES = LAYOUT.sheets, LAYOUT.fields, LAYOUT.tables
