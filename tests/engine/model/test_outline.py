"""The outline of a plan, and the agenda drawn from it."""

import pickle
from typing import Any

import pytest

from tests.appraisal import base_plan, plan_of
from tests.reports import EXAMPLES, report_on
from thamdinh.engine.base.text import Text
from thamdinh.engine.model.instants import Readings, half_days
from thamdinh.engine.model.outline import Outline
from thamdinh.engine.model.outlining import outline
from thamdinh.engine.reporters.agenda import DAY, GAP, MOST_DAYS, agenda

LENGTH = Text("Thời lượng (ngày)", "Length (days)")


def outline_of(**conference: Any) -> Outline:
    data = base_plan()
    data["conference"] |= conference
    return outlined(data)


def outlined(data: dict[str, Any]) -> Outline:
    made = outline(plan_of(data), Readings())
    assert made is not None
    return made


def session(start: str, end: str, part: str = "mid_term") -> dict[str, str]:
    return {"start": start, "end": end, "part": part}


def test_seats_and_ballots_are_told_apart_by_committee() -> None:
    data = base_plan()
    data["confidence_votes"][1]["ballots"] = ["p01", "p03"]
    people = {person.id: person for person in outlined(data).people}
    assert people["p01"].seats == {"dang-uy": Text("bí thư", "secretary")}
    assert people["p01"].ballots == {"dang-uy", "chi-uy"}
    assert people["p02"].ballots == {"dang-uy"}
    assert "p04" not in people


@pytest.mark.long
def test_only_a_verdict_that_was_asked_for_it_carries_an_outline() -> None:
    plans = EXAMPLES / "compliant"
    assert all(verdict.outline is None for verdict in report_on(plans).verdicts)
    outlines = [verdict.outline for verdict in report_on(plans, outlined=True).verdicts]
    assert all(outlines)
    assert pickle.loads(pickle.dumps(outlines)) == outlines


@pytest.mark.parametrize(
    ("sessions", "days"),
    [
        ([session("2017-12-28T07:30", "2017-12-28T11:00")], 1),
        ([session("2017-12-28T07:30", "2017-12-28T16:00")], 1),
        ([session("2017-12-28T13:00", "2017-12-29T11:00")], 2),
        ([session("2017-12-28T13:00", "2017-12-28T23:59"), session("2017-12-30T04:00", "2017-12-30T05:00")], 2),
        ([session("2017-12-01T13:00", "2017-12-20T11:00")], 20),
    ],
)
def test_the_drawing_holds_every_session_within_its_days(sessions: list[dict[str, str]], days: int) -> None:
    plan = outline_of(sessions=sessions)
    drawing = agenda(plan, "vi")
    assert len(drawing.days) == min(days, MOST_DAYS)
    assert drawing.undrawn == days - len(drawing.days)
    for box in (*drawing.half_days, *drawing.sessions):
        column = box.x % (DAY + GAP)
        assert box.width > 0
        assert column + box.width <= DAY + 0.2
    if not drawing.undrawn:
        used = sum(box.name == "used" for box in drawing.half_days)
        data = base_plan()
        data["conference"]["sessions"] = sessions
        spans = [(one.start, one.end) for one in plan_of(data).conference.sessions]
        assert used == half_days(spans, Readings()) == float(str(dict(plan.about)[LENGTH])) * 2


def test_moments_of_votes_are_marked_on_the_days_drawn_and_all_are_told() -> None:
    drawing = agenda(outline_of(), "en")
    assert [mark.name for mark in drawing.marks].count("counted") == 2
    assert {mark.lane for mark in drawing.marks} == {0, 1}
    told = [what for _, what in drawing.entries]
    assert sum(what.startswith("Result made public") for what in told) == 4
    assert sum(mark.name == "published" for mark in drawing.marks) == 2
