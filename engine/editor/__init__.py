"""What an editor is told of a plan while it is written: diagnostics, hovers, completions and quick fixes."""

__all__ = ["messages", "server"]
