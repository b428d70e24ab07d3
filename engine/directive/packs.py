"""Packs on disk: find a directive by its id, read its folder, and make its ruleset ready.

Reading a pack costs more than checking a plan, so a ruleset that was read without errors is kept between runs.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Final

from ..base.cache import kept_result
from ..base.folders import folder_of, located_folder
from ..base.in_force import PackInForce
from ..base.input_names import shown_name
from ..base.problem import DUPLICATE, REFERENCE, SCHEMA, UNREADABLE, Path, Place, Problem, Unreadable
from ..base.record import Record
from ..base.suggest import did_you_mean, plain
from ..base.text import Text
from ..documents.source import load
from ..model.document_types import DEFAULT as DEFAULT_TYPE
from ..model.document_types import HEAD as TYPE_HEAD
from ..model.document_types import adapted, description, no_type
from ..model.document_types import available as types
from ..model.enumerations import enumerations
from .pack import Pack
from .ruleset import PARTS, Applicability, Ruleset, place_key

if TYPE_CHECKING:
    from ..documents.document import Document
    from .lowering import RuleError
    from .written import Directive, Rule

BUILT_IN: Final = FilePath(__file__).parent.parent.parent / "rules"
HEAD: Final = "directive.yaml"
_OWN: Final = "this-pack"
"""The folder of a pack that is kept; no other that is kept with it is called so (`_folder_of`)."""
DIGITS: Final = 12
"""How much of a pack's fingerprint a verdict shows."""
DEFAULT: Final = "ben-tre-2017"
AUTO: Final = "auto"
"""In place of a directive, or where none is named: each document chooses its own (evaluation/choice.py)."""

LARGEST_PACK: Final = 4 * 2**20
"""Bytes of all files of one pack. Of those that come with the program, the largest has 60 KB."""
MOST_LAYERS: Final = 8
"""How many packs may extend one another."""

_RULE_FILES: Final = (".yaml", ".yml")
_DOCUMENT: Final = re.compile(rb"^document:[ \t]*([a-z][a-z0-9_]*)", re.MULTILINE)
_VOCABULARY: Final = re.compile(rb"^vocabulary:", re.MULTILINE)
_ILLUSTRATION: Final = re.compile(rb"^illustration:\s*true\b", re.MULTILINE)


def available() -> dict[str, FilePath]:
    """The folders of the packs that come with the program, by directive id."""
    return {folder.parent.name.replace("_", "-"): folder.parent for folder in sorted(BUILT_IN.glob(f"*/{HEAD}"))}


def judged_by(directive: str) -> str:
    """The id of the type of document that a pack judges, as its head or those above it say. Raises Unreadable."""
    for layer in _chain(locate_pack(directive)):
        head, content = next(iter(layer.items()))
        if (named := _said("document", head, content)) is not None:
            document = _type_beside(head.parent, named)
            return named if document is None else description(document).id
    return DEFAULT_TYPE


class IssuedPack(Record):
    """The type of document that an issued pack judges, and whether it adds words to it."""

    document: str
    worded: bool


def issued() -> dict[str, IssuedPack]:
    """The directives that documents choose among: those that come with the program and that somebody issued.

    All is seen without reading a head as YAML (a test holds that to what is read).
    """
    heads = {directive: load(str(folder / HEAD)) for directive, folder in available().items()}
    found = {name: _DOCUMENT.search(head) for name, head in heads.items() if not _ILLUSTRATION.search(head)}
    return {
        name: IssuedPack(said[1].decode() if said else DEFAULT_TYPE, _VOCABULARY.search(heads[name]) is not None)
        for name, said in found.items()
    }


def locate_pack(directive: str) -> FilePath:
    """The folder of a directive given by its id or by a folder. Raises Unreadable."""
    missing = Text(f"Không tìm thấy bộ quy tắc “{directive}”", f"No rule pack “{directive}”")
    return located_folder(directive, available(), HEAD, missing)


def ruleset(directive: str = DEFAULT) -> Ruleset:
    """The ruleset of a directive, from the cache when neither pack nor program has changed. Raises Unreadable."""
    folder = locate_pack(directive)
    return read_once(directive, folder.resolve(), (digest(folder), _document_digest(folder)))


@lru_cache(maxsize=16)
def read_once(directive: str, folder: FilePath, state: tuple[str, str]) -> Ruleset:
    """The ruleset of a pack whose files have these digests, read once in a process."""
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:32]
    return kept_result(f"{name}.ruleset", state, PARTS, lambda: read(directive).ruleset)


def read(directive: str = DEFAULT) -> Pack:
    """The whole pack, as written and made ready, with what it extends. Raises Unreadable with every problem of every file.

    No pack in a folder may bear the id of one that comes with the program: a verdict names its pack by the id.
    """
    folder = locate_pack(directive)
    try:
        state = digest(folder), _document_digest(folder)
    except Unreadable:  # of which reading tells more
        return _pack(folder, ())
    return _held(folder, folder.resolve(), state)


@lru_cache(maxsize=16)
def _held(folder: FilePath, *_: object) -> Pack:
    """The pack whose files have these digests, read once in a process."""
    return _pack(folder, ())


def read_version(directive: str = DEFAULT) -> Pack:
    """As `read`, also where it is another version of a pack that comes with the program: to be compared, never to judge."""
    return _pack(locate_pack(directive), (), judges=False)


def read_kept(folder: FilePath) -> Pack:
    """A pack that was kept to show how it judged: what it extends lies beside it (`layers`), as it was then.

    Raises Unreadable.
    """
    return _pack(folder, (), judges=False, kept=True)


def _pack(folder: FilePath, below: tuple[FilePath, ...], *, judges: bool = True, kept: bool = False) -> Pack:
    """The pack in a folder; `below` are the folders of those that extend it."""
    from .describing import handbook
    from .layers import amended, layered
    from .lowering import lower

    written = _written(folder)
    if plain(written.head.id) == AUTO:
        raise Unreadable(_auto(written.document.place(("id",)), Text("Đặt mã khác", "Give this pack another id")))
    if judges and _shipped_as(written.head.id) not in (None, folder.resolve()):
        raise Unreadable(_borrowed(written.head.id, written.document.place(("id",))))
    upper = None
    if written.head.extends is not None:
        above = _above(folder, written.head.extends, kept=kept)
        place = written.document.place(("extends",))
        if above is None or above.resolve() in (path.resolve() for path in (folder, *below)):
            raise Unreadable(_no_upper(written.head.extends, place, circular=above is not None))
        if len(below) + 1 >= MOST_LAYERS:
            raise Unreadable(_too_many_layers(place))
        upper = _pack(above, (*below, folder), judges=judges, kept=kept)
    document = _document_of(folder, written, upper, kept=kept)
    problems = written.duplicates()
    head, rules = written.head, [rule for _, _, rule in written.rules]
    changes = () if upper is None else upper.amendments
    origins: dict[tuple[str, int], int] = {}
    if upper is not None:
        # What layers say of members is said in the words of the pack.
        enumerations(adapted(document, (*upper.directive.vocabulary, *head.vocabulary)))
        put = layered(upper.directive, upper.rules, head, rules, written.reporter(problems))
        head, rules, origins = put.directive, sorted(put.rules, key=lambda rule: rule.id), put.origins
        changes += put.amendments
    # What is wrong may be wrong only because of what is refused already.
    ready = (
        None if problems and upper is not None else lower(head, rules, written.reporter(problems, origins), document)
    )
    if problems or ready is None:
        raise Unreadable(*problems)
    ready = replace(
        ready,
        judgements=tuple(amended(judgement, changes) for judgement in ready.judgements),
        across=tuple(amended(judgement, changes) for judgement in ready.across),
        applies=Applicability(
            head.term,
            head.valid_from,
            head.valid_to,
            head.jurisdiction.district,
            head.jurisdiction.kind,
            () if upper is None else (upper.directive.id, *upper.extends),
            head.illustration,
            _known_places(head, upper),
        ),
    )
    places = {} if upper is None else dict(upper.places)
    places |= {rule.id: document.place(path) for document, path, rule in written.rules}
    pack = Pack(folder, head, tuple(rules), places, ready, upper, changes)
    return replace(pack, ruleset=replace(ready, handbook=handbook(pack)))


class _Written(Record):
    """The files of one pack, read: its head and where that stands, and each rule with its file and path."""

    head: "Directive"
    document: "Document"
    rules: "list[tuple[Document, Path, Rule]]"

    def reporter(
        self, problems: list[Problem], moved: Mapping[tuple[str, int], int] | None = None
    ) -> "Callable[[RuleError, Rule | None], None]":
        """Adds rule errors to the problems, each with its place in these files.

        `moved` gives where in the head's own sections stands what an error calls by another position; a rule of a pack
        above that this one spoils is placed at the head.
        """
        origins = {id(rule): (document, path) for document, path, rule in self.rules}

        def report(error: "RuleError", rule: "Rule | None") -> None:
            document, path = origins.get(id(rule), (self.document, ())) if rule is not None else (self.document, ())
            inside = error.path
            if rule is not None and id(rule) not in origins:
                inside = ("parameters",)
            elif rule is None and len(inside) > 1 and moved:
                section, number = inside[0], inside[1]
                inside = (section, moved.get((str(section), int(number)), number), *inside[2:])
            problems.append(Problem(error.code, error.message, error.fix, document.place((*path, *inside))))

        return report

    def duplicates(self) -> list[Problem]:
        """A problem for each code that two rules have."""
        return _duplicates(self.rules)


def _written(folder: FilePath) -> _Written:
    """The pack in a folder as it is written, without what it extends. Raises Unreadable."""
    from ..documents import read
    from ..model.parsing import validated
    from .written import Directive, RuleFile

    problems: list[Problem] = []
    documents: dict[FilePath, Document] = {}
    for path, content in _contents(folder).items():
        try:
            documents[path] = read(str(path), content)
        except Unreadable as unreadable:
            problems += unreadable.problems
    head_path = folder / HEAD
    head: Directive | None = None
    rules: list[tuple[Document, Path, Rule]] = []
    for path, document in documents.items():
        try:
            if path == head_path:
                head = validated(Directive, document)
                found = head.rules
            else:
                found = validated(RuleFile, document).rules
        except Unreadable as unreadable:
            problems += unreadable.problems
            continue
        rules += [(document, ("rules", number), rule) for number, rule in enumerate(found)]
    if head is None or problems:
        raise Unreadable(*problems)
    rules.sort(key=lambda found: found[2].id)
    return _Written(head, documents[head_path], rules)


def _above(folder: FilePath, extends: str, *, kept: bool = False) -> FilePath | None:
    """The folder of the pack that one in `folder` extends: by its id, or by a path from that folder."""
    if kept:
        beside = folder.parent / _folder_of(extends)
        return beside if os.path.lexists(beside / HEAD) else None
    return folder_of(extends, available(), HEAD, folder)


def _known_places(head: "Directive", upper: Pack | None) -> dict[str, str]:
    """The places of a pack and of the one it extends, by all that people write for them."""
    above = None if upper is None else upper.ruleset.applies
    own = {place_key(word): place.name for place in head.jurisdiction.places for word in (place.name, *place.also)}
    return {**({} if above is None else above.places), **own}


def _document_of(folder: FilePath, written: _Written, upper: Pack | None, *, kept: bool) -> str:
    """The type of document that a pack judges: its id, or its folder. Raises Unreadable."""
    named = written.head.document
    if named is None:
        return DEFAULT_TYPE if upper is None else upper.ruleset.document
    place = written.document.place(("document",))
    document = _type_beside(*(folder.parent, _type_folder(named)) if kept and named not in types() else (folder, named))
    if document is None:
        raise Unreadable(no_type(named, place, paths=True))
    if document not in types() and description(document).id in types():
        raise Unreadable(_borrowed_type(description(document).id, place))
    if upper is not None and document != upper.ruleset.document:
        raise Unreadable(_other_type(upper, place))
    return document


def _type_beside(folder: FilePath, named: str) -> str | None:
    """A type of document as a pack in the folder names it: by its id, or by a path from that folder; None where there is none."""
    found = folder_of(named, types(), TYPE_HEAD, folder)
    if found is None:
        return None
    return named if named in types() else str(found.resolve())


def _document_digest(folder: FilePath) -> str:
    """What tells the description of the documents that a pack judges from others; empty where it has none."""
    for layer in _chain(folder):
        head, content = next(iter(layer.items()))
        if (named := _said("document", head, content)) is not None:
            document = _type_beside(head.parent, named)
            return "" if document is None else description(document).digest
    return description().digest


def refuse_folder_named_auto(beside: FilePath) -> None:
    """Raises Unreadable where a pack in the folder is called as leaving the choice to plans is."""
    if os.path.lexists(beside / AUTO / HEAD):
        fix = Text(
            f"Viết ./{AUTO} nếu muốn dùng bộ quy tắc trong thư mục đó; nếu không thì đổi tên thư mục",
            f"Write ./{AUTO} for the pack in that folder; else rename the folder",
        )
        raise Unreadable(_auto(Place(str(beside / AUTO)), fix))


def _auto(place: Place, fix: Text) -> Problem:
    return Problem(
        DUPLICATE,
        Text(
            f"“{AUTO}” có nghĩa là để mỗi văn bản chọn bộ quy tắc dành cho mình, nên không bộ quy tắc nào được gọi như vậy",
            f"“{AUTO}” means that each document chooses the pack that is for it, so no pack may be called that",
        ),
        fix,
        place,
    )


def _shipped_as(directive: str) -> FilePath | None:
    """The folder of the pack that comes with the program under an id, however it is cased and parted."""
    known = {plain(name): folder for name, folder in available().items()}
    return known[plain(directive)].resolve() if plain(directive) in known else None


def _borrowed(directive: str, place: Place) -> Problem:
    return Problem(
        DUPLICATE,
        Text(
            f"Mã “{directive}” là của bộ quy tắc đi kèm chương trình",
            f"The id “{directive}” is that of a pack that comes with the program",
        ),
        Text(
            "Đặt mã khác cho bộ quy tắc này; muốn sửa bộ đi kèm thì viết bộ mới nối vào bằng extends",
            "Give this pack another id; to change the one that comes with the program, write one that extends it",
        ),
        place,
    )


def _borrowed_type(document: str, place: Place) -> Problem:
    return Problem(
        DUPLICATE,
        Text(
            f"“{document}” là loại tài liệu đi kèm chương trình",
            f"“{document}” is a type of document that comes with the program",
        ),
        Text("Đặt mã khác cho loại tài liệu trong thư mục này", "Give the type in this folder another id"),
        place,
    )


def _other_type(upper: Pack, place: Place) -> Problem:
    document = upper.ruleset.known.id
    return Problem(
        REFERENCE,
        Text(
            f"Bộ {upper.directive.id} dành cho loại tài liệu “{document}”, bộ nối vào nó cũng phải vậy",
            f"{upper.directive.id} judges documents of the type “{document}”, and so must what extends it",
        ),
        Text("Bỏ document, hoặc không nối vào bộ này", "Drop document, or do not extend this pack"),
        place,
    )


def _no_upper(extends: str, place: Place, *, circular: bool) -> Problem:
    if circular:
        return Problem(
            REFERENCE,
            Text(
                f"Các bộ quy tắc nối vòng tròn qua “{extends}”",
                f"Packs extend each other in a circle through “{extends}”",
            ),
            Text("Bỏ extends ở một trong các bộ", "Drop extends in one of them"),
            place,
        )
    names = ", ".join(available())
    return Problem(
        REFERENCE,
        Text(f"Không tìm thấy bộ quy tắc “{extends}” để nối vào", f"There is no pack “{extends}” to extend"),
        did_you_mean(
            extends,
            available(),
            Text(
                f"Dùng một trong: {names}; hoặc đường dẫn từ thư mục này",
                f"Use one of: {names}; or a path from this folder",
            ),
        ),
        place,
    )


def _too_many_layers(place: Place) -> Problem:
    return Problem(
        SCHEMA,
        Text(f"Quá {MOST_LAYERS} bộ quy tắc nối lên nhau", f"More than {MOST_LAYERS} packs extend one another"),
        Text("Gộp bớt các bộ ở giữa", "Put some of those in between together"),
        place,
    )


def _contents(folder: FilePath) -> dict[FilePath, bytes]:
    """The content of each file of a pack, the head first. Raises Unreadable; nothing else reads them.

    What is no regular file is refused before it is opened: a pipe would wait for ever, and a device has no end.
    """
    others = (path for path in folder.glob("*") if path.suffix in _RULE_FILES and path.name != HEAD)
    problems: list[Problem] = []
    found: dict[FilePath, bytes] = {}
    for path in (folder / HEAD, *sorted(others)):
        try:
            found[path] = load(str(path))
        except Unreadable as unreadable:
            problems += unreadable.problems
            continue
        if sum(map(len, found.values())) > LARGEST_PACK:
            problems.append(_too_large(path))
            break
    if problems:
        raise Unreadable(*problems)
    return found


def _too_large(path: FilePath) -> Problem:
    limit = LARGEST_PACK // 2**20
    return Problem(
        UNREADABLE,
        Text(
            f"Các tệp của bộ quy tắc, đến tệp này, lớn quá {limit} MB",
            f"Up to this one, the files of the pack are larger than {limit} MB",
        ),
        Text("Chỉ để tệp quy tắc trong thư mục của bộ", "Keep nothing but files of rules in the folder of the pack"),
        Place(shown_name(str(path))),
    )


def _duplicates(rules: "list[tuple[Document, Path, Rule]]") -> list[Problem]:
    first: dict[str, Place] = {}
    problems = []
    for document, path, rule in rules:
        place = document.place((*path, "id"))
        if rule.id.casefold() in first:
            where = first[rule.id.casefold()]
            problems.append(
                Problem(
                    "PL004",
                    Text(
                        f"Mã quy tắc {rule.id} đã có ở {where.describe('vi')}",
                        f"Rule {rule.id} already stands at {where.describe('en')}",
                    ),
                    Text("Đặt mã khác cho một trong hai quy tắc", "Give one of the two another code"),
                    place,
                )
            )
        first.setdefault(rule.id.casefold(), place)
    return problems


def layers(folder: FilePath) -> dict[str, dict[str, bytes]]:
    """The files of a pack, of all that it extends and of the type of document that comes with it: by their names, under the
    name of the folder in which `read_kept` finds them again. The pack's own come first. Raises Unreadable."""
    found: dict[str, dict[str, bytes]] = {}
    name = _OWN
    for layer in _chain(folder):
        found[name] = {path.name: data for path, data in layer.items()}
        head = next(iter(layer))
        named = _said("document", head, layer[head])
        document = None if named is None else _type_beside(head.parent, named)
        if named is not None and document is not None and document not in types():
            found[_type_folder(named)] = {path.name: load(str(path)) for path in FilePath(document).glob("*.yaml")}
        name = _folder_of(_said("extends", head, layer[head]) or "")
    return found


def _folder_of(extends: str) -> str:
    """The name of the folder in which a pack is kept that another extends."""
    return re.sub(r"[^A-Za-z0-9]+", "_", extends).strip("_")


def _type_folder(named: str) -> str:
    return f"type-{_folder_of(named)}"


def digest(folder: FilePath, *, kept: bool = False) -> str:
    """A fingerprint of a pack's content, and of all that it extends; of one that was `kept`, as it lies there.

    Raises Unreadable.
    """
    content = hashlib.sha256()
    for layer in _chain(folder, kept=kept):
        for path, data in layer.items():
            content.update(f"{os.fsencode(path.name)!r}\0{len(data)}\0".encode())
            content.update(data)
    return content.hexdigest()


def in_force(directive: str, whole: Ruleset, seals: str | None = None) -> PackInForce:
    """What a verdict says of the pack whose ruleset this is, given by id or folder. Raises Unreadable.

    With `seals`, a file or folder of sealed changes, a pack for which none vouches by a trusted key is refused.
    """
    folder = locate_pack(directive)
    shipped = folder == available().get(whole.directive)
    found, by = digest(folder), None
    if seals is not None:
        from .signing import voucher

        by = voucher(found, whole.directive, FilePath(seals))
    return PackInForce(whole.directive, whole.version, found[:DIGITS], None if shipped else str(folder), by)


def _chain(folder: FilePath, *, kept: bool = False) -> Iterator[dict[FilePath, bytes]]:
    """The files of a pack and of those above it; a broken chain ends where it breaks. Raises Unreadable."""
    seen: set[FilePath] = set()
    here: FilePath | None = folder
    while here is not None and here.resolve() not in seen and len(seen) < MOST_LAYERS:
        seen.add(here.resolve())
        files = _contents(here)
        yield files
        head = here / HEAD
        here = _above(here, extends, kept=kept) if (extends := _said("extends", head, files[head])) else None


@lru_cache(maxsize=64)
def _said(key: str, head: FilePath, content: bytes) -> str | None:
    """The text that a head has at a key. Nearly every pack has none there, which is seen without reading the file as YAML."""
    if not re.search(rb"\b%b\W?\s*:" % key.encode(), content):
        return None
    from ..documents import read

    try:
        data = read(str(head), content).data
    except Unreadable:
        return None
    said = data.get(key) if isinstance(data, dict) else None
    return said if isinstance(said, str) else None
