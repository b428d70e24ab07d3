"""From any inputs of an audit to one file: Parquet or JSONL, one plan a row, or one plan as a form, YAML or JSON."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from ..base.failure import told
from ..base.instant import instant_text
from ..base.limits import MOST_BEYOND, Limits, given_up
from ..base.passed_over import Tell, untold
from ..base.problem import UNREADABLE, Place, Problem, Unreadable
from ..base.text import Text
from ..base.whole_file import making_file
from ..documents.claims import Claimed, unclaimed
from ..evaluation.appraisal import plan_of
from ..evaluation.choice import Choosing, rulesets_of
from ..forms import one_file
from ..forms.content import plan_data
from ..lint.appraise import Beyond, rehearsed
from ..model.called import Called, called
from ..model.description import TYPE
from ..model.document_types import DEFAULT
from ..model.records import DocumentRecord
from .inputs.listing import Entry, entries
from .quick.structs import fields
from .workers.batch import Contents, document_of

PARQUET: Final = ".parquet"
LINES: Final = ".jsonl"


@dataclass
class Conversion:
    """How many plans were written, how many were left out, and what was wrong with these."""

    written: int = 0
    left_out: int = 0
    types: dict[str, Called] = field(default_factory=dict)
    """What was written is called, by type."""
    problems: list[Problem] = field(default_factory=list)


def convert(
    names: Iterable[str],
    output: Path,
    tell: Tell = untold,
    claimed: Claimed = unclaimed,
    limits: Limits = Limits(),  # noqa: B008 (it never changes)
    judge: Choosing | None = None,
) -> Conversion:
    """Write the plans of all inputs to `output`, which appears when it is complete and holds any. What isn't valid, or
    goes beyond the limits, is left out.

    `judge`: the packs in whose words documents are read, by default the issued ones. `tell` is told of what is no input, `claimed` of settings, waivers and the like among the plans. Raises Unreadable where the output is of no known kind,
    OSError where it exists or can't be written.
    """
    write = _WRITERS.get(output.suffix.lower())
    if write is None:
        known = ", ".join(_WRITERS)
        raise Unreadable(
            Problem(
                UNREADABLE,
                Text(f"Không ghi được loại tệp “{output.suffix}”", f"Files of type “{output.suffix}” can't be written"),
                Text(f"Đặt tên tệp kết quả có đuôi: {known}", f"End the name of the output in one of: {known}"),
                Place(str(output)),
            )
        )
    conversion = Conversion()
    with making_file(output) as unfinished:
        plans = _plans(entries(names, None, tell, claimed), limits, conversion, judge or Choosing(rulesets_of(None)))
        conversion.written = write(str(unfinished), plans if write in _MANY.values() else _only(plans, output))
        if not conversion.written:
            unfinished.unlink()
    return conversion


def _plans(found: Iterable[Entry], limits: Limits, conversion: Conversion, judge: Choosing) -> Iterator[DocumentRecord]:
    beyond = Counter[str]()
    with Contents(judge.known_as) as contents:
        for entry in found:
            try:
                with told(entry.place, reading=True):
                    if beyond[entry.path] >= MOST_BEYOND:
                        raise Unreadable(given_up(entry.place, limits))
                    plan = _plan(entry, contents, limits, judge)
            except Unreadable as unreadable:
                beyond[entry.path] += isinstance(unreadable, Beyond)
                conversion.left_out += 1
                conversion.problems += unreadable.problems
            else:
                conversion.types[plan.known.id] = called(plan.known)
                yield plan


def _plan(entry: Entry, contents: Contents, limits: Limits, judge: Choosing) -> DocumentRecord:
    """The plan of an entry. Raises Unreadable, also where reading it goes beyond the limits."""
    content = contents.of(entry)
    plan = contents.quick(entry, content)
    if plan is not None:
        return plan

    def read() -> DocumentRecord:
        document = document_of(entry, content)
        return plan_of(document, known=judge.known(document))

    rehearsed(read, entry.place, limits)
    return read()


def line(plan: DocumentRecord) -> str:
    """The plan as one line of JSON, what has its default left out."""
    said = {} if plan.known.id == DEFAULT else {TYPE: plan.known.id}
    return json.dumps(said | _plain(plan), ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, DocumentRecord):
        kind: Any = type(value)
        given = ((name, getattr(value, name), default) for name, _, default in fields(kind))
        return {name: _plain(item) for name, item, default in given if item != default}
    if isinstance(value, tuple):
        return [*map(_plain, value)]
    return instant_text(value)


def _write_lines(path: str, plans: Iterable[DocumentRecord]) -> int:
    count = 0
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for plan in plans:
            file.write(line(plan.whole()) + "\n")
            count += 1
    return count


def _write_parquet(path: str, plans: Iterable[DocumentRecord]) -> int:
    from .quick import parquet

    return parquet.write_documents(path, plans)


def _write_one(suffix: str, path: str, plans: Iterable[DocumentRecord]) -> int:
    count = 0
    for plan in plans:
        Path(path).write_bytes(one_file.WRITERS[suffix](plan_data(plan.whole()), plan.known))
        count += 1
    return count


def _only(plans: Iterable[DocumentRecord], output: Path) -> Iterator[DocumentRecord]:
    """The one plan that there is. Raises Unreadable where there are more: then nothing is written."""
    for number, plan in enumerate(plans):
        if number:
            many = ", ".join(_MANY)
            raise Unreadable(
                Problem(
                    UNREADABLE,
                    Text(
                        f"Tệp {output.suffix} chỉ chứa được một văn bản",
                        f"A {output.suffix} file holds one document only",
                    ),
                    Text(
                        f"Chuyển từng tệp một; gộp nhiều văn bản thì đặt tên tệp kết quả có đuôi: {many}",
                        f"Convert them one by one; to put many together, end the name of the output in one of: {many}",
                    ),
                    Place(str(output)),
                )
            )
        yield plan


_Writer = Callable[[str, Iterable[DocumentRecord]], int]
_MANY: Final[dict[str, _Writer]] = {PARQUET: _write_parquet, LINES: _write_lines}
_WRITERS: Final[dict[str, _Writer]] = {**_MANY, **{suffix: partial(_write_one, suffix) for suffix in one_file.WRITERS}}
