"""From facts to a verdict: the two evaluators, and what is said of what they find."""

__all__ = [
    "applicability",
    "appraisal",
    "check",
    "choice",
    "grounds",
    "hits",
    "rule_engine",
    "scanning",
    "verdict",
    "wording",
]
