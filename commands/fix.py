"""`thamdinh fix`: the mechanical remedies, shown as a difference, asked about, then written."""

import difflib
import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from ..engine.base.failure import told
from ..engine.base.inert import printable, unforged
from ..engine.base.input_names import STDIN
from ..engine.base.passed_over import PassedOver
from ..engine.base.problem import UNREADABLE, Place, Problem, Unreadable
from ..engine.base.text import Text, counted
from ..engine.base.unwritable import unwritable
from ..engine.base.whole_file import write_whole
from ..engine.documents import read
from ..engine.documents.claims import Claims
from ..engine.documents.discover import InputFile, discover, folders_of
from ..engine.documents.document import Document
from ..engine.documents.source import load
from ..engine.documents.tree import TextDocument
from ..engine.evaluation.scanning import Compiled
from ..engine.evaluation.verdict import Report
from ..engine.forms.editing import cell_differences
from ..engine.forms.form_document import FormDocument
from ..engine.lint.appraise import rehearsed
from ..engine.lint.selection import judge_of, went_by
from ..engine.lint.settings import Settings
from ..engine.model.privacy import difference_without_cards
from ..engine.repair.repair import Repaired, mended_bytes, repair
from ..engine.reporters import Options
from ..engine.reporters.text import notice_lines
from ..engine.waivers.waivers import waivers_here
from .bilingual import argument, colour_wanted, language, option, say, speak, write
from .bilingual import command as bilingual_command
from .refusal import refuse, tell
from .shared_options import rule_options, settings_given

_COLOURS: Final = {"+": "green", "-": "red", "@": "cyan"}


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What the user asked for."""

    yes: bool
    dry_run: bool


@bilingual_command(
    Text(
        "Sửa những lỗi sửa được một cách máy móc trong các văn bản: tách báo cáo gộp, thêm nội dung hoặc dòng còn thiếu, "
        "dời giờ sớm hơn, tính lại tỷ lệ. Không tự đặt ra thông tin về con người. Cho xem chỗ thay đổi rồi hỏi trước khi ghi.",
        "Mend what can be mended mechanically: split a merged report, add a content or row that is missing, move a time "
        "earlier. No fact about people is invented. Shows the difference and asks before it writes.",
    )
)
@argument("inputs", nargs=-1, required=True, metavar="FILE|FOLDER")
@option("--yes", "-y", is_flag=True, words=Text("Ghi luôn, không hỏi.", "Write without asking."))
@option(
    "--dry-run",
    is_flag=True,
    words=Text("Chỉ cho xem chỗ thay đổi, không ghi.", "Show the difference only; nothing is written."),
)
@rule_options()
def command(inputs: tuple[str, ...], yes: bool, dry_run: bool, **given: Any) -> int:
    """Mend each input. Exit status: 0 nothing left at severity error, 1 errors are left, 2 an input could not be mended."""
    status = 0
    settings = settings_given(given)
    speak(sys.argv[1:], settings.lang)
    passed_over = PassedOver()
    claims = Claims((settings.file, settings.waivers or waivers_here()))
    for source in discover(inputs, passed_over, claims, settings.excluded):
        try:
            with told(source.name):
                status = max(status, _fix(source, settings, _Wishes(yes, dry_run)))
        except Unreadable as unreadable:
            status = refuse(unreadable)
    claims.above(folders_of(inputs))
    tell([*claims.notices(), *passed_over.notices()])
    if (basis := _basis(settings)) is not None:
        _say(basis)
    return status


def _basis(settings: Settings) -> Text | None:
    """What decided on what is mended, besides the program and its packs. None where what was to decide can't be read."""
    try:
        judge = judge_of(settings)
        return went_by(settings, judge.rulesets, judge.restrict, None).line()
    except Unreadable:  # told for each input
        return None


def _fix(source: InputFile, settings: Settings, wishes: _Wishes) -> int:
    """Mend one input. Raises Unreadable."""
    if source.path == STDIN:
        raise Unreadable(_no_file())
    rehearsed(lambda: _repaired(source, settings), source.name, settings.limits)
    content, document, repaired = _repaired(source, settings)
    for notice in repaired.verdict.notices:
        sys.stderr.write(notice_lines(notice, Options(language())))
    if not repaired.mended:
        _say(Text(f"{source.name}: không có gì sửa được máy móc", f"{source.name}: nothing can be mended mechanically"))
        return _left(repaired, mended=False)
    _show(source.name, document, repaired.document)
    for finding in repaired.mended:
        _say(Text(f"  sửa {finding.rule}: {finding.message.vi}", f"  mends {finding.rule}: {finding.message.en}"))
    if wishes.dry_run or not (wishes.yes or _agreed(source.name)):
        _say(Text(f"{source.name}: chưa ghi gì", f"{source.name}: nothing was written"))
        return 1
    backup = _backup(source.path)
    try:
        write_whole(backup, content, private=True)
        write_whole(
            Path(source.path), mended_bytes(repaired.document, content), lambda path: path.read_bytes() == content
        )
    except FileExistsError:
        raise Unreadable(_saved_meanwhile(source)) from None
    except OSError as error:
        raise Unreadable(unwritable(Path(source.path), error)) from None
    _say(
        Text(
            f"{source.name}: bản trước khi sửa ở {backup}; để hoàn lại: {_undo(backup, source.path)}",
            f"{source.name}: the file before mending is {backup}; to undo: {_undo(backup, source.path)}",
        )
    )
    return _left(repaired, mended=True)


def _backup(path: str) -> Path:
    """Where the file is kept as it was before it is mended: beside it, where nothing is yet."""
    names = (f"{path}.truoc-khi-sua{number}" for number in ("", *(f"-{count}" for count in range(2, 10_000))))
    return Path(next(name for name in names if not os.path.lexists(name)))


def _undo(backup: Path, path: str) -> str:
    """The command that puts the file back as it was."""
    put = "move /y" if os.name == "nt" else "mv"
    return f"{put} {shlex.quote(str(backup))} {shlex.quote(path)}"


def _repaired(source: InputFile, settings: Settings) -> tuple[bytes, Document, Repaired]:
    """The content of the file, the document in it, and what that is mended to. Raises Unreadable."""
    if source.problem is not None:
        raise Unreadable(source.problem)
    content = load(source.path)
    document = read(source.path, content)
    return content, document, repair(document, judge_of(settings, Compiled), most=settings.limits.problems)


def _left(repaired: Repaired, *, mended: bool) -> int:
    verdict = repaired.verdict
    count = len(verdict.findings)
    if mended:
        words = f"còn {count} phát hiện; chạy thamdinh lint để xem" if count else "không còn phát hiện nào"
        english = f"{counted(count, 'finding')} left; see thamdinh lint" if count else "no finding is left"
        _say(
            Text(
                f"{verdict.file}: đã sửa {len(repaired.mended)} phát hiện, {words}",
                f"{verdict.file}: mended {counted(len(repaired.mended), 'finding')}, {english}",
            )
        )
    return Report("", (verdict,)).exit_status("error")


def _say(words: Text) -> None:
    say(words, err=True)


def _agreed(name: str) -> bool:
    """Whether the user says yes; with nobody to ask, no."""
    if not sys.stdin.isatty():
        _say(
            Text(
                "Không có ai trả lời (không phải cửa sổ lệnh): thêm --yes để ghi luôn",
                "Nobody can be asked (no terminal): add --yes to write",
            )
        )
        return False
    return click.confirm(printable(Text(f"Ghi vào {name}?", f"Write to {name}?")[language()]), default=False, err=True)


def _show(name: str, before: Document, after: Document) -> None:
    """The difference: of a text as a unified diff, of a form cell by cell."""
    if isinstance(before, TextDocument) and isinstance(after, TextDocument):
        lines = list(difflib.unified_diff(before.text.splitlines(), after.text.splitlines(), name, name, lineterm=""))
    else:
        assert isinstance(before, FormDocument)
        assert isinstance(after, FormDocument)
        lines = [f"--- {name}", f"+++ {name}"]
        suffix = Path(name).suffix.lower()
        for place, was, now in cell_differences(name, before.content, after.content, suffix):
            lines.append(f"@@ {place.describe(language()).removeprefix(f'{name}: ')} @@")
            lines += [f"{sign}{line}" for sign, text in (("-", was), ("+", now)) for line in text.splitlines()]
    for line in difference_without_cards(lines, before):
        colour = _COLOURS.get(line[:1]) if colour_wanted() else None
        shown = "\t".join(map(unforged, line.split("\t")))
        write((click.style(shown, fg=colour) + "\n" if colour else shown + "\n").encode())


def _saved_meanwhile(source: InputFile) -> Problem:
    return Problem(
        UNREADABLE,
        Text(
            "Tệp đã được lưu lại trong khi chờ trả lời, nên không ghi gì",
            "The file was saved anew while the answer was awaited, so nothing was written",
        ),
        Text("Chạy lại thamdinh fix cho tệp này", "Run thamdinh fix on this file again"),
        Place(source.name),
    )


def _no_file() -> Problem:
    return Problem(
        UNREADABLE,
        Text("Không sửa được đầu vào chuẩn", "Standard input can't be mended"),
        Text("Lưu thành tệp rồi chạy: thamdinh fix TỆP", "Save it as a file and run: thamdinh fix FILE"),
        Place("<stdin>"),
    )
