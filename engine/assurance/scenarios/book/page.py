"""The review book as a page of its own."""

from ....base.text import Language
from ....reporters.pages import page
from .content import NO_RULE, STATUSES, Book, last_run


def render(book: Book, language: Language) -> bytes:
    """The page, as UTF-8 bytes; nothing in it is fetched from anywhere."""
    return page(
        "book.html", language, book=book, statuses=STATUSES, no_rule=NO_RULE, made=last_run(book, language)
    ).encode()
