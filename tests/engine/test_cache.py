"""What is kept between runs: found again under its name and key, and never trusted where others could have written."""

import pickle
from pathlib import Path

import pytest

from thamdinh.engine.cache import kept


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "thamdinh"


class Maker:
    """Makes numbered things, so that a thing made anew can be told apart."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> str:
        self.made += 1
        return f"thing {self.made}"


def test_a_thing_is_made_once_for_each_key() -> None:
    make = Maker()
    found = [kept("x", key, make) for key in [("1",), ("1",), ("2",), ("2",), ("1",)]]
    assert found == ["thing 1", "thing 1", "thing 2", "thing 2", "thing 3"]


def test_only_the_user_may_read_what_is_kept(folder: Path) -> None:
    kept("x", (), Maker())
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [(path.name, path.stat().st_mode & 0o777) for path in folder.iterdir()] == [("x", 0o600)]


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_what_others_could_have_written_is_not_loaded(folder: Path, mode: int) -> None:
    make = Maker()
    kept("x", (), make)
    (folder / "x").chmod(mode)
    assert kept("x", (), make) == "thing 2"


def test_what_another_user_owns_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    make = Maker()
    kept("x", (), make)
    monkeypatch.setattr("os.geteuid", lambda: 12345)
    assert kept("x", (), make) == "thing 2"


@pytest.mark.parametrize("content", [b"", b"rubbish", pickle.dumps("text"), pickle.dumps(()), pickle.dumps(((),))])
def test_what_is_damaged_is_made_anew(folder: Path, content: bytes) -> None:
    make = Maker()
    kept("x", (), make)
    (folder / "x").write_bytes(content)
    assert kept("x", (), make) == "thing 2"
    assert kept("x", (), make) == "thing 2"


def test_without_a_folder_to_write_in_things_are_made_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    make = Maker()
    assert [kept("x", (), make), kept("x", (), make)] == ["thing 1", "thing 2"]


def test_what_cannot_be_pickled_is_not_kept(folder: Path) -> None:
    assert kept("x", (), lambda: lambda: 1)() == 1
    assert not list(folder.glob("x"))
