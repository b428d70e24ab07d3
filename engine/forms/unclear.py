"""What is told of a cell whose content can't be understood, by name; the words are data."""

import json
import re
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

    def __call__(self, written: str, *further: str | Text) -> Unclear:
        """The fault of what is written; `{1}` and `{2}` stand for the further words."""
        words = [word if isinstance(word, Text) else Text(word, word) for word in (shown(written), *further)]
        return Unclear(written, _filled(self.message, words), _filled(self.fix, words))


def _filled(text: Text, words: list[Text]) -> Text:
    vi, en = ([*re.split(r"\{(\d?)\}", said)] for said in (text.vi, text.en))
    vi[1::2] = (words[int(place or 0)].vi for place in vi[1::2])
    en[1::2] = (words[int(place or 0)].en for place in en[1::2])
    return Text("".join(vi), "".join(en))


FAULTS: Final = {
    name: UnclearWords(Text(**said["message"]), Text(**said["fix"]))
    for name, said in json.loads(Path(__file__).with_suffix(".json").read_bytes()).items()
}
"""Every fault by name."""
