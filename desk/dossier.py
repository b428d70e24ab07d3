"""A dossier: one case as a file (zip) that anybody can check again, on another machine, without the desk.

It holds each version's file, its verdict and the pack that judged, the events of the case, and a manifest of all members,
signed by the desk. Whoever checks it compares the fingerprint of the key with what the desk tells.
"""

import datetime
import io
import json
import zipfile
from typing import Any, Final

from ..engine.base import archives
from ..engine.base.problem import UNREADABLE, Place, Problem, Unreadable
from ..engine.base.record import Record
from ..engine.base.signatures import fingerprint, signed_by
from ..engine.base.text import Text
from .cases import Cases, Judge
from .events import FIRST, hash_of, hashed_form
from .model import Event, Version
from .permissions import Actor
from .store import DeskStore
from .vault import digest_of
from .verification import rejudged
from .view import View

LARGEST: Final = 512 * 2**20
"""Bytes that a dossier may unpack to."""
_MANIFEST: Final = "manifest.json"
_SIGNATURE: Final = "signature.json"
_EVENTS: Final = "events.jsonl"
_EVENT_FIELDS: Final = tuple(column.name for column in Event.__table__.columns)
_VERSION_FIELDS: Final = ("number", "name", "file", "verdict", "pack_files", "pack", "program", "status", "agree")
_README: Final = """\
HỒ SƠ THẨM ĐỊNH SỐ {number}
{title}

Trong tệp này có: văn bản đã nộp, kết luận và bộ quy tắc của từng bản (versions/), các sự kiện của hồ sơ
(events.jsonl), và danh mục có chữ ký của bàn thẩm định (manifest.json, signature.json).

Kiểm tra lại trên máy khác, không cần mạng và không cần bàn thẩm định:
  1. Cài thamdinh {program} (pip install "thamdinh[desk]=={program}").
  2. Chạy: thamdinh desk check-dossier {name}
  3. So dấu vân tay của khóa in ra với dấu do bàn thẩm định công bố: {fingerprint}

This file holds case {number}: the documents that were submitted, with the verdict and the rule pack of each version
(versions/), the events of the case (events.jsonl), and a list of all that, signed by the desk (manifest.json,
signature.json). To check it again elsewhere, without a network and without the desk: install thamdinh {program}, run
`thamdinh desk check-dossier {name}`, and compare the fingerprint of the key with the one that the desk tells: {fingerprint}
"""


def name_of(case_id: int) -> str:
    """What a dossier is called."""
    return f"ho-so-{case_id}.zip"


def export(store: DeskStore, cases: Cases, actor: Actor, case_id: int) -> bytes:
    """The dossier of a case. Raises Refused."""
    view = cases.find_by_id(actor, case_id)
    members = dict(_members(store, view))
    manifest = {
        "schema": 1,
        "case": case_id,
        "title": view.case.title,
        "state": view.case.state,
        "organisation": view.organisation.name,
        "names": view.names,
        "made": store.clock().isoformat(timespec="seconds"),
        "versions": [{field: getattr(one, field) for field in _VERSION_FIELDS} for one in view.versions],
        "members": {name: digest_of(content) for name, content in members.items()},
    }
    listed = hashed_form(manifest).encode()
    signature = {"public_key": store.vault.public_key.hex(), "signature": store.vault.sign(listed)}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ({_MANIFEST: listed, _SIGNATURE: hashed_form(signature).encode()} | members).items():
            archive.writestr(name, content)
    return made.getvalue()


def _members(store: DeskStore, view: View) -> dict[str, bytes]:
    readme = _README.format(
        number=view.case.id,
        title=view.case.title,
        program=view.latest.program,
        name=name_of(view.case.id),
        fingerprint=fingerprint(store.vault.public_key),
    )
    events = "".join(f"{hashed_form(_event(one))}\n" for one in view.events)
    members = {"README.txt": readme.encode(), _EVENTS: events.encode()}
    for version in view.versions:
        for field, content in _contents(store, version).items():
            members[_member(version.number, field, version.name)] = content
    return members


def _contents(store: DeskStore, version: Version) -> dict[str, bytes]:
    return {field: store.vault.get(getattr(version, field)) for field in ("file", "verdict", "pack_files")}


def _member(number: int, field: str, name: str) -> str:
    return f"versions/{number}/" + {"file": f"file/{name}", "verdict": "verdict.json", "pack_files": "pack.zip"}[field]


def _event(one: Event) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in _EVENT_FIELDS}
    return values | {"at": one.at.astimezone(datetime.UTC).isoformat(timespec="microseconds")}


class CheckedDossier(Record):
    """What a dossier holds, and what in it does not fit. `fingerprint`: of the key that signed it."""

    case: int
    title: str
    state: str
    fingerprint: str
    events: int
    versions: int
    faults: tuple[Text, ...]


def check_dossier(file: str, content: bytes, judge: Judge) -> CheckedDossier:
    """Check a dossier: signature, members, the chain of its events, and every verdict, judged again.

    Raises Unreadable for what is no dossier.
    """
    try:
        members = archives.members(content, LARGEST)
        manifest, signature = json.loads(members[_MANIFEST]), json.loads(members[_SIGNATURE])
        public_key = bytes.fromhex(signature["public_key"])
        versions = [{field: one[field] for field in _VERSION_FIELDS} for one in manifest["versions"]]
        listed = dict(manifest["members"])
        head = int(manifest["case"]), str(manifest["title"]), str(manifest["state"])
        events = [_event_of(line) for line in members[_EVENTS].splitlines()]
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, OSError, NotImplementedError):
        raise Unreadable(_no_dossier(file)) from None
    faults: list[Text] = []
    if not signed_by(public_key, str(signature.get("signature")), members[_MANIFEST]):
        faults.append(Text("chữ ký của danh mục không đúng", "the signature of the manifest is wrong"))
    for name in sorted({*listed, *members} - {_MANIFEST, _SIGNATURE}):
        if name not in members:
            faults.append(Text(f"thiếu {name}", f"{name} is missing"))
        elif listed.get(name) != digest_of(members[name]):
            faults.append(Text(f"{name} đã bị sửa hoặc thêm vào", f"{name} was changed or added"))
    faults += _chain(events, head[0])
    faults += _recorded(events, manifest, versions)
    if not faults:  # What was changed is not read any further.
        faults += [fault for one in versions if (fault := _version(one, members, judge)) is not None]
    return CheckedDossier(*head, fingerprint(public_key), len(events), len(versions), tuple(faults))


def _event_of(line: bytes) -> Event:
    values = json.loads(line)
    return Event(**values | {"at": datetime.datetime.fromisoformat(values["at"])})


def _chain(events: list[Event], case_id: int) -> list[Text]:
    faults, before = [], FIRST
    for one in events:
        if one.case_id != case_id or one.case_previous != before or one.hash != hash_of(one):
            faults.append(Text(f"sự kiện {one.number} không khớp", f"event {one.number} does not fit"))
        elif one.changes is None or digest_of(one.changes.encode()) != one.changes_digest:
            faults.append(
                Text(f"nội dung sự kiện {one.number} bị sửa", f"the changes that event {one.number} holds were changed")
            )
        before = one.hash
    return faults


def _recorded(events: list[Event], manifest: dict[str, Any], versions: list[dict[str, Any]]) -> list[Text]:
    """Whether what the manifest says of the case and its versions is what the events say."""
    case: dict[str, Any] = {}
    rows: dict[int, dict[str, Any]] = {}
    try:
        for one in events:
            changes = json.loads(one.changes or "{}")
            for row in changes.get("cases", ()):
                case = row
            for row in changes.get("versions", ()):
                rows[row["number"]] = {field: row[field] for field in _VERSION_FIELDS}
    except (ValueError, KeyError, TypeError, AttributeError):
        return [Text("các sự kiện không đọc được", "the events can't be read")]
    said = manifest["case"], manifest["title"], manifest["state"]
    if said == (case.get("id"), case.get("title"), case.get("state")) and versions == [
        rows[key] for key in sorted(rows)
    ]:
        return []
    return [Text("danh mục không khớp các sự kiện", "the manifest does not say what the events say")]


def _version(one: dict[str, Any], members: dict[str, bytes], judge: Judge) -> Text | None:
    found = {
        field: members.get(_member(one["number"], field, one["name"])) for field in ("file", "verdict", "pack_files")
    }
    for field, content in found.items():
        if content is None or digest_of(content) != one[field]:
            return Text(f"bản {one['number']}: {field} không khớp", f"version {one['number']}: {field} does not fit")
    content, recorded, archive = (content or b"" for content in found.values())
    differs = rejudged(judge, one["name"], content, recorded, archive, one["pack"], one["program"])
    return (
        None
        if differs is None
        else Text(f"bản {one['number']}: {differs.vi}", f"version {one['number']}: {differs.en}")
    )


def _no_dossier(file: str) -> Problem:
    return Problem(
        UNREADABLE,
        Text(
            "Tệp này không phải hồ sơ do bàn thẩm định xuất ra, hoặc đã hỏng",
            "This is no dossier of a desk, or it is damaged",
        ),
        Text("Xuất lại hồ sơ từ bàn thẩm định (tệp .zip)", "Export the dossier again (a .zip)"),
        Place(file),
    )
