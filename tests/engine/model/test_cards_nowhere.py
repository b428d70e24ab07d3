"""A card of a plan, in whatever digits and groups, at whatever places of it: in no output, in none of its groupings."""

import re
import unicodedata
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from tests.appraisal import checker
from tests.engine.model.test_privacy import outputs
from tests.plans import PLAN
from tests.properties import examples
from thamdinh.engine.audit.inputs.listing import Entry
from thamdinh.engine.audit.workers.batch import AuditJob, Batch, audit_batch
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.documents import read
from thamdinh.engine.documents.discover import discover
from thamdinh.engine.lint.appraise import Job, verdict_of

CARD = "83987654"
DIGITS = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "⁰¹²³⁴⁵⁶⁷⁸⁹", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "⓪①②③④⑤⑥⑦⑧⑨"]
BETWEEN = ["", "", "", ".", " ", "-", "–", "\u00a0", "\u200b", "\u2060", " . ", "/", "·", "_", "\u3000"]
PLACES = [
    "participants.0.name", "participants.0.party_card", "participants.0.id", "participants.0.card", "participants.0.mã thẻ",
    "participants.0.note", "participants.0.standing", "participants.0.eligible", "participants.0.replaces", "participants.1.name",
    "organization.name", "organization.term", "organization.note", "conference.venue", "reports.0.title", "reports.0.id",
    "committees.0.name", "committees.0.id", "committees.0.members.0.also_on.0", "committees.0.members.0.person",
    "committees.0.members.0.thẻ", "confidence_votes.0.ballots.0", "confidence_votes.0.briefing.by", "conference.sessions.0.start",
]  # fmt: skip


def digits_of(output: str) -> str:
    """All digits of an output, as 0 to 9, without what can't be seen and what stands between groups."""
    plain = output.translate({ord(mark): str(unicodedata.digit(mark, mark)) for mark in set(output)})
    return re.sub(r"(?<=\d)[\W_]{0,4}(?=\d)", "", plain)


@st.composite
def written_cards(draw: st.DrawFn) -> str:
    digits = draw(st.sampled_from(DIGITS))
    return "".join(
        digits[int(mark)] + (draw(st.sampled_from(BETWEEN)) if place < 7 else "") for place, mark in enumerate(CARD)
    )


def placed(data: Any, where: str, card: str) -> None:
    *ways, last = [int(step) if step.isdigit() else step for step in where.split(".")]
    for way in ways:
        data = data[way]
    before = data[last] if isinstance(last, int) or last in data else ""
    keep = isinstance(before, str) and before and where.rpartition(".")[2] in ("name", "term", "venue", "title", "0")
    data[last] = f"{before} (thẻ {card})" if keep else card


@pytest.mark.long
@pytest.mark.usefixtures("in_this_process")
@given(
    st.lists(st.tuples(st.sampled_from(PLACES), written_cards()), min_size=1, max_size=3),
    written_cards(),
    written_cards(),
)
@examples(0.2, [HealthCheck.function_scoped_fixture])
def test_a_card_stands_in_no_output(tmp_path: Any, cards: list[tuple[str, str]], known: str, noted: str) -> None:
    plan: Any = read("plan.yaml", PLAN.encode()).data
    plan["participants"][2]["party_card"] = known
    for where, card in cards:
        placed(plan, where, card)
    text = yaml.safe_dump(plan, allow_unicode=True, sort_keys=False, width=1000)
    path = tmp_path / "plan.yaml"
    path.write_text(text.replace("\n- ", f"\n# thẻ {noted}\n- ", 3), encoding="utf-8")
    (source,) = discover([str(path)])
    for output in outputs(verdict_of(Job(source, checker(passes=True), around=3))):
        assert CARD not in digits_of(output), output
    (outcome,) = audit_batch(Batch(0, (Entry(str(path)),)), AuditJob("cards nowhere", (ruleset(),), key=b"k" * 32))
    assert CARD not in digits_of(repr(outcome)), outcome


@pytest.mark.parametrize("place", ["name", "note"])
def test_a_card_in_escapes_is_hidden_in_the_line_of_its_person(place: str, tmp_path: Any) -> None:
    text = PLAN.replace("name: Lê Văn Sáu", f'{place}: "Sáu \\u0038\\u0033.987654"').replace(
        "{person: p02,", "{person: p9,"
    )
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    (source,) = discover([str(path)])
    verdict = verdict_of(Job(source, checker(passes=True), around=30))
    assert verdict.lines
    assert not [line for line in verdict.lines.values() if "u0038" in line]


def test_a_number_that_may_be_a_card_is_hidden_where_no_row_gives_it_and_days_are_not(tmp_path: Any) -> None:
    text = PLAN.replace(
        "participants:", "# Bình: 83.987654, sinh 02/03/1970, họp 2017-12-28T07:30, 28/12/2017 13:30\nparticipants:"
    )
    text = text.replace("ballots: [p01, p02]", 'ballots: [p01, "83 987 654", "28/12/2017", 2015-2020]')
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    (source,) = discover([str(path)])
    verdict = verdict_of(Job(source, checker(), around=30))
    (comment,) = [line for line in verdict.lines.values() if "Bình: " in line]
    assert comment.endswith("Bình: •••••••••, sinh 02/03/1970, họp 2017-12-28T07:30, 28/12/2017 13:30")
    assert any("ballots_distributed_at: 2017-12-28T07:15" in line for line in verdict.lines.values())
    assert [problem.message.vi.partition(" không")[0] for problem in verdict.problems] == [
        "“•••”",
        "“28/12/2017”",
        "“2015-2020”",
    ]
    assert all(problem.place.line for problem in verdict.problems)


def test_a_short_card_is_hidden_in_lines_because_it_is_known(tmp_path: Any) -> None:
    path = tmp_path / "plan.yaml"
    text = PLAN.replace("# Kế hoạch", "# Của 83-0-10").replace("{person: p02,", "{person: p9,")
    path.write_text(text, encoding="utf-8")
    (source,) = discover([str(path)])
    verdict = verdict_of(Job(source, checker(), around=30))
    assert "# Của ••••••• 😀" in verdict.lines.values()


def test_places_keep_their_numbers_where_a_file_is_called_like_a_card(tmp_path: Any) -> None:
    path = tmp_path / "83.010.yaml"
    path.write_text(PLAN.replace("id: p03", "id: p02"), encoding="utf-8")
    (source,) = discover([str(path)])
    (problem,) = verdict_of(Job(source, checker())).problems
    assert f"đã có ở {path}:23:10" in problem.message.vi
