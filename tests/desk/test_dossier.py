"""A dossier is checked without the desk, and nothing in it can be changed unseen."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.desk.conftest import copied
from tests.desk.desks import COMPLIANT, Peopled, judge
from thamdinh.desk.dossier import check_dossier, export
from thamdinh.desk.refused import Refused
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.base.signatures import fingerprint

Members = dict[str, bytes]


@pytest.fixture(scope="module")
def issuing(made_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peopled]:
    """The desk that the dossier is of; no test changes either."""
    peopled = Peopled(copied(made_desk, tmp_path_factory.mktemp("issuing")))
    yield peopled
    peopled.desk.store.close()


@pytest.fixture(scope="module")
def dossier(issuing: Peopled) -> bytes:
    at = issuing
    cases, number = at.desk.cases, at.submitted()
    cases.take(at["canbo"], number)
    cases.request_changes(at["canbo"], number, "Sửa thành phần")
    cases.submit(at["phutuc"], "../kế hoạch: bản 2.yaml", COMPLIANT, "2", case_id=number)
    cases.take(at["canbo"], number)
    cases.accept(at["lanhdao"], number)
    return export(at.desk.store, cases, at["phutuc"], number)


def members(dossier: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(dossier)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: Members) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.long
def test_a_dossier_holds_all_that_is_needed_and_checks(issuing: Peopled, dossier: bytes) -> None:
    checked = check_dossier("ho-so.zip", dossier, judge)
    assert checked.faults == ()
    assert (checked.state, checked.versions, checked.events) == ("accepted", 2, 6)
    assert checked.fingerprint == fingerprint(issuing.desk.store.vault.public_key) == issuing.desk.fingerprint
    found = members(dossier)
    assert issuing.desk.fingerprint in found["README.txt"].decode()
    assert found["versions/2/file/kế hoạch: bản 2.yaml"] == COMPLIANT
    assert json.loads(found["versions/1/verdict.json"])["plans"][0]["status"] == "non_compliant"


@pytest.mark.long
def test_who_may_not_read_a_case_gets_no_dossier(at: Peopled) -> None:
    number = at.submitted()
    for login in ("batri", "ralinh", "quantri"):
        with pytest.raises(Refused):
            at.desk.dossier(at[login], number)


EVERY_MEMBER: Final = (
    "README.txt",
    "events.jsonl",
    "manifest.json",
    "signature.json",
    "versions/1/file/ke-hoach.yaml",
    "versions/1/verdict.json",
    "versions/1/pack.zip",
)


@pytest.mark.long
@pytest.mark.parametrize("name", EVERY_MEMBER)
@pytest.mark.parametrize("damage", [lambda content: content + b" ", lambda content: content[:-3], None])
def test_a_member_that_was_changed_or_is_gone_is_found(
    dossier: bytes, name: str, damage: Callable[[bytes], bytes] | None
) -> None:
    found = members(dossier)
    content = found.pop(name)
    if damage is not None:
        found[name] = damage(content)
    if name == "signature.json" and damage is not None and json_reads(found[name]):
        return  # a blank behind it changes nothing of what it says
    try:
        assert check_dossier("ho-so.zip", packed(found), judge).faults != ()
    except Unreadable:
        assert name in ("events.jsonl", "manifest.json", "signature.json")


def json_reads(content: bytes) -> bool:
    try:
        json.loads(content)
    except ValueError:
        return False
    return True


@pytest.mark.long
def test_a_member_more_is_found(dossier: bytes) -> None:
    assert check_dossier("ho-so.zip", packed(members(dossier) | {"versions/3/file/x.yaml": b""}), judge).faults != ()


@pytest.mark.long
def test_a_manifest_signed_by_another_key_shows_another_fingerprint(issuing: Peopled, dossier: bytes) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    other, found = Ed25519PrivateKey.generate(), members(dossier)
    signature = {
        "public_key": other.public_key().public_bytes_raw().hex(),
        "signature": other.sign(found["manifest.json"]).hex(),
    }
    checked = check_dossier("ho-so.zip", packed(found | {"signature.json": json.dumps(signature).encode()}), judge)
    assert checked.faults == ()
    assert checked.fingerprint != issuing.desk.fingerprint


@pytest.mark.long
def test_a_desk_that_signs_what_its_events_do_not_say_is_found(issuing: Peopled, dossier: bytes) -> None:
    found = members(dossier)
    manifest = json.loads(found["manifest.json"]) | {"state": "returned"}
    found["manifest.json"] = json.dumps(manifest).encode()
    vault = issuing.desk.store.vault
    signature = {"public_key": vault.public_key.hex(), "signature": vault.sign(found["manifest.json"])}
    faults = check_dossier(
        "ho-so.zip", packed(found | {"signature.json": json.dumps(signature).encode()}), judge
    ).faults
    assert [fault.en for fault in faults] == ["the manifest does not say what the events say"]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"a: b", packed({"a": b"b"}), packed({"manifest.json": b"[]"})]
)
def test_what_is_no_dossier_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(Unreadable, match="no dossier"):
        check_dossier("x.zip", content, judge)
