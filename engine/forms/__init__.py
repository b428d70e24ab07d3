"""Forms: plans as workbooks and documents that offices fill in. One layout for writing, reading and annotating them."""

__all__ = [
    "blank",
    "content",
    "copying",
    "document_text",
    "editing",
    "escapes",
    "faults",
    "form_document",
    "grid",
    "headings",
    "layout",
    "one_file",
    "package",
    "read_workbook",
    "references",
    "sheets",
    "template",
    "times",
    "words",
    "workbook",
]
