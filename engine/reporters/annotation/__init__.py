"""Copies of office files with a mark at everything that is wrong."""
