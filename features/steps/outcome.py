"""Steps after “Thì”: exactly these findings, what does not apply, and the conclusion."""

from collections.abc import Iterable
from typing import Final

from ...engine.assurance.scenarios.situation import Situation
from ...engine.assurance.scenarios.steps import Grid, Misread, StepError, Unmet, quoted
from ...engine.assurance.scenarios.subjects import phrase
from ...engine.base.severity import IN_WORDS
from ...engine.base.suggest import did_you_mean
from ...engine.base.text import Text
from ...engine.evaluation.verdict import Finding
from .words import PARAMETERS, STEPS

_COLUMNS: Final = ("mức độ", "quy tắc", "về")
_EXAMPLE: Final = (
    _COLUMNS,
    ("lỗi", "TD401", "phần tổng kết năm"),
    ("lỗi", "TD401", "phần sơ kết giữa nhiệm kỳ"),
)
_STATUSES: Final = {"đạt": "compliant", "chưa đạt": "non_compliant"}
Claim = tuple[str, str, str]
"""A finding as a scenario states it: severity, rule, what it is about."""


@STEPS.then(
    "không có phát hiện nào",
    about=Text("Kết quả không có lỗi, cảnh báo hay khuyến nghị nào", "There is no finding at all"),
    example="không có phát hiện nào",
)
def nothing(situation: Situation) -> None:
    _exactly(situation, [])


@STEPS.then(
    "chỉ có {severity} {rule} về {subject}",
    about=Text("Kết quả có đúng một phát hiện này", "This is the one finding"),
    example="chỉ có lỗi TD101 về kế hoạch",
)
def only(situation: Situation, severity: str, rule: str, subject: str) -> None:
    _known(situation, [rule])
    _exactly(situation, [(severity, rule, quoted(subject))])


@STEPS.then(
    "chỉ có các phát hiện sau:",
    about=Text(
        "Kết quả có đúng các phát hiện của bảng, không hơn không kém", "These are the findings, no more no less"
    ),
    example="chỉ có các phát hiện sau:",
    table=_EXAMPLE,
)
def exactly(situation: Situation, table: Grid) -> None:
    _exactly(situation, _claims(situation, table))


@STEPS.then(
    "có {severity} {rule} về {subject}",
    about=Text("Trong kết quả có phát hiện này (có thể còn phát hiện khác)", "This finding is among them"),
    example="có lỗi TD501 về cấp ủy viên “Trần Thị Hoa” tại “Ban Chấp hành”",
)
def among(situation: Situation, severity: str, rule: str, subject: str) -> None:
    _known(situation, [rule])
    claim = (severity, rule, quoted(subject))
    if claim not in _claims_of(situation):
        raise _differs(situation, situation.verdict.findings, [claim], [])


@STEPS.then(
    "không có phát hiện nào của {rules}",
    about=Text("Không có phát hiện nào của các quy tắc này", "These rules have no finding"),
    example="không có phát hiện nào của TD301, TD302",
)
def nothing_of(situation: Situation, rules: tuple[str, ...]) -> None:
    _known(situation, rules)
    extra = [finding for finding in situation.verdict.findings if finding.rule in rules]
    if extra:
        raise _differs(situation, situation.verdict.findings, [], extra)


@STEPS.then(
    "đối với kế hoạch “{name}”, {claim}",
    about=Text(
        "Nói về một trong nhiều kế hoạch đã rà soát; sau dấu phẩy là một bước “Thì” khác, không có bảng",
        "A claim about one of the plans of an audit; after the comma stands another “Thì” step without a table",
    ),
    example="đối với kế hoạch “Đảng bộ xã An Hiệp”, không có phát hiện nào",
)
def of_plan(situation: Situation, name: str, claim: str) -> None:
    situation.look_at(name)
    definition = STEPS.find("then", claim)
    if definition is None:
        near = "; ".join(item.example for item in STEPS.nearest("then", claim) if item.kind == "then")
        raise Misread(
            Text(f"Không có bước “Thì” nào viết là “{claim}”", f"No “Thì” step reads “{claim}”"),
            Text(f"Các bước gần nhất: {near}", f"The nearest steps: {near}"),
        )
    definition.perform(situation, claim, None)


@STEPS.then(
    "chưa đủ căn cứ kết luận {rules} về {subject}",
    about=Text(
        "Chỉ điều này (theo một hay nhiều quy tắc) chưa đủ căn cứ kết luận, vì thiếu kế hoạch khác hoặc thiếu số thẻ; đó không phải là lỗi",
        "This alone, by one rule or several, can't be decided, for want of another plan or a party card; it is no breach",
    ),
    example="chưa đủ căn cứ kết luận TD507 về cấp ủy viên “Trần Thị Hoa” tại “Huyện ủy Châu Thành”",
)
def undecided(situation: Situation, rules: tuple[str, ...], subject: str) -> None:
    _known(situation, rules)
    _same_undecided(situation, [(rule, quoted(subject)) for rule in rules])


@STEPS.then(
    "chưa đủ căn cứ kết luận {rules} về {subject}, vì “{reason}”",
    about=Text(
        "Như trên, và lý do được nêu có những chữ này",
        "The same, and the reason that is given has these words",
    ),
    example="chưa đủ căn cứ kết luận TD507 về cấp ủy viên “Trần Thị Hoa” tại “Huyện ủy Châu Thành”, vì “không có kế hoạch nhiệm kỳ 2015-2020 nào của Huyện ủy Châu Thành”",
)
def undecided_for(situation: Situation, rules: tuple[str, ...], subject: str, reason: str) -> None:
    undecided(situation, rules, subject)
    others = (item for item in situation.verdict.undecided if quoted(reason) not in quoted(item.reason.vi))
    if (item := next(others, None)) is not None:
        raise Unmet(
            Text(f"Lý do được nêu là: {item.reason.vi}", f"The reason given is: {item.reason.en}"),
            Text("Sửa lý do trong bước này, hoặc xem lại quy tắc", "Correct the reason in this step, or the rule"),
        )


@STEPS.then(
    "không có điều gì chưa đủ căn cứ kết luận",
    about=Text("Mọi điều đều kết luận được", "Everything could be decided"),
    example="không có điều gì chưa đủ căn cứ kết luận",
)
def all_decided(situation: Situation) -> None:
    _same_undecided(situation, [])


@STEPS.then(
    "theo {clause}, không áp dụng {rules}",
    about=Text(
        "Điều khoản ngoại lệ này làm cho đúng các quy tắc nêu ra không áp dụng",
        "The exception suspends exactly these rules",
    ),
    example="theo D15, không áp dụng TD101, TD102",
)
def suspended(situation: Situation, clause: str, rules: tuple[str, ...]) -> None:
    _known(situation, rules)
    found = [item.rule for item in situation.verdict.not_applicable if item.by == clause]
    _same_rules(clause, found, rules)


@STEPS.then(
    "mọi quy tắc đều áp dụng",
    about=Text("Không có quy tắc nào bị ngoại lệ gạt ra", "No exception suspends any rule"),
    example="mọi quy tắc đều áp dụng",
)
def all_apply(situation: Situation) -> None:
    by = {item.by: None for item in situation.verdict.not_applicable}
    for clause in by:
        _same_rules(clause, [item.rule for item in situation.verdict.not_applicable if item.by == clause], ())


@STEPS.then(
    "kết luận là {conclusion}",
    about=Text("Kết luận chung: đạt hoặc chưa đạt", "The conclusion: đạt (compliant) or chưa đạt (non-compliant)"),
    example="kết luận là chưa đạt",
)
def concluded(situation: Situation, conclusion: str) -> None:
    if conclusion not in _STATUSES:
        raise Misread(
            Text(f"Không có kết luận “{conclusion}”", f"There is no conclusion “{conclusion}”"),
            did_you_mean(conclusion, _STATUSES),
        )
    status = situation.verdict.status
    if status != _STATUSES[conclusion]:
        words = next(word for word, known in _STATUSES.items() if known == status)
        raise Unmet(Text(f"Kết luận là “{words}”, không phải “{conclusion}”", f"The plan is {status}"))


@STEPS.then(
    "kế hoạch không hợp lệ, mã {codes}",
    about=Text(
        "Kế hoạch không thẩm định được, vì đúng các mã lỗi này",
        "The plan can't be appraised, for exactly these problem codes",
    ),
    example="kế hoạch không hợp lệ, mã PL005",
)
def invalid(situation: Situation, codes: str) -> None:
    expected = sorted(code.strip().upper() for code in codes.split(","))
    found = sorted({problem.code for problem in situation.outcome.problems})
    if found != expected:
        raise Unmet(
            Text(
                f"Mã lỗi của kế hoạch: {', '.join(found) or 'không có'}; mong đợi: {', '.join(expected)}",
                f"The plan's problems: {', '.join(found) or 'none'}; expected: {', '.join(expected)}",
            )
        )


def _claims(situation: Situation, table: Grid) -> list[Claim]:
    """The findings that a table states. Raises Misread with the row and the column."""
    header = table[0]
    if sorted(header) != sorted(_COLUMNS):
        wrong = next((number for number, title in enumerate(header) if title not in _COLUMNS), 0)
        missing = [title for title in _COLUMNS if title not in header]
        raise Misread(
            Text(
                f"Bảng phát hiện thiếu cột {', '.join(missing)}" if missing else "Bảng phát hiện thừa cột",
                f"The table of findings lacks {', '.join(missing)}" if missing else "The table has a column too many",
            ),
            Text(f"Bảng có đúng ba cột: {', '.join(_COLUMNS)}", f"Its columns are: {', '.join(_COLUMNS)}"),
            0,
            wrong,
        )
    claims: list[Claim] = []
    for number, row in enumerate(table[1:], 1):
        cells = dict(zip(header, row, strict=True))
        read: dict[str, str] = {"về": quoted(cells["về"])}
        for title, parameter in (("mức độ", "severity"), ("quy tắc", "rule")):
            try:
                read[title] = PARAMETERS[parameter].read(cells[title], situation.known)
                if title == "quy tắc":
                    _known(situation, [read[title]])
            except Misread as error:
                raise Misread(error.message, error.fix or error.message, number, header.index(title)) from None
        claims.append((read["mức độ"], read["quy tắc"], read["về"]))
    return claims


def _known(situation: Situation, rules: Iterable[str]) -> None:
    """Raises Misread for a code that is no rule's."""
    for rule in rules:
        if situation.rules is not None and rule not in situation.rules:
            names = ", ".join(situation.rules)
            raise Misread(
                Text(f"Không có quy tắc {rule}", f"There is no rule {rule}"),
                did_you_mean(rule, situation.rules, Text(f"Các quy tắc: {names}", f"The rules: {names}"), "{}"),
            )


def _claim(situation: Situation, finding: Finding) -> Claim:
    return finding.severity, finding.rule, quoted(phrase(finding.subject, situation.known))


def _claims_of(situation: Situation) -> list[Claim]:
    return [_claim(situation, finding) for finding in situation.verdict.findings]


def _exactly(situation: Situation, claims: list[Claim]) -> None:
    findings = situation.verdict.findings
    missing = [claim for claim in claims if claim not in _claims_of(situation)]
    extra = [finding for finding in findings if _claim(situation, finding) not in claims]
    if missing or extra:
        raise _differs(situation, findings, missing, extra)


def _differs(
    situation: Situation, findings: Iterable[Finding], missing: list[Claim], extra: list[Finding]
) -> StepError:
    """What was not found or should not have been, and every finding as the step that would state it."""
    vi, en = [], []
    if missing:
        vi.append("Không có " + "; ".join(_said(claim, "vi") for claim in missing))
        en.append("Not found: " + "; ".join(_said(claim, "en") for claim in missing))
    if extra:
        vi.append(
            "Có thêm " + "; ".join(f"{_said(_claim(situation, item), 'vi')} ({item.message.vi})" for item in extra)
        )
        en.append(
            "Found besides: "
            + "; ".join(f"{_said(_claim(situation, item), 'en')} ({item.message.en})" for item in extra)
        )
    found = "; ".join(_said(_claim(situation, item), "vi") for item in findings) or "không có phát hiện nào"
    return Unmet(
        Text(". ".join(vi), ". ".join(en)),
        Text(
            f"Kết quả thẩm định là: {found}. Nếu đúng như vậy thì sửa bước này; nếu không thì xem lại quy tắc",
            f"The appraisal found: {found}. Correct this step if that is right, else the rule",
        ),
    )


def _same_undecided(situation: Situation, expected: list[tuple[str, str]]) -> None:
    found = [(item.rule, quoted(phrase(item.subject, situation.known))) for item in situation.verdict.undecided]
    if sorted(found) != sorted(expected):
        shown = {
            name: "; ".join(f"{rule} về {subject}" for rule, subject in items)
            for name, items in (("found", found), ("expected", expected))
        }
        raise Unmet(
            Text(
                f"Chưa đủ căn cứ kết luận: {shown['found'] or 'không có'}; mong đợi: {shown['expected'] or 'không có'}",
                f"Undecided: {shown['found'] or 'nothing'}; expected: {shown['expected'] or 'nothing'}",
            )
        )


def _said(claim: Claim, language: str) -> str:
    severity, rule, subject = claim
    return f"{IN_WORDS[severity]['vi' if language == 'vi' else 'en']} {rule} {'về' if language == 'vi' else 'on'} {subject}"


def _same_rules(clause: str, found: list[str], expected: tuple[str, ...]) -> None:
    missing, extra = sorted(set(expected) - set(found)), sorted(set(found) - set(expected))
    if missing or extra:
        raise Unmet(
            Text(
                "; ".join(
                    [f"{', '.join(missing)} vẫn áp dụng"] * bool(missing)
                    + [f"{', '.join(extra)} không áp dụng, theo {clause}"] * bool(extra)
                ),
                "; ".join(
                    [f"{', '.join(missing)} applies"] * bool(missing)
                    + [f"{', '.join(extra)} does not apply, by {clause}"] * bool(extra)
                ),
            )
        )
