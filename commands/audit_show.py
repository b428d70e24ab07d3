"""`thamdinh audit show`: one run of a store, summed up, or its verdict on some plans."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..engine.base.as_json import json_text
from ..engine.base.instant import instant_words
from ..engine.base.text import Text, counted, per_cent
from .bilingual import argument, colour_wanted, language, option, write
from .bilingual import command as bilingual_command
from .stores import opened_store, shown_option, store_option, text_table

if TYPE_CHECKING:
    from ..engine.audit.report.summary import Summary
    from ..engine.audit.store.database import Database
    from ..engine.audit.store.history import PastRun
    from ..engine.model.called import Called


@bilingual_command(
    Text(
        "Xem một lần rà soát (số, hoặc “cuoi”): tổng hợp theo huyện, loại hình, điều khoản; hoặc từng văn bản.",
        "Show a RUN (its number, or “last”): by district, kind and clause; or document by document.",
    )
)
@argument("run", metavar="RUN")
@store_option()
@option(
    "--plan",
    metavar="TEXT",
    words=Text(
        "Chỉ các văn bản mà tổ chức hoặc tệp có tên chứa chữ này, với mọi phát hiện.",
        "The documents whose organisation or file holds this text, with all their findings.",
    ),
)
@shown_option()
def command(run: str, store: Path, plan: str | None, shown: str) -> int:
    """Print the run."""
    from ..engine.audit.store.history import past_run

    with opened_store(store) as database:
        past = past_run(database, run)
        content = _summed_up(database, past, shown) if plan is None else _plans(database, past, plan, shown)
    write(content)
    return 0


def _plans(database: "Database", past: "PastRun", text: str, shown: str) -> bytes:
    from ..engine.audit.store.history import places_of
    from ..engine.audit.store.store import outcomes_of
    from ..engine.base.in_force import InForce
    from ..engine.evaluation.verdict import Report
    from ..engine.reporters import Options, render

    places = places_of(database, past.run, text)
    verdicts = tuple(outcome.verdict for outcome in outcomes_of(database, past.run, places, across=False))
    report = Report(past.directive, verdicts, in_force=past.in_force or InForce())
    return render(shown, report, Options(language(), colour_wanted()))


def _summed_up(database: "Database", past: "PastRun", shown: str) -> bytes:
    from ..engine.audit.report.summary import summarised
    from ..engine.audit.store.store import notices_of_run, outcomes_of

    summary = summarised(outcomes_of(database, past.run, across=False), 0, notices_of_run(database, past.run))
    return _json(past, summary) if shown == "json" else _text(past, summary).encode()


def _groups(summary: "Summary", called: "Called") -> list[tuple[str, list[tuple[str, Any]]]]:
    from ..engine.audit.report.summary import by_kind, district_name, groups_by_name, kind_name

    return [
        (
            "district",
            [(district_name(name, language(), called), group) for name, group in groups_by_name(summary.districts)],
        ),
        ("kind", [(kind_name(name, language(), called), group) for name, group in by_kind(summary.kinds)]),
    ]


def _json(past: "PastRun", summary: "Summary") -> bytes:
    from ..engine.audit.report.summary import about_run

    document = past.to_json() | {
        f"by_{name}": {
            words: {"plans": group.plans, "by_status": dict(group.statuses), "by_severity": dict(group.findings)}
            for words, group in groups
        }
        for name, groups in _groups(summary, about_run(past).called(summary))
    }
    document["by_clause"] = {
        code: {"plans": summary.clauses[code].plans, "findings": summary.clauses[code].findings}
        for code in summary.clause_order
    }
    document["by_directive"] = dict(sorted(summary.directives.items()))
    document["notices"] = [notice.to_json() for notice in summary.notices]
    document["waived_findings"] = [found.to_json() for found in summary.excused]
    document |= {
        "waived": summary.waived,
        "not_decidable": summary.undecided,
        "problems": dict(sorted(summary.problems.items())),
    }
    return json_text(document).encode()


def _text(past: "PastRun", summary: "Summary") -> str:
    from ..engine.audit.report.summary import about_run
    from ..engine.base.inert import printable
    from ..engine.reporters import Options
    from ..engine.reporters.text import notice_lines
    from ..engine.reporters.words import SEVERITIES, seats_not_decidable

    def word(vi: str, en: str) -> str:
        return Text(vi, en)[language()]

    began = instant_words(past.started, language())
    state = "" if past.finished else word(" (dở dang)", " (interrupted)")
    parts = [f"{word('Lần rà soát', 'Run')} {past.run}, {began}{state}: {past.directive} {past.version}\n"]
    if past.in_force is not None and (line := past.in_force.line()):
        parts.append(f"{printable(line[language()])}\n")
    called = about_run(past).called(summary)
    heading, area = called.heading[language()], called.area
    figures = [heading, word("Đạt", "Compliant"), word("Chưa đạt", "Non-compliant")]
    figures += [word("Không thẩm định được", "Not appraised"), word("Tỉ lệ đạt", "Share")]
    figures += [word("Lỗi", "Errors"), word("Cảnh báo", "Warnings"), word("Khuyến nghị", "Advice")]
    names = {
        "district": word(f"Theo {area.vi}", f"By {area.en}"),
        "kind": word("Theo loại hình", "By kind"),
    }
    for name, groups in _groups(summary, called):
        rows = [(words, *_figures(group)) for words, group in (*groups, (word("Cộng", "Total"), summary.total))]
        parts.append(text_table([names[name], *figures], rows))
    head = [word("Điều khoản", "Clause"), word("Mức độ", "Severity")]
    head += [heading, word("Phát hiện", "Findings")]
    clauses = [
        (code, SEVERITIES[breach.severity][language()], breach.plans, breach.findings)
        for code, breach in summary.graded_order
    ]
    if clauses:
        parts.append(text_table(head, clauses))
    if summary.directives:
        by = (word("Thẩm định theo", "Checked against"), heading)
        parts.append(text_table(by, sorted(summary.directives.items())))
    if summary.problems:
        reasons = (word("Không thẩm định được vì", "Not appraised for"), heading)
        parts.append(text_table(reasons, sorted(summary.problems.items())))
    if summary.waived:
        parts.append(
            f"{word('Phát hiện được miễn, không tính ở trên', 'Findings waived, not counted above')}: {summary.waived}\n"
        )
        parts.append("".join(f"  {printable(found.words(language()))}\n" for found in summary.excused))
    if summary.undecided:
        parts.append(f"{summary.undecided} {seats_not_decidable(summary.undecided)[language()]}\n")
    parts += [notice_lines(notice, Options(language())) for notice in summary.notices]
    if more := summary.noticed - len(summary.notices):
        parts.append(word(f"… và {more} lưu ý nữa", f"… and {counted(more, 'notice')} more") + "\n")
    return "\n".join(parts)


def _figures(group: Any) -> tuple[object, ...]:
    statuses, findings = group.statuses, group.findings
    return (
        group.plans, statuses["compliant"], statuses["non_compliant"], statuses["invalid"], per_cent(group.share, language()),
        findings["error"], findings["warning"], findings["advice"],
    )  # fmt: skip
