"""JSON: exactly RFC 8259, a place for every key and value, and a plain word for every mistake."""

import json
import math
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.plans import PLAN, problems, text_at
from tests.properties import examples
from thamdinh.engine.base.problem import Path
from thamdinh.engine.documents import json as json_reader
from thamdinh.engine.documents import read, tree
from thamdinh.engine.model.integrity import read_plan

PLAN_DATA: Any = read("plan.yaml", PLAN.encode()).data
PLAN_JSON = json.dumps(PLAN_DATA, ensure_ascii=False, indent=2)

MISTAKES: dict[str, tuple[str, int, int, str, str]] = {
    "comma before a brace": ('{"a": 1,\n}', 2, 1, "Dấu phẩy thừa", "comma before the closing"),
    "comma before a bracket": ("[1, ]", 1, 5, "Dấu phẩy thừa", "comma before the closing"),
    "missing comma": ('{"😀": 1 "b": 2}', 1, 9, "Thiếu dấu phẩy", "comma or closing bracket is missing"),
    "missing comma in a list": ("[1 2]", 1, 4, "Thiếu dấu phẩy", "comma or closing bracket is missing"),
    "missing colon": ('{"a" 1}', 1, 6, "Thiếu dấu hai chấm", "colon after the key"),
    "missing value": ('{"a": }', 1, 7, "thiếu giá trị", "value is missing"),
    "only a comma": ("[,]", 1, 2, "thiếu giá trị", "value is missing"),
    "single quotes": ("{'a': 1}", 1, 2, "dấu nháy kép", "double quotes"),
    "curly quotes": ("[“a”]", 1, 2, "dấu nháy kép", "double quotes"),
    "key without quotes": ("{a: 1}", 1, 2, "dấu nháy kép", "double quotes"),
    "number as a key": ("{1: 1}", 1, 2, "dấu nháy kép", "double quotes"),
    "text without quotes": ('{"a": xã}', 1, 7, "dấu nháy kép", "double quotes"),
    "Python's words": ("[True]", 1, 2, "dấu nháy kép", "double quotes"),
    "unclosed text": ('["a', 1, 2, "chưa được đóng", "never closed"),
    "line break in text": ('["a\nb"]', 1, 4, "xuống dòng", "line break"),
    "unknown escape": ('["\\q"]', 1, 3, "Dấu \\", "backslash"),
    "short Unicode escape": ('["\\u12"]', 1, 4, "Dấu \\", "backslash"),
    "comment with a hash": ("[1, # x\n2]", 1, 5, "không có chú thích", "no comments"),
    "comment with slashes": ("// x\n[]", 1, 1, "không có chú thích", "no comments"),
    "cut short in an object": ('{"a": 1', 1, 8, "cắt cụt", "cut short"),
    "cut short after a key": ('{"a"', 1, 5, "cắt cụt", "cut short"),
    "cut short in a list": ("[1,\n", 2, 1, "cắt cụt", "cut short"),
    "something after the end": ("{} {}", 1, 4, "thừa sau phần kết thúc", "after the end"),
    "leading zero": ("[01]", 1, 2, "Số không đúng dạng", "JSON's form"),
    "plus sign": ("[+1]", 1, 2, "Số không đúng dạng", "JSON's form"),
    "nothing after the point": ("[1.]", 1, 2, "Số không đúng dạng", "JSON's form"),
    "nothing before the point": ("[.5]", 1, 2, "Số không đúng dạng", "JSON's form"),
    "hexadecimal": ("[0x1F]", 1, 2, "Số không đúng dạng", "JSON's form"),
    "time without quotes": ('{"a": 07:30}', 1, 7, "Số không đúng dạng", "JSON's form"),
    "NaN": ('{"a": NaN}', 1, 7, "phạm vi", "out of range"),
    "infinity": ("[-Infinity]", 1, 2, "phạm vi", "out of range"),
    "more digits than a float": (f"[{'1' * 400}]", 1, 2, "phạm vi", "out of range"),
    "float too large": ("[1e400]", 1, 2, "phạm vi", "out of range"),
    "10**400": (f"[1{'0' * 400}]", 1, 2, "phạm vi", "out of range"),
    "integer too large": (f"[{2**63}]", 1, 2, "phạm vi", "out of range"),
    "5,000 digits": (f"[{'9' * 5000}]", 1, 2, "phạm vi", "out of range"),
    "duplicate key": ('{"a": 1,\n "b": 2, "a": 3}', 2, 10, "đã có ở dòng 1, cột 2", "line 1, column 2"),
    "duplicate key, one decomposed": ('{"ó": 1, "o\u0301": 2}', 1, 10, "đã có ở cột 2 của", "column 2 of this"),
    "duplicate key, one escaped": ('{"a": 1, "\\u0061": 2}', 1, 10, "đã có", "already stands"),
    "lone surrogate": ('["\\ud800"]', 1, 2, "U+D800", "U+D800"),
    "lone surrogate in a key": ('{"\\udfff": 1}', 1, 2, "U+DFFF", "U+DFFF"),
    "escaped NUL": ('["x\\u0000"]', 1, 2, "U+0000", "U+0000"),
    "too deep": ("[" * 60 + "]" * 60, 1, 52, "quá 50 cấp", "more than 50 deep"),
    "too deep in objects": ('{"a":' * 60, 1, 256, "quá 50 cấp", "more than 50 deep"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_each_mistake_is_told_with_place_and_remedy(case: str) -> None:
    text, line, column, vi, en = MISTAKES[case]
    (problem,) = problems(lambda: read("a.json", text.encode()))
    assert problem.code == "PL001"
    assert (problem.place.line, problem.place.column) == (line, column)
    assert vi in f"{problem.message.vi}. {problem.fix.vi}"
    assert en in f"{problem.message.en}. {problem.fix.en}"


def test_a_tiny_number_is_read_and_left_to_the_schema() -> None:
    assert read("a.json", b"[1e-300]").data == [1e-300]
    text = PLAN_JSON.replace('"targets": 12', '"targets": 1e-300')
    (problem,) = problems(lambda: read_plan(read("a.json", text.encode())))
    assert (problem.code, text_at(text, problem.place)) == ("PL002", "1e-300")


def test_text_and_keys_are_composed() -> None:
    assert read("a.json", '{"to\u0301c": "xa\\u0303"}'.encode()).data == {"tóc": "xã"}


def test_surrogate_pairs_are_one_character() -> None:
    assert read("a.json", b'"\\ud83d\\ude00"').data == "😀"


def test_more_values_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_reader, "MOST_NODES", 10)
    assert read("a.json", b"[1, 2, 3, 4, 5, 6, 7, 8, 9]").data
    assert problems(lambda: read("a.json", b"[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"))


def test_depth_up_to_the_limit_is_read() -> None:
    deepest = tree.DEEPEST + 1
    assert read("a.json", b"[" * deepest + b"]" * deepest).data
    assert problems(lambda: read("a.json", b"[" * 100_000))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cc", "Cs", "Mn", "Lo"]).filter(lambda c: c.isprintable())),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.sampled_from('ấđ😀 :"\\/')), inner, max_size=4)
    ),
    max_leaves=12,
)


@examples(2)
@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
@example([10**15, 0.1, -0.0, 1e22], False, None)
def test_reads_what_json_writes_and_places_every_value(value: Any, ascii_only: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    document = read("a.json", text.encode())
    assert document.data == json.loads(text)

    def check(part: Any, path: Path) -> None:
        place = document.place(path)
        if place.end_column is not None:
            assert json.loads(text_at_json(text, place.line, place.column, place.end_column)) == part
        for step, inner in (
            part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
        ):
            if isinstance(step, str):
                place = document.place((*path, step), key=True)
                assert json.loads(text_at_json(text, place.line, place.column, place.end_column)) == step
            check(inner, (*path, step))

    check(document.data, ())


def text_at_json(text: str, line: int | None, column: int | None, end: int | None) -> str:
    """The text of a place, where only \\n ends a line."""
    return text.split("\n")[(line or 1) - 1][(column or 1) - 1 : (end or 1) - 1]


@examples(3)
@given(st.text(st.sampled_from("{}[],:\"'\\u0ae1-+.e ntf\n#/ấ😀"), max_size=30))
def test_accepts_what_json_accepts_and_nothing_else(text: str) -> None:
    try:
        expected = json.loads(text, parse_constant=lambda name: pytest.fail(name))
    except ValueError:
        assert problems(lambda: read("a.json", text.encode()))
        return
    if not problems(lambda: read("a.json", text.encode())):
        assert read("a.json", text.encode()).data == expected
    else:  # what JSON allows and we don't: repeated keys, numbers beyond reach, characters no text holds
        assert '"' in text or "e" in text


@examples(3)
@given(st.integers(0, len(PLAN_JSON)), st.integers(0, 8), st.text(st.sampled_from("{}[],:\"'\\1e \n#ễ"), max_size=4))
def test_no_mutation_of_a_plan_raises_anything_but_problems(start: int, length: int, inserted: str) -> None:
    text = PLAN_JSON[:start] + inserted + PLAN_JSON[start + length :]
    problems(lambda: read_plan(read("a.json", text.encode())))


@examples(3)
@given(st.binary(max_size=100))
def test_no_bytes_raise_anything_but_problems(content: bytes) -> None:
    problems(lambda: read_plan(read("a.json", content)))


def test_numbers_keep_their_type() -> None:
    data: Any = read("a.json", b"[1, 1.0, -0, 1e2]").data
    assert [type(number) for number in data] == [int, float, int, float]
    assert math.isclose(data[3], 100)


def test_a_plan_in_json_is_the_plan_in_yaml() -> None:
    assert read_plan(read("a.json", PLAN_JSON.encode())) == read_plan(read("a.yaml", PLAN.encode()))


def test_places_in_a_plan() -> None:
    document = read("plan.json", PLAN_JSON.encode())
    assert text_at(PLAN_JSON, document.place(("participants", 1, "name"))) == '"Trần Thị 😀 Hoa"'
    assert text_at(PLAN_JSON, document.place(("participants", 1, "name"), key=True)) == '"name"'
    assert document.place(("participants", 1, "absent")) == document.place(("participants", 1))


@pytest.mark.parametrize("value", ["plan.schema.json", 1, None, {"a": [1]}], ids=repr)
def test_the_key_by_which_editors_find_a_schema_is_no_part_of_the_content(value: object) -> None:
    document = read("plan.json", json.dumps({"$schema": value, **PLAN_DATA}).encode())
    assert document.data == PLAN_DATA
    assert read_plan(document) == read_plan(read("plan.json", PLAN_JSON.encode()))


def test_that_key_is_unknown_inside_the_content() -> None:
    inside = {**PLAN_DATA, "organization": {**PLAN_DATA["organization"], "$schema": "x"}}
    document = read("plan.json", json.dumps(inside).encode())
    assert [problem.code for problem in problems(lambda: read_plan(document))] == ["PL002"]
