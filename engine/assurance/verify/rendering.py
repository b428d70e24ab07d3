"""The report of a verification as text for people. Kinds of which the same is claimed share one section."""

from collections.abc import Iterator
from typing import Final, Literal

from ...base.in_force import ONE_ENGINE
from ...base.inert import printable
from ...base.libraries import durable_rules_installed
from ...base.text import Language, Text
from ...model.enumerations import member_words
from .report import Claim, KindReport, VerifyReport

_STANDINGS: Final = {
    "proved": Text("đã chứng minh", "proved"),
    "refuted": Text("BỊ BÁC BỎ", "REFUTED"),
    "undecided": Text("CHƯA QUYẾT ĐỊNH", "NOT DECIDED"),
    "disagreed": Text("BẤT ĐỒNG", "DISAGREEMENT"),
}
_QUESTIONS: Final = {
    "satisfiable": Text("thực hiện được", "can be obeyed"),
    "together": Text("không chống nhau", "no conflict"),
    "alone": Text("vi phạm riêng được", "each bites alone"),
    "exception": Text("ngoại lệ", "exception"),
    "boundary": Text("tại cận", "at its bounds"),
}
_SUMMARY: Final = Text(
    "{proved} điều đã chứng minh, {refuted} bị bác bỏ, {undecided} chưa quyết định; {witnesses} {called} làm chứng, {who} xác nhận",
    "{proved} claims proved, {refuted} refuted, {undecided} not decided; {witnesses} {called} bear witness, confirmed by {who}",
)
_BOTH: Final = Text("durable-rules và bản biên dịch đều", "durable-rules and by compiled rules")


Plans = Literal["none", "smallest", "all"]
"""Which plans are printed: none; the smallest compliant and the smallest that breach one rule; or all."""
_SMALLEST: Final = ("satisfiable", "alone")


def report_text(report: VerifyReport, language: Language, plans: Plans = "smallest") -> str:
    """The report in plain text."""
    vietnamese = language == "vi"
    lines = [
        f"{report.directive} {report.version}: {report.title[language]}",
        f"{'Giới hạn' if vietnamese else 'Bound'}: {report.bound.words[language]} (--bound)",
    ]
    if report.left_out:
        many = report.bound.known.many
        said = Text(
            f"Không xét, vì chỉ dùng khi tổng hợp nhiều {many.vi}", f"Left out, as they judge many {many.en} together"
        )
        lines.append(f"{said[language]}: {', '.join(report.left_out)}")
    for claim in report.dead:
        lines += ["", *_claim(claim, language)]
    for kinds in _alike(report.kinds):
        named = (report.bound.known.kinds.member(kind.kind or "") for kind in kinds if report.bound.known.kinds)
        labels = ", ".join(member.words[language] for member in named if member is not None)
        one = report.bound.known.one
        within = Text(
            f"{labels}: mọi {one.vi} có {report.bound.words.vi}", f"{labels}: every {one.en} of {report.bound.words.en}"
        )
        lines += ["", within[language], *_section(kinds, language, plans)]
    return "".join(f"{printable(line)}\n" for line in (*lines, "", *_last(report, language)))


def _alike(kinds: tuple[KindReport, ...]) -> list[list[KindReport]]:
    groups: dict[object, list[KindReport]] = {}
    for kind in kinds:
        said = tuple((claim.question, claim.about, claim.standing, claim.said.vi) for claim in kind.claims)
        groups.setdefault(said, []).append(kind)
    return [*groups.values()]


def _section(kinds: list[KindReport], language: Language, plans: Plans) -> Iterator[str]:
    report = kinds[0]
    for claim in (*report.of("satisfiable"), *report.of("together")):
        yield from _claim(claim, language)
    yield from _alone(report, language)
    for claim in report.of("exception"):
        if claim.standing != "aside":
            yield from _claim(claim, language)
    yield from _bounds(report, language)
    for kind in kinds:
        for claim in kind.claims:
            # What breaches one rule alone looks the same for each kind of the section: the first kind shows it.
            needed = claim.question in _SMALLEST and (kind is report or claim.question == "satisfiable")
            if plans == "all" or (plans == "smallest" and needed):
                yield from _plan(claim, language)


def _claim(claim: Claim, language: Language) -> Iterator[str]:
    about = f"{_about(claim, language)}: " if claim.about else ""
    yield f"  {_STANDINGS[claim.standing][language]} · {_QUESTIONS[claim.question][language]}: {about}{claim.said[language]}"
    for cause in claim.causes:
        read = "; ".join(
            f"{read.title[language]}: {read.words[language]} [{read.directive} {read.clause}]"
            for read in cause.parameters
        )
        shown = f" ({read})" if read else ""
        yield f"      {cause.rule} [{cause.directive} {', '.join(cause.clauses)}] {cause.title[language]}{shown}"


def _about(claim: Claim, language: Language) -> str:
    """The rule, with what it is asked for in words."""
    rule, *members = claim.about.split(" ")
    words = [said[language] if (said := member_words(name)) else name for name in members]
    return f"{rule} ({', '.join(words)})" if words else rule


def _alone(report: KindReport, language: Language) -> Iterator[str]:
    """What bites alone in one line, what does not concern the kind by its reason, and the rest one by one."""
    claims = report.of("alone")
    said = dict.fromkeys(claim.said for claim in claims if claim.standing == "proved")
    for text in said:
        names = ", ".join(
            _about(claim, language) for claim in claims if claim.standing == "proved" and claim.said == text
        )
        yield f"  {_STANDINGS['proved'][language]} · {text[language]}: {names}"
    for claim in claims:
        if claim.standing not in ("proved", "aside"):
            yield from _claim(claim, language)
    for text in dict.fromkeys(claim.said for claim in claims if claim.standing == "aside"):
        names = ", ".join(
            _about(claim, language) for claim in claims if claim.standing == "aside" and claim.said == text
        )
        yield f"  {text[language]}: {names}"


def _bounds(report: KindReport, language: Language) -> Iterator[str]:
    """One line for each compared field of a rule: what is said at each value."""
    found: dict[tuple[str, str], list[str]] = {}
    for claim in report.of("boundary"):
        if claim.standing != "proved":
            yield from _claim(claim, language)
            continue
        field, _, value = claim.said[language].partition(" = ")
        found.setdefault((_about(claim, language), field), []).append(value)
    for (about, field), values in found.items():
        head = f"{_STANDINGS['proved'][language]} · {_QUESTIONS['boundary'][language]}"
        yield f"  {head}: {about} {field}: {'; '.join(values)}"


def _plan(claim: Claim, language: Language) -> Iterator[str]:
    witness = claim.witness
    if witness is None:
        return
    findings = ", ".join(" ".join(finding) for finding in witness.findings)
    head = Text(
        f"# {witness.name}.yaml: {claim.said.vi}" + (f" [{findings}]" if findings else ""),
        f"# {witness.name}.yaml: {claim.said.en}" + (f" [{findings}]" if findings else ""),
    )
    if not witness.smallest:
        head = Text(head.vi + " (chưa chắc là nhỏ nhất)", head.en + " (not shown to be the smallest)")
    yield ""
    yield from (f"  {line}" for line in (head[language], *witness.text.splitlines()))


def _last(report: VerifyReport, language: Language) -> Iterator[str]:
    claims = [*report.claims]
    count = {
        standing: sum(claim.standing == standing for claim in claims) for standing in ("proved", "refuted", "undecided")
    }
    witnesses = sum(claim.witness is not None and claim.standing == "proved" for claim in claims)
    who = _BOTH if durable_rules_installed() else ONE_ENGINE
    yield _SUMMARY[language].format(
        **count, witnesses=witnesses, called=report.bound.known.many[language], who=who[language]
    )
    for claim in claims:
        if claim.standing == "disagreed":
            yield from _claim(claim, language)
            yield from _plan(claim, language)
