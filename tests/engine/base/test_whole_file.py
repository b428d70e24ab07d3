"""Files and folders are written whole or not at all, and only over what may be replaced."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from thamdinh.engine.base.whole_file import (
    Replaceable,
    anything,
    making_file,
    making_folder,
    replace_nothing,
    write_whole,
)


def held(folder: Path) -> dict[str, bytes]:
    """What is in a folder, hidden files included."""
    return {item.name: item.read_bytes() for item in folder.iterdir()}


def test_a_failure_leaves_what_was_there_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        write_whole(path, b"new", anything)
    assert held(tmp_path) == {"plan.yaml": b"old"}


@pytest.mark.parametrize("replaceable", [replace_nothing, anything])
def test_nothing_is_written_through_a_link(tmp_path: Path, replaceable: Replaceable) -> None:
    (tmp_path / "target").write_bytes(b"old")
    for name, to in (("link", "target"), ("dangling", "nowhere"), ("loop", "loop")):
        (tmp_path / name).symlink_to(to)
        with pytest.raises(OSError, match="symbolic"):
            write_whole(tmp_path / name, b"new", replaceable)
        assert (tmp_path / name).is_symlink()
    assert (tmp_path / "target").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 4


def test_what_is_not_replaceable_stays(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"old")
    with pytest.raises(FileExistsError):
        write_whole(path, b"new")
    with pytest.raises(FileExistsError):
        write_whole(path, b"new", lambda there: there.read_bytes() == b"other")
    assert held(tmp_path) == {"plan.yaml": b"old"}
    write_whole(path, b"new", lambda there: there.read_bytes() == b"old")
    assert held(tmp_path) == {"plan.yaml": b"new"}


@pytest.mark.parametrize("there", [b"", b"old"])
def test_what_comes_while_a_file_is_made_stays(tmp_path: Path, there: bytes) -> None:
    path = tmp_path / "plan.yaml"

    def make(replaceable: Replaceable, meanwhile: bytes) -> None:
        with making_file(path, replaceable) as unfinished:
            unfinished.write_bytes(b"new")
            path.write_bytes(meanwhile)

    with pytest.raises(FileExistsError):
        make(replace_nothing, there)
    assert held(tmp_path) == {"plan.yaml": there}
    path.write_bytes(b"first")
    with pytest.raises(FileExistsError):
        make(lambda there: there.read_bytes() == b"first", b"saved meanwhile")
    assert held(tmp_path) == {"plan.yaml": b"saved meanwhile"}


def test_a_file_that_is_replaced_hands_on_its_permissions_and_a_new_one_gets_the_usual(tmp_path: Path) -> None:
    ours, usual, closed = tmp_path / "ours", tmp_path / "usual", tmp_path / "closed"
    usual.write_bytes(b"")
    closed.write_bytes(b"")
    closed.chmod(0o640)
    write_whole(ours, b"new")
    write_whole(closed, b"new", anything)
    assert ours.stat().st_mode == usual.stat().st_mode
    assert closed.stat().st_mode & 0o777 == 0o640
    write_whole(usual, b"new", anything, private=True)
    assert usual.stat().st_mode & 0o777 == 0o600


def test_without_links_files_are_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    write_whole(tmp_path / "plan.yaml", b"new")
    assert held(tmp_path) == {"plan.yaml": b"new"}


def test_what_is_no_regular_file_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, b"new")
    assert os.read(reader, 10) == b"new"
    assert pipe.is_fifo()
    os.close(reader)


def test_files_that_the_process_has_open_can_be_named(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    write_whole(Path(f"/dev/fd/{writer}"), b"new")
    assert os.read(reader, 10) == b"new"
    for descriptor in (reader, writer):
        os.close(descriptor)


def test_a_folder_appears_when_it_is_complete(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    with making_folder(folder) as unfinished:
        (unfinished / "a").write_bytes(b"new")
        assert not folder.exists()
    assert held(folder) == {"a": b"new"}
    with pytest.raises(FileExistsError), making_folder(folder):
        pass
    with pytest.raises(KeyError), making_folder(tmp_path / "other") as unfinished:
        raise KeyError
    assert [item.name for item in tmp_path.iterdir()] == ["folder"]


KILLED = """
import os, signal, sys
from pathlib import Path
from thamdinh.engine.base.whole_file import making_file, making_folder
with making_file(Path("a")) as file, making_folder(Path("b")) as folder:
    file.write_bytes(b"half")
    (folder / "half").write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.process
def test_what_killed_writers_left_is_deleted_by_the_next_one_and_nothing_else(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED], cwd=tmp_path, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [item.name[:10] for item in tmp_path.iterdir()] == [".thamdinh-"] * 2
    others = {".thamdinh-notes": b"mine", ".thamdinh.tmp": b"mine", "plan.tmp": b"mine"}
    for name, content in others.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / ".thamdinh-link.tmp").symlink_to(tmp_path / "plan.tmp")
    with making_file(tmp_path / "alive") as alive:  # a writer that lives
        write_whole(tmp_path / "new", b"new")
        assert alive.exists()
    (tmp_path / ".thamdinh-link.tmp").unlink()
    assert held(tmp_path) == {**others, "new": b"new", "alive": b""}


def test_a_file_that_another_writer_took_for_left_behind_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Path] = []

    def flock(descriptor: int, how: int) -> None:
        if len(taken) < 2:  # between the making of the file and the lock on it, twice
            [made] = tmp_path.glob(".thamdinh-*")
            made.unlink()
            taken.append(made)

    monkeypatch.setattr("fcntl.flock", flock)
    write_whole(tmp_path / "plan.yaml", b"new")
    assert len(set(taken)) == 2
    assert held(tmp_path) == {"plan.yaml": b"new"}
