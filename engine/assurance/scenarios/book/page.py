"""The review book as a page of its own."""

from typing import Any

from ....base.text import Language
from ....reporters.pages import page
from .content import NO_RULE, SIGNING, STATUSES, Book, last_run, mark_of, unbroken


def render(book: Book, language: Language) -> bytes:
    """The page, as UTF-8 bytes; nothing in it is fetched from anywhere."""
    return page("book.html", language, **page_values(book, language)).encode()


def page_values(book: Book, language: Language) -> dict[str, Any]:
    """What the template of the page asks for."""
    return {
        "book": book,
        "statuses": STATUSES,
        "no_rule": NO_RULE,
        "signing": SIGNING,
        "made": last_run(book, language),
        "mark_of": mark_of,
        "unbroken": unbroken,
    }
