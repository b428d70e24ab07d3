"""Office files are zip packages of XML parts: opened within limits, parsed without DTDs, and never followed elsewhere."""

import lzma
import re
import struct
import zlib
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from ..base.problem import Unreadable
from ..base.text import Text
from ..documents.refused import legacy, macros, refused

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

MOST_MEMBERS: Final = 2_000
LARGEST_PART: Final = 32 * 1024 * 1024
"""Bytes of one part, unpacked. A sheet of 20,000 participants takes about 10 MB."""
LARGEST_TOTAL: Final = 64 * 1024 * 1024
"""Bytes of all parts, unpacked."""
HIGHEST_RATIO: Final = 200
"""Unpacked to packed, for parts of more than a megabyte. Sheets reach about 40."""
MOST_CELLS: Final = 500_000
"""Cells of all sheets or tables, and cells that merged ones stand for."""

BROKEN: Final = (
    *(BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(NotImplementedError, RuntimeError, ValueError, IndexError, EOFError, OSError),
)
"""What unpacking a damaged part raises, however it was packed."""
_BEGIN: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_SPACES: Final = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""Of workbooks and documents, of the common and the strict kind."""
OFFICE_RELATIONS: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
"""The namespaces of relations of both kinds, and what stands before their names."""
_EXTENSIONS: Final = "http://schemas.microsoft.com/office/"
_EXTENDED: Final = frozenset(("threadedComment", "ctrlProp", "xlMacrosheet", "xlIntlMacrosheet"))
"""Kinds of relations that were added to the format later, and are looked for."""
_SINGLE: Final = frozenset(("officeDocument", "styles", "numbering", "sharedStrings", "theme"))
"""Kinds of which a part has one at most: which of two is shown would be each program's guess."""
_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Relation:
    """One part that another refers to: its kind (the last word of its type) and its name; None where it is outside."""

    id: str
    kind: str
    target: str | None

    @property
    def part(self) -> str:
        """The name of the part; "", which no part has, where it is outside."""
        return self.target or ""


_RELATED: Final[dict[tuple[str, bytes], tuple[Relation, ...]]] = {}
"""What parts refer to, by their folder and by what says so: forms made of one template have most of it in common."""


class Remembered:
    """Digests of parts of which something is known to hold: forms made of one template have many of them in common."""

    def __init__(self) -> None:
        self._digests: set[object] = set()

    def __contains__(self, digest: object) -> bool:
        return digest in self._digests

    def add(self, digest: object) -> None:
        """Remember one more; where there are very many, anew."""
        if len(self._digests) >= _MOST_REMEMBERED:
            self._digests.clear()
        self._digests.add(digest)


class _Shared(bytes):
    """The content of a part that several files have, with what tells it from any other."""

    @cached_property
    def digest(self) -> str:
        return sha256(self).hexdigest()


_MOST_REMEMBERED: Final = 1_000
_LARGEST_SHARED: Final = 2**20
"""Bytes of a part, unpacked, that is remembered at most."""
_SHARED: Final[dict[bytes, _Shared]] = {}
"""Parts by how they are packed, of those that were seen before: forms made of one template have most of them in common."""
_SEEN: Final = Remembered()
_MOST_SHARED: Final = 48
_Content = bytes | None
_CHECKED: Final = Remembered()
"""The parts that are XML."""
_USUAL_RELATIONS: Final = 10_000
"""Bytes of the longest part with relations that is remembered."""
_HARMLESS: Final = 0x2 | 0x4 | 0x8 | 0x800
"""Flags of parts that say how hard they were packed, where their length is said, and that names are in UTF-8."""


class Package:
    """The parts of one office file. Nothing outside the file is ever opened, whatever it refers to."""

    def __init__(self, file: str, packed: _Content, archive: ZipFile, members: dict[str, ZipInfo]) -> None:
        self.file = file
        self.members = members
        self._packed = packed or b""
        self._archive = archive
        self._unpacked = 0
        self._read: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.members

    def bytes(self, name: str) -> bytes:
        """The content of a part. Raises Unreadable where it is missing, damaged or too large."""
        if name in self._read:
            return self._read[name]
        info = self.members.get(name)
        if info is None:
            raise self.damaged()
        limit = min(LARGEST_PART, LARGEST_TOTAL - self._unpacked)
        content = _inflated(self._packed, info, limit)
        if content is None:
            try:
                with self._archive.open(info) as part:
                    content = part.read(limit + 1)
            except BROKEN:
                raise self.damaged() from None
        if len(content) > limit:
            raise _too_large(self.file)
        self._unpacked += len(content)
        self._read[name] = content
        return content

    def digest(self, name: str) -> str:
        """What tells the content of a part from any other. Raises Unreadable as `bytes` does."""
        content = self.bytes(name)
        return content.digest if isinstance(content, _Shared) else sha256(content).hexdigest()

    def xml(self, name: str, *, recover: bool = False, content: _Content = None) -> "_Element":
        """The root element of a part, or of `content` in its place. Raises Unreadable where it isn't plain XML in UTF-8, or
        has a DTD.

        With `recover` what is no XML is read as far as it goes: old drawings, which Excel writes as it would HTML.
        """
        root: _Element | None = self._parsed(name, _parser(recover=recover), content)
        if root is None:
            raise self.damaged()
        return root

    def check(self, name: str) -> None:
        """Raise Unreadable where a part could not be read as XML: what nobody asks about need not be made elements of."""
        if (digest := self.digest(name)) not in _CHECKED:
            self._parsed(name, _new_parser(target=_Nothing()))
            _CHECKED.add(digest)

    def _parsed(self, name: str, parser: "XMLParser", content: _Content = None) -> Any:
        from lxml import etree

        content = self.bytes(name) if content is None else content
        declared = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf"))
        encoding = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
        if b"<!DOCTYPE" in content or encoding not in ("utf-8", "us-ascii", "ascii"):
            raise unsafe(
                self.file,
                Text(f"Phần {name} của tệp có khai báo DTD hoặc mã lạ", f"Part {name} has a DTD or an odd encoding"),
            )
        try:
            return etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError):
            raise self.damaged() from None

    def relations(self, part: str) -> tuple[Relation, ...]:
        """What a part ("" is the package) refers to; where that lies outside the file it has no target."""
        folder, rels = part.rpartition("/")[0], self.rels(part)
        if rels not in self.members:
            return ()
        content = self.bytes(rels)
        if (known := _RELATED.get((folder, content))) is not None:
            return known
        found = tuple(_relation(element, folder) for element in self.xml(rels).iterchildren(_RELATIONS))
        single = [relation.kind for relation in found if relation.kind in _SINGLE]
        if len(set(single)) < len(single) or len({relation.id for relation in found}) < len(found):
            raise unsafe(
                self.file,
                Text(
                    f"Tệp ghi hai phần cho cùng một việc ({part or 'cả tệp'})",
                    f"The file names two parts for one thing ({part or 'the whole file'})",
                ),
            )
        if len(content) <= _USUAL_RELATIONS:
            if len(_RELATED) >= _MOST_REMEMBERED:
                _RELATED.clear()
            _RELATED[folder, content] = found
        return found

    def rels(self, part: str) -> str:
        """The name of the part that says what a part refers to."""
        folder, _, name = part.rpartition("/")
        return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"

    def main(self) -> str:
        """The name of the main part (the workbook, the document). Raises Unreadable where there is none."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and relation.target in self.members:
                return relation.target
        raise self.damaged()

    def space(self, root: "_Element", name: str) -> str:
        """The namespace, in braces, of a main part whose root should have this name. Raises Unreadable otherwise."""
        space, _, local = str(root.tag).rpartition("}")
        if local != name or space[1:] not in _SPACES:
            raise self.damaged()
        return f"{space}}}"

    def damaged(self) -> Unreadable:
        return refused(
            self.file,
            Text("Tệp hỏng, hoặc không phải là tệp Excel, Word", "The file is damaged, or no Excel or Word file"),
            Text(
                "Mở tệp bằng LibreOffice (hoặc Excel, Word), lưu lại thành .xlsx hoặc .docx rồi thử lại",
                "Open it in LibreOffice (or Excel, Word), save it anew as .xlsx or .docx, and try again",
            ),
        )


def _inflated(packed: bytes, info: ZipInfo, limit: int) -> bytes | None:
    """The content of a part that is packed as most are and as the archive says, which zipfile would take longer to tell; None
    of any other.
    """
    at = info.header_offset
    head = packed[at : at + 30]
    plain = info.compress_type == ZIP_DEFLATED and not info.flag_bits & ~_HARMLESS and len(head) == 30
    if not plain or not head.startswith(_BEGIN) or info.file_size > limit:
        return None
    name, further = struct.unpack("<26x2H", head)
    start = at + 30 + name + further
    if packed[at + 30 : start - further] != info.orig_filename.encode("ascii", "replace"):
        return None
    itself = packed[start : start + info.compress_size]
    if (known := _SHARED.pop(key := b"%d %d " % (info.file_size, info.CRC) + itself, None)) is not None:
        _SHARED[key] = known  # those that were not asked for the longest time go first
        return known
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = inflating.decompress(itself, limit + 1)
    except zlib.error:
        return None
    if not inflating.eof or len(content) != info.file_size or zlib.crc32(content) != info.CRC:
        return None
    if info.file_size <= _LARGEST_SHARED:
        if (mark := hash(key)) in _SEEN:
            if len(_SHARED) >= _MOST_SHARED:
                _SHARED.pop(next(iter(_SHARED)), None)
            content = _SHARED[key] = _Shared(content)
        _SEEN.add(mark)
    return content


class _Nothing:
    """What a parser makes that only looks whether a part is XML."""

    def close(self) -> None:
        """Give nothing."""


@cache
def _parser(*, recover: bool = False) -> "XMLParser":
    return _new_parser(recover=recover)


def _new_parser(**further: Any) -> "XMLParser":
    from lxml import etree

    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,  # one inside a value would cut it in two
        remove_pis=True,
        **further,
    )


def _relation(element: "_Element", folder: str) -> Relation:
    outside = element.get("TargetMode") == "External"
    target = None if outside else _resolved(folder, element.get("Target", ""))
    return Relation(element.get("Id", ""), _kind(element.get("Type", "")), target)


def _kind(written: str) -> str:
    """The kind of a relation: the last word of a type that office programs know, or all of one that they don't.

    They pass over what they don't know, and so must we: another word before it leads to another part than they show.
    """
    space, _, word = written.rpartition("/")
    known = space in OFFICE_RELATIONS or (space.startswith(_EXTENSIONS) and word in _EXTENDED)
    return word if known else written


def _resolved(folder: str, target: str) -> str:
    """A target as the name of a part: relative to the folder, unless it begins with "/"."""
    steps = [] if target.startswith("/") else folder.split("/")
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(step for step in steps if step)


def open_package(file: str, content: bytes, suffix: str) -> Package:
    """The package in `content`, a file that ends in `suffix` (.xlsx or .docx). Raises Unreadable."""
    if content.startswith(_OLE):
        raise _ole(file, content, suffix)
    try:
        archive = ZipFile(BytesIO(content))
        infos = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError, OverflowError):
        raise Package(file, content, None, {}).damaged() from None  # type: ignore[arg-type]
    package = Package(file, content, archive, {info.filename: info for info in infos})
    if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > LARGEST_TOTAL:
        raise _too_large(file)
    for info in infos:
        if info.file_size > 2**20 and info.file_size > HIGHEST_RATIO * max(1, info.compress_size):
            raise _too_large(file)
        if info.flag_bits & 1:
            raise _locked(file)
    if archive.comment or not content.startswith(_BEGIN):
        raise package.damaged()
    if len({name.replace("\\", "/").strip("/").casefold() for name in package.members}) < len(infos):
        raise unsafe(file, Text("Tệp có hai phần trùng tên", "The file has two parts of one name"))
    if any(name.lower().endswith("vbaproject.bin") for name in package.members):
        raise macros(file, suffix)
    return package


def local(element: "_Element") -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def decimal(written: str | None, otherwise: float) -> float:
    """A number as a file has it; what is none counts as `otherwise`."""
    try:
        return otherwise if written is None else float(written)
    except ValueError:
        return otherwise


def whole(written: str | None, otherwise: int) -> int:
    """A whole number as a file has it; what is no such number, or too long to be meant, counts as `otherwise`."""
    return int(written) if written is not None and len(written) < 10 and written.isdecimal() else otherwise


def unsafe(file: str, message: Text) -> Unreadable:
    return refused(
        file,
        message,
        Text(
            "Không dùng tệp này; tạo mẫu mới bằng “thamdinh new” rồi ghi lại nội dung",
            "Don't use this file; make a new form with “thamdinh new” and write the content anew",
        ),
    )


def _ole(file: str, content: bytes, suffix: str) -> Unreadable:
    encrypted = any("EncryptedPackage".encode(coding) in content for coding in ("utf-16-le", "ascii"))
    return _locked(file) if encrypted else legacy(file, suffix)


def _locked(file: str) -> Unreadable:
    return refused(
        file,
        Text("Tệp có đặt mật khẩu nên không đọc được", "The file is protected by a password"),
        Text(
            "Mở tệp bằng mật khẩu, bỏ mật khẩu (Lưu thành…, không chọn “Lưu với mật khẩu”), rồi thử lại",
            "Open it with the password, save it without one, and try again",
        ),
    )


def _too_large(file: str) -> Unreadable:
    total, part = LARGEST_TOTAL // 2**20, LARGEST_PART // 2**20
    return refused(
        file,
        Text(
            f"Tệp bung ra quá lớn (giới hạn: {total} MB, mỗi phần {part} MB, nén không quá {HIGHEST_RATIO} lần, "
            f"{MOST_MEMBERS} phần)",
            f"The file unpacks to too much (limits: {total} MB, {part} MB a part, packed at most {HIGHEST_RATIO} times, "
            f"{MOST_MEMBERS} parts)",
        ),
        Text(
            "Kiểm tra nguồn của tệp; nếu có nhiều hình ảnh hoặc trang không dùng thì xóa bớt",
            "Check where the file comes from; remove pictures and sheets that aren't needed",
        ),
    )


def too_many_cells(file: str) -> Unreadable:
    words = f"{MOST_CELLS:,}"
    return refused(
        file,
        Text(f"Tệp có hơn {words.replace(',', '.')} ô có nội dung", f"The file has more than {words} cells"),
        Text("Xóa các trang, dòng không dùng", "Delete the sheets and rows that aren't needed"),
    )
