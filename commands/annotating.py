"""`thamdinh lint FILE --annotate OUT`: a copy of a workbook or document with what is wrong written into it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..engine.base.limits import Limits
from ..engine.base.problem import UNREADABLE, Place, Problem, Unreadable
from ..engine.base.text import Language, Text, counted
from ..engine.base.unwritable import writing
from ..engine.documents import FORMS
from ..engine.evaluation.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Annotating:
    """What to annotate and where to. `overwrite`: whether a file that is there may be replaced (never the input)."""

    source: Path
    target: Path
    overwrite: bool

    @classmethod
    def of(cls, inputs: Sequence[str], target: Path, overwrite: bool) -> "Annotating":
        """What was asked for, before anything is read. Raises Unreadable where it can't be done."""
        if len(inputs) != 1 or Path(inputs[0]).suffix.lower() not in FORMS or not os.path.isfile(inputs[0]):
            raise _refusal(
                target,
                Text(
                    "Chỉ ghi chú thích cho một tệp .xlsx hoặc .docx mỗi lần",
                    "Only one .xlsx or .docx file is annotated at a time",
                ),
                Text("Ghi đúng một tệp trước --annotate", "Name exactly one file before --annotate"),
            )
        source = Path(inputs[0])
        if target.suffix.lower() != source.suffix.lower():
            raise _refusal(
                target,
                Text(
                    "Bản chú thích phải cùng loại với tệp gốc",
                    "The annotated copy must be of the same kind as the file",
                ),
                Text(f"Đặt tên có đuôi {source.suffix.lower()}", f"End its name in {source.suffix.lower()}"),
            )
        if os.path.exists(target) and os.path.samefile(source, target):
            raise _refusal(
                target,
                Text(
                    "Bản chú thích không được ghi đè lên chính tệp gốc",
                    "The annotated copy may not replace the file itself",
                ),
                Text("Chọn tên khác", "Choose another name"),
            )
        if os.path.lexists(target) and not overwrite:
            raise _refusal(
                target,
                Text("Tệp đã có, không ghi đè", "The file exists already and is not overwritten"),
                Text("Chọn tên khác, hoặc thêm --overwrite", "Choose another name, or add --overwrite"),
            )
        return cls(source, target, overwrite)

    def write(self, verdict: Verdict, language: Language, limits: Limits) -> Text:
        """Write the copy, made within the limits; gives what to say of it. Raises Unreadable."""
        from ..engine.base.whole_file import anything, replace_nothing, write_whole
        from ..engine.documents.source import load
        from ..engine.lint.annotated import annotated

        name = str(self.source)
        made, notes = annotated(name, load(name), verdict, language, limits)
        with writing(self.target):
            write_whole(self.target, made, anything if self.overwrite else replace_nothing)
        return Text(
            f"Đã ghi bản có {notes} chú thích: {self.target}",
            f"Wrote a copy with {counted(notes, 'note')}: {self.target}",
        )


def _refusal(target: Path, message: Text, fix: Text) -> Unreadable:
    return Unreadable(Problem(UNREADABLE, message, fix, Place(str(target))))
