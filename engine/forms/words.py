"""Remedies in the words of a form: rules name the keys and codes of YAML, a form has labels instead."""

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from ..base.record import Record
from ..base.text import Text
from ..model.description import Description, Form
from .layout import NO, YES, Layout, layout


class _Spoken(Record):
    """What a form says in place of keys and codes. `shared`: keys that several fields have, each with their labels and the
    members that the key may have for its value: which one is meant the member behind it tells. `plain`: other keys.
    """

    layout: Layout
    shared: dict[str, list[tuple[str, list[str]]]]
    plain: dict[str, str]
    codes: dict[str, str]


@cache
def _spoken(known: Description) -> _Spoken:
    found: dict[str, list[tuple[str, list[str]]]] = {}
    form, labels = known.form or Form((), (), ()), layout(known)
    for path in form.spoken:
        field, label = known.at(path), labels.label_of(known.steps(path))
        if field is not None and label is not None:
            enumeration = known.enumerations.get(field.of or "") if field.type == "member" else None
            members = [one.name for one in enumeration.members] if enumeration else []
            found.setdefault(field.name, []).append((label, members))
    plain = {key: said[0][0] for key, said in found.items() if len(said) == 1}
    codes = {member.name: member.words.vi for one in known.vocabulary for member in one.members}
    return _Spoken(
        labels,
        {key: said for key, said in found.items() if len(said) > 1},
        plain | {spoken.key: spoken.label for spoken in form.spoken_as},
        codes | {"true": YES, "false": NO},
    )


_LEADS: Final = (": ", ", ", " [")
_TOKEN: Final = re.compile(r"\{\{|\}\}|\{[^{}]*\}|(?<!\w)[a-z]+(?:[._][a-z]+)*(?!\w)")
_PAIR: Final = re.compile(r"(?<![\w{])([a-z_]+): (\[[a-z_, ]+\]|[a-z_]+)(?!\w)")
_BRACKETS: Final = re.compile(r"\[([^\[\]]*)\]")


@cache
def in_form_words(text: Text, known: Description) -> Text:
    """The text, a template whose `{…}` are filled in later, with the form's labels for keys and codes.

    In English, where a key may be a common word, only what can be nothing else is replaced.
    """
    spoken = _spoken(known)
    english = _PAIR.sub(lambda found: _replaced(found[0], spoken, _known), text.en)
    return Text(_BRACKETS.sub(r"\1", _replaced(text.vi, spoken, _known)), _replaced(english, spoken, _unmistakable))


def _replaced(text: str, spoken: _Spoken, known: Callable[[_Spoken, str, str], str]) -> str:
    """The text with what `known` has words for replaced; what is filled in later stays, and double braces go."""

    def replace(found: re.Match[str]) -> str:
        if found[0] in ("{{", "}}"):
            return ""
        words = known(spoken, found[0], text[found.end() :])
        # A code by itself is quoted, as labels are; one that a key has for its value is not.
        alone = "_" in found[0] and text[: found.start()][-2:] not in _LEADS
        return f"“{words}”" if alone and words == spoken.codes.get(found[0]) else words

    return _TOKEN.sub(replace, text)


def _known(spoken: _Spoken, word: str, after: str) -> str:
    if (shared := spoken.shared.get(word)) and (code := re.match(r": ([a-z_]+)", after)):
        return f"“{next((label for label, codes in shared if code[1] in codes), shared[0][0])}”"
    if label := spoken.plain.get(word) or ("." in word and spoken.layout.label_of(tuple(word.split(".")))):
        return f"“{label}”"
    return spoken.codes.get(word, word)


def _unmistakable(spoken: _Spoken, word: str, after: str) -> str:
    return _known(spoken, word, after) if "_" in word or "." in word else word
