"""One plan, said in every way that people use Word: it is the same plan, or a problem, and never another plan."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.appraisal import base_plan, checker, plan_of
from tests.engine.forms.word_habits import REFUSED, SAME, changed, text_of
from tests.forms import without_order
from tests.plans import problems
from tests.properties import examples
from tests.strategies import plans
from thamdinh.engine.documents import read
from thamdinh.engine.forms import word
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.model.plan import Plan

BASE = plan_of(base_plan())


def said(plan: Plan, content: bytes) -> list[tuple[str, str, str]]:
    verdict = checker().check(plan, read("plan.docx", content))
    return sorted((finding.rule, finding.subject.id, finding.message.vi) for finding in verdict.findings)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", SAME)
def test_a_habit_says_the_same_plan_and_is_told_where_it_should_be(name: str, seed: int) -> None:
    habit, code = SAME[name]
    content = changed(word.write(BASE), habit, seed=seed)
    assert text_of(content) != text_of(changed(word.write(BASE)))
    document = read("plan.docx", content)
    assert without_order(read_plan(document)) == without_order(BASE)
    assert {notice.code for notice in document.notices} == ({code} if code else set())


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_told_at_its_cell(name: str) -> None:
    content = changed(word.write(BASE), REFUSED[name])
    told = problems(lambda: read_plan(read("plan.docx", content)))
    assert told
    assert all(problem.place.table and problem.place.row and problem.place.cell for problem in told)


@examples(1.0)
@given(plans(), st.lists(st.sampled_from([*SAME]), min_size=1, max_size=4), st.integers(0, 1000))
def test_many_habits_say_the_same_plan_or_a_problem(data: dict[str, Any], names: list[str], seed: int) -> None:
    plan = plan_of(data)
    plain = word.write(plan)
    content = changed(plain, *(SAME[name][0] for name in names), seed=seed)
    read_again: list[Plan] = []
    if problems(lambda: read_again.append(read_plan(read("plan.docx", content)))):
        return
    assert without_order(read_again[0]) == without_order(plan)
    assert said(read_again[0], content) == said(plan, plain)
