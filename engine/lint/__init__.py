"""One run over some files: settings and inputs in, a report and an exit status out."""

__all__ = ["annotated", "appraise", "others", "outputs", "run", "selection", "settings", "waivers_check"]
