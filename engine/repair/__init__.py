"""Repair: the mechanical remedies of findings, as changes to the file they were found in. No fact about people is invented."""

__all__ = ["repair"]
