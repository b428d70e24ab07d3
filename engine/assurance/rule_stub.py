"""A new rule of a pack: the rule, its tests and its scenarios as files to fill in, which hold as they stand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any, Final

from ..base.problem import DUPLICATE, REFERENCE, SCHEMA, Place, Problem, Unreadable
from ..base.suggest import did_you_mean
from ..base.text import Language, Text
from ..base.unwritable import writing
from ..base.whole_file import write_whole
from ..directive.pack import Pack
from ..directive.packs import DEFAULT, available, read_version
from ..evaluation.verdict import Subject
from ..forms.one_file import WRITERS
from ..model.description import TYPE, Description, Field, RecordType
from ..model.document_types import DEFAULT as DOCUMENT
from .scenarios.checking import SUFFIX, features_of
from .scenarios.steps import noun_of
from .scenarios.subjects import phrase

_CODE: Final = re.compile(r"([A-Z]{2})(\d)\d{1,3}")
_PLAN: Final = Path("tests", "plan.yaml")
_COMMENTS: Final[dict[str, Text]] = {
    "rule_about": Text(
        "Quy tắc mới: thay mọi chỗ “VIẾT …”. Đến đó, quy tắc chỉ bắt $one mang tên “Ví dụ vi phạm”.",
        "A new rule: replace whatever says “VIẾT …” or “WRITE …”. Until then it only finds a $one that is called “Ví dụ vi phạm”.",
    ),
    "clause_about": Text("điều khoản mà quy tắc giữ", "the clause that the rule keeps"),
    "severity_about": Text("error, warning hoặc advice", "error, warning or advice"),
    "each_about": Text(
        "mỗi dòng nào được xét: $entities",
        "which rows it judges: $entities",
    ),
    "require_about": Text(
        "điều phải đúng; xét dòng nào thì thêm where", "what must hold; where says of which rows, if not of all"
    ),
    "examples_about": Text("một mẩu $one vi phạm và một mẩu giữ đúng", "a piece of a $one that breaches, one that keeps"),
    "tests_about": Text(
        "Ở cận, ngay trong và ngay ngoài cận: thêm phép thử cho tới khi “thamdinh rules test” không nêu vế nào.",
        "At, just inside and just outside each bound: add tests until “thamdinh rules test” names no operand.",
    ),
    "scenarios_about": Text(
        "Các bước có sẵn: thamdinh features steps. Còn thiếu gì: thamdinh rules coverage.",
        "The steps there are: thamdinh features steps. What is missing: thamdinh rules coverage.",
    ),
}  # fmt: skip
_RULE: Final = """\
# $rule_about
rules:
  - id: $code
    clause: [$clause] # $clause_about
    severity: advice # $severity_about
    title:
      vi: VIẾT điều quy tắc đòi hỏi
      en: WRITE what the rule asks for
    each: $each # $each_about
    require: {not: {$fact: Ví dụ vi phạm}} # $require_about
    message:
      vi: "VIẾT điều chưa đúng ở {$each.$fact}"
      en: "WRITE what is wrong with {$each.$fact}"
    fix:
      vi: "VIẾT cách sửa"
      en: "WRITE how to mend it"
    examples: # $examples_about
      breach: |
        $part: {$field: Ví dụ vi phạm}
      pass: |
        $part: {$field: Ví dụ giữ đúng}
"""
_TESTS: Final = """\
# $tests_about
tests:
  - name: VIẾT điều phép thử cho thấy (vi phạm)
    change: [{set: $part.$field, value: Ví dụ vi phạm}]
    expect: [$code $subject]
  - name: VIẾT điều phép thử cho thấy (giữ đúng)
    expect: []
"""
_SCENARIOS: Final = """\
# language: vi
# $scenarios_about
Tính năng: VIẾT tên tính năng ($code)

  @$clause
  Quy tắc: $clause — VIẾT điều khoản

    @$code @đạt
    Tình huống: VIẾT khi nào thì giữ đúng $code
      Cho một $noun đúng chỉ đạo$kind
      Khi thẩm định $noun
      Thì không có phát hiện nào của $code

    @$code @vi_phạm
    Tình huống: VIẾT khi nào thì vi phạm $code
      Cho một $noun đúng chỉ đạo$kind
      Và $noun có $named là Ví dụ vi phạm
      Khi thẩm định $noun
      Thì có khuyến nghị $code về $whole
"""


@dataclass(frozen=True, slots=True)
class RuleStub:
    """The files of a new rule, as they were written."""

    rule: Path
    tests: Path
    scenarios: Path
    plan: Path | None
    """The document that the tests start from, where the pack had none."""
    one: Text
    """What it is called."""


def new_rule(directive: str, code: str, clause: str | None, language: Language) -> RuleStub:
    """Write the files of a new rule of a pack, given by its id or folder; nothing is ever written over.

    Without a clause it is that of the nearest rule before it. Raises Unreadable, with nothing left written, for a code or
    clause that can't be, for a file that is there already, and where the pack does not hold together with the rule.
    """
    pack = read_version(directive)
    words = {
        "code": code,
        "clause": _clause(pack, code, clause),
        "kind": _kind(pack) and f" của {_kind(pack)}",
        **_document(pack.ruleset.known),
    }
    one = pack.ruleset.known.one
    words["one"] = one[language]
    words |= {name: Template(text[language]).safe_substitute(words) for name, text in _COMMENTS.items()}
    folder = pack.folder
    plan = None if (folder / _PLAN).exists() else folder / _PLAN
    stub = RuleStub(
        folder / f"{code}.yaml", folder / "tests" / f"{code}.yaml", features_of(pack) / f"{code}{SUFFIX}", plan, one
    )
    _write(stub, words, directive, _base(pack))
    return stub


def _write(stub: RuleStub, words: Mapping[str, str], directive: str, base: bytes) -> None:
    """All files or none of them. Raises Unreadable."""
    contents = {
        path: Template(text).substitute(words).encode()
        for path, text in ((stub.rule, _RULE), (stub.tests, _TESTS), (stub.scenarios, _SCENARIOS))
    }
    if stub.plan is not None:
        contents[stub.plan] = base
    written: list[Path] = []
    try:
        for path, content in contents.items():
            with writing(path):
                path.parent.mkdir(exist_ok=True)
                write_whole(path, content)
            written.append(path)
        read_version(directive)
    except Unreadable:
        for path in written:
            path.unlink()
        raise


def _base(pack: Pack) -> bytes:
    """The document that tests start from: of the conference plan one that keeps every rule, of other types one made of examples."""
    known = pack.ruleset.known
    if known.id == DOCUMENT:
        return (available()[DEFAULT] / _PLAN).read_bytes()
    of_pack = {"term": pack.directive.term, "kind": next(iter(pack.directive.jurisdiction.kind or ()), None)}
    return WRITERS[".yaml"]({TYPE: known.id, **_example(known.root, known, of_pack)}, known)


def _example(record: RecordType, known: Description, of_pack: Mapping[str, str | None]) -> dict[str, Any]:
    """The required fields of a record, of each the example that its description gives; lists are empty."""
    return {field.name: _value(field, known, of_pack) for field in record.fields if field.required}


def _value(field: Field, known: Description, of_pack: Mapping[str, str | None]) -> Any:
    if field.type == "version":
        return known.version
    if field.type == "record":
        return _example(known.record_types[field.of or ""], known, of_pack)
    if field.type in ("rows", "list", "set"):
        return []
    if field.type == "member":
        first = known.enumerations[field.of or ""].members[0].name
        return of_pack.get(field.nature or "") or field.example or first
    return of_pack.get(field.nature or "") or field.example or False


def _clause(pack: Pack, code: str, clause: str | None) -> str:
    """The clause of the new rule. Raises Unreadable, where the code is none, too."""
    found = _CODE.fullmatch(code)
    if found is None:
        message = Text(f"“{code}” không phải là mã quy tắc", f"“{code}” is no code of a rule")
        fix = Text(
            "Viết hai chữ hoa không dấu rồi hai đến bốn chữ số, như TD402",
            "Write two capital letters and two to four digits, as in TD402",
        )
        raise Unreadable(Problem(SCHEMA, message, fix, Place(code)))
    codes = [rule.id for rule in pack.rules]
    if code in codes:
        alike = [int(known[2:]) for known in codes if known.startswith(found[1] + found[2])]
        free = f"{found[1]}{max(alike) + 1}"
        message = Text(f"Đã có quy tắc {code}", f"There is a rule {code} already")
        fix = Text(f"Dùng mã khác, ví dụ {free}", f"Use another code, such as {free}")
        raise Unreadable(Problem(DUPLICATE, message, fix, pack.places[code]))
    clauses = [item.id for item in pack.directive.clauses]
    if clause is not None and clause not in clauses:
        message = Text(f"Không có điều khoản “{clause}”", f"Unknown clause “{clause}”")
        raise Unreadable(Problem(REFERENCE, message, did_you_mean(clause, clauses), Place("--clause")))
    before = [rule.clause[0] for rule in sorted(pack.rules, key=lambda rule: rule.id) if rule.id < code]
    return clause or next((item for item in reversed(before) if item in clauses), clauses[0])


def _no_fact(entity: str, path: str, label: Text, known: Description) -> Problem:
    return Problem(
        REFERENCE,
        Text(
            f"Thực thể {entity} chưa có trường nào là “{label.vi}”, nên chưa có gì để quy tắc mẫu xét",
            f"The entity {entity} has no field that is the “{label.en}”, so there is nothing for the rule to judge",
        ),
        Text(
            f"Thêm vào facts của {entity} một trường có of: {path}",
            f"Add a field with of: {path} to the facts of {entity}",
        ),
        Place(known.id),
    )


def _kind(pack: Pack) -> str:
    """What a kind of organisation that the pack is for is called."""
    kinds = pack.ruleset.known.kinds
    named = kinds and kinds.member((pack.directive.jurisdiction.kind or (kinds.members[0].name,))[0])
    return named.words.vi if named else ""


def _document(known: Description) -> dict[str, str]:
    """What the files call the whole document and the name of the organisation in it."""
    whole, (steps,) = known.facts[0], known.by_nature["organization"]
    path = "/" + "/".join(steps)
    field = known.at(path)
    assert field is not None
    fact = next((fact for fact in whole.fields if fact.function == "value" and fact.of == path), None)
    if fact is None:
        raise Unreadable(_no_fact(whole.name, path, field.label, known))
    return {
        "each": whole.name,
        "subject": whole.subject,
        "entities": ", ".join(known.entities),
        "fact": fact.name,
        "part": ".".join(steps[:-1]),
        "field": field.name,
        "named": field.label.vi,
        "noun": noun_of(known),
        "whole": phrase(Subject(whole.name, whole.subject), known),
    }
