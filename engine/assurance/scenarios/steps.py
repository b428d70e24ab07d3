"""The registry of steps: a pattern of words, the parameters in it, and the function that does what the step says.

A pattern holds parameters in braces: `{kind}`, or `{owner:name}` to give a parameter of that name another argument.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, Final

from ...base.suggest import plain
from ...base.text import Language, Text
from ...model.description import Description
from ...model.document_types import types
from .model import DataTable, StepKind

_PARAMETER: Final = re.compile(r"\{(?:(?P<argument>\w+):)?(?P<name>\w+)\}")
NEAREST: Final = 3
"""How many steps are suggested in place of one that is not known."""


_MOST_FOUND: Final = 4096


class StepError(Exception):
    """What keeps a step from being done, in words, with the way to mend it."""

    def __init__(self, message: Text, fix: Text | None = None) -> None:
        super().__init__(message.vi)
        self.message, self.fix = message, fix


class Misread(StepError):
    """A step that means nothing: a word, a column or a value that is not known. `row` and `column` count within its table from 0."""

    def __init__(self, message: Text, fix: Text, row: int | None = None, column: int | None = None) -> None:
        super().__init__(message, fix)
        self.row, self.column = row, column


class Unmet(StepError):
    """A step that says what is not so."""


@dataclass(frozen=True, slots=True)
class StepParameter:
    """A kind of parameter: what people call it, the words it takes up, and what it reads from them for a type of document (raising Misread)."""

    label: Text
    expression: str
    read: Callable[[str, Description], Any]


Grid = tuple[tuple[str, ...], ...]
"""The texts of a table, its header first."""


@dataclass(frozen=True, eq=False)
class Definition:
    """One step of the vocabulary."""

    kind: StepKind
    pattern: str
    function: Callable[..., None]
    about: Text
    example: str
    table: Grid
    """The table of the example; empty for a step that takes none."""
    parameters: Mapping[str, StepParameter]
    elsewhere: Text | None = None
    """What it does, said of documents of other types than the plan, where `about` speaks of parts that a plan has."""
    suits: Callable[[Description], bool] = lambda _: True
    """Whether it may stand in scenarios of a type of document."""

    def match(self, text: str) -> re.Match[str] | None:
        """What the text of a step has in the place of the parameters; None where it is another step."""
        return _expression(self, nouns()).fullmatch(text)

    def expression(self, called: tuple[str, ...]) -> re.Pattern[str]:
        """What the text of a step must match as a whole, where a document may be called so."""
        pieces, end = [], 0
        for found in _PARAMETER.finditer(self.pattern):
            parameter = self.parameters[found["name"]]
            argument = found["argument"] or found["name"]
            pieces += [_literal(self.pattern[end : found.start()], called), f"(?P<{argument}>{parameter.expression})"]
            end = found.end()
        return re.compile("".join(pieces) + _literal(self.pattern[end:], called))

    def shown(self, language: Language) -> str:
        """The pattern with each parameter by the name people know it by."""
        return _PARAMETER.sub(lambda found: f"<{self.parameters[found['name']].label[language]}>", self.pattern)

    @cached_property
    def weight(self) -> int:
        """How many letters of the pattern are fixed: of two steps that match, the heavier is meant."""
        return len(_PARAMETER.sub("", self.pattern))

    def arguments(self, text: str, known: Description) -> dict[str, Any]:
        """The arguments in the text of a step that matches. Raises Misread."""
        found = self.match(text)
        assert found is not None
        names = {found["argument"] or found["name"]: found["name"] for found in _PARAMETER.finditer(self.pattern)}
        return {argument: self.parameters[name].read(found[argument], known) for argument, name in names.items()}

    def perform(self, situation: Any, text: str, table: Grid | None) -> None:
        """Do what the step says. Raises Misread or Unmet."""
        arguments = self.arguments(text, situation.known)
        if self.table and table is None:
            raise Misread(
                Text("Bước này cần có bảng ở dưới", "This step needs a table below it"),
                Text(
                    f"Thêm bảng có các cột như: {_line(self.table[0])}", f"Add a table such as: {_line(self.table[0])}"
                ),
            )
        if table is not None:
            if not self.table:
                raise Misread(
                    Text("Bước này không dùng bảng", "This step takes no table"),
                    Text("Bỏ bảng ở dưới, hoặc dùng bước khác", "Drop the table below it, or use another step"),
                )
            arguments["table"] = table
        self.function(situation, **arguments)


@cache
def _expression(definition: Definition, called: tuple[str, ...]) -> re.Pattern[str]:
    return definition.expression(called)


def nouns() -> tuple[str, ...]:
    """What documents are called: a plan, and what the types that there are call theirs."""
    return _nouns(types())


@cache
def _nouns(known: tuple[Description, ...]) -> tuple[str, ...]:
    return tuple(sorted({DOCUMENT, *(one.root.noun for one in known if one.root.noun)}))


def _literal(words: str, called: tuple[str, ...]) -> str:
    """The expression of the words of a pattern; where they speak of a plan, whatever a document may be called is meant."""
    return re.escape(words).replace(re.escape(DOCUMENT), f"(?:{'|'.join(map(re.escape, called))})")


DOCUMENT: Final = "kế hoạch"
"""What steps call the document that is appraised, whatever it is."""


def noun_of(known: Description) -> str:
    """What steps call documents of a type."""
    return known.root.noun or DOCUMENT


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


@dataclass
class Steps:
    """A vocabulary of steps, filled by decorators: `@steps.given("…", about=…, example="…")`."""

    parameters: Mapping[str, StepParameter]
    definitions: list[Definition] = field(default_factory=list)
    _found: dict[tuple[StepKind, str, tuple[str, ...]], Definition | None] = field(default_factory=dict)
    """What texts stand for, which scenarios say again and again, and by what documents may be called."""

    def given(self, pattern: str, **about: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
        """A step that makes or changes what is appraised."""
        return self._step("given", pattern, **about)

    def when(self, pattern: str, **about: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
        """A step that does something with it."""
        return self._step("when", pattern, **about)

    def then(self, pattern: str, **about: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
        """A step that says what must have come of it."""
        return self._step("then", pattern, **about)

    def _step(
        self, kind: StepKind, pattern: str, *, about: Text, example: str, table: Grid = (), **others: Any
    ) -> Callable[[Callable[..., None]], Callable[..., None]]:
        def register(function: Callable[..., None]) -> Callable[..., None]:
            self._found.clear()
            self.definitions.append(
                Definition(kind, pattern, function, about, example, table, self.parameters, **others)
            )
            return function

        return register

    def __iter__(self) -> Iterator[Definition]:
        return iter(self.definitions)

    def prepare(self) -> None:
        """Make ready to find steps."""
        called = nouns()
        for definition in self.definitions:
            _expression(definition, called)

    def find(self, kind: StepKind, text: str) -> Definition | None:
        """The step that the text stands for, or None; `kind` is what its keyword makes of it."""
        key = kind, quoted(text), nouns()
        if key not in self._found:
            if len(self._found) == _MOST_FOUND:
                self._found.clear()
            fitting = [item for item in self.definitions if item.kind == kind and item.match(key[1])]
            self._found[key] = max(fitting, key=lambda item: item.weight, default=None)
        return self._found[key]

    def of_another_kind(self, text: str) -> Definition | None:
        """The step that the text would stand for after another keyword."""
        words = quoted(text)
        return next((item for item in self.definitions if item.match(words)), None)

    def nearest(self, kind: StepKind, text: str) -> list[Definition]:
        """The steps of a kind whose words are nearest to the text, the nearest first; where none is near, of any kind."""
        words = plain(text)

        def likeness(item: Definition) -> float:
            return max(
                difflib.SequenceMatcher(None, words, plain(candidate)).ratio()
                for candidate in (item.example, _PARAMETER.sub("", item.pattern))
            )

        likely = {id(item): likeness(item) for item in self.definitions}
        ranked = sorted(self.definitions, key=lambda item: likely[id(item)], reverse=True)
        near = [item for item in ranked if likely[id(item)] > 0.3]
        return ([item for item in near if item.kind == kind] or near)[:NEAREST]


def quoted(text: str) -> str:
    """The text with curly quotation marks, however it was typed, single spaces, and no stop at its end."""
    words = " ".join(text.split())
    words = words.rstrip(".").rstrip() if not words.endswith(("..", "…")) else words
    return re.sub(r'"([^"“”]*)"', r"“\1”", words)


def grid(table: DataTable | None) -> Grid | None:
    """The texts of a table."""
    if table is None:
        return None
    return tuple(tuple(cell.text for cell in row) for row in (table.header, *table.rows))
