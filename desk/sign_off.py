"""The rules, signed: what readers say of each clause, exception, parameter, rule and scenario of a pack.

What can be agreed to, and what an agreement is on, is said for books and desks alike (engine/assurance/scenarios/agreement.py).
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from typing import Final

from sqlalchemy import select

from ..engine.assurance.scenarios.agreement import Answer, Item, Standing, items
from ..engine.assurance.scenarios.checking import discover_features, features_of
from ..engine.base.problem import Unreadable
from ..engine.base.text import Text, nfc
from ..engine.directive import packs
from ..engine.directive.pack import Pack
from ..engine.documents.source import load
from .accounts import allowed
from .events import Writing
from .model import Account, Agreement
from .permissions import Actor
from .refused import Refused, no_such
from .store import VIET_NAM, DeskStore
from .vault import digest_of

MOST_WORDS: Final = 20_000
_FOR: Final = re.compile(r"\[([^\[\]]*)\] ?")
"""How what was taken in from a book says whose it is: name, day and file, before the words."""


class Rules:
    """The signing of rules. Whoever asks is given first, packs are called by their ids wherever they lie.

    `directive` is the pack of the desk, by id or folder, if it has one.
    """

    def __init__(self, store: DeskStore, directive: str | None = None) -> None:
        self._store, self._directive = store, directive

    def directives(self) -> tuple[str, ...]:
        """The packs that may judge here, by id. Raises Unreadable."""
        return tuple(self._named())

    def _named(self) -> dict[str, str]:
        """By the id of each pack that may judge here what it is read by: the id, or its folder. Raises Unreadable."""
        if self._directive is None:
            return {name: name for name in packs.issued()}
        return {packs.read(self._directive).directive.id: self._directive}

    def signed(self, actor: Actor, directive: str) -> tuple[tuple[Item, Standing], ...]:
        """Every item of a pack with the last that each person said of it, as it is written now and before. Raises Refused, Unreadable."""
        with self._store.reading() as session:
            allowed(session, actor, "read_rules")
            found = self._items(directive)
            said: dict[tuple[str, str], dict[tuple[str, str, bool], Answer]] = {}
            contents: dict[tuple[str, str], str] = {(item.kind, item.id): item.content for item in found}
            wanted = select(Agreement, Account.name).join(Account).where(Agreement.directive == directive)
            for one, name in session.execute(wanted.order_by(Agreement.id)):
                holds = contents.get((one.kind, one.item)) == one.content
                answer = _answer(one, name)
                said.setdefault((one.kind, one.item), {})[answer.who, answer.source, holds] = answer
        return tuple(
            (
                item,
                Standing(
                    item.id if item.kind == "clause" else f"{item.kind}:{item.id}",
                    item.content,
                    tuple(one for (*_, holds), one in said.get((item.kind, item.id), {}).items() if holds),
                    tuple(one for (*_, holds), one in said.get((item.kind, item.id), {}).items() if not holds),
                ),
            )
            for item in found
        )

    def sign(
        self, actor: Actor, directive: str, kind: str, item: str, content: str, agrees: bool, words: str = ""
    ) -> Agreement:
        """Agree with an item, or question it in words, as it was shown (`content`). Raises Refused, where it has changed too."""
        words = nfc(words).strip()
        if (not agrees and not words) or len(words) > MOST_WORDS or _FOR.match(words):
            raise Refused(
                "invalid",
                Text(
                    "Chưa ghi ý kiến, ý kiến quá dài hoặc bắt đầu bằng ngoặc vuông",
                    "The comment is missing, too long or begins with a bracket",
                ),
                Text(f"Ghi ý kiến, tối đa {MOST_WORDS} ký tự", f"Write it, in at most {MOST_WORDS} characters"),
            )
        with self._store.writing() as writing:
            account = allowed(writing.session, actor, "sign_rule")
            found = next((one for one in self._items(directive) if (one.kind, one.id) == (kind, item)), None)
            if found is None:
                raise no_such(Text("mục", "item"))
            if found.content != content:
                raise Refused(
                    "conflict",
                    Text("Mục này đã đổi kể từ khi được hiển thị", "The item has changed since it was shown"),
                    Text("Tải lại trang, đọc lại rồi cho ý kiến", "Load the page again, read it, and say so then"),
                )
            return _add(writing, account, directive, found, agrees, words)

    def take_in(self, actor: Actor, directive: str, answers: Iterable[tuple[Item, Answer]]) -> int:
        """Keep what review books say of items as they are written now, as said by whom the books name; gives how many are new.

        Raises Refused, with nothing kept, for an answer that names nobody.
        """
        kept = 0
        before = {
            (item.kind, item.id): {(one.who, one.source, one.agrees, one.comment) for one in standing.answers}
            for item, standing in self.signed(actor, directive)
        }
        with self._store.writing() as writing:
            account = allowed(writing.session, actor, "sign_rule")
            for item, answer in answers:
                whose = re.sub(r"[\[\];]", ",", answer.who).strip(" ,")
                if not whose:
                    raise Refused("invalid", *_nobody(answer))
                source = re.sub(r"[\[\];]", ",", "; ".join(filter(None, (answer.when, answer.source))))
                if (whose, source, answer.agrees is True, answer.comment) in before.get((item.kind, item.id), ()):
                    continue
                words = f"[{whose}; {source}] {answer.comment}".strip()
                _add(writing, account, directive, item, answer.agrees is True, words)
                kept += 1
        return kept

    def _items(self, directive: str) -> tuple[Item, ...]:
        if (named := self._named().get(directive)) is None:
            raise no_such(Text("bộ quy tắc", "pack"))
        return items_of(named)


def call_by_ids(store: DeskStore) -> None:
    """Let agreements that an earlier program kept under the folder of a pack stand under its id, where the pack is still there."""
    with store.reading() as session:
        names = {*session.scalars(select(Agreement.directive).distinct())} - packs.available().keys()
    ids = {}
    for name in names:
        with suppress(Unreadable):  # an id of a pack that judges no more, or a folder that is gone
            ids[name] = packs.read(name).directive.id
    if ids:
        with store.writing() as writing:
            for one in writing.session.scalars(select(Agreement).where(Agreement.directive.in_(ids))):
                one.directive = ids[one.directive]
            writing.record("call_by_ids", None)


def _add(writing: Writing, account: Account, directive: str, item: Item, agrees: bool, words: str) -> Agreement:
    made = Agreement(
        directive=directive,
        kind=item.kind,
        item=item.id,
        content=item.content,
        account_id=account.id,
        written=writing.at,
        agrees=agrees,
        words=words,
    )
    writing.session.add(made)
    writing.record("sign_rule", account.id, digest=item.content)
    return made


def _answer(one: Agreement, name: str) -> Answer:
    """What was said, by the account or by whom the book names that it took in."""
    when = f"{one.written.astimezone(VIET_NAM):%d/%m/%Y}"
    if (taken := _FOR.match(one.words)) is None:
        return Answer(one.item, one.content, one.agrees, one.words, name, when, "")
    who, _, source = taken[1].partition("; ")
    return Answer(one.item, one.content, one.agrees, one.words[taken.end() :], who, when, source)


def _nobody(answer: Answer) -> tuple[Text, Text]:
    about = f"{answer.about} ({answer.source})"
    return (
        Text(f"Ý kiến về {about} không ghi họ tên ai", f"What is said of {about} names nobody"),
        Text(
            "Ghi họ tên, chức vụ vào ô ý kiến về điều đó trong sổ, mỗi người một dòng",
            "Write name and office into the room of that clause in the book, one person a row",
        ),
    )


def items_of(directive: str) -> tuple[Item, ...]:
    """Everything in a pack that can be agreed with, in the order of the pack. Raises Unreadable."""
    digest = packs.digest(packs.locate_pack(directive))
    features = discover_features([str(features_of(_read(directive, digest)))])
    contents = b"\0".join(load(name) for name in features if isinstance(name, str))
    return _items(directive, digest, digest_of(contents))


@lru_cache(maxsize=8)
def _read(directive: str, _digest: str) -> Pack:
    return packs.read(directive)


@lru_cache(maxsize=8)
def _items(directive: str, digest: str, _features: str) -> tuple[Item, ...]:
    return items(_read(directive, digest))
