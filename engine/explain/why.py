"""Why a rule decided as it did on one subject: a tree from the verdict down to clause, parameter and lines of the plan.

The tree is built from the formulas that evaluators read and from the facts they judge. It explains a verdict that was
reached without it: `justify` is told what the engine found, and raises where the tree would say otherwise.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from ..base.as_json import HIDDEN, AsJson, as_json
from ..base.problem import ENGINE, REFERENCE, Path, Place, Problem, Unreadable
from ..base.suggest import did_you_mean, letters, one_of
from ..base.text import Text
from ..directive.describing import MODALITIES, clause_of, filled_in, parameters_of, place_in_source, rule_of
from ..directive.formula import TRUE, And, Atom, Exists, Formula, Not, Or, atom_holds, holds, witnesses
from ..directive.pack import Pack
from ..directive.phrasing import render, setting
from ..directive.ruleset import Judgement, Suspension
from ..directive.sentences import atom_words, exists_words, value_words
from ..documents.document import Document
from ..evaluation.grounds import about
from ..evaluation.hits import subject as subject_of
from ..evaluation.verdict import Finding, Subject, Verdict
from ..evaluation.wording import place as place_of
from ..evaluation.wording import worded
from ..model.called import called
from ..model.description import Description
from ..model.facts import Entity, Row, entities, flatten
from ..model.privacy import line_without_cards, presentable
from ..model.records import DocumentRecord

Outcome = Literal["finding", "passed", "not_applicable"]
Kind = Literal[
    "verdict",
    "clause",
    "layer",
    "reading",
    "exception",
    "waiver",
    "settings",
    "scope",
    "requirement",
    "condition",
    "row",
]

_MOST_NAMED: Final = 20
"""How many of the names that there are a message names."""
MOST_ROWS: Final = 3
"""How many rows are shown of those that a condition found, or nearly found."""
MOST_SUBJECTS: Final = 3
"""How many subjects are justified when none is named and no finding is made."""


@dataclass(frozen=True, slots=True)
class Reason(AsJson):
    """One step: what is said, whether it holds (None where that is no question), where that stands, and why."""

    kind: Kind
    text: Text
    holds: bool | None = None
    place: Place | None = None
    line: str | None = None
    parts: tuple["Reason", ...] = ()

    def to_json(self) -> dict[str, object]:
        document: dict[str, object] = {"kind": self.kind, "text": self.text.to_json(), "holds": self.holds}
        if self.place is not None:
            document["location"] = self.place.to_json()
        if self.line is not None:
            document["line"] = self.line
        document["parts"] = as_json(self.parts)
        return document


@dataclass(frozen=True, slots=True)
class Justification(AsJson):
    """The tree for one subject of one rule."""

    rule: str
    outcome: Outcome
    subject: Subject
    tree: Reason
    about: Text = field(default=Text("", ""), metadata=HIDDEN)
    """The subject, as people call it."""


def justify(
    pack: Pack, code: str, subject: str | None, plan: DocumentRecord, document: Document, verdict: Verdict
) -> tuple[Justification, ...]:
    """Why the rule decided as it did on the subject; without one, on every finding, or else on the first few subjects.

    `verdict` is the engine's, with what held. Raises Unreadable for a rule or subject that is not there.
    """
    rule = rule_of(pack, code)
    if rule is None:
        clause = clause_of(pack, code)
        if clause is not None:
            raise Unreadable(_no_rule(clause.id, [rule.id for rule in pack.rules if clause.id in rule.clause]))
        raise Unreadable(_unknown(Text("quy tắc", "rule"), code, pack.ruleset.rules, Place(code)))
    why = _Justifier(pack, plan, document)
    found = list(why.every(rule.id))
    _agree(rule.id, found, verdict, document)
    findings = {finding.subject: finding for finding in verdict.findings if finding.rule == rule.id}
    found = [_waived(item, findings) for item in found]
    if subject is not None:
        chosen = [one for one in found if one.subject.id.casefold() == subject.casefold()]
        chosen = chosen or [one for one in found if letters(subject) in letters(one.about.vi)]
        if not chosen:
            names = list(dict.fromkeys(one.about.vi for one in found))
            ids = [one.subject.id for one in found]
            raise Unreadable(_unknown(Text("đối tượng", "subject"), subject, names, Place(document.file), ids))
        return tuple(chosen)
    breaches = [item for item in found if item.outcome == "finding"]
    if breaches:
        return tuple(breaches)
    passed = [item for item in found if item.outcome == "passed"]
    return tuple((passed or found)[:MOST_SUBJECTS])


def _agree(rule: str, found: Sequence[Justification], verdict: Verdict, document: Document) -> None:
    """The tree and the engine say the same; anything else is a failure of the program, told as such."""
    ours = {item.subject for item in found if item.outcome == "finding"}
    theirs = {finding.subject for finding in verdict.findings if finding.rule == rule}
    if ours != theirs:
        raise Unreadable(
            Problem(
                ENGINE,
                Text(
                    f"Lời giải thích của {rule} không khớp với kết luận, nên không đưa ra",
                    f"The justification of {rule} does not agree with the verdict, so none is given",
                ),
                Text("Gửi tệp này cho bộ phận hỗ trợ", "Send this file to the maintainers"),
                Place(document.file),
            )
        )


def _no_rule(clause: str, rules: Sequence[str]) -> Problem:
    """What there is to say where a clause is named instead of one of its rules."""
    shown = ", ".join(rules)
    return Problem(
        REFERENCE,
        Text(f"“{clause}” là điều khoản, không phải quy tắc", f"“{clause}” is a clause, not a rule"),
        Text(
            f"Dùng quy tắc của điều khoản đó: {shown}" if rules else f"Xem: thamdinh explain {clause}",
            f"Use a rule of it: {shown}" if rules else f"See: thamdinh explain {clause}",
        ),
        Place(clause),
    )


def _unknown(what: Text, name: str, known: Sequence[str], place: Place, ids: Sequence[str] = ()) -> Problem:
    some = one_of([*known[:_MOST_NAMED], *["…"] * (len(known) > _MOST_NAMED)])
    return Problem(
        REFERENCE,
        Text(f"Không có {what.vi} “{name}”", f"There is no {what.en} “{name}”"),
        did_you_mean(name, [*ids, *known], some),
        place,
    )


def _waived(item: Justification, findings: dict[Subject, Finding]) -> Justification:
    """The justification with the waiver of its finding, where it has one."""
    finding = findings.get(item.subject) if item.outcome == "finding" else None
    if finding is None or finding.waived is None:
        return item
    waived = finding.waived
    who = ", ".join(str(waived[name]) for name in ("approved_by", "document", "valid_until") if name in waived)
    said, by = waived.get("reason", ""), f" ({who})" if who else ""
    vi, en = (said["vi"], said["en"]) if isinstance(said, dict) else (said, said)
    reason = Reason("waiver", Text(f"Phát hiện này không tính: {vi}{by}", f"The finding is not counted: {en}{by}"))
    return _with_first(item, reason)


def switched_off(found: Iterable[Justification], by: str) -> tuple[Justification, ...]:
    """The justifications, each of which says first that an appraisal does not check its rule, and by which settings."""
    return tuple(
        _with_first(
            item,
            Reason(
                "settings",
                Text(
                    f"{item.rule} đang bị tắt ({by}): thẩm định không kiểm tra quy tắc này; dưới đây là kết luận nếu có kiểm tra",
                    f"{item.rule} is switched off ({by}): appraisals do not check it; what follows is what they would find",
                ),
            ),
        )
        for item in found
    )


def _with_first(item: Justification, reason: Reason) -> Justification:
    """The justification with one more reason before the others."""
    return replace(item, tree=replace(item.tree, parts=(reason, *item.tree.parts)))


class _Justifier:
    """What the trees of one plan share: the facts that are judged, and the facts as they may be shown."""

    def __init__(self, pack: Pack, plan: DocumentRecord, document: Document) -> None:
        self._pack = pack
        self._document = document
        self._known, self._called = plan.known, called(plan.known)
        self._entities, self._whole = entities(plan.known), entities(plan.known)[plan.known.whole]
        self._facts = flatten(plan, pack.ruleset.readings)
        self._shown = flatten(presentable(plan), pack.ruleset.readings)
        self._line_without_cards = line_without_cards(document)

    def every(self, rule: str) -> Iterator[Justification]:
        """One justification for each row and judgement of the rule; one for the plan where an exception suspends it."""
        ruleset = self._pack.ruleset
        [plan] = self._facts[self._whole.name]
        for exemption in ruleset.exemptions:
            if rule in (*exemption.rules, *exemption.across) and holds(exemption.when, plan, self._facts):
                yield self._suspended(rule, exemption)
                return
        if rule in ruleset.rules_across:
            yield self._only_across(next(judgement for judgement in ruleset.across if judgement.rule == rule))
            return
        judged = [judgement for judgement in ruleset.judgements if judgement.rule == rule]
        rows = [(judgement, number) for judgement in judged for number in range(len(self._facts[judgement.entity]))]
        if not rows:
            yield self._nothing(judged[0])
        for judgement, number in rows:
            yield self._judged(judgement, number)

    def _suspended(self, rule: str, exemption: Suspension) -> Justification:
        exception = self._exception(exemption, suspends=True)
        text = Text(
            f"{rule} không áp dụng cho {self._called.one.vi} này, theo {exemption.id}",
            f"{rule} is not applicable to this {self._called.one.en}, by {exemption.id}",
        )
        tree = Reason("verdict", text, None, parts=(*self._clauses([exemption.id]), exception))
        return Justification(rule, "not_applicable", Subject(self._whole.name, self._whole.subject), tree)

    def _only_across(self, judgement: Judgement) -> Justification:
        text = Text(
            f"{judgement.rule} chỉ xét khi rà soát nhiều {self._called.many.vi} cùng lúc (thamdinh audit): {judgement.title.vi}",
            f"{judgement.rule} is judged only where many {self._called.many.en} are audited together (thamdinh audit): {judgement.title.en}",
        )
        tree = Reason("verdict", text, None, parts=tuple(self._clauses(judgement.clauses)))
        return Justification(judgement.rule, "not_applicable", Subject(self._whole.name, self._whole.subject), tree)

    def _nothing(self, judgement: Judgement) -> Justification:
        entity = self._entities[judgement.entity]
        text = Text(
            f"{judgement.rule} không có gì để xét: {self._called.one.vi} không ghi {entity.label.vi} nào",
            f"{judgement.rule} has nothing to judge: the {self._called.one.en} has no {entity.label.en}",
        )
        tree = Reason("verdict", text, None, parts=tuple(self._clauses(judgement.clauses)))
        return Justification(judgement.rule, "not_applicable", Subject(self._whole.name, self._whole.subject), tree)

    def _judged(self, judgement: Judgement, number: int) -> Justification:
        entity = self._entities[judgement.entity]
        row, shown = self._facts[entity.name][number], self._shown[entity.name][number]
        applies = holds(judgement.where, row, self._facts)
        kept = holds(judgement.require, row, self._facts)
        subject = subject_of(judgement, shown)
        outcome: Outcome = "not_applicable" if not applies else "passed" if kept else "finding"
        place = place_of(judgement, row, self._facts, self._document)
        parts = [*self._clauses(judgement.clauses), *self._layers(judgement), *self._readings(judgement)]
        parts += [
            self._exception(exemption, suspends=False)
            for exemption in self._pack.ruleset.exemptions
            if judgement.rule in exemption.rules
        ]
        if judgement.where != TRUE:
            scope = self._condition(judgement.where, row, entity)
            words = (
                Text("Quy tắc chỉ xét khi", "The rule applies where")
                if applies
                else Text(
                    "Quy tắc không xét ở đây, vì chỉ xét khi", "The rule does not apply here, as it applies only where"
                )
            )
            parts.append(Reason("scope", words, applies, parts=scope))
        if applies:
            require = self._condition(judgement.require, row, entity)
            parts.append(Reason("requirement", self._sentence(judgement.rule), kept, parts=require))
        said = {
            "finding": render(worded(judgement, row, self._facts).message, self._shown.named(shown), entity.fields),
            "passed": Text(f"Đạt: {judgement.title.vi}", f"Held: {judgement.title.en}"),
            "not_applicable": Text(f"Không xét: {judgement.title.vi}", f"Not applicable: {judgement.title.en}"),
        }[outcome]
        who = about(judgement, shown, self._shown)
        text = Text(f"{judgement.rule}, {who.vi}: {said.vi}", f"{judgement.rule}, {who.en}: {said.en}")
        verdict = {"finding": False, "passed": True, "not_applicable": None}[outcome]
        return Justification(judgement.rule, outcome, subject, self._at(place, "verdict", text, verdict, parts), who)

    def _clauses(self, names: Iterable[str]) -> Iterator[Reason]:
        clauses = {clause.id: clause for clause in self._pack.directive.clauses}
        for name in names:
            clause = clauses[name]
            modality = MODALITIES[clause.modality]
            vi, en = place_in_source(clause, "vi"), place_in_source(clause, "en")
            yield Reason(
                "clause",
                Text(
                    f"Điều khoản {name} ({modality.vi}; {vi}): {clause.text.vi}",
                    f"Clause {name} ({modality.en}; {en}): {clause.text.en}",
                ),
            )

    def _layers(self, judgement: Judgement) -> Iterator[Reason]:
        for change in judgement.amendments:
            text = Text(
                f"{change.issuer.vi} ({change.directive}) đổi {change.title.vi}: {change.after.vi} thay cho {change.before.vi}",
                f"{change.issuer.en} ({change.directive}) changes {change.title.en}: {change.after.en} instead of {change.before.en}",
            )
            yield Reason("layer", text, parts=tuple(self._clauses([change.clause])))

    def _readings(self, judgement: Judgement) -> Iterator[Reason]:
        rule = rule_of(self._pack, judgement.rule)
        assert rule is not None
        for parameter in parameters_of(self._pack, rule):
            value, reason = setting(parameter.value), parameter.reason
            yield Reason(
                "reading",
                Text(
                    f"Cách hiểu được chọn ({parameter.clause}): {parameter.title.vi}: {value.vi}. {reason.vi}",
                    f"Reading chosen ({parameter.clause}): {parameter.title.en}: {value.en}. {reason.en}",
                ),
            )

    def _sentence(self, code: str) -> Text:
        """What the rule requires, as its pack words it."""
        rule = rule_of(self._pack, code)
        if rule is None or rule.sentence is None:
            return Text("Quy tắc đòi hỏi", "The rule requires")
        vi, en = filled_in(self._pack, rule.sentence, "vi"), filled_in(self._pack, rule.sentence, "en")
        return Text(f"Quy tắc đòi hỏi: {vi}", f"The rule requires: {en}")

    def _exception(self, exemption: Suspension, *, suspends: bool) -> Reason:
        [plan] = self._facts[self._whole.name]
        written = next(item for item in self._pack.directive.exceptions if item.id == exemption.id)
        words = Text(
            f"Ngoại lệ {exemption.id} {'được áp dụng' if suspends else 'không áp dụng'}: {written.reason.vi}",
            f"Exception {exemption.id} {'applies' if suspends else 'does not apply'}: {written.reason.en}",
        )
        return Reason("exception", words, suspends or None, parts=self._condition(exemption.when, plan, self._whole))

    def _condition(self, formula: Formula, row: Row, entity: Entity) -> tuple[Reason, ...]:
        """A conjunction's parts stand by themselves; anything else is one reason."""
        parts = formula.parts if isinstance(formula, And) else (formula,)
        return tuple(self._reason(part, row, entity) for part in parts)

    def _reason(self, formula: Formula, row: Row, entity: Entity) -> Reason:
        true = holds(formula, row, self._facts)
        match formula:
            case Atom():
                return self._atom(formula, row, entity, true)
            case Exists():
                return self._some(formula, row, entity, true)
            case Not(Exists() as part):
                return self._none(part, row, entity, true)
            case Not(Atom() as part):
                inner = self._atom(part, row, entity, not true)
                text = Text(f"không phải: {inner.text.vi}", f"not: {inner.text.en}")
                return Reason("condition", text, true, inner.place, inner.line)
            case Not(part):
                words = Text("Không được có điều sau", "It must not be that")
                return Reason("condition", words, true, parts=self._condition(part, row, entity))
            case Or():
                words = Text("Chỉ cần một trong các điều sau", "One of these is enough")
                alternatives = tuple(self._reason(part, row, entity) for part in formula.parts)
                return Reason("condition", words, true, parts=alternatives)
            case And():
                words = Text("Phải đủ các điều sau", "All of these are needed")
                return Reason("condition", words, true, parts=self._condition(formula, row, entity))

    def _atom(self, atom: Atom, row: Row, entity: Entity, true: bool) -> Reason:
        words = atom_words(atom, entity)
        shown = self._as_shown(row)
        names = [name for name in (atom.field, atom.other) if name is not None]
        said = self._shown.named(shown)
        values = [(entity.fields[name].label, value_words(said, name, entity)) for name in names]
        vi = ", ".join(value.vi if len(values) == 1 else f"{label.vi} {value.vi}" for label, value in values)
        en = ", ".join(value.en if len(values) == 1 else f"{label.en} {value.en}" for label, value in values)
        text = Text(
            f"{words.vi} ({self._called.one.vi} ghi: {vi})", f"{words.en} (the {self._called.one.en} has: {en})"
        )
        place = self._document.place((*row.path, *field_path(self._known, entity.name, atom.field)))
        return self._at(place, "condition", text, true, self._counted(atom, entity))

    def _counted(self, atom: Atom, entity: Entity) -> tuple[Reason, ...]:
        """The rows, where a condition is about what they add up to."""
        fact = self._known.entities[entity.name].field(atom.field)
        if fact is None or fact.function not in ("half_days", "count", "sum"):
            return ()
        steps = _list_of(self._known, fact.of or "")
        of = next(
            (one.name for one in self._known.facts if self._known.steps(one.rows) == steps and not one.distinct), None
        )
        words = Text("tính từ", "counted from")
        return tuple(self._row(row, words, None, ()) for row in self._facts[of]) if of else ()

    def _some(self, exists: Exists, row: Row, entity: Entity, true: bool) -> Reason:
        words = exists_words(exists, entity, self._shown.named(self._as_shown(row)))
        if true:
            parts = self._rows(exists, witnesses(exists, row, self._facts), Text("có dòng này", "this row"))
            return Reason("condition", Text(f"có {words.vi}", f"there is a {words.en}"), True, parts=parts)
        text = Text(f"phải có {words.vi}, nhưng không có", f"there must be a {words.en}, and there is none")
        # Rows that are about the same, and fail in what else is asked, are what the author of the plan meant.
        near = witnesses(Exists(exists.entity, (), exists.joins), row, self._facts) if exists.atoms else ()
        parts = self._rows(exists, near, Text("dòng gần đúng nhưng chưa đạt", "a row that comes near, and fails"))
        return Reason("condition", text, False, parts=parts)

    def _none(self, exists: Exists, row: Row, entity: Entity, true: bool) -> Reason:
        words = exists_words(exists, entity, self._shown.named(self._as_shown(row)))
        text = Text(f"không được có {words.vi}", f"there must be no {words.en}")
        found = self._rows(
            exists, witnesses(exists, row, self._facts), Text("nhưng có dòng này", "but there is this row")
        )
        return Reason("condition", text, true, parts=found)

    def _rows(self, exists: Exists, rows: Iterable[Row], words: Text) -> tuple[Reason, ...]:
        """The first rows, each with what is asked of it."""
        rows, entity = list(rows), self._entities[exists.entity]
        parts = []
        for row in rows[:MOST_ROWS]:
            asked = [self._atom(atom, row, entity, atom_holds(atom, row.values)) for atom in exists.atoms]
            parts.append(self._row(row, words, None, tuple(asked)))
        if len(rows) > MOST_ROWS:
            more = len(rows) - MOST_ROWS
            parts.append(Reason("row", Text(f"và {more} dòng khác", f"and {more} more rows")))
        return tuple(parts)

    def _row(self, row: Row, words: Text, true: bool | None, parts: tuple[Reason, ...]) -> Reason:
        entity, shown = self._entities[row.entity], self._as_shown(row)
        facts = self._known.entities[row.entity].fields
        numbered = any(fact.function == "position" for fact in facts)  # its number alone would tell nobody which it is
        names = [
            fact.name
            for fact in facts
            if (fact.name in entity.key or (numbered and entity.fields[fact.name].type in ("date", "instant")))
        ]
        names = names if numbered else [*entity.key]
        said = self._shown.named(shown)
        named = [(entity.fields[name].label, value_words(said, name, entity)) for name in names]
        vi = ", ".join(f"{label.vi} {value.vi}" for label, value in named)
        en = ", ".join(f"{label.en} {value.en}" for label, value in named)
        text = Text(f"{words.vi}: {entity.label.vi} ({vi})", f"{words.en}: {entity.label.en} ({en})")
        return self._at(self._document.place(row.path), "row", text, true, parts)

    def _as_shown(self, row: Row) -> Row:
        rows = self._facts[row.entity]
        return self._shown[row.entity][next(number for number, other in enumerate(rows) if other is row)]

    def _at(self, place: Place, kind: Kind, text: Text, true: bool | None, parts: Iterable[Reason] = ()) -> Reason:
        line = self._document.excerpt(place)
        shown = None if line is None else self._line_without_cards(place.line or 0, line)
        return Reason(kind, text, true, place, shown, tuple(parts))


def _list_of(known: Description, path: str) -> tuple[str, ...]:
    """The steps of the first list that a path from the whole document leads through."""
    steps = known.steps(path)
    fields = (known.at("/" + "/".join(steps[:number])) for number in range(1, len(steps) + 1))
    return next((steps[:n] for n, field in enumerate(fields, 1) if field is not None and field.type == "rows"), steps)


def field_path(known: Description, entity: str, field: str) -> Path:
    """The way from what a row was made from to what one of its fields was read from."""
    fact = known.entities[entity].field(field) if entity in known.entities else None
    of = None if fact is None else next(iter((fact.match or {}).values()), fact.of)
    if of is None or of == "." or of.startswith(".."):
        return (field,)
    return _list_of(known, of) if of.startswith("/") else tuple(of.split("/"))
