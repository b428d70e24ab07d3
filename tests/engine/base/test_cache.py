"""What is kept between runs: found again under its name and key, and never trusted where others could have written."""

import os
import pickle
import shutil
from pathlib import Path

import pytest

from tests.appraisal import ROOT
from thamdinh.engine.base import cache
from thamdinh.engine.base.cache import kept_result, source_fingerprint


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

    def again(self, *key: str) -> str:
        return kept_result("x", key, {}, self)


def test_a_thing_is_made_once_for_each_key() -> None:
    make = Maker()
    found = [make.again(*key) for key in [("1",), ("1",), ("2",), ("2",), ("1",)]]
    assert found == ["thing 1", "thing 1", "thing 2", "thing 2", "thing 3"]


def test_another_program_makes_things_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    make = Maker()
    make.again()
    monkeypatch.setattr(cache, "program", lambda: "another")
    assert make.again() == "thing 2"


def test_only_the_user_may_read_what_is_kept(folder: Path) -> None:
    Maker().again()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [(path.name, path.stat().st_mode & 0o777) for path in folder.iterdir()] == [("x", 0o600)]


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_what_others_could_have_written_is_not_loaded(folder: Path, mode: int) -> None:
    make = Maker()
    make.again()
    (folder / "x").chmod(mode)
    assert make.again() == "thing 2"


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
@pytest.mark.parametrize("where", ["thamdinh", ".", ".."])
def test_nothing_is_loaded_from_where_others_may_put_things(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, mode: int
) -> None:
    home = tmp_path / "a" / "b"
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    make = Maker()
    make.again()
    (home / where).chmod(mode)
    assert [make.again(), make.again()] == ["thing 2", "thing 3"]
    (home / where).chmod(mode | 0o1000)  # where nobody may take away what is another's
    assert make.again() == "thing 1"


def test_what_another_user_owns_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    make = Maker()
    make.again()
    monkeypatch.setattr("os.geteuid", lambda: 12345)
    assert make.again() == "thing 2"


@pytest.mark.parametrize("content", [b"", b"rubbish", b"\n", b"[]\n[]", pickle.dumps("text"), b"\x00" * 100])
def test_what_is_damaged_is_made_anew(folder: Path, content: bytes) -> None:
    make = Maker()
    make.again()
    (folder / "x").write_bytes(content)
    assert make.again() == "thing 2"
    assert make.again() == "thing 2"


def test_one_byte_that_changed_is_noticed(folder: Path) -> None:
    make = Maker()
    make.again()
    content = (folder / "x").read_bytes()
    (folder / "x").write_bytes(content.replace(b"thing", b"think"))
    assert make.again() == "thing 2"


def test_no_pickle_is_ever_loaded(folder: Path, tmp_path: Path) -> None:
    class Planted:
        def __reduce__(self) -> tuple[object, ...]:
            return os.mkdir, (str(tmp_path / "run"),)

    folder.mkdir(mode=0o700)
    (folder / "x").touch(0o600)
    (folder / "x").write_bytes(pickle.dumps(((), Planted())))
    assert Maker().again() == "thing 1"
    assert not (tmp_path / "run").exists()


def test_a_link_is_not_followed_and_a_pipe_not_waited_for(folder: Path, tmp_path: Path) -> None:
    make = Maker()
    make.again()
    (folder / "x").rename(tmp_path / "elsewhere")
    (folder / "x").symlink_to(tmp_path / "elsewhere")
    assert make.again() == "thing 2"
    (folder / "x").unlink(missing_ok=True)
    os.mkfifo(folder / "x")
    assert make.again() == "thing 3"


@pytest.mark.parametrize("given", ["", "relative", "./x", "~/x"])
def test_a_folder_given_by_no_absolute_path_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", given)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    Maker().again()
    assert (tmp_path / "home" / ".cache" / "thamdinh" / "x").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize("home", [None, "relative"])
def test_without_a_home_things_are_made_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str | None
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HOME") if home is None else monkeypatch.setenv("HOME", home)
    monkeypatch.setattr("pwd.getpwuid", lambda _: {}["no entry"])
    make = Maker()
    assert [make.again(), make.again()] == ["thing 1", "thing 2"]
    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_to_write_in_things_are_made_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    make = Maker()
    assert [make.again(), make.again()] == ["thing 1", "thing 2"]


def test_what_is_not_plain_is_not_kept(folder: Path) -> None:
    assert kept_result("x", (), {}, lambda: lambda: 1)() == 1
    assert not list(folder.glob("x"))


def test_a_program_is_known_by_every_source_file(tmp_path: Path) -> None:
    package = tmp_path / "package"
    shutil.copytree(ROOT / "engine", package, ignore=shutil.ignore_patterns("__pycache__"), copy_function=shutil.copy2)
    whole = source_fingerprint(str(package))
    assert source_fingerprint(str(package)) == whole
    seen = {whole}
    (package / "documents" / "yaml.py").rename(package / "audit" / "yaml.py")  # a module moves as it is
    seen.add(source_fingerprint(str(package)))
    (package / "audit" / "yaml.py").rename(package / "documents" / "yaml.py")
    (package / "new.py").touch()
    seen.add(source_fingerprint(str(package)))
    (package / "new.py").unlink()
    status = (package / "base" / "text.py").stat()
    content = (package / "base" / "text.py").read_bytes()
    (package / "base" / "text.py").write_bytes(content.replace(b"vi", b"xx"))  # as long and as old as before
    os.utime(package / "base" / "text.py", ns=(status.st_atime_ns, status.st_mtime_ns))
    seen.add(source_fingerprint(str(package)))
    (package / "model" / "mismatch.json").write_text("{}", encoding="utf-8")  # other words are another program
    seen.add(source_fingerprint(str(package)))
    assert len(seen) == 5


def test_every_folder_with_source_files_is_part_of_the_program() -> None:
    known = {name for name, *_ in cache._sources(str(ROOT), "")}
    files = {
        path.relative_to(ROOT).as_posix()
        for top in ("engine", "commands", "desk", "features")
        for suffix in (".py", ".json")
        for path in (ROOT / top).rglob(f"*{suffix}")
    }
    assert files <= known
    assert cache.program() == source_fingerprint(str(ROOT))
