"""One plan, said in every way that people use Word: it is the same plan, or a problem, and never another plan."""

from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.appraisal import base_plan, checker, plan_of
from tests.engine.forms.word_habits import REFUSED, SAME, changed, found, text_of, w
from tests.forms import base_document, without_order
from tests.plan_classes import Plan
from tests.plans import problems
from tests.properties import examples, few
from tests.strategies import plans
from thamdinh.engine.base.problem import Place
from thamdinh.engine.documents import read
from thamdinh.engine.documents.document import Document
from thamdinh.engine.evaluation.verdict import Verdict
from thamdinh.engine.forms import word
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.repair.repair import repair
from thamdinh.engine.reporters.annotation.annotate import annotate
from thamdinh.engine.reporters.annotation.marks import marks

BASE = plan_of(base_plan())


@cache
def plain() -> bytes:
    return text_of(changed(base_document()))


def said(plan: Plan, document: Document) -> list[tuple[str, str, str]]:
    verdict = checker().check(plan, document)
    return sorted((finding.rule, finding.subject.id, finding.message.vi) for finding in verdict.findings)


@pytest.mark.parametrize("seed", range(few(3)))
@pytest.mark.parametrize("name", SAME)
def test_a_habit_says_the_same_plan_and_is_told_where_it_should_be(name: str, seed: int) -> None:
    habit, code = SAME[name]
    content = changed(base_document(), habit, seed=seed)
    assert text_of(content) != plain()
    document = read("plan.docx", content)
    assert without_order(read_plan(document)) == without_order(BASE)
    assert {notice.code for notice in document.notices} == ({code} if code else set())


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_told_at_its_cell(name: str) -> None:
    content = changed(base_document(), REFUSED[name])
    told = problems(lambda: read_plan(read("plan.docx", content)))
    assert told
    assert all(problem.place.table and problem.place.row and problem.place.cell for problem in told)


@cache
def breached() -> bytes:
    """A form with a breach of somebody, and four that can be mended: by a mark, by times, and by a row more."""
    data = base_plan()
    data["reports"][1]["contents"].pop()
    vote = data["confidence_votes"][0]
    vote["ballots"].pop()
    vote["published"].pop()
    vote["ballots_distributed_at"] = "2017-12-28T09:00"
    for person in data["participants"]:
        if person["standing"] == "customary":
            person["parts"] = ["year_end", "mid_term"]
    return word.write(plan_of(data))


@cache
def left(name: str) -> tuple[bytes, Document, Verdict]:
    """That form as a habit leaves it, read and judged: no test changes any of it."""
    content = changed(breached(), SAME[name][0], seed=1)
    document = read("plan.docx", content)
    return content, document, checker().check(read_plan(document), document)


def _row(content: bytes, place: Place) -> list[str]:
    """The words in each cell of a place's row, found without the program: alternatives for old versions of Word don't count."""
    root = etree.fromstring(text_of(content))
    every = [table for table in root.iter(w("tbl")) if not found(table, "ancestor::mc:Fallback")]
    row = found(every[(place.table or 0) - 1], "./w:tr | ./w:sdt/w:sdtContent/w:tr")[(place.row or 0) - 1]
    cells = found(row, "./w:tc | ./w:sdt/w:sdtContent/w:tc")
    return ["".join(found(cell, ".//w:t[not(ancestor::mc:Fallback)]/text()")) for cell in cells]


@pytest.mark.long
@pytest.mark.parametrize("name", SAME)
def test_findings_stand_at_their_cells_whatever_the_habit(name: str) -> None:
    content, document, verdict = left(name)
    people = {person.id: person.name for person in read_plan(document).participants}
    told = [finding for finding in verdict.findings if finding.subject.entity == "participant"]
    assert told
    for finding in told:
        row = _row(content, finding.place)
        assert any(people[finding.subject.id].split()[-1] in words for words in row)
        assert len(row[int(finding.place.cell or 0) - 1].strip()) <= 1, "what is to be mended is a mark"


@pytest.mark.long
@pytest.mark.parametrize("name", SAME)
def test_a_copy_has_its_comments_where_word_allows_them_and_says_the_same_plan(name: str) -> None:
    content, document, verdict = left(name)
    found_marks = marks(verdict, "vi")
    copy = annotate("plan.docx", content, ".docx", found_marks, "vi")
    root = etree.fromstring(text_of(copy))
    placed = [item for item in found_marks if item.place.table or item.place.paragraph]
    assert len(found(root, ".//w:commentReference")) == len(placed)
    assert not found(root, ".//w:txbxContent//w:commentReference")
    assert without_order(read_plan(read("plan.docx", copy))) == without_order(read_plan(document))


@pytest.fixture(scope="module")
def mended() -> list[str]:
    """What is mended in the form that nobody has changed yet."""
    found = [finding.rule for finding in repair(read("plan.docx", breached()), checker()).mended]
    assert len(found) == 4
    return found


@pytest.mark.long
@pytest.mark.parametrize("name", SAME)
def test_what_can_be_mended_is_mended_in_the_form_as_people_left_it(name: str, mended: list[str]) -> None:
    again = repair(left(name)[1], checker())
    assert [finding.rule for finding in again.mended] == mended


@pytest.mark.long
@examples(1.0)
@given(plans(), st.lists(st.sampled_from([*SAME]), min_size=1, max_size=4), st.integers(0, 1000))
def test_many_habits_say_the_same_plan_or_a_problem(data: dict[str, Any], names: list[str], seed: int) -> None:
    plan = plan_of(data)
    plain = word.write(plan)
    content = changed(plain, *(SAME[name][0] for name in names), seed=seed)
    read_again: list[tuple[Plan, Document]] = []

    def again() -> None:
        document = read("plan.docx", content)
        read_again.append((read_plan(document), document))

    if problems(again):
        return
    [(made, document)] = read_again
    assert without_order(made) == without_order(plan)
    assert said(made, document) == said(plan, read("plan.docx", plain))
