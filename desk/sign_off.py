"""The rules, signed: what readers say of each clause, exception, parameter, rule and scenario of a pack.

An agreement is on one thing as it is written: where that has changed since, it is void, and no other is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

from pydantic import BaseModel
from sqlalchemy import select

from ..engine.assurance.scenarios.checking import discover, features_of, read_feature
from ..engine.assurance.scenarios.listing import table_lines
from ..engine.assurance.scenarios.model import Scenario
from ..engine.base.record import Record, replaced
from ..engine.base.text import Text, nfc
from ..engine.directive import packs
from ..engine.directive.describing import parameter_words
from ..engine.directive.pack import Pack
from ..engine.documents.source import load
from ..engine.explain.pages import explain_clause, explain_rule
from .accounts import allowed
from .events import canonical
from .model import Account, Agreement
from .permissions import Actor
from .refused import Refused, no_such
from .store import Store
from .vault import digest_of

ItemKind = Literal["clause", "exception", "parameter", "rule", "scenario"]
KINDS: Final[dict[ItemKind, Text]] = {
    "clause": Text("điều khoản", "clause"),
    "exception": Text("ngoại lệ", "exception"),
    "parameter": Text("cách hiểu, tham số", "reading or parameter"),
    "rule": Text("quy tắc", "rule"),
    "scenario": Text("tình huống", "scenario"),
}
MOST_WORDS: Final = 20_000


class Item(Record):
    """One thing in a pack that can be agreed with; `content` is the digest of how it is written, `words` how people read it."""

    kind: ItemKind
    id: str
    title: Text
    words: Text
    content: str


@dataclass(frozen=True)
class Signed:
    """An item with what readers say of it as it is written (`now`), and said of it as it was (`void`); the last of each."""

    item: Item
    now: Sequence[Agreement]
    void: Sequence[Agreement]

    @property
    def agreed(self) -> bool:
        """Whether somebody agrees and nobody questions it."""
        return bool(self.now) and all(one.agrees for one in self.now)


class Rules:
    """The signing of rules. Whoever asks is given first; `directive` is that of the desk, if it has one."""

    def __init__(self, store: Store, directive: str | None = None) -> None:
        self._store, self._directive = store, directive

    def directives(self) -> tuple[str, ...]:
        """The packs that may judge here, by id or folder."""
        return (self._directive,) if self._directive is not None else tuple(packs.issued())

    def signed(self, actor: Actor, directive: str) -> tuple[Sequence[Signed], dict[int, str]]:
        """Every item of a pack with what was said of it, and the names of those who did, by id. Raises Refused, Unreadable."""
        with self._store.reading() as session:
            allowed(session, actor, "read_rules")
            found = items(self._known(directive))
            said: dict[tuple[str, str], dict[tuple[int, bool], Agreement]] = {}
            contents: dict[tuple[str, str], str] = {(item.kind, item.id): item.content for item in found}
            wanted = select(Agreement).where(Agreement.directive == directive).order_by(Agreement.id)
            for one in session.scalars(wanted):
                holds = contents.get((one.kind, one.item)) == one.content
                said.setdefault((one.kind, one.item), {})[one.account_id, holds] = one
            people = {account for of in said.values() for account, _ in of}
            names = session.execute(select(Account.id, Account.name).where(Account.id.in_(people)))
            return [
                Signed(
                    item,
                    [one for (_, holds), one in said.get((item.kind, item.id), {}).items() if holds],
                    [one for (_, holds), one in said.get((item.kind, item.id), {}).items() if not holds],
                )
                for item in found
            ], dict(names.all())

    def sign(
        self, actor: Actor, directive: str, kind: str, item: str, content: str, agrees: bool, words: str = ""
    ) -> Agreement:
        """Agree with an item, or question it in words, as it was shown (`content`). Raises Refused, where it has changed too."""
        words = nfc(words).strip()
        if (not agrees and not words) or len(words) > MOST_WORDS:
            raise Refused(
                "invalid",
                Text("Chưa ghi ý kiến, hoặc ý kiến quá dài", "The comment is missing or too long"),
                Text(f"Ghi ý kiến, tối đa {MOST_WORDS} ký tự", f"Write it, in at most {MOST_WORDS} characters"),
            )
        with self._store.writing() as writing:
            account = allowed(writing.session, actor, "sign_rule")
            found = next((one for one in items(self._known(directive)) if (one.kind, one.id) == (kind, item)), None)
            if found is None:
                raise no_such(Text("mục", "item"))
            if found.content != content:
                raise Refused(
                    "conflict",
                    Text("Mục này đã đổi kể từ khi được hiển thị", "The item has changed since it was shown"),
                    Text("Tải lại trang, đọc lại rồi cho ý kiến", "Load the page again, read it, and say so then"),
                )
            made = Agreement(
                directive=directive,
                kind=kind,
                item=item,
                content=content,
                account_id=account.id,
                written=writing.at,
                agrees=agrees,
                words=words,
            )
            writing.session.add(made)
            writing.record("sign_rule", account.id, digest=content)
        return made

    def _known(self, directive: str) -> str:
        if directive not in self.directives():
            raise no_such(Text("bộ quy tắc", "pack"))
        return directive


def items(directive: str) -> tuple[Item, ...]:
    """Everything in a pack that can be agreed with, in the order of the pack. Raises Unreadable."""
    digest = packs.digest(packs.locate(directive))
    features = discover([str(features_of(_read(directive, digest)))])
    contents = b"\0".join(load(name) for name in features if isinstance(name, str))
    return _items(directive, digest, digest_of(contents))


@lru_cache(maxsize=8)
def _read(directive: str, _digest: str) -> Pack:
    return packs.read(directive)


@lru_cache(maxsize=8)
def _items(directive: str, digest: str, _features: str) -> tuple[Item, ...]:
    pack = _read(directive, digest)
    found: dict[tuple[str, str], Item] = {}
    for item in (*_written(pack), *_scenarios(pack)):
        # An exception that packs upon packs declare several times is one thing to agree with.
        before = found.get((item.kind, item.id))
        found[item.kind, item.id] = item if before is None else _joined(before, item)
    return tuple(found.values())


def _joined(one: Item, other: Item) -> Item:
    words = Text(f"{one.words.vi}\n{other.words.vi}", f"{one.words.en}\n{other.words.en}")
    return replaced(one, words=words, content=digest_of(f"{one.content} {other.content}".encode()))


def _written(pack: Pack) -> Iterator[Item]:
    head = pack.directive
    for clause in head.clauses:
        words = Text(explain_clause(pack, clause, "vi"), explain_clause(pack, clause, "en"))
        yield Item("clause", clause.id, clause.text, words, _content(clause))
    for exception in head.exceptions:
        title = Text(f"Theo {exception.id}, tạm không áp dụng", f"By {exception.id}, not applied")
        suspends = ", ".join(exception.suspends)
        reason = exception.reason
        words = Text(f"{suspends}: {reason.vi}", f"{suspends}: {reason.en}")
        yield Item("exception", exception.id, title, words, _content(exception))
    for parameter in head.parameters:
        value, reason = parameter_words(parameter), parameter.reason
        words = Text(f"{value.vi}. {reason.vi}", f"{value.en}. {reason.en}")
        yield Item("parameter", parameter.id, parameter.title, words, _content(parameter))
    for rule in pack.rules:
        words = Text(explain_rule(pack, rule, "vi"), explain_rule(pack, rule, "en"))
        yield Item("rule", rule.id, rule.title, words, _content(rule))


def _scenarios(pack: Pack) -> Iterator[Item]:
    """The scenarios of a pack, each row of an outline by itself; one is told from others by its file, name and row."""
    folder = features_of(pack)
    for name in discover([str(folder)]):
        feature = read_feature(name, pack).feature if isinstance(name, str) else None
        for scenario in () if feature is None else feature.scenarios:
            row = "".join(f"; {column}: {value}" for column, value in scenario.row)
            title = f"{scenario.name}{row}"
            file = str(name).rpartition("/")[2]
            lines = [*_lines(scenario)]
            content = digest_of(canonical([title, sorted(scenario.tags), lines]).encode())
            yield Item("scenario", f"{file}: {title}", Text(title, title), Text(*["\n".join(lines)] * 2), content)


def _lines(scenario: Scenario) -> Iterator[str]:
    for step in scenario.steps:
        yield f"{step.keyword} {step.text}"
        if step.table is not None:
            yield from (f"  {line}" for line in table_lines(tuple(_cells(step.table))))


def _cells(table: Any) -> Iterator[tuple[str, ...]]:
    for row in (table.header, *table.rows):
        yield tuple(cell.text for cell in row)


def _content(written: BaseModel) -> str:
    return digest_of(canonical(written.model_dump(mode="json", by_alias=True)).encode())
