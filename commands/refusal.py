"""How a command says on standard error what is wrong and what is to be known, as the lint shows it."""

import sys
from collections.abc import Iterable

from ..engine.base.problem import Problem, Unreadable
from ..engine.reporters import Options
from ..engine.reporters.text import notice_lines, problem_lines
from .bilingual import language


def refuse(unreadable: Unreadable) -> int:
    """Print the problems to standard error; gives exit status 2."""
    for problem in unreadable.problems:
        sys.stderr.write(problem_lines(problem, language()))
    return 2


def tell(notices: Iterable[Problem]) -> None:
    """Print notices to standard error: they change no exit status."""
    for notice in notices:
        sys.stderr.write(notice_lines(notice, Options(language())))
