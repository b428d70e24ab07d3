"""What findings tell, as the store keeps it: each template once, and of each finding the values that fill one."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from string import Formatter
from typing import TYPE_CHECKING, Any, Final

from ...base.text import Filled, Phrase, Text
from ...directive.phrasing import inert

if TYPE_CHECKING:  # workers make rows, and need no DuckDB for that
    from .database import Database

_MOST: Final = 4096
_PARSED: Final = Formatter()


class Templates(dict[int, Text]):
    """Templates by the numbers that the store knows them by; those of what is written are gathered here."""

    def row(self, told: Phrase) -> tuple[int, list[str], list[str]]:
        """What is told, as columns: the number of its template, and the values as each language writes them."""
        if not isinstance(told, Filled):
            told = Filled(Text(inert(told.vi), inert(told.en)), ())
        number = _number(told.template)
        self[number] = told.template
        return number, told.written("vi"), told.written("en")

    def told(self, number: int, vi: Sequence[str], en: Sequence[str]) -> Filled:
        """What is told, from its columns."""
        pairs = zip(vi, en, strict=True)
        return Filled(self[number], tuple(ours if ours == theirs else Text(ours, theirs) for ours, theirs in pairs))

    def columns(self) -> dict[str, list[Any]]:
        """The rows of the templates, by column."""
        texts = self.values()
        return {
            "template": [*self],
            "vi": [_pieces(text.vi) for text in texts],
            "en": [_pieces(text.en) for text in texts],
        }


def templates_of(database: "Database", numbers: Iterable[int]) -> Templates:
    """The templates of these numbers."""
    with database.lookup("wanted", {"template": sorted({*numbers})}):
        rows = database.run("SELECT template, vi, en FROM templates JOIN wanted USING (template)")
    return Templates({number: Text(_joined(vi), _joined(en)) for number, vi, en in rows})


@lru_cache(maxsize=_MOST)
def _number(template: Text) -> int:
    """A number that is the same for the same template always, and for another one never: 63 bits of a hash."""
    content = json.dumps([template.vi, template.en]).encode()
    return int.from_bytes(hashlib.sha256(content).digest()[:8]) >> 1


@lru_cache(maxsize=_MOST)
def _pieces(template: str) -> list[str]:
    """A text of the template, the number (from 1) of the value that follows, a text, and so on."""
    pieces, text = list[str](), ""
    for literal, name, _, _ in _PARSED.parse(template):
        text += literal
        if name is not None:
            pieces += [text, str(int(name) + 1)]
            text = ""
    return [*pieces, text]


def _joined(pieces: Sequence[str]) -> str:
    """The template of these pieces."""
    return "".join(_placed(pieces))


def _placed(pieces: Sequence[str]) -> Iterator[str]:
    for at, piece in enumerate(pieces):
        yield f"{{{int(piece) - 1}}}" if at % 2 else inert(piece)
