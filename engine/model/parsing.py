"""From a document to a model: every disagreement is a problem PL002 at its place."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any, Final, TypeVar, cast

from pydantic_core import ErrorDetails, ValidationError

from ..base.limits import MOST_TOLD, UnwordedProblem, first_problems
from ..base.problem import SCHEMA, Path, Place, Unreadable
from ..base.record import Record
from ..base.text import Text
from ..documents.document import Document, Nowhere, Unclear
from .description import DOCUMENT, DOCUMENTS, TYPE
from .records import DocumentRecord

Model = TypeVar("Model")

MISSING: Final = "missing"
UNKNOWN: Final = ("extra_forbidden", "unexpected_keyword_argument")
_MOST_GUESSED: Final = 2_000
"""How many different unknown keys are compared with the missing ones."""


def validated(model: type[Model], document: Document, most: int = MOST_TOLD) -> Model:
    """The document's data as a pydantic model or record. Raises Unreadable with the first `most` problems by place."""
    try:
        return validate(model, document.data)
    except ValidationError as error:
        raise Unreadable(
            *first_problems(_faults(model, document, error.errors(include_url=False), most), most)
        ) from None


def validate(model: type[Model], data: object) -> Model:
    """Plain data as a pydantic model or record. Raises pydantic_core.ValidationError."""
    if issubclass(model, Record):
        from .validators import validator

        if isinstance(data, dict) and TYPE in data and issubclass(model, DocumentRecord):
            data = {key: value for key, value in data.items() if key != TYPE}  # which the model itself says
        made: Model = validator(cast(type, model)).validate_python(data)
    else:
        made = model.model_validate(data)  # type: ignore[attr-defined]
    return made


def _faults(model: type, document: Document, errors: list[ErrorDetails], most: int) -> Iterator[UnwordedProblem | None]:
    """Every disagreement once. The errors are used up: where there are very many, what is told has their room.

    Unknown keys beside each other come in their order: beyond the first `most` and one there, they are only counted.
    """
    slips = _Slips(model, document, errors)
    seen: set[tuple[Place, str]] = set()
    beside = Counter[tuple[int | str, ...]]()
    errors.sort(key=lambda error: error["type"] == MISSING)
    errors.reverse()
    while errors:
        error = errors.pop()
        kind, loc = error["type"], error["loc"]
        if kind in UNKNOWN:
            beside[loc[:-1]] += 1
            if beside[loc[:-1]] > most + 1:
                yield None
                continue
        path = path_of_error(document.data, loc)
        named = (*path, loc[-1]) if kind == MISSING else path
        key = _key(named)
        if kind in UNKNOWN:
            slips.unknown(path, key)
        elif kind == MISSING and ((path, key) in slips.mistyped or _is_nowhere(document.data, path)):
            continue
        place = document.place(named, key=kind in UNKNOWN)
        if (place, key) not in seen:
            seen.add((place, key))
            yield UnwordedProblem(SCHEMA, place, partial(_words, model, document, error, named, place))


def _is_nowhere(data: Any, path: Path) -> bool:
    """Whether a row stands for one that is not there."""
    for step in path:
        data = data[step]
    return isinstance(data, dict) and any(isinstance(value, Nowhere) for value in data.values())


class _Slips:
    """One slip makes one problem: a mistyped key isn't reported as missing too."""

    def __init__(self, model: type, document: Document, errors: list[ErrorDetails]) -> None:
        self.mistyped: set[tuple[Path, str]] = set()
        self._model = model
        missing = (error["loc"][:-1] for error in errors if error["type"] == MISSING)
        self._lacking = {path_of_error(document.data, above) for above in missing}
        self._meant: dict[tuple[tuple[str, ...], str], str | None] = {}

    def unknown(self, path: Path, key: str) -> None:
        """Take note of an unknown key, where a known one is missing beside it."""
        if path[:-1] not in self._lacking:
            return
        from .expected import expected_keys
        from .mismatch import suggested_key

        keys = expected_keys(self._model, path)
        known = tuple(keys), key
        if known not in self._meant and len(self._meant) < _MOST_GUESSED:
            self._meant[known] = suggested_key(key, keys)
        if meant := self._meant.get(known):
            self.mistyped.add((path[:-1], meant))


def _key(named: Path) -> str:
    """The key that a value stands at, no card in it."""
    key = next((step for step in reversed(named) if isinstance(step, str)), "")
    if ":" in key:  # `party_card:"83…"`, one text for want of a space
        from ..base.cards import HIDDEN
        from .secrets import is_secret_key

        return f"{key.partition(':')[0]}: {HIDDEN}" if is_secret_key(key) else key
    return key


def _words(model: type, document: Document, error: ErrorDetails, named: Path, place: Place) -> tuple[Text, Text]:
    """What is told of an error: the message and the fix."""
    from .expected import expected_keys  # words are only needed where something is wrong
    from .mismatch import Mismatch, mismatch_words
    from .privacy import concealed
    from .secrets import is_of_person, is_secret_key

    value, known = error["input"], model.known if issubclass(model, DocumentRecord) else None
    if isinstance(value, Unclear):
        return value.message, value.remedy
    last, key, of_person = named[-1] if named else None, _key(named), is_of_person(named)
    mismatch = Mismatch(
        error["type"],
        key,
        last + 1 if isinstance(last, int) else None,
        None
        if error["type"] == MISSING
        else concealed(value, key, of_person=of_person),  # what is missing is missing in all of it
        error.get("ctx", {}),
        None if is_secret_key(key) else _written(document, place, of_person=of_person),
        expected_keys(model, named),
        document.label(named),
        alone=of_person and error["type"] == MISSING and _says_one_thing(value),
        one=known.one if known else DOCUMENT,
        many=known.many if known else DOCUMENTS,
    )
    return mismatch_words(mismatch)


def _says_one_thing(row: object) -> bool:
    """Whether a row says who is meant and no more: a name and a code that is made of it are one thing."""
    said = [value for value in row.values() if value] if isinstance(row, dict) else []
    return all(value == said[0] for value in said)


def path_of_error(data: Any, loc: tuple[str | int, ...]) -> Path:
    """The way to what pydantic speaks of, without the steps that only its own schema has (tags, absent keys)."""
    path: list[str | int] = []
    for step in loc:
        try:
            data = data[step]
        except (KeyError, TypeError):
            continue
        path.append(step)
    return tuple(path)


def _written(document: Document, place: Place, *, of_person: bool) -> str | None:
    """What the document has at `place`, letter by letter, where that stands on one line; a card in it is hidden."""
    from ..base.cards import CARD_DIGITS, ROW_DIGITS, without_numbers

    line = document.excerpt(place)
    if line is None or place.column is None or place.end_column is None:
        return None
    return without_numbers(line[place.column - 1 : place.end_column - 1], ROW_DIGITS if of_person else CARD_DIGITS)
