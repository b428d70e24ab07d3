"""The breaches written beside synthetic plans are those a check finds."""

from collections import Counter

import pytest

from tests.plan_classes import Kind
from thamdinh.engine.assurance.samples import Breach, Data, generate
from thamdinh.engine.base.problem import Path, Place
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.evaluation.check import Checker
from thamdinh.engine.evaluation.scanning import Compiled
from thamdinh.engine.model.integrity import read_plan


class Document:
    """A plan as data, without places."""

    file = "plan"
    notices = ()

    def __init__(self, data: Data) -> None:
        self.data = data

    def place(self, path: Path, *, key: bool = False) -> Place:
        return Place(self.file)

    def label(self, path: object) -> None:
        return None

    def excerpt(self, place: Place) -> None:
        return None


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(ruleset(), Compiled)


def found(checker: Checker, data: Data) -> Counter[Breach]:
    document = Document(data)
    verdict = checker.check(read_plan(document), document)
    return Counter(Breach(finding.rule, finding.subject.id) for finding in verdict.findings)


@pytest.mark.long
@pytest.mark.parametrize(("breach_rate", "participants"), [(0.0, 30), (1.0, 10), (1.0, 40)])
def test_a_check_finds_exactly_the_breaches_put_in(checker: Checker, breach_rate: float, participants: int) -> None:
    for synthetic in generate(400, 7, breach_rate, participants):
        assert found(checker, synthetic.plan) == Counter(synthetic.breaches)


@pytest.mark.long
def test_a_plan_has_breaches_as_often_as_asked() -> None:
    breached = sum(bool(synthetic.breaches) for synthetic in generate(400, 1, 0.3, 10))
    assert 100 <= breached <= 140


@pytest.mark.long
def test_every_kind_and_every_rule_takes_part(checker: Checker) -> None:
    made = list(generate(300, 2, 1.0, 10))
    assert {synthetic.plan["organization"]["kind"] for synthetic in made[:100]} == {kind.value for kind in Kind}
    assert {breach.rule for synthetic in made for breach in synthetic.breaches} == set(checker.ruleset.rules)


@pytest.mark.long
def test_no_two_organizations_and_no_two_people_are_the_same() -> None:
    made = list(generate(400, 3, 0.0, 10))
    assert len({synthetic.plan["organization"]["name"] for synthetic in made}) == 400
    assert len({person["party_card"] for synthetic in made for person in synthetic.plan["participants"]}) == 4000


@pytest.mark.long
def test_the_same_seed_gives_the_same_plans() -> None:
    assert list(generate(30, 4, 0.5, 10)) == list(generate(30, 4, 0.5, 10))
    assert list(generate(30, 4, 0.5, 10)) != list(generate(30, 5, 0.5, 10))
    assert list(generate(30, 4, 0.5, 10, 0.5)) == list(generate(30, 4, 0.5, 10, 0.5))


@pytest.mark.long
def test_there_are_as_many_plans_as_asked_whether_alone_or_in_pairs() -> None:
    assert [len(list(generate(plans, 1, 0.3, 10, 1.0))) for plans in (1, 2, 7)] == [1, 2, 7]
