"""What audits found, kept from run to run in one DuckDB file."""
