"""thamdinh (thẩm định, appraisal): checks conference plans against a directive."""

__version__ = "0.1.0"
