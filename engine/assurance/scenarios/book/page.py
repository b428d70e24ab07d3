"""The review book as a page of its own."""

from ....base.text import Language
from ....directive.phrasing import instant
from ....reporters.pages import page
from .content import NO_RULE, STATUSES, Book


def render(book: Book, language: Language) -> bytes:
    """The page, as UTF-8 bytes; nothing in it is fetched from anywhere."""
    return page(
        "book.html", language, book=book, statuses=STATUSES, no_rule=NO_RULE, made=instant(book.made, language)
    ).encode()
