"""A copy of an office file with marks in it: parts of the package that need no change stay as they are, byte for byte."""

from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile

from .package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element


_TYPES: Final = "[Content_Types].xml"
_TYPES_SPACE: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS_SPACE: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
RELATION_KINDS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def new_root(name: str) -> "_Element":
    """The root of a new part, its namespace without a prefix."""
    from lxml import etree

    space, _, local = name[1:].partition("}")
    return etree.fromstring(f'<{local} xmlns="{space}"/>')


class Copy:
    """A package that is being changed: a part is parsed when it is first asked for, and written anew only then."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._changed: dict[str, _Element] = {}
        self._added: dict[str, bytes] = {}

    def xml(self, name: str) -> "_Element":
        """The root of a part that is going to be changed. Raises Unreadable."""
        if name not in self._changed:
            self._changed[name] = self.package.xml(name)
        return self._changed[name]

    def text(self, name: str) -> bytes:
        """The bytes of a part, as changed so far."""
        return self._added.get(name) or self.package.bytes(name)

    def put(self, name: str, content: bytes) -> None:
        """Set the bytes of a part."""
        self._added[name] = content

    def add(self, name: str, root: "_Element", content_type: str) -> None:
        """Add a new part with its type."""
        self._changed[name] = root
        self.declare(name, content_type)

    def declare(self, name: str, content_type: str) -> None:
        """Say of what type a part is."""
        from lxml import etree

        types = self.xml(_TYPES)
        entry = etree.SubElement(types, f"{_TYPES_SPACE}Override")
        entry.set("PartName", f"/{name}")
        entry.set("ContentType", content_type)

    def declare_suffix(self, suffix: str, content_type: str) -> None:
        """Say of what type parts with a suffix are, unless that is said already."""
        from lxml import etree

        types = self.xml(_TYPES)
        if all(entry.get("Extension", "").lower() != suffix for entry in types.iterchildren(f"{_TYPES_SPACE}Default")):
            entry = etree.Element(f"{_TYPES_SPACE}Default", Extension=suffix, ContentType=content_type)
            types.insert(0, entry)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another (a kind of relation without its address, an absolute name); gives the new id."""
        from lxml import etree

        name = self.package.rels(part)
        if name not in self.package and name not in self._changed:
            self._changed[name] = new_root(f"{_RELATIONS_SPACE}Relationships")
        root = self.xml(name)
        taken = {entry.get("Id") for entry in root}
        number = next(number for number in range(1, len(taken) + 2) if f"rIdThamdinh{number}" not in taken)
        entry = etree.SubElement(root, f"{_RELATIONS_SPACE}Relationship")
        entry.set("Id", f"rIdThamdinh{number}")
        entry.set("Type", RELATION_KINDS + kind)
        entry.set("Target", f"/{target}")
        return f"rIdThamdinh{number}"

    def unused(self, pattern: str) -> str:
        """The first name of the pattern (with {} for a number) that no part has."""
        known = {name.lower() for name in (*self.package.members, *self._changed, *self._added)}
        return next(
            name for number in range(1, len(known) + 2) if (name := pattern.format(number)).lower() not in known
        )

    def content(self) -> bytes:
        """The file."""
        from lxml import etree

        made = BytesIO()
        written = {
            name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in self._changed.items()
        } | self._added
        with ZipFile(made, "w", ZIP_DEFLATED) as archive:
            for name, info in self.package.members.items():
                archive.writestr(info, written.pop(name) if name in written else self.package.bytes(name))
            for name, content in written.items():
                archive.writestr(name, content)
        return made.getvalue()
