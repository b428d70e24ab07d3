"""Quick decoding never accepts what the readers refuse, and gives the plan that they give."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from tests.appraisal import ROOT
from tests.plan_classes import Plan
from tests.plans import PLAN
from tests.properties import examples
from tests.strategies import plans
from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.audit.quick.decode import LONGEST_LINE, decode_line
from thamdinh.engine.base.instant import instant_text
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.documents import read, read_file
from thamdinh.engine.model.document_types import types
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.model.types import LONGEST_IDENTIFIER, LONGEST_TEXT, MOST_TARGETS

EXAMPLES = sorted((ROOT / "examples").glob("*/*.yaml"))
BASE: dict[str, Any] = read("plan.yaml", PLAN.encode()).data  # type: ignore[assignment]

ODD_TEXTS = (
    "-", "… ,", ",", "_", "–", "không", "KHÔNG CÓ.", "(n/a)", "Như trên", "Khổng",
    "", " ", "  ", "a ", " a", "a  b", "\u00a0a", "a\u3000", "\t", "a\nb", "e\u0302\u0301", "ê\u0301", "\u0301", "\u1ebf", "\u212a", "\u1f71",
    "\u200b", "a\u200bb", "\ufeff", "<tên>", "<a", "a@b", '"', "\\", '","', "[", "{", "\x7f", "\u0085", "\ufffe", "\ud800", "😀", "“Đ”",
    "§¶ng bé x·", "null", "p01", "p02", "p99", "dang-uy", "x" * LONGEST_IDENTIFIER, "x" * (LONGEST_IDENTIFIER + 1),
    "ộ" * LONGEST_TEXT, "ộ" * (LONGEST_TEXT + 1), "x y" * LONGEST_TEXT,
    "2017-12-28T07:30", "2017-12-28T24:00", "28/12/2017 7:30", " 28/12/2017 07:30 ", "\x1f28/12/2017 07:30", "2017-12-28", "2017-12-28T07:30Z",
    "1900-01-01T00:00", "mid_term", "year_end", "Mid_term", " mid_term",
)  # fmt: skip
ODD_VALUES = (
    None,
    True,
    False,
    0,
    1,
    -1,
    1.0,
    1.5,
    12,
    MOST_TARGETS,
    MOST_TARGETS + 1,
    2**70,
    [],
    ["p01"],
    ["x", "x"],
    {},
    {"id": "x"},
    [None],
)


def slowly(line: bytes) -> Plan | None:
    """The plan as the readers give it; None where they refuse it."""
    try:
        return read_plan(read("plan.json", line))
    except Unreadable:
        return None


def agree(line: bytes) -> bool:
    """Whether the line is decoded quickly; holds what decode says against what the readers say."""
    quick = decode_line(line)
    if quick is None:
        return False
    slow = slowly(line)
    assert slow is not None, line
    assert quick.whole() == slow
    return True


def compact(data: object, **options: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), **options).encode("utf-8", "surrogatepass")


def ascii_only(value: Any) -> Any:
    """The data with every letter beyond ASCII left out."""
    if isinstance(value, dict):
        return {key: ascii_only(item) for key, item in value.items()}
    if isinstance(value, list):
        return [*map(ascii_only, value)]
    return " ".join(value.encode("ascii", "ignore").decode().split()) if isinstance(value, str) else value


def containers(value: Any) -> list[Any]:
    """Every dict and list in the data."""
    if isinstance(value, dict):
        return [value, *(inner for item in value.values() for inner in containers(item))]
    if isinstance(value, list):
        return [value, *(inner for item in value for inner in containers(item))]
    return []


@st.composite
def lines(draw: st.DrawFn) -> bytes:
    """Lines that hold a plan with something odd about it, or nearly."""
    data = json.loads(json.dumps(draw(plans() | st.just(BASE))))
    for _ in range(draw(st.integers(0, 2))):
        container = draw(st.sampled_from([found for found in containers(data) if found] or [data]))
        key = draw(st.sampled_from(sorted(container) if isinstance(container, dict) else range(len(container))))
        match draw(st.integers(0, 4)):
            case 0:
                del container[key]
            case 1 if isinstance(container, dict):
                container[
                    draw(st.sampled_from([f"{key}s", "eligible", "replaces", "district", "targets", "also_on"]))
                ] = container[key]
            case 1 | 2 if isinstance(container, list):
                container.append(container[key])
            case 3:
                container[key] = draw(st.sampled_from(ODD_VALUES))
            case _:
                container[key] = draw(st.sampled_from(ODD_TEXTS))
    line = json.dumps(
        data,
        ensure_ascii=draw(st.booleans()),
        separators=draw(st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " : ")])),
        sort_keys=draw(st.booleans()),
    ).encode("utf-8", "surrogatepass")
    match draw(st.integers(0, 5)):
        case 0:  # a key twice
            keys = [b'"id"', b'"eligible"', b'"name"', b'"schema"', b'"directed_by"', b'"kind"', b'"targets"']
            twice = draw(st.sampled_from([b"%b:true,", b"%b:false,", b"%b:null,", b'%b:"x",', b"%b:0,"])) % draw(
                st.sampled_from(keys)
            )
            at = draw(st.sampled_from([place for place, byte in enumerate(line) if byte == ord("{")]))
            line = line[: at + 1] + twice + line[at + 1 :]
        case 1:  # a byte too many, too few, or another
            at = draw(st.integers(0, len(line)))
            line = line[:at] + draw(st.binary(max_size=2)) + line[at + draw(st.integers(0, 2)) :]
        case 2:  # an escape where none is needed
            line = line.replace(
                b"o", draw(st.sampled_from([b"\\u006f", b"o\\u0022", b"\\/", b"o\\n", b"o\\u0301", b"o\xcc\x81"])), 1
            )
    return line


@pytest.mark.long
@given(lines())
@example(compact({**BASE, "outcomes": [{"kind": "resolution", "subject": "next_year", "targets": 0}]}))
@example(compact(BASE).replace(b'"eligible":true', b'"eligible":true,"eligible":false'))
@example(compact(BASE).replace(b'"schema":1', b'"schema":1,"schema":1'))
@example(compact(BASE).replace(b'"schema":1', b'"schema":1,"schema":1').replace(b"Sau", b"\\u0022\\u0022"))
@example(compact(BASE).replace(b'"schema":1', b'"schema":1,"schema":1').replace(b'"p01"', b'"p01\\u0022\\u0022"'))
@examples(3)
def test_what_is_accepted_is_what_the_readers_give(line: bytes) -> None:
    agree(line)


def everywhere(value: object, plan: dict[str, Any] = BASE) -> Iterator[bytes]:
    """The plan with the value in place of each of its values in turn."""
    data = json.loads(json.dumps(plan))
    for container in containers(data):
        for key in container if isinstance(container, dict) else range(len(container)):
            before, container[key] = container[key], value
            yield compact(data)
            container[key] = before


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_texts_are_never_taken_for_proper(text: str) -> None:
    for line in everywhere(text):
        agree(line)


@pytest.mark.parametrize("value", ODD_VALUES, ids=repr)
def test_odd_values_are_never_taken_for_proper(value: object) -> None:
    for line in everywhere(value):
        agree(line)


def test_every_key_given_twice_sends_the_line_to_the_readers() -> None:
    line = compact(BASE)
    for at in (place for place, byte in enumerate(line) if byte == ord("{")):
        end = line.index(b":", at)
        value, _ = json.JSONDecoder().raw_decode(line[end + 1 :].decode())
        twice = line[: at + 1] + line[at + 1 : end] + b":" + compact(value) + b"," + line[at + 1 :]
        assert json.loads(twice) == json.loads(line)
        assert decode_line(twice) is None
        assert slowly(twice) is None


def test_a_key_given_twice_is_seen_where_numbers_are_written_shorter_than_they_are_encoded() -> None:
    minutes = yaml.safe_load((ROOT / "examples/minutes/breached/bien-ban-kiem-phieu.yaml").read_text(encoding="utf-8"))
    percents = {
        "high_percent": 26,
        "normal_percent": 12,
        "low_percent": 57,
    }  # encoded as 26.0: so much room for another key
    minutes["tallies"] = [row | percents for row in minutes["tallies"]]
    line = json.dumps(minutes, default=instant_text, ensure_ascii=False, separators=(",", ":")).encode()
    known = {kind.id: kind for kind in types()}
    assert decode_line(line, known) is not None
    for twice in (b'"role":"ab",', b'"name":"ab",'):
        assert len(twice) == 2 * len(percents) * len(minutes["tallies"])
        assert decode_line(line.replace(b'{"name"', b"{" + twice + b'"name"', 1), known) is None


@pytest.mark.long
@pytest.mark.parametrize(
    "options", [{}, {"separators": (", ", ": ")}, {"indent": None, "ensure_ascii": True}, {"sort_keys": True}]
)
def test_proper_plans_are_decoded_quickly_however_they_are_spaced_and_escaped(options: dict[str, Any]) -> None:
    for synthetic in generate(40, 3, 0.5, people=12):
        data = synthetic.plan
        assert agree(json.dumps(data, **({"ensure_ascii": False} | options)).encode())
        data["participants"][0]["eligible"] = True
        data["conference"].setdefault("directed_by", None)
        data["outcomes"].append({"kind": "conclusion", "subject": "next_year", "targets": 0})
        assert agree(json.dumps(data, **({"ensure_ascii": False} | options)).encode())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_told_as_the_readers_tell_them(path: Path) -> None:
    try:
        data = read_file(path).data
    except Unreadable:
        return
    assert agree(compact(data)) is (slowly(compact(data)) is not None)


def test_text_in_an_older_encoding_is_left_to_the_readers() -> None:
    """They know it by the whole text: no letter of Vietnamese in Unicode is in it."""
    data = ascii_only(BASE)
    assert agree(compact(data))
    data["organization"]["name"] = "§¶ng bé x· B×nh Kh¸nh"
    assert slowly(compact(data)) is None
    assert decode_line(compact(data)) is None


def test_nothing_nests_too_deep_to_be_refused() -> None:
    assert decode_line(compact(BASE).replace('"Đ'.encode(), b"[" * 200_000, 1)) is None
    assert decode_line(b'{"schema":' + b"[" * 200_000) is None


def test_a_line_that_may_hold_too_many_values_goes_to_the_readers() -> None:
    assert decode_line(b" " * LONGEST_LINE + compact(BASE)) is None
