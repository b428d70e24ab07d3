"""What is told of a cell whose content can't be understood, by name; the words are data."""

import json
from pathlib import Path
from typing import Final

from ..base.record import Record
from ..base.suggest import shown
from ..base.text import Text
from ..documents.document import Unclear


class UnclearWords(Record):
    """What is wrong with something that is written, and how to mend it; `{}` stands for what is written."""

    message: Text
    fix: Text

    def __call__(self, written: str) -> Unclear:
        """The fault of what is written."""
        words = shown(written)
        vi, en = (text.replace("{}", words) for text in (self.message.vi, self.message.en))
        return Unclear(written, Text(vi, en), Text(self.fix.vi.replace("{}", words), self.fix.en.replace("{}", words)))


FAULTS: Final = {
    name: UnclearWords(Text(**said["message"]), Text(**said["fix"]))
    for name, said in json.loads(Path(__file__).with_suffix(".json").read_bytes()).items()
}
"""Every fault by name."""
