"""Remedies in the words of a form: rules name the keys and codes of YAML, a form has labels instead."""

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from ..base.text import Text
from ..model.vocabulary import LABELS, OutcomeKind
from .layout import NO, YES, label_of

_PLAIN: Final[dict[str, str]] = {
    key: label
    for key, path in {
        "outcomes": ("outcomes",),
        "reports": ("reports",),
        "participants": ("participants",),
        "committees": ("committees",),
        "guidance": ("reports", "guidance"),
        "contents": ("reports", "contents"),
        "party_card": ("participants", "party_card"),
        "parts": ("participants", "parts"),
        "standing": ("participants", "standing"),
        "eligible": ("participants", "eligible"),
        "replaces": ("participants", "replaces"),
        "sessions": ("conference", "sessions"),
        "discussions": ("conference", "discussions"),
        "format": ("conference", "discussions", "format"),
        "direct_superior": ("organization", "direct_superior"),
        "district": ("organization", "district"),
        "directed_by": ("conference", "directed_by"),
        "role": ("committees", "members", "role"),
        "also_on": ("committees", "members", "also_on"),
        "ballots": ("confidence_votes", "ballots"),
        "ballots_distributed_at": ("confidence_votes", "ballots_distributed_at"),
        "counted_at": ("confidence_votes", "counted_at"),
        "published": ("confidence_votes", "published"),
        "confidence_votes": ("confidence_votes",),
        "by": ("confidence_votes", "briefing", "by"),
        "covers": ("confidence_votes", "briefing", "covers"),
        "subject": ("outcomes", "subject"),
        "targets": ("outcomes", "targets"),
    }.items()
    if (label := label_of(path)) is not None
} | {"briefing": "Người quán triệt, Quán triệt …"}
"""Keys as rules name them by themselves."""

_CODES: Final = {member: label.vi for labels in LABELS.values() for member, label in labels.items()} | {
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
    if word == "kind" and (code := re.match(r": ([a-z_]+)", after)):
        path = ("outcomes", "kind") if code[1] in LABELS[OutcomeKind] else ("organization", "kind")
        return f"“{label_of(path)}”"
    if label := _PLAIN.get(word) or ("." in word and label_of(tuple(word.split(".")))):
        return f"“{label}”"
    return _CODES.get(word, word)


def _unmistakable(word: str, after: str) -> str:
    return _known(word, after) if "_" in word or "." in word else word
