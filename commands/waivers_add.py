"""`thamdinh waivers add`: one waiver more, asked for question by question."""

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from ..engine.base.inert import printable
from ..engine.base.instant import date_words
from ..engine.base.problem import Unreadable
from ..engine.base.suggest import did_you_mean, letters, shown
from ..engine.base.text import Text
from ..engine.base.unwritable import writing
from ..engine.base.whole_file import anything, write_whole
from ..engine.evaluation.choice import rulesets_of
from ..engine.evaluation.verdict import Finding, Report
from ..engine.lint.run import lint
from ..engine.lint.selection import checked_of
from ..engine.lint.settings import Settings
from ..engine.reporters.words import called
from ..engine.waivers import adding
from ..engine.waivers.waivers import NAMES, found_by_name
from .bilingual import argument, language, option, say, speak
from .bilingual import command as bilingual_command
from .shared_options import settings_given, settings_options
from .values import Day

_QUESTIONS: Final = {
    "reason": Text("Lý do", "Reason"),
    "approved_by": Text("Cấp cho phép", "Approved by"),
    "document": Text("Số văn bản", "Document"),
}


@bilingual_command(
    Text(
        "Thêm một miễn trừ vào TỆP (waivers.yaml hoặc .xlsx; mặc định waivers.yaml trong thư mục hiện tại), hỏi từng câu. "
        "Ghi --plan thì chọn phát hiện trong kết quả thẩm định văn bản đó.",
        "Add a waiver to FILE (waivers.yaml or .xlsx; default: waivers.yaml in the current directory), asking question by "
        "question. With --plan, choose among the findings on that document.",
    )
)
@argument("file", required=False, metavar="[FILE]", type=click.Path(path_type=Path))
@option(
    "--plan", metavar="PLAN", words=Text("Văn bản có phát hiện được miễn.", "The document whose finding is waived.")
)
@settings_options(chosen=True)
def command(file: Path | None, plan: str | None, **given: Any) -> int:
    """Ask, and write the file with the waiver in it."""
    path = file or Path(NAMES[0])
    with writing(path):
        settings = settings_given({**given, "waivers": None})
        speak(sys.argv[1:], settings.lang)
        adding.expect_addable(path)
        waiver = _of_rule(settings) if plan is None else _of_plan(lint([plan], settings).report)
        waiver |= {key: _asked(words) for key, words in _QUESTIONS.items()}
        until = Text("Có hiệu lực đến hết ngày (ngày/tháng/năm)", "The last day it holds (day/month/year)")
        waiver["valid_until"] = _asked(until, check=_last_day)
        write_whole(path, adding.added(path, waiver), anything)
    say(Text(f"Đã thêm miễn trừ của {waiver['rule']} vào {path}", f"Added a waiver of {waiver['rule']} to {path}"))
    return 0


def _asked(words: Text, default: str | None = None, check: Callable[[str], str] = str) -> str:
    """The answer to a question; it is asked again where `check` raises UsageError. An empty `default` may be left so."""
    answer: str = click.prompt(
        words[language()], default=default, show_default=False, value_proc=lambda said: check(said.strip()), err=True
    )
    return answer


def _last_day(said: str) -> str:
    """A day to come, as files have it. Raises UsageError."""
    day: date = Day().convert(said, None, None).date()
    if day < date.today():
        past = Text(
            f"Ngày {date_words(day)} đã qua, miễn trừ sẽ không có tác dụng; ghi ngày từ hôm nay trở đi",
            f"{date_words(day)} is past, so that the waiver would do nothing; write a day from today on",
        )
        raise click.UsageError(past[language()])
    return day.isoformat()


def _of_rule(settings: Settings) -> dict[str, Any]:
    """What is waived, for whom, as somebody says it without a plan."""
    rules = checked_of(rulesets_of(settings.directive), lambda whole: whole).rules or ()

    def known(code: str) -> str:
        if code.upper() not in rules:
            raise click.UsageError(did_you_mean(code, rules)[language()])
        return code.upper()

    rule = _asked(Text("Mã quy tắc (ví dụ TD501)", "Code of the rule (such as TD501)"), check=known)
    organization = _asked(Text("Tổ chức đảng", "Party organisation"))
    subject = _asked(Text("Đối tượng (bỏ trống: cả tổ chức)", "Subject (empty: the whole organisation)"), "")
    return {"rule": rule, "organization": organization} | ({"subject": subject} if subject else {})


def _of_plan(report: Report) -> dict[str, Any]:
    """What is waived of the findings on a plan. Raises Unreadable where it has no verdict."""
    verdict = report.verdicts[0]
    if verdict.problems:
        raise Unreadable(*verdict.problems)
    if (basis := report.in_force.line()) is not None:
        say(basis, err=True)
    findings = [finding for finding in verdict.findings if finding.waived is None]
    for number, finding in enumerate(findings, 1):
        line = f"{number}. {finding.rule} [{finding.clause}] {finding.message[language()]}"
        click.echo(printable(line), err=True)
    if not findings:
        raise click.UsageError(_none(report)[language()])
    words = Text("Miễn phát hiện số mấy (hoặc của ai)", "Which finding is waived (its number, or a name)")
    chosen = findings[int(_asked(words, check=lambda said: str(_number(said, findings)))) - 1]
    organization = {} if verdict.organization is None else {"organization": verdict.organization}
    return {"rule": chosen.rule, "subject": chosen.subject.id, **organization}


def _none(report: Report) -> Text:
    one = called(report).single
    return Text(f"{one.vi} không có phát hiện nào", f"The {called(report).one.en} has no finding")


def _number(said: str, findings: Sequence[Finding]) -> int:
    """The number of the finding that is meant: the number itself, or that of the one that a name stands in."""
    if said.isdecimal() and 1 <= int(said) <= len(findings):
        return int(said)
    named = [] if said.isdecimal() else found_by_name(said, findings)
    if len(named) == 1:
        return findings.index(named[0]) + 1
    write = Text(f"Ghi một số từ 1 đến {len(findings)}", f"Write a number from 1 to {len(findings)}")
    if said.isdecimal():
        raise click.UsageError(write[language()])
    plain = letters(said)
    near = named or [finding for finding in findings if plain and plain in letters(finding.message.vi)]
    meant = ", ".join(str(findings.index(finding) + 1) for finding in near)
    where = Text(
        f"“{shown(said)}” không rõ là phát hiện nào, có thể là: {meant}"
        if near
        else f"Không phát hiện nào nêu “{shown(said)}”",
        f"“{shown(said)}” may be one of: {meant}" if near else f"No finding speaks of “{shown(said)}”",
    )
    raise click.UsageError(f"{where[language()]}. {write[language()]}")
