"""A plan as an office writes it, and what the tests ask about a text that has been read."""

from collections.abc import Callable

from thamdinh.engine.base.problem import Place, Problem, Unreadable
from thamdinh.engine.base.text import Text
from thamdinh.engine.documents import read
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.facts import entities
from thamdinh.engine.model.integrity import read_plan

ENTITIES = entities(description())
"""What rules may judge in a plan."""

NO_PROBLEM = Problem("", Text("", ""), Text("", ""), Place(""))
"""What an input that is refused without saying why would give: it fails every test."""

PLAN = """\
# Kế hoạch 😀
schema: 1
organization:
  name: Đảng bộ xã Bình Khánh
  kind: commune
  term: 2015-2020
  district: Huyện Mỏ Cày Nam
  direct_superior: Huyện ủy Mỏ Cày Nam
conference:
  venue: Hội trường xã
  directed_by: null
  sessions:
    - {start: 2017-12-28T07:30, end: 2017-12-28T11:00, part: year_end}
    - {start: 28/12/2017 13:30, end: 2017-12-28 16:30:00, part: mid_term}
  discussions:
    - {part: year_end, format: group}
    - {part: mid_term, format: group}
reports:
  - {id: 12-BC/ĐU, title: Báo cáo tổng kết, contents: [year_end_review], guidance: Hướng dẫn số 5}
  - {id: bc-so-ket, title: Báo cáo sơ kết 😀, contents: [mid_term_review, leadership_self_criticism]}
participants:
  - {id: p01, name: Nguyễn Văn Bình, party_card: "83.010", standing: congress_delegate, eligible: true, parts: [mid_term]}
  - {id: p02, name: Trần Thị 😀 Hoa, standing: key_cadre, parts: [year_end, mid_term]}
  - {id: p03, name: Lê Văn Sáu, standing: elected_in_addition, parts: [year_end], replaces: p01}
committees:
  - id: dang-uy
    name: Ban Chấp hành Đảng bộ xã
    members:
      - {person: p01, role: secretary, also_on: [Huyện ủy Mỏ Cày Nam]}
      - {person: p02, role: member}
confidence_votes:
  - committee: dang-uy
    briefing: {by: p01, covers: [purpose, requirements]}
    ballots_distributed_at: 2017-12-28T07:15
    ballots: [p01, p02]
    counted_at: 2017-12-28T16:00
    published:
      - {to: same_level_committee, at: 2017-12-28T16:20}
outcomes:
  - {kind: resolution, subject: next_year, targets: 12}
"""


def changed(*changes: tuple[str, str], text: str = PLAN) -> str:
    """The text with each first occurrence of what is replaced, which must be there."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def problems(act: Callable[[], object]) -> tuple[Problem, ...]:
    """The problems that an action reports; none when it succeeds."""
    found: tuple[Problem, ...] = ()
    try:
        act()
    except Unreadable as unreadable:
        found = unreadable.problems or (NO_PROBLEM,)
    assert all(
        words for problem in found for words in (*problem.message.to_json().values(), *problem.fix.to_json().values())
    )
    return found


def plan_problems(text: str, name: str = "plan.yaml") -> tuple[Problem, ...]:
    """The problems of a plan given as text."""
    return problems(lambda: read_plan(read(name, text.encode())))


def text_at(text: str, place: Place) -> str:
    """The text a place spans; to the end of the line where it has no end column."""
    assert place.line is not None
    assert place.column is not None
    line = text.splitlines()[place.line - 1]
    return line[place.column - 1 : place.end_column - 1 if place.end_column else None]
