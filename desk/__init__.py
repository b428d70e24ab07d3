"""The web desk: what it keeps of cases, and its pages (web). It judges through the engine alone, and holds no rule."""
