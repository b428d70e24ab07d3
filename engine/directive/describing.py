"""A pack in the words that pages and outputs show: its clauses, parameters and rules."""

import re
from functools import partial
from typing import Final

from ..base.text import Language, Text
from ..model.called import called
from ..model.description import Description
from ..model.enumerations import member_words
from ..model.facts import entities
from ..model.facts_across import across_entities
from .conditions import Condition, Reference
from .handbook import ClauseEntry, Handbook, RuleEntry
from .layers import note_on
from .pack import Pack
from .phrasing import number, setting, with_places
from .written import Clause, Parameter, ParameterReference, Rule

MODALITIES: Final = {
    "obligation": Text("phải làm", "obligation"),
    "permission": Text("được phép", "permission"),
    "prohibition": Text("không được làm", "prohibition"),
    "request": Text("đề nghị", "request"),
    "exception": Text("ngoại lệ", "exception"),
    "advice": Text("kinh nghiệm, khuyến nghị", "advice"),
}


def rule_of(pack: Pack, code: str) -> Rule | None:
    """The rule with this code, in any case, or None."""
    return next((rule for rule in pack.rules if rule.id.casefold() == code.casefold()), None)


def clause_of(pack: Pack, code: str) -> Clause | None:
    """The clause with this id, in any case, or None."""
    return next((clause for clause in pack.directive.clauses if clause.id.casefold() == code.casefold()), None)


def parameters_of(pack: Pack, rule: Rule) -> list[Parameter]:
    """The parameters a rule reads, in the order of the pack; a rule on duration also rests on how half days count."""
    names = _names(rule.where) | _names(rule.require)
    names |= {values.param for values in rule.for_.values() if isinstance(values, ParameterReference)}
    names |= set(re.findall(r"\{param\.([\w-]+)\}", rule.message.vi + rule.fix.vi))
    readings = pack.directive.readings
    parts = (*rule.where.walk(), *rule.require.walk())
    if readings is not None and any(_half_days(pack.ruleset.known) & part.fields.keys() for part in parts):
        names |= {readings.morning_ends, readings.afternoon_begins}
    return [parameter for parameter in pack.directive.parameters if parameter.id in names]


def _half_days(known: Description) -> set[str]:
    """The fields that count half days."""
    return {fact.name for entity in known.facts for fact in entity.fields if fact.function == "half_days"}


def _names(condition: Condition) -> set[str | None]:
    """The parameters that the condition reads."""
    parts = [*condition.walk()]
    matches = [part.fields for part in parts]
    matches += [match for part in parts for match in (*part.some.values(), *part.none.values())]
    operands = [test.operand for match in matches for test in match.values()]
    return {operand.param for operand in operands if isinstance(operand, Reference)}


def place_in_source(clause: Clause, language: Language) -> str:
    """The paragraph and the sentence, or the articles, as one cites them."""
    source = clause.source
    if source.cited is not None:
        return source.cited[language]
    if language == "vi":
        return f"đoạn {source.paragraph}, câu {source.sentence}"
    return f"paragraph {source.paragraph}, sentence {source.sentence}"


def parameter_value(parameter: Parameter) -> str:
    """The value as it is written in the pack."""
    value = parameter.value
    items = value if isinstance(value, tuple) else (value,)
    return ", ".join(number(item, "en") if isinstance(item, float) else str(item) for item in items)


_UNITS: Final = {"day": Text("ngày", "days"), "minute": Text("phút", "minutes")}


def parameter_words(parameter: Parameter) -> Text:
    """A parameter's value as people write it: members by their labels, numbers with their unit."""
    values = parameter.value if isinstance(parameter.value, tuple) else (parameter.value,)

    def said(language: Language) -> str:
        words = [
            label[language]
            if isinstance(value, str) and (label := member_words(value)) is not None
            else number(value, language)
            if isinstance(value, int | float) and not isinstance(value, bool)
            else str(value)
            for value in values
        ]
        joint = {"vi": " đến ", "en": " to "}[language] if parameter.unit == "day" and len(words) == 2 else ", "
        unit = _UNITS.get(parameter.unit)
        return joint.join(words) + (f" {unit[language]}" if unit else "")

    return Text(said("vi"), said("en"))


def remedy(pack: Pack, rule: Rule, language: Language) -> str:
    """How a breach of the rule is mended, `<…>` standing for what differs from plan to plan."""
    return filled_in(pack, rule.fix, language)


_MEMBER: Final = re.compile(r":\{\w+\}(?=\})")
"""The member that a place depends on, where it differs from row to row."""


def filled_in(pack: Pack, template: Text, language: Language) -> str:
    """A template with parameters written in, and `‹…›` for what differs from plan to plan."""
    values = {parameter.id: setting(parameter.value)[language] for parameter in pack.directive.parameters}
    known = pack.ruleset.known
    every = {**across_entities(known), **entities(known)}
    words = with_places(Text(_MEMBER.sub("", template.vi), _MEMBER.sub("", template.en)), partial(_place, known))

    def shown(match: re.Match[str]) -> str:
        head, _, tail = match[1].partition(".")
        if head == "param":
            return values[tail]
        entity, enumeration = every.get(head), known.enumerations.get(head)
        if entity is not None and tail:
            return f"‹{entity.fields[tail].label[language]}›"
        return f"‹{head if enumeration is None else enumeration.label[language].lower()}›"

    return re.sub(r"(?<!\{)\{([\w.-]+)\}", shown, words[language]).replace("{{", "{").replace("}}", "}")


def _place(known: Description, path: str, member: str) -> Text:
    """Where something is written, in words for every kind of file."""
    field = known.at(path)
    assert field is not None, path
    members = (one for enumeration in known.vocabulary for one in enumeration.members)
    words = next((one.words for one in members if one.name == member), None)
    said = Text("", "") if words is None else Text(f": {words.vi}", f": {words.en}")
    return Text(f"“{field.label.vi}{said.vi}”", f"“{field.label.en}{said.en}”")


def rule_title(pack: Pack, rule: Rule) -> Text:
    """The rule's title, with what layers changed of the rule."""
    note = note_on(change for rules, change in pack.amendments if rule.id in rules)
    return Text(rule.title.vi + note.vi, rule.title.en + note.en)


def handbook(pack: Pack) -> Handbook:
    """What outputs may say of the pack's clauses and rules."""

    def reading(parameter: Parameter, language: Language) -> str:
        return f"{parameter.title[language]}: {setting(parameter.value)[language]}. {parameter.reason[language]}"

    directive = pack.directive
    return Handbook(
        directive.id,
        directive.version,
        directive.title,
        directive.issuer,
        called(pack.ruleset.known, directive.area),
        {
            clause.id: ClauseEntry(
                clause.id,
                MODALITIES[clause.modality],
                Text(place_in_source(clause, "vi"), place_in_source(clause, "en")),
                clause.text,
            )
            for clause in directive.clauses
        },
        {
            rule.id: RuleEntry(
                rule.id,
                rule.clause,
                rule.severity,
                rule_title(pack, rule),
                Text(remedy(pack, rule, "vi"), remedy(pack, rule, "en")),
                rule.examples.breach,
                rule.examples.pass_,
                tuple(Text(reading(item, "vi"), reading(item, "en")) for item in parameters_of(pack, rule)),
            )
            for rule in pack.rules
        },
        {exception.id: exception.reason for exception in directive.exceptions},
    )
