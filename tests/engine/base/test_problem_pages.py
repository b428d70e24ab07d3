"""Every problem code has a page whose example is what the program says, word for word."""

import datetime
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.appraisal import base_plan
from tests.command_line import EXAMPLES
from tests.engine.directive.test_layers import WORDS, faults, head
from tests.engine.evaluation.test_choice import DISTRICT, PACKS, checked
from tests.forms import Edit, base_book
from tests.plans import problems
from thamdinh.engine.audit.cross_check import _difference
from thamdinh.engine.base.passed_over import Kind, PassedOver
from thamdinh.engine.base.plug_ins import PlugIn
from thamdinh.engine.base.problem import Place, Problem
from thamdinh.engine.base.problem_pages import CODES
from thamdinh.engine.base.text import Language, Text
from thamdinh.engine.directive.packs import in_force, read, ruleset
from thamdinh.engine.documents import read as read_document
from thamdinh.engine.documents import yaml
from thamdinh.engine.documents.plugged import PluggedDocument
from thamdinh.engine.evaluation.applicability import doubts
from thamdinh.engine.evaluation.appraisal import engine_failure
from thamdinh.engine.evaluation.verdict import Finding, Subject, Verdict
from thamdinh.engine.explain.pages import explain, problem_page
from thamdinh.engine.lint.run import lint
from thamdinh.engine.lint.settings import Settings
from thamdinh.engine.model.changes import changed
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.waivers.baseline import Baseline, Identities, baseline_notices, tightening_notice
from thamdinh.engine.waivers.waivers import RulesChecked, Waiver, notices

COMMUNE = "Đảng bộ xã Phú Túc"
END = datetime.date(2017, 12, 31)
NOBODY = Verdict("plan.yaml", COMMUNE)
NOTHING = Text("", "")
WAIVER = Waiver("TD501", None, COMMUNE, "", "", "", END, Place("waivers.yaml"))
FOUND = Finding("TD501", "D10", "error", Subject("seat", "p02@dang-uy"), NOTHING, NOTHING, Place("plan.yaml"), ())


CLAIMS = {
    "thamdinh.toml": "",
    "waivers.yaml": "schema: 1\nwaivers: [{rule: TD501}]\n",
    "moc.json": '{\n "schema": 1,\n "written": "2018-01-10"}',
}


EDITS: dict[str, Edit] = {
    "NT006": lambda book: setattr(book["Thành phần"], "sheet_state", "hidden"),
    "NT007": lambda book: setattr(book["Kết quả"]["D4"], "number_format", '"15"'),
    "NT011": lambda book: setattr(book["Thành phần"]["E5"], "value", "nt"),
    "NT008": lambda book: setattr(book.create_sheet("Phụ lục")["A1"], "value", "Danh bạ điện thoại"),
}


@cache
def _invalid(name: str) -> Iterable[Problem]:
    """What is wrong with one of the examples, which lie in the folder of the test."""
    return lint([name], Settings()).report.verdicts[0].problems


def _waived(today: datetime.date, *findings: Finding) -> Iterable[Problem]:
    return notices([WAIVER], [replace(NOBODY, findings=findings)], today, whole=True)


def _told(code: str, folder: Path) -> Iterable[Problem]:
    """Problems of the code, as they come about."""
    match code:
        case "LY001":
            lower = [{"rule": "TD101", "severity": "warning", "clause": "H1", "reason": WORDS}]
            return faults(folder, head(severities=lower))
        case "DR001":
            late = {"set": "organization.term", "value": "2020-2025"}
            return problems(lambda: checked([late], [PACKS[0]]))
        case "NT001" | "NT002" | "NT003":
            plan = folder / "plan.json"
            for name, content in CLAIMS.items():
                (folder / name).write_text(content, encoding="utf-8")
            plan.write_text(json.dumps(base_plan(), ensure_ascii=False), encoding="utf-8")
            return lint([str(folder)], Settings()).report.told
        case "NT005":
            late = {"set": "organization.term", "value": "2020-2025"}
            data = json.dumps(changed(base_plan(), [late]), ensure_ascii=False).encode()
            document = read_document("plan.json", data)
            return doubts(PACKS[0], read_plan(document), document)
        case "NT009":
            worded = changed(base_plan(), [{"set": "participants[0].party_card", "value": "thẻ 83.987654"}])
            (folder / "plan.json").write_text(json.dumps(worded, ensure_ascii=False), encoding="utf-8")
            return lint([str(folder / "plan.json")], Settings()).report.verdicts[0].notices
        case "NT004":
            passed_over = PassedOver()
            passed_over("quyet-dinh.pdf", Kind.UNREAD)
            return passed_over.notices()
        case "NT010":
            by = PlugIn(".toml", "thamdinh-toml 1.2", yaml)
            return PluggedDocument("plan.toml", b"schema: 1", by).notices
        case "NT006" | "NT007" | "NT008" | "NT011":
            return read_document("plan.xlsx", base_book(EDITS[code])).notices
        case "DR002":
            [district] = [pack for pack in PACKS if pack.directive.startswith("huyen")]
            twins = [replace(district, directive=name) for name in ("huyen-a-2017", "huyen-b-2017")]
            return problems(lambda: checked([DISTRICT], twins))
        case "DR003":
            [district] = [pack for pack in PACKS if pack.directive.startswith("huyen")]
            return problems(lambda: checked([DISTRICT], [replace(district, judgements=())]))
        case "DR004":
            return problems(lambda: in_force("ben-tre-2017", ruleset(), str(folder)))
        case "WV001":
            return _waived(END + datetime.timedelta(1))
        case "WV002":
            return _waived(END - datetime.timedelta(10), FOUND)
        case "WV003":
            return _waived(END)
        case "WV006":
            waiver = replace(WAIVER, rule="TD507")
            return notices([waiver], [], END, whole=True, checked=RulesChecked(("TD507",), frozenset({"TD507"})))
        case "WV004":
            known = frozenset({(COMMUNE, "TD101", "plan", ""), (COMMUNE, "TD102", "plan", "")})
            return tightening_notice(Baseline("a.baseline.json", "2017-12-18", known), Identities(b""), [NOBODY])
        case "WV005":
            known = frozenset({(COMMUNE, "TD101", "plan", "")})
            return baseline_notices(Baseline("a.baseline.json", "2017-12-18", known), Identities(b""), [NOBODY])
        case "EN001":
            return engine_failure("plan.yaml", "signal 11").problems
        case "EN002":
            return [_difference("plan.yaml", "compiled")]
    examples = ("sai-bang-ma", "sai-cu-phap", "sai-mau", "sai-tham-chieu", "sai-thoi-gian", "trung-ma")
    return [problem for name in examples for problem in _invalid(f"{name}.yaml")]


@pytest.mark.long
@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("code", CODES)
def test_the_example_of_a_code_is_what_the_program_says(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES / "invalid")
    told = [problem.message for problem in _told(code, tmp_path) if problem.code == code]
    assert _of_any_pack(problem_page(code).example) in map(_of_any_pack, told)


def _of_any_pack(message: Text) -> Text:
    """The message without the digest of a pack, which every change of the pack changes."""
    return Text(*(re.sub(r"\([0-9a-f]{12}\)", "(…)", words) for words in (message.vi, message.en)))


@pytest.mark.long
@pytest.mark.parametrize(
    ("language", "heads"),
    [("vi", ("Thông báo, ví dụ:", "Cách sửa:")), ("en", ("A message, for example:", "How to mend it:"))],
)
def test_the_page_of_a_code_has_its_meaning_a_message_and_the_remedy(
    language: Language, heads: tuple[str, ...]
) -> None:
    for code in CODES:
        page = problem_page(code)
        shown = explain(read(), code.lower(), language)
        assert shown.startswith(f"{code}\n")
        assert all(
            part in shown for part in (*heads, *(text[language] for text in (page.meaning, page.example, page.remedy)))
        )
