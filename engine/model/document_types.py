"""Types of document on disk: find one by its id, read its folder, and give its description.

A folder may come from a stranger: nothing in it runs, its size is bounded, and what is wrong with it is told like what is
wrong with a document. Reading takes long, so a description that was read without errors is kept between runs.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, Final

from ..base.cache import kept_result
from ..base.folders import located_folder
from ..base.plain_data import by_name
from ..base.problem import DUPLICATE, REFERENCE, SCHEMA, UNREADABLE, Path, Place, Problem, Unreadable
from ..base.record import replaced
from ..base.suggest import closest, shown
from ..base.text import Text
from ..documents.source import load
from . import description as written
from .description import SECTIONS, TYPE, Description, Enumeration, VocabularyChange
from .secrets import ALWAYS

if TYPE_CHECKING:
    from ..documents.document import Document

BUILT_IN: Final = FilePath(__file__).parent.parent.parent / "rules" / "documents"
HEAD: Final = "document.yaml"
DEFAULT: Final = "conference_plan"
"""The type of a document that does not say which one it is."""

LARGEST: Final = 2**20
"""Bytes of all files of one description. That of the conference plan has 54 KB."""
MOST_FILES: Final = 20
_FILE: Final = re.compile(r"[a-z][a-z0-9_-]*\.yaml")
_PARTS: Final = by_name(Text, *(kind for kind in vars(written).values() if isinstance(kind, type)))


@cache
def available() -> dict[str, FilePath]:
    """The folders of the types that come with the program, by id."""
    return {head.parent.name: head.parent for head in sorted(BUILT_IN.glob(f"*/{HEAD}"))}


def description(document_type: str = DEFAULT) -> Description:
    """The description of a type by its id or its folder, from the cache while nothing has changed. Raises Unreadable."""
    return _described(document_type)


@cache
def _described(document_type: str) -> Description:
    folder = locate_type(document_type)
    contents = _contents(folder)
    name = hashlib.sha256(bytes(folder.resolve())).hexdigest()[:32]
    read = kept_result(f"{name}.document", (_digest(contents),), _PARTS, lambda: _read(folder, contents))
    _BROUGHT[read.id] = read
    return read


ALWAYS.append(description)


def adapted(document_type: str, changes: tuple[VocabularyChange, ...]) -> Description:
    """The description of a type with the vocabulary of a pack. Raises Unreadable."""
    known = description(document_type)
    return _adapted(known, changes) if changes else known


@cache
def _adapted(known: Description, changes: tuple[VocabularyChange, ...]) -> Description:
    digest = hashlib.sha256(f"{known.digest}{changes}".encode()).hexdigest()
    _ADAPTED.setdefault(known.id, []).append(changes)
    return replaced(known, vocabulary=_changed(known.vocabulary, changes, retiring=True), digest=digest)


_ADAPTED: Final[dict[str, list[tuple[VocabularyChange, ...]]]] = {}
"""What the packs of this run change in each type."""


def _changed(
    vocabulary: tuple[Enumeration, ...], changes: Iterable[VocabularyChange], *, retiring: bool
) -> tuple[Enumeration, ...]:
    made = {one.name: {member.name: member for member in one.members} for one in vocabulary}
    for change in changes:
        members = made.get(change.enumeration, {})
        for name in change.retire if retiring else ():
            members.pop(name, None)
        for member in change.add:
            members[member.name] = member if retiring else members.get(member.name, member)
    return tuple(replaced(one, members=tuple(made[one.name].values())) for one in vocabulary)


def types() -> tuple[Description, ...]:
    """The types that a document may be of in this run: those that come with the program, that of documents which do not say
    theirs the first, and those that packs brought from folders."""
    shipped = [description(), *(description(name) for name in available() if name != DEFAULT)]
    return (*shipped, *(known for known in _BROUGHT.values() if known.id not in available()))


def worded_types() -> tuple[Description, ...]:
    """The types, each with the words that the packs of this run add to it: to understand what somebody means, not to judge it."""
    return tuple(_worded(known, len(_ADAPTED.get(known.id, ()))) for known in types())


@cache
def _worded(known: Description, packs: int) -> Description:
    """A type with all words that so many packs of this run add to it."""
    changes = [change for some in _ADAPTED.get(known.id, ())[:packs] for change in some]
    if not changes:
        return known
    digest = hashlib.sha256(f"{known.digest}{changes}".encode()).hexdigest()
    return replaced(known, vocabulary=_changed(known.vocabulary, changes, retiring=False), digest=digest)


_BROUGHT: Final[dict[str, Description]] = {}
"""The types that were read from folders, by id."""


def sections() -> frozenset[str]:
    """The records and lists that documents of these types consist of, but whose document it is."""
    found: set[str] = set()
    for known in types():
        whose = {steps[0] for steps in known.by_nature.get("organization", ())}
        found |= {field.name for field in known.root.fields if field.type in ("record", "rows")} - whose
    return frozenset(found)


def locate_type(document_type: str) -> FilePath:
    """The folder of a type given by its id or by a folder. Raises Unreadable."""
    word = shown(document_type)
    missing = Text(f"Không có loại tài liệu “{word}”", f"No type of document “{word}”")
    return located_folder(document_type, available(), HEAD, missing)


def no_type(named: object, place: Place, known: Iterable[str] = (), *, paths: bool = False) -> Problem:
    """The problem of a type of document that nobody has; `known` are those beside the ones that come with the program."""
    word, types = shown(str(named)), [*dict.fromkeys((*available(), *known))]
    near, names = closest(str(named), types), ", ".join(types)
    folder = Text(f"; hoặc một thư mục có {HEAD}", f"; or a folder that holds {HEAD}") if paths else Text("", "")
    return Problem(
        REFERENCE,
        Text(f"Không có loại tài liệu “{word}”", f"No type of document “{word}”"),
        Text(
            f"Có phải ý là “{near}”?" if near else f"Dùng một trong: {names}{folder.vi}",
            f"Did you mean “{near}”?" if near else f"Use one of: {names}{folder.en}",
        ),
        place,
    )


def named_type(document: "Document", known: Mapping[str, Description]) -> Description:
    """The type that a document says it is of, by its id: one of those known, or of those that come with the program.

    Raises Unreadable where nobody has that type.
    """
    data = document.data
    named = data.get(TYPE) if isinstance(data, dict) else None
    if named is None:
        if (other := _unsaid(data)) is not None:
            raise Unreadable(_unsaid_type(other, document.place(())))
        named = DEFAULT
    if isinstance(named, str) and named in known:
        return known[named]
    if isinstance(named, str) and named in available():
        return description(named)
    raise Unreadable(no_type(named, document.place((TYPE,)), known))


def _unsaid(data: object) -> Description | None:
    """The type that a document which says none has more keys of than of the one it would be taken for; None where it has not."""
    keys = {*data} if isinstance(data, dict) else set()

    def shared(known: Description) -> int:
        return len(keys & {field.name for field in known.root.fields})

    if 2 * shared(description()) >= len(keys):
        return None
    nearest = max(types(), key=shared)
    return nearest if nearest.id != DEFAULT and 2 * shared(nearest) > len(keys) else None


def _unsaid_type(known: Description, place: Place) -> Problem:
    return Problem(
        SCHEMA,
        Text(
            f"Tài liệu chưa ghi thuộc loại nào; các mục giống loại “{known.label.vi}”",
            f"The document doesn't say of which type it is; its keys are those of “{known.label.en}”",
        ),
        Text(f"Thêm “{TYPE}: {known.id}” vào đầu tệp", f"Add “{TYPE}: {known.id}” at the top"),
        place,
    )


def read_description(folder: FilePath) -> Description:
    """The description in a folder. Raises Unreadable with every problem of every file."""
    return _read(folder, _contents(folder))


def _contents(folder: FilePath) -> dict[str, bytes]:
    """The content of each file in the folder of a type, by name. Raises Unreadable."""
    contents: dict[str, bytes] = {}
    for path in sorted(folder.glob("*.yaml")):
        contents[path.name] = load(str(path))
        if len(contents) > MOST_FILES or sum(map(len, contents.values())) > LARGEST:
            raise Unreadable(_too_much(Place(str(path))))
    return contents


def _digest(contents: dict[str, bytes]) -> str:
    files = (b"%a\0%d\0%b" % (name, len(text), text) for name, text in contents.items())
    return hashlib.sha256(b"".join(files)).hexdigest()


def _too_much(place: Place) -> Problem:
    return Problem(
        UNREADABLE,
        Text(
            f"Mô tả loại tài liệu có hơn {MOST_FILES} tệp hoặc lớn quá {LARGEST // 2**20} MB",
            f"The description has more than {MOST_FILES} files or is larger than {LARGEST // 2**20} MB",
        ),
        Text("Chỉ để các tệp mô tả trong thư mục này", "Keep nothing but the description in this folder"),
        place,
    )


def _read(folder: FilePath, contents: dict[str, bytes]) -> Description:
    from ..documents import read
    from .parsing import validated

    document = read(str(folder / HEAD), contents.get(HEAD, b""))
    head = validated(written.DescriptionHead, document)
    parts: list[tuple[Document, written.DescriptionHead | written.DescriptionPart]] = [(document, head)]
    problems: list[Problem] = []
    for number, name in enumerate(head.include):
        if not _FILE.fullmatch(name) or name == HEAD or name not in contents or name in head.include[:number]:
            problems.append(_not_beside(name, [*contents], document.place(("include", number))))
            continue
        try:
            beside = read(str(folder / name), contents[name])
            parts.append((beside, validated(written.DescriptionPart, beside)))
        except Unreadable as unreadable:
            problems += unreadable.problems
    sections: dict[str, tuple[Document, object]] = {}
    for source, part in parts:
        for name in SECTIONS:
            if (value := getattr(part, name)) is None:
                continue
            if name in sections:
                problems.append(_twice(name, source.place((name,), key=True), sections[name][0].place((name,))))
            sections.setdefault(name, (source, value))
    if problems:
        raise Unreadable(*problems)
    values: dict[str, Any] = {name: value for name, (_, value) in sections.items()}
    made = Description(head.id, head.label, head.version, **values, digest=_digest(contents), subject=head.subject)
    return _checked(made, document, {name: source for name, (source, _) in sections.items()})


def _checked(made: Description, head: "Document", sources: "dict[str, Document]") -> Description:
    """The description, where all that it names is there. Raises Unreadable."""
    from .description_checks import wrongs

    def place(path: Path) -> Place:
        return sources.get(str(path[0]), head).place(path) if path else head.place(())

    found = [Problem(wrong.code, wrong.message, wrong.fix, place(wrong.path)) for wrong in wrongs(made)]
    if found:
        raise Unreadable(*found)
    return made


def _not_beside(name: str, there: list[str], place: Place) -> Problem:
    near = closest(name, there)
    return Problem(
        REFERENCE,
        Text(f"Không có tệp “{shown(name)}” bên cạnh {HEAD}", f"There is no file “{shown(name)}” beside {HEAD}"),
        Text(
            f"Có phải ý là “{near}”?" if near else "Ghi tên một tệp .yaml trong cùng thư mục, mỗi tệp một lần",
            f"Did you mean “{near}”?" if near else "Name a .yaml file of the same folder, each one once",
        ),
        place,
    )


def _twice(name: str, place: Place, earlier: Place) -> Problem:
    return Problem(
        DUPLICATE,
        Text(f"Phần “{name}” đã có ở {earlier.describe('vi')}", f"“{name}” already stands at {earlier.describe('en')}"),
        Text("Gộp hai phần vào một tệp", "Put both into one file"),
        place,
    )


def description_schema() -> dict[str, Any]:
    """The JSON Schema of a file of a description: `document.yaml`, or one that it includes."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(written.DescriptionHead | written.DescriptionPart).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
