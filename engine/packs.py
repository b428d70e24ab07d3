"""Packs on disk: find a directive by its id, read its folder, and make its ruleset ready.

Reading a pack costs more than checking a plan, so a ruleset that was read without errors is kept between runs.
"""

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Final

from .cache import kept
from .problem import UNREADABLE, Path, Place, Problem, Unreadable
from .ruleset import Ruleset
from .suggest import closest
from .text import Text

if TYPE_CHECKING:
    from .directive import Directive, Rule
    from .document import Document

BUILT_IN: Final = FilePath(__file__).parent.parent / "rules"
HEAD: Final = "directive.yaml"
DEFAULT: Final = "ben-tre-2017"


@dataclass(frozen=True)
class Pack:
    """A directive as it was written, with its rules and where each of them stands."""

    folder: FilePath
    directive: "Directive"
    rules: tuple["Rule", ...]
    places: dict[str, Place]
    ruleset: Ruleset


def available() -> dict[str, FilePath]:
    """The folders of the packs that come with the program, by directive id."""
    return {folder.parent.name.replace("_", "-"): folder.parent for folder in sorted(BUILT_IN.glob(f"*/{HEAD}"))}


def locate(directive: str) -> FilePath:
    """The folder of a directive given by its id or by a folder. Raises Unreadable."""
    known = available()
    if directive in known:
        return known[directive]
    folder = FilePath(directive)
    if (folder / HEAD).is_file():
        return folder
    near = closest(directive, known)
    names = ", ".join(known)
    raise Unreadable(
        Problem(
            UNREADABLE,
            Text(f"Không tìm thấy bộ quy tắc “{directive}”", f"No rule pack “{directive}”"),
            Text(
                f"Có phải ý là “{near}”?" if near else f"Dùng một trong: {names}; hoặc một thư mục có {HEAD}",
                f"Did you mean “{near}”?" if near else f"Use one of: {names}; or a folder that holds {HEAD}",
            ),
            Place(directive),
        )
    )


def ruleset(directive: str = DEFAULT) -> Ruleset:
    """The ruleset of a directive, from the cache when neither pack nor program has changed. Raises Unreadable."""
    folder = locate(directive)
    program = [path.stat().st_mtime_ns for path in sorted(FilePath(__file__).parent.glob("*.py"))]
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:32]
    return kept(f"{name}.ruleset", (sys.version, digest(folder), *program), lambda: read(directive).ruleset)


def read(directive: str = DEFAULT) -> Pack:
    """The whole pack, as written and made ready. Raises Unreadable with every problem of every file."""
    from .directive import Directive, RuleFile
    from .lowering import RuleError, prepare
    from .readers import read_file
    from .schema import validated

    folder = locate(directive)
    problems: list[Problem] = []
    documents: dict[FilePath, Document] = {}
    for path in _files(folder):
        try:
            documents[path] = read_file(path)
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
    problems += _duplicates(rules)
    origins = {id(rule): (document, path) for document, path, rule in rules}

    def report(error: RuleError, rule: "Rule | None") -> None:
        document, path = (documents[head_path], ()) if rule is None else origins[id(rule)]
        place = document.place((*path, *error.path))
        problems.append(Problem(error.code, error.message, error.fix, place))

    ready = prepare(head, [rule for _, _, rule in rules], report)
    if problems:
        raise Unreadable(*problems)
    places = {rule.id: document.place(path) for document, path, rule in rules}
    return Pack(folder, head, tuple(rule for _, _, rule in rules), places, ready)


def _files(folder: FilePath) -> list[FilePath]:
    return [folder / HEAD, *(path for path in sorted(folder.glob("*.yaml")) if path.name != HEAD)]


def _duplicates(rules: "list[tuple[Document, Path, Rule]]") -> list[Problem]:
    first: dict[str, Place] = {}
    problems = []
    for document, path, rule in rules:
        place = document.place((*path, "id"))
        if rule.id in first:
            where = first[rule.id]
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
        first.setdefault(rule.id, place)
    return problems


def digest(folder: FilePath) -> str:
    """A fingerprint of a pack's content."""
    content = hashlib.sha256()
    for path in _files(folder):
        data = path.read_bytes()
        content.update(f"{path.name}\0{len(data)}\0".encode())
        content.update(data)
    return content.hexdigest()
