"""All plans of a row group at once are asked what integrity.agrees asks of each."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan_classes import Plan
from tests.plans import PLAN
from tests.properties import examples
from thamdinh.engine.audit.quick import parquet
from thamdinh.engine.audit.quick.agreement import agreeing
from thamdinh.engine.audit.quick.columns import PeopleColumns
from thamdinh.engine.documents import read
from thamdinh.engine.model.agreement import agrees
from thamdinh.engine.model.parsing import validate
from thamdinh.engine.model.records import record_classes

BASE: Any = read("plan.yaml", PLAN.encode()).data
Change = Callable[[dict[str, Any]], object]

BREAKS: dict[str, Change] = {
    "a person twice": lambda plan: plan["participants"].append({**plan["participants"][2], "name": "Lê Văn Bảy"}),
    "a card twice": lambda plan: plan["participants"][2].update(party_card="83.010"),
    "a card with words twice": lambda plan: plan["participants"][2].update(party_card="thẻ 83.010"),
    "a card with words": lambda plan: plan["participants"][2].update(party_card="83.020 (cũ)"),
    "two cards for one": lambda plan: plan["participants"][2].update(party_card="83.020123 83.020124"),
    "nobody replaced": lambda plan: plan["participants"][2].update(replaces="p99"),
    "somebody in their own place": lambda plan: plan["participants"][2].update(replaces="p03"),
    "a report twice": lambda plan: plan["reports"].append(plan["reports"][0]),
    "a committee twice": lambda plan: plan["committees"].append({**plan["committees"][0], "members": []}),
    "a member twice": lambda plan: plan["committees"][0]["members"].append({"person": "p02", "role": "member"}),
    "an unknown member": lambda plan: plan["committees"][0]["members"].append({"person": "p98", "role": "member"}),
    "a vote twice": lambda plan: plan["confidence_votes"].append({**plan["confidence_votes"][0], "ballots": []}),
    "a vote of nobody": lambda plan: plan["confidence_votes"][0].update(committee="chi-bo"),
    "a ballot twice": lambda plan: plan["confidence_votes"][0]["ballots"].append("p02"),
    "an unknown ballot": lambda plan: plan["confidence_votes"][0]["ballots"].append("p97"),
    "an unknown briefing": lambda plan: plan["confidence_votes"][0]["briefing"].update(by="p96"),
    "a session without time": lambda plan: plan["conference"]["sessions"][0].update(end="2017-12-28T07:30"),
    "a session that ends first": lambda plan: plan["conference"]["sessions"][0].update(end="2017-12-28T07:00"),
    "a session too long": lambda plan: plan["conference"]["sessions"][0].update(end="2018-01-28T07:31"),
}
CHANGES: dict[str, Change] = {
    "the longest session": lambda plan: plan["conference"]["sessions"][0].update(end="2018-01-28T07:30"),
    "one more person": lambda plan: plan["participants"].append({**plan["participants"][2], "id": "p97"}),
    "another committee": lambda plan: plan["committees"].append({**plan["committees"][0], "id": "chi-bo"}),
    "no briefing": lambda plan: plan["confidence_votes"][0].update(briefing={"by": "p02", "covers": []}),
    "another card": lambda plan: plan["participants"][2].update(party_card="8302 0123"),
    "nobody": lambda plan: plan.update(participants=[], committees=[], confidence_votes=[]),
}


def changed(*changes: Change) -> Plan:
    data = deepcopy(BASE)
    for change in changes:
        change(data)
    return validate(Plan, data)


def said(plans: list[Plan]) -> list[bool]:
    rows = parquet._array(Plan, plans)
    return agreeing(
        Plan.known, rows, PeopleColumns(record_classes(Plan.known)["participant"], rows.field("participants"))
    )


@pytest.mark.parametrize("name", BREAKS)
def test_each_disagreement_is_found_in_the_plan_that_has_it(name: str) -> None:
    assert said([changed(), changed(BREAKS[name]), changed()]) == [True, False, True]


@pytest.mark.parametrize("name", CHANGES)
def test_what_agrees_is_accepted(name: str) -> None:
    assert said([changed(CHANGES[name]), changed()]) == [True, True]


@given(st.lists(st.lists(st.sampled_from([*BREAKS.values(), *CHANGES.values()]), max_size=3), max_size=5))
@examples(2)
def test_it_says_what_integrity_says(changes: list[list[Change]]) -> None:
    plans = []
    for some in changes:
        try:
            plans.append(changed(*some))
        except (KeyError, IndexError):
            continue  # nobody is left to change
    assert said(plans) == [agrees(plan) for plan in plans]
