"""What is answered for (waivers) and what was there before (baselines)."""

__all__ = ["adding", "file", "form", "waivers", "waiving"]
