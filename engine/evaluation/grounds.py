"""What a judgement is about and rests on, in words: names for ids, labels for keys, members as they are said."""

from collections.abc import Iterable
from functools import cache
from typing import Final

from ..base.text import Language, Text
from ..directive.formula import Exists, witnesses
from ..directive.phrasing import in_words, pieces
from ..directive.ruleset import Judgement
from ..directive.sentences import value_words
from ..model.description import Description, SubjectWords
from ..model.facts import Facts, Row, entities
from .verdict import Grounds

_MOST: Final = 3
"""How many rows are told of those that a condition found."""


@cache
def _subjects(known: Description) -> dict[str, SubjectWords]:
    return {words.entity: words for words in known.subjects}


def about(judgement: Judgement, row: Row, facts: Facts) -> Text:
    """The subject of a judgement of a row: “cấp ủy viên “Trần Thị Hoa” tại “Ban Chấp hành””."""
    known = _subjects(facts.plan.known).get(judgement.subject_entity)
    label = entities(facts.plan.known)[judgement.entity].label
    if known is None:
        return label + row_words(row, facts)
    parts = judgement.subject.rsplit(known.joint, 1) if known.joint else [judgement.subject] * 2
    first, second = _part(parts[0], row, facts, None), _part(parts[-1], row, facts, known)
    named = ", ".join(f"“{part.en}”" for part in dict.fromkeys((first, second)))
    return Text(
        known.words.format(first.vi, second.vi),
        f"{label.en} {named}" if judgement.subject != facts.plan.known.whole else label.en,
    )


def _part(pattern: str, row: Row, facts: Facts, known: SubjectWords | None) -> Text:
    """A half of the pattern of a subject, in words."""
    values, fields = facts.named(row), entities(facts.plan.known)[row.entity].fields
    member = None if known is None or known.of is None else facts.plan.known.enumerations[known.of].member(pattern)
    if member is not None:
        return member.words

    def said(language: Language) -> str:
        return "".join(
            text + ("" if field is None else in_words(values.get(field), fields[field], language))
            for text, field in pieces(pattern)
        )

    return Text(said("vi"), said("en"))


def row_words(row: Row, facts: Facts) -> Text:
    """What tells a row from others: the values of its key."""
    entity, values = entities(facts.plan.known)[row.entity], facts.named(row)
    return _joined(value_words(values, name, entity) for name in entity.key)


def grounds(judgement: Judgement, row: Row, facts: Facts, *, key: bool = False) -> Grounds:
    """What the judgement read of the row (with `key`, of which row), and the rows that it found or found missing."""
    entity, values = entities(facts.plan.known)[judgement.entity], facts.named(row)
    found = {entity.fields[name].label: value_words(values, name, entity) for name in (entity.key if key else ())}
    for leaf in judgement.leaves:
        if isinstance(leaf, Exists):
            rows = [*witnesses(leaf, row, facts)]
            told = [_told(leaf, other, facts) for other in rows[:_MOST]]
            more = len(rows) - len(told)
            told += [Text(f"và {more} dòng khác", f"and {more} more")] if more else []
            label = entities(facts.plan.known)[leaf.entity].label
            if rows or label not in found:
                found[label] = (
                    _joined(told, "; ") if rows else Text("không có mục nào đúng như yêu cầu", "none as required")
                )
        else:
            found |= {
                entity.fields[name].label: value_words(values, name, entity)
                for name in (leaf.field, leaf.other)
                if name
            }
    return tuple(found.items())


def _told(exists: Exists, row: Row, facts: Facts) -> Text:
    """What a row that was found says: its key, and what was asked of it."""
    entity, values = entities(facts.plan.known)[row.entity], facts.named(row)
    asked = [name for atom in exists.atoms for name in (atom.field, atom.other) if name and name not in entity.key]
    told = [value_words(values, name, entity) for name in entity.key]
    for name in dict.fromkeys(asked):
        label, value = entity.fields[name].label, value_words(values, name, entity)
        told.append(Text(f"{label.vi} {value.vi}", f"{label.en} {value.en}"))
    return _joined(told)


def _joined(parts: Iterable[Text], joint: str = ", ") -> Text:
    said = [*parts]
    return Text(joint.join(part.vi for part in said), joint.join(part.en for part in said))
