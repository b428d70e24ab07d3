"""One plan in four kinds of file is one plan."""

import json
from functools import cache

import pytest
import yaml

from tests.appraisal import checker, plan_of
from tests.forms import without_order
from thamdinh.engine.assurance.samples import Synthetic, generate
from thamdinh.engine.documents import read
from thamdinh.engine.evaluation.verdict import Verdict
from thamdinh.engine.forms import word, workbook
from thamdinh.engine.model.integrity import read_plan


@cache
def made() -> list[Synthetic]:
    """A plan of every kind of organisation, most with breaches."""
    return list(generate(8, 21, 0.7, people=25))


@cache
def files(number: int) -> dict[str, bytes]:
    synthetic = made()[number]
    plan = plan_of(synthetic.plan)
    return {
        "plan.yaml": yaml.safe_dump(synthetic.plan, allow_unicode=True, sort_keys=False).encode(),
        "plan.json": json.dumps(synthetic.plan).encode(),
        "plan.xlsx": workbook.write(plan),
        "plan.docx": word.write(plan),
    }


def _said(verdict: Verdict) -> list[tuple[str, str, str]]:
    return sorted((finding.rule, finding.subject.id, finding.message.vi) for finding in verdict.findings)


@pytest.mark.long
@pytest.mark.parametrize("number", range(8))
def test_a_plan_is_the_same_and_is_judged_the_same_in_yaml_json_excel_and_word(number: int) -> None:
    documents = [read(name, content) for name, content in files(number).items()]
    plans = [read_plan(document) for document in documents]
    assert all(without_order(plan) == without_order(plans[0]) for plan in plans)
    said = [_said(checker().check(plan, document)) for plan, document in zip(plans, documents, strict=True)]
    assert all(found == said[0] for found in said)
    assert {breach.rule for breach in made()[number].breaches} <= {rule for rule, _, _ in said[0]}


@pytest.mark.long
def test_every_finding_has_a_cell() -> None:
    for number in range(8):
        for name, content in files(number).items():
            document = read(name, content)
            for finding in checker().check(read_plan(document), document).findings:
                place = finding.place
                assert place.cell is not None if name.endswith("x") else place.line is not None
                assert (place.sheet is not None) == name.endswith(".xlsx")
                assert (place.table is not None) == name.endswith(".docx")
