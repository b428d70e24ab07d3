"""Whether the solver is installed: it comes with an extra of its own."""

from importlib.util import find_spec

from ...base.problem import UNREADABLE, Place, Problem, Unreadable
from ...base.text import Text


def require_solver(asked: str) -> None:
    """Raises Unreadable where z3 is not installed; `asked` is what the user typed that needs it."""
    if find_spec("z3") is None:
        raise Unreadable(
            Problem(
                UNREADABLE,
                Text("Chưa cài bộ giải z3", "The solver z3 is not installed"),
                Text(
                    "Cài thêm phần verify của thamdinh (z3-solver)",
                    "Install the extra `verify` of thamdinh (z3-solver)",
                ),
                Place(asked),
            )
        )
