"""Lowering: from rules as written to a ruleset. Every name, type and value is checked here, each error with its path."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import Final

from ..base.problem import DUPLICATE, REFERENCE, SCHEMA, Path
from ..base.suggest import did_you_mean, one_of
from ..base.text import Language, Text
from ..model.description import Description
from ..model.description_checks import wrongs
from ..model.document_types import DEFAULT, adapted, available, description
from ..model.facts import Entity, FactField, entities
from ..model.facts_across import across_entities
from ..model.instants import Readings
from . import phrasing
from .conditions import Condition, Match, Reference, Scalar, Test
from .formula import TRUE, And, Atom, Exists, Formula, Not, Operand, Or
from .normal_form import size
from .operators import OPERATORS
from .ruleset import Judgement, Remedy, Ruleset, Said, Suspension
from .written import Directive, ExceptionClause, Parameter, ParameterReference, PlaceElsewhere, Repair, Rule


class RuleError(Exception):
    """A rule that means nothing: the path in its file, what was expected and how to mend it."""

    def __init__(self, path: Path, message: Text, fix: Text, code: str = SCHEMA) -> None:
        super().__init__(message.en)
        self.path, self.message, self.fix, self.code = path, message, fix, code


MOST_CONDITIONS: Final = 2_000
"""Single conditions of one rule once its alternatives are told apart; those that come with the program have 18 at most."""

_CLAUSE: Final = Text("điều khoản", "clause")
_RESERVED: Final = re.compile(r"(?:PL|EN|LY|WV|DR|NT)\d+|README", re.IGNORECASE)


def lower(
    directive: Directive,
    rules: Iterable[Rule],
    report: Callable[[RuleError, Rule | None], None],
    document: str = DEFAULT,
) -> Ruleset:
    """Lower every rule and exception of a directive, which judges documents of this type (an id or a folder).

    `report` is told of each error, with the rule it stands in (None: the error's path starts at the directive).
    """
    known = _vocabulary(directive, document, report)
    context = _Context({parameter.id: parameter for parameter in directive.parameters}, known)
    clauses = [clause.id for clause in directive.clauses]
    judgements: list[Judgement] = []
    across: list[Judgement] = []
    try:
        _check_head(directive, clauses, known)
    except RuleError as error:
        report(error, None)
    for rule in rules:
        try:
            for number, clause in enumerate(rule.clause):
                _known(clause, clauses, ("clause", number), _CLAUSE)
            _check_reserved(rule)
            made = list(_judgements(rule, context))
            if rule.scope == "plan":
                _check_size(made, known)
            (judgements if rule.scope == "plan" else across).extend(made)
        except RuleError as error:
            report(error, rule)
    try:
        exemptions = tuple(
            _exemption(exception, judgements, across, context, ("exceptions", number))
            for number, exception in enumerate(directive.exceptions)
        )
        readings = _readings(directive, context)
    except RuleError as error:
        report(error, None)
        exemptions, readings = (), Readings()
    title = directive.title
    return Ruleset(
        directive.id,
        directive.version,
        title,
        tuple(judgements),
        exemptions,
        readings,
        across=tuple(across),
        document=document,
        vocabulary=directive.vocabulary,
    )


def _vocabulary(directive: Directive, document: str, report: Callable[[RuleError, Rule | None], None]) -> Description:
    """What is known of the documents in the words of the pack, where these agree with all that the description says."""
    known = description(document)
    enumerations = dict(known.enumerations)
    try:
        for number, change in enumerate(directive.vocabulary):
            path: Path = ("vocabulary", number)
            _known(change.enumeration, enumerations, (*path, "enumeration"), Text("bảng từ", "enumeration"))
            members = [member.name for member in enumerations[change.enumeration].members]
            members += [one.name for other in directive.vocabulary[:number] for one in other.add]
            for position, name in enumerate(change.retire):
                _known(name, members, (*path, "retire", position), Text("từ", "member"))
        made = adapted(document, directive.vocabulary)
        for wrong in wrongs(made) if directive.vocabulary else ():
            raise RuleError(("vocabulary",), wrong.message, wrong.fix, wrong.code)
    except RuleError as error:
        report(error, None)
        return known
    return made


def _check_head(directive: Directive, clauses: list[str], known: Description) -> None:
    """Every clause and parameter is there once, and every clause and kind of organisation that is named exists."""
    kinds = [kind.name for kind in known.kinds.members] if known.kinds else []
    for number, kind in enumerate(directive.jurisdiction.kind or ()):
        _known(kind, kinds, ("jurisdiction", "kind", number), Text("giá trị", "value"))
    parameters = [parameter.id for parameter in directive.parameters]
    for section, ids in (("clauses", clauses), ("parameters", parameters)):
        seen: set[str] = set()
        for number, name in enumerate(ids):
            if name.casefold() in seen:
                raise RuleError(
                    (section, number, "id"),
                    Text(f"“{name}” được khai báo hai lần", f"“{name}” is declared twice"),
                    Text("Bỏ bớt hoặc đặt tên khác", "Drop one or rename it"),
                    DUPLICATE,
                )
            seen.add(name.casefold())
    for number, parameter in enumerate(directive.parameters):
        _known(parameter.clause, clauses, ("parameters", number, "clause"), _CLAUSE)
    if directive.waivers is not None:
        path = ("waivers", "who_may_waive")
        _known(directive.waivers.who_may_waive, parameters, path, Text("tham số", "parameter"))
    for number, exception in enumerate(directive.exceptions):
        _known(exception.id, clauses, ("exceptions", number, "id"), _CLAUSE)
        for position, clause in enumerate(exception.suspends):
            _known(clause, clauses, ("exceptions", number, "suspends", position), _CLAUSE)


def _check_reserved(rule: Rule) -> None:
    """No rule is called as a problem is, or as the list of all pages of rules."""
    if _RESERVED.fullmatch(rule.id):
        raise RuleError(
            ("id",),
            Text(f"Mã “{rule.id}” dành riêng cho chương trình", f"The code “{rule.id}” is the program's own"),
            Text(
                "Đặt mã không bắt đầu bằng PL, EN, LY, WV, DR, NT rồi đến số, và không phải README",
                "Choose a code that is not README, nor PL, EN, LY, WV, DR or NT with a number",
            ),
        )


def _check_size(judgements: Sequence[Judgement], known: Description) -> None:
    """The rule engine takes conditions one alternative at a time: a rule must not come to too many."""
    of = entities(known)
    sizes = [
        (size(formula, of[judgement.entity]), path)
        for judgement in judgements
        for formula, path in ((judgement.where, "where"), (Not(judgement.require), "require"))
    ]
    whole = sum(size(And((one.where, Not(one.require))), of[one.entity]) for one in judgements)
    if whole > MOST_CONDITIONS:
        raise RuleError(
            (max(sizes)[1],),
            Text(
                f"Điều kiện của quy tắc này tách ra thành {whole} điều kiện đơn, quá {MOST_CONDITIONS}",
                f"This rule comes to {whole} single conditions once its alternatives are told apart, more than {MOST_CONDITIONS}",
            ),
            Text(
                "Bớt các nhánh any nằm trong cùng một all (in: […] cũng là nhánh), hoặc tách thành nhiều quy tắc",
                "Use fewer alternatives (any, or in: […]) inside one all, or write several rules",
            ),
        )


def _readings(directive: Directive, context: "_Context") -> Readings:
    if directive.readings is None:
        return Readings()
    names = directive.readings
    return Readings(
        context.time_of_day(names.morning_ends, ("readings", "morning_ends")),
        context.time_of_day(names.afternoon_begins, ("readings", "afternoon_begins")),
    )


def _exemption(
    exception: ExceptionClause, judgements: list[Judgement], across: list[Judgement], context: "_Context", path: Path
) -> Suspension:
    when = context.condition(exception.when, entities(context.known)[context.known.whole], (*path, "when"))
    suspended = set(exception.suspends)
    rules, rules_across = (
        tuple(dict.fromkeys(item.rule for item in judged if suspended.issuperset(item.clauses)))
        for judged in (judgements, across)
    )
    return Suspension(exception.id, when, rules, rules_across, exception.suspends)


def _check_pairs(each: str, known: Description) -> None:
    """Documents that are judged beside those of another type name lists that these have."""
    pairs = next((entity.pairs for entity in known.across if entity.name == each), None)
    if pairs is None:
        return
    _known(pairs.document, available(), ("each",), Text("loại tài liệu", "type of document"))
    theirs, beside = pairs.theirs, description(pairs.document)
    for path, within in ((theirs.rows, "/"), (theirs.of, theirs.rows)):
        if beside.at(path, within) is None:
            raise RuleError(
                ("each",),
                Text(
                    f"“{each}” đối chiếu với “{path}”, mà loại “{beside.label.vi}” không có",
                    f"“{each}” pairs documents by “{path}”, which those of the type “{beside.label.en}” do not have",
                ),
                Text("Sửa pairs trong mô tả loại tài liệu", "Mend pairs in the description of the type"),
                REFERENCE,
            )


def _judgements(rule: Rule, context: "_Context") -> Iterable[Judgement]:
    if rule.undecided and rule.scope == "plan":
        raise RuleError(
            ("undecided",),
            Text("undecided chỉ dùng cho quy tắc có scope: audit", "undecided only stands in rules with scope: audit"),
            Text("Bỏ undecided, hoặc thêm scope: audit", "Drop undecided, or add scope: audit"),
        )
    known = context.known
    entity = _entity(rule.each, ("each",), across_entities(known) if rule.scope == "audit" else entities(known))
    if rule.scope == "audit":
        _check_pairs(rule.each, known)
    for bindings in _bindings(rule, context):
        scope = _Context(context.parameters, known, bindings, across=rule.scope == "audit")
        where = scope.condition(rule.where, entity, ("where",))
        require = scope.condition(rule.require, entity, ("require",))
        undecided = tuple(
            (scope.condition(case.when, entity, ("undecided", number, "when")), scope.resolved(case.reason))
            for number, case in enumerate(rule.undecided)
        )
        wordings = tuple(
            Said(
                scope.condition(said.when, entity, ("wordings", number, "when")),
                scope.resolved(said.message),
                scope.resolved(said.fix or rule.fix),
            )
            for number, said in enumerate(rule.wordings)
        )
        _check_template_names(rule, entity, scope)
        subject = entity.subject if rule.subject is None else scope.resolve(rule.subject.id, plain=True)
        if rule.subject is None:
            subject = re.sub(r"\{(\w+)\}", rf"{{{entity.name}.\1}}", subject)
        key, elsewhere = rule.place, None
        if isinstance(key, PlaceElsewhere):
            [(name, match)] = key.in_.items()
            key, elsewhere = key.key, scope.exists(name, match, entity, ("place", "in", name))
            if key:
                _check_place(key, name, ("place", "key"), known)
        elif key:
            _check_place(key, entity.name, ("place",), known)
        yield Judgement(
            rule.id,
            rule.clause[0],
            rule.clause,
            rule.severity,
            rule.title,
            entity.name,
            bindings,
            where,
            require,
            entity.name if rule.subject is None else rule.subject.entity,
            subject,
            tuple(key.split(".")) if key else (),
            scope.resolved(rule.message),
            scope.resolved(rule.fix),
            scope.remedy(rule.repair),
            undecided=undecided,
            elsewhere=elsewhere,
            wordings=wordings,
        )


def _check_place(key: str, entity: str, path: Path, known: Description) -> None:
    """A place is a field of the rows that an entity has in the document, or a field of a record there."""
    rows = next((one.rows for one in known.facts if one.name == entity), None)
    record = None if rows is None else known.record_at(rows)
    if rows is None or record is None or known.at(key.replace(".", "/"), rows) is not None:
        return
    inner = [(field.name, known.record_types[field.of or ""]) for field in record.fields if field.type == "record"]
    inside = [f"{name}.{field.name}" for name, part in inner for field in part.fields]
    options = [*(field.name for field in record.fields), *inside]
    _known(key, options, path, Text(f"mục của {entity}:", f"field of {entity}:"))


def _bindings(rule: Rule, context: "_Context") -> Iterable[dict[str, Scalar]]:
    if not rule.for_:
        yield {}
    for name, values in rule.for_.items():
        if isinstance(values, ParameterReference):
            values = context.parameter_values(values.param, ("for", name, "param"))
        for value in values:
            yield {name: value}


def _check_template_names(rule: Rule, entity: Entity, scope: "_Context") -> None:
    written: list[tuple[Path, Text]] = [(("message",), rule.message), (("fix",), rule.fix)]
    if rule.sentence is not None:
        written.append((("sentence",), rule.sentence))
    written += [(("undecided", number, "reason"), case.reason) for number, case in enumerate(rule.undecided)]
    written += [(("wordings", number, "message"), said.message) for number, said in enumerate(rule.wordings)]
    written += [(("wordings", number, "fix"), said.fix) for number, said in enumerate(rule.wordings) if said.fix]
    templates = [((*path, language), text[language]) for path, text in written for language in ("vi", "en")]
    if rule.subject is not None:
        templates.append((("subject", "id"), rule.subject.id))
    for path, template in templates:
        try:
            names = phrasing.placeholders(template)
        except ValueError:
            raise RuleError(
                path,
                Text("Dấu ngoặc nhọn { } trong lời văn không khớp nhau", "Unmatched braces in the text"),
                Text(
                    "Viết {thực thể.trường}; muốn in dấu ngoặc thì viết {{ }}",
                    "Write {entity.field}; write {{ }} for braces",
                ),
            ) from None
        for placeholder in names:
            if placeholder.startswith("/"):
                paths = ["/" + "/".join(steps) for steps, _, _ in scope.known.fields]
                _known(placeholder, paths, path, Text("trường của văn bản:", "field of the document:"))
            else:
                scope.check_placeholder(placeholder, entity, path)


def _known(name: str, known: Iterable[str], path: Path, what: Text) -> None:
    options = list(known)
    if name in options:
        return
    raise RuleError(
        path,
        Text(f"Không có {what.vi} “{name}”", f"Unknown {what.en} “{name}”"),
        did_you_mean(name, options),
        REFERENCE,
    )


def _entity(name: str, path: Path, among: Mapping[str, Entity]) -> Entity:
    _known(name, among, path, Text("thực thể", "entity"))
    return among[name]


@dataclass(frozen=True, slots=True)
class _Context:
    """What names stand for inside one rule."""

    parameters: Mapping[str, Parameter]
    known: Description
    bindings: dict[str, Scalar] = field(default_factory=dict)
    enumerations: dict[str, type[StrEnum]] = field(default_factory=dict)
    across: bool = False

    def condition(self, condition: Condition, entity: Entity, path: Path) -> Formula:
        parts: list[Formula] = []
        for name, test in condition.fields.items():
            parts += self._atoms(name, test, entity, (*path, name))
        parts += [self.condition(part, entity, (*path, "all", i)) for i, part in enumerate(condition.all)]
        if condition.any:
            parts.append(
                Or(tuple(self.condition(part, entity, (*path, "any", i)) for i, part in enumerate(condition.any)))
            )
        if condition.not_ is not None:
            parts.append(Not(self.condition(condition.not_, entity, (*path, "not"))))
        for name, match in condition.some.items():
            parts.append(self.exists(name, match, entity, (*path, "some", name)))
        for name, match in condition.none.items():
            parts.append(Not(self.exists(name, match, entity, (*path, "none", name))))
        if len(parts) == 1:
            return parts[0]
        return And(tuple(parts)) if parts else TRUE

    def exists(self, name: str, match: Match, judged: Entity, path: Path) -> Exists:
        if self.across:
            raise RuleError(
                path,
                Text("Quy tắc scope: audit không dùng some, none", "A rule with scope: audit has no some, none"),
                Text(
                    "Dùng các trường đã đếm sẵn của thực thể, ví dụ ballots: {at_least: 1}",
                    "Use the fields of the entity, which are counted already: ballots: {at_least: 1}",
                ),
            )
        entity = _entity(name, path, entities(self.known))
        atoms: list[Atom] = []
        joins: list[tuple[str, str]] = []
        for field_name, test in match.items():
            place = (*path, field_name)
            if test.operator != "same_as":
                atoms += self._atoms(field_name, test, entity, place)
                continue
            theirs, ours = (
                self._field(field_name, entity, place),
                self._field(test.operand, judged, (*place, "same_as")),
            )
            if theirs.type != ours.type or theirs.type == "set":
                raise RuleError(
                    place,
                    Text("Hai trường không cùng kiểu nên không so sánh được", "The two fields are not of one type"),
                    Text(f"Chọn một trường kiểu {theirs.type}", f"Choose a field of type {theirs.type}"),
                )
            joins.append((field_name, test.operand))
        return Exists(name, tuple(atoms), tuple(joins))

    def _field(self, name: str, entity: Entity, path: Path) -> FactField:
        _known(name, entity.fields, path, Text(f"trường của {entity.name}:", f"field of {entity.name}:"))
        return entity.fields[name]

    def _atoms(self, name: str, test: Test, entity: Entity, path: Path) -> list[Atom]:
        field_, operator, operand = self._field(name, entity, path), test.operator, test.operand
        place = (*path, operator)
        if operator == "same_as":
            raise RuleError(
                place,
                Text("same_as chỉ dùng bên trong some hoặc none", "same_as only stands inside some or none"),
                Text(
                    "Dùng {field: …} để so với trường khác của cùng dòng", "Use {field: …} for another field of the row"
                ),
            )
        known = OPERATORS[operator]
        if field_.type not in known.fields:
            raise RuleError(
                place,
                Text(
                    f"Phép {operator} không dùng được cho trường {name}", f"{operator} does not apply to field {name}"
                ),
                one_of(other for other, known in OPERATORS.items() if field_.type in known.fields),
            )
        guards: tuple[str, ...] = (name,) if field_.optional else ()
        if isinstance(operand, Reference) and operand.field is not None:
            other = self._compared(operand.field, field_, operator, entity, (*place, "field"))
            return [Atom(name, operator, True, operand.field, (*guards, operand.field) if other.optional else guards)]
        if known.takes == "truth":
            return [Atom(name, operator, operand)]
        value = self._value(operand, field_, place)
        self._check_value(value, operator, field_, place)
        members = value if known.takes == "members" and isinstance(value, tuple) else (value,)
        return [Atom(name, operator, member, None, guards) for member in members]

    def _compared(self, name: str, field_: FactField, operator: str, entity: Entity, path: Path) -> FactField:
        """The other field of the row that a field is compared with."""
        other = self._field(name, entity, path)
        if other.type != field_.type or other.type not in ("number", "date", "instant"):
            raise RuleError(
                path,
                Text(
                    "Chỉ so sánh hai trường cùng là số hoặc cùng là thời điểm",
                    "Only numbers or times can be compared so",
                ),
                Text(f"Chọn một trường kiểu {field_.type}", f"Choose a field of type {field_.type}"),
            )
        if OPERATORS[operator].takes not in ("bound", "time"):
            raise RuleError(
                path,
                Text(f"Phép {operator} không so hai trường với nhau", f"{operator} does not compare two fields"),
                one_of(
                    name
                    for name, known in OPERATORS.items()
                    if known.takes in ("bound", "time") and field_.type in known.fields
                ),
            )
        return other

    def _value(self, operand: object, field_: FactField, path: Path) -> Operand:
        if not isinstance(operand, Reference):
            return operand  # type: ignore[return-value]
        if operand.param is not None:
            return self.parameter(operand.param, (*path, "param")).value
        assert operand.for_ is not None
        _known(operand.for_, self.bindings, (*path, "for"), Text("biến for", "for variable"))
        if field_.enumeration is not None:
            self.enumerations[operand.for_] = field_.enumeration
        return self.bindings[operand.for_]

    def _check_value(self, value: Operand, operator: str, field_: FactField, path: Path) -> None:
        """The operand must be of the field's type, and a member of its enumeration."""
        known = OPERATORS[operator]
        if known.takes == "time":
            raise RuleError(
                path,
                Text(f"Phép {operator} so với một trường khác", f"{operator} compares with another field"),
                Text("Viết {field: …}", "Write {field: …}"),
            )
        expected = {"number": "số", "boolean": "true/false"}.get(field_.type, "chữ"), field_.type
        kind = {"boolean": bool, "number": int | float}.get(field_.type, str)
        items = value if isinstance(value, tuple) else (value,)
        shape = known.takes == "members" or isinstance(value, tuple) == (known.takes in ("values", "range"))
        few = len(items) == 2 if known.takes == "range" else items or known.takes == "values"
        alike = all(isinstance(item, kind) and (kind is bool) == isinstance(item, bool) for item in items)
        if not (shape and few and alike):
            raise RuleError(
                path,
                Text(
                    f"Giá trị {value!r} không hợp với phép {operator}",
                    f"{value!r} does not fit operator {operator}",
                ),
                Text(f"Cần giá trị kiểu {expected[0]}", f"Expected a value of type {expected[1]}"),
            )
        if field_.enumeration is not None:
            for item in items:
                _known(str(item), [member.value for member in field_.enumeration], path, Text("giá trị", "value"))
        if refused := known.refuses(value):
            raise RuleError(path, *refused)

    def parameter(self, name: str, path: Path) -> Parameter:
        _known(name, self.parameters, path, Text("tham số", "parameter"))
        return self.parameters[name]

    def remedy(self, repair: Repair | None) -> Remedy | None:
        if repair is None:
            return None
        minutes, path = repair.minutes, ("repair", "minutes")
        value = (
            self.parameter(minutes.param, (*path, "param")).value
            if isinstance(minutes, ParameterReference)
            else minutes
        )
        if not isinstance(value, int) or isinstance(value, bool):
            raise RuleError(
                path,
                Text("Cần một số phút", "A number of minutes is needed"),
                Text("Viết số nguyên", "Write a whole number"),
            )
        _known(
            repair.action, [one.name for one in self.known.repairs], ("repair", "action"), Text("cách sửa", "repair")
        )
        return Remedy(repair.action, value)

    def parameter_values(self, name: str, path: Path) -> tuple[Scalar, ...]:
        value = self.parameter(name, path).value
        return value if isinstance(value, tuple) else (value,)

    def time_of_day(self, name: str, path: Path) -> time:
        value = self.parameter(name, path).value
        try:
            return time.fromisoformat(str(value))
        except ValueError:
            raise RuleError(
                path,
                Text(f"Tham số {name} phải là giờ trong ngày", f"Parameter {name} must be a time of day"),
                Text('Viết "12:00"', 'Write "12:00"'),
            ) from None

    def check_placeholder(self, name: str, entity: Entity, path: Path) -> None:
        head, _, tail = name.partition(".")
        if head == "param":
            self.parameter(tail, path)
        elif tail:
            if head != entity.name:
                _known(head, [entity.name, "param"], path, Text("thực thể trong lời văn:", "entity in the text:"))
            field = self._field(tail, entity, path)
            if field.secret:
                instead = "".join(f" ({{{entity.name}.{key}}})" for key in entity.key[:1])
                raise RuleError(
                    path,
                    Text(f"Không được in {name} ra lời văn", f"{name} must not be shown in a text"),
                    Text(
                        f"Dùng mã của người đó{instead}; {field.label.vi} không được hiện ra ở đâu cả",
                        f"Use the person's id{instead}; {field.label.en}s are shown nowhere",
                    ),
                )
        else:
            _known(head, self.bindings, path, Text("biến for", "for variable"))

    def resolved(self, text: Text) -> Text:
        """A text in both languages as `resolve` makes it."""
        return Text(self.resolve(text.vi, "vi"), self.resolve(text.en, "en"))

    def resolve(self, template: str, language: Language = "vi", *, plain: bool = False) -> str:
        """The template with parameters and `for` values written in; what stands for the row's fields stays."""

        def replace(match: re.Match[str]) -> str:
            head, _, tail = match[1].partition(".")
            if head == "param":
                words = self._words(self.parameters[tail], language)
            elif tail:
                return match[0]
            else:
                value = self.bindings[head]
                enumeration = self.enumerations.get(head)
                words = (
                    str(value) if plain or enumeration is None else phrasing.label(enumeration, str(value), language)
                )
            return phrasing.inert(words)

        template = re.sub(r"(?<=:)\{(\w+)\}(?=\})", lambda match: str(self.bindings[match[1]]), template)
        return re.sub(r"\{([\w.]+)\}", replace, template)

    def _words(self, parameter: Parameter, language: Language) -> str:
        value = parameter.value
        items = value if isinstance(value, tuple) else (value,)
        numeric = parameter.unit not in ("term", "time_of_day")
        shown = [phrasing.number(item, language) if isinstance(item, int | float) else str(item) for item in items]
        if numeric and len(shown) == 2 and shown[0] != shown[1]:
            return f"{shown[0]} đến {shown[1]}" if language == "vi" else f"{shown[0]} to {shown[1]}"
        return ", ".join(dict.fromkeys(shown))
