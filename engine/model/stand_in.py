"""What stands in for a document of which some is wrong: the same with other values there, and what of it is in doubt.

It validates, so that all else can be looked at: whether it agrees, and what rules say that do not depend on what is in doubt.
Nothing of what stands in is ever shown.
"""

from collections.abc import Iterable
from typing import Any, Final

from pydantic_core import ErrorDetails, ValidationError

from ..base.problem import Path
from ..base.record import Record
from ..documents.document import Document
from .description import Description, Field
from .parsing import UNKNOWN, path_of_error, validate
from .records import DocumentRecord

Steps = tuple[str, ...]

_ROUNDS: Final = 4
_MOST: Final = 500
"""How many disagreements are stood in for: of a document with more hardly anything could be told."""


class StandIn(Record):
    """The document, and the paths whose values, with all below them, may be others once it is mended.

    `wrong` are in doubt because of what stands there; `unread` because something was not read that may belong there.
    `replaced`: where other values stand.
    """

    document: DocumentRecord
    wrong: frozenset[Steps]
    unread: frozenset[Steps] = frozenset()
    replaced: frozenset[Path] = frozenset()

    @property
    def doubts(self) -> frozenset[Steps]:
        """All that is in doubt."""
        return self.wrong | self.unread


def in_doubt(steps: Steps, doubts: Iterable[Steps]) -> bool:
    """Whether what stands at these steps is in doubt."""
    return any(steps[: len(doubt)] == doubt for doubt in doubts)


def steps_of(path: Path) -> Steps:
    """A path without the numbers of rows."""
    return tuple(step for step in path if isinstance(step, str))


def stand_in(kind: type[DocumentRecord], document: Document) -> StandIn | None:
    """What stands in for a document that does not validate; None where too much of it is wrong."""
    made = _Made(kind.known, _copy(document.data))
    for _ in range(_ROUNDS):
        try:
            return StandIn(
                validate(kind, made.data), frozenset(made.wrong), frozenset(made.unread), frozenset(made.replaced)
            )
        except ValidationError as error:
            errors = error.errors(include_url=False)
        if len(errors) > _MOST:
            return None
        paths = [
            path_of_error(made.data, one["loc"]) for one in errors
        ]  # all before the first mend changes what they lead to
        for one, path in zip(errors, paths, strict=True):
            if not made.mend(one, path):
                return None
    return None


class _Made:
    def __init__(self, known: Description, data: Any) -> None:
        self._known, self.data = known, data
        self.wrong, self.unread, self.replaced = set[Steps](), set[Steps](), set[Path]()
        self._count = 0

    def mend(self, error: ErrorDetails, path: Path) -> bool:
        """Put something else where the error is, and note what is in doubt; whether that can be done."""
        if error["type"] in UNKNOWN:
            return self._drop(path)
        if error["type"] == "missing":
            path = (*path, error["loc"][-1])
            self.wrong.add(self._around(path))
        elif not path:
            return False
        elif isinstance(path[-1], int):
            path = path[:-1]
        elif self._at(path[:-1]) is None:
            return True  # what was around it has been replaced
        field = self._known.at("/" + "/".join(steps_of(path)))
        container = self._at(path[:-1])
        if field is None or not isinstance(container, dict):
            return field is not None
        self.wrong.add(steps_of(path))
        self.replaced.add(path)
        container[path[-1]] = self._value(field)
        return True

    def _drop(self, path: Path) -> bool:
        """What is not known: it may be meant for anything that stands beside it."""
        container = self._at(path[:-1])
        self.unread.add(steps_of(path[:-1]))
        if isinstance(container, dict):
            container.pop(path[-1], None)
        return True

    def _around(self, path: Path) -> Steps:
        """The rows or the record that lack something: they may be there by mistake. What must be there lacks it alone."""
        for length in range(len(path) - 1, 0, -1):
            steps = steps_of(path[:length])
            field = self._known.at("/" + "/".join(steps))
            if isinstance(path[length - 1], int) or (field is not None and field.type == "record" and field.optional):
                return steps
        return steps_of(path)

    def _at(self, path: Path) -> Any:
        value: Any = self.data
        try:
            for step in path:
                value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
        return value

    def _value(self, field: Field) -> Any:
        """A value that a field may have."""
        self._count += 1
        match field.type:
            case "version":
                return self._known.version
            case "identifier" | "reference":
                return f"?{self._count}"
            case "member":
                return self._known.enumerations[field.of or ""].members[0].name
            case "set" | "list" | "rows":
                return []
            case "record":
                inside = self._known.record_types[field.of or ""].fields
                return {known.name: self._value(known) for known in inside if known.required}
            case "boolean":
                return bool(field.default)
        return field.example if field.example is not None else _PLAIN[field.type]


_PLAIN: Final[dict[str, Any]] = {
    "text": "…",
    "count": 0,
    "number": 0,
    "percentage": 0,
    "date": "2017-12-28",
    "instant": "2017-12-28T08:00",
}


def _copy(data: Any) -> Any:
    """The data, its lists and mappings anew."""
    if isinstance(data, dict):
        return {key: _copy(value) for key, value in data.items()}
    return [_copy(value) for value in data] if isinstance(data, list) else data
