"""Whatever the user names, every plan in it is found once, and what is wrong with one keeps none of the others back."""

import json
import os
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.spec import AbstractBufferedFile

from tests.appraisal import base_plan
from tests.engine.audit import auditing
from tests.engine.audit.auditing import BREACHED, PLAN, lines, said, zipped
from thamdinh.engine.audit.audited_plan import AuditedPlan
from thamdinh.engine.audit.inputs import archive
from thamdinh.engine.audit.inputs.listing import entries, expected
from thamdinh.engine.audit.workers.batch import AuditJob, audit_batch, batches
from thamdinh.engine.base.seal import sealed_object
from thamdinh.engine.directive.packs import ruleset

JOB = AuditJob("inputs", (replace(ruleset(), across=()),))


def outcomes(*inputs: object) -> list[AuditedPlan]:
    """The outcomes of plans that are alike, which no rule across plans is asked about."""
    return auditing.outcomes(*inputs, ignore=("TD507", "TD8"))


def places(*names: object, since: date | None = None) -> list[str]:
    return [entry.place for entry in entries(map(str, names), since)]


def test_a_folder_gives_its_files_and_archives_in_natural_order_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("k10.json", "k2.json", "b/k1.json", ".an.json", "waivers.yaml", "~$k.json", "g.breaches.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(PLAN)
    (tmp_path / "ghi-chu.txt").write_bytes(b"")
    zipped(tmp_path / "gui.zip", {"a/k1.json": PLAN, "__MACOSX/a": b"", "a/": b"", ".DS_Store": b"", "x.txt": b""})
    lines(tmp_path / "nhieu.jsonl", [PLAN, b"\n", PLAN])
    found = [name.removeprefix(f"{tmp_path}{os.sep}") for name in places(tmp_path)]
    assert found == ["gui.zip!a/k1.json", "k2.json", "k10.json", "nhieu.jsonl:1", "nhieu.jsonl:3", "b/k1.json"]


def test_what_is_named_twice_comes_once(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", [PLAN])
    named = (file, tmp_path, tmp_path / "*.jsonl", f"{tmp_path}/./a.jsonl", f"file://{file}", f"file://{tmp_path}")
    assert places(*named) == [f"{file}:1"]
    assert expected(map(str, named)) == 1


def test_a_pattern_that_fits_a_folder_and_its_files_gives_each_file_once(tmp_path: Path) -> None:
    for name in ("a.jsonl", "x/b.jsonl", "x/y/c.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        lines(tmp_path / name, [PLAN])
    assert sorted(places(tmp_path / "**")) == [
        f"{tmp_path}/{name}:1" for name in ("a.jsonl", "x/b.jsonl", "x/y/c.jsonl")
    ]


def test_two_archives_joined_into_one_are_told_of_and_what_is_listed_is_read(tmp_path: Path) -> None:
    parts = [zipped(tmp_path / name, {f"{name}.json": PLAN}) for name in ("a", "b")]
    joined = tmp_path / "ca-hai.zip"
    joined.write_bytes(b"".join(part.read_bytes() for part in parts))
    listed, told = outcomes(joined)
    assert (listed.place, listed.verdict.problems) == (f"{joined}!b.json", ())
    assert (told.place, [problem.code for problem in told.verdict.problems]) == (str(joined), ["PL006"])


def _without(archive: Path, name: str) -> Path:
    """The archive with a file taken off its list; its content stays where it is."""
    with zipfile.ZipFile(archive, "a") as changed:
        changed.filelist.remove(changed.getinfo(name))
        changed._didModify = True  # type: ignore[attr-defined]
    return archive


@pytest.mark.parametrize(("removed", "told"), [("a.json", ""), ("xã/b.json", "!xã/b.json"), ("c.json", "!c.json")])
def test_a_file_taken_off_the_list_of_an_archive_is_told_of_at_its_place(
    removed: str, told: str, tmp_path: Path
) -> None:
    archive = _without(zipped(tmp_path / "gui.zip", dict.fromkeys(("a.json", "xã/b.json", "c.json"), PLAN)), removed)
    *listed, last = outcomes(archive)
    assert {outcome.place for outcome in listed} == {
        f"{archive}!{name}" for name in ("a.json", "xã/b.json", "c.json") if name != removed
    }
    assert not any(outcome.verdict.problems for outcome in listed)
    assert [(problem.code, problem.place.file) for problem in last.verdict.problems] == [("PL006", f"{archive}{told}")]


def test_files_behind_the_list_of_an_archive_and_an_archive_without_a_list_are_told_of(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "gui.zip", {"a.json": PLAN})
    other = zipped(tmp_path / "b.zip", {"b.json": PLAN}).read_bytes()
    archive.write_bytes(archive.read_bytes()[:-2] + len(other[:-40]).to_bytes(2, "little") + other[:-40])
    _, told = outcomes(archive)
    assert [(problem.code, problem.place.file) for problem in told.verdict.problems] == [("PL006", f"{archive}!b.json")]
    empty = _without(zipped(tmp_path / "c.zip", {"c.json": PLAN}), "c.json")
    assert [problem.code for problem in outcomes(empty)[0].verdict.problems] == ["PL006"]


def test_what_programs_put_between_the_files_of_an_archive_is_no_file(tmp_path: Path) -> None:
    made = tmp_path / "a.zip"
    with (
        made.open("wb") as file,
        zipfile.ZipFile(_Stream(file), "w", zipfile.ZIP_DEFLATED) as archive,
    ):  # with descriptors
        for number in range(3):
            info = zipfile.ZipInfo(f"xã {number}.json")
            info.extra = b"UT\x09\0\x03" + bytes(8) + b"ux\x0b\0" + bytes(11)
            archive.writestr(info, PLAN)
    assert [outcome.verdict.problems for outcome in outcomes(made)] == [()] * 3


class _Stream:
    """A file that can't go back: archives written to it have descriptors behind their members."""

    def __init__(self, file: Any) -> None:
        self.write, self.flush = file.write, file.flush


LEFT_OUT = {
    "~$k.json": b"", "g.breaches.jsonl": b"{}\n", "waivers.yaml": b"waivers: []\n", "ghi-chu.txt": b"",
    "ket-qua.json": b"".join(sealed_object([b'{"schema": 1, "directive": "ben-tre-2017", "plans": [\n]'])),
}  # fmt: skip
"""What a folder of plans may hold that is no plan: what Office keeps beside an open file, and what this program wrote."""


@pytest.mark.parametrize("named", ["", "/*", "/**", "/*.*"])
@pytest.mark.parametrize("scheme", ["", "file://"])
def test_a_pattern_leaves_out_what_a_folder_leaves_out_and_what_is_named_is_taken(
    tmp_path: Path, named: str, scheme: str
) -> None:
    (tmp_path / "a.empty").mkdir()
    for name, content in {**LEFT_OUT, "k.json": PLAN}.items():
        (tmp_path / name).write_bytes(content)
    assert places(f"{scheme}{tmp_path}{named}") == [str(tmp_path / "k.json")]
    for name in LEFT_OUT:
        assert [Path(place.partition(":")[0]).name for place in places(f"{scheme}{tmp_path / name}")] == [name]


def test_a_pattern_that_fits_no_plan_is_a_problem(tmp_path: Path) -> None:
    for name, content in LEFT_OUT.items():
        (tmp_path / name).write_bytes(content)
    (outcome,) = outcomes(tmp_path / "*")
    assert [problem.message.en for problem in outcome.verdict.problems] == ["There is no document to check here"]


@pytest.mark.parametrize("name", ["*.jsonl", "**/*.jsonl", "?.jsonl"])
def test_patterns_are_told_from_names(tmp_path: Path, name: str) -> None:
    file = lines(tmp_path / "a.jsonl", [PLAN])
    assert places(tmp_path / name) == [f"{file}:1"]
    odd = lines(tmp_path / "[b].jsonl", [PLAN])
    assert places(odd) == [f"{odd}:1"]


@pytest.mark.long
def test_addresses_are_read_as_files_are(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", [PLAN, b"{}\n", BREACHED])
    zipped(tmp_path / "b.zip", {"k.json": BREACHED, "l.jsonl": PLAN + BREACHED})
    expected_places = said(outcomes(file, tmp_path / "b.zip"))
    assert [codes for _, codes in expected_places] == [[], ["PL002"], ["TD602"], ["TD602"], [], ["TD602"]]
    assert said(outcomes(f"file://{file}", f"file://{tmp_path}/b.zip")) == expected_places
    memory = fsspec.filesystem("memory")
    for path in (file, tmp_path / "b.zip"):
        memory.pipe(f"/nop/{path.name}", path.read_bytes())
    memory.pipe("/nop/c.json", BREACHED)
    assert said(outcomes("memory://nop")) == [*expected_places, ("c.json", ["TD602"])]
    assert said(outcomes("memory://nop/*.json")) == [("c.json", ["TD602"])]


class _BlockFile(AbstractBufferedFile):  # type: ignore[misc]
    """A file read block by block over a network, as s3fs, gcsfs and adlfs give them."""

    def _fetch_range(self, start: int, end: int) -> bytes:
        content: bytes = self.fs.store[self.path].getvalue()
        return content[start:end]


class _BlockStorage(MemoryFileSystem):  # type: ignore[misc]
    protocol = "blocks"

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        stripped: str = super()._strip_protocol(path.removeprefix("blocks:"))
        return stripped

    def _open(self, path: str, mode: str = "rb", **options: Any) -> Any:
        if mode == "rb":
            return _BlockFile(self, path, mode, size=self.info(path)["size"])
        return super()._open(path, mode, **options)


def test_storages_that_are_read_block_by_block_are_read_as_files_are(tmp_path: Path) -> None:
    fsspec.register_implementation("blocks", _BlockStorage, clobber=True)
    storage = fsspec.filesystem("blocks")
    for file in (lines(tmp_path / "a.jsonl", [PLAN, BREACHED]), zipped(tmp_path / "b.zip", {"k.json": BREACHED})):
        storage.pipe(f"/kho/{file.name}", file.read_bytes())
    # In this process: no other knows of this storage.
    (batch,) = batches(entries(["blocks://kho"]))
    assert [codes for _, codes in said(audit_batch(batch, JOB))] == [[], ["TD602"], ["TD602"]]


@pytest.mark.parametrize(
    "name",
    ["no-such.jsonl", "no-such", "*.jsonl", "memory://nowhere", "file:///no/such.zip", "nosuch://a/b", "http://[/x"],
)
def test_what_can_not_be_found_is_a_problem_and_the_others_go_on(tmp_path: Path, name: str) -> None:
    file = lines(tmp_path / "a.jsonl", [PLAN])
    named = name if "://" in name else tmp_path / "empty" / name
    first, second = outcomes(named, file)
    assert [problem.code for problem in first.verdict.problems] == ["PL006"]
    assert all(words for words in first.verdict.problems[0].fix.to_json().values())
    assert second.verdict.status == "compliant"


LIBRARIES = [("http", "aiohttp", "aiohttp"), ("s3", "s3fs", "s3fs"), ("smb", "smbclient", "smbprotocol")]


@pytest.mark.parametrize(("protocol", "module", "library"), LIBRARIES)
def test_the_library_that_a_storage_lacks_is_named(
    monkeypatch: pytest.MonkeyPatch, protocol: str, module: str, library: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)  # as if it were not installed
    (entry,) = entries([f"{protocol}://localhost:1/x.jsonl"])
    assert entry.problem is not None
    assert entry.problem.message.vi == f"Thiếu thư viện {library} để dùng kho này"
    assert entry.problem.fix.to_json() == {
        "vi": f"Cài đặt: pip install {library}",
        "en": f"Install it: pip install {library}",
    }


@pytest.mark.parametrize("name", ["a.jsonl", "a.zip", "a.json"])
def test_what_is_no_file_is_told_and_not_waited_for(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    (outcome,) = outcomes(tmp_path)
    assert "FIFO" in outcome.verdict.problems[0].message.en


def test_bad_lines_are_named_by_their_number_and_the_others_are_audited(tmp_path: Path) -> None:
    cut = PLAN[:-20] + b"\n"
    file = lines(tmp_path / "a.jsonl", [PLAN, b"  \n", b"\xff\xfe\n", b"[]\n", BREACHED, b"\x00\n", cut, PLAN.rstrip()])
    found = outcomes(file)
    assert said(found) == [
        ("a.jsonl:1", []),
        ("a.jsonl:3", ["PL006"]),
        ("a.jsonl:4", ["PL002"]),
        ("a.jsonl:5", ["TD602"]),
        ("a.jsonl:6", ["PL006"]),
        ("a.jsonl:7", ["PL001"]),
        ("a.jsonl:8", []),
    ]
    for outcome in found:
        for problem in outcome.verdict.problems:
            assert f"{problem.place.file}:{problem.place.line}" == outcome.place


def test_a_key_given_twice_is_told_without_the_number_of_another_line(tmp_path: Path) -> None:
    twice = b'{"schema": 1, ' + PLAN.removeprefix(b"{")
    *_, outcome = outcomes(lines(tmp_path / "a.jsonl", [PLAN, PLAN, twice]))
    (problem,) = outcome.verdict.problems
    assert (problem.place.line, problem.place.column) == (3, 15)
    assert problem.message.to_json() == {
        "vi": "Khóa “schema” đã có ở cột 2 của dòng này",
        "en": "Key “schema” already stands at column 2 of this line",
    }


def test_a_line_that_is_too_long_is_one_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from thamdinh.engine.audit.inputs import listing

    monkeypatch.setattr(listing, "LARGEST_FILE", len(PLAN))
    file = lines(tmp_path / "a.jsonl", [PLAN[:-1] + b" " * 3 * len(PLAN) + b"\n", PLAN[:-1]])
    first, second = entries([str(file)])
    assert (first.place, first.problem and first.problem.code) == (f"{file}:1", "PL006")
    assert (second.line, second.offset, second.length) == (2, 4 * len(PLAN), len(PLAN) - 1)


def test_a_bad_archive_or_member_keeps_no_other_back(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"no archive")
    zipped(tmp_path / "b.zip", {"k1.json": PLAN, "k2.json": b"{", "long.zip": b"", "k3.json": BREACHED})
    content = bytearray(zipped(tmp_path / "c.zip", {"k1.json": os.urandom(4000), "k2.json": PLAN}).read_bytes())
    content[300:400] = bytes(100)
    (tmp_path / "c.zip").write_bytes(content)
    assert said(outcomes(tmp_path)) == [
        ("a.zip", ["PL006"]),
        ("b.zip!k1.json", []),
        ("b.zip!k2.json", ["PL001"]),
        ("b.zip!long.zip", ["PL006"]),
        ("b.zip!k3.json", ["TD602"]),
        ("c.zip!k1.json", ["PL006"]),
        ("c.zip!k2.json", []),
    ]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_that_is_damaged_is_one_problem_however_it_was_packed(tmp_path: Path, method: int) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w", method) as made:
        made.writestr("k1.json", PLAN)
        made.writestr("k2.json", PLAN)
    whole = file.read_bytes()
    for at in range(37, 400, 7):  # the header of the member ends there
        file.write_bytes(whole[:at] + bytes(byte ^ 0xFF for byte in whole[at : at + 9]) + whole[at + 9 :])
        (batch,) = batches(entries([str(file)]))
        assert said(audit_batch(batch, JOB)) == [("a.zip!k1.json", ["PL006"]), ("a.zip!k2.json", [])]


def test_what_must_be_converted_or_packed_anew_is_told_and_not_passed_over(tmp_path: Path) -> None:
    for name in ("a.doc", "b.xls", "c.rar", "d.7z"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "e.pdf").write_bytes(b"x")
    zipped(tmp_path / "f.zip", {"g.doc": b"x", "h.rar": b"x", "k.json": PLAN})
    assert said(outcomes(tmp_path)) == [
        *((name, ["PL006"]) for name in ("a.doc", "b.xls", "c.rar", "d.7z", "f.zip!g.doc", "f.zip!h.rar")),
        ("f.zip!k.json", []),
    ]


@pytest.mark.parametrize(
    "content", [PLAN.decode().encode("utf-16"), b"PK\x03\x04\n\n", b"%PDF-1.7\n\n"], ids=["utf-16", "zip", "pdf"]
)
def test_a_file_of_lines_that_is_something_else_is_one_problem(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(content)
    zipped(tmp_path / "b.zip", {"c.jsonl": content, "d.jsonl": b"\n", "k.json": PLAN})
    assert said(outcomes(tmp_path)) == [
        ("a.jsonl", ["PL006"]),
        ("b.zip!c.jsonl", ["PL006"]),
        ("b.zip!d.jsonl", ["PL006"]),
        ("b.zip!k.json", []),
    ]


@pytest.mark.long
@pytest.mark.parametrize("indent", [0, 1, 4])
@pytest.mark.parametrize("plans", [base_plan(), [base_plan()] * 3], ids=["a plan", "a list of plans"])
@pytest.mark.parametrize("before", [b"", b"\n", b"\xef\xbb\xbf"], ids=["", "blank", "mark"])
def test_json_over_many_lines_named_as_lines_is_one_problem(
    tmp_path: Path, indent: int, plans: object, before: bytes
) -> None:
    document = before + json.dumps(plans, indent=indent, ensure_ascii=False).encode()
    (tmp_path / "a.jsonl").write_bytes(document)
    zipped(tmp_path / "b.zip", {"c.ndjson": document, "k.json": PLAN})
    found = outcomes(tmp_path)
    assert said(found) == [("a.jsonl", ["PL006"]), ("b.zip!c.ndjson", ["PL006"]), ("b.zip!k.json", [])]
    assert ".json" in found[0].verdict.problems[0].fix.vi


BROKEN = {
    "cut short": PLAN[:-20] + b"\n", "cut in a key": b'{"schema": 1, "organ\n', "a bracket": b"{\n", "a list": b"[\n",
    "deep": b"[" * 100_000 + b"\n", "no text": b"\xff\n", "words": b"schema 1\n",
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("first", BROKEN.values(), ids=BROKEN)
def test_a_first_line_that_is_broken_costs_no_other(tmp_path: Path, first: bytes) -> None:
    for name, plans in {"a": [first, PLAN], "b": [first, PLAN, BREACHED], "c": [first]}.items():
        lines(tmp_path / f"{name}.jsonl", plans)
    (tmp_path / "d.jsonl").write_bytes(b"\n" + PLAN)
    zipped(tmp_path / "e.zip", {"f.jsonl": first + PLAN})
    (code,) = {code for _, (code, *_) in said(outcomes(tmp_path / "c.jsonl"))}
    assert said(outcomes(tmp_path)) == [
        ("a.jsonl:1", [code]), ("a.jsonl:2", []),
        ("b.jsonl:1", [code]), ("b.jsonl:2", []), ("b.jsonl:3", ["TD602"]),
        ("c.jsonl:1", [code]), ("d.jsonl:2", []),
        ("e.zip!f.jsonl:1", [code]), ("e.zip!f.jsonl:2", []),
    ]  # fmt: skip


def test_bombs_passwords_and_names_that_come_twice_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(tmp_path / "bomb.zip", {"k1.json": b" " * 5_000_000, "k2.json": PLAN})
    assert said(outcomes(bomb)) == [("bomb.zip!k1.json", ["PL006"]), ("bomb.zip!k2.json", [])]
    twice = tmp_path / "twice.zip"
    with zipfile.ZipFile(twice, "w") as made:
        made.writestr("k1.json", PLAN)
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("k1.json", BREACHED)
    assert said(outcomes(twice)) == [("twice.zip!k1.json", []), ("k1.json", ["PL006"])]
    content = bytearray(zipped(tmp_path / "locked.zip", {"k1.json": PLAN}).read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    (tmp_path / "locked.zip").write_bytes(content)
    assert said(outcomes(tmp_path / "locked.zip")) == [("locked.zip!k1.json", ["PL006"])]
    monkeypatch.setattr(archive, "MOST_MEMBERS", 1)
    assert said(outcomes(bomb)) == [("bomb.zip", ["PL006"])]


def test_a_member_that_unpacks_to_more_than_it_declares_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = zipped(tmp_path / "a.zip", {"k.json": PLAN})
    monkeypatch.setattr(archive, "LARGEST_FILE", 100)
    with zipfile.ZipFile(file) as opened, pytest.raises(Exception, match="abnormal"):
        archive.member_content(str(file), "k.json", opened, 0)


def test_names_in_archives_can_not_forge_what_is_printed(tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.zip", {"k\x1b[2J\n1.json": b"{"})
    (outcome,) = outcomes(file)
    assert outcome.place.isprintable()
    assert all(problem.place.file.isprintable() for problem in outcome.verdict.problems)


def test_since_leaves_out_what_was_changed_before(tmp_path: Path) -> None:
    old, new = lines(tmp_path / "a.jsonl", [PLAN]), tmp_path / "b.json"
    new.write_bytes(PLAN)
    os.utime(old, (0, 0))
    zipped(tmp_path / "c.zip", {"k.json": PLAN})
    with zipfile.ZipFile(tmp_path / "c.zip", "a") as made:
        made.writestr(zipfile.ZipInfo("old.json", (1999, 1, 1, 0, 0, 0)), PLAN)
    assert [Path(place).name for place in places(tmp_path, since=date(2001, 1, 1))] == ["b.json", "c.zip!k.json"]
    assert [Path(place).name for place in places(f"file://{tmp_path}", since=date(2001, 1, 1))] == [
        "b.json",
        "c.zip!k.json",
    ]
    assert len(places(tmp_path)) == 4


def test_about_as_many_plans_are_expected_as_there_are(tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl", [PLAN] * 5)
    zipped(tmp_path / "c.zip", {"k.json": PLAN, "l.json": PLAN})
    (tmp_path / "b.json").write_bytes(json.dumps(base_plan()).encode())
    assert expected([str(tmp_path)]) == len(places(tmp_path)) == 8
