"""Outputs in files, several of a run: each is written completely or not at all."""

import os
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Final

from ..base.input_names import shown_name
from ..base.libraries import needed_for
from ..base.problem import SCHEMA, UNREADABLE, Place, Problem, Unreadable
from ..base.record import Record
from ..base.suggest import did_you_mean
from ..base.text import Text
from ..base.unwritable import unwritable
from ..documents.results import may_be_replaced
from ..evaluation.verdict import Report
from ..reporters import Options, format_named, format_of, formats, render, render_each

_FOR_EXAMPLE: Final = "sarif=ket-qua.sarif"


class Output(Record):
    """A format and the file that takes it, or the folder: of a format that is about one plan, one file a plan."""

    format: str
    path: Path
    folder: bool = False


def parse_output(words: str, place: Place) -> Output:
    """The output that `FORMAT=FILE` names. Raises Unreadable, at `place`, for anything else."""
    written, equals, file = words.partition("=")
    if not equals or not file:
        raise Unreadable(
            Problem(
                SCHEMA,
                Text(f"“{words}” không có dạng ĐỊNH_DẠNG=TỆP", f"“{words}” is not FORMAT=FILE"),
                Text(f"Viết như {_FOR_EXAMPLE}", f"Write it as in {_FOR_EXAMPLE}"),
                place,
            )
        )
    if file == "-":
        raise Unreadable(
            Problem(
                SCHEMA,
                Text("“-” không phải tên tệp để ghi", "“-” names no file to write"),
                Text(f"Đặt tên tệp, hoặc dùng --format {written}", f"Name a file, or use --format {written}"),
                place,
            )
        )
    if (name := format_named(written)) is None:
        raise Unreadable(unknown_format(written, place))
    return Output(name, Path(file), file.endswith(("/", os.sep)) or os.path.isdir(file))


def unknown_format(name: str, place: Place) -> Problem:
    """The problem of a format that there is not."""
    return Problem(
        SCHEMA,
        Text(f"Không có định dạng “{name}”", f"Unknown format “{name}”"),
        did_you_mean(name, formats()),
        place,
    )


def check_outputs(outputs: Sequence[Output], inputs: Iterable[str]) -> None:
    """Refuse outputs that would overwrite each other, an input, or what is no result. Raises Unreadable."""
    check_files([output.path for output in outputs], inputs)


def check_files(files: Iterable[Path], inputs: Iterable[str]) -> None:
    """Refuse files as outputs that are the same, or an input, or hold something that this program did not write.

    Raises Unreadable.
    """
    problems: list[Problem] = []
    read = {Path(name.removeprefix("file://")).resolve() for name in inputs}
    seen: set[Path] = set()
    for file in files:
        path, place = file.resolve(), Place(shown_name(str(file)))
        problems += (Problem(UNREADABLE, message, fix, place) for message, fix in _against(path, read, seen))
        seen.add(path)
    if problems:
        raise Unreadable(*problems)


def _against(path: Path, read: Container[Path], seen: Container[Path]) -> Iterator[tuple[Text, Text]]:
    """What forbids to write to a file, and how to mend it; `read` are the inputs, `seen` the outputs before."""
    if path in read:
        yield (
            Text(
                "Tệp kết quả trùng với tệp đang đọc (văn bản hoặc kho rà soát)",
                "This output is one of the files read (a document or the store)",
            ),
            Text("Đặt tên khác cho tệp kết quả", "Give the output another name"),
        )
    if path in seen:
        yield (
            Text("Hai kết quả cùng ghi vào một tệp", "Two outputs go to the same file"),
            Text("Đặt cho mỗi kết quả một tên tệp", "Give each output a file of its own"),
        )
    # A plan or anything of the user's may stand there: only a result is ever written over.
    if path not in read and path.is_file() and not may_be_replaced(path):
        yield (
            Text(
                "Đã có tệp này và đó không phải kết quả của chương trình, nên không ghi đè",
                "This file exists and is no result of the program, so it is not overwritten",
            ),
            Text(
                "Đặt tên khác cho tệp kết quả, hoặc xóa tệp đó trước",
                "Give the output another name, or delete that file first",
            ),
        )


def report_for(report: Report, name: str, *, show_passed: bool) -> Report:
    """The report as a format is to see it: what held only where it was asked for, or where the format is about it."""
    if show_passed or format_of(name).passes:
        return report
    verdicts = tuple(
        verdict if verdict.passed is None else replace(verdict, passed=None) for verdict in report.verdicts
    )
    return replace(report, verdicts=verdicts)


def write_outputs(outputs: Iterable[Output], report: Report, options: Options, *, show_passed: bool) -> list[Problem]:
    """Write each output; gives what kept any from being written. The others are written all the same."""
    problems: list[Problem] = []
    for output in outputs:
        seen = report_for(report, output.format, show_passed=show_passed)
        try:
            with needed_for(shown_name(str(output.path))):
                if output.folder and format_of(output.format).one_plan:
                    _write_each(output, seen, options)
                else:
                    _write(output.path, render(output.format, seen, options))
        except Unreadable as unreadable:
            problems += unreadable.problems
        except OSError as error:
            problems.append(unwritable(output.path, error))
    return problems


def _write_each(output: Output, report: Report, options: Options) -> None:
    """A file for each plan, in the folder, named after the plan's file. Raises OSError and Unreadable."""
    output.path.mkdir(exist_ok=True)
    suffix = format_of(output.format).suffixes[0]
    taken: Counter[str] = Counter()
    for verdict, content in zip(report.verdicts, render_each(output.format, report, options), strict=True):
        name = re.sub(r"[^\w.-]+", "-", PurePath(verdict.file).stem).strip("-.") or output.format
        taken[name] += 1
        number = "" if taken[name] == 1 else f"-{taken[name]}"
        file = output.path / f"phieu-{name}{number}{suffix}"
        check_files([file], ())
        _write(file, content)


def _write(path: Path, content: bytes) -> None:
    from ..base.whole_file import write_whole

    write_whole(path, content, may_be_replaced)
