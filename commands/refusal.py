"""How a command says that it can't do what was asked: the problems, as the lint shows them, and exit status 2."""

import sys

from ..engine.problem import Unreadable
from ..engine.reporters.text import problem_lines
from .bilingual import language


def refuse(unreadable: Unreadable) -> int:
    """Print the problems to standard error; gives exit status 2."""
    for problem in unreadable.problems:
        sys.stderr.write(problem_lines(problem, language()))
    return 2
