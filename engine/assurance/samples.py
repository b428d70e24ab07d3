"""Made-up documents for training and measurements: lifelike, with known breaches put in.

A document is the plan that a pack's tests start from, with what the pack says of samples (sample_set.py) and with names from the
description. A breach is what a test of the pack changes, with what that expects; whether changes do just that in this document, and
with others, is seen by a check.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain, count, cycle, product, repeat
from random import Random
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import msgspec

from ..audit.quick.decode import decode_line
from ..base.canonical import canonical
from ..base.problem import Unreadable
from ..base.suggest import plain
from ..directive.packs import DEFAULT, locate_pack, ruleset
from ..documents.document import Unfiled
from ..evaluation.appraisal import plan_of
from ..evaluation.check import Checker
from ..evaluation.scanning import Compiled
from ..model.changes import changed, value_at
from ..model.records import DocumentRecord
from .rule_tests.written import PackTest, PlanChange, tests_in
from .sample_set import sample_set

Data = dict[str, Any]
"""A document as plain data (plan-format)."""

_MOST_CARDS: Final = 20_000
"""How many people a document has at most: their cards are numbered through all documents."""
_Key = tuple[int, ...]


class _Draft(NamedTuple):
    """What is changed of the plan of the tests, and what an organisation sets in it, by path.

    Documents with the same key keep and breach the same rules.
    """

    key: _Key = ()
    changes: tuple[Data, ...] = ()
    own: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach that was put into a plan: the rule that finds it, and the id of its subject."""

    rule: str
    subject: str


@dataclass(frozen=True, slots=True)
class Synthetic:
    """A plan, and every breach in it."""

    plan: Data
    breaches: tuple[Breach, ...]


def generate(
    plans: int,
    seed: int,
    breach_rate: float,
    people: int = 100,
    across_rate: float = 0.0,
    directive: str = DEFAULT,
) -> Iterator[Synthetic]:
    """So many plans for a pack, at the given rate (0 to 1) with what one to three tests breach; the same seed gives the same.

    `people` is how many take part in each conference, but no fewer than in the plan of the pack's tests. At
    `across_rate`, a plan comes with another one that it has to do with, as the pack's pairs say; the plans of a pair breach
    nothing else. Raises Unreadable where the pack, its tests or what it says of samples can't be read.
    """
    author = _Author(directive, people, Random(seed))  # noqa: S311
    number = 0
    while number < plans:
        draft = author.draft()
        if across_rate and number + 1 < plans and author.meets(draft) and author.random.random() < across_rate:
            yield from author.pair(number, draft)
            number += 2
        else:
            yield author.document(number, draft, breached=author.random.random() < breach_rate)
            number += 1


class _Author:
    """Writes the documents of one pack."""

    def __init__(self, directive: str, people: int, random: Random) -> None:
        folder = locate_pack(directive) / "tests"
        self.random = random
        self._people = people
        whole = ruleset(directive)
        self._known = whole.known
        self._said = sample_set(folder)
        tests = [test for test in tests_in(folder, directive, whole.known) if test.base is not None]
        self._base: Data = tests[0].base or {}
        self._tests = [test for test in tests if test.expect]
        self._checker = Checker(whole, Compiled)
        self._outcomes: dict[tuple[_Key, _Key], frozenset[str] | None] = {}
        self._further: dict[str, list[Data]] = {}
        # Each group is spread over all, so that a few documents show every kind.
        spread = sorted(
            ((number + 0.5) / len(one.names), place, name)
            for place, one in enumerate(self._said.organizations)
            for number, name in enumerate(one.names)
        )
        rows = [(place, name) for _, place, name in spread] or [(-1, "")]
        self._organizations = ((place, name, series) for series in count(1) for place, name in rows)
        self._pairs = cycle(self._said.pairs)
        samples = self._known.samples
        self._names = [" ".join(parts) for parts in product(*samples.names)] if samples and samples.names else []
        self._fillers = {filler.field: filler.pattern for filler in samples.fillers} if samples else {}
        self._moments = [steps for steps, _, field in self._known.fields if field.type in ("instant", "date")]
        days = [row[steps[-1]] for steps in self._known.by_nature.get("day", ()) for row in _rows(self._base, steps)]
        self._first_day = min(map(_moment, days), default=datetime(2000, 1, 1)).date()

    def document(self, number: int, draft: _Draft, *, breached: bool) -> Synthetic:
        """The document of this number, from a draft."""
        tests = self._breaching(draft) if breached else []
        made = self._made([*draft.changes, *_changes(tests)], number, self._day())
        return Synthetic(made, _breaches(chain.from_iterable(test.expect for test in tests)))

    def meets(self, draft: _Draft) -> bool:
        """Whether rules across documents are for a document, and the pack says how some meet."""
        if not self._said.pairs:
            return False
        plan = self._with(draft.changes, len(self._crowd(self._base)))
        return not self._checker.suspended(self._read(plan))[0]

    def pair(self, number: int, draft: _Draft) -> tuple[Synthetic, Synthetic]:
        """The document of this number, from a draft, and another that it has to do with."""
        pair = next(self._pairs)
        day = self._day()
        one = self._made(draft.changes, number, day)
        if pair.same == "content":
            return Synthetic(one, _breaches(pair.expect)), Synthetic(one, _breaches(pair.expect_other))
        theirs = draft if pair.same else next(filter(self.meets, iter(self.draft, None)))
        other = self._made(theirs.changes, number + 1, day + pair.apart)
        met = self._meeting(one, other, pair.change, pair.expect)
        return met, self._meeting(other, met.plan, pair.change_other, pair.expect_other)

    def _meeting(self, plan: Data, other: Data, changes: Sequence[PlanChange], expect: Sequence[str]) -> Synthetic:
        """A document with what it has to do with another one."""

        def there(path: str) -> str:
            return str(value_at(other, path, self._known))

        made = changed(plan, _filled([*_plain(changes)], there), self._known)
        return Synthetic(made, _breaches(_filled([*expect], there)))

    def draft(self) -> _Draft:
        """A document of the next organisation, varied in what keeps every rule."""
        place, name, series = next(self._organizations)
        draft, named = _Draft(), name if series == 1 else f"{name} (bộ {series})"
        if place < 0:  # the pack says nothing of organisations: that of its plan again and again
            path = self._known.by_nature.get("organization", ((),))[0]
            own = value_at(self._base, ".".join(path), self._known)
            draft = _Draft((), ({"set": ".".join(path), "value": f"{own}{named}"},) if path and named else ())
        else:
            sets = [{"set": path, "value": value} for path, value in self._said.organizations[place].set_.items()]
            draft = _Draft((place,), tuple(_filled(sets, lambda _: named)), self._said.organizations[place].set_)
        for alternatives in self._said.either:
            chosen = self.random.randrange(len(alternatives))
            varied = _Draft((*draft.key, chosen), (*draft.changes, *_plain(alternatives[chosen])), draft.own)
            kept = self._outcome(varied, []) == frozenset()
            draft = varied if kept else draft._replace(key=(*draft.key, -1))
        return draft

    def _breaching(self, draft: _Draft) -> list[PackTest]:
        """Tests that breach the document, each in what its tests say, of one to three rules where there are as many."""
        fitting: dict[str, list[PackTest]] = {}
        for test in self._tests:
            if all(draft.own.get(change.set_ or "", change.value) == change.value for change in test.change):
                fitting.setdefault(test.expect[0].split()[0], []).append(test)
        tests: list[PackTest] = []
        wanted = self.random.choice((1, 1, 2, 3))
        for rule in self.random.sample(sorted(fitting), len(fitting)):
            more = [*tests, self.random.choice(fitting[rule])]
            expected = [*chain.from_iterable(test.expect for test in more)]
            if self._outcome(draft, more) == frozenset(expected) and len(expected) == len(set(expected)):
                tests = more
            if len(tests) == wanted:
                break
        return tests

    def _outcome(self, draft: _Draft, tests: Sequence[PackTest]) -> frozenset[str] | None:
        """What a check finds of a document with the changes of some tests; None where it can't be made or read."""
        whole = draft.key, tuple(map(self._tests.index, tests))
        if whole not in self._outcomes:
            try:
                further, base = self._said.further, len(self._crowd(self._base))
                # So many that there is one more of each.
                few = min(self._people, base + max(further.most, sum(further.like.values()) or base))
                plan = self._peopled(self._with([*draft.changes, *_changes(tests)], few), 0, Random(0))  # noqa: S311
                hits = self._checker.judge(self._read(plan))
                self._outcomes[whole] = frozenset(f"{rule} {subject.id}" for rule, subject in hits.found)
            except (Unreadable, KeyError, IndexError, TypeError, AttributeError):  # a change that leads nowhere here
                self._outcomes[whole] = None
        return self._outcomes[whole]

    def _read(self, plan: Data) -> DocumentRecord:
        found = decode_line(msgspec.json.encode(plan), {self._known.id: self._known})
        return plan_of(Unfiled(plan), known=self._known) if found is None else found

    def _with(self, changes: Sequence[Data], people: int) -> Data:
        """The plan of the tests with some changes, and so many people."""
        if (place := self._known.people) is None:
            return changed(self._base, changes, self._known)
        further, path = self._said.further, "/" + "/".join(place)
        identifier = self._known.identifier(path)
        models = {row[identifier]: row for row in self._crowd(self._base)}
        like = further.like or dict.fromkeys(models, 1)
        in_turn = cycle(chain.from_iterable(repeat(models[one], times) for one, times in like.items()))
        numbers = range(len(models) + 1, people + 1)
        of_own = [
            steps[-1]
            for nature in ("secret", "person_name")
            for steps in self._known.by_nature.get(nature, ())
            if steps[:-1] == place
        ]
        new = [
            _copied(row)
            | {key: f"{row[key]} {number}" for key in of_own if key in row}
            | {identifier: self._filler(f"{path}/{identifier}", number)}
            for number, row in zip(numbers, in_turn, strict=False)
        ]
        meant = (self._furthered(row[identifier]) for row in new[: further.most])
        made = changed(self._base, [*changes, *chain.from_iterable(meant)], self._known)
        self._crowd(made).extend(new)
        return made

    def _furthered(self, own: str) -> list[Data]:
        """What is changed for a further person of this id."""
        if own not in self._further:
            self._further[own] = _filled([*_plain(self._said.further.change)], {"id": own}.__getitem__)
        return self._further[own]

    def _crowd(self, plan: Data) -> list[Data]:
        """The rows of people."""
        found: Any = plan
        for step in self._known.people or ():
            found = found[step]
        return found if isinstance(found, list) else []

    def _filler(self, field: str, number: int) -> str:
        return (self._fillers.get(field) or "{number}").format(number=number)

    def _day(self) -> int:
        """A day for the event, as its ordinal."""
        return (self._said.first_day or self._first_day).toordinal() + self.random.randrange(self._said.days)

    def _made(self, changes: Sequence[Data], number: int, day: int) -> Data:
        """The document of some changes, on its day, with names and cards of its own people."""
        plan = self._with(changes, self._people)
        later = timedelta(days=day - self._first_day.toordinal())
        for steps in self._moments:
            for row in _rows(plan, steps):
                if row.get(steps[-1]) is not None:
                    moment = _moment(row[steps[-1]]) + later
                    row[steps[-1]] = moment.isoformat(timespec="minutes")[: len(str(row[steps[-1]]))]
        return self._peopled(plan, number, self.random)

    def _peopled(self, plan: Data, number: int, random: Random) -> Data:
        """The document, which is changed, with names and cards of its own people."""
        # What was the same before is so afterwards: a test may say that two people are one.
        called = [
            (row, steps[-1]) for steps in self._known.by_nature.get("person_name", ()) for row in _rows(plan, steps)
        ]
        if self._names:
            old = [*dict.fromkeys(_alike(row[key]) for row, key in called)]
            choose = random.sample if len(old) <= len(self._names) else random.choices
            names = dict(zip(old, choose(self._names, k=len(old)), strict=True))
            for row, key in called:
                row[key] = names[_alike(row[key])]
        for *inside, key in self._known.by_nature.get("secret", ()):
            record = self._known.record_at("/" + "/".join(inside))
            own = (record and record.identifier) or ""
            given = {row.get(own) for row in _rows(self._base, (*inside, key)) if key in row}
            cards: dict[object, str] = {}
            for position, row in enumerate(_rows(plan, (*inside, key))):
                card = self._filler("/" + "/".join((*inside, key)), number * _MOST_CARDS + position)
                if key in row:
                    row[key] = cards.setdefault(re.sub(r"\D", "", str(row[key])), card)
                elif row.get(own) not in given:  # else a test has taken it away
                    row[key] = card
        return plan


def _changes(tests: Iterable[PackTest]) -> Iterator[Data]:
    return chain.from_iterable(_plain(test.change) for test in tests)


def _plain(changes: Iterable[PlanChange]) -> Iterator[Data]:
    return (change.plain for change in changes)


def _breaches(expected: Iterable[str]) -> tuple[Breach, ...]:
    return tuple(Breach(*item.split(" ", 1)) for item in expected)


@lru_cache(maxsize=4096)
def _alike(name: str) -> str:
    """What names that are written otherwise, and mean the same, have in common."""
    return plain(canonical(name))


def _copied(row: Data) -> Data:
    """A copy of a row; what is within rows in it is shared."""
    return {key: [*value] if isinstance(value, list) else value for key, value in row.items()}


def _moment(written: Any) -> datetime:
    return datetime.fromisoformat(str(written))


def _filled(value: Any, words: Callable[[str], str]) -> Any:
    """A value with what stands for the names in braces in each of its texts."""
    if isinstance(value, str):
        return re.sub(r"\{([^{}]+)\}", lambda found: words(found[1]), value) if "{" in value else value
    if isinstance(value, dict):
        return {key: _filled(item, words) for key, item in value.items()}
    return [_filled(item, words) for item in value] if isinstance(value, list) else value


def _rows(data: Any, steps: tuple[str, ...]) -> Iterator[Data]:
    """The parts of a document in which the last of the steps stands."""
    if isinstance(data, list):
        for item in data:
            yield from _rows(item, steps)
    elif isinstance(data, dict):
        if len(steps) == 1:
            yield data
        else:
            yield from _rows(data.get(steps[0]), steps[1:])
