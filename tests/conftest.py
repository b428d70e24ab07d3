"""Fixtures that every test may name, the profile of properties, and what keeps the markers true."""

from tests.programs import browser, node, npm, office
from tests.properties import load_profile

__all__ = ["browser", "node", "npm", "office"]

load_profile()
