"""The commands, one module each: it parses what was typed, calls the engine and shows the answer."""
