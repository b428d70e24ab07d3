"""What a formula says, in sentences: for explanations, reference pages and reports on packs."""

from collections.abc import Iterable
from dataclasses import replace

from ..base.cards import HIDDEN
from ..base.text import Language, Text
from ..model.facts import Entity, FactField, Value, entities
from . import phrasing
from .formula import And, Atom, Exists, Formula, Not, Or
from .operators import OPERATORS


def atom_words(atom: Atom, entity: Entity) -> Text:
    """One comparison: “thời lượng (ngày) từ 1 đến 1,5”."""
    field, known = entity.fields[atom.field], OPERATORS[atom.operator]
    pattern = known.words if atom.operand or known.otherwise is None else known.otherwise
    value = _operand(atom, field) if atom.other is None else entity.fields[atom.other].label
    return Text(
        pattern.vi.format(field=field.label.vi, value=value.vi), pattern.en.format(field=field.label.en, value=value.en)
    )


def _operand(atom: Atom, field: FactField) -> Text:
    items = atom.operand if isinstance(atom.operand, tuple) else (atom.operand,)
    ranges = OPERATORS[atom.operator].takes == "range"
    field = replace(field, percent=0)  # a bound is said as the directive says it: 2/3
    joint = Text(" đến ", " to ") if ranges else Text(", ", ", ")

    def shown(language: Language) -> str:
        words = [phrasing.in_words(item, field, language) for item in items]
        return joint[language].join(words if ranges else dict.fromkeys(words))

    return Text(shown("vi"), shown("en"))


def exists_words(exists: Exists, judged: Entity, values: dict[str, Value] | None = None) -> Text:
    """The rows a quantifier looks for: “phiếu tín nhiệm mà người trùng với người của cấp ủy viên”.

    With the values of the judged row, what it joins on is said as it stands there: “phiếu tín nhiệm mà người là p12”.
    """
    entity = entities(judged.known)[exists.entity]
    vi, en = [], []
    for theirs, ours in exists.joins:
        label, other = entity.fields[theirs].label, judged.fields[ours].label
        if values is None and other == judged.label:
            vi.append(f"{label.vi} là {judged.label.vi} này")
            en.append(f"{label.en} is this {judged.label.en}")
        elif values is None:
            vi.append(f"{label.vi} trùng với {other.vi} của {judged.label.vi}")
            en.append(f"{label.en} is the {other.en} of the {judged.label.en}")
        else:
            value = value_words(values, ours, judged)
            vi.append(f"{label.vi} là {value.vi}")
            en.append(f"{label.en} is {value.en}")
    atoms = [atom_words(atom, entity) for atom in exists.atoms]
    return Text(
        _such(entity.label.vi, "mà", [*vi, *(words.vi for words in atoms)]),
        _such(entity.label.en, "whose", [*en, *(words.en for words in atoms)]),
    )


def _such(label: str, link: str, conditions: list[str]) -> str:
    return f"{label} {link} {', '.join(conditions)}" if conditions else label


def formula_words(formula: Formula, entity: Entity) -> Text:
    """The whole formula in one sentence, without its final stop; empty for one that always holds."""
    match formula:
        case Atom():
            return atom_words(formula, entity)
        case Exists():
            words = exists_words(formula, entity)
            return Text(f"có {words.vi}", f"there is a {words.en}")
        case Not(Exists() as part):
            words = exists_words(part, entity)
            return Text(f"không có {words.vi}", f"there is no {words.en}")
        case Not(part):
            words = formula_words(part, entity)
            return Text(f"không phải ({words.vi})", f"not ({words.en})")
        case And(parts):
            return _joined([formula_words(part, entity) for part in parts], Text("; và ", "; and "))
        case Or(parts):
            return _joined([formula_words(part, entity) for part in parts], Text("; hoặc ", "; or "))


def _joined(parts: Iterable[Text], joint: Text) -> Text:
    parts = list(parts)
    return Text(joint.vi.join(part.vi for part in parts), joint.en.join(part.en for part in parts))


def value_words(values: dict[str, Value], name: str, entity: Entity) -> Text:
    """A row's value as a person writes it; what no output may show is hidden."""
    field = entity.fields[name]
    if field.secret and name in values:
        return Text(HIDDEN, HIDDEN)
    return Text(*(phrasing.in_words(values.get(name), field, language) for language in ("vi", "en")))
