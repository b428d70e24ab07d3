"""`thamdinh serve` as a process: where it listens, how it ends, and what it leaves."""

import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.command_line import PROGRAM, thamdinh

pytestmark = pytest.mark.process


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_serves_until_it_is_asked_to_end_and_leaves_no_process(tmp_path: Path, number: int) -> None:
    with serving(tmp_path) as (server, address):
        assert httpx.get(address, timeout=60).status_code == 200
        below = descendants(server.pid)
        assert len(below) >= 3
        server.send_signal(number)
        status = server.wait(30)
        said = (tmp_path / "said").read_text("utf-8")
    if number != signal.SIGKILL:
        assert status in (0, 128 + number)
        assert "Traceback" not in said
    end = time.monotonic() + 30
    while left := [process for process in below if alive(process)]:
        assert time.monotonic() < end, left
        time.sleep(0.1)


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = thamdinh("serve", "--port", other.getsockname()[1])
    assert done.returncode == 2
    assert "--port 0" in done.stderr


def test_what_it_is_to_judge_by_is_looked_at_before_it_begins() -> None:
    done = thamdinh("serve", "--port", "0", "--directive", "khong-co")
    assert done.returncode == 2
    assert "khong-co" in done.stderr


@contextmanager
def serving(
    folder: Path, *options: object, program: Path = PROGRAM, workers: int = 2
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server with its files in a folder, and its address. However the test ends, so does it."""
    with (folder / "said").open("w") as said:
        server = subprocess.Popen(
            [program, "serve", "--port", "0", "--workers", str(workers), *map(str, options)],
            cwd=folder, stdout=subprocess.PIPE, stderr=said, encoding="utf-8",
        )  # fmt: skip
        try:
            assert server.stdout is not None
            address = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
            assert address is not None
            yield server, address[0]
        finally:
            server.kill()
            server.communicate()


def descendants(process: int) -> list[int]:
    """The processes below a process."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, encoding="utf-8", check=True).stdout
    parents = {int(pid): int(parent) for pid, parent in (line.split() for line in listed.splitlines()[1:])}
    found: list[int] = []
    new = [process]
    while new:
        new = [pid for pid, parent in parents.items() if parent in new]
        found += new
    return found


def alive(process: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_others_reach_no_server_without_sign_in_and_encryption(tmp_path: Path) -> None:
    certificate = tmp_path / "c.pem"
    certificate.write_text("")
    for options in ([], ["--data", tmp_path], ["--certificate", certificate]):
        done = thamdinh("serve", "--port", "0", "--host", "0.0.0.0", *options)
        assert done.returncode == 2
        assert "--certificate" in done.stderr
