"""What stands in for a document of which some is wrong validates, and says where it differs."""

from typing import Any

import pytest
import yaml

from tests.plan_classes import Plan
from tests.plans import PLAN
from thamdinh.engine.documents import read
from thamdinh.engine.model.stand_in import stand_in


@pytest.mark.parametrize("wrong", [[7, 8], [7, "p01", {"a": 1}, None], {"a": [7, 8]}, 7], ids=str)
@pytest.mark.parametrize("beside", [{}, {"cadre_level": 7, "unknown": [1, 2]}], ids=["alone", "beside others"])
def test_a_list_is_stood_in_for_however_much_of_it_is_wrong(wrong: object, beside: dict[str, Any]) -> None:
    data = yaml.safe_load(PLAN)
    data["confidence_votes"][0] |= {"ballots": wrong, **beside}
    instead = stand_in(Plan, read("plan.yaml", yaml.safe_dump(data, allow_unicode=True).encode()))
    assert instead is not None
    assert instead.document.confidence_votes[0].ballots == ()
    assert ("confidence_votes", "ballots") in instead.wrong
    assert ("confidence_votes", 0, "ballots") in instead.replaced
    assert (("confidence_votes",) in instead.unread) is ("unknown" in beside)
