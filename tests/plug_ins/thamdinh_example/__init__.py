"""An example of a plug-in: plans in TOML are read, and a report of a line a plan is written."""
