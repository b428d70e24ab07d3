"""The mutants of a pack: its ruleset with one operand, bound, member, quantifier, severity, exception or parameter changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from ...base.severity import SEVERITIES
from ...directive.lowering import RuleError, lower
from ...directive.pack import Pack
from ...directive.ruleset import Judgement, Ruleset, Suspension
from ...directive.written import Directive, Parameter, ParameterReference, Rule
from ...model.description import Description
from ...model.enumerations import enumerations
from ...model.facts import Entity, entities
from ...model.facts_across import across_entities
from .notation import as_rule, scalar
from .variants import bound_changes, member_changes, variants

_STEPS: Final = {"day": 0.5, "share": 0.01}
"""By how much the value of a parameter is moved, by its unit; 1 where nothing is said."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """The ruleset with one change: what was changed (`TD101.require`, `parameter early_ballot_lead`), from what, to what."""

    changed: str
    before: str
    after: str
    ruleset: Ruleset
    across: bool = False
    """Whether a rule across plans was changed, which only scenarios of audits can notice."""
    position: int | None = None
    """Where the judgement stands, among those across plans or the others, beside which nothing was changed; None where more was."""
    original: Judgement | None = None
    """That judgement as the pack has it."""

    @property
    def change(self) -> str:
        """The change in one line; it names the mutant in the list of equivalent ones."""
        return f"{self.changed}: {self.before} → {self.after}"


def mutants(pack: Pack) -> Iterator[Mutant]:
    """Every mutant of what the pack answers for, rules first, in the order of the pack.

    What it takes over as it is from the pack that it extends, the scenarios of that one show.
    """
    ruleset, upper = pack.ruleset, pack.upper
    above = () if upper is None else upper.ruleset.exemptions
    known = ruleset.known
    for part, judged, among in (
        ("judgements", ruleset.judgements, entities(known)),
        ("across", ruleset.across, across_entities(known)),
    ):
        for position, judgement in enumerate(judged):
            if judgement.rule not in pack.answers_for:
                continue
            for changed, before, after, mutated in _judgement_mutants(judgement, among[judgement.entity]):
                others: Any = {part: (*judged[:position], mutated, *judged[position + 1 :])}
                yield Mutant(changed, before, after, replace(ruleset, **others), part == "across", position, judgement)
    for position, exemption in enumerate(ruleset.exemptions):
        if exemption in above:
            continue
        before_it, after_it = ruleset.exemptions[:position], ruleset.exemptions[position + 1 :]
        yield Mutant(
            f"exception {exemption.id}", "present", "absent", replace(ruleset, exemptions=(*before_it, *after_it))
        )
        for changed, before, after, exempted in _exemption_mutants(exemption, ruleset):
            mutated_ruleset = replace(ruleset, exemptions=(*before_it, exempted, *after_it))
            yield Mutant(changed, before, after, mutated_ruleset, across=exempted.across != exemption.across)
    for changed, before, after, directive, rules in _rewritten(pack):
        if (rewritten := _prepared(directive, rules, ruleset.document)) is not None:
            yield Mutant(changed, before, after, replace(rewritten, applies=ruleset.applies))


def _prepared(directive: Directive, rules: tuple[Rule, ...], document: str) -> Ruleset | None:
    """The ruleset; None where what was changed means nothing (a value that a rule can't read), so nothing can be judged by it."""
    errors: list[RuleError] = []
    ruleset = lower(directive, rules, lambda error, _: errors.append(error), document)
    return None if errors else ruleset


def _rewritten(pack: Pack) -> Iterator[tuple[str, str, str, Directive, tuple[Rule, ...]]]:
    """The pack as written with another value of one parameter, or of one list that a rule runs through (`for`)."""
    parameters = pack.directive.parameters
    above = () if pack.upper is None else pack.upper.directive.parameters
    for position, parameter in enumerate(parameters):
        if parameter in above:
            continue
        for value in _values(parameter, pack.ruleset.known):
            changed = parameter.model_copy(update={"value": value})
            others = (*parameters[:position], changed, *parameters[position + 1 :])
            directive = pack.directive.model_copy(update={"parameters": others})
            yield f"parameter {parameter.id}", scalar(parameter.value), scalar(value), directive, pack.rules
    for position, rule in enumerate(pack.rules):
        for name, members in rule.for_.items() if rule.id in pack.answers_for else ():
            if (
                isinstance(members, ParameterReference)
                or (enumeration := _enumeration(members, pack.ruleset.known)) is None
            ):
                continue
            for fewer_or_more in member_changes(members, enumeration):
                mutated = rule.model_copy(update={"for_": {name: fewer_or_more}})
                rules = (*pack.rules[:position], mutated, *pack.rules[position + 1 :])
                yield f"{rule.id}.for", scalar(members), scalar(fewer_or_more), pack.directive, rules


def _judgement_mutants(judgement: Judgement, entity: Entity) -> Iterator[tuple[str, str, str, Judgement]]:
    name = judgement.rule
    if judgement.bindings:
        name += f"[{', '.join(map(scalar, judgement.bindings.values()))}]"
    for severity in SEVERITIES:
        if severity != judgement.severity:
            yield f"{name}.severity", judgement.severity, severity, replace(judgement, severity=severity)
    for variant in variants(judgement.where, entity):
        yield f"{name}.where", as_rule(judgement.where), as_rule(variant), replace(judgement, where=variant)
    for variant in variants(judgement.require, entity):
        yield f"{name}.require", as_rule(judgement.require), as_rule(variant), replace(judgement, require=variant)
    for number, (when, reason) in enumerate(judgement.undecided):
        others = judgement.undecided[:number], judgement.undecided[number + 1 :]
        fewer = (*others[0], *others[1])
        yield f"{name}.undecided", as_rule(when), "absent", replace(judgement, undecided=fewer)
        for variant in variants(when, entity):
            changed = (*others[0], (variant, reason), *others[1])
            yield f"{name}.undecided", as_rule(when), as_rule(variant), replace(judgement, undecided=changed)


def _exemption_mutants(exemption: Suspension, ruleset: Ruleset) -> Iterator[tuple[str, str, str, Suspension]]:
    name = f"exception {exemption.id}"
    for variant in variants(exemption.when, entities(ruleset.known)[ruleset.known.whole]):
        yield f"{name}.when", as_rule(exemption.when), as_rule(variant), replace(exemption, when=variant)
    for part, rules in (("rules", ruleset.rules), ("across", ruleset.rules_across)):
        suspended: tuple[str, ...] = getattr(exemption, part)
        for rule in rules:
            fewer: Any = {part: tuple(other for other in suspended if other != rule)}
            more: Any = {part: (*suspended, rule)}
            if rule in suspended:
                yield f"{name}.suspends", rule, "not suspended", replace(exemption, **fewer)
            else:
                yield f"{name}.suspends", f"not {rule}", rule, replace(exemption, **more)


def _values(parameter: Parameter, known: Description) -> Iterator[object]:
    """The values one change away: each bound moved a step, each member left out, each other member put in."""
    value = parameter.value
    if parameter.unit == "time_of_day":
        yield from (_shifted(str(value), minutes) for minutes in (-1, 1))
    elif isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        if (enumeration := _enumeration(value, known)) is not None:
            yield from member_changes(value, enumeration)
    elif isinstance(value, tuple):
        low, high = value
        assert isinstance(low, int | float)
        assert isinstance(high, int | float)
        yield from bound_changes((low, high), _STEPS.get(parameter.unit, 1))
    elif isinstance(value, int | float):
        yield from (value + step * _STEPS.get(parameter.unit, 1) for step in (-1, 1))


def _shifted(time: str, minutes: int) -> str:
    return (datetime.strptime(time, "%H:%M") + timedelta(minutes=minutes)).strftime("%H:%M")


def _enumeration(members: Iterable[object], known: Description) -> type[StrEnum] | None:
    """The enumeration that all of the members belong to."""
    made = enumerations(known).values()
    return next((one for one in made if set(members) <= {member.value for member in one}), None)
