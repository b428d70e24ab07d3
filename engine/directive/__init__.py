"""Packs and the rule language: as written, checked, made ready for evaluators, and in words."""
