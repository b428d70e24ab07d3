"""Layers: a pack that extends another adds to it and makes it stricter; what would loosen it is refused.

Stricter means: every plan that breaches a rule of the upper pack still breaches it. Which way that is for a parameter
follows from each place that reads it, never from the parameter itself; where it can't be known, the change is refused.
An upper pack may leave a parameter or a clause to those below (`delegable`).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from ..base.canonical import canonical
from ..base.problem import DUPLICATE, REFERENCE, Path
from ..base.severity import IN_WORDS, SEVERITIES
from ..base.suggest import did_you_mean, plain
from ..base.text import Text
from .conditions import Condition, Reference, Scalar, Test
from .lowering import RuleError
from .operators import OPERATORS, Narrowing
from .phrasing import inert, setting
from .ruleset import Amendment, Judgement, Said
from .written import Directive, ExceptionClause, Parameter, ParameterReference, Rule

LOOSENED: Final = "LY001"
"""A layer would loosen the pack it extends, or would change it in a way whose effect can't be known."""

Setting = Scalar | tuple[Scalar, ...]
Refuse = Callable[[RuleError, Rule | None], None]


@dataclass(frozen=True, slots=True)
class Use:
    """One place that reads a parameter: a rule or exception, its clauses, and how what it accepts narrows.

    `fewer`: the reader is the stricter the fewer values the test accepts; otherwise the more it accepts.
    """

    reader: str
    clauses: tuple[str, ...]
    narrows: Narrowing | None
    fewer: bool

    def allows(self, old: Setting, new: Setting) -> bool:
        """Whether the reader is at least as strict with the new value as with the old."""
        if self.narrows is None:
            return old == new
        narrower = _NARROWER[self.narrows]
        return narrower(_items(old), _items(new)) if self.fewer else narrower(_items(new), _items(old))


_NARROWER: Final[dict[Narrowing, Callable[[Any, Any], bool]]] = {
    "higher": lambda old, new: old[0] <= new[0],
    "lower": lambda old, new: new[0] <= old[0],
    "within": lambda old, new: old[0] <= new[0] and new[1] <= old[1],
    "fewer": lambda old, new: set(new) <= set(old),
    "more": lambda old, new: set(old) <= set(new),
}
"""Whether a test that accepts with the new operand would have accepted with the old one too, whatever it is asked."""


def uses(parameter: str, rules: Iterable[Rule], exceptions: Iterable[ExceptionClause]) -> list[Use]:
    """Every place that reads the parameter in a condition."""
    found = []
    for rule in rules:
        # A breach is `where` without `require`: it grows with what `where` accepts and shrinks with what `require` does.
        for condition, fewer in ((rule.where, False), (rule.require, True)):
            found += [Use(rule.id, rule.clause, *reading) for reading in _read(condition, parameter, fewer)]
        if any(isinstance(values, ParameterReference) and values.param == parameter for values in rule.for_.values()):
            found.append(Use(rule.id, rule.clause, "fewer", False))
    for exception in exceptions:
        # The fewer plans an exception takes out, the stricter are the rules it suspends.
        found += [Use(exception.id, (exception.id,), *reading) for reading in _read(exception.when, parameter, True)]
    return found


def _read(condition: Condition, parameter: str, fewer: bool) -> Iterator[tuple[Narrowing | None, bool]]:
    """How each test that compares with the parameter narrows, and whether strictness grows with fewer accepted values."""
    yield from _compared(condition.fields.values(), parameter, fewer)
    for part in (*condition.all, *condition.any):
        yield from _read(part, parameter, fewer)
    if condition.not_ is not None:
        yield from _read(condition.not_, parameter, not fewer)
    for match in condition.some.values():
        yield from _compared(match.values(), parameter, fewer)
    for match in condition.none.values():
        yield from _compared(match.values(), parameter, not fewer)


def _compared(tests: Iterable[Test], parameter: str, fewer: bool) -> Iterator[tuple[Narrowing | None, bool]]:
    for test in tests:
        if isinstance(test.operand, Reference) and test.operand.param == parameter:
            yield OPERATORS[test.operator].narrows, fewer


def _items(value: Setting) -> tuple[Scalar, ...]:
    return value if isinstance(value, tuple) else (value,)


@dataclass(frozen=True)
class Layered:
    """A directive with all that stands above it: one directive, its rules, and what was changed of the upper one.

    `origins` gives for a section and a position in it the position in the lower pack's own file, where it stands there.
    """

    directive: Directive
    rules: tuple[Rule, ...]
    amendments: tuple[tuple[tuple[str, ...], Amendment], ...]
    origins: dict[tuple[str, int], int]


def layered(
    upper: Directive, upper_rules: Sequence[Rule], lower: Directive, lower_rules: Sequence[Rule], report: Refuse
) -> Layered:
    """The lower pack put on the upper one. `report` is told of each error, its path in the lower pack's own files."""
    layer = _Layer(upper, upper_rules, lower, report)
    layer.check_head()
    for rule in lower_rules:
        layer.check_code(rule)
    severities = layer.severities()
    parameters = layer.parameters()
    layer.check_exceptions()
    rules = [
        *(
            rule.model_copy(update={"severity": severities[rule.id]}) if rule.id in severities else rule
            for rule in upper_rules
        ),
        *lower_rules,
    ]
    directive = lower.model_copy(
        update={
            "clauses": upper.clauses + lower.clauses,
            "parameters": parameters,
            "exceptions": upper.exceptions + lower.exceptions,
            "readings": upper.readings or lower.readings,
            "waivers": lower.waivers or upper.waivers,
            "vocabulary": upper.vocabulary + lower.vocabulary,
            "area": lower.area or upper.area,
        }
    )
    return Layered(directive, tuple(rules), tuple(layer.amendments), layer.origins(parameters))


class _Layer:
    """One pack on another: what it changes, checked."""

    def __init__(self, upper: Directive, rules: Sequence[Rule], lower: Directive, report: Refuse) -> None:
        self.upper, self.lower, self.rules = upper, lower, {rule.id: rule for rule in rules}
        self.amendments: list[tuple[tuple[str, ...], Amendment]] = []
        self._report = report
        self._clauses = {clause.id: clause for clause in upper.clauses}

    def _refuse(self, path: Path, message: Text, fix: Text, code: str = LOOSENED) -> None:
        self._report(RuleError(path, message, fix, code), None)

    def origins(self, parameters: Sequence[Parameter]) -> dict[tuple[str, int], int]:
        """Where the lower pack's own clauses, exceptions and parameters stand in what was put together."""
        own = {id(parameter): number for number, parameter in enumerate(self.lower.parameters)}
        found = {("parameters", at): own[id(item)] for at, item in enumerate(parameters) if id(item) in own}
        for section, above, below in (
            ("clauses", self.upper.clauses, self.lower.clauses),
            ("exceptions", self.upper.exceptions, self.lower.exceptions),
            ("vocabulary", self.upper.vocabulary, self.lower.vocabulary),
        ):
            found |= {(section, len(above) + number): number for number in range(len(below))}
        return found

    def check_head(self) -> None:
        """The lower pack is for plans and days that the upper one is for, and reads half days as it does.

        One for another term judges no plan that the upper one is for: it takes over the rules, and has an area and days of its own.
        """
        upper, lower = self.upper, self.lower
        same_term = plain(canonical(lower.term)) == plain(canonical(upper.term))
        for name, outside in (
            ()
            if not same_term
            else (
                ("valid_from", lower.valid_from < upper.valid_from),
                ("valid_to", lower.valid_to > upper.valid_to),
            )
        ):
            if outside:
                dates = f"{upper.valid_from:%d/%m/%Y}–{upper.valid_to:%d/%m/%Y}"
                self._outside(name, f"thời gian {dates}", f"the days {dates}")
        above, below = upper.jurisdiction, lower.jurisdiction
        if same_term and (below.province != above.province or above.district not in (None, below.district)):
            place = above.district or above.province
            self._outside("jurisdiction", f"địa bàn {place}", f"the area of {place}")
        if above.kind is not None and (below.kind is None or not set(below.kind) <= set(above.kind)):
            kinds = setting(above.kind)
            self._outside("jurisdiction", f"loại hình {kinds.vi}", f"the kinds {kinds.en}")
        if upper.readings is not None and lower.readings is not None:
            self._refuse(
                ("readings",),
                Text(
                    f"Cách tính buổi là của bộ {upper.id}, bộ dưới không đặt lại được",
                    f"How half days count is for {upper.id} to say",
                ),
                Text("Bỏ mục readings", "Drop readings"),
            )

    def _outside(self, name: str, vi: str, en: str) -> None:
        self._refuse(
            (name,),
            Text(
                f"Bộ dưới vượt ra ngoài {vi} của bộ {self.upper.id}", f"The pack reaches beyond {en} of {self.upper.id}"
            ),
            Text("Chọn giá trị nằm trong phạm vi của bộ trên", "Stay inside what the upper pack is for"),
        )

    def check_code(self, rule: Rule) -> None:
        """No rule of the upper pack is replaced."""
        if rule.id.casefold() in {known.casefold() for known in self.rules}:
            self._report(
                RuleError(
                    ("id",),
                    Text(
                        f"Quy tắc {rule.id} là của bộ {self.upper.id}, bộ dưới không thay được",
                        f"Rule {rule.id} is one of {self.upper.id}, and can't be replaced",
                    ),
                    Text(
                        "Đặt mã khác cho quy tắc mới; muốn siết quy tắc cũ thì khai báo lại tham số hoặc dùng severities",
                        "Give the new rule another code; declare a parameter anew, or use severities, to make the old one stricter",
                    ),
                    DUPLICATE,
                ),
                rule,
            )

    def severities(self) -> dict[str, str]:
        """The severities that rise, by rule."""
        changed: dict[str, str] = {}
        for number, change in enumerate(self.lower.severities):
            path = ("severities", number)
            rule = self.rules.get(change.rule)
            if rule is None:
                self._unknown((*path, "rule"), change.rule, self.rules, Text("quy tắc", "rule"))
                continue
            known = [*self._clauses, *(clause.id for clause in self.lower.clauses)]
            if change.clause not in known:
                self._unknown((*path, "clause"), change.clause, known, Text("điều khoản", "clause"))
            falls = SEVERITIES.index(change.severity) > SEVERITIES.index(rule.severity)
            if falls and not all(self._clauses[clause].delegable for clause in rule.clause):
                before, after = IN_WORDS[rule.severity], IN_WORDS[change.severity]
                self._refuse(
                    (*path, "severity"),
                    Text(
                        f"Hạ mức độ của {rule.id} từ {before.vi} xuống {after.vi} là nới lỏng điều khoản {', '.join(rule.clause)} của bộ {self.upper.id}",
                        f"Lowering {rule.id} from {before.en} to {after.en} loosens clause {', '.join(rule.clause)} of {self.upper.id}",
                    ),
                    Text(
                        f"Giữ mức {before.vi} hoặc cao hơn; bộ trên cho phép hạ khi ghi delegable: true ở điều khoản",
                        f"Keep {before.en} or above; the upper pack allows it with delegable: true at the clause",
                    ),
                )
            if change.severity != rule.severity:
                changed[rule.id] = change.severity
                title = Text("mức độ", "severity")
                levels = IN_WORDS[rule.severity], IN_WORDS[change.severity]
                self._amend((rule.id,), change.clause, rule.id, title, *levels, falls)
        return changed

    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters of both packs, those that are declared anew with their new value."""
        known = {parameter.id: self._left_of(parameter) for parameter in self.upper.parameters}
        merged = dict(known)
        for number, parameter in enumerate(self.lower.parameters):
            old = known.get(parameter.id)
            if old is not None and not self._declared_anew(old, parameter, ("parameters", number)):
                continue
            merged[parameter.id] = parameter
        return tuple(merged.values())

    def _left_of(self, parameter: Parameter) -> Parameter:
        """A parameter of the upper pack without the members that no document of the lower one can have."""
        retired = {name for change in self.lower.vocabulary for name in change.retire}
        if not isinstance(parameter.value, tuple) or retired.isdisjoint(parameter.value):
            return parameter
        left = tuple(value for value in parameter.value if value not in retired)
        return parameter.model_copy(update={"value": left})

    def _declared_anew(self, old: Parameter, new: Parameter, path: Path) -> bool:
        """Whether the new value may stand; what it changes is kept as an amendment."""
        if _shape(old.value) != _shape(new.value) or old.unit != new.unit:
            was = setting(old.value)
            self._refuse(
                (*path, "value"),
                Text(
                    f"Giá trị của {old.id} không cùng dạng hoặc đơn vị với bộ {self.upper.id}",
                    f"The value of {old.id} has not the form or unit it has in {self.upper.id}",
                ),
                Text(f"Viết cùng dạng với: {was.vi} ({old.unit})", f"Write it in the form of: {was.en} ({old.unit})"),
                REFERENCE,
            )
            return False
        if new.delegable and not old.delegable:
            self._refuse(
                (*path, "delegable"),
                Text(
                    f"Bộ {self.upper.id} không giao {old.id} cho cấp dưới, nên bộ này không giao tiếp được",
                    f"{self.upper.id} keeps {old.id} to itself, so it can't be delegated further",
                ),
                Text("Bỏ delegable", "Drop delegable"),
            )
            return False
        found = uses(old.id, self.rules.values(), self.upper.exceptions)
        if old.value == new.value:
            return True
        if not old.delegable:
            readings = self.upper.readings
            if not found or (readings is not None and old.id in (readings.morning_ends, readings.afternoon_begins)):
                self._undecidable(old, path)
                return False
            loosened = [use for use in found if not use.allows(old.value, new.value)]
            if loosened:
                self._loosened(old, new, loosened[0], found, path)
                return False
        readers = tuple(dict.fromkeys(use.reader for use in found if use.reader in self.rules))
        self._amend(readers, new.clause, new.id, new.title, setting(old.value), setting(new.value), old.delegable)
        return True

    def _undecidable(self, old: Parameter, path: Path) -> None:
        self._refuse(
            (*path, "value"),
            Text(
                f"Không xác định được đổi {old.id} là siết chặt hay nới lỏng điều khoản {old.clause} của bộ {self.upper.id}, nên không được đổi",
                f"Whether a change of {old.id} makes clause {old.clause} of {self.upper.id} stricter can't be known, so it is refused",
            ),
            Text(
                "Thêm một quy tắc riêng thay cho việc đổi tham số này; hoặc đề nghị bộ trên ghi delegable: true",
                "Add a rule of your own instead; or ask for delegable: true in the upper pack",
            ),
        )

    def _loosened(self, old: Parameter, new: Parameter, use: Use, found: Sequence[Use], path: Path) -> None:
        was, now, clauses = setting(old.value), setting(new.value), ", ".join(use.clauses)
        what = Text("ngoại lệ", "exception") if use.reader not in self.rules else Text("quy tắc", "rule")
        mixed = any(other.allows(old.value, new.value) for other in found)
        self._refuse(
            (*path, "value"),
            Text(
                f"Đổi {old.id} từ {was.vi} thành {now.vi} là nới lỏng điều khoản {clauses} của bộ {self.upper.id}: "
                f"{what.vi} {use.reader} sẽ bỏ qua điều trước đây không bỏ qua"
                + (", dù nơi khác có chặt hơn" if mixed else ""),
                f"Changing {old.id} from {was.en} to {now.en} loosens clause {clauses} of {self.upper.id}: "
                f"{what.en} {use.reader} would let pass what it did not"
                + (", though others are stricter" if mixed else ""),
            ),
            _stay_inside(use, was),
        )

    def check_exceptions(self) -> None:
        """A new exception frees documents from the pack's own clauses only, or from what is delegable."""
        own = {clause.id for clause in self.lower.clauses}
        for number, exception in enumerate(self.lower.exceptions):
            for position, clause in enumerate(exception.suspends):
                above = self._clauses.get(clause)
                if above is None or clause in own or above.delegable:
                    continue
                self._refuse(
                    ("exceptions", number, "suspends", position),
                    Text(
                        f"Ngoại lệ này miễn điều khoản {clause} của bộ {self.upper.id}, tức là nới lỏng",
                        f"This exception frees documents from clause {clause} of {self.upper.id}, which loosens it",
                    ),
                    Text(
                        f"Bỏ {clause} khỏi suspends; bộ trên cho phép khi ghi delegable: true ở điều khoản",
                        f"Take {clause} out of suspends; the upper pack allows it with delegable: true at the clause",
                    ),
                )

    def _amend(
        self, rules: tuple[str, ...], clause: str, what: str, title: Text, before: Text, after: Text, delegated: bool
    ) -> None:
        amendment = Amendment(self.lower.id, self.lower.issuer, clause, what, title, before, after, delegated)
        self.amendments.append((rules, amendment))

    def _unknown(self, path: Path, name: str, known: Collection[str], what: Text) -> None:
        self._refuse(
            path,
            Text(f"Không có {what.vi} “{name}”", f"Unknown {what.en} “{name}”"),
            did_you_mean(name, known),
            REFERENCE,
        )


def _shape(value: Setting) -> tuple[bool, frozenset[type]]:
    kinds = {float if isinstance(item, int) and not isinstance(item, bool) else type(item) for item in _items(value)}
    return isinstance(value, tuple), frozenset(kinds)


def _stay_inside(use: Use, was: Text) -> Text:
    """What value would have been stricter for this reader."""
    if use.narrows in ("higher", "lower"):
        more = (use.narrows == "higher") is use.fewer
        return Text(
            f"Chọn giá trị từ {was.vi} trở {'lên' if more else 'xuống'}",
            f"Choose {was.en} or {'more' if more else 'less'}",
        )
    if use.narrows is None:
        return Text(f"Giữ {was.vi}", f"Keep {was.en}")
    if use.fewer is not (use.narrows == "more"):
        return Text(f"Chỉ chọn trong: {was.vi}", f"Choose inside: {was.en}")
    return Text(f"Giữ đủ: {was.vi} (có thể thêm)", f"Keep all of: {was.en} (more may be added)")


def amended(judgement: Judgement, changes: Iterable[tuple[tuple[str, ...], Amendment]]) -> Judgement:
    """The judgement with what layers changed in its rule; its message and title say by whose clause."""
    own = tuple(change for rules, change in changes if judgement.rule in rules)
    if not own:
        return judgement
    note = note_on(own)
    # The remedy is the same for a rule that only weighs heavier.
    on_fix = note_on(change for change in own if change.what != judgement.rule)
    return replace(
        judgement,
        title=Text(judgement.title.vi + note.vi, judgement.title.en + note.en),
        message=_template(judgement.message, note),
        fix=_template(judgement.fix, on_fix),
        wordings=tuple(
            Said(said.when, _template(said.message, note), _template(said.fix, on_fix)) for said in judgement.wordings
        ),
        amendments=judgement.amendments + own,
    )


def note_on(changes: Iterable[Amendment]) -> Text:
    """What layers changed, to be put after the words of a rule: by whose clause, what, and what it was; empty for nothing."""
    by: dict[tuple[str, Text], list[Amendment]] = {}
    for change in changes:
        by.setdefault((change.clause, change.issuer), []).append(change)
    if not by:
        return Text("", "")
    vi, en = [], []
    for (clause, issuer), made in by.items():
        vi.append(
            f"theo {clause} của {issuer.vi}: "
            + _list(f"{c.title.vi} {c.after.vi} thay cho {c.before.vi}" for c in made)
        )
        en.append(
            f"by {clause} of {issuer.en}: " + _list(f"{c.title.en} {c.after.en} instead of {c.before.en}" for c in made)
        )
    return Text(f" [{'; '.join(vi)}]", f" [{'; '.join(en)}]")


def _template(text: Text, note: Text) -> Text:
    return Text(text.vi + inert(note.vi), text.en + inert(note.en))


def _list(items: Iterable[str]) -> str:
    return ", ".join(items)
