"""The document that is judged: its records and fields, their words, its facts, and what of it may be shown."""

__all__ = [
    "agreement",
    "description",
    "document_types",
    "enumerations",
    "expected",
    "facts",
    "facts_across",
    "instants",
    "integrity",
    "json_schema",
    "outline",
    "outlining",
    "parsing",
    "plan",
    "privacy",
    "records",
    "rows",
    "sources",
    "types",
    "vocabulary",
]
