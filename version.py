"""The version of the program, in a module that knows nothing: whatever says it need not load the door for programs."""

from typing import Final

__version__: Final = "0.2.0"
