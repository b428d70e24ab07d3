"""What may be read: regular files and standard input; all else is refused with the reason (PL006)."""

import io
import os
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.plans import PLAN, problems
from thamdinh.engine.documents import READERS, read, read_file, source


class Input:
    """Standard input with given bytes."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "kế hoạch.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_an_empty_name_shows() -> None:
    (problem,) = problems(lambda: read_file(""))
    assert problem.place.file == '""'


def test_a_file_and_a_link_to_it_are_read(plan: Path) -> None:
    link = plan.with_name("link.YML")
    link.symlink_to(plan)
    assert read_file(plan).data == read_file(str(link)).data == read("a.yaml", PLAN.encode()).data
    assert read_file(plan).file == str(plan)


@pytest.mark.parametrize(
    ("content", "expected"), [(b'\n {"a": [12, "12:30"]}', [12, "12:30"]), (b"a: [12, 12:30]\n", [12, "12:30"])]
)
def test_standard_input_is_read_as_what_it_looks_like(
    monkeypatch: pytest.MonkeyPatch, content: bytes, expected: object
) -> None:
    monkeypatch.setattr(sys, "stdin", Input(content))
    document = read_file("-")
    assert document.data == {"a": expected}
    assert document.file == "<stdin>"
    assert document.place(("a",)).describe() == f"<stdin>:{1 if content[0] != 10 else 2}:{4 if content[0] != 10 else 8}"


def test_standard_input_that_looks_like_json_is_held_to_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Input(b"\xef\xbb\xbf[a]"))
    (problem,) = problems(lambda: read_file("-"))
    assert problem.code == "PL001"
    assert problem.place.file == "<stdin>"


@pytest.mark.parametrize("stdin", [None, Input(b"")])
def test_standard_input_that_gives_nothing_is_refused(monkeypatch: pytest.MonkeyPatch, stdin: object) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    (problem,) = problems(lambda: read_file("-"))
    assert problem.code == "PL006"


def fifo(folder: Path) -> Path:
    os.mkfifo(folder / "a.yaml")
    return folder / "a.yaml"


def folder(folder: Path) -> Path:
    (folder / "a.yaml").mkdir()
    return folder / "a.yaml"


def bound_socket(folder: Path) -> Path:
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(folder / "a.yaml"))
    return folder / "a.yaml"


def broken_link(folder: Path) -> Path:
    (folder / "a.yaml").symlink_to("không-có.yaml")
    return folder / "a.yaml"


def loop(folder: Path) -> Path:
    (folder / "a.yaml").symlink_to("b.yaml")
    (folder / "b.yaml").symlink_to("a.yaml")
    return folder / "a.yaml"


def link_to_a_folder(folder: Path) -> Path:
    (folder / "a.yaml").symlink_to(folder)
    return folder / "a.yaml"


def empty(folder: Path) -> Path:
    (folder / "a.yaml").touch()
    return folder / "a.yaml"


REFUSED: dict[str, tuple[Callable[[Path], Path], str, str]] = {
    "a missing file": (lambda folder: folder / "a.yaml", "Không tìm thấy tệp", "no such file"),
    "a name under a file": (lambda folder: empty(folder) / "b.yaml", "Không tìm thấy tệp", "no such file"),
    "a folder": (folder, "là thư mục", "is a folder"),
    "a link to a folder": (link_to_a_folder, "là thư mục", "is a folder"),
    "a pipe": (fifo, "ống dẫn", "a pipe"),
    "a socket": (bound_socket, "socket", "a socket"),
    "a device": (lambda _: Path("/dev/zero"), "thiết bị", "a device"),
    "a broken link": (broken_link, "không còn tồn tại", "isn't there"),
    "a link to itself": (loop, "trỏ vòng", "leads back to itself"),
    "an empty file": (empty, "Tệp trống", "is empty"),
    "a name too long": (lambda folder: folder / ("x" * 300 + ".yaml"), "Không đọc được tệp", "can't be read"),
    "no name": (lambda _: Path(), "là thư mục", "is a folder"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_readable_file_is_refused_with_the_reason(case: str, tmp_path: Path) -> None:
    make, vi, en = REFUSED[case]
    path = make(tmp_path)
    (problem,) = problems(lambda: read_file(path))
    assert problem.code == "PL006"
    assert vi in problem.message.vi
    assert en in problem.message.en
    assert problem.place.file == str(path)


def test_an_empty_name_is_no_file() -> None:
    (problem,) = problems(lambda: read_file(""))
    assert "no such file" in problem.message.en


@pytest.mark.parametrize("error", [PermissionError(13, "denied"), OSError(5, "Input/output error")])
def test_a_file_that_may_not_or_cannot_be_read_is_refused(
    plan: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    (problem,) = problems(lambda: read_file(plan))
    assert problem.code == "PL006"
    assert ("quyền đọc" in problem.message.vi) == isinstance(error, PermissionError)


def test_a_file_beyond_the_limit_is_refused(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = plan.stat().st_size
    monkeypatch.setattr(source, "LARGEST_FILE", size)
    assert read_file(plan).data
    monkeypatch.setattr(source, "LARGEST_FILE", size - 1)
    (problem,) = problems(lambda: read_file(plan))
    assert "lớn quá" in problem.message.vi
    monkeypatch.setattr(sys, "stdin", Input(PLAN.encode()))
    assert problems(lambda: read_file("-"))


def test_an_endless_input_is_read_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LARGEST_FILE", 1000)
    end, start = os.pipe()

    def write() -> None:
        with os.fdopen(start, "wb") as pipe:
            pipe.write(b"x" * 5000)

    threading.Thread(target=write).start()
    with os.fdopen(end, "rb") as pipe:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(pipe))
        (problem,) = problems(lambda: read_file("-"))
    assert "lớn quá" in problem.message.vi


@pytest.mark.parametrize("name", ["plan.txt", "plan", "plan.pdf", "a.yaml.bak"])
def test_a_file_of_another_type_is_refused(name: str) -> None:
    (problem,) = problems(lambda: read(name, PLAN.encode()))
    assert problem.code == "PL006"
    assert all(suffix in problem.fix.vi for suffix in READERS)


def test_a_name_that_is_no_utf_8_can_be_read_and_shown(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/k\xff.yaml"
    with open(raw, "wb") as file:
        file.write(b"a: 1\n")
    document = read_file(os.fsdecode(raw))
    assert document.data == {"a": 1}
    assert document.file.encode().decode().endswith("k\ufffd.yaml")
