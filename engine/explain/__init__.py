"""Pages of rules and clauses, why a rule decided as it did, and how two packs differ."""

__all__ = ["appraised", "difference", "example", "pages", "why", "why_text"]
