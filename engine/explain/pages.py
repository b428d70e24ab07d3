"""The page of one rule: what its clause says, where, the reading chosen, a breach, what keeps it, and the remedy."""

from dataclasses import replace

from ..base.problem import REFERENCE, Place, Problem, Unreadable
from ..base.problem_pages import CODES, Code
from ..base.severity import IN_WORDS
from ..base.suggest import did_you_mean
from ..base.text import Language, Text
from ..directive.describing import (
    MODALITIES,
    clause_of,
    parameters_of,
    place_in_source,
    remedy,
    rule_of,
    rule_title,
)
from ..directive.pack import Pack
from ..directive.phrasing import setting
from ..directive.written import Clause, Rule
from ..model.document_types import description
from .example import example_lines


def explain_rule(pack: Pack, rule: Rule, language: Language) -> str:
    """The page of a rule as plain text."""
    vietnamese = language == "vi"
    lines = [
        f"{rule.id} · {rule_title(pack, rule)[language]}",
        f"{_word('Mức độ', 'Severity', language)}: {IN_WORDS[rule.severity][language]}",
        "",
    ]
    for name in rule.clause:
        clause = clause_of(pack, name)
        assert clause is not None
        lines += _clause_lines(clause, language)
    exceptions = [item for item in pack.directive.exceptions if set(rule.clause) <= set(item.suspends)]
    for exception in exceptions:
        lines += [
            _word("Ngoại lệ", "Exception", language) + f" ({exception.id}):",
            *_indented(exception.reason[language]),
        ]
    parameters = parameters_of(pack, rule)
    if parameters:
        lines += ["", _word("Cách hiểu được chọn", "Reading chosen", language) + ":"]
        for parameter in parameters:
            lines += [
                f"  - {parameter.title[language]}: {setting(parameter.value)[language]}",
                f"    {parameter.reason[language]}",
            ]
    lines += [
        "",
        _word("Vi phạm, ví dụ", "A breach, for example", language) + ":",
        *_example(pack, rule.examples.breach, language),
    ]
    lines += [_word("Đúng, ví dụ", "Kept, for example", language) + ":", *_example(pack, rule.examples.pass_, language)]
    lines += [_word("Cách sửa", "How to mend it", language) + ":", *_indented(remedy(pack, rule, language))]
    if vietnamese:
        lines += ["", f"Nguồn: {pack.directive.title.vi}, bộ quy tắc {pack.directive.id} bản {pack.directive.version}"]
    else:
        lines += ["", f"Source: {pack.directive.title.en}, pack {pack.directive.id} version {pack.directive.version}"]
    return "\n".join(lines) + "\n"


def explain_clause(pack: Pack, clause: Clause, language: Language) -> str:
    """The page of a clause: its wording, its place, and the rules that enforce it."""
    lines = _clause_lines(clause, language)
    rules = [rule for rule in pack.rules if clause.id in rule.clause]
    for exception in pack.directive.exceptions:
        if exception.id == clause.id:
            suspended = _word("Không áp dụng", "Suspends", language)
            lines += [f"{suspended}: {', '.join(exception.suspends)}", *_indented(exception.reason[language])]
    if rules:
        lines += ["", _word("Các quy tắc", "Rules", language) + ":"]
        lines += [f"  {rule.id}  {rule.title[language]}" for rule in rules]
    return "\n".join(lines) + "\n"


def who_may_waive(pack: Pack, language: Language) -> str:
    """What the pack advises on who may waive a finding; nothing where it is silent."""
    if pack.directive.waivers is None:
        return ""
    name = pack.directive.waivers.who_may_waive
    parameter = next(parameter for parameter in pack.directive.parameters if parameter.id == name)
    shown = setting(parameter.value)[language]
    return f"{parameter.title[language]}: {shown}\n  {parameter.reason[language]}\n"


def _clause_lines(clause: Clause, language: Language) -> list[str]:
    head = f"{_word('Điều khoản', 'Clause', language)} {clause.id} ({MODALITIES[clause.modality][language]}; {place_in_source(clause, language)}):"
    return [head, *_indented(clause.text[language])]


def _word(vi: str, en: str, language: Language) -> str:
    return vi if language == "vi" else en


def _example(pack: Pack, example: str, language: Language) -> list[str]:
    return [f"  {line}" for line in example_lines(example, pack.ruleset.known, language)]


def _indented(text: str) -> list[str]:
    return [f"  {line}".rstrip() for line in text.strip("\n").splitlines()]


def explain(pack: Pack, code: str, language: Language) -> str:
    """The page of a rule, a clause or a problem code. Raises Unreadable, with the nearest code, for any other."""
    rule, clause = rule_of(pack, code), clause_of(pack, code)
    if rule is not None:
        return explain_rule(pack, rule, language)
    if clause is not None:
        return explain_clause(pack, clause, language)
    if code.upper() in CODES:
        return _explain_code(code.upper(), language)
    known = [*(rule.id for rule in pack.rules), *(clause.id for clause in pack.directive.clauses), *CODES]
    raise Unreadable(
        Problem(
            REFERENCE,
            Text(f"Không có mã “{code}”", f"Unknown code “{code}”"),
            did_you_mean(code, known),
            Place(code),
        )
    )


def problem_page(code: str) -> Code:
    """The page of a problem code, with its message as the program words it for a conference plan."""
    known = description()
    places = ("/" + "/".join(known.people or ()), *("/" + "/".join(steps) for steps in known.by_nature["secret"]))
    people, secret = map(known.at, places)
    identifier = known.at(known.identifier(places[0]), places[0])
    assert people and people.row and secret and identifier and identifier.unique  # noqa: PT018  # the shipped type has all
    example = CODES[code].example
    for name, words in {
        "{people}": known.listed(places[0]),
        "{person}": people.row,
        "{identifier}": identifier.unique.words,
        "{secret}": secret.label,
    }.items():
        example = Text(example.vi.replace(name, words.vi), example.en.replace(name, words.en))
    return replace(CODES[code], example=example)


def _explain_code(code: str, language: Language) -> str:
    """The page of a problem code: what it means, a message of it, and the remedy."""
    page = problem_page(code)
    lines = [code, "", *_indented(page.meaning[language]), ""]
    lines += [_word("Thông báo, ví dụ", "A message, for example", language) + ":", *_indented(page.example[language])]
    lines += [_word("Cách sửa", "How to mend it", language) + ":", *_indented(page.remedy[language])]
    return "\n".join(lines) + "\n"


def rule_table(pack: Pack, language: Language) -> str:
    """The rules of a pack, one a line: code, clauses, severity, title."""
    rows = [
        (rule.id, ", ".join(rule.clause), IN_WORDS[rule.severity][language], rule_title(pack, rule)[language])
        for rule in pack.rules
    ]
    head = ("Mã", "Điều khoản", "Mức độ", "Nội dung") if language == "vi" else ("Code", "Clause", "Severity", "Title")
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(3)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]])
        for row in (head, *rows)
    ]
    return "\n".join(lines) + "\n"
