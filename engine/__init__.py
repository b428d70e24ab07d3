"""The engine: from a plan and a directive to a verdict. It prints nothing and knows no command line."""
