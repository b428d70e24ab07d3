"""From hits to a verdict: what is said of them, in the words of the plan as it may be shown."""

import hashlib
import json
from dataclasses import replace
from functools import lru_cache, partial
from operator import attrgetter
from typing import Final

from ..base.canonical import canonical
from ..base.cards import HIDDEN
from ..base.problem import Path, Place
from ..base.record import Record
from ..base.text import Text
from ..directive import phrasing
from ..directive.formula import Exists, holds, witnesses
from ..directive.ruleset import Judgement, Said
from ..documents.document import Document
from ..model.description import Description
from ..model.facts import Entity, Facts, Row, flatten
from ..model.outlining import outline
from ..model.privacy import presentable, with_organization_shown
from ..model.records import of_nature
from .applicability import doubts
from .grounds import about, grounds
from .hits import Hit, Hits, subject
from .verdict import Evidence, Finding, Passed, Subject, Verdict


class Showing(Record):
    """What verdicts are to show: with `redact_names` nobody's name, with `outlined` the plan as well.

    With `preliminary`, a plan that can't be appraised is asked what can be. With `identified`, findings hold their identity, with `titled`, verdicts the title of the directive. With `counted`,
    findings say which rules are breached, and nothing of the plan. Party cards are never shown.
    """

    redact_names: bool = False
    outlined: bool = False
    identified: bool = False
    titled: bool = False
    counted: bool = False
    preliminary: bool = False


EVERYTHING: Final = Showing()


def word(hits: Hits, document: Document, showing: Showing = EVERYTHING, file: str = "") -> Verdict:
    """The verdict that hits come to; `document` says where the parts of their plan stand, and which file it is, unless `file` does."""
    ruleset, facts, plan = hits.ruleset, hits.facts, hits.facts.plan
    # Judged on the plan as it is, worded from the plan as it may be shown.
    in_words = (hits.breached and not showing.counted) or hits.kept or showing.redact_names or showing.outlined
    shown = presentable(plan, names=showing.redact_names) if in_words else plan
    shown_facts = facts if shown is plan else flatten(shown, ruleset.readings)

    def finding(hit: Hit) -> Finding:
        judgement = ruleset.judgements[hit[0]]
        made = _finding(judgement, shown_facts, hit[1], document)
        if showing.outlined:
            row = shown_facts.row(judgement.entity, hit[1])
            made = replace(made, grounds=grounds(judgement, row, shown_facts, key=True))
        return replace(made, identity=_identity(judgement, facts, hit[1])) if showing.identified else made

    def passed(hit: Hit) -> Passed:
        return _passed(ruleset.judgements[hit[0]], shown_facts, hit[1], document)

    return Verdict(
        file or document.file,
        of_nature(shown if in_words else with_organization_shown(plan), "organization"),
        tuple(map(_bare, hits.found.values())) if showing.counted else _in_order([*map(finding, hits.breached)]),
        hits.not_applicable,
        passed=None if hits.kept is None else tuple(map(passed, hits.kept)),
        directive=ruleset.directive,
        directive_title=ruleset.title if showing.titled else None,
        checked=hits.checked,
        outline=outline(shown, ruleset.readings) if showing.outlined else None,
        notices=doubts(ruleset, plan, document),
    )


def _bare(judgement: Judgement) -> Finding:
    about = Subject(judgement.subject_entity, "")
    return Finding(
        judgement.rule, judgement.clause, judgement.severity, about, judgement.title, Text("", ""), Place(""), {}
    )


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """One finding per rule and subject, by place: two rows may be about the same subject (a result published twice)."""
    if len(findings) <= 1:
        return tuple(findings)
    first: dict[tuple[str, Subject], Finding] = {}
    for finding in findings:
        first.setdefault((finding.rule, finding.subject), finding)
    return tuple(sorted(first.values(), key=attrgetter("order")))


def worded(judgement: Judgement, row: Row, facts: Facts) -> Judgement | Said:
    """What has the message and the remedy, as templates, that are true of a breach by this row."""
    return next((said for said in judgement.wordings if holds(said.when, row, facts)), judgement)


def remedy(fix: Text, known: Description, document: Document | None) -> Text:
    """The template of a remedy with where something is written: by the labels of the file where it has labels, else by its keys."""
    if "{/" not in fix.vi and "{/" not in fix.en:
        return fix
    return _remedy(fix, known, is_form=document is not None and _is_form(document, known))


def _is_form(document: Document, known: Description) -> bool:
    # A line that was quickly read has no data, and no labels.
    return document.data is not None and any(document.label((field.name,)) for field in known.root.fields)


@lru_cache(maxsize=1024)
def _remedy(fix: Text, known: Description, *, is_form: bool) -> Text:
    from ..forms.words import place_in_form, place_in_text  # only remedies need the layout of forms

    return phrasing.with_places(fix, partial(place_in_form if is_form else place_in_text, known))


def _finding(judgement: Judgement, facts: Facts, number: int, document: Document) -> Finding:
    row, fields = facts.row(judgement.entity, number), facts.entities[judgement.entity].fields
    said = worded(judgement, row, facts)
    message, fix = said.message, remedy(said.fix, facts.plan.known, document)
    named = facts.named(row, phrasing.fields_in(message.vi, message.en, fix.vi, fix.en))
    return Finding(
        judgement.rule,
        judgement.clause,
        judgement.severity,
        subject(judgement, row),
        phrasing.render(message, named, fields),
        phrasing.render(fix, named, fields),
        place(judgement, row, facts, document, said),
        evidence(judgement, row, facts),
    )


def _identity(judgement: Judgement, facts: Facts, number: int) -> str:
    """What a finding is known by again: the evidence, and what its message says of the judged row, however spaced or cased."""
    row = facts.row(judgement.entity, number)
    names = {name for text in (judgement.message.vi, judgement.message.en) for _, name in phrasing.pieces(text) if name}
    said = {name: canonical(str(row.values.get(name))) for name in sorted(names)}
    content = [judgement.severity, said, evidence(judgement, row, facts)]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _passed(judgement: Judgement, facts: Facts, number: int, document: Document) -> Passed:
    row = facts.row(judgement.entity, number)
    return Passed(
        judgement.rule,
        judgement.clause,
        subject(judgement, row),
        judgement.title,
        place(judgement, row, facts, document),
        evidence(judgement, row, facts),
        about(judgement, row, facts),
        grounds(judgement, row, facts),
    )


def place(
    judgement: Judgement, row: Row, facts: Facts, document: Document, said: Judgement | Said | None = None
) -> Place:
    """Where a judgement of this row is shown: in the row, or elsewhere where the rule says so and there is such a row.

    What is `said` of a breach names where it is mended: of a form that is the very cell, if it is in that row.
    """
    if judgement.elsewhere is not None:
        found = next(witnesses(judgement.elsewhere, row, facts), None)
        if found is None:
            return document.place(row.path)
        row = found
    mended = _mended(said.fix, row.path, facts.plan.known, document) if said is not None else None
    return document.place(mended or (*row.path, *judgement.place), key=bool(judgement.place))


def _mended(fix: Text, row: Path, known: Description, document: Document) -> Path | None:
    """The way to what the template of a remedy names: the only cell of the row, or one that stands for a member; else the
    table beside the row's.
    """
    above = tuple(step for step in row if isinstance(step, str))
    if not above or "{/" not in fix.vi or not _is_form(document, known):
        return None
    named = [(known.steps(written), member) for written, member in phrasing.places_in(fix.vi)]
    ways = [(steps[len(above) :], member) for steps, member in named if steps[: len(above)] == above != steps]
    if not ways:
        beside = (steps for steps, _ in named if len(steps) > 1 and steps[:-1] == row[:-2] and steps != above)
        return next(beside, None)
    steps, member = ways[0]
    return (*row, *steps, member) if member else (*row, *steps) if len(ways) == 1 else None


def evidence(judgement: Judgement, row: Row, facts: Facts) -> Evidence:
    """What the judgement rests on: the row's key, the `for` value, the fields it read, and the rows it found."""
    known = facts.entities
    entity = known[judgement.entity]
    found: Evidence = {name: _shown(row, name, entity) for name in entity.key}
    found |= judgement.bindings
    found_rows: dict[tuple[str, int], Evidence] = {}
    for leaf in judgement.leaves:
        if isinstance(leaf, Exists):
            found |= {ours: _shown(row, ours, entity) for _, ours in leaf.joins if ours not in entity.key}
            for other in witnesses(leaf, row, facts):
                identity = (leaf.entity, id(other))
                found_rows.setdefault(identity, {}).update(_witness(leaf, other, known[leaf.entity]))
        else:
            found |= {name: _shown(row, name, entity) for name in (leaf.field, leaf.other) if name}
    for (name, _), witness in found_rows.items():
        # A field of the judged row may be called as the entity is: a seat has a committee.
        others = found.setdefault(name if isinstance(found.get(name, []), list) else f"{name}_rows", [])
        assert isinstance(others, list)
        others.append(witness)
    if judgement.amendments:
        found["amended_by"] = list(dict.fromkeys(amendment.clause for amendment in judgement.amendments))
    return {name: value for name, value in found.items() if value is not None}


def _witness(exists: Exists, row: Row, entity: Entity) -> Evidence:
    names = [*entity.key, *(name for atom in exists.atoms for name in (atom.field, atom.other) if name)]
    return {name: value for name in names if (value := _shown(row, name, entity)) is not None}


def _shown(row: Row, name: str, entity: Entity) -> object:
    """A value as JSON: sets in the order of their enumeration, instants as YYYY-MM-DDTHH:MM."""
    value, known = row.values.get(name), entity.fields[name]
    if known.secret and value is not None:
        return HIDDEN
    if isinstance(value, frozenset):
        return [member for member in map(str, known.enumeration or ()) if member in value]
    if known.type in ("instant", "date") and isinstance(value, int):
        return phrasing.iso(value, known)
    return value
