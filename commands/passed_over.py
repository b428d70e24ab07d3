"""Tells of the files in folders and archives that may hold plans and were not looked into. They are no fault of a run."""

from typing import Final

import click

from ..engine.readers import UNREAD
from ..engine.readers.source import shown_name
from ..engine.reporters.inert import printable
from ..engine.text import Text, counted
from .bilingual import language

_NAMED: Final = 3
"""How many files of a kind are named; the others are counted."""


class PassedOver:
    """Called with each such file as it is found; `tell` then says so on standard error, and what to do."""

    def __init__(self) -> None:
        self._unread, self._many = _Kind(), _Kind()

    def __call__(self, file: str) -> None:
        (self._unread if file.lower().endswith(UNREAD) else self._many).add(file)

    def tell(self) -> None:
        if count := self._unread.count:
            names = self._unread.names()
            _say(
                Text(
                    f"Bỏ qua {count} tệp PDF, vì chương trình không đọc loại tệp này: {names.vi}. "
                    "Tệp nào là kế hoạch thì lưu thành .docx hoặc .xlsx rồi chạy lại",
                    f"Passed over {counted(count, 'PDF file')}, a kind that is not read: {names.en}. "
                    "Save those that are plans as .docx or .xlsx and run again",
                )
            )
        if count := self._many.count:
            names = self._many.names()
            _say(
                Text(
                    f"Bỏ qua {count} tệp có thể chứa nhiều kế hoạch: {names.vi}. Để thẩm định, dùng lệnh thamdinh audit",
                    f"Passed over {counted(count, 'file')} that may hold many plans: {names.en}. To check them, use thamdinh audit",
                )
            )


class _Kind:
    def __init__(self) -> None:
        self.count, self._first = 0, list[str]()

    def add(self, file: str) -> None:
        self.count += 1
        if len(self._first) < _NAMED:
            self._first.append(printable(shown_name(file)))

    def names(self) -> Text:
        named, more = ", ".join(self._first), self.count - len(self._first)
        return Text(f"{named} và {more} tệp nữa", f"{named} and {more} more") if more else Text(named, named)


def _say(words: Text) -> None:
    click.echo(words[language()], err=True)
