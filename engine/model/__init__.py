"""The document that is judged: its records and fields, their words, its facts, and what of it may be shown."""
