"""What an appraisal sheet says of one plan, by the names that templates use (docs/how-to/appraisal-sheet.md).

The names are Vietnamese, as those who edit a template in Word read them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Any, Final

from ..base.inert import printable
from ..base.instant import span_words
from ..base.problem import Place
from ..base.text import Language, Phrase, Text
from ..evaluation.verdict import Finding, Report, Verdict
from ..model.called import Called
from ..model.outline import Outline
from .words import SEVERITIES, STATUSES, about_plan, called, early, handbook_rule, suspended, to_come, waiver

BLANK: Final = "…………"
"""Where the plan says nothing: to be filled in by hand."""
_MOST_NOTICES: Final = 20


def _nobody(called: Called) -> Text:
    return Text(
        f"{called.one.vi} không có đối tượng mà quy tắc này xét",
        f"nothing in the {called.one.en} is what this rule is about",
    )


def called_values(called: Called, language: Language) -> dict[str, Any]:
    """What a template may call the documents."""
    return {
        "ten": called.one[language],
        "Ten": called.single[language],
        "nhieu": called.many[language],
        "viec": called.subject[language],
        "hoi_nghi": called.to_come,
    }


def _called(report: Report, verdict: Verdict) -> Called:
    return called(replace(report, verdicts=(verdict,)))


def sheet_values(report: Report, verdict: Verdict, language: Language) -> dict[str, Any]:
    """Everything a template may name. All texts are fit for XML and hold no line breaks."""
    handbook = report.handbooks.get(verdict.directive or report.directive)
    outline = verdict.outline
    superior = (outline.superior if outline else None) or BLANK
    levels = Counter(finding.severity for finding in verdict.findings if finding.waived is None)
    content = {
        "co_quan": superior.upper(),
        "dia_danh": _place(outline),
        "van_ban": called_values(_called(report, verdict), language),
        "to_chuc": {"ten": verdict.organization or PurePath(verdict.file).name},
        "ke_hoach": [
            *_plan(verdict, outline, _called(report, verdict), language),
            *_in_force(report, language),
            *_notices(verdict, language),
        ],
        "chi_dao": {
            "ma": handbook.directive if handbook else BLANK,
            "ten": handbook.title[language] if handbook else BLANK,
            "ban": handbook.version if handbook else BLANK,
        },
        "ket_luan": STATUSES[verdict.status][language].upper(),
        "dat": verdict.status == "compliant",
        "so": {
            "loi": levels["error"],
            "canh_bao": levels["warning"],
            "khuyen_nghi": levels["advice"],
            "khong_tinh": sum(finding.waived is not None for finding in verdict.findings),
        },
        "van_de": [
            *(_entry(one.code, one.place, one.message[language], one.fix, language) for one in verdict.problems),
            *(_entry(one.rule, one.place, early(one, language), one.fix, language) for one in verdict.preliminary),
        ],
        "cac_dieu": list(_clauses(report, verdict, language)),
        "da_dat": list(_held(report, verdict, language)),
        "khong_ap_dung": [*_not_applicable(report, verdict, language), *_switched_off(report, language)],
        "noi_nhan": [name for name in (verdict.organization, outline.superior if outline else None) if name],
    }
    made: dict[str, Any] = _printable(content)
    return made


def _entry(code: str, place: Place, words: str, fix: Phrase, language: Language) -> dict[str, str]:
    """What keeps a plan from being appraised, or is found of it all the same."""
    return {"ma": code, "cho": _where(place, language), "noi_dung": words, "cach_sua": fix[language]}


def _where(place: Place, language: Language) -> str:
    """The place, without the folders of the file, which is named at the top; that of a form by its own names alone."""
    return replace(place, file=PurePath(place.file).name).describe(language).rpartition(": ")[2]


def _without_folders(finding: Finding, language: Language) -> str:
    """What is found, other files that it names by their names alone: folders of whoever appraises are no matter of who reads it."""
    words = finding.message[language]
    for value in finding.evidence.values():
        for named in value if isinstance(value, tuple | list) else (value,):
            if isinstance(named, str) and named in words:
                words = words.replace(named, PurePath(named).name)
    return words


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _printable(item) for name, item in value.items()}
    return [_printable(item) for item in value] if isinstance(value, list) else value


def _place(outline: Outline | None) -> str:
    """The place in the line of the date: the proper name of the district."""
    if outline is None or not outline.district:
        return BLANK
    kind, _, name = outline.district.partition(" ")
    if kind.casefold() == "huyện":
        return name
    return outline.district.removeprefix("Thành phố ").removeprefix("Thị xã ")


def _plan(verdict: Verdict, outline: Outline | None, called: Called, language: Language) -> Iterator[dict[str, str]]:
    lines: list[tuple[Text, str | None]] = [
        (Text("Tổ chức đảng", "Organisation"), verdict.organization),
        (Text(f"Tệp {called.one.vi}", f"File of the {called.one.en}"), PurePath(verdict.file).name),
    ]
    if outline is not None:
        lines += about_plan(outline, language)
        if outline.sittings:
            first, last = outline.sittings[0].start, max(sitting.end for sitting in outline.sittings)
            lines.append((Text("Thời gian", "Time"), span_words(first, last, language)))
    for name, value in lines:
        if value:
            yield {"ten": name[language], "gia_tri": value}


def _in_force(report: Report, language: Language) -> Iterator[dict[str, str]]:
    """What the sheet rests on besides the plan, among the lines that every office's template has."""
    for label, value in report.in_force.lines():
        yield {"ten": label[language], "gia_tri": value[language]}


def _notices(verdict: Verdict, language: Language) -> Iterator[dict[str, str]]:
    """What is to be known of the plan, such as that the pack was not made for it, among the same lines."""
    name = Text("Lưu ý", "Notice")[language]
    for notice in verdict.notices[:_MOST_NOTICES]:
        where = _where(notice.place, language)
        yield {"ten": f"{name} {notice.code}", "gia_tri": f"{notice.message[language]} ({where})"}
    if verdict.preliminary and (line := to_come(verdict)) is not None:
        yield {"ten": name, "gia_tri": line[language]}
    if (more := len(verdict.notices) - _MOST_NOTICES) > 0:
        yield {"ten": name, "gia_tri": Text(f"… và {more} lưu ý nữa", f"… and {more} more")[language]}


def _switched_off(report: Report, language: Language) -> Iterator[dict[str, str]]:
    if rules := report.in_force.switched_off:
        why = Text("không kiểm tra, theo cấu hình hoặc tùy chọn của lệnh", "switched off by settings or options")
        yield {"quy_tac": ", ".join(rules), "ly_do": f"{why[language]}."}


def _clauses(report: Report, verdict: Verdict, language: Language) -> Iterator[dict[str, Any]]:
    """The findings, clause by clause in the order of the directive."""
    handbook = report.handbooks.get(verdict.directive or report.directive)
    by: dict[str, list[Finding]] = {}
    for finding in verdict.findings:
        by.setdefault(finding.clause, []).append(finding)
    order = list(handbook.clauses) if handbook else []
    number = 0
    for clause in sorted(by, key=lambda name: (order.index(name) if name in order else len(order), name)):
        entries = []
        for finding in by[clause]:
            number += 1
            entries.append(
                {
                    "tt": number,
                    "ma": finding.rule,
                    "muc_do": SEVERITIES[finding.severity][language],
                    "noi_dung": _without_folders(finding, language),
                    "cach_sua": finding.fix[language],
                    "cho": _where(finding.place, language),
                    "khong_tinh": waiver(finding, language),
                }
            )
        text = handbook.clauses[clause].text[language] if handbook and clause in handbook.clauses else ""
        yield {"ma": clause, "noi_dung": text, "cac_muc": entries}


def _held(report: Report, verdict: Verdict, language: Language) -> Iterator[dict[str, Any]]:
    """The rules that were kept, and by how many subjects each."""
    clauses = {item.rule: item.clause for item in verdict.passed or ()}
    titles = {item.rule: item.title[language] for item in verdict.passed or ()}
    counted = Counter(item.rule for item in verdict.passed or ())
    for rule in sorted(counted, key=_order(verdict)):
        entry = handbook_rule(report, verdict, rule)
        clause = ", ".join(entry.clauses) if entry else clauses[rule]
        yield {"ma": rule, "dieu": clause, "noi_dung": titles[rule], "so": counted[rule]}


def _order(verdict: Verdict) -> Any:
    places = {rule: number for number, rule in enumerate(verdict.checked)}
    return lambda rule: (places.get(rule, len(places)), rule)


def _not_applicable(report: Report, verdict: Verdict, language: Language) -> Iterator[dict[str, str]]:
    for group in suspended(report, verdict):
        by = Text("theo", "by")[language]
        yield {"quy_tac": ", ".join(group.rules), "ly_do": f"{by} {group.clause}: {group.reason[language]}"}
    said = {item.rule for item in verdict.findings} | {item.rule for item in verdict.passed or ()}
    idle = [rule for rule in verdict.checked if rule not in said]
    if idle and verdict.passed is not None:
        yield {"quy_tac": ", ".join(idle), "ly_do": f"{_nobody(_called(report, verdict))[language]}."}
