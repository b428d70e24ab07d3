"""Self-contained pages: one shell for every HTML page the program makes. Nothing in a page is fetched from anywhere.

A page is a template in `templates` that extends `base.html`. What stands for data is escaped, always.
"""

from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from ...base.text import Language, Text

_TEMPLATES: Final = (__package__ or "", "templates")


def page(template: str, language: Language, **values: object) -> str:
    """The page as text. In templates `word(vi, en)` chooses the language and `say(text)` writes a Text.

    Raises jinja2.UndefinedError for a value that the template names and nobody gave.
    """

    def word(vi: str, en: str) -> str:
        return Text(vi, en)[language]

    def say(text: Text) -> str:
        return text[language]

    return _environment().get_template(template).render(language=language, word=word, say=say, **values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(*_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
