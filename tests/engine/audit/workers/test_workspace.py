"""What an audit keeps while it runs is gone with it, at the latest when the next one begins; nobody else's is touched."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from thamdinh.engine.audit.workers.batch import AuditJob
from thamdinh.engine.audit.workers.ledger import Ledger
from thamdinh.engine.audit.workers.parts import parts_folder
from thamdinh.engine.directive.packs import ruleset

pytestmark = pytest.mark.process

LIVING = """
import time
from thamdinh.engine.audit.workers.ledger import Ledger
with Ledger() as ledger:
    print(ledger.folder, flush=True)
    time.sleep(100)
"""

WITH_PARTS = """
import os, sys, time
from thamdinh.engine.audit.workers.batch import AuditJob
from thamdinh.engine.audit.workers.parts import parts_folder
from thamdinh.engine.directive.packs import ruleset
with parts_folder(os.environ["TMPDIR"], AuditJob(str(os.getpid()), (ruleset(),))) as folder:
    print(folder, flush=True)
    time.sleep(100)
"""


class Audit:
    """Another process that is at an audit, and the folder it has for it."""

    def __init__(self, temporary: Path, program: str = LIVING) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", program],
            env={**os.environ, "TMPDIR": str(temporary)},
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self.process.stdout is not None
        self.folder = Path(self.process.stdout.readline().strip())

    def end(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def killed(temporary: Path) -> Audit:
    audit = Audit(temporary)
    audit.end()
    return audit


@pytest.fixture
def running(temporary: Path) -> Iterator[Audit]:
    audit = Audit(temporary)
    yield audit
    audit.end()


def test_the_next_audit_deletes_what_a_killed_one_left_and_nothing_else(
    temporary: Path, running: Audit, killed: Audit
) -> None:
    (temporary / "thamdinh-audit-of-somebody").mkdir()
    (temporary / "elsewhere").mkdir()
    (temporary / "elsewhere" / "lock").touch()
    (temporary / ".thamdinh-link.tmp").symlink_to(temporary / "elsewhere")
    others = {path for path in temporary.iterdir() if path != killed.folder}
    (temporary / ".thamdinh-killed-in-clean-up.tmp").mkdir()
    assert (killed.folder / "outcomes").exists()
    with Ledger() as ledger:
        assert set(temporary.iterdir()) == {*others, ledger.folder}
        assert (running.folder / "outcomes").exists()
    assert set(temporary.iterdir()) == others
    assert (temporary / "elsewhere" / "lock").exists()


@pytest.mark.parametrize("place", ["{}", "file://{}"])
def test_the_next_audit_with_parts_at_the_same_place_deletes_those_of_a_killed_one_and_nothing_else(
    tmp_path: Path, place: str
) -> None:
    running, killed = Audit(tmp_path, WITH_PARTS), Audit(tmp_path, WITH_PARTS)
    (killed.folder / "part-0.parquet").touch()
    killed.end()
    elsewhere = tmp_path / "of-another-machine"
    elsewhere.mkdir()
    (elsewhere / "thamdinh-another.lock").touch()
    (tmp_path / "file").touch()
    assert killed.folder.exists()
    with parts_folder(place.format(tmp_path), AuditJob("next", (ruleset(),))):
        left = set(tmp_path.iterdir())
    running.process.send_signal(signal.SIGINT)
    running.process.communicate()
    assert left == {running.folder, elsewhere, tmp_path / "file", tmp_path / "next"}
    assert set(tmp_path.iterdir()) == {elsewhere, tmp_path / "file"}


SHORT = "from thamdinh.engine.audit.workers import fork_server; fork_server._LONGEST = 1_000"


def test_the_fork_server_begins_whatever_the_length_of_the_temporary_folder(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 100)
    long.mkdir()
    audit = Audit(
        long,
        LIVING.replace(
            "with", "from thamdinh.engine.audit.workers import fork_server\nfork_server.start_fork_server()\nwith"
        ),
    )
    assert audit.folder.is_relative_to(long)
    audit.end()


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder whose name leaves room for those of sockets."""
    with tempfile.TemporaryDirectory(prefix="t-") as name:
        monkeypatch.setattr(tempfile, "tempdir", name)
        yield Path(name)


def test_the_folder_of_the_fork_server_goes_as_that_of_the_audit_does(short: Path) -> None:
    program = LIVING.replace("with", f"{SHORT}\nfork_server.start_fork_server()\nwith")
    audit = Audit(short, program)
    assert len(list(short.iterdir())) == 2
    audit.end()
    with Ledger() as ledger:
        assert set(short.iterdir()) == {ledger.folder}


def test_the_folder_of_another_user_is_left_alone(killed: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: killed.folder.stat().st_uid + 1)
    with Ledger():
        assert (killed.folder / "outcomes").exists()


def test_two_audits_of_one_process_leave_each_other_alone(temporary: Path) -> None:
    with Ledger() as one, Ledger() as other:
        assert set(temporary.iterdir()) == {one.folder, other.folder}
    assert not list(temporary.iterdir())
