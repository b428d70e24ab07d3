"""Small changes to a plan: those that the tests of packs use."""

from thamdinh.engine.changes import changed

__all__ = ["changed"]
