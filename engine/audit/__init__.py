"""Audits: many plans checked in one run, what rules say across them, and what is kept of it."""
