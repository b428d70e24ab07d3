"""Self-contained pages: one shell for every HTML page the program makes. Nothing in a page is fetched from anywhere.

A page is a template in `templates` that extends a shell: `base.html`, or that of a package which shows pages in another
way and whose templates go before these. What stands for data is escaped, always.
"""

from functools import cache
from typing import Any, Final

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from ...base.text import Language, Text

_SHELL: Final = "base.html"


def page(template: str, language: Language, *packages: str, shell: str = _SHELL, **values: Any) -> str:
    """The page as text. In templates `word(vi, en)` chooses the language and `say(text)` writes a Text.

    `packages` hold templates that go before ours.

    Raises jinja2.UndefinedError for a value that the template names and nobody gave.
    """

    def word(vi: str, en: str) -> str:
        return Text(vi, en)[language]

    def say(text: Text) -> str:
        return text[language]

    found = _environment(*packages).get_template(template)
    return found.render(shell=shell, language=language, word=word, say=say, **values)


@cache
def _environment(*packages: str) -> Environment:
    return Environment(
        loader=ChoiceLoader([PackageLoader(name, "templates") for name in (*packages, __package__ or "")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
