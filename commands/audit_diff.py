"""`thamdinh audit diff`: what is new, mended or still there from one run to another."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..engine.base.as_json import json_text
from ..engine.base.inert import printable
from ..engine.base.text import Text
from .bilingual import Choice, argument, language, option, write
from .bilingual import command as bilingual_command
from .stores import opened_store, runs_went_by, shown_option, store_option, text_table

if TYPE_CHECKING:
    from ..engine.audit.store.history import Comparison, Dimension, FindingChange
    from ..engine.model.called import Called

_NAMES: Final = {
    "new": Text("mới", "new"),
    "fixed": Text("đã khắc phục", "fixed"),
    "persisting": Text("còn nguyên", "persisting"),
    "waived": Text("nay được miễn", "now waived"),
    "gone": Text("không còn {one}", "{one} gone"),
    "unknown": Text("chưa rõ, lần sau không xét được", "unknown, not judged again"),
}
_CAUSES: Final = {
    "plan": Text("do sửa {one}", "the {one} was changed"),
    "pack": Text("do sửa bộ quy tắc, {one} không đổi", "the pack was changed, not the {one}"),
    "plan or pack": Text("{one} và bộ quy tắc đều đổi", "both {one} and pack were changed"),
    "other": Text("do cấu hình, chương trình hoặc {many} khác", "by settings, the program or other {many}"),
}
_DIMENSIONS: Final = {
    "district": Text("huyện", "district"),
    "kind": Text("loại hình", "kind"),
    "clause": Text("điều khoản", "clause"),
    "rule": Text("quy tắc", "rule"),
}
_MOST_LISTED: Final = 50


@bilingual_command(
    Text(
        "So hai lần rà soát (số, hoặc “cuoi”): phát hiện mới, đã khắc phục, còn nguyên.",
        "Compare two RUNs (numbers, or “last”): new, fixed and persisting findings.",
    )
)
@argument("old", metavar="RUN")
@argument("new", metavar="RUN")
@store_option()
@option(
    "--by",
    type=Choice(_DIMENSIONS),
    default="district",
    show_default=True,
    words=Text("Đếm theo huyện, loại hình, điều khoản hay quy tắc.", "Count by district, kind, clause or rule."),
)
@shown_option(Text("In ra dạng nào; json có đủ mọi phát hiện.", "What to print; json has every finding."))
def command(old: str, new: str, store: Path, by: "Dimension", shown: str) -> int:
    """Print how the second run differs from the first."""
    from ..engine.audit.store.history import compare, past_run

    with opened_store(store) as database:
        comparison = compare(database, past_run(database, old), past_run(database, new))
    if shown == "json":
        write(json_text(comparison.to_json()).encode())
    else:
        write(_text(comparison, by).encode())
    return 0


def _text(comparison: "Comparison", by: "Dimension") -> str:
    from ..engine.audit.report.summary import about_run, by_clause, by_kind, district_name, groups_by_name, kind_name
    from ..engine.audit.store.history import CHANGES
    from ..engine.directive.handbook import called_by

    books = about_run(comparison.new).handbooks
    called = called_by(books, books)
    old, new = comparison.old, comparison.new
    runs = Text(f"Lần {old.run} → lần {new.run}", f"Run {old.run} → run {new.run}")[language()]
    shown: list[FindingChange] = [name for name in CHANGES if comparison.counts[name] or name in CHANGES[:3]]
    parts = [f"{runs}: {_counts(comparison.counts, shown, called)}\n", *runs_went_by(old, new)]
    name = {"district": district_name, "kind": kind_name}.get(by, lambda value, _: str(value))
    groups = {"kind": by_kind, "clause": by_clause}.get(by, groups_by_name)(comparison.by(by))
    if groups:
        area = called.area
        head = {
            "district": Text(area.vi.capitalize(), area.en.capitalize()),
            "kind": Text("Loại hình", "Kind"),
            "clause": Text("Điều khoản", "Clause"),
        }
        first = head.get(by, Text("Quy tắc", "Rule"))[language()]
        rows = [(name(value, language()), *(counts[change] for change in shown)) for value, counts in groups]
        parts.append(text_table([first, *(_said(_NAMES[change], called) for change in shown)], rows))
    causes = Counter(item.cause for item in comparison.differences if item.cause is not None)
    if causes:
        said = "; ".join(f"{count} {_said(_CAUSES[cause], called)}" for cause, count in sorted(causes.items()))
        parts.append(f"{Text('Khác nhau', 'Differences')[language()]}: {said}\n")
    for change in ("new", "fixed"):
        listed = [item for item in comparison.differences if item.change == change]
        if not listed:
            continue
        lines = [f"{_said(_NAMES[change], called).capitalize()}:\n"]
        for item in listed[:_MOST_LISTED]:
            words = f"{item.place}: {item.rule} [{item.clause}] {item.organization or ''}: {item.message[language()]}"
            lines.append(f"  {printable(words)}\n")
        if len(listed) > _MOST_LISTED:
            more = len(listed) - _MOST_LISTED
            lines.append(
                Text(f"  và {more} phát hiện nữa (--format json)\n", f"  and {more} more (--format json)\n")[language()]
            )
        parts.append("".join(lines))
    return "\n".join(parts)


def _counts(counts: "Counter[FindingChange]", shown: "list[FindingChange]", called: "Called") -> str:
    return ", ".join(f"{counts[change]} {_said(_NAMES[change], called)}" for change in shown)


def _said(words: Text, called: "Called") -> str:
    """Words that speak of documents."""
    return words[language()].format(one=called.one[language()], many=called.many[language()])
