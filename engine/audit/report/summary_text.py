"""What an audit says: a summary for people, and every verdict for programs, written as they are read back."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from ...base.inert import printable
from ...base.passed_over import in_short
from ...base.problem import Place
from ...base.seal import sealed_object
from ...base.severity import SEVERITIES
from ...base.text import Language, Text, counted
from ...directive.handbook import Handbooks, called_by, rule_entry
from ...evaluation.verdict import Report, Verdict
from ...model.called import Called, called_by_id, called_together
from ...reporters import Options, render
from ...reporters.text import notice_lines, problem_lines
from ...reporters.words import seats_not_decidable
from ..audited_plan import AuditedPlan
from ..totals import Totals

MOST_RULES: Final = 10
MOST_NOTICES: Final = 10_000
"""How many notices stand in a JSON verdict; the others are counted there."""
_ONE: Final = {"error": "error", "warning": "warning", "advice": "advice"}
_SEVERITIES: Final = {
    "error": Text("lỗi", "errors"),
    "warning": Text("cảnh báo", "warnings"),
    "advice": Text("khuyến nghị", "advice"),
}


def totals_text(totals: Totals, handbooks: Handbooks, language: Language) -> str:
    """The totals in words: counts, by which packs and settings, the rules breached most, and the inputs without a verdict."""
    called = documents_called(totals, handbooks)
    lines = [headline(totals, called, language)]
    if totals.directives.total():
        each = sorted((name, count) for name, count in totals.directives.items() if count)
        judged = (f"{name} ({_counted(called_by([name], handbooks), count, language)})" for name, count in each)
        lines.append(f"{Text('Thẩm định theo', 'Checked against')[language]}: {', '.join(judged)}")
    if line := totals.in_force.line():
        lines.append(printable(line[language]))
    lines += _breached_most(totals, handbooks, called, language)
    lines += _undecided(totals, language)
    if totals.excused:
        lines += ["", Text("Phát hiện được miễn, không tính:", "Findings waived, not counted:")[language]]
        lines += [f"  {printable(found.words(language))}" for found in totals.excused]
        lines += [f"  {more_waived(more)[language]}"] if (more := totals.waived - len(totals.excused)) else []
    lines += _cross_checked(totals, called, language)
    lines += [problem_lines(problem, language).rstrip("\n") for problem in totals.unread]
    lines += _not_appraised(totals, language)
    lines += _to_be_known(totals, language)
    return "\n".join(lines) + "\n"


def documents_called(totals: Totals, handbooks: Handbooks) -> Called:
    """The words for the documents of an audit."""
    judged = sorted(name for name, count in totals.directives.items() if count)
    others = [called_by_id(name) for name in sorted(totals.documents)]
    if not others:
        return called_by(judged, handbooks)
    return called_together([*(handbooks[name].called for name in judged if name in handbooks), *others])


def _breached_most(totals: Totals, handbooks: Handbooks, called: Called, language: Language) -> Iterator[str]:
    most = sorted((-count, rule) for rule, count in totals.breached.items() if count)[:MOST_RULES]
    if most:
        vi, en = called.many.vi, called.many.en
        yield from ("", Text(f"Quy tắc bị vi phạm nhiều nhất (số {vi}):", f"Rules breached most ({en}):")[language])
    for count, rule in most:
        known = rule_entry(handbooks, rule)
        assert known is not None, rule
        yield f"  {count_words(-count, language):>9}  {rule} [{known.clauses[0]}] {known.title[language]}"


def _undecided(totals: Totals, language: Language) -> Iterator[str]:
    if not totals.undecided:
        return
    seats = seats_not_decidable(totals.undecided)[language]
    yield from ("", f"{count_words(totals.undecided, language)} {seats}, {Text('theo lý do', 'by reason')[language]}:")
    for reason in totals.reasons.values():
        shown = [printable(f"{item.reason[language]} ({_at(item.place)})") for item in reason.first]
        yield f"  {count_words(reason.count, language):>9}  {shown[0]}"
        yield from (f"{'':13}{words}" for words in shown[1:])
        if reason.count > len(shown):
            yield f"{'':13}…"


def _cross_checked(totals: Totals, called: Called, language: Language) -> Iterator[str]:
    if not totals.cross_checked:
        return
    checked = _counted(called, totals.cross_checked, language)
    words = Text(
        f"Đối chiếu hai bộ máy trên {checked}: {len(totals.differences) or 'không có'} khác biệt",
        f"Both engines compared on {checked}: "
        + (counted(len(totals.differences), "difference") if totals.differences else "no difference"),
    )
    yield from ("", words[language])
    yield from (problem_lines(problem, language).rstrip("\n") for problem in totals.differences)


def _not_appraised(totals: Totals, language: Language) -> Iterator[str]:
    if not totals.listed:
        return
    yield from ("", Text("Không thẩm định được:", "Not appraised:")[language])
    for problem, more in totals.listed:
        yield problem_lines(problem, language).rstrip("\n")
        if more:
            yield f"  {and_more(more)[language]}"
    left = totals.statuses["invalid"] - len(totals.listed)
    if left > 0:
        yield _in_the_outputs(left, Text("đầu vào", "input"), language)


def _to_be_known(totals: Totals, language: Language) -> Iterator[str]:
    if not (totals.told or totals.notices):
        return
    yield from ("", Text("Cần biết thêm:", "To be known:")[language])
    yield from (notice_lines(notice, Options(language)).rstrip("\n") for notice in (*totals.told, *totals.notices))
    if totals.more_notices:
        yield _in_the_outputs(totals.more_notices, Text("lưu ý", "notice"), language)


def _in_the_outputs(more: int, noun: Text, language: Language) -> str:
    return Text(
        f"… và {count_words(more, 'vi')} {noun.vi} nữa, có trong tệp kết quả (--output-file)",
        f"… and {count_words(more, 'en')} more {noun.en}{'' if more == 1 else 's'}, to be found in the outputs (--output-file)",
    )[language]


def _counted(called: Called, count: int, language: Language) -> str:
    return called.counted(count, count_words(count, "vi"), count_words(count, "en"))[language]


def _at(place: Place) -> str:
    return place.file if place.line is None else f"{place.file}:{place.line}"


def more_waived(count: int) -> Text:
    """That there are so many more waived findings than those listed."""
    return Text(f"… và {count} phát hiện được miễn nữa", f"… and {counted(count, 'waived finding')} more")


def and_more(count: int) -> Text:
    """That there are so many more problems than the one shown."""
    return Text(f"và {count} vấn đề nữa", f"and {count} more problem{'s' if count > 1 else ''}")


def _noun(severity: str, count: int, language: Language) -> str:
    return _ONE[severity] if count == 1 and language == "en" else _SEVERITIES[severity][language]


def headline(totals: Totals, called: Called, language: Language) -> str:
    """The counts in one line."""
    shown = {name: count_words(count, language) for name, count in totals.statuses.items()}
    plans, zero = _counted(called, totals.plans, language), "0"
    words = Text(
        f"{plans}: {shown.get('compliant', zero)} đạt, {shown.get('non_compliant', zero)} chưa đạt, "
        f"{shown.get('invalid', zero)} không thẩm định được",
        f"{plans}: {shown.get('compliant', zero)} compliant, {shown.get('non_compliant', zero)} non-compliant, "
        f"{shown.get('invalid', zero)} not appraised",
    )
    counts = [
        f"{count_words(totals.findings[name], language)} {_noun(name, totals.findings[name], language)}"
        for name in SEVERITIES
    ]
    if totals.waived:
        counts.append(f"{count_words(totals.waived, language)} {Text('được miễn', 'waived')[language]}")
    if totals.recalled:
        known = Text("không đổi từ lần trước", "unchanged since an earlier audit")[language]
        counts.append(f"{count_words(totals.recalled, language)} {known}")
    if left := in_short(totals.told):
        counts.append(left[language])
    return f"{words[language]}; {', '.join(counts)}"


def in_brief(totals: Totals) -> Text | None:
    """How much there is to be known of an audit whose summary is not printed, and how to see it. None for nothing."""
    count = len(totals.told) + totals.noticed.total()
    if not count:
        return None
    codes = ", ".join(f"{code}: {times}" for code, times in sorted(totals.all_noticed().items()))
    left = in_short(totals.told)
    vi, en = (f"{left.vi}; ", f"{left.en}; ") if left else ("", "")
    return Text(
        f"{vi}{count_words(count, 'vi')} lưu ý ({codes}): bỏ -q để xem, hoặc thêm -o TỆP.json",
        f"{en}{count_words(count, 'en')} notice{'' if count == 1 else 's'} ({codes}): to see them, leave out -q or add -o FILE.json",
    )


def count_words(count: int, language: Language) -> str:
    """A count with its thousands set apart: 20.000 or 20,000."""
    shown = f"{count:,}"
    return shown.replace(",", ".") if language == "vi" else shown


def as_json(directive: str, outcomes: Iterable[AuditedPlan], totals: Totals) -> Iterator[bytes]:
    """The JSON verdict (schema 1) of all plans, what the audit went by, the totals, and its seal."""
    return sealed_object(_pieces_of_json(directive, outcomes, totals))


def _pieces_of_json(directive: str, outcomes: Iterable[AuditedPlan], totals: Totals) -> Iterator[bytes]:
    yield f'{{"schema": 1, "directive": {json.dumps(directive)}, "plans": ['.encode()
    notices = [notice.to_json() for notice in totals.told]
    more = 0
    for position, outcome in enumerate(outcomes):
        yield (b",\n" if position else b"\n") + _line(outcome.verdict)
        room = MOST_NOTICES - len(notices)
        notices += [notice.to_json() for notice in outcome.verdict.notices[:room]]
        more += len(outcome.verdict.notices[room:])
    yield b"\n]"
    if notices:
        yield b',\n"notices": ' + json.dumps(notices, ensure_ascii=False).encode()
    if more:
        yield b',\n"more_notices": ' + str(more).encode()
    yield b',\n"settings": ' + json.dumps(totals.in_force.to_json(), ensure_ascii=False).encode()
    yield b', "totals": ' + json.dumps(totals.to_json()).encode()


def as_lines(outcomes: Iterable[AuditedPlan], totals: Totals) -> Iterator[bytes]:
    """Each plan's entry of the JSON verdict on a line of its own, with the notices of the plan in it.

    The last line is about no plan and has no `file`: it holds what the audit went by, and the notices of the whole.
    """
    for outcome in outcomes:
        notices = outcome.verdict.notices
        also = {"notices": [notice.to_json() for notice in notices]} if notices else {}
        yield _line(outcome.verdict, also) + b"\n"
    last = {"settings": totals.in_force.to_json(), "notices": [notice.to_json() for notice in totals.told]}
    yield json.dumps(last, ensure_ascii=False).encode() + b"\n"


def _line(verdict: Verdict, also: Mapping[str, object] | None = None) -> bytes:
    return json.dumps({**verdict.to_json(), **(also or {})}, ensure_ascii=False).encode()


def as_csv(directive: str, outcomes: Iterable[AuditedPlan], totals: Totals, language: Language) -> Iterator[bytes]:
    """The CSV of the reporters: a row for each finding and problem of every plan, then what is to be known of the audit."""
    options = Options(language)
    yield render("csv", Report(directive, ()), options)
    for some in _pieces(outcomes):
        whole = render("csv", Report(directive, tuple(outcome.verdict for outcome in some)), options)
        yield whole.partition(b"\r\n")[2]
    last = Report(directive, (), tuple(totals.told), in_force=totals.in_force)
    yield render("csv", last, options).partition(b"\r\n")[2]


def _pieces(outcomes: Iterable[AuditedPlan]) -> Iterator[list[AuditedPlan]]:
    rest = iter(outcomes)
    while some := list(islice(rest, _PLANS_IN_A_PIECE)):
        yield some


_PLANS_IN_A_PIECE: Final = 500
