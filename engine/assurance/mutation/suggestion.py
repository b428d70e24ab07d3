"""For a mutant that survives: the text of a scenario that would kill it, found near the scenarios there are."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from ...audit.quick.decode import decode_line
from ...base.problem import Unreadable
from ...base.severity import IN_WORDS
from ...directive.ruleset import Ruleset
from ...documents import read
from ...evaluation.appraisal import plan_of
from ...evaluation.check import Checker
from ...evaluation.hits import Hits
from ...evaluation.scanning import Compiled
from ...evaluation.verdict import Verdict
from ...evaluation.wording import word
from ...model.description import Description
from ...model.records import DocumentRecord
from ..scenarios import Cell, DataTable, Scenario, Step, play, standard_steps
from ..scenarios.appraisers import FILE, JudgedType, type_judged_by
from ..scenarios.checking import AUDIT_TAG
from ..scenarios.fields import SEPARATOR, FieldOf, lists, part_of, single_fields
from ..scenarios.steps import Misread, noun_of
from ..scenarios.subjects import phrase
from .mutants import Mutant

_TIME: Final = re.compile(r"\d\d/\d\d/\d{4} \d\d:\d\d")
_NUMBER: Final = re.compile(r"(?<![\d/:.,-])\d{1,3}(?![\d/:.,-])")
_FORM: Final = "%d/%m/%Y %H:%M"


@cache
def _labels(known: Description) -> dict[str, tuple[str, ...]]:
    """Every word for a member of an enumeration, and the words for its siblings."""
    return {
        member.words.vi: tuple(other.words.vi for other in enumeration.members if other != member)
        for enumeration in known.vocabulary
        for member in enumeration.members
    }


@dataclass(frozen=True, slots=True)
class Prelude:
    """The steps up to the appraisal, and the plan they make, as JSON and as read."""

    steps: tuple[Step, ...]
    content: bytes
    plan: DocumentRecord


def preludes(scenarios: Sequence[Scenario], judged: JudgedType) -> list[Prelude]:
    """The situations of the scenarios and those near them, the shortest first.

    Near are: the plan a scenario begins with, changed in one thing; and its steps with another number, time or member, or
    without one step.
    """
    found: dict[tuple[object, ...], Prelude] = {}

    def add(scenario: Scenario, steps: tuple[Step, ...]) -> Prelude | None:
        key = tuple((step.text, _texts(step)) for step in steps)
        if key not in found and (made := _situation(scenario, steps, judged)) is not None:
            found[key] = made
            return made
        return None

    for scenario in scenarios:
        steps = tuple(step for step in scenario.steps if step.kind != "then")
        first, last = steps[0], steps[-1]
        if (start := add(scenario, (first, last))) is not None:
            for text in (*single_changes(json.loads(start.content), judged.known), *_examples(judged.known)):
                add(scenario, (first, replace(first, kind="given", text=text, table=None), last))
        for varied in (steps, *_varied(steps, judged.known)):
            add(scenario, varied)
    return sorted(found.values(), key=lambda situation: sum(1 + len(_texts(step)) for step in situation.steps))


def suggestions(
    mutants: Iterable[Mutant], ruleset: Ruleset, scenarios: Sequence[Scenario], folder: Path | None = None
) -> dict[str, str | None]:
    """For each mutant, by its change, a scenario that passes on the pack and fails on the mutant; None where none was found."""
    checker = Checker(ruleset, Compiled)
    single = [scenario for scenario in scenarios if not scenario.tagged(AUDIT_TAG)]
    near = [
        (situation, checker.judge(situation.plan)) for situation in preludes(single, type_judged_by(ruleset, folder))
    ]
    found: dict[str, str | None] = {}
    for mutant in mutants:
        other = Checker(mutant.ruleset, Compiled)
        found[mutant.change] = next(
            (
                _scenario(mutant, situation.steps, word(hits, read(FILE, situation.content)), ruleset.known)
                for situation, hits in near
                if _said(other.judge(situation.plan)) != _said(hits)
            ),
            None,
        )
    return found


def _situation(scenario: Scenario, steps: tuple[Step, ...], judged: JudgedType) -> Prelude | None:
    """What the steps make; None where they make no valid plan."""
    made: list[Prelude] = []

    def kept(data: dict[str, Any]) -> Verdict:
        content = json.dumps(data, ensure_ascii=False).encode()
        if (plan := decode_line(content, {judged.known.id: judged.known})) is None:
            plan = plan_of(read(FILE, content), known=judged.known)
        made.append(Prelude(steps, content, plan))
        return Verdict(FILE, None)

    try:
        return made[-1] if play(replace(scenario, steps=steps), kept, judged=judged).passed and made else None
    except Unreadable:
        return None


def _examples(known: Description) -> Iterator[str]:
    """The steps that the vocabulary shows as examples, where they stand without a table, and those a word away."""
    for definition in standard_steps():
        if definition.kind == "given" and not definition.table:
            yield definition.example
            yield from _other_words(definition.example, known)


def _varied(steps: tuple[Step, ...], known: Description) -> Iterator[tuple[Step, ...]]:
    for number, step in enumerate(steps):
        before, after = steps[:number], steps[number + 1 :]
        if number and step.kind == "given":
            yield (*before, *after)
        for text in _other_words(step.text, known):
            yield (*before, replace(step, text=text), *after)
        if step.table is not None:
            for table in _other_tables(step.table, known):
                yield (*before, replace(step, table=table), *after)


def _other_tables(table: DataTable, known: Description) -> Iterator[DataTable]:
    for number, row in enumerate(table.rows):
        rows = table.rows[:number], table.rows[number + 1 :]
        if len(table.rows) > 1:
            yield replace(table, rows=(*rows[0], *rows[1]))
        for column, cell in enumerate(row):
            for text in _other_words(cell.text, known):
                changed = (*row[:column], replace(cell, text=text), *row[column + 1 :])
                yield replace(table, rows=(*rows[0], changed, *rows[1]))


def _other_words(text: str, known: Description) -> Iterator[str]:
    """The text with one number a step up or down, one time moved by a minute, or one member put for another."""
    for found in _TIME.finditer(text):
        try:
            time = datetime.strptime(found[0], _FORM)
        except ValueError:
            continue
        for minutes in (-1, 1):
            yield text[: found.start()] + (time + timedelta(minutes=minutes)).strftime(_FORM) + text[found.end() :]
    for found in _NUMBER.finditer(text):
        for step in (-1, 1):
            yield f"{text[: found.start()]}{int(found[0]) + step}{text[found.end() :]}"
    for label, others in _labels(known).items():
        for found in re.finditer(rf"(?<!\w){re.escape(label)}(?!\w)", text):
            for other in others:
                yield text[: found.start()] + other + text[found.end() :]


def single_changes(plan: dict[str, Any], known: Description) -> Iterator[str]:
    """Steps that change one thing of a plan: a row or a list goes, a field gets another value or is left out."""
    people, one = _people(plan, known), noun_of(known)
    for rows in lists(known).values():
        if rows.within is not None:
            continue
        yield f"{one} không có {rows.noun} nào"
        for number, row in enumerate(rows.of(plan), 1):
            name = str(number) if rows.key is None else row[rows.key]
            yield f"{one} không có {rows.noun} “{name}”"
            for inner in lists(known).values():
                if inner.within == rows.noun:
                    yield f"{rows.noun} “{name}” không có {inner.noun} nào"
            for field in rows.fields.values():
                yield f"{rows.noun} “{name}” không ghi {field.title}"
                for text in _values(field, row, people, known):
                    yield f"{rows.noun} “{name}” có {field.title} là {text}"
    for part, field in single_fields(known).values():
        yield f"{one} không ghi {field.title}"
        for text in _values(field, part_of(plan, part), people, known):
            yield f"{one} có {field.title} là {text}"


def _people(plan: dict[str, Any], known: Description) -> list[str]:
    """The identifiers of the people of a plan."""
    if known.people is None:
        return []
    rows: Any = plan
    for step in known.people:
        rows = rows[step]
    name = known.identifier("/".join(known.people))
    return [row[name] for row in rows]


def _values(field: FieldOf, row: dict[str, Any], people: list[str], known: Description) -> Iterator[str]:
    """Other values of a field, as a step writes them: members, numbers and times; people where it names people now."""
    value: Any = row
    for step in field.path:
        value = value.get(step) if isinstance(value, dict) else None
    free = _reads(field, "?")
    if isinstance(value, list):
        words = people if free else [label for label in _labels(known) if _reads(field, label)]
        if not free or set(value) <= set(people):
            for count in range(1, len(words) + 1):
                yield from (f"{SEPARATOR} ".join(members) for members in combinations(words, count))
    elif free:
        yield from people if value in people else ()
    else:
        yield from (word for word in (*_labels(known), "có", "không", *_moved(value)) if _reads(field, word))


def _moved(value: object) -> Iterator[str]:
    """A number a step up or down; a time moved by a minute or by some hours."""
    if isinstance(value, int) and not isinstance(value, bool):
        yield from (str(value + step) for step in (-1, 1) if value + step >= 0)
        yield from ("0", "1")
    elif isinstance(value, str):
        try:
            time = datetime.strptime(value, "%Y-%m-%dT%H:%M")
        except ValueError:
            return
        for minutes in (-1, 1, -360, 360):
            yield (time + timedelta(minutes=minutes)).strftime(_FORM)


def _reads(field: FieldOf, text: str) -> bool:
    try:
        field.read(text)
    except Misread:
        return False
    return True


def _said(hits: Hits) -> tuple[object, ...]:
    """What a scenario can say of what the rules find."""
    found = {(rule, judgement.severity, about.id) for (rule, about), judgement in hits.found.items()}
    return found, hits.not_applicable


def _scenario(mutant: Mutant, steps: tuple[Step, ...], verdict: Verdict, known: Description) -> str:
    """The scenario as text, ready to be put into a feature file."""
    rule = mutant.changed.partition(".")[0].partition("[")[0]
    lines = [f"@{rule}"] if re.fullmatch(r"[A-Z]{2}\d{3}", rule) else []
    lines.append(f"Tình huống: Phân biệt với {mutant.changed} = {mutant.after}")
    for number, step in enumerate(steps):
        keyword = "Khi" if step.kind == "when" else "Và" if number else "Cho"
        lines.append(f"  {keyword} {step.text}")
        if step.table is not None:
            lines += [
                f"    | {' | '.join(cell.text for cell in row)} |" for row in (step.table.header, *step.table.rows)
            ]
    if verdict.findings:
        lines += ["  Thì chỉ có các phát hiện sau:", "    | mức độ | quy tắc | về |"]
        lines += [
            f"    | {IN_WORDS[item.severity].vi} | {item.rule} | {phrase(item.subject, known)} |"
            for item in verdict.findings
        ]
    else:
        lines.append("  Thì không có phát hiện nào")
    for exception in dict.fromkeys(item.by for item in verdict.not_applicable):
        rules = [item.rule for item in verdict.not_applicable if item.by == exception]
        lines.append(f"  Và theo {exception}, không áp dụng {', '.join(rules)}")
    if not verdict.not_applicable:
        lines.append("  Và mọi quy tắc đều áp dụng")
    return "\n".join(lines) + "\n"


def _texts(step: Step) -> tuple[tuple[str, ...], ...]:
    def cells(row: tuple[Cell, ...]) -> tuple[str, ...]:
        return tuple(cell.text for cell in row)

    return () if step.table is None else (cells(step.table.header), *map(cells, step.table.rows))
