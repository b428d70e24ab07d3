"""The bound of a proof: how many rows of each kind a document may have. Every claim holds for those within it."""

from functools import cache
from typing import Final

from ...base.problem import REFERENCE, Place, Problem, Unreadable
from ...base.suggest import did_you_mean
from ...base.text import Text
from ...model.description import BoundWords, Description, Field
from ...model.document_types import DEFAULT, description

MOST: Final = 12
"""The largest bound: beyond it questions grow past any patience."""
DAYS: Final = "days"
WHOLE: Final = "/"
_USUAL: Final = 4
_DAYS: Final = Text("ngày", "days")


def beside(known: Field) -> bool:
    """Whether rows with this field stand beside the rows that it names: one for each, at most."""
    return known.type == "reference" and known.required and known.unique is not None and not known.unique.repeats


@cache
def bounded(known: Description) -> dict[str, BoundWords]:
    """The lists that a bound is for, by path: all but those whose rows stand beside others. That of days is for the whole."""
    said = {bound.rows: bound for bound in known.samples.bounds} if known.samples else {}
    made = {WHOLE: said.get(WHOLE) or BoundWords(WHOLE, DAYS, _DAYS, _USUAL)}
    for steps, _, field in known.fields:
        path = "/" + "/".join(steps)
        if field.type == "rows" and not any(map(beside, known.record_types[field.of or ""].fields)):
            made[path] = said.get(path) or BoundWords(path, steps[-1], field.label, _USUAL)
    return made


class Bound:
    """At most so many rows of each kind, and all times within so many days on end: counts by name, the usual where none.

    `document` is the type of the documents, by its id or its folder.
    """

    def __init__(self, document: str = DEFAULT, /, **counts: int) -> None:
        self.document = document
        self.counts = {bound.name: counts.get(bound.name, bound.usual) for bound in bounded(self.known).values()}

    @property
    def known(self) -> Description:
        """What is known of the documents."""
        return description(self.document)

    def __repr__(self) -> str:
        return f"Bound({', '.join(f'{name}={count}' for name, count in self.counts.items())})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bound) and (self.document, self.counts) == (other.document, other.counts)

    def __hash__(self) -> int:
        return hash((self.document, *self.counts.items()))

    @property
    def days(self) -> int:
        """On so many days on end all times lie."""
        return self.counts[DAYS]

    def of(self, rows: str) -> int:
        """The most rows of the list at a path."""
        known = bounded(self.known).get(rows)
        return _USUAL if known is None else self.counts[known.name]

    def to_json(self) -> dict[str, int]:
        """The counts by name."""
        return dict(self.counts)

    @property
    def words(self) -> Text:
        """The bound as a person reads it."""
        words = {bound.name: bound.words for bound in bounded(self.known).values()}
        return Text(
            "nhiều nhất " + ", ".join(f"{count} {words[name].vi}" for name, count in self.counts.items()),
            "at most " + ", ".join(f"{count} {words[name].en}" for name, count in self.counts.items()),
        )


def parse_bound(written: tuple[str, ...], document: str = DEFAULT) -> Bound:
    """The bound of documents of a type, from `sessions=4,participants=5` (several may be given). Raises Unreadable."""
    usual, problems = Bound(document).counts, []
    counts = dict(usual)
    for item in (item.strip() for text in written for item in text.split(",")):
        name, _, count = (part.strip() for part in item.partition("="))
        if name not in counts:
            problems.append(
                _problem(Text(f"Không có giới hạn “{name}”", f"There is no bound “{name}”"), did_you_mean(name, counts))
            )
        elif not (count.isascii() and count.isdigit() and 1 <= int(count) <= (most := max(MOST, usual[name]))):
            wrong = Text(f"Giới hạn {name} là “{count}”", f"The bound of {name} is “{count}”")
            fix = Text(f"Ghi số nguyên từ 1 đến {most}: {name}=4", f"Write a whole number from 1 to {most}: {name}=4")
            problems.append(_problem(wrong, fix))
        else:
            counts[name] = int(count)
    if problems:
        raise Unreadable(*problems)
    return Bound(document, **counts)


def _problem(message: Text, fix: Text) -> Problem:
    return Problem(REFERENCE, message, fix, Place("--bound"))
