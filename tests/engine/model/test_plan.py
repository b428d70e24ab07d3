"""The plan's own shape: what it takes, what may be left out, and its bounds."""

import copy
import json
import unicodedata
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import ValidationError

from tests.plan_classes import Kind, Part, Plan, Standing
from tests.plans import PLAN
from tests.properties import examples
from tests.strategies import plans
from thamdinh.engine.documents import read
from thamdinh.engine.forms.content import plan_data
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.model.parsing import validate
from thamdinh.engine.model.records import record_classes
from thamdinh.engine.model.types import LONGEST_IDENTIFIER, LONGEST_TEXT, MOST_ROWS, MOST_TARGETS

DATA: dict[str, Any] = json.loads(json.dumps(read("plan.yaml", PLAN.encode()).data))


def altered(path: str, value: object) -> dict[str, Any]:
    """The plan with the value at a dotted path set; `...` removes it."""
    data = copy.deepcopy(DATA)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    spot: Any = data
    for step in way:
        spot = spot[step]
    if value is ...:
        del spot[last]
    else:
        spot[last] = value
    return data


def at(plan: Plan, path: str) -> object:
    spot: Any = plan
    for step in path.split("."):
        spot = spot[int(step)] if step.isdigit() else getattr(spot, step)
    return spot


def test_holds_what_the_file_says() -> None:
    plan = validate(Plan, DATA)
    assert plan.organization.kind is Kind.COMMUNE
    assert plan.participants[2].standing is Standing.ELECTED_IN_ADDITION
    assert plan.participants[2].replaces == "p01"
    assert plan.participants[1].parts == (Part.YEAR_END, Part.MID_TERM)
    assert plan.conference.sessions[1].start.isoformat() == "2017-12-28T13:30:00"
    assert plan.outcomes[0].targets == 12


def test_nothing_in_it_can_change() -> None:
    plan = validate(Plan, DATA)
    with pytest.raises(AttributeError):
        plan.organization.name = "khác"  # type: ignore[misc]


OPTIONAL = {
    "organization.district": None,
    "conference.directed_by": None,
    "reports.0.guidance": None,
    "participants.0.party_card": None,
    "participants.2.replaces": None,
    "committees.0.members.0.also_on": None,
    "confidence_votes.0.briefing": None,
    "confidence_votes.0.ballots_distributed_at": None,
}


@pytest.mark.parametrize("path", OPTIONAL)
@pytest.mark.parametrize("value", [..., None])
def test_an_optional_key_may_be_absent_or_null(path: str, value: object) -> None:
    assert at(validate(Plan, altered(path, value)), path) is None


@pytest.mark.parametrize(("path", "default"), [("participants.0.eligible", True), ("outcomes.0.targets", 0)])
def test_a_key_with_a_default_may_be_absent_but_not_null(path: str, default: object) -> None:
    assert at(validate(Plan, altered(path, ...)), path) == default
    with pytest.raises(ValidationError):
        validate(Plan, altered(path, None))


def every_key() -> list[str]:
    """Each key of the plan, by the path of one place where it stands."""
    found = []

    def visit(spot: object, path: str) -> None:
        if isinstance(spot, dict):
            for key, value in spot.items():
                found.append(f"{path}{key}")
                visit(value, f"{path}{key}.")
        elif isinstance(spot, list):
            visit(spot[-1], f"{path}{len(spot) - 1}.")

    visit(DATA, "")
    return found


@pytest.mark.parametrize("path", [path for path in every_key() if path not in OPTIONAL])
def test_every_other_key_is_required(path: str) -> None:
    if path.endswith(".targets"):
        return
    with pytest.raises(ValidationError) as refused:
        validate(Plan, altered(path, ...))
    assert [error["type"] for error in refused.value.errors()] == ["missing"]


@pytest.mark.parametrize(
    "path",
    ["conference.sessions", "conference.discussions", "reports", "committees", "confidence_votes", "outcomes"],
)
def test_a_list_may_be_empty(path: str) -> None:
    assert at(validate(Plan, altered(path, [])), path) == ()


TEXT, LONG_TEXT = "ễ" * LONGEST_TEXT, "ễ" * (LONGEST_TEXT + 1)
PEOPLE = [{**DATA["participants"][1], "id": f"p{number}"} for number in range(MOST_ROWS + 1)]


@pytest.mark.parametrize(
    ("path", "accepted", "refused"),
    [
        ("schema", [1], [0, 2, "1", True, 1.0, None]),
        ("organization.name", ["x", TEXT], ["", "  ", LONG_TEXT, 12, True, [], {}, None]),
        (
            "organization.name",
            ["Khổng", "Nt Hoa", "Na", "5", "Không Gian"],
            ["-", "…", "—,", "_", "không", "KHÔNG CÓ.", "(N/A)", "nt"],
        ),
        ("conference.directed_by", ["Đảng ủy Công an tỉnh"], ["-", "không", "ko", "Không áp dụng"]),
        ("committees.0.members.0.also_on", [["Huyện ủy"]], [["-"], ["không"]]),
        ("participants.0.party_card", ["83.010"], ["", 83.01, 8301]),
        ("participants.0.eligible", [True, False], ["true", "có", 1, 0]),
        ("outcomes.0.targets", [0, MOST_TARGETS], [-1, MOST_TARGETS + 1, 12.0, "12", True, 10**400, 1e-300]),
        ("organization.kind", ["ward"], ["Ward", "xã", 1, None, ["ward"]]),
        ("reports.0.id", ["12-BC/ĐU", "một mã", "x" * LONGEST_IDENTIFIER], ["", "a@b", "a\u200bb", "a\nb", "\ufeffa"]),
        ("reports.0.id", [], ["x" * (LONGEST_IDENTIFIER + 1), 1]),
        ("participants", [PEOPLE[:MOST_ROWS]], [PEOPLE, {}, "p01", None]),
        ("participants.0.parts", [[], ["mid_term", "mid_term"]], ["mid_term", [None], {"mid_term": 1}]),
        ("conference.sessions.0.start", ["28/12/2017 07:30"], ["28/12/2017", 1, None]),
        ("confidence_votes.0.briefing", [{"by": "p01", "covers": []}], [{}, "p01", {"by": "p01"}, []]),
    ],
)
def test_takes_values_up_to_its_bounds_and_none_beyond(
    path: str, accepted: list[object], refused: list[object]
) -> None:
    for value in accepted:
        validate(Plan, altered(path, value))
    for value in refused:
        with pytest.raises(ValidationError):
            validate(Plan, altered(path, value))


def test_text_is_stripped_of_blanks_at_its_ends() -> None:
    plan = validate(Plan, altered("organization.name", " \u00a0Đảng bộ  xã\n"))
    assert plan.organization.name == "Đảng bộ  xã"


def as_data(plan: Plan) -> Any:
    return plan_data(plan)


ROUND_TRIPS = examples(0.6)


@ROUND_TRIPS
@given(plans(), st.booleans())
def test_yaml_text_gives_the_same_plan(data: dict[str, Any], flow: bool) -> None:
    plan = validate(Plan, data)
    text = yaml.safe_dump(as_data(plan), allow_unicode=True, default_flow_style=flow, sort_keys=False)
    assert read_plan(read("plan.yaml", text.encode())) == plan


@ROUND_TRIPS
@given(plans(), st.booleans(), st.sampled_from([None, 2]))
def test_json_text_gives_the_same_plan(data: dict[str, Any], ascii_only: bool, indent: int | None) -> None:
    plan = validate(Plan, data)
    text = json.dumps(as_data(plan), ensure_ascii=ascii_only, indent=indent)
    assert read_plan(read("plan.json", text.encode())) == plan


@pytest.mark.long
@ROUND_TRIPS
@given(plans(), st.sampled_from(["plan.yaml", "plan.json"]))
def test_decomposed_text_gives_the_same_plan(data: dict[str, Any], name: str) -> None:
    text = json.dumps(data, ensure_ascii=False)
    decomposed = unicodedata.normalize("NFD", text)
    assert read_plan(read(name, decomposed.encode())) == validate(Plan, data)


def test_every_part_of_the_plan_is_frozen_and_strict() -> None:
    records = record_classes(description()).values()
    assert {record.__name__ for record in records} >= {"Plan", "Seat", "Outcome"}
    for record in records:
        with pytest.raises(AttributeError):
            record().schema = 2
        with pytest.raises(ValidationError, match="unexpected_keyword_argument"):
            TypeAdapter(record).validate_python({"thừa": 1})
