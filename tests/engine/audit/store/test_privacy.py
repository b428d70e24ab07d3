"""The key of an audit's hashes: made once, its owner's alone, and refused otherwise."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from thamdinh.engine.audit.store.privacy import VARIABLE, audit_key, key_file
from thamdinh.engine.base.problem import Unreadable


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "keys" / "audit.key"
    monkeypatch.setenv(VARIABLE, str(path))
    return path


def test_a_key_is_made_for_its_owner_alone_and_kept(path: Path) -> None:
    key = audit_key()
    assert len(key) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert audit_key() == key
    assert [item.name for item in path.parent.iterdir()] == [path.name]


def test_audits_that_begin_together_share_one_key(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: audit_key(), range(32)))) == 1


def test_by_default_the_key_lies_in_the_users_configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert key_file() == tmp_path / "thamdinh" / "audit.key"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620])
def test_a_key_that_others_can_read_or_change_is_refused(path: Path, mode: int) -> None:
    audit_key()
    path.chmod(mode)
    with pytest.raises(Unreadable) as refused:
        audit_key()
    assert f"chmod 600 {path}" in refused.value.problems[0].fix.vi


@pytest.mark.parametrize("content", [b"", b"xyz", b"00ff", b"\xff\xfe"])
def test_a_file_that_holds_no_key_is_refused_and_left_as_it_is(path: Path, content: bytes) -> None:
    audit_key()
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        audit_key()
    assert path.read_bytes() == content


def test_a_folder_in_place_of_the_key_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(Unreadable):
        audit_key()
