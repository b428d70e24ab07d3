"""For the fork server alone, which imports this: workers find begun what each would begin with, while the audit begins itself.

It says nothing where the audit is killed just as it asks for a worker.
"""

import sys
from pickle import UnpicklingError
from types import TracebackType

from ..quick.decode import decode_line
from ..shared.identity import Keys


def _say(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, (EOFError, UnpicklingError)):  # nothing, or a part, of what the worker is to be told
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _say

Keys(b"").card("")
decode_line(b"{}")  # makes what reads plans, and says how they are described
