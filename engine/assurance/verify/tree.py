"""The symbolic document: one whose rows may be there or not and whose values the solver chooses.

It has the shape that the description gives documents, with the same names, as far as facts read it. Rows are slots with a
presence; an enumeration is one truth a member; a text is a number that stands for it; times are minutes since `base`. Its
constraints are those of integrity.py, so that every document the solver gives is a valid one.

Rows that name a row which may be named once (PL004) are slots beside that row, one for each.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import combinations, pairwise
from typing import Any, Final

import z3

from ...base.problem import ENGINE, Place, Problem, Unreadable
from ...base.text import Text
from ...model import description as described
from ...model.description import Description
from ...model.types import MOST_TARGETS
from .bounds import Bound, beside
from .logic import YES, Truth, Whole, both, every, exactly_one, follows, some
from .texts import TextNumbers

MINUTES_A_DAY: Final = 24 * 60
HUNDREDTHS: Final = 100
"""Numbers and percentages are looked at in hundredths."""

Steps = tuple[str, ...]
Owner = tuple[str, int]
"""A row by the path of its list and its number in it."""


@dataclass(slots=True, eq=False)
class WordNode:
    """A text, as the number that stands for it. `path` says where it stands; `owner` is the row that it identifies."""

    term: Whole
    path: str
    owner: Owner | None = None


@dataclass(slots=True, eq=False)
class ChoiceNode:
    """One member of an enumeration: exactly one of the truths holds."""

    members: dict[str, Truth]


@dataclass(slots=True, eq=False)
class MembersNode:
    """A set of members of an enumeration."""

    members: dict[str, Truth]


@dataclass(slots=True, eq=False)
class FlagNode:
    term: Truth


@dataclass(slots=True, eq=False)
class NumberNode:
    """A number: that of the term divided by `scale`."""

    term: Whole
    scale: int = 1


@dataclass(slots=True, eq=False)
class InstantNode:
    """An instant, in minutes since the base of the document."""

    term: Whole


@dataclass(slots=True, eq=False)
class SplitInstantNode:
    """An instant whose day (from the base) and minute of the day are told apart."""

    day: Whole
    minute: Whole
    clock: bool = True
    """Whether the time of day is written, too."""

    @property
    def term(self) -> Whole:
        return self.day * MINUTES_A_DAY + self.minute


@dataclass(slots=True, eq=False)
class ReferenceNode:
    """A row of the list at the path `rows`, by the number of its slot."""

    index: Whole
    rows: str


@dataclass(slots=True, eq=False)
class BesideNode:
    """A reference to the slot of the same number in another list: it never changes."""

    number: int
    rows: str


@dataclass(slots=True, eq=False)
class OptionalNode:
    """A value that may be absent."""

    given: Truth
    node: "AnyNode"


@dataclass(slots=True, eq=False)
class RecordNode:
    """Named nodes at a path of the document."""

    fields: dict[str, Any]
    path: str
    type: described.RecordType | None


@dataclass(slots=True, eq=False)
class Slot(RecordNode):
    """A row that may be there, and its number among all of its list. Items that are references are the field `.`."""

    present: Truth
    number: int


AnyNode = (
    WordNode
    | ChoiceNode
    | MembersNode
    | FlagNode
    | NumberNode
    | InstantNode
    | SplitInstantNode
    | ReferenceNode
    | BesideNode
    | OptionalNode
    | RecordNode
)
ITEM: Final = "."


@dataclass(slots=True)
class Built:
    """A symbolic document, its slots by the paths of their lists, what must hold for it to be valid, and what numbers mean."""

    plan: RecordNode
    slots: dict[str, list[Slot]]
    constraints: list[Truth]
    setting: "Setting"
    texts: TextNumbers
    known: Description

    def of_nature(self, nature: str) -> Iterator[Any]:
        """The nodes outside of rows that are of a nature."""
        for steps in self.known.by_nature.get(nature, ()):
            node: Any = self.plan
            for step in steps:
                node = node.fields.get(step) if isinstance(node, RecordNode) else None
            if node is not None:
                yield node


@dataclass(frozen=True, slots=True)
class Setting:
    """The documents that are looked at: within a bound, all times in its days from `base` on, of a kind (None: of any)."""

    bound: Bound
    base: datetime
    kind: str | None = None
    term: str = "2015-2020"
    """What is written for the term of office where no rule reads it."""
    same_people: bool = False
    """Whether the people are those of a valid document, so that what must differ between them need not be asked for."""


def build(setting: Setting, texts: TextNumbers) -> Built:
    """The symbolic document of a setting. Raises Unreadable where facts read what can't be proved about."""
    known = setting.bound.known
    builder = _Builder(known, setting, texts)
    return Built(builder.document(), builder.slots, builder.constraints, setting, texts, known)


def read_of(known: Description) -> frozenset[Steps]:
    """The steps of all that is proved about: what facts read, what identifies rows, and what they must agree on."""
    wanted = {steps[:length] for steps in _asked(known) for length in range(1, len(steps) + 1)}
    before = 0
    while before != len(wanted):
        before = len(wanted)
        for steps, record, field_ in known.fields:
            here = len(steps) == 1 or steps[:-1] in wanted
            names_rows = field_.to is not None and (field_.required or steps in wanted)
            ordered = any(field_.name in (order.earlier, order.later) for order in record.order)
            differs = field_.type == "identifier" or (field_.unique is not None and field_.required)
            if here and (differs or names_rows or ordered):
                wanted.add(steps)
            if steps in wanted and field_.to is not None:
                rows = known.steps(field_.to)
                wanted |= {rows[:length] for length in range(1, len(rows) + 1)} | {(*rows, known.identifier(field_.to))}
    return frozenset(wanted)


def _asked(known: Description) -> Iterator[Steps]:
    """The steps that facts name."""
    for entity in known.facts:
        rows = known.steps(entity.rows)
        yield rows
        if entity.distinct is not None:
            yield *rows, entity.distinct
        for fact in entity.fields:
            for path in (fact.of, fact.to, fact.written, *fact.plus, *(fact.match or {}).values()):
                if path is not None and not _of_facts(known, path):
                    yield known.steps(path, entity.rows)
            inside = list_of(known, known.steps(fact.of or "", entity.rows))
            for name in (*(fact.where or ()), *(fact.match or ())):
                yield known.steps(name, "/" + "/".join(inside))


def _of_facts(known: Description, path: str) -> bool:
    """Whether a path is that of a field of the facts of the document."""
    head, dot, _ = path.partition(".")
    return bool(dot) and head in known.entities


def list_of(known: Description, steps: Steps) -> Steps:
    """The steps of the innermost rows that steps lead through."""
    lengths = range(len(steps), 0, -1)
    return next((steps[:n] for n in lengths if _field(known, steps[:n]).type in ("rows", "list")), ())


def _field(known: Description, steps: Steps) -> described.Field:
    found = known.at("/" + "/".join(steps))
    assert found is not None, steps
    return found


Check = Callable[[Truth], None]
"""A constraint on values, made once it is known whether they are there."""


@dataclass
class _Builder:
    known: Description
    setting: Setting
    texts: TextNumbers
    constraints: list[Truth] = field(default_factory=list)
    slots: dict[str, list[Slot]] = field(default_factory=dict)
    _made: int = 0
    _counted: dict[str, Whole] = field(default_factory=dict)
    _completed: set[str] = field(default_factory=set)
    _waiting: dict[str, list[Callable[[], None]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._read = read_of(self.known)
        self._split = {
            self.known.steps(path, entity.rows)
            for entity in self.known.facts
            for fact in entity.fields
            if fact.function == "half_days"
            for path in (fact.of or "", fact.to or "")
        }

    def document(self) -> RecordNode:
        fields, checks = self.fields(self.known.root, (), YES, None, {})
        for check in checks:
            check(YES)
        for waiting in self._waiting.values():
            for made in waiting:
                made()
        return RecordNode(fields, "/", self.known.root)

    def fields(
        self,
        record: described.RecordType,
        steps: Steps,
        present: Truth,
        owner: Owner | None,
        stands: Mapping[str, BesideNode],
    ) -> tuple[dict[str, Any], list[Check]]:
        """The nodes of a record that is there where `present` says, and what is to be asked of them.

        `stands` is the reference to what a row stands beside.
        """
        made: dict[str, Any] = {}
        checks: list[Check] = []
        # In which order they are made decides which of many plans the solver finds.
        for known in sorted(record.fields, key=self.follows_others) if steps else record.fields:
            inside = (*steps, known.name)
            if known.name in stands:
                made[known.name] = stands[known.name]
            elif inside in self._read:
                made[known.name] = self.field(known, inside, present, owner, checks)
        checks += [
            partial(self.in_order, made[order.earlier], made[order.later], order.days)
            for order in record.order
            if order.earlier in made and order.later in made
        ]
        return {known.name: made[known.name] for known in record.fields if known.name in made}, checks

    def follows_others(self, known: described.Field) -> bool:
        """Whether a field of a row is made after its counts and the parts that name other rows."""
        of = self.known.record_types.get(known.of or "") if known.type == "rows" else None
        return known.type not in ("count", "record", "list") and (of is None or not any(map(beside, of.fields)))

    def field(
        self, known: described.Field, steps: Steps, present: Truth, owner: Owner | None, checks: list[Check]
    ) -> Any:
        if known.type == "rows":
            return self.rows(known, steps, present)
        if known.type == "list" and known.to is not None:
            return self.references(known, steps, present)
        if known.type == "record":
            return self.record(known, steps, present, owner, checks)
        node = self.value(known, steps, owner)
        given = YES
        if known.optional:
            given = self.truth()
        if isinstance(node, ReferenceNode):
            checks.append(partial(self.refers, known, node, given, owner))
        return OptionalNode(given, node) if known.optional else node

    def record(
        self, known: described.Field, steps: Steps, present: Truth, owner: Owner | None, checks: list[Check]
    ) -> Any:
        type_ = self.known.record_types[known.of or ""]
        fields, inner = self.fields(type_, steps, present, owner, {})
        made = RecordNode(fields, "/" + "/".join(steps), type_)
        if not known.optional:
            checks += inner
            return made
        given = self.truth()
        self.require(follows(given, present))
        for slot in (slot for node in fields.values() if isinstance(node, list) for slot in node):
            self.require(follows(slot.present, given))
        for check in inner:
            check(given)
        return OptionalNode(given, made)

    def rows(self, known: described.Field, steps: Steps, present: Truth) -> list[Slot]:
        """The slots of a list. Where they stand beside no other rows, those that are there come first."""
        record, path = self.known.record_types[known.of or ""], "/" + "/".join(steps)
        every_one = self.slots.setdefault(path, [])
        key = next((name for name in record.fields if beside(name) and name.to in self.slots), None)
        made: list[Slot] = []
        for place in self.slots[key.to or ""] if key else [None] * self.setting.bound.of(path):
            there, number = self.truth(), len(every_one)
            if place is not None and present is YES:
                self.require(follows(there, place.present))
            stands = {key.name: BesideNode(place.number, key.to or "")} if key and place is not None else {}
            fields, checks = self.fields(record, steps, there, (path, number), stands)
            for check in checks:
                check(there)
            if place is not None and present is not YES:
                self.require(follows(there, both(present, place.present)))
            made.append(Slot(fields, path, record, there, number))
            every_one.append(made[-1])
        if key is None:
            for earlier, later in pairwise(made):
                self.require(follows(later.present, earlier.present))
            if made and present is not YES:
                self.require(follows(made[0].present, present))
        if present is YES:  # rows of the document itself, not of other rows
            for inner in [name for name in self.slots if name == path or name.startswith(f"{path}/")]:
                self.complete(inner)
        return made

    def references(self, known: described.Field, steps: Steps, present: Truth) -> list[Slot]:
        """A list of references, each item a slot beside the row that it names."""
        path, to = "/" + "/".join(steps), known.to or ""
        if to not in self.slots:
            raise beyond(path)
        made = []
        for place in self.slots[to]:
            there = self.truth()
            self.require(follows(there, both(present, place.present)))
            every_one = self.slots.setdefault(path, [])
            made.append(Slot({ITEM: BesideNode(place.number, to)}, path, None, there, len(every_one)))
            every_one.append(made[-1])
        return made

    def complete(self, path: str) -> None:
        """All rows at a path are made: they differ (PL004), and what names one of them can be asked about."""
        slots, record = self.slots[path], self.known.record_at(path)
        known = self.known.steps(path)
        if record is not None and not (self.setting.same_people and known == self.known.people):
            for name in (name for name in record.fields if name.name in (slots[0].fields if slots else ())):
                if name.type == "identifier" and len(slots) > 1:
                    self.require(z3.Distinct([slot.fields[name.name].term for slot in slots]))
                elif name.unique is not None and not name.unique.repeats and name.type in ("text", "reference"):
                    self.differ(slots, name.name)
        self._completed.add(path)
        waiting = self._waiting.pop(path, ())
        if waiting:
            self.count(path)
        for made in waiting:
            made()

    def count(self, path: str) -> Whole:
        """How many rows of a list there are."""
        if path not in self._counted:
            terms = [z3.If(slot.present, 1, 0) for slot in self.slots[path]]
            self._counted[path] = z3.Sum(terms) if terms else z3.IntVal(0)
        return self._counted[path]

    def differ(self, slots: list[Slot], name: str) -> None:
        """PL004: no two rows have the same."""
        for one, other in combinations(slots, 2):
            (mine, given), (theirs, also) = _unwrapped(one.fields[name]), _unwrapped(other.fields[name])
            if not isinstance(mine, BesideNode):
                together = every((one.present, other.present, given, also))
                self.require(follows(together, _term(mine) != _term(theirs)))

    def refers(
        self, known: described.Field, node: ReferenceNode, given: Truth, owner: Owner | None, present: Truth
    ) -> None:
        """PL003: where it is given, what is named is among the rows that may be named."""

        def constrain() -> None:
            condition = both(present, given)
            if node.rows not in self.slots:
                raise beyond(node.rows)
            slots = self.slots[node.rows]
            if len(self.known.steps(node.rows)) == 1 and not any(map(_stands_beside, slots)):
                there = both(node.index >= 0, node.index < self.count(node.rows))
            else:
                there = some(both(node.index == slot.number, slot.present) for slot in slots)
            self.require(follows(condition, there))
            if known.not_itself is not None and owner is not None and owner[0] == node.rows:
                self.require(follows(condition, node.index != owner[1]))

        if node.rows in self._completed:
            constrain()
        else:
            self._waiting.setdefault(node.rows, []).append(constrain)

    def in_order(self, earlier: Any, later: Any, days: int | None, _: Truth) -> None:
        """PL005: what comes later is later, within a plausible time."""
        (first, given), (last, also) = _unwrapped(earlier), _unwrapped(later)
        self.require(follows(both(given, also), first.term < last.term))
        if days is not None and self.setting.bound.days > days:
            self.require(follows(both(given, also), last.term - first.term <= days * MINUTES_A_DAY))

    def value(self, known: described.Field, steps: Steps, owner: Owner | None) -> Any:
        """A single value. Raises Unreadable for a type that can't be proved about."""
        path = "/" + "/".join(steps)
        match known.type:
            case "text":
                return self.word(path)
            case "identifier":
                return self.word(path, owner, identifier=True)
            case "member":
                if self.setting.kind is not None and steps in self.known.by_nature.get("kind", ()):
                    return ChoiceNode({str(self.setting.kind): YES})
                return self.choice(known.of or "")
            case "set":
                return MembersNode(self.members(known.of or ""))
            case "boolean":
                return FlagNode(self.truth())
            case "reference":
                return ReferenceNode(self.whole(), known.to or "")
            case "date":
                day = self.whole()
                self.require(both(day >= 0, day < self.setting.bound.days))
                return SplitInstantNode(day, z3.IntVal(0), clock=False)
            case "instant":
                return self.split_instant() if steps in self._split else self.moment()
            case "count":
                return self.number(1, known.least or 0, MOST_TARGETS if known.most is None else known.most)
            case "percentage":
                return self.number(HUNDREDTHS, 0, 100)
            case "number":
                return NumberNode(self.whole(), HUNDREDTHS)
            case "version":
                return NumberNode(z3.IntVal(self.known.version))
        raise beyond(path)

    def number(self, scale: int, least: int, most: int) -> NumberNode:
        term = self.whole()
        self.require(both(term >= least * scale, term <= most * scale))
        return NumberNode(term, scale)

    def require(self, constraint: Truth) -> None:
        if not z3.is_true(constraint):
            self.constraints.append(constraint)

    def word(self, path: str, owner: Owner | None = None, *, identifier: bool = False) -> WordNode:
        term = self.whole()
        for unfit in self.texts.unfit(identifier=identifier):
            self.require(term != unfit)
        return WordNode(term, path, owner)

    def choice(self, enumeration: str) -> ChoiceNode:
        members = self.members(enumeration)
        self.constraints += exactly_one(members.values())
        return ChoiceNode(members)

    def members(self, enumeration: str) -> dict[str, Truth]:
        return {member.name: self.truth() for member in self.known.enumerations[enumeration].members}

    def split_instant(self) -> SplitInstantNode:
        day, minute = self.whole(), self.whole()
        self.require(every((day >= 0, day < self.setting.bound.days, minute >= 0, minute < MINUTES_A_DAY)))
        return SplitInstantNode(day, minute)

    def moment(self) -> InstantNode:
        term = self.whole()
        self.require(both(term >= 0, term < self.setting.bound.days * MINUTES_A_DAY))
        return InstantNode(term)

    def truth(self) -> Truth:
        self._made += 1
        return z3.Bool(f"b{self._made}")

    def whole(self) -> Whole:
        self._made += 1
        return z3.Int(f"n{self._made}")


def _stands_beside(slot: Slot) -> bool:
    return any(isinstance(node, BesideNode) for node in slot.fields.values())


def _unwrapped(node: Any) -> tuple[Any, Truth]:
    """What stands at a node, and whether it is there."""
    return (node.node, node.given) if isinstance(node, OptionalNode) else (node, YES)


def _term(node: WordNode | ReferenceNode) -> Whole:
    return node.index if isinstance(node, ReferenceNode) else node.term


def beyond(path: str) -> Unreadable:
    message = Text(
        f"Chưa kiểm chứng được quy tắc đọc “{path}”: kiểu dữ liệu này bộ giải chưa biết",
        f"Rules that read “{path}” can't be proved: the solver knows no values of its type",
    )
    fix = Text("Bỏ mục này khỏi các dữ kiện, hoặc không kiểm chứng", "Take it out of the facts, or do not verify")
    return Unreadable(Problem(ENGINE, message, fix, Place(path)))
