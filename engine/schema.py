"""From a document to a pydantic model: every disagreement is a problem PL002 at its place."""

import dataclasses
import inspect
from collections.abc import Iterator
from typing import Any, Final, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from .document import Document
from .mismatch import Mismatch, explain, suggested_key
from .problem import SCHEMA, Path, Place, Problem, Unreadable

AnyModel = TypeVar("AnyModel", bound=BaseModel)

_MISSING: Final = "missing"
_UNKNOWN: Final = ("extra_forbidden", "unexpected_keyword_argument")


def validated(model: type[AnyModel], document: Document) -> AnyModel:
    """The model of the document's data. Raises Unreadable with every problem, in the order of their places."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise Unreadable(*_problems(model, document, error.errors(include_url=False))) from None


def by_place(problem: Problem) -> tuple[int, int, str]:
    """The order in which the problems of one document are reported."""
    return (problem.place.line or 0, problem.place.column or 0, problem.code)


def _problems(model: type[BaseModel], document: Document, errors: list[ErrorDetails]) -> list[Problem]:
    problems: dict[tuple[Place, str], Problem] = {}
    mistyped: set[tuple[Path, str | None]] = set()
    for error in sorted(errors, key=lambda error: error["type"] == _MISSING):
        kind, loc = error["type"], error["loc"]
        path = _path(document.data, loc)
        unknown, missing = kind in _UNKNOWN, kind == _MISSING
        place = document.place(path, key=unknown)
        last = loc[-1] if loc else None
        mismatch = Mismatch(
            kind,
            next((step for step in reversed(loc) if isinstance(step, str)), ""),
            last + 1 if isinstance(last, int) else None,
            error["input"],
            error.get("ctx", {}),
            _written(document, place),
            _fields(model, loc[:-1]),
        )
        # One slip makes one problem: a mistyped key isn't reported as missing too.
        if unknown:
            mistyped.add((path[:-1], suggested_key(mismatch)))
        elif missing and (path, mismatch.key) in mistyped:
            continue
        problems.setdefault((place, mismatch.key), Problem(SCHEMA, *explain(mismatch), place))
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


def _fields(model: type[BaseModel], loc: tuple[str | int, ...]) -> dict[str, FieldInfo | None]:
    """The keys that may stand at `loc`."""
    found: list[Any] = [model]
    for step in loc:
        under = [field.annotation for kind in found for key, field in _keys(kind) if key == step and field]
        if under:
            found = [kind for annotation in under for kind in _structures(annotation)]
    return {key: field for kind in found for key, field in _keys(kind)}


def _structures(annotation: Any) -> Iterator[Any]:
    """The models and dataclasses that a value of this type may be or contain."""
    if inspect.isclass(annotation) and (issubclass(annotation, BaseModel) or dataclasses.is_dataclass(annotation)):
        yield annotation
    for argument in get_args(annotation):
        yield from _structures(argument)


def _keys(kind: Any) -> list[tuple[str, FieldInfo | None]]:
    if issubclass(kind, BaseModel):
        return [(field.alias or name, field) for name, field in kind.model_fields.items()]
    return [(field.name, None) for field in dataclasses.fields(kind)]


def _written(document: Document, place: Place) -> str | None:
    """What the document has at `place`, letter by letter, where that stands on one line."""
    line = document.excerpt(place)
    if line is None or place.column is None or place.end_column is None:
        return None
    return line[place.column - 1 : place.end_column - 1]
