"""Whether a pack was made for a plan: by term, kind, district and the day of the first session.

A plan never says its province; one without a session excludes no day, which is told. Terms and districts are the same
however they are typed: with any dash, without marks. A slip of the hand chooses no other pack.
"""

from datetime import date
from functools import cache

from ..base.canonical import canonical
from ..base.instant import day_of
from ..base.problem import NOT_MADE_FOR, Path, Problem
from ..base.suggest import plain
from ..base.text import Text
from ..directive.ruleset import Ruleset
from ..documents.document import Document
from ..model.called import called
from ..model.description import Description
from ..model.gathering import Gather, gathering
from ..model.records import DocumentRecord, of_nature


def unfit(ruleset: Ruleset, plan: DocumentRecord) -> tuple[Path, Text] | None:
    """Why a pack is not for the plan: the path in the plan of what does not fit, and in words. None where it is."""
    return _unfit(ruleset, plan, _first_day(plan))


def _unfit(ruleset: Ruleset, plan: DocumentRecord, first: date | None) -> tuple[Path, Text] | None:
    applies = ruleset.applies
    if applies is None:
        return None
    known = plan.known
    term, kind, district = (of_nature(plan, nature) for nature in ("term", "kind", "district"))
    if _path(known, "term") and not _same(term or "", applies.term):
        return _path(known, "term"), Text(f"dành cho nhiệm kỳ {applies.term}", f"is for the term {applies.term}")
    if applies.kinds is not None and kind not in applies.kinds:
        label = known.at("/" + "/".join(path := _path(known, "kind")))
        return path, Text(f"dành cho {label.label.vi if label else ''} khác", "is for other kinds of organisation")
    if applies.district is not None and (
        district is None or not _same(applies.place(district), applies.place(applies.district))
    ):
        return _path(known, "district"), Text(f"dành cho {applies.district}", f"is for {applies.district}")
    if first is not None and not applies.valid_from <= first <= applies.valid_to:
        days = f"{applies.valid_from:%d/%m/%Y}–{applies.valid_to:%d/%m/%Y}"
        return _path(known, "day")[:-1], Text(f"có hiệu lực {days}", f"is in force {days}")
    return None


def _no_day(known: Description, path: tuple[str, ...]) -> tuple[Text, Text, tuple[str, ...]]:
    """What a document without a day has not written, what is to be written, and where: rows that have days, or the day."""
    rows, field = (known.at("/" + "/".join(steps)) for steps in (path[:-1], path))
    if rows is not None and rows.type == "rows":
        row = known.record_types[rows.of or ""]
        times = Text(f"Ghi ngày giờ {rows.label.vi}", f"Give the {rows.label.en} with their times")
        return Text(f"{row.noun or row.label.vi} nào", row.label.en), times, path[:-1]
    label = field.label if field is not None else Text("ngày", "day")
    return label, Text(f"Ghi {label.vi}", f"Give the {label.en}"), path


def _path(known: Description, nature: str) -> tuple[str, ...]:
    """The path of the field of a nature; empty where the type of document has none."""
    return next(iter(known.by_nature.get(nature, ())), ())


def _first_day(plan: DocumentRecord) -> date | None:
    """The day on which the first thing of the event begins; None where nothing says one."""
    days = _days(plan.known)(plan)
    return day_of(min(days)) if days else None


@cache
def _days(known: Description) -> Gather:
    return gathering(known, known.by_nature.get("day", ())[:1])


def _same(one: str, other: str) -> bool:
    return one == other or plain(canonical(one)) == plain(canonical(other))


def doubts(ruleset: Ruleset, plan: DocumentRecord, document: Document) -> tuple[Problem, ...]:
    """The notice NT005 where the pack that judges a plan was not made for it, or that can't be told."""
    first = _first_day(plan)
    found = _unfit(ruleset, plan, first)
    if found is not None:
        one = plan.known.one
        path, why = found
        message = Text(
            f"Bộ quy tắc {ruleset.directive} không dành cho {one.vi} này: {why.vi}",
            f"The pack {ruleset.directive} was not made for this {one.en}: it {why.en}",
        )
        fix = Text(
            "Kết luận theo bộ quy tắc này chỉ để tham khảo; bỏ --directive (hoặc directive trong cấu hình) để "
            f"{one.vi} tự chọn bộ quy tắc",
            "Take the verdict for information only; leave out --directive (or directive in the settings), so that the "
            f"{one.en} chooses its pack",
        )
    elif first is None and ruleset.applies is not None and (path := _path(plan.known, "day")):
        lacking, fix, path = _no_day(plan.known, path)
        words = called(plan.known)
        message = Text(
            f"{words.single.vi} chưa ghi {lacking.vi}, nên chưa biết bộ quy tắc {ruleset.directive} có hiệu lực vào ngày họp không",
            f"The {words.one.en} has no {lacking.en}, so whether the pack {ruleset.directive} is in force on the day is not known",
        )
    else:
        return ()
    return (Problem(NOT_MADE_FOR, message, fix, document.place(path)),)
