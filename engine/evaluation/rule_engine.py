"""What befalls rule engines, for those who call them and need not know which one it was."""


class RuleEngineError(Exception):
    """The engine failed, or can't be shown to have seen every fact: there is no verdict."""
