"""YAML: core types alone, a place for every key and value, and a plain word for every mistake."""

import re
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import example, given
from hypothesis import strategies as st

from tests.plans import PLAN, changed, plan_problems, problems, text_at
from tests.properties import examples
from thamdinh.engine.base.problem import Path, Place
from thamdinh.engine.documents import read, tree
from thamdinh.engine.documents import yaml as yaml_reader
from thamdinh.engine.model.integrity import read_plan


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both of PyYAML's parsers: with and without libyaml."""
    monkeypatch.setattr(yaml_reader, "_Loader", getattr(pyyaml, request.param))
    return str(request.param)


def data(text: str) -> Any:
    return read("a.yaml", text.encode()).data


SCALARS = {
    **{
        "12:30": "12:30",
        "2017-12-28": "2017-12-28",
        "2017-12-28T07:30": "2017-12-28T07:30",
        "28/12/2017": "28/12/2017",
    },
    **{"yes": "yes", "no": "no", "on": "on", "off": "off", "y": "y", "NO": "NO"},
    **{"true": True, "True": True, "TRUE": True, "false": False, "tRUE": "tRUE"},
    **{"": None, "~": None, "null": None, "NULL": None, "nULL": "nULL"},
    **{
        "12": 12,
        "-12": -12,
        "+12": 12,
        "007": 7,
        "0o17": 15,
        "0x1F": 31,
        "0b11": "0b11",
        "1_000": "1_000",
        "1,5": "1,5",
    },
    **{"1.5": 1.5, "-.5": -0.5, "5.": 5.0, "1e3": 1000.0, "1e-300": 1e-300, "1.2.3": "1.2.3", "83.010": 83.01},
    **{"-": None, "+": "+", ".": ".", "-x": "-x", ".inf2": ".inf2", "0x": "0x", "0o8": "0o8", "e3": "e3", "٣": "٣"},
    **{"'12'": "12", '"true"': "true", '"\\u1ec7 \\U0001F600"': "ệ 😀", "'it''s'": "it's"},
    **{str(2**63 - 1): 2**63 - 1, str(-(2**63) + 1): -(2**63) + 1},
}
del SCALARS["-"]  # an item of a list, not a scalar


@pytest.mark.parametrize("written", SCALARS)
def test_resolves_only_the_core_types(written: str, parser: str) -> None:
    value = data(f"key: {written}\n")["key"]
    assert value == SCALARS[written]
    assert type(value) is type(SCALARS[written])


def test_reads_every_layout(parser: str) -> None:
    text = 'a:\n  - b: [1, {c: x}]\n    d: >\n      hai\n      dòng\n  - |\n    một\n"e": &x [y]\nf: *x\n? g\n: h\n'
    expected = {"a": [{"b": [1, {"c": "x"}], "d": "hai dòng\n"}, "một\n"], "e": ["y"], "f": ["y"], "g": "h"}
    assert data(text) == expected
    assert data("---\n" + text + "...\n") == expected
    assert data("\ufeff" + text.replace("\n", "\r\n")) == expected


def test_text_and_keys_are_composed() -> None:
    assert data("to\u0301c: xa\u0303\n") == {"tóc": "xã"}
    assert data('"to\\u0301c": "xa\\u0303"\n') == {"tóc": "xã"}


# The message's place, line and column, and a piece of message and fix in both languages.
MISTAKES: dict[str, tuple[str, int, int, str, str]] = {
    "tab indentation": ("a:\n\tb: 1\n", 2, 1, "phím Tab", "a tab"),
    "tab after an indented line": ("a:\n  b: 1\n\tc: 2\n", 3, 1, "phím Tab", "a tab"),
    "reserved character": ("tên: 😀x\na: @x\n", 2, 4, "không được bắt đầu", "can't begin with"),
    "backtick": ("a: `x`\n", 1, 4, "dấu nháy kép", "double quotes"),
    "unclosed double quote": ('a: 1\nb: "x\nc: 2\n', 2, 4, "Dấu nháy mở ở đây", "quote that opens here"),
    "unclosed single quote": ("a: 'x\nb: 1\n", 1, 4, "chưa được đóng", "never closed"),
    "unknown escape": ('a: "C:\\qua"\n', 1, 7, "Dấu \\", "backslash"),
    "unclosed bracket": ("a: [1, 2\nb: 1\n", 1, 4, "Dấu ngoặc mở ở đây", "bracket that opens here"),
    "unclosed brace in a row": ("a:\n  - {x: 1\n  - {y: 2}\n", 2, 5, "Dấu ngoặc mở ở đây", "bracket that opens here"),
    "brace cut short": ("a: {x: 1", 1, 4, "Dấu ngoặc mở ở đây", "bracket that opens here"),
    "bracket cut short": ("a: [1,\n", 2, 1, "ngoặc", "bracket"),
    "missing comma": ("a: {x: 1 y: 2}\n", 1, 11, "Thiếu dấu phẩy", "comma"),
    "stray bracket": ("a: ]\n", 1, 4, "thừa", "stray"),
    "colon in text": ("title: Báo cáo: tổng kết\n", 1, 15, "dấu hai chấm mà không đặt trong dấu nháy", "holds a colon"),
    "no space after a colon above": (
        "a:\n  name:x\n  kind: y\n",
        3,
        7,
        "dấu cách sau dấu hai chấm",
        "space after the colon",
    ),
    "indented too far": ("a: 1\n  b: 2\n", 2, 4, "Thụt lề sai", "Wrong indentation"),
    "indented too little": ("a:\n    b: 1\n  c: 2\n", 3, 3, "Thụt lề không thẳng", "doesn't match the lines"),
    "list item not aligned": ("a:\n  - x\n b: 1\n", 3, 2, "Thụt lề không thẳng", "doesn't match the lines"),
    "text after a quote": ('a: "b" c\n', 1, 8, "chữ thừa", "after the value"),
    "key without colon": ("a: 1\nkhoá\nb: 2\n", 2, 1, "Thiếu dấu hai chấm", "No colon"),
    "no space after a dash": ("a:\n-b\n-c\nd: 1\n", 2, 1, "- giá trị", "- value"),
    "list on the key's line": ("a: - x\n", 1, 4, "bắt đầu ở dòng mới", "on a new line"),
    "emphasis with stars": ("a: **x**\n", 1, 4, "bắt đầu bằng *", "begins with *"),
    "ampersand": ("a: & b\n", 1, 4, "bắt đầu bằng *", "begins with *"),
    "unknown tag handle": ("a: !e!x y\n", 1, 4, "bắt đầu bằng *", "begins with *"),
    "something after a flow document": ("{a: 1}\nb: 2\n", 2, 1, "nằm ngoài phần chính của tệp", "outside the document"),
    "other YAML version": ("%YAML 3.0\n---\na: 1\n", 1, 1, "nằm ngoài phần chính của tệp", "outside the document"),
    "text beside a bar": ("a: | x\n  y\n", 1, 4, "phải xuống dòng", "line break must follow"),
    "two documents": ("a: 1\n---\nb: 2\n", 2, 1, "hơn một tài liệu", "more than one YAML document"),
    "duplicate key": ("a: 1\ntên: 2\n😀: 3\ntên: 4\n", 4, 1, "đã có ở dòng 2, cột 1", "line 2, column 1"),
    "duplicate key, one decomposed": ("{tóc: 1, to\u0301c: 2}\n", 1, 10, "đã có ở cột 2 của", "column 2 of this"),
    "local tag": ("a: !foo x\n", 1, 4, "“!foo”", "“!foo”"),
    "Python tag": ("a: !!python/object/apply:os.system [ls]\n", 1, 4, "thẻ", "“!!python/object/apply:os.system”"),
    "binary tag": ("a: !!binary aGk=\n", 1, 4, "“!!binary”", "Delete the tag"),
    "set tag": ("a: !!set {x, y}\n", 1, 4, "“!!set”", "Delete the tag"),
    **{
        f"core tag {tag}": (f"a: {tag} {value}\n", 1, 4, f"“{tag}”", "Delete the tag")
        for tag, value in {
            **{"!!int": "12", "!!str": "12", "!!float": "1", "!!bool": "true", "!!null": "", "!!map": "{b: 1}"},
            **{"!!seq": "[1]", "!!timestamp": "2017-12-28"},
        }.items()
    },
    "core tag in full": ("a: !<tag:yaml.org,2002:str> 12\n", 1, 4, "“!!str”", "Delete the tag"),
    "core tag on a list of lines": ("a: !!seq\n  - 1\n", 1, 4, "“!!seq”", "Delete the tag"),
    "tag of no kind": ("a: ! 12\n", 1, 4, "“!”", "Delete the tag"),
    "tag of no kind on a quoted text": ("a: ! '12'\n", 1, 4, "“!”", "Delete the tag"),
    "tag on the whole": ("!!map\na: 1\n", 1, 1, "“!!map”", "Delete the tag"),
    "tag on an anchored value": ("a: &x !!str b\n", 1, 4, "“!!str”", "Delete the tag"),
    "tag on a key": ("!!int 1: x\n", 1, 1, "“!!int”", "Delete the tag"),
    "merge key": ("a: &x {b: 1}\nc:\n  <<: *x\n", 3, 3, "khóa gộp", "Merge keys"),
    "list as a key": ("? [a]\n: b\n", 1, 3, "Khóa phải là văn bản", "key must be text"),
    "alias as a key": ("a: &x b\n*x : c\n", 2, 1, "Khóa phải là văn bản", "key must be text"),
    "unknown alias": ("a: *x\n", 1, 4, "*x", "stands for nothing"),
    "alias to itself": ("a: &x [*x]\n", 1, 8, "*x", "stands for nothing"),
    "NaN": ("a: .nan\n", 1, 4, "phạm vi", "out of range"),
    "infinity": ("a: [-.INF]\n", 1, 5, "phạm vi", "out of range"),
    "float too large": ("a: 1e400\n", 1, 4, "phạm vi", "out of range"),
    "integer too large": (f"a: {2**63}\n", 1, 4, "phạm vi", "out of range"),
    "integer of 5,000 digits": (f"a: {'9' * 5000}\n", 1, 4, "phạm vi", "out of range"),
    "hexadecimal integer too large": (f"a: 0x{'f' * 16}\n", 1, 4, "phạm vi", "out of range"),
    "escaped NUL": ('a: "\\0"\n', 1, 4, "U+0000", "U+0000"),
    "escaped DEL": ('a: "\\x7f"\n', 1, 4, "U+007F", "U+007F"),
    "escaped control character in a key": ('"\\e": 1\n', 1, 1, "U+001B", "U+001B"),
    "too deep in brackets": ("a: " + "[" * 60 + "]" * 60, 1, 54, "quá 50 cấp", "more than 50 deep"),
    "too deep in lines": ("".join(f"{'  ' * i}a:\n" for i in range(60)), 52, 103, "quá 50 cấp", "more than 50 deep"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_each_mistake_is_told_with_place_and_remedy(case: str, parser: str) -> None:
    text, line, column, vi, en = MISTAKES[case]
    (problem,) = problems(lambda: read("a.yaml", text.encode()))
    assert problem.code == "PL001"
    assert vi in f"{problem.message.vi}. {problem.fix.vi}"
    assert en in f"{problem.message.en}. {problem.fix.en}"
    if parser == "CSafeLoader" or ("cut short" not in case and "escape" not in case):
        assert (problem.place.line, problem.place.column) == (line, column)


def test_depth_up_to_the_limit_is_read() -> None:
    assert data("[" * (tree.DEEPEST + 1) + "]" * (tree.DEEPEST + 1))
    assert problems(lambda: data("[" * (tree.DEEPEST + 2) + "]" * (tree.DEEPEST + 2)))


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "!!seq ["])
def test_no_depth_kills_the_reader(opening: str) -> None:
    assert problems(lambda: data(opening * 100_000))


def test_aliases_are_read_and_their_places_are_their_own() -> None:
    text = "a: &x {k: [1, 2]}\nb: *x\n"
    document = read("a.yaml", text.encode())
    assert document.data == {"a": {"k": [1, 2]}, "b": {"k": [1, 2]}}
    assert text_at(text, document.place(("b",))) == "*x"
    assert text_at(text, document.place(("b", "k", 1))) == "2"


def bomb(width: int, levels: int, item: str = "x") -> str:
    """A document whose aliases multiply by `width` at each level."""
    lines = [f"l0: &l0 [{', '.join([item] * width)}]"]
    lines += [f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * width)}]" for i in range(1, levels)]
    return "\n".join(lines) + "\n"


def test_aliases_that_explode_are_refused_at_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    text = bomb(10, 9)
    (problem,) = problems(lambda: data(text))
    assert problem.code == "PL001"
    assert text_at(text, problem.place).startswith("*")
    assert "bí danh" in problem.fix.vi
    monkeypatch.setattr(yaml_reader, "MOST_NODES", 300)
    assert not problems(lambda: data(bomb(10, 2)))
    assert problems(lambda: data(bomb(10, 3)))


def test_aliases_that_nest_deeply_are_refused() -> None:
    text = "l0: &l0 [x]\n" + "".join(f"l{i}: &l{i} [*l{i - 1}]\n" for i in range(1, 60))
    (problem,) = problems(lambda: data(text))
    assert "50" in problem.message.vi
    assert text_at(text, problem.place).startswith("*l")


def test_the_depth_of_an_alias_is_that_of_its_deepest_part() -> None:
    deep, nested = "[" * 40 + "]" * 40, "[" * 20 + "*x" + "]" * 20
    (problem,) = problems(lambda: data(f"a: &x [{deep}, y]\nb: {nested}\n"))
    assert text_at(f"\nb: {nested}\n", problem.place) == "*x"


def test_more_values_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_reader, "MOST_NODES", 10)
    assert data("[1, 2, 3, 4, 5, 6, 7, 8, 9]")
    (problem,) = problems(lambda: data("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"))
    assert (problem.place.line, problem.place.column) == (1, 29)


PLACES: list[tuple[Path, bool, str]] = [
    (("schema",), True, "schema"),
    (("schema",), False, "1"),
    (("organization", "name"), False, "Đảng bộ xã Bình Khánh"),
    (("participants", 1, "name"), False, "Trần Thị 😀 Hoa"),
    (("participants", 1, "standing"), True, "standing"),
    (("participants", 1, "parts"), False, "[year_end, mid_term]"),
    (("participants", 1, "parts", 1), False, "mid_term"),
    (("participants", 1, "parts", 1), True, "mid_term"),
    (("participants", 0, "party_card"), False, '"83.010"'),
    (("committees", 0, "members", 1), False, "{person: p02, role: member}"),
    (
        ("participants", 1, "absent"),
        True,
        "{id: p02, name: Trần Thị 😀 Hoa, standing: key_cadre, parts: [year_end, mid_term]}",
    ),
    (("participants", 1, "parts", -1), False, "[year_end, mid_term]"),
    (("participants", 1, "parts", 7), False, "[year_end, mid_term]"),
    (("participants", 1, "parts", "absent", 3), False, "[year_end, mid_term]"),
    (("committees", 0), False, "id: dang-uy"),
    ((), False, "schema: 1"),
]


@pytest.mark.parametrize(("path", "key", "spot"), PLACES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_place_is_where_the_key_or_value_stands(path: Path, key: bool, spot: str, line_end: str) -> None:
    document = read("plan.yaml", PLAN.replace("\n", line_end).encode())
    place = document.place(path, key=key)
    assert text_at(PLAN, place) == spot
    assert document.excerpt(place) == PLAN.splitlines()[place.line - 1]  # type: ignore[operator]


def test_columns_count_code_points() -> None:
    document = read("a.yaml", "{😀: ệ, e\u0302\u0323: \ufeffx, b: y}".encode())
    assert document.place(("b",), key=True).column == 17
    assert document.place(("b",)).column == 20


def test_lines_are_those_that_editors_count() -> None:
    text = "a: x\u0085y\nb: [p, \u2028 q]\nc: z\n"
    document = read("a.yaml", text.encode())
    assert document.place(("c",)).line == 3
    assert document.excerpt(Place("a.yaml", 3, 1)) == "c: z"
    assert document.excerpt(Place("a.yaml", 9, 1)) is None
    assert document.excerpt(Place("a.yaml")) is None


@pytest.mark.parametrize("mark", "\u0085\u2028\u2029")
@pytest.mark.parametrize("before", ["# note", "outcomes: # note", "- x\t# note"])
def test_a_comment_that_some_programs_end_sooner_is_told(before: str, mark: str) -> None:
    (problem,) = problems(lambda: read("a.yaml", f"{before}{mark}  - {{id: p09}}\n".encode()))
    assert (problem.code, problem.place.line, problem.place.column) == ("PL001", 1, len(before) + 1)
    assert f"U+{ord(mark):04X}" in problem.message.vi


def test_a_text_may_hold_the_line_ends_of_others() -> None:
    assert data("a: x#y\u2028z\n") == {"a": "x#y z"}


WORDS = st.text(st.sampled_from("ấđ😀 -:#'\"[]{}&*!|>%@`,?\\~\u0301"), max_size=6)
NESTED = st.recursive(WORDS, lambda x: st.lists(x, max_size=3) | st.dictionaries(WORDS, x, max_size=3))


@pytest.mark.long
@examples(3)
@given(st.data())
def test_every_scalar_stands_at_its_place(draw: st.DataObject) -> None:
    value = draw.draw(NESTED)
    style = draw.draw(st.booleans())
    text = pyyaml.safe_dump({"x": value}, allow_unicode=True, default_flow_style=style, width=1000)
    document = read("a.yaml", text.encode())

    def check(part: Any, path: Path) -> None:
        if isinstance(part, dict):
            for name, inner in part.items():
                assert pyyaml.safe_load(text_at(text, document.place((*path, name), key=True))) is not ...
                check(inner, (*path, name))
        elif isinstance(part, list):
            for number, inner in enumerate(part):
                check(inner, (*path, number))
        elif "\n" not in part and (place := document.place(path)).end_column:
            assert data(text_at(text, place)) == part

    check(document.data, ())


@examples(4)
@given(st.binary(max_size=200))
@example(b"%")
@example(b"\xef\xbb\xbf")
@example(b"a: b\x00")
@example(b"\x85\xe2\x80\xa8")
def test_no_bytes_raise_anything_but_problems(content: bytes) -> None:
    problems(lambda: read_plan(read("a.yaml", content)))


@examples(4)
@given(st.text(st.sampled_from("ab1:-?[]{},#&*!|>'\"%@`\\ \t\n\r\u0085\u2028\ufeff😀ấ~<.")))
def test_no_syntax_raises_anything_but_problems(text: str) -> None:
    for loader in (pyyaml.CSafeLoader, pyyaml.SafeLoader):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yaml_reader, "_Loader", loader)
            for problem in problems(lambda: read_plan(read("a.yaml", text.encode()))):
                assert "Not valid YAML" not in problem.message.en


@examples(4)
@given(st.integers(0, len(PLAN)), st.integers(0, 8), st.text(st.sampled_from("ab:-[]{},#&*!|'\" \t\n1ễ"), max_size=4))
def test_no_mutation_of_a_plan_raises_anything_but_problems(start: int, length: int, inserted: str) -> None:
    text = PLAN[:start] + inserted + PLAN[start + length :]
    for problem in plan_problems(text):
        assert re.fullmatch("PL00[1-5]", problem.code)
        assert 1 <= problem.place.line <= text.count("\n") + 1  # type: ignore[operator]


@examples(0.6)
@given(st.integers(0, len(PLAN.encode())))
def test_a_plan_cut_short_is_refused(end: int) -> None:
    content = PLAN.encode()[:end]
    if content.count(b"\n") < PLAN.count("\n") - 1:
        assert problems(lambda: read_plan(read("a.yaml", content)))


def test_both_parsers_give_the_same_plan(parser: str) -> None:
    assert read_plan(read("a.yaml", PLAN.encode())).organization.name == "Đảng bộ xã Bình Khánh"
    (problem,) = plan_problems(changed(("commune", "comune")))
    assert (problem.place.line, problem.place.column) == (5, 9)


def test_a_colon_without_a_space_in_braces_is_told_by_parser_or_schema(parser: str) -> None:
    (problem,) = plan_problems(changed(("{start: 2017-12-28T07:30,", "{start:,")))
    code, message = {
        "CSafeLoader": ("PL001", "Thiếu dấu cách sau dấu hai chấm"),
        "SafeLoader": ("PL002", "“start” còn để trống"),
    }[parser]
    assert (problem.code, problem.message.vi, problem.place.line) == (code, message, 13)
