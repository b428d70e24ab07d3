"""From a document to a model: every disagreement is a problem PL002 at its place."""

import dataclasses
from typing import Any, Final, TypeVar

from pydantic_core import ErrorDetails, ValidationError

from .document import Document, Unclear
from .problem import SCHEMA, Path, Place, Problem, Unreadable

Model = TypeVar("Model")

_MISSING: Final = "missing"
_UNKNOWN: Final = ("extra_forbidden", "unexpected_keyword_argument")


def validated(model: type[Model], document: Document) -> Model:
    """The document's data as a pydantic model or dataclass. Raises Unreadable with every problem, in order of place."""
    try:
        return validate(model, document.data)
    except ValidationError as error:
        raise Unreadable(*_problems(model, document, error.errors(include_url=False))) from None


def validate(model: type[Model], data: object) -> Model:
    """Plain data as a pydantic model or dataclass. Raises pydantic_core.ValidationError."""
    if dataclasses.is_dataclass(model):
        from .validation import validator

        made: Model = validator(model).validate_python(data)
    else:
        made = model.model_validate(data)  # type: ignore[attr-defined]
    return made


def by_place(problem: Problem) -> tuple[object, ...]:
    """The order in which the problems of one document are reported."""
    return (problem.place.order, problem.code)


def _problems(model: type, document: Document, errors: list[ErrorDetails]) -> list[Problem]:
    from .expected import expected_keys  # words are only needed where something is wrong
    from .mismatch import Mismatch, explain, suggested_key
    from .privacy import HIDDEN, concealed, is_card_key

    problems: dict[tuple[Place, str], Problem] = {}
    mistyped: set[tuple[Path, str | None]] = set()
    for error in sorted(errors, key=lambda error: error["type"] == _MISSING):
        kind, loc = error["type"], error["loc"]
        path = _path(document.data, loc)
        named = (*path, loc[-1]) if kind == _MISSING else path
        place = document.place(named, key=kind in _UNKNOWN)
        last = named[-1] if named else None
        key = next((step for step in reversed(named) if isinstance(step, str)), "")
        card = is_card_key(key)
        if card and ":" in key:  # `party_card:"83…"`, one text for want of a space
            key = f"{key.partition(':')[0]}: {HIDDEN}"
        mismatch = Mismatch(
            kind,
            key,
            last + 1 if isinstance(last, int) else None,
            concealed(error["input"], key),
            error.get("ctx", {}),
            None if card else _written(document, place),
            expected_keys(model, named),
            document.label(named),
        )
        # One slip makes one problem: a mistyped key isn't reported as missing too.
        if kind in _UNKNOWN:
            mistyped.add((path[:-1], suggested_key(mismatch)))
        elif kind == _MISSING and (path, mismatch.key) in mistyped:
            continue
        unclear = error["input"] if isinstance(error["input"], Unclear) else None
        words = (unclear.message, unclear.fix) if unclear else explain(mismatch)
        problems.setdefault((place, mismatch.key), Problem(SCHEMA, *words, place))
    return sorted(problems.values(), key=by_place)


def _path(data: Any, loc: tuple[str | int, ...]) -> Path:
    """The way to what pydantic speaks of, without the steps that only its own schema has (tags, absent keys)."""
    path: list[str | int] = []
    for step in loc:
        try:
            data = data[step]
        except (KeyError, TypeError):
            continue
        path.append(step)
    return tuple(path)


def _written(document: Document, place: Place) -> str | None:
    """What the document has at `place`, letter by letter, where that stands on one line."""
    line = document.excerpt(place)
    if line is None or place.column is None or place.end_column is None:
        return None
    return line[place.column - 1 : place.end_column - 1]
