"""Mutation of a rule pack: change it in one place at a time, and see that a scenario notices."""
