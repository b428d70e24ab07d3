"""Which pack judges a plan: the one that was named, or else the issued one that was made for it.

Where none is named, a pack is for a plan as applicability.py says. Of those that are, one that extends another, or is
for a smaller circle of plans, goes before it. Two that are left are a tie; a tie or none leaves the plan without verdict.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path as FilePath
from typing import Final, overload

from ..base.problem import Problem, Unreadable
from ..base.text import Text
from ..directive.packs import AUTO, issued, refuse_folder_named_auto, ruleset
from ..directive.ruleset import Ruleset
from ..documents.document import Document
from ..model.called import called, called_together
from ..model.description import TYPE, Description
from ..model.document_types import named_type
from ..model.integrity import read_plan
from ..model.records import DocumentRecord
from ..model.stand_in import StandIn
from .applicability import unfit
from .check import Checker, EvaluatorFactory, first_evaluator

NONE: Final = "DR001"
TIE: Final = "DR002"
UNCHECKED: Final = "DR003"


class Issued(Sequence[Ruleset]):
    """The rulesets of the issued packs, each read when it is asked for: who judges plans need not know of other documents."""

    def __init__(self) -> None:
        """Raises Unreadable where a pack has no head."""
        self._packs = issued()
        self._read: dict[str, Ruleset] = {}
        for name in (name for name, pack in self._packs.items() if pack.worded):
            _ = self._ruleset(name).known  # whoever reads a form has to have heard the words that people write there

    def __len__(self) -> int:
        return len(self._packs)

    @overload
    def __getitem__(self, index: int) -> Ruleset: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Ruleset]: ...
    def __getitem__(self, index: int | slice) -> Ruleset | Sequence[Ruleset]:
        names = [*self._packs][index]
        return self._ruleset(names) if isinstance(names, str) else [*map(self._ruleset, names)]

    def _ruleset(self, name: str) -> Ruleset:
        if name not in self._read:
            self._read[name] = ruleset(name)
        return self._read[name]

    def of(self, document: str) -> list[Ruleset]:
        """Those that judge a type of document."""
        return [self._ruleset(name) for name, pack in self._packs.items() if pack.document == document]

    def among(self, names: Container[str | None]) -> list[Ruleset]:
        """Those of these directives."""
        return [self._ruleset(name) for name in self._packs if name in names]

    @property
    def documents(self) -> list[str]:
        """The type that each judges."""
        return [pack.document for pack in self._packs.values()]


def judging(rulesets: Sequence[Ruleset], document: str) -> Sequence[Ruleset]:
    """The rulesets that may judge a type of document, by its id."""
    return rulesets.of(document) if isinstance(rulesets, Issued) else rulesets


def among(rulesets: Sequence[Ruleset], names: Container[str | None]) -> list[Ruleset]:
    """The rulesets of these directives."""
    return (
        rulesets.among(names) if isinstance(rulesets, Issued) else [one for one in rulesets if one.directive in names]
    )


def are_several(rulesets: Sequence[Ruleset]) -> bool:
    """Whether several packs judge documents of one type, so that which one did is to be said."""
    of = rulesets.documents if isinstance(rulesets, Issued) else [one.document for one in rulesets]
    return len({*of}) < len(of)


class _Types(Mapping[str, Description]):
    """What is known of the types of document that rulesets judge, by id; what no document is of is not read.

    Of packs with words of their own and others, as the others know it (`Choosing.known`).
    """

    def __init__(self, rulesets: Sequence[Ruleset]) -> None:
        self._rulesets = rulesets

    def __getitem__(self, document: str) -> Description:
        found = (one.known for one in sorted(judging(self._rulesets, document), key=lambda one: bool(one.vocabulary)))
        known = next((one for one in found if one.id == document), None)
        if known is None:
            raise KeyError(document)
        return known

    def __iter__(self) -> Iterator[str]:
        if isinstance(self._rulesets, Issued):
            return iter(dict.fromkeys(self._rulesets.documents))
        return iter(dict.fromkeys(one.known.id for one in self._rulesets))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass
class Choosing:
    """Checks each plan against the one ruleset that is for it; one that is `named` judges every plan.

    Where `across`, rules across plans are applied afterwards. A ruleset of which no rule is left gives no verdict.
    """

    rulesets: Sequence[Ruleset]
    factory: EvaluatorFactory = first_evaluator
    passes: bool = False
    named: bool = field(default=False, kw_only=True)
    restrict: Callable[[Ruleset], Ruleset] = lambda ruleset: ruleset
    across: bool = field(default=False, kw_only=True)
    _checkers: dict[str, Checker] = field(default_factory=dict)

    def checker(self, plan: DocumentRecord, document: Document) -> Checker:
        """What judges the plan. Raises Unreadable."""
        chosen = self.choose(plan, document)
        if chosen.directive not in self._checkers:
            left = self.restrict(chosen)
            if not left.judgements and not (self.across and left.across):
                raise Unreadable(_unchecked(chosen, document))
            self._checkers[chosen.directive] = Checker(left, self.factory, self.passes)
        return self._checkers[chosen.directive]

    @cached_property
    def types(self) -> Mapping[str, Description]:
        """What is known of the types of document that its packs judge, by id."""
        return _Types(self.rulesets)

    @cached_property
    def known_as(self) -> Mapping[str, Description | None]:
        """The types as its packs know them; None where packs have different words, so that only whole documents can tell."""
        return {name: None if len(self._worded(known)) > 1 else known for name, known in self.types.items()}

    def known(self, document: Document) -> Description:
        """What is known of the type of the document, as the pack sees it that is for the document.

        Where packs have different words, the document is read in the words of each. Raises Unreadable where nobody has that
        type, or where several packs are for it alike.
        """
        named = named_type(document, self.types)
        if self.named or len(worded := self._worded(named)) < 2:
            return named
        fitting = [
            ruleset
            for known in worded
            if (plan := _readable(document, known)) is not None
            for ruleset in self._able(known)
            if not unfit(ruleset, plan)
        ]
        best = _nearest(fitting)
        if len({ruleset.known.digest for ruleset in best}) > 1:
            raise Unreadable(_tie(best, document))
        return best[0].known if best else named

    def _worded(self, named: Description) -> list[Description]:
        """The type as each of its packs knows it, once for each vocabulary."""
        found = {one.known.digest: one.known for one in judging(self.rulesets, named.id) if one.known.id == named.id}
        return [*found.values()]

    def _able(self, known: Description) -> list[Ruleset]:
        """The rulesets that can judge what was read in these words."""
        return [ruleset for ruleset in judging(self.rulesets, known.id) if ruleset.known == known]

    def choose(self, plan: DocumentRecord, document: Document) -> Ruleset:
        """The ruleset that is for the plan. Raises Unreadable."""
        able = self._able(plan.known)
        if not able:
            raise Unreadable(_of_another_type(self.rulesets, plan.known, document))
        if self.named:
            [only] = able
            return only
        best = _nearest([ruleset for ruleset in able if not unfit(ruleset, plan)])
        if len(best) == 1:
            return best[0]
        raise Unreadable(_tie(best, document) if best else _none(able, plan, document))


def _readable(document: Document, known: Description) -> DocumentRecord | None:
    """The document in the words of one pack, or what stands in for it where some of it is wrong; None where neither can be."""
    try:
        return read_plan(document, known=known)
    except Unreadable as unreadable:
        return unreadable.stand_in.document if isinstance(unreadable.stand_in, StandIn) else None


def _nearest(fitting: Sequence[Ruleset]) -> list[Ruleset]:
    """Of the rulesets that are for a plan, those that no other goes before."""
    return [one for one in fitting if not any(_goes_before(other, one) for other in fitting)]


def is_named(directive: str | None) -> bool:
    """Whether somebody named a pack outright, so that plans do not choose."""
    return directive not in (None, AUTO)


def rulesets_of(directive: str | None) -> Sequence[Ruleset]:
    """The rulesets that may judge plans: that of a pack that is named, or of every issued one. Raises Unreadable."""
    if directive == AUTO:
        refuse_folder_named_auto(FilePath())
    return (ruleset(directive),) if directive is not None and directive != AUTO else Issued()


def directive_for(plan: DocumentRecord, document: Document, directive: str | None) -> str:
    """The directive that is named, or the one that is for the plan. Raises Unreadable."""
    if directive is not None and directive != AUTO:
        return directive
    return Choosing(rulesets_of(directive)).choose(plan, document).directive


def _goes_before(one: Ruleset, other: Ruleset) -> bool:
    """Whether the first is nearer to the plan: a layer on the other, or for a smaller circle of plans."""
    assert one.applies is not None
    assert other.applies is not None
    if other.directive in one.applies.extends:
        return True
    if one.directive in other.applies.extends:
        return False
    ours, theirs = _limits(one), _limits(other)
    return ours > theirs


def _limits(ruleset: Ruleset) -> set[str]:
    """In what respects a pack is for some plans only."""
    assert ruleset.applies is not None
    limits = {"district": ruleset.applies.district, "kind": ruleset.applies.kinds}
    return {name for name, limit in limits.items() if limit is not None}


def _none(rulesets: Iterable[Ruleset], plan: DocumentRecord, document: Document) -> Problem:
    why = {ruleset.directive: unfit(ruleset, plan) for ruleset in rulesets}
    paths = [found[0] for found in why.values() if found is not None]
    told = [(name, found[1]) for name, found in why.items() if found is not None]
    one = plan.known.one
    return Problem(
        NONE,
        Text(
            f"Không có bộ quy tắc nào dành cho {one.vi} này: "
            + "; ".join(f"{name} {words.vi}" for name, words in told),
            f"No pack is for this {one.en}: " + "; ".join(f"{name} {words.en}" for name, words in told),
        ),
        Text(
            "Xem lại nhiệm kỳ, loại hình, huyện và ngày họp; hoặc chỉ rõ bộ quy tắc bằng --directive",
            "Check term, kind, district and dates; or name a pack with --directive",
        ),
        document.place(max(paths, key=paths.count) if paths else ()),
    )


def _of_another_type(rulesets: Iterable[Ruleset], known: Description, document: Document) -> Problem:
    """Packs are for documents of one type, and never applied to others, whoever named them."""
    packs = {ruleset.directive: ruleset.known for ruleset in rulesets}
    vi = "; ".join(f"{name} dành cho “{judged.label.vi}”" for name, judged in packs.items())
    en = "; ".join(f"{name} is for “{judged.label.en}”" for name, judged in packs.items())
    return Problem(
        NONE,
        Text(
            f"Không có bộ quy tắc nào dành cho tài liệu loại “{known.label.vi}”: {vi}",
            f"No pack is for documents of the type “{known.label.en}”: {en}",
        ),
        Text(
            f"Chỉ rõ bộ quy tắc dành cho loại này bằng --directive; hoặc ghi đúng loại của tài liệu ở khóa {TYPE}",
            f"Name a pack that is for it with --directive; or say at the key {TYPE} of which type the document is",
        ),
        document.place((TYPE,)),
    )


def _unchecked(ruleset: Ruleset, document: Document) -> Problem:
    one = ruleset.known.one
    return Problem(
        UNCHECKED,
        Text(
            f"Mọi quy tắc của bộ dành cho {one.vi} này ({ruleset.directive}) đều bị tắt, nên chưa có kết luận",
            f"Every rule of the pack that is for this {one.en} ({ruleset.directive}) is switched off, so there is no verdict",
        ),
        Text(
            "Bớt --select, --ignore (hoặc select, ignore trong thamdinh.toml) để bộ đó còn quy tắc",
            "Narrow less with --select and --ignore (or select and ignore in thamdinh.toml), so that it keeps a rule",
        ),
        document.place(()),
    )


def _tie(best: Sequence[Ruleset], document: Document) -> Problem:
    names = ", ".join(ruleset.directive for ruleset in best)
    one = called_together(called(ruleset.known) for ruleset in best).one
    return Problem(
        TIE,
        Text(
            f"Nhiều bộ quy tắc cùng dành cho {one.vi} này: {names}",
            f"Several packs are for this {one.en} alike: {names}",
        ),
        Text(
            "Chỉ rõ một bộ bằng --directive; hoặc cho bộ này nối vào bộ kia bằng extends",
            "Name one with --directive; or let one extend the other",
        ),
        document.place(best[0].known.by_nature["organization"][0][:-1]),
    )
