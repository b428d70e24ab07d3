"""What differs between two packs, in plain words: clauses, parameters, rules, severities and exceptions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from ..base.severity import IN_WORDS
from ..base.text import Text
from ..directive.describing import MODALITIES
from ..directive.formula import TRUE, Formula
from ..directive.layers import uses
from ..directive.pack import Pack
from ..directive.phrasing import setting
from ..directive.ruleset import Suspension
from ..directive.sentences import formula_words
from ..directive.written import Clause, ExceptionClause, Parameter, Rule
from ..model.description import Description
from ..model.facts import Entity, entities

Mark = Literal["+", "-", "~"]
"""Added, taken away, changed."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class PackDifference:
    """One difference: which section it belongs to, whether something came, went or changed, and in words."""

    section: str
    mark: Mark
    text: Text


SECTIONS: Final = {
    "head": Text("Phạm vi", "Scope"),
    "clauses": Text("Điều khoản", "Clauses"),
    "parameters": Text("Tham số", "Parameters"),
    "rules": Text("Quy tắc", "Rules"),
    "exceptions": Text("Ngoại lệ", "Exceptions"),
}


def pack_differences(one: Pack, other: Pack) -> tuple[PackDifference, ...]:
    """Everything in which the second pack differs from the first, section by section."""
    return (
        *_head(one, other),
        *_clauses(one.directive.clauses, other.directive.clauses),
        *_parameters(one, other),
        *_rules(one, other),
        *_exceptions(one, other),
    )


def _head(one: Pack, other: Pack) -> Iterator[PackDifference]:
    for name, before, after in zip(_scopes(one.ruleset.known), _scope(one), _scope(other), strict=True):
        if before != after:
            yield PackDifference("head", "~", _changed(name, before, after))


def _scopes(known: Description) -> tuple[Text, ...]:
    kind = next((field.label for _, _, field in known.fields if field.nature == "kind"), Text("loại hình", "kind"))
    return (
        Text("nhiệm kỳ", "term"),
        Text("hiệu lực", "in force"),
        Text("địa bàn", "area"),
        Text(kind.vi, "kinds of organisation"),
    )


def _scope(pack: Pack) -> tuple[Text, ...]:
    directive = pack.directive
    area = directive.jurisdiction
    place = ", ".join(name for name in (area.district, area.province) if name is not None)
    days = f"{directive.valid_from:%d/%m/%Y}–{directive.valid_to:%d/%m/%Y}"
    every = Text("mọi loại hình", "every kind")
    kinds = setting(area.kind or ())
    return _same(directive.term), _same(days), _same(place), kinds if area.kind else every


def _same(words: str) -> Text:
    return Text(words, words)


def _changed(what: Text, before: Text, after: Text) -> Text:
    return Text(f"{what.vi}: {before.vi} → {after.vi}", f"{what.en}: {before.en} → {after.en}")


def _paired(
    before: Iterable[tuple[str, Item]], after: Iterable[tuple[str, Item]]
) -> Iterator[tuple[str, Item | None, Item | None]]:
    """What has the same name in both, what only the first has, and what only the second has, in order."""
    first, second = dict(before), dict(after)
    for name in dict.fromkeys((*first, *second)):
        yield name, first.get(name), second.get(name)


def _clauses(before: Sequence[Clause], after: Sequence[Clause]) -> Iterator[PackDifference]:
    for name, old, new in _paired(((c.id, c) for c in before), ((c.id, c) for c in after)):
        if old is None or new is None:
            clause = old or new
            assert clause is not None
            kind = MODALITIES[clause.modality]
            words = Text(f"{name} ({kind.vi}): {clause.text.vi}", f"{name} ({kind.en}): {clause.text.en}")
            yield PackDifference("clauses", "-" if new is None else "+", words)
            continue
        if old.modality != new.modality:
            yield PackDifference(
                "clauses", "~", _changed(_same(name), MODALITIES[old.modality], MODALITIES[new.modality])
            )
        if old.text != new.text:
            yield PackDifference("clauses", "~", _changed(_same(name), old.text, new.text))
        if old.delegable != new.delegable:
            yield PackDifference("clauses", "~", _delegated(_same(name), new.delegable))


def _delegated(what: Text, delegable: bool) -> Text:
    if delegable:
        return Text(f"{what.vi}: nay giao cho cấp dưới", f"{what.en}: now left to packs below")
    return Text(f"{what.vi}: không còn giao cho cấp dưới", f"{what.en}: no longer left to packs below")


def _parameters(one: Pack, other: Pack) -> Iterator[PackDifference]:
    before, after = one.directive.parameters, other.directive.parameters
    for name, old, new in _paired(((p.id, p) for p in before), ((p.id, p) for p in after)):
        if old is None or new is None:
            parameter = old or new
            assert parameter is not None
            value, title = setting(parameter.value), parameter.title
            words = Text(f"{title.vi} ({name}): {value.vi}", f"{title.en} ({name}): {value.en}")
            yield PackDifference("parameters", "-" if new is None else "+", words)
            continue
        what = Text(f"{new.title.vi} ({name}, {new.clause})", f"{new.title.en} ({name}, {new.clause})")
        if old.value != new.value:
            words = _changed(what, setting(old.value), setting(new.value))
            effect = _effect(old, new, one)
            yield PackDifference("parameters", "~", Text(words.vi + effect.vi, words.en + effect.en))
        elif old.clause != new.clause or old.reason != new.reason:
            yield PackDifference("parameters", "~", _changed(what, old.reason, new.reason))
        if old.delegable != new.delegable:
            yield PackDifference("parameters", "~", _delegated(what, new.delegable))


def _effect(old: Parameter, new: Parameter, pack: Pack) -> Text:
    """Which rules a new value makes stricter, and which looser, as far as that follows from how they read it."""
    if isinstance(old.value, tuple) != isinstance(new.value, tuple):
        return Text("", "")
    stricter: dict[str, None] = {}
    looser: dict[str, None] = {}
    for use in uses(old.id, pack.rules, pack.directive.exceptions):
        (stricter if use.allows(old.value, new.value) else looser)[use.reader] = None
    vi, en = "", ""
    for readers, word in ((stricter, Text("chặt hơn", "stricter")), (looser, Text("nới ra", "looser"))):
        if readers:
            vi += f"; {', '.join(readers)} {word.vi}"
            en += f"; {', '.join(readers)} {word.en}"
    return Text(vi, en)


def _rules(one: Pack, other: Pack) -> Iterator[PackDifference]:
    for name, old, new in _paired(((r.id, r) for r in one.rules), ((r.id, r) for r in other.rules)):
        if old is None or new is None:
            rule = old or new
            assert rule is not None
            level, clauses = IN_WORDS[rule.severity], ", ".join(rule.clause)
            words = Text(
                f"{name} [{clauses}] {level.vi}: {rule.title.vi}", f"{name} [{clauses}] {level.en}: {rule.title.en}"
            )
            yield PackDifference("rules", "-" if new is None else "+", words)
            continue
        if old.severity != new.severity:
            what = Text(f"{name}, mức độ", f"{name}, severity")
            yield PackDifference("rules", "~", _changed(what, IN_WORDS[old.severity], IN_WORDS[new.severity]))
        if old.clause != new.clause:
            what = Text(f"{name}, điều khoản", f"{name}, clauses")
            yield PackDifference(
                "rules", "~", _changed(what, _same(", ".join(old.clause)), _same(", ".join(new.clause)))
            )
        if _conditions(old) != _conditions(new):
            what = Text(f"{name}, nội dung kiểm tra", f"{name}, what is checked")
            yield PackDifference("rules", "~", _changed(what, _checked(one, name), _checked(other, name)))
        if (old.title, old.message, old.fix) != (new.title, new.message, new.fix):
            yield PackDifference("rules", "~", Text(f"{name}: lời văn thông báo thay đổi", f"{name}: its words change"))


def _conditions(rule: Rule) -> tuple[object, ...]:
    """What a rule judges, without the values of parameters, whose changes are told by themselves."""
    return rule.each, rule.for_, rule.where, rule.require, rule.subject


def _checked(pack: Pack, rule: str) -> Text:
    known = entities(pack.ruleset.known)
    parts = [
        _judged(item.where, item.require, known[item.entity]) for item in pack.ruleset.judgements if item.rule == rule
    ]
    return Text("; ".join(part.vi for part in parts), "; ".join(part.en for part in parts))


def _judged(where: Formula, require: Formula, known: Entity) -> Text:
    needed = formula_words(require, known)
    if where == TRUE:
        return Text(f"mỗi {known.label.vi} phải {needed.vi}", f"each {known.label.en}: {needed.en}")
    scope = formula_words(where, known)
    return Text(
        f"mỗi {known.label.vi}, khi {scope.vi}, phải {needed.vi}",
        f"each {known.label.en} where {scope.en}: {needed.en}",
    )


def _exceptions(one: Pack, other: Pack) -> Iterator[PackDifference]:
    known = one.ruleset.known
    entity = entities(known)[known.whole]
    for _, old, new in _paired(_excepted(one), _excepted(other)):
        if old is None or new is None:
            written, ready = old or new or (None, None)
            assert written is not None
            assert ready is not None
            when = formula_words(ready.when, entity)
            clauses = ", ".join(written.suspends)
            words = Text(
                f"{written.id}: khi {when.vi} thì không áp dụng {clauses}",
                f"{written.id}: where {when.en}, {clauses} are suspended",
            )
            yield PackDifference("exceptions", "-" if new is None else "+", words)
            continue
        if old[0].suspends != new[0].suspends:
            before, after = _same(", ".join(old[0].suspends)), _same(", ".join(new[0].suspends))
            what = Text(f"{old[0].id}, không áp dụng", f"{old[0].id}, suspends")
            yield PackDifference("exceptions", "~", _changed(what, before, after))
        if old[1].when != new[1].when:
            what = Text(f"{old[0].id}, khi", f"{old[0].id}, where")
            yield PackDifference(
                "exceptions",
                "~",
                _changed(what, formula_words(old[1].when, entity), formula_words(new[1].when, entity)),
            )


def _excepted(pack: Pack) -> Iterator[tuple[str, tuple[ExceptionClause, Suspension]]]:
    """Each exception under a name of its own: a layer may declare one again, for its own clauses."""
    seen: dict[str, int] = {}
    for written, ready in zip(pack.directive.exceptions, pack.ruleset.exemptions, strict=True):
        seen[written.id] = seen.get(written.id, 0) + 1
        yield f"{written.id} {seen[written.id]}", (written, ready)
