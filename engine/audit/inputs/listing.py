"""From what the user named to where each plan is: folders, archives, lines, rows, patterns and addresses.

Everything is found as it is needed, in an order that depends on the names alone; nothing here grows with the number of
plans, apart from the names in one folder.
"""

import glob
import os
import zipfile
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from io import BytesIO
from pathlib import Path, PurePath
from typing import Any, BinaryIO, Final

import msgspec

from ...base.failure import told
from ...base.input_names import STDIN, shown_name
from ...base.passed_over import Kind, Tell, untold
from ...base.problem import UNREADABLE, Place, Problem, Unreadable
from ...base.text import Text
from ...documents import CONVERTIBLE, FOREIGN, READERS, known_suffix
from ...documents.claims import NAMES as CLAIMS
from ...documents.claims import Claimed, holds_claim, is_claim, unclaimed
from ...documents.discover import below, closed, exclude_nothing, left_out, natural
from ...documents.encoding import refuse_other_formats
from ...documents.results import form_holds_plan, holds_plan, is_result
from ...documents.source import LARGEST_FILE, load, unreadable
from . import archive, storage

LINES: Final = (".jsonl", ".ndjson")
ROWS: Final = (".parquet",)
ARCHIVES: Final = (".zip",)
PLANS: Final = (*READERS, *CONVERTIBLE, *LINES, *ROWS, *ARCHIVES, *FOREIGN)
"""The suffixes of files that may hold plans, those included that are told to be converted or packed anew first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one plan is.

    A file at `path`, or a `member` of the archive there (its name, and its number in the archive), or a line or row
    (from 1) of one, which begins at `offset` and takes `length` bytes; a row is at `offset` in its `group` of rows.
    `content` is sent along where nothing else can read it. Where there is a `problem`, there is no plan. `shown` is what
    outputs call the file, where they may not name it.
    """

    path: str
    member: str | None = None
    number: int = 0
    line: int | None = None
    offset: int = 0
    length: int | None = None
    content: bytes | None = None
    problem: Problem | None = None
    group: int | None = None
    shown: str | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        # Entries are sent by the thousands, and a frozen dataclass of its own goes through its fields one by one.
        fields = (self.path, self.member, self.number, self.line, self.offset, self.length, self.content)
        return type(self), (*fields, self.problem, self.group, self.shown)

    @property
    def file(self) -> str:
        """The file or archive member, as problems and findings name it."""
        return self.shown or self.own_name

    @property
    def own_name(self) -> str:
        """The name of the file or archive member."""
        name = shown_name(self.path)
        return name if self.member is None else f"{name}!{self.member}"

    def renamed(self, shown: str) -> "Entry":
        """The entry with another name for its file in outputs; the kind of file it is stays in the name."""
        if self.path == STDIN:
            return self
        shown += known_suffix(self.member or self.path)
        problem = self.problem and replace(self.problem, place=replace(self.problem.place, file=shown))
        return replace(self, shown=shown, problem=problem)

    def placed(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The problems of this plan, none of them in a file that outputs may not name."""
        if self.shown is None:
            return tuple(problems)
        return tuple(replace(problem, place=replace(problem.place, file=self.shown)) for problem in problems)

    @property
    def form(self) -> str:
        """As what the content is read: a line, a row, or by the suffix of its name. Only so do equal bytes say the same."""
        if self.line is not None:
            return "line" if self.group is None else "row"
        return PurePath(self.member or self.path).suffix.lower()

    @property
    def place(self) -> str:
        """The place of the plan, as outcomes name it."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


def entries(
    names: Iterable[str],
    since: date | None = None,
    tell: Tell = untold,
    claimed: Claimed = unclaimed,
    excluded: Callable[[str], bool] = exclude_nothing,
) -> Iterator[Entry]:
    """Where every plan is, in the order named. `since`: only of files that were changed on that day or later.

    A name, a file or a member that can't be read gives an entry with the problem. What is named twice comes once.
    `tell` is told of all else in folders and archives that is no input, `claimed` of what would change how plans are
    judged; `excluded` says which files are not to be read, but for those that are named themselves.
    """
    names = [*names]
    for file in _named(names):
        if file.problem is not None:
            yield Entry(file.path, problem=file.problem)
        elif file.claim:
            claimed(shown_name(file.path), partial(storage.content_of, file.path))
        elif file.kind is None and file.path not in names and excluded(file.path):
            tell(shown_name(file.path), Kind.EXCLUDED)
        elif file.kind is not None:
            recent = since is None or _is_recent(file.changed or _changed(file.path), since)
            tell(shown_name(file.path), file.kind if recent else Kind.OLDER)
        else:
            try:
                with told(shown_name(file.path), reading=True):
                    plans = _plans(file, since, tell, claimed)
                    yield from plans if since is not None else _some(plans, file.path)
            except Unreadable as unreadable:
                yield from (Entry(file.path, problem=problem) for problem in unreadable.problems)


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    changed: datetime | None = None
    problem: Problem | None = None
    kind: Kind | None = None
    """Why it is no input, where it was not named itself."""
    claim: bool = False
    """Whether it would change how plans are judged."""


def _named(names: Iterable[str]) -> Iterator[_File]:
    names = list(names)
    seen: set[str] | None = set() if len(names) > 1 or any(map(glob.has_magic, names)) else None
    for name in names:
        for file in _files(storage.as_path(name)):
            if seen is not None:
                identity = file.path if storage.is_address(file.path) else os.path.abspath(file.path)
                if identity in seen:
                    continue
                seen.add(identity)
            yield file


def _files(name: str) -> Iterator[_File]:
    try:
        if storage.is_address(name):
            found = _kept(name)
        elif name != STDIN and os.path.isdir(name):
            found = _folder(name)
        elif glob.has_magic(name) and not os.path.lexists(name):
            found = _fitting(name)
        else:
            found = iter([_File(name)])
        some = False
        for file in found:
            some = some or not (file.kind or file.claim)
            yield file
        if not some:
            raise _none(name)
    except Unreadable as unreadable:
        yield from (_File(name, problem=problem) for problem in unreadable.problems)


def _some(plans: Iterator[Entry], name: str) -> Iterator[Entry]:
    """The plans of a file, as they are found. Raises Unreadable where there are none."""
    found = False
    for entry in plans:
        found = True
        yield entry
    if not found:
        raise unreadable(
            name,
            Text("Tệp không có văn bản nào để thẩm định", "The file holds no document to check"),
            Text("Kiểm tra xem có chọn nhầm tệp không", "Check that this is the right file"),
        )


def _none(name: str) -> Unreadable:
    return unreadable(
        name,
        Text("Không có văn bản nào để thẩm định ở đây", "There is no document to check here"),
        Text("Kiểm tra lại tên, thư mục hoặc mẫu tên tệp", "Check the name, the folder or the pattern"),
    )


def _folder(folder: str) -> Iterator[_File]:
    """What is in a folder and those below it, in natural order."""
    faults, claims = list[str](), list[str]()
    for path, kind in below(folder, faults.append, claims.append):
        yield _File(path, kind=kind or left_out(path, PLANS))
    yield from (_File(path, claim=True) for path in claims)
    yield from (_File(path, problem=closed(path)) for path in faults)


def _fitting(pattern: str) -> Iterator[_File]:
    """What fits a pattern, in natural order; what a folder leaves out is left out here as well."""
    for path in sorted(glob.glob(pattern, recursive=True), key=natural):
        if os.path.isdir(path):
            yield from _folder(path)
        elif is_claim(Path(path), holds_plan):
            yield _File(path, claim=True)
        else:
            yield _File(path, kind=left_out(path, PLANS) or (Kind.RESULT if is_result(Path(path)) else None))


def _kept(address: str) -> Iterator[_File]:
    """What is at an address. Raises Unreadable."""
    for file in storage.files_at(address):
        claim = PurePath(file.address).name in CLAIMS
        yield _File(file.address, file.changed, kind=left_out(file.address, PLANS), claim=claim)


def _plans(file: _File, since: date | None, tell: Tell = untold, claimed: Claimed = unclaimed) -> Iterator[Entry]:
    if file.path == STDIN:
        yield Entry(STDIN, content=load(STDIN))
        return
    suffix = PurePath(file.path).suffix.lower()
    if suffix not in ARCHIVES and since is not None and not _is_recent(file.changed or _changed(file.path), since):
        tell(shown_name(file.path), Kind.OLDER)
        return
    if suffix in LINES:
        with storage.opened(file.path) as lines:
            yield from _lines(lines, Entry(file.path), inline=storage.only_here(file.path))
    elif suffix in ROWS:
        yield from _rows(file.path)
    elif suffix in ARCHIVES:
        yield from _members(file.path, since, tell, claimed)
    elif suffix in FOREIGN:
        raise _foreign(file.path)
    elif storage.only_here(file.path):
        yield Entry(file.path, content=storage.content_of(file.path))
    else:
        yield Entry(file.path)


def _changed(path: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(Path(path).stat().st_mtime)
    except OSError:
        return None


def _is_recent(changed: datetime | None, since: date) -> bool:
    """A file that doesn't tell when it was changed is never left out."""
    return changed is None or changed.date() >= since


def _lines(file: BinaryIO, base: Entry, *, inline: bool) -> Iterator[Entry]:
    """The lines that aren't blank; one that is too long for a plan is a problem, and the others go on.

    Raises Unreadable for a file of another format, of another encoding, or of one document over many lines.
    """
    offset, number = 0, 0
    while line := file.readline(LARGEST_FILE + 1):
        number += 1
        if number == 1:
            refuse_other_formats(base.file, line)
            _refuse_one_document(base.file, line, file)
        length = len(line)
        if length > LARGEST_FILE:
            entry = replace(base, line=number, offset=offset)
            while not line.endswith(b"\n") and (line := file.readline(LARGEST_FILE + 1)):
                length += len(line)
            (problem,) = storage.too_large(base.file).problems
            yield replace(entry, problem=replace(problem, place=Place(base.file, number, 1)))
        elif not line.isspace():
            yield Entry(base.path, base.member, base.number, number, offset, length, line if inline else None)
        offset += length


def _refuse_one_document(name: str, line: bytes, file: BinaryIO) -> None:
    """Raises Unreadable where a file, of which this is the first line, is one JSON document over many lines."""
    if _is_json(line):
        return
    content = line + file.read(LARGEST_FILE)
    if b"\n" in content.strip() and _is_json(content):
        raise unreadable(
            name,
            Text(
                "Tệp là một tài liệu JSON viết trên nhiều dòng, không phải JSONL (mỗi dòng một văn bản)",
                "The file is one JSON document over many lines, not JSONL (one document a line)",
            ),
            Text(
                "Một văn bản thì đổi đuôi tệp thành .json; nhiều văn bản thì ghi mỗi văn bản trên một dòng",
                "If it is one document, name the file .json; if there are several, write each on a line of its own",
            ),
        )
    file.seek(len(line))


def _is_json(content: bytes) -> bool:
    try:
        msgspec.json.decode(content.removeprefix(BOM_UTF8), type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _rows(path: str) -> Iterator[Entry]:
    from ..quick import parquet

    number = 0
    with storage.opened(path) as file:
        for group, (rows, size) in enumerate(parquet.groups(path, file)):
            for offset in range(rows):
                number += 1
                yield Entry(path, line=number, offset=offset, length=size // rows, group=group)


def _members(path: str, since: date | None, tell: Tell, claimed: Claimed) -> Iterator[Entry]:
    inline = storage.only_here(path)
    with storage.opened(path) as file:
        try:
            zipped = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OSError):
            raise archive.damaged(shown_name(path)) from None
        with zipped:
            for member in archive.plan_members(path, zipped):
                entry = Entry(path, member.name, member.number, problem=member.problem)
                suffix = PurePath(member.name).suffix.lower()
                kind = left_out(member.name, PLANS) or member.kind
                if since is not None and not _is_recent(member.changed, since):
                    kind = Kind.OLDER
                if PurePath(member.name).name in CLAIMS:
                    claimed(entry.file, partial(archive.member_content, path, member.name, zipped, member.number))
                    continue
                if kind is not None:
                    tell(entry.file, kind)
                    continue
                if member.problem is not None:
                    yield entry
                elif _claims(entry, zipped):
                    claimed(entry.file, partial(archive.member_content, path, member.name, zipped, member.number))
                elif suffix in LINES:
                    # Lines of a member can't be found again by their offset, so they are sent along.
                    try:
                        with archive.open_member(path, member.name, zipped, member.number) as lines:
                            yield from _some(_lines(lines, entry, inline=True), entry.file)
                    except Unreadable as unreadable:
                        yield replace(entry, problem=unreadable.problems[0])
                elif suffix in (*ARCHIVES, *ROWS, *FOREIGN):
                    yield replace(entry, problem=_nested(entry.file))
                elif inline:
                    yield _sent(entry, path, zipped)
                else:
                    yield entry


def _claims(entry: Entry, zipped: zipfile.ZipFile) -> bool:
    """Whether a member is a claim by what it holds. What can't be read is none, and is told when it is judged."""
    name = entry.member or ""
    try:
        if PurePath(name).suffix.lower() == ".json":  # known by its head
            with archive.open_member(entry.path, name, zipped, entry.number) as file:
                return holds_claim(name, file)
        if PurePath(name).suffix.lower() != ".docx":
            return False
        content = archive.member_content(entry.path, name, zipped, entry.number)
    except Unreadable:
        return False
    return holds_claim(name, BytesIO(content)) and not form_holds_plan(name, content)


def _sent(entry: Entry, path: str, zipped: zipfile.ZipFile) -> Entry:
    assert entry.member is not None
    try:
        return replace(entry, content=archive.member_content(path, entry.member, zipped, entry.number))
    except Unreadable as unreadable:
        return replace(entry, problem=unreadable.problems[0])


def _nested(file: str) -> Problem:
    return Problem(
        UNREADABLE,
        Text("Tệp này nằm trong tệp nén nên không đọc được", "This file can't be read inside an archive"),
        Text("Giải nén ra thư mục rồi rà soát thư mục đó", "Unpack it into a folder, and audit the folder"),
        Place(file),
    )


def _foreign(name: str) -> Unreadable:
    return unreadable(
        name,
        Text("Không đọc được loại tệp nén này", "Archives of this kind are not read"),
        Text(
            "Giải nén rồi rà soát thư mục đó, hoặc nén lại thành .zip",
            "Unpack it and audit the folder, or pack it again as .zip",
        ),
    )


def expected(names: Iterable[str], since: date | None = None) -> int:
    """About how many plans there are, found much faster than `entries` finds them: for the time that remains."""
    return sum(_about(file, since) for file in _named(names))


def _about(file: _File, since: date | None) -> int:
    suffix = PurePath(file.path).suffix.lower()
    if file.kind is not None or file.claim:
        return 0
    try:
        if suffix in LINES and (since is None or _is_recent(file.changed or _changed(file.path), since)):
            with storage.opened(file.path) as lines:
                return sum(piece.count(b"\n") for piece in iter(lambda: lines.read(1 << 20), b""))
        if suffix in ROWS:
            from ..quick import parquet

            with storage.opened(file.path) as rows:
                return sum(count for count, _ in parquet.groups(file.path, rows))
        if suffix in ARCHIVES:
            return sum(1 for _ in _plans(file, since))
    except Unreadable:
        return 1
    return 1
