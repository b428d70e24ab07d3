"""Every disagreement between a file and the plan format is told in words, at its place (PL002)."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from tests.plans import PLAN, changed, plan_problems, problems, text_at
from tests.properties import examples
from thamdinh.engine.base.problem import Place
from thamdinh.engine.documents import read
from thamdinh.engine.model import mismatch
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.model.parsing import validated
from thamdinh.engine.model.types import LONGEST_TEXT, MOST_ROWS

# What is changed, the text at the place of the problem, and what message and fix must say (vi, en).
CASES: dict[str, tuple[tuple[str, str], str, str, str]] = {
    "unknown key, a near one": (("venue:", "vennue:"), "vennue", "Có phải ý là “venue”", "Did you mean “venue”"),
    "unknown key, accents aside": (("venue:", "vénue:"), "vénue", "Có phải ý là “venue”", "Did you mean “venue”"),
    "unknown key, by its Vietnamese title": (
        ("name: Trần", "Họ và tên: Trần"),
        "Họ và tên",
        "Có phải ý là “name”",
        "Did you mean “name”",
    ),
    "unknown key after an emoji": (
        ("standing: key_cadre", "standin: key_cadre"),
        "standin",
        "Có phải ý là “standing”",
        "Did you mean “standing”",
    ),
    "unknown key, nothing near": (
        ("schema: 1", "schema: 1\nzzz: 1"),
        "zzz",
        "các khóa dùng được ở đây: schema, organization",
        "the keys known here: schema, organization",
    ),
    "no space after the colon": (
        ("id: p02", "id:p02"),
        "id:p02",
        "Thêm dấu cách",
        "Put a space after the colon: “id: …”",
    ),
    "unknown key in a nested row": (("to: same", "too: same"), "too", "Có phải ý là “to”", "Did you mean “to”"),
    "missing key": (
        ("standing: key_cadre, ", ""),
        "{id: p02, name: Trần Thị 😀 Hoa, parts: [year_end, mid_term]}",
        "Thiếu khóa “standing” (tư cách tham dự)",
        "Key “standing” is missing. Add “standing: congress_delegate”",
    ),
    "missing list": (
        ("ballots: [p01, p02]", "# "),
        "committee: dang-uy",
        "không có thì viết []",
        "([] if there is none)",
    ),
    "empty text": (
        ("venue: Hội trường xã", "venue:"),
        "",
        "“venue” còn để trống",
        "such as “venue: Hội trường UBND xã”",
    ),
    "blank text": (("venue: Hội trường xã", "venue: '  '"), "'  '", "“venue” còn để trống", "“venue” is left empty"),
    "empty list": (
        ("outcomes:\n  - {kind: resolution, subject: next_year, targets: 12}", "outcomes:"),
        "",
        "Viết [] nếu không có",
        "Write [] if there is none",
    ),
    "empty mapping": (
        ("  - {kind: resolution, subject: next_year, targets: 12}", "  -"),
        "",
        "để trống",
        "is left empty",
    ),
    "wrong value, a near one": (("commune", "comune"), "comune", "Có phải ý là “commune”", "Did you mean “commune”"),
    "a label for a value": (
        ("commune", "Thị  trấn"),
        "Thị  trấn",
        "Có phải ý là “township”",
        "Did you mean “township”",
    ),
    "a label without accents": (
        ("commune", "thi tran"),
        "thi tran",
        "Có phải ý là “township”",
        "Did you mean “township”",
    ),
    "an English label": (
        ("secretary", "standing committee member"),
        "standing committee member",
        "“standing_member”",
        "“standing_member”",
    ),
    "wrong value, nothing near": (
        ("commune", "zzz"),
        "zzz",
        "commune (xã), ward (phường)",
        "Use one of: commune, ward, township",
    ),
    "wrong value in a list": (
        ("[year_end, mid_term]", "[year_end, midterm]"),
        "midterm",
        "“parts, mục 2”. Có phải ý là “mid_term”",
        "“parts, item 2”. Did you mean “mid_term”",
    ),
    "number for a value": (("commune", "12"), "12", "“12” không dùng được", "“12” is no value of “kind”"),
    "other schema": (("schema: 1", "schema: 2"), "2", "Chọn một trong: 1", "Use one of: 1"),
    "schema as true": (("schema: 1", "schema: true"), "true", "phải là số nguyên", "must be a whole number"),
    "number for text": (("Hội trường xã", "12.50"), "12.50", 'dấu nháy kép: "12.50"', 'double quotes: "12.50"'),
    "number for a party card": (('"83.010"', "83.010"), "83.010", 'dấu nháy kép: "•••"', 'double quotes: "•••"'),
    "number for an id": (("id: p02", "id: 0012"), "0012", '"0012"', '"0012"'),
    "truth for text": (("Hội trường xã", "true"), "true", 'dấu nháy kép: "true"', 'double quotes: "true"'),
    "list for text": (("Hội trường xã", "[a]"), "[a]", "“venue” phải là văn bản", "“venue” must be text"),
    "mapping for text": (("Hội trường xã", "{a: b}"), "{a: b}", "“venue” phải là văn bản", "“venue” must be text"),
    "text for a mapping": (
        ("{part: year_end, format: group}", "year_end"),
        "year_end",
        "“discussions, mục 1” phải gồm các khóa",
        "“discussions, item 1” must hold keys",
    ),
    "list for a mapping": (
        ("briefing: {by: p01, covers: [purpose, requirements]}", "briefing: [p01]"),
        "[p01]",
        "khóa",
        "keys",
    ),
    "text for a list": (("[p01, p02]", "p01"), "p01", "“ballots” phải là danh sách", "“ballots” must be a list"),
    "mapping for a list": (("[p01, p02]", "{p01: p02}"), "{p01: p02}", "phải là danh sách", "must be a list"),
    "text for a number": (("targets: 12", 'targets: "12"'), '"12"', "phải là số", "in digits without quotes"),
    "fraction for a number": (("targets: 12", "targets: 1.5"), "1.5", "phải là số", "must be a whole number"),
    "tiny number": (("targets: 12", "targets: 1e-300"), "1e-300", "phải là số", "must be a whole number"),
    "truth for a number": (("targets: 12", "targets: true"), "true", "phải là số", "must be a whole number"),
    "number too small": (("targets: 12", "targets: -1"), "-1", "không được nhỏ hơn 0", "must not be less than 0"),
    "number too large": (
        ("targets: 12", "targets: 1000001"),
        "1000001",
        "không được lớn hơn 1.000.000",
        "must not be more than 1,000,000",
    ),
    "text for truth": (("eligible: true", "eligible: có"), "có", "true (có) hoặc false", "Write true or false"),
    "yes is no truth": (("eligible: true", "eligible: yes"), "yes", "true (có) hoặc false", "Write true or false"),
    "empty truth": (
        ("eligible: true", "eligible: null"),
        "null",
        "“eligible” còn để trống",
        "“eligible” is left empty",
    ),
    "id with @": (("id: p02", "id: a@b"), "a@b", "có dấu @", "holds an @"),
    "id with an invisible character": (
        ("id: p02", "id: a\u200bb"),
        "a\u200bb",
        "không nhìn thấy",
        "invisible character",
    ),
    "date without time": (("2017-12-28T16:00", "2017-12-28"), "2017-12-28", "chưa có giờ", "no time"),
    "no date": (("2017-12-28T16:00", "chiều 28/12"), "chiều 28/12", "không phải là ngày giờ", "28/12/2017 07:30"),
    "number for a time": (("2017-12-28T16:00", "16"), "16", "không phải là ngày giờ", "is no date and time"),
    "no such day": (
        ("2017-12-28T16:00", "30/02/2018 16:00"),
        "30/02/2018 16:00",
        "Không có ngày giờ",
        "no date and time",
    ),
    "offset": (("2017-12-28T16:00", "2017-12-28T16:00+07:00"), "2017-12-28T16:00+07:00", "múi giờ", "time zone"),
    "seconds": (("2017-12-28T16:00", "2017-12-28T16:00:30"), "2017-12-28T16:00:30", "có giây", "seconds"),
    "far year": (("2017-12-28T16:00", "1017-12-28T16:00"), "1017-12-28T16:00", "1930–2100", "1930–2100"),
}


@pytest.mark.parametrize("case", CASES)
def test_one_slip_is_one_problem_at_its_place(case: str) -> None:
    change, spot, vi, en = CASES[case]
    text = changed(change)
    (problem,) = plan_problems(text)
    assert problem.code == "PL002"
    assert text_at(text, problem.place) == spot
    assert vi in f"{problem.message.vi}. {problem.fix.vi}"
    assert en in f"{problem.message.en}. {problem.fix.en}"


def test_a_long_text_is_a_problem_with_its_place_and_is_not_repeated() -> None:
    text = changed(("Hội trường xã", "x" * 2**20))
    (problem,) = plan_problems(text)
    assert (problem.code, problem.place.line, problem.place.column) == ("PL002", 10, 10)
    assert f"{LONGEST_TEXT:,}".replace(",", ".") in problem.message.vi
    assert len(problem.message.vi + problem.fix.vi) < 300


def test_a_long_key_or_value_is_cut_where_it_is_repeated() -> None:
    for change in (("venue:", "k" * 1000 + ": x\n  venue:"), ("kind: commune", "kind: " + "v" * 100_000)):
        (problem,) = plan_problems(changed(change))
        assert len(problem.message.vi) < 200


@pytest.mark.long
def test_too_many_rows_are_a_problem_of_the_list() -> None:
    rows = "".join(f"  - {{id: q{i}, name: x, standing: customary, parts: []}}\n" for i in range(MOST_ROWS + 1))
    (problem,) = plan_problems(changed(("committees:", rows + "committees:")))
    assert (problem.code, problem.place.line) == ("PL002", 22)
    assert "20.000" in problem.message.vi
    assert "20,000" in problem.message.en


@pytest.mark.parametrize(
    ("text", "vi"),
    [
        ("# chỉ có chú thích\n", "Tệp không có nội dung"),
        ("null\n", "Tệp không có nội dung"),
        ("schema 1\n", "“nội dung tệp” phải gồm các khóa"),
        ("- a\n", "“nội dung tệp” phải gồm các khóa"),
        ("12\n", "“nội dung tệp” phải gồm các khóa"),
    ],
)
def test_a_file_that_holds_no_keys_is_one_problem(text: str, vi: str) -> None:
    (problem,) = plan_problems(text)
    assert vi in problem.message.vi
    assert problem.place == Place("plan.yaml", 1, 1, problem.place.end_column)


def test_every_problem_is_reported_in_the_order_of_its_place() -> None:
    text = changed(
        ("commune", "comune"), ("targets: 12", "targets: x"), ("venue:", "vennue:"), ("part: mid", "part: mit")
    )
    found = plan_problems(text)
    places = [(problem.place.line, problem.place.column) for problem in found]
    assert len(found) == 4
    assert places == sorted(places)  # type: ignore[type-var]


def test_a_file_with_all_keys_missing_names_each() -> None:
    found = plan_problems("{}")
    keys = [
        "schema",
        "organization",
        "conference",
        "reports",
        "participants",
        "committees",
        "confidence_votes",
        "outcomes",
    ]
    assert sorted(re.search("“(.*)” is", problem.message.en)[1] for problem in found) == sorted(keys)  # type: ignore[index]


class Leaf(BaseModel):
    model_config = ConfigDict(extra="forbid")
    size: int | str


class Pack(BaseModel):
    model_config = ConfigDict(extra="forbid")
    leaves: dict[str, tuple[Leaf, ...]]


def test_models_of_rule_files_are_explained_alike() -> None:
    text = "leaves:\n  a:\n    - {size: 1}\n    - {sizes: 1}\n  b:\n    - {size: []}\n"
    found = problems(lambda: validated(Pack, read("pack.yaml", text.encode())))
    assert [(text_at(text, problem.place), problem.message.en) for problem in found] == [
        ("sizes", "Unknown key “sizes”"),
        ("[]", "“size” must be a whole number, not “[]”"),
    ]
    assert found[0].fix.en == "Did you mean “size”?"


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from(["", "x", "2017-12-28", "p01"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "name", "kind", "{}"]), inner),
    max_leaves=6,
)
BASE: Any = read("plan.yaml", PLAN.encode()).data


def spots(data: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(spot for step, part in below for spot in spots(part, (*path, step)))]


def replaced(data: Any, path: tuple[Any, ...], value: object) -> Any:
    if not path:
        return value
    step, *rest = path
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    parts = {key: replaced(part, tuple(rest), value) if key == step else part for key, part in pairs}
    return parts if isinstance(data, dict) else list(parts.values())


class Plain:
    """A document without lines, as a workbook is one."""

    file = "plan.xlsx"
    notices = ()

    def __init__(self, data: object) -> None:
        self.data = data

    def place(self, path: object, *, key: bool = False) -> Place:
        return Place(self.file, sheet=f"{path}{key}")

    def label(self, path: object) -> None:
        return None

    def excerpt(self, place: Place) -> None:
        return None


@examples(3)
@given(st.sampled_from(spots(BASE)), ANYTHING)
def test_every_kind_of_disagreement_has_words_of_its_own(path: tuple[str | int, ...], value: object) -> None:
    for problem in problems(lambda: read_plan(Plain(replaced(BASE, path, value)))):
        assert problem.fix != mismatch.WORDS["other"][1]
        assert problem.code.startswith("PL00")
