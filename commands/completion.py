"""What shells complete: the codes of rules, clauses and problems, and the packs that there are."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import click

from ..engine.base.text import Language

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def completed(
    metavar: str | None, ctx: click.Context, incomplete: str, language: Language
) -> "list[CompletionItem] | None":
    """What may stand in place of a value that is called so; None where nothing is known of it."""
    named = _KINDS.get((metavar or "").strip("[].…"))
    if named is None:
        return None
    from click.shell_completion import CompletionItem

    if named is _files:
        return [CompletionItem(incomplete, type="file")]
    found = named(ctx, language)
    return [
        CompletionItem(name, help=said) for name, said in found.items() if name.upper().startswith(incomplete.upper())
    ]


def _files(_context: click.Context, _language: Language) -> dict[str, str]:
    return {}


def _codes(context: click.Context, language: Language) -> dict[str, str]:
    """Every code, with what it is about."""
    from ..engine.base.problem import Unreadable
    from ..engine.base.problem_pages import CODES
    from ..engine.directive.packs import DEFAULT, read

    try:
        pack = read(context.params.get("directive") or DEFAULT)
    except Unreadable:
        pack = read(DEFAULT)
    found = {rule.id: rule.title[language] for rule in pack.rules}
    found |= {clause.id: clause.text[language] for clause in pack.directive.clauses}
    return found | {code: page.meaning[language] for code, page in CODES.items()}


def _packs(_context: click.Context, language: Language) -> dict[str, str]:
    """Every pack that comes with the program, with its title."""
    from ..engine.directive.packs import available, read

    return {name: read(name).directive.title[language] for name in available()}


_KINDS: Final[dict[str, Callable[[click.Context, Language], dict[str, Any]]]] = {
    "CODE": _codes,
    **dict.fromkeys(("ID|FOLDER", "ID|FOLDER|auto", "PACK", "A", "B"), _packs),
    **dict.fromkeys(
        ("FILE", "FILE|FOLDER", "FILE|FOLDER|-", "FILE.docx", "FOLDER", "INPUT", "INPUTS", "OUTPUT"), _files
    ),
}
"""By what stands for a value in the usage of a command: what may stand there."""
