"""The claims about one kind of organisation: each a question to the solver, and each answer a plan or a reason."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Final

import z3

from ...base.text import Text
from ...directive.ruleset import Judgement, Ruleset
from . import boundaries
from .encoding import Encoding
from .logic import Truth, both, no, some
from .report import Cause, Claim, KindReport, Question, Standing, Witness
from .solver import Solver, SolverAnswer
from .tree import Setting
from .witness import Bench, Disagreement

_UNFIT_FOR_FILES: Final = re.compile(r"[^A-Za-z0-9.-]+")
_UNDECIDED: Final = Text(
    "chưa quyết định được trong thời gian cho phép (không phải là đã chứng minh)",
    "not decided within the time allowed (which is not proved)",
)


def claims_of(
    kind: str, ruleset: Ruleset, setting: Setting, patience: float, causes: Mapping[str, Cause]
) -> KindReport:
    """Every claim about one kind. `causes` describes each rule for reasons; `patience` is seconds for one question."""
    return KindReport(kind, tuple(_Claims(kind, ruleset, Solver(ruleset, setting, patience), causes).all()))


def dead(ruleset: Ruleset, setting: Setting, patience: float) -> KindReport:
    """The judgements that no plan of any kind can breach, and the exceptions that change no verdict."""
    solver = Solver(ruleset, replace(setting, kind=None), patience)
    encoding, claims, one = solver.encoding, [], ruleset.known.one
    never = Text(
        f"không {one.vi} nào của loại hình nào vi phạm được quy tắc này",
        f"no {one.en} of any kind can breach this rule",
    )
    idle = Text(
        f"ngoại lệ không đổi kết luận của {one.vi} nào, loại hình nào",
        f"the exception changes the verdict on no {one.en}",
    )
    questions: list[tuple[Question, str, Truth, Text]] = [
        *(
            ("alone", rule_label(judgement), some(encoding.breached[position]), never)
            for position, judgement in enumerate(ruleset.judgements)
        ),
        *(
            ("exception", item.id, both(encoding.exempt(number), _spared(encoding, number)), idle)
            for number, item in enumerate(ruleset.exemptions)
        ),
    ]
    for question, about, effect, said in questions:
        outcome = solver.ask(solver.named(effect)).outcome
        if outcome == "undecided":
            claims.append(Claim(question, about, "undecided", _UNDECIDED))
        elif outcome == "none":
            claims.append(Claim(question, about, "refuted", said))
    return KindReport(None, tuple(claims))


def rule_label(judgement: Judgement) -> str:
    """The rule, with the value of its `for`."""
    return " ".join((judgement.rule, *map(str, judgement.bindings.values())))


@dataclass
class _Claims:
    kind: str
    ruleset: Ruleset
    solver: Solver
    causes: Mapping[str, Cause]
    one: Text = field(init=False)
    """What one document of the type is called."""
    bench: Bench = field(init=False)
    kept: dict[str, Truth] = field(init=False)
    """That no row breaches a rule."""
    works: dict[str, Truth] = field(init=False)
    """That a rule applies to some row."""
    at_odds: set[str] = field(default_factory=set)
    """Rules that can't all be kept."""

    def __post_init__(self) -> None:
        self.one = self.ruleset.known.one
        self.bench = Bench(self.ruleset)
        encoding, named = self.encoding, self.solver.named
        of = {rule: self._positions(rule) for rule in self.ruleset.rules}
        self.kept = {rule: named(no(some(self._rows(encoding.breached, of[rule])))) for rule in of}
        self.works = {rule: named(some(self._rows(encoding.applied, of[rule]))) for rule in of}

    @property
    def encoding(self) -> Encoding:
        return self.solver.encoding

    def all(self) -> Iterator[Claim]:
        yield from self.satisfiable()
        yield from self.together()
        for position in range(len(self.ruleset.judgements)):
            yield self.alone(position)
        for number in range(len(self.ruleset.exemptions)):
            yield self.exception(number)
        yield from self.boundaries()

    def satisfiable(self) -> Iterator[Claim]:
        """A plan exists that breaches no rule; where none does, the rules at odds, set by set, until one does."""
        said = Text(
            f"không {self.one.vi} nào đạt mọi quy tắc: các quy tắc sau không thể cùng đạt",
            f"no {self.one.en} keeps every rule: these can't all be kept",
        )
        while self.solver.ask(*self._keepable()).outcome == "none":
            core = self.solver.why_none([], self._keepable())
            claim = self._refuted("satisfiable", "", said, core)
            yield claim
            self.at_odds |= {cause.rule for cause in claim.causes}
            if not claim.causes:
                return
        if not self.at_odds:
            answer = self.solver.smallest(*self._keepable())
            said = Text(f"có {self.one.vi} đạt mọi quy tắc", f"a {self.one.en} keeps every rule")
            yield self._shown("satisfiable", "", answer, "dat", said)

    def _keepable(self) -> list[Truth]:
        """That the rules are kept, those at odds with each other left out."""
        return [kept for rule, kept in self.kept.items() if rule not in self.at_odds]

    def together(self) -> Iterator[Claim]:
        """No two rules conflict: where one requires something, another does not forbid it."""
        everything = self._keepable()
        concerned = [
            rule
            for rule, works in self.works.items()
            if rule not in self.at_odds and self.solver.ask(works).outcome != "none"
        ]
        answer = self.solver.smallest(*everything, *(self.works[rule] for rule in concerned))
        if answer.outcome != "none":
            others_vi, others_en = (" còn lại", " other") if self.at_odds else ("", "")
            said = Text(
                f"{len(concerned)} quy tắc{others_vi} cùng áp dụng và cùng đạt trong một {self.one.vi}, nên không chống nhau",
                f"{len(concerned)}{others_en} rules are at work and kept in one {self.one.en}, so no two conflict",
            )
            yield self._shown("together", "", answer, "cung-dat", said)
            return
        conflicts, undecided = self._conflicts(concerned)
        for core in conflicts:
            said = Text(
                "các quy tắc sau chống nhau: ở nơi chúng cùng áp dụng, không thể cùng đạt",
                "these rules conflict: where they are all at work, they can't all be kept",
            )
            yield self._refuted("together", "", said, core)
        if undecided:
            yield Claim("together", "", "undecided", _UNDECIDED)
        elif not conflicts:
            said = Text(
                "không hai quy tắc nào chống nhau (đã thử từng cặp)", "no two rules conflict (each pair was tried)"
            )
            yield Claim("together", "", "proved", said)

    def _conflicts(self, rules: list[str]) -> tuple[list[tuple[Truth, ...]], bool]:
        """Smallest sets of rules that can't all be kept where one or two of them are at work; whether some are undecided."""
        everything = self._keepable()
        found: dict[frozenset[int], tuple[Truth, ...]] = {}
        undecided = False

        def obeyed(*at_work: str) -> bool:
            """Whether a plan keeps every rule with these at work; the reason, where it is a conflict, is noted."""
            nonlocal undecided
            works = [self.works[rule] for rule in at_work]
            answer = self.solver.ask(*works, *everything)
            core = self.solver.why_none(works, everything) if answer.outcome == "none" else None
            if core is None:
                undecided = undecided or answer.outcome != "found"
            # One rule alone is a prohibition (it is kept by not being at work); none: they never work together.
            elif len(core) > 1:
                found[frozenset(truth.hash() for truth in core)] = core
            return answer.outcome == "found"

        alive = [rule for rule in rules if obeyed(rule)]
        for pair in combinations(alive, 2):
            obeyed(*pair)
        return [core for names, core in found.items() if not any(other < names for other in found)], undecided

    def alone(self, position: int) -> Claim:
        """The judgement can be breached while all else is kept: it bites, and no other rule implies it."""
        judgement = self.ruleset.judgements[position]
        about = rule_label(judgement)
        breach = self.solver.named(some(self.encoding.breached[position]))
        if z3.is_false(breach) or self.solver.ask(breach).outcome == "none":
            return self._toothless(position)
        others = [kept for rule, kept in self.kept.items() if rule != judgement.rule]
        alike = self._rows(self.encoding.breached, self._positions(judgement.rule))
        once = self.solver.named(z3.AtMost(*alike, 1))
        answer = self.solver.smallest(breach, once, *others)
        said = Text("vi phạm riêng được", "can be breached on its own")
        if answer.outcome == "none":
            answer = self.solver.smallest(breach, *others)
            said = Text(
                "chỉ vi phạm được cùng lúc ở nhiều chỗ, nhưng không kéo theo quy tắc nào khác",
                "is only breached in several places at once, yet no other rule is breached with it",
            )
        if answer.outcome == "none" and self.at_odds and self.solver.ask(*others).outcome == "none":
            said = Text(
                "chưa xét được trước khi sửa các quy tắc không thể cùng đạt ở trên",
                "can't be asked before the rules above, which can't all be kept, are mended",
            )
            return Claim("alone", about, "aside", said)
        if answer.outcome == "none":
            core = self.solver.why_none([breach], others)
            said = Text(
                "không vi phạm riêng được: hễ vi phạm thì cũng vi phạm một trong các quy tắc sau, nên nó là thừa",
                "can't be breached on its own: each breach is also one of these, so the rule is implied",
            )
            return self._refuted("alone", about, said, core)
        return self._shown("alone", about, answer, about, said)

    def _toothless(self, position: int) -> Claim:
        """Why a judgement is never breached: it does not concern this kind, or what it requires always holds."""
        judgement = self.ruleset.judgements[position]
        about = rule_label(judgement)
        works = self.solver.ask(some(self.encoding.applied[position]))
        if works.outcome == "undecided":
            return Claim("alone", about, "undecided", _UNDECIDED)
        if works.outcome == "found":
            said = Text(
                f"không {self.one.vi} nào loại này vi phạm được, nên không cần nói",
                f"no {self.one.en} of this kind can breach it",
            )
            return Claim("alone", about, "aside", said)
        suspended = self.solver.ask(no(self.encoding.suspended[judgement.rule])).outcome == "none"
        by = ", ".join(item.id for item in self.ruleset.exemptions if judgement.rule in item.rules)
        if suspended:
            return Claim("alone", about, "aside", Text(f"không áp dụng, theo {by}", f"not applicable, by {by}"))
        return Claim("alone", about, "aside", Text("không nói về loại hình này", "says nothing of this kind"))

    def exception(self, number: int) -> Claim:
        """The exception changes the verdict on some plan."""
        exemption = self.ruleset.exemptions[number]
        applies = self.solver.named(self.encoding.exempt(number))
        if z3.is_false(applies) or self.solver.ask(applies).outcome == "none":
            return Claim("exception", exemption.id, "aside", Text("không dành cho loại hình này", "not for this kind"))
        answer = self.solver.smallest(applies, self.solver.named(_spared(self.encoding, number)))
        if answer.outcome == "none":
            said = Text(
                f"không đổi kết luận của {self.one.vi} nào loại này",
                f"changes the verdict on no {self.one.en} of this kind",
            )
            return Claim("exception", exemption.id, "aside", said)
        said = Text(
            f"có tác dụng: không có nó, {self.one.vi} này đã có phát hiện",
            f"takes effect: without it this {self.one.en} has findings",
        )
        return self._shown("exception", exemption.id, answer, f"ngoai-le-{exemption.id}-{number + 1}", said)

    def boundaries(self) -> Iterator[Claim]:
        """At and beside each bound: a plan in which just that value decides, and what is said of it."""
        for boundary in boundaries.boundaries(self.encoding):
            judgement = self.ruleset.judgements[boundary.position]
            others = [kept for rule, kept in self.kept.items() if rule != judgement.rule]
            field_ = boundaries.field_label(judgement, boundary, self.ruleset.known)
            for value in boundary.values:
                written = boundaries.bound_words(boundary, value)
                decided = self.solver.named(boundaries.decided_by(self.encoding, boundary, value))
                if z3.is_false(decided):
                    continue
                answer = self.solver.smallest(decided, *others)
                if answer.outcome == "none":
                    continue  # No plan has this value and hangs on it: before the first, or not for this kind.
                breached = answer.chosen is not None and not answer.chosen.truth(self.kept[judgement.rule])
                word = Text("vi phạm", "breached") if breached else Text("đạt", "kept")
                said = Text(f"{field_.vi} = {written.vi}: {word.vi}", f"{field_.en} = {written.en}: {word.en}")
                about = rule_label(judgement)
                name = f"{about}-{boundary.atom.field}-{written.en}"
                yield self._shown("boundary", about, answer, name, said)

    def _shown(self, question: Question, about: str, answer: SolverAnswer, name: str, said: Text) -> Claim:
        """A claim that stands on a plan, which both evaluators must confirm."""
        if answer.chosen is None:
            return Claim(question, about, "undecided", _UNDECIDED)
        standing: Standing = "proved"
        witness: Witness
        try:
            file = _UNFIT_FOR_FILES.sub("-", f"{self.kind}-{name}")
            witness = self.bench.witness(self.encoding, answer.chosen, file, smallest=answer.smallest)
        except Disagreement as disagreement:
            standing, witness = "disagreed", disagreement.witness
            said = Text(
                f"{disagreement.who} nói khác bộ giải về {self.one.vi} này: {disagreement.said}",
                f"{disagreement.who} differs from the solver on this {self.one.en}: {disagreement.said}",
            )
        return Claim(question, about, standing, said, witness)

    def _refuted(self, question: Question, about: str, said: Text, core: tuple[Truth, ...] | None) -> Claim:
        """A claim that fails, and the rules that make it fail; undecided where they can't be told."""
        if core is None:
            return Claim(question, about, "undecided", _UNDECIDED)
        rules = [rule for rule, kept in self.kept.items() if any(kept.eq(truth) for truth in core)]
        return Claim(question, about, "refuted", said, causes=tuple(self.causes[rule] for rule in rules))

    def _positions(self, rule: str) -> list[int]:
        return [position for position, judgement in enumerate(self.ruleset.judgements) if judgement.rule == rule]

    def _rows(self, truths: list[list[Truth]], positions: Iterable[int]) -> list[Truth]:
        return [truth for position in positions for truth in truths[position]]


def _spared(encoding: Encoding, number: int) -> Truth:
    """Whether a row breaches a rule that this exception, and no other, suspends for the plan."""
    exemptions, spared = encoding.ruleset.exemptions, []
    for position, judgement in enumerate(encoding.ruleset.judgements):
        if judgement.rule in exemptions[number].rules:
            others = (n for n, item in enumerate(exemptions) if n != number and judgement.rule in item.rules)
            otherwise = no(some(encoding.exempt(other) for other in others))
            rows = encoding.facts[judgement.entity]
            spared += [both(otherwise, encoding.breach_if_active(position, row)) for row in rows]
    return some(spared)
