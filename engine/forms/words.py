"""Remedies in the words of a form: rules name the keys and codes of YAML, a form has labels instead."""

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from ..base.text import Text
from ..model.description import Form
from .layout import KNOWN, NO, YES, label_of

_FORM: Final = KNOWN.form or Form((), (), ())


def _spoken() -> dict[str, list[tuple[str, list[str]]]]:
    """The labels that keys stand for, each with the members that the key may have for its value."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for path in _FORM.spoken:
        field, label = KNOWN.at(path), label_of(KNOWN.steps(path))
        if field is not None and label is not None:
            enumeration = KNOWN.enumerations.get(field.of or "") if field.type == "member" else None
            found.setdefault(field.name, []).append(
                (label, [one.name for one in enumeration.members] if enumeration else [])
            )
    return found


_SHARED: Final = {key: labels for key, labels in _spoken().items() if len(labels) > 1}
"""Keys that several fields have: which one is meant the member behind it tells."""
_PLAIN: Final = {key: labels[0][0] for key, labels in _spoken().items() if key not in _SHARED} | {
    spoken.key: spoken.label for spoken in _FORM.spoken_as
}
"""Keys as rules name them by themselves."""

_CODES: Final = {member.name: member.words.vi for known in KNOWN.vocabulary for member in known.members} | {
    "true": YES,
    "false": NO,
}
_LEADS: Final = (": ", ", ", " [")
_TOKEN: Final = re.compile(r"\{\{|\}\}|\{[^{}]*\}|(?<!\w)[a-z]+(?:[._][a-z]+)*(?!\w)")
_PAIR: Final = re.compile(r"(?<![\w{])([a-z_]+): (\[[a-z_, ]+\]|[a-z_]+)(?!\w)")
_BRACKETS: Final = re.compile(r"\[([^\[\]]*)\]")


@cache
def in_form_words(text: Text) -> Text:
    """The text, a template whose `{…}` are filled in later, with the form's labels for keys and codes.

    In English, where a key may be a common word, only what can be nothing else is replaced.
    """
    english = _PAIR.sub(lambda found: _replaced(found[0], _known), text.en)
    return Text(_BRACKETS.sub(r"\1", _replaced(text.vi, _known)), _replaced(english, _unmistakable))


def _replaced(text: str, known: Callable[[str, str], str]) -> str:
    """The text with what `known` has words for replaced; what is filled in later stays, and double braces go."""

    def replace(found: re.Match[str]) -> str:
        if found[0] in ("{{", "}}"):
            return ""
        words = known(found[0], text[found.end() :])
        # A code by itself is quoted, as labels are; one that a key has for its value is not.
        alone = "_" in found[0] and text[: found.start()][-2:] not in _LEADS
        return f"“{words}”" if alone and words == _CODES.get(found[0]) else words

    return _TOKEN.sub(replace, text)


def _known(word: str, after: str) -> str:
    if (shared := _SHARED.get(word)) and (code := re.match(r": ([a-z_]+)", after)):
        return f"“{next((label for label, codes in shared if code[1] in codes), shared[0][0])}”"
    if label := _PLAIN.get(word) or ("." in word and label_of(tuple(word.split(".")))):
        return f"“{label}”"
    return _CODES.get(word, word)


def _unmistakable(word: str, after: str) -> str:
    return _known(word, after) if "_" in word or "." in word else word
