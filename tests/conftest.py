"""Fixtures that every test may name."""

from tests.programs import browser, node, npm, office

__all__ = ["browser", "node", "npm", "office"]
