"""A PostgreSQL server of the tests' own: on loopback, under no privileged account, gone with the tests."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg

PROGRAMS: Final = Path("/usr/lib/postgresql/15/bin")
_ACCOUNTS: Final = ("postgres", "nobody")
_SETTINGS: Final = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "64MB",
    "max_connections": "120",
}


def missing() -> str | None:
    """Why there is no server; None where there is one."""
    return None if (PROGRAMS / "initdb").exists() else f"PostgreSQL 15 is not installed ({PROGRAMS})"


@contextmanager
def server(**settings: str) -> Iterator[str]:
    """A server, as the address of its database `postgres`; `settings` go before those that suit tests."""
    folder = Path(tempfile.mkdtemp(prefix="thamdinh-postgresql-"))
    user = _user()
    try:
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        as_user: dict[str, Any] = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        options: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **as_user}
        name = "tests"
        initdb = [
            PROGRAMS / "initdb",
            "-D",
            folder / "data",
            "-U",
            name,
            "-A",
            "trust",
            "-N",
            "-E",
            "UTF8",
            "--no-locale",
        ]
        subprocess.run(initdb, check=True, **options)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        given = [f"-c{key}={value}" for key, value in (_SETTINGS | {"port": str(port)} | settings).items()]
        running = subprocess.Popen([PROGRAMS / "postgres", "-D", folder / "data", *given], **options)
        address = f"postgresql://{name}@127.0.0.1:{port}/postgres"
        try:
            _wait(address, running)
            yield address
        finally:
            running.send_signal(signal.SIGQUIT)  # "immediate": nothing of it is kept
            running.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(address: str, like: str = "template1") -> str:
    """The address of a new database beside the one at the address: empty, or `like` another, which nobody uses."""
    name = f"desk_{secrets.token_hex(6)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like.rpartition('/')[2]}".encode())
    return f"{address.rpartition('/')[0]}/{name}"


def _user() -> Any:
    if os.geteuid() != 0:
        return None
    known: Callable[[str], Any] = pwd.getpwnam
    names = {one.pw_name for one in pwd.getpwall()}
    return known(next(name for name in _ACCOUNTS if name in names))


def _wait(address: str, running: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if running.poll() is not None:
            raise AssertionError(f"PostgreSQL ended with status {running.returncode}")
        try:
            psycopg.connect(address, connect_timeout=1).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("PostgreSQL does not answer")
