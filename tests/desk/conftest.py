"""A peopled desk for each test, on SQLite; and one on PostgreSQL, where it is installed."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from argon2 import PasswordHasher

from tests import postgresql
from tests.desk.desks import Peopled
from tests.programs import missing
from thamdinh.desk import passwords

QUICK: Final = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Hashes passwords in no time: what one costs is tested once, by the hasher of the program."""


@pytest.fixture(scope="session", autouse=True)
def hashed_quickly() -> Iterator[PasswordHasher]:
    """Passwords are hashed in no time in all tests of the desk; gives the hasher of the program."""
    with pytest.MonkeyPatch.context() as patched:
        theirs = passwords._HASHER
        patched.setattr(passwords, "_HASHER", QUICK)
        yield theirs


@pytest.fixture(scope="session")
def made_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a peopled desk, to be copied: passwords take long to hash."""
    folder = tmp_path_factory.mktemp("made") / "desk"
    Peopled(folder).desk.store.close()
    return folder


@pytest.fixture
def at(made_desk: Path, tmp_path: Path) -> Iterator[Peopled]:
    """A peopled desk on SQLite."""
    peopled = Peopled(copied(made_desk, tmp_path))
    yield peopled
    peopled.desk.store.close()


def copied(made_desk: Path, folder: Path) -> Path:
    """A copy of a desk in a folder, with its key."""
    shutil.copy2(made_desk.with_name("desk.key"), folder / "desk.key")
    return Path(shutil.copytree(made_desk, folder / "desk"))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    if (why := postgresql.missing()) is not None:
        missing(why)
    with postgresql.server(fsync="off") as address:
        yield address


@pytest.fixture(scope="session")
def made_on_postgresql(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder and the address of a peopled desk on PostgreSQL, to be copied."""
    folder, address = tmp_path_factory.mktemp("made-on-postgresql") / "desk", postgresql.new_database(postgresql_server)
    Peopled(folder, address).desk.store.close()
    return folder, address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.process)])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Peopled]:
    """A peopled desk on SQLite, and on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("at")
        return
    folder, address = request.getfixturevalue("made_on_postgresql")
    new = postgresql.new_database(request.getfixturevalue("postgresql_server"), address)
    peopled = Peopled(copied(folder, tmp_path), new)
    yield peopled
    peopled.desk.store.close()
