"""Records as JSON are their fields, in the order and under the names that the outputs have."""

from dataclasses import dataclass, field, replace

from thamdinh.engine.base.as_json import HIDDEN, AsJson, as_json, json_text
from thamdinh.engine.base.passed_over import PassedOverFiles
from thamdinh.engine.base.problem import Place, Problem
from thamdinh.engine.base.text import Text


@dataclass(frozen=True, slots=True)
class Line(AsJson):
    title: Text
    place: Place | None
    parts: tuple["Line", ...] = ()
    secret: str = field(default="x", metadata=HIDDEN)
    more: dict[str, object] = field(default_factory=dict)


LINE = Line(Text("một", "one"), Place("a.yaml", 3, 1), more={"n": [1]})


def test_a_record_is_its_fields_in_order_and_records_within_are_too() -> None:
    inner = {
        "title": {"vi": "một", "en": "one"},
        "location": {"file": "a.yaml", "line": 3, "column": 1},
        "parts": [],
        "more": {"n": [1]},
    }
    assert LINE.to_json() == inner
    assert [*LINE.to_json()] == ["title", "location", "parts", "more"]
    outer = replace(LINE, place=None, parts=(LINE, LINE))
    assert outer.to_json() == {**inner, "location": None, "parts": [inner, inner]}
    assert as_json([LINE, None, "a"]) == [inner, None, "a"]


def test_each_class_has_its_own_fields_where_one_derives_from_another() -> None:
    problem = Problem("NT004", Text("a", "b"), Text("c", "d"), Place("e"))
    assert [*problem.to_json()] == ["code", "message", "fix", "location"]
    notice = PassedOverFiles(problem.code, problem.message, problem.fix, problem.place, 2, ("f", "g"))
    assert notice.to_json() == {**problem.to_json(), "count": 2, "files": ["f", "g"]}


def test_a_record_is_written_as_text_with_a_final_newline() -> None:
    assert json_text([LINE.title]) == '[\n  {\n    "vi": "một",\n    "en": "one"\n  }\n]\n'
