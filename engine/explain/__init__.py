"""Pages of rules and clauses, why a rule decided as it did, and how two packs differ."""
