"""Hits say as values what a verdict says in words, and nothing is worded that nobody asks for."""

import json
from functools import cache

import pytest

from tests.appraisal import ROOT
from thamdinh.engine.assurance.rule_tests.run import run_tests
from thamdinh.engine.assurance.rule_tests.written import written_tests
from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.assurance.smallest_difference import _Search
from thamdinh.engine.audit.workers.batch import LineDocument
from thamdinh.engine.directive.packs import read as read_pack
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.documents import read
from thamdinh.engine.evaluation import appraisal
from thamdinh.engine.evaluation.check import Checker
from thamdinh.engine.evaluation.scanning import Compiled
from thamdinh.engine.evaluation.wording import word
from thamdinh.engine.model.integrity import read_plan

CHECKER = Checker(ruleset(), Compiled, passes=True)
EXAMPLES = sorted((ROOT / "examples" / "breached").iterdir())
MADE = 40


@cache
def plans() -> list[bytes]:
    made = generate(MADE, seed=3, breach_rate=1, people=15)
    return [*(json.dumps(synthetic.plan).encode() for synthetic in made), *(path.read_bytes() for path in EXAMPLES)]


@pytest.mark.parametrize("number", range(MADE + len(EXAMPLES)))
def test_hits_are_what_the_verdict_finds_and_what_it_says_holds(number: int) -> None:
    hits = CHECKER.judge(read_plan(read("plan.yaml", plans()[number])))
    verdict = word(hits, LineDocument("plans.jsonl", 1))
    found = {about: judgement.severity for about, judgement in hits.found.items()}
    assert found == {(item.rule, item.subject): item.severity for item in verdict.findings}
    assert [judgement.rule for judgement, _ in hits.rows(hits.kept or ())] == [
        item.rule for item in verdict.passed or ()
    ]
    assert ("error" in found.values()) == (verdict.status == "non_compliant")


def test_the_examples_are_breached() -> None:
    assert sum(bool(CHECKER.judge(read_plan(read("plan.yaml", content))).breached) for content in plans()) == len(
        plans()
    )


@pytest.mark.long
def test_what_only_counts_words_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("worded")

    monkeypatch.setattr(appraisal, "word", refuse)
    monkeypatch.setattr("thamdinh.engine.assurance.smallest_difference.word", refuse)
    pack = read_pack()
    tests = [*written_tests(pack)][:20]
    assert all(result.passed for result in run_tests(pack, tests).results)
    search = _Search(pack, read_pack("huyen-minh-hoa-2017"))
    assert [search.rank(test.plan.data) for test in tests]
