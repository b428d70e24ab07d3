"""`thamdinh watch`: a real process, real saves."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line import EXAMPLES, PROGRAM, thamdinh_process

pytestmark = pytest.mark.process

GOOD = (EXAMPLES / "compliant" / "xa-phu-tuc.yaml").read_bytes()
BAD = (EXAMPLES / "breached" / "bao-cao-gop.yaml").read_bytes()


class Watch:
    """A running watch whose output is read as it comes."""

    def __init__(self, *arguments: object, cwd: Path) -> None:
        self.process = subprocess.Popen(
            [PROGRAM, "watch", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert self.process.stdout is not None
        os.set_blocking(self.process.stdout.fileno(), False)

    def until(self, words: str, seconds: float = 20) -> str:
        """What it printed up to and with the words."""
        text, end = "", time.monotonic() + seconds
        while words not in text:
            assert time.monotonic() < end, text
            assert self.process.poll() is None, text
            assert self.process.stdout is not None
            text += (self.process.stdout.read() or b"").decode()
            time.sleep(0.02)
        return text

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach.yaml"
    path.write_bytes(GOOD)
    return path


@pytest.fixture
def watch(plan: Path) -> Iterator[Watch]:
    watching = Watch(plan.parent, "--select", "TD2", cwd=plan.parent)
    yield watching
    watching.process.kill()


def test_every_save_is_checked_until_interrupted(watch: Watch, plan: Path) -> None:
    watch.until("1 đạt, 0 chưa đạt")
    plan.write_bytes(BAD)
    assert "TD201" in watch.until("0 đạt, 1 chưa đạt")
    plan.write_bytes(b"schema: [")
    assert "PL001" in watch.until("PL001")
    other = plan.with_name("moi.yaml")  # saved as editors do: a new file moved over the old one
    other.write_bytes(GOOD)
    other.replace(plan)
    watch.until("1 đạt, 0 chưa đạt")
    assert watch.stop() == 0


def test_settings_that_change_hold_from_then_on(watch: Watch, plan: Path) -> None:
    plan.write_bytes(BAD)
    watch.until("0 đạt, 1 chưa đạt")
    plan.with_name("thamdinh.toml").write_text('lang = "en"\n', encoding="utf-8")
    watch.until("1 plan")


def test_what_cannot_be_watched_is_refused() -> None:
    for name in ("-", "khong-co.yaml"):
        ended = thamdinh_process("watch", name, timeout=20)
        assert ended.returncode == 2
        assert "theo dõi" in ended.stderr


@pytest.mark.parametrize("what", ["folder", "current directory", "another in its place"])
def test_a_watched_folder_that_goes_ends_the_watch_in_words(what: str, tmp_path: Path) -> None:
    plans, here = tmp_path / "plans", tmp_path / "here"
    for folder in (plans, here):
        folder.mkdir()
    (plans / "a.yaml").write_bytes(GOOD)
    watching = Watch(plans, cwd=here)
    try:
        watching.until("1 đạt, 0 chưa đạt")
        gone = here if what == "current directory" else plans
        gone.rename(tmp_path / "moved") if what == "another in its place" else shutil.rmtree(gone)
        if what == "another in its place":
            plans.mkdir()
        assert watching.process.wait(20) == 2
        assert watching.process.stdout is not None
        said = (watching.process.stdout.read() or b"").decode()
        assert f"{gone}: PL006" in said
        assert "không còn nữa" in said
        assert "Traceback" not in said
    finally:
        watching.process.kill()


def test_a_watched_file_that_goes_is_told(plan: Path) -> None:
    watching = Watch(plan, cwd=plan.parent)
    try:
        watching.until("1 đạt, 0 chưa đạt")
        plan.unlink()
        watching.until("PL006")
        plan.write_bytes(GOOD)
        watching.until("1 đạt, 0 chưa đạt")
        assert watching.stop() == 0
    finally:
        watching.process.kill()
