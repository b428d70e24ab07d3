"""Sealed changes of directives: who vouches for a pack, shown again from one file, and packs that are refused without."""

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import COMPLIANT, Completed, thamdinh
from thamdinh.engine.directive.packs import digest, locate_pack

pytest.importorskip("cryptography")
pytestmark = pytest.mark.long
PACK = "cong-an-minh-hoa-2017"
Run = Callable[..., Completed]


@pytest.fixture(scope="module", autouse=True)
def in_one_process() -> Iterator[None]:
    """What is proved is proved here: other processes take a second each to begin, and are tested by `rules verify`."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("thamdinh.engine.assurance.verify.verify.cpu_count", lambda: 1)
        yield


class Office:
    """A user with keys of their own, and a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def run(self, *arguments: object, **options: Any) -> Completed:
        environment = {"XDG_CONFIG_HOME": str(self.folder / "configuration")}
        return thamdinh(*arguments, env=environment, cwd=self.folder, **options)

    @property
    def keys(self) -> Path:
        return self.folder / "configuration" / "thamdinh" / "keys"


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("issuer") / "home")
    assert office.run("rules", "keygen", "ban-to-chuc").returncode == 0
    done = office.run("rules", "seal", PACK, "--from", PACK, "--key", "ban-to-chuc", "-o", "change.zip")
    assert done.returncode == 0, done.stderr
    return office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "office")


def trusting(office: Office, issuer: Office) -> Office:
    assert office.run("rules", "trust", issuer.keys / "ban-to-chuc.pub", "Ban Tổ chức").returncode == 0
    return office


def altered(archive: Path, into: Path, name: str, content: bytes | None) -> Path:
    """A copy of a zip in which one file is another, or isn't there."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(into, "w") as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        if content is not None:
            new.writestr(name, content)
    return into


def test_all_that_was_shown_is_shown_again_from_the_file_alone(issuer: Office, office: Office) -> None:
    change = issuer.folder / "change.zip"
    unknown = office.run("rules", "check-seal", change)
    assert (unknown.returncode, "CHƯA được tin" in unknown.stdout) == (2, True)
    trusting(office, issuer)
    done = office.run("rules", "check-seal", change)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Khóa: Ban Tổ chức" in done.stdout
    assert "KHÁC" not in done.stdout
    with zipfile.ZipFile(change) as archive:
        kept = json.loads(archive.read("evidence.json"))
        assert json.loads(archive.read("change.json"))["new"]["digest"] == digest(locate_pack(PACK))
    assert kept["tests"]["passed"] == 14
    assert set(kept["proofs"]["standing"]) <= {"proved", "aside"}


def test_evidence_that_is_better_than_the_pack_is_found_out(issuer: Office, tmp_path: Path) -> None:
    """An issuer with a trusted key who says more than is so: the signature holds, and what is shown again does not."""
    from thamdinh.engine.directive import signing

    with zipfile.ZipFile(issuer.folder / "change.zip") as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    change, kept = json.loads(files.pop(signing.CHANGE)), json.loads(files["evidence.json"])
    del files[signing.SIGNATURE], change["files"]
    kept["tests"]["passed"] += 1
    files["evidence.json"] = json.dumps(kept).encode()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CONFIG_HOME", str(issuer.folder / "configuration"))
        (tmp_path / "better.zip").write_bytes(signing.signed(change, files, "ban-to-chuc"))
    trusting(issuer, issuer)
    done = issuer.run("rules", "check-seal", tmp_path / "better.zip")
    assert done.returncode == 1
    assert "Kiểm thử của bộ: làm lại, KHÁC" in done.stdout


def test_whatever_is_changed_added_or_taken_away_breaks_the_seal(
    issuer: Office, office: Office, tmp_path: Path
) -> None:
    trusting(office, issuer)
    change = issuer.folder / "change.zip"
    with zipfile.ZipFile(change) as archive:
        names = archive.namelist()
        head = archive.read("change.json")
    for number, name in enumerate([*names, "new/more.yaml", "../outside"]):
        copies = [altered(change, tmp_path / f"{number}.zip", name, b"x: 1\n")]
        if name in names:
            copies.append(altered(change, tmp_path / f"{number}-gone.zip", name, None))
        for copy in copies:
            done = office.run("rules", "check-seal", copy)
            assert done.returncode == 2, name
            assert done.stdout == ""
            assert "Traceback" not in done.stderr
    assert not (tmp_path.parent / "outside").exists()
    done = office.run("rules", "check-seal", altered(change, tmp_path / "id.zip", "change.json", head + b" "))
    assert "Chữ ký của tệp niêm phong không đúng" in done.stderr


def test_what_is_no_sealed_change_no_key_and_no_name_is_told(office: Office, issuer: Office, tmp_path: Path) -> None:
    plain = tmp_path / "plain.zip"
    plain.write_bytes(b"PK\3\4 not at all")
    for arguments in (
        ("check-seal", plain),
        ("check-seal", tmp_path / "missing.zip"),
        ("check-seal", tmp_path),
        ("trust", plain, "ai-do"),
        ("trust", issuer.keys / "ban-to-chuc.private", "ai-do"),
        ("trust", issuer.keys / "ban-to-chuc.pub", "../ra-ngoai"),
        ("keygen", "../ra-ngoai"),
        ("seal", PACK, "--key", "khong-co", "-o", tmp_path / "new.zip"),
    ):
        done = office.run("rules", *arguments)
        assert done.returncode == 2, arguments
        assert done.stderr
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "new.zip").exists()
    assert issuer.run("rules", "keygen", "ban-to-chuc").returncode == 2, "a key is never overwritten"
    assert (issuer.keys / "ban-to-chuc.private").stat().st_mode & 0o077 == 0


def test_an_office_that_asks_for_seals_accepts_the_sealed_pack_alone_and_says_who_vouches(
    issuer: Office, office: Office
) -> None:
    plan = office.folder / "plan.yaml"
    plan.write_text(COMPLIANT.read_text("utf-8"), encoding="utf-8")
    seals = office.folder / "seals"
    seals.mkdir()
    (office.folder / "thamdinh.toml").write_text('require-seal = "seals"\n', encoding="utf-8")
    commands = (("lint", plan), ("audit", plan, "-q", "--format", "json"), ("lint", plan, "--format", "json"))

    def statuses() -> list[tuple[int, bool]]:
        done = [office.run(*command, "--directive", PACK) for command in commands]
        return [(item.returncode, "DR004" in item.stderr) for item in done]

    assert statuses() == [(2, True)] * 3, "no seal"
    (seals / "change.zip").write_bytes((issuer.folder / "change.zip").read_bytes())
    assert statuses() == [(2, True)] * 3, "a seal by a key that is not trusted"
    trusting(office, issuer)
    assert {refused for _, refused in statuses()} == {False}
    shown = json.loads(office.run("lint", plan, "--directive", PACK, "--format", "json").stdout)
    assert shown["settings"]["packs"][0]["sealed_by"] == "Ban Tổ chức"
    assert "Ban Tổ chức" in office.run("lint", plan, "--directive", PACK).stdout
    assert office.run("lint", plan, "--directive", "ben-tre-2017").returncode == 2, "another pack"
