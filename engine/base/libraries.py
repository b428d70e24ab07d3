"""Libraries that may be missing: what each is called where it is installed from, and with which extra it comes.

What most users need comes with thamdinh itself; a library that is missing is told with the command that brings it.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from .problem import UNREADABLE, Place, Problem, Unreadable
from .record import Record
from .text import Text


class Library(Record):
    """A distribution, and the extra of thamdinh that it comes with; None where thamdinh itself brings it."""

    distribution: str
    extra: str | None = None


LIBRARIES: Final[dict[str, Library]] = {
    "cryptography": Library("cryptography"),
    "docx": Library("python-docx"),
    "docxtpl": Library("docxtpl"),
    "duckdb": Library("duckdb"),
    "fsspec": Library("fsspec"),
    "gherkin": Library("gherkin-official"),
    "jinja2": Library("jinja2"),
    "lxml": Library("lxml"),
    "msgspec": Library("msgspec"),
    "numpy": Library("numpy"),
    "openpyxl": Library("openpyxl"),
    "pyarrow": Library("pyarrow"),
    "rich": Library("rich"),
    "durable": Library("durable-rules", "durable"),
    "z3": Library("z3-solver", "verify"),
    "lsprotocol": Library("lsprotocol", "desk"),
    "pygls": Library("pygls", "desk"),
    "watchfiles": Library("watchfiles", "desk"),
    "alembic": Library("alembic", "desk"),
    "argon2": Library("argon2-cffi", "desk"),
    "authlib": Library("authlib", "desk"),
    "joserfc": Library("joserfc", "desk"),
    "psycopg": Library("psycopg", "desk"),
    "sqlalchemy": Library("sqlalchemy", "desk"),
    "fastapi": Library("fastapi", "desk"),
    "starlette": Library("starlette", "desk"),
    "uvicorn": Library("uvicorn", "desk"),
    "pyotp": Library("pyotp", "desk"),
    "segno": Library("segno", "desk"),
    "python_multipart": Library("python-multipart", "desk"),
    "dask": Library("dask", "cluster"),
    "distributed": Library("distributed", "cluster"),
}
"""By the name that it is imported by, every library that a command imports only when it needs it."""


def missing(error: ImportError, asked: str) -> Problem | None:
    """What to say of a library that is not installed; None where it is none of ours. `asked`: a file, or what was typed."""
    name = (error.name or "").partition(".")[0]
    return _missing(name, asked) if isinstance(error, ModuleNotFoundError) and name in LIBRARIES else None


def require(name: str, asked: str) -> None:
    """Raises Unreadable where the library that is imported as `name` is not installed."""
    there = durable_rules_installed() if name == "durable" else _is_there(name)
    if not there:
        raise Unreadable(_missing(name, asked))


@contextmanager
def needed_for(asked: str) -> Iterator[None]:
    """A library of ours that turns out to be missing within is raised as Unreadable."""
    try:
        yield
    except ImportError as error:
        if (problem := missing(error, asked)) is None:
            raise
        raise Unreadable(problem) from None


def durable_rules_installed() -> bool:
    """Whether durable-rules works here: from Python 3.13 on it builds and then fails at import."""
    if sys.version_info >= (3, 13):
        return False
    return _is_there("durable") and _is_there("durable_rules_engine")


def _is_there(name: str) -> bool:
    """Whether a module can be found; importlib.util, which says so too, takes longer to load than a plan to read."""
    return name in sys.modules or any(finder.find_spec(name, None) is not None for finder in sys.meta_path)


def _missing(name: str, asked: str) -> Problem:
    library = LIBRARIES[name]
    command = (
        f'python -m pip install "{library.distribution if library.extra is None else f"thamdinh[{library.extra}]"}"'
    )
    fix = Text(f"Cài thêm: {command}", f"Install it: {command}")
    if name == "durable" and sys.version_info >= (3, 13):
        fix = Text("Dùng Python 3.11 hoặc 3.12", "Use Python 3.11 or 3.12")
    return Problem(
        UNREADABLE,
        Text(f"Chưa cài thư viện {library.distribution}", f"The library {library.distribution} is not installed"),
        fix,
        Place(asked),
    )
