"""A commented document to fill in, one for each kind of organisation, that keeps the directive once it is filled."""

from ..base.text import Language
from ..model.description import TYPE, Blank, Description, Enumeration
from ..model.document_types import DEFAULT


def template(known: Description, kind: str | None, file: str, language: Language, term: str | None = None) -> str:
    """The YAML text of a document to fill in; its description has a blank one. `kind`: of organisation, where it has kinds.

    `term`: that of the pack it is for; by default the one that the description says.

    Every `<…>` is to be replaced; times keep the directive as they stand.
    """
    blank = known.blank
    assert blank is not None, known.id
    chosen = known.kinds.member(kind) if known.kinds and kind else None
    words = {word.name: word.words[language] for word in blank.words} | {"kind": kind or ""}
    words |= {"term": term} if term and "term" in words else {}
    words |= {name: text.format(**words) for name, text in _of_kind(blank, chosen.groups if chosen else ()).items()}
    members = {one.name: _members(one, language) for one in known.vocabulary}
    notes = {f"note_{note.name}": _comment(note.words[language].format(**members)) for note in blank.comments}
    head = blank.head[language].format(kind=chosen.words[language] if chosen else "", file=file)
    said = "" if known.id == DEFAULT else f"{TYPE}: {known.id}\n"
    return head + said + blank.text.format(**words, **notes)


def _of_kind(blank: Blank, groups: tuple[str, ...]) -> dict[str, str]:
    """The words of the kinds in these groups."""
    return {
        name: text
        for words in blank.by_kind
        if not {*groups}.isdisjoint(words.groups)
        for name, text in words.words.items()
    }


def _members(enumeration: Enumeration, language: Language) -> str:
    return ", ".join(f"{member.name} ({member.words[language]})" for member in enumeration.members)


def _comment(words: str) -> str:
    return f"# {words[0].upper()}{words[1:]}"
