"""Packs and the rule language: as written, checked, made ready for evaluators, and in words."""

__all__ = [
    "conditions",
    "describing",
    "formula",
    "handbook",
    "layers",
    "lowering",
    "normal_form",
    "operators",
    "pack",
    "packs",
    "phrasing",
    "ruleset",
    "sentences",
    "signing",
    "written",
]
