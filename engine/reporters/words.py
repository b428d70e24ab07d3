"""Words that several formats share."""

from collections.abc import Iterator, Mapping
from typing import Final

from ..base.record import Record
from ..base.severity import IN_WORDS
from ..base.text import Language, Text, counted
from ..directive.handbook import RuleEntry, called_by
from ..directive.packs import AUTO
from ..directive.phrasing import number
from ..evaluation.verdict import Finding, Report, Verdict
from ..model.called import Called, called_by_id, called_together
from ..model.outline import Outline

SEVERITIES: Final = IN_WORDS
STATUSES: Final = {
    "compliant": Text("đạt", "compliant"),
    "non_compliant": Text("chưa đạt", "non-compliant"),
    "invalid": Text("không thẩm định được", "cannot be appraised"),
}
NOT_COUNTED: Final = Text("không tính", "not counted")
SETTINGS: Final = Text("căn cứ", "in force")
NOTICE: Final = Text("lưu ý", "notice")
PASSED: Final = Text("đạt", "held")
NOT_DECIDABLE: Final = Text("chưa đủ căn cứ kết luận", "not decidable")
NOT_APPLICABLE: Final = Text("không áp dụng", "not applicable")
FIX: Final = Text("Cách sửa", "How to mend it")
PRELIMINARY: Final = Text("sơ bộ", "preliminary")
_NONE_CHOSEN: Final = Text("Chưa có bộ quy tắc nào được áp dụng", "No pack was applied")
PROGRAM: Final = "thamdinh"


def titles(report: Report, language: Language) -> list[str]:
    """What the plans of a report were checked against; where nothing was, its id, or that none was chosen."""
    known = [handbook.title[language] for handbook in report.handbooks.values()]
    return known or [_NONE_CHOSEN[language] if report.directive == AUTO else report.directive]


def about_plan(outline: Outline, language: Language) -> tuple[tuple[Text, str], ...]:
    """What there is to say of a plan as a whole: each thing with its name."""
    return tuple((label, _shown(value, language)) for label, value in outline.about)


def _shown(value: str | Text | float, language: Language) -> str:
    if isinstance(value, Text):
        return value[language]
    return value if isinstance(value, str) else number(value, language)


def early(finding: Finding, language: Language) -> str:
    """What a finding of a plan without a verdict says, marked as preliminary."""
    return f"({PRELIMINARY[language]}) {finding.message[language]}"


def to_come(verdict: Verdict) -> Text | None:
    """Of a plan that can't be appraised, what its preliminary findings are and whether more may come; None where that is not known."""
    if verdict.open_rules is None:
        return None
    count, left = len(verdict.preliminary), verdict.open_rules
    more = (
        Text(
            f"còn {left} quy tắc chưa xét được, sửa xong có thể còn phát hiện khác",
            f"{counted(left, 'rule')} can't be asked yet, so more may be found once it is mended",
        )
        if left
        else Text("mọi quy tắc đều đã xét", "every rule was asked")
    )
    return Text(
        f"sơ bộ: {count} phát hiện không tùy thuộc vào những chỗ phải sửa; {more.vi}",
        f"preliminary: {counted(count, 'finding')} that {'does' if count == 1 else 'do'} not depend on what is to be mended; {more.en}",
    )


def seats_not_decidable(count: int) -> Text:
    """What stands behind the number of seats on which a rule across plans can't be decided."""
    return Text("trường hợp chưa đủ căn cứ kết luận", "seat not decidable" if count == 1 else "seats not decidable")


def called(report: Report) -> Called:
    """The words for the documents of a report: those of their type, of all of their types, or of what its packs judge."""
    said = (verdict.directive or (None if verdict.problems else report.directive) for verdict in report.verdicts)
    judged = {directive for directive in said if directive is not None}
    others = {verdict.document for verdict in report.verdicts if verdict.document is not None}
    if others:
        found = [report.handbooks[name].called for name in sorted(judged & report.handbooks.keys())]
        return called_together([*found, *map(called_by_id, sorted(others))])
    return called_by(sorted(judged), report.handbooks)


def handbook_rule(report: Report, verdict: Verdict, code: str) -> RuleEntry | None:
    """What the handbook says of a rule that the verdict speaks of; None where there is no handbook."""
    handbook = report.handbooks.get(verdict.directive or report.directive)
    return handbook.rules.get(code) if handbook else None


def why_not(report: Report, verdict: Verdict, clause: str) -> Text:
    """Why a clause suspends others: its reason in the handbook, else its id alone."""
    handbook = report.handbooks.get(verdict.directive or report.directive)
    return (handbook.exceptions.get(clause) if handbook else None) or Text(f"theo {clause}", f"by {clause}")


def waiver(finding: Finding, language: Language) -> str:
    """Why a finding does not count: the reason, and who answers for it where that is known; "" for one that counts."""
    return "" if finding.waived is None else not_counted(finding.waived, language)


def not_counted(waived: Mapping[str, object], language: Language) -> str:
    """What a waiver says in words, as a verdict holds it."""
    known = [str(waived[name]) for name in ("approved_by", "document") if name in waived]
    if "valid_until" in waived:
        known.append(f"{Text('đến hết', 'until')[language]} {waived['valid_until']}")
    reason = waived.get("reason") or ""
    why = str(reason[language] if isinstance(reason, dict) else reason)
    return f"{NOT_COUNTED[language]}: {why}" + (f"; {', '.join(known)}" if known else "")


class SuspendedBy(Record):
    """The rules that one exception suspends for one plan."""

    clause: str
    rules: tuple[str, ...]
    reason: Text


def suspended(report: Report, verdict: Verdict) -> Iterator[SuspendedBy]:
    """What does not apply to a plan, by the clause that says so."""
    for clause in dict.fromkeys(item.by for item in verdict.not_applicable):
        rules = tuple(item.rule for item in verdict.not_applicable if item.by == clause)
        yield SuspendedBy(clause, rules, why_not(report, verdict, clause))
