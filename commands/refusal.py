"""How a command says that it can't do what was asked: the problems, as the lint shows them, and exit status 2."""

import sys
from pathlib import Path

from ..engine.problem import UNREADABLE, Place, Problem, Unreadable
from ..engine.reporters.text import problem_lines
from ..engine.system import reason
from ..engine.text import Text
from .bilingual import language


def refuse(unreadable: Unreadable) -> int:
    """Print the problems to standard error; gives exit status 2."""
    for problem in unreadable.problems:
        sys.stderr.write(problem_lines(problem, language()))
    return 2


def unwritable(file: Path, error: OSError) -> Problem:
    """The problem of a file that the system won't let be written."""
    why = reason(error)
    return Problem(
        UNREADABLE,
        Text(f"Không ghi được tệp ({why.vi})", f"The file can't be written ({why.en})"),
        Text("Kiểm tra thư mục có tồn tại và có quyền ghi", "Check that the folder exists and may be written to"),
        Place(str(file)),
    )
