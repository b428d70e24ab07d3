"""The document that is judged: its records and fields, their words, its facts, and what of it may be shown."""

__all__ = [
    "document_types",
    "expected",
    "facts",
    "facts_across",
    "integrity",
    "json_schema",
    "outline",
    "outlining",
    "parsing",
    "plan",
    "privacy",
    "rows",
    "sources",
    "types",
    "vocabulary",
]
