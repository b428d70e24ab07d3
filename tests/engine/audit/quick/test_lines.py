"""Lines that are read together give what each gives by itself, and never is one accepted that the readers refuse."""

import json
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.engine.audit.quick.test_decode import BASE, compact, everywhere, lines, slowly
from tests.plan_classes import Plan
from tests.properties import examples
from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.audit.audited_plan import AuditedPlan
from thamdinh.engine.audit.inputs.listing import entries
from thamdinh.engine.audit.quick import ahead
from thamdinh.engine.audit.quick import lines as together
from thamdinh.engine.audit.quick.ahead import LinesAhead
from thamdinh.engine.audit.quick.lines import decode_lines
from thamdinh.engine.audit.workers.batch import AuditJob, audit_batch, batches
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.model.document_types import description

GOOD = compact(BASE)


def together_decoded(*given: bytes) -> list[Any] | None:
    """What is decoded of lines one after another."""
    ends = [*accumulate(map(len, given), initial=0)]
    return decode_lines(b"".join(given), [(start, end - start) for start, end in pairwise(ends)], description())


def agree(*given: bytes) -> bool:
    """Whether all of the lines are decoded together; holds what is said of each against what the readers say of it."""
    found = together_decoded(*given)
    if found is None:
        return False
    assert len(found) == len(given)
    for line, plan in zip(given, found, strict=True):
        slow: Plan | None = slowly(line)
        assert plan is None or plan.whole() == slow, line
    return all(plan is not None for plan in found)


@pytest.mark.long
@given(lines())
@example(GOOD.replace(b'"eligible":true', b'"eligible":true,"eligible":false'))
@example(GOOD.replace(b'"schema":1', b'"schema":1,"schema":1'))
@example(GOOD.replace(b'"eligible":true', b'"eligible":null'))
@example(GOOD.replace(b'"eligible":true', b'"\\u0065ligible" : null'))
@examples(1)
def test_what_is_accepted_is_what_the_readers_give(line: bytes) -> None:
    agree(line, GOOD)


@pytest.mark.long
@pytest.mark.parametrize("value", [None, 1.0, " x", "không", ["p01", "p01"]], ids=repr)
def test_odd_values_are_never_taken_for_proper(value: object) -> None:
    for line in everywhere(value):
        agree(line)


def test_every_key_given_twice_is_a_doubt() -> None:
    for at in (place for place, byte in enumerate(GOOD) if byte == ord("{")):
        end = GOOD.index(b":", at)
        value, _ = json.JSONDecoder().raw_decode(GOOD[end + 1 :].decode())
        assert not agree(GOOD[: at + 1] + GOOD[at + 1 : end] + b":" + compact(value) + b"," + GOOD[at + 1 :])


@pytest.mark.parametrize(
    "null",
    [
        b'"eligible":null',
        b'"eligible" :\tnull',
        b'"eligible"' + b" " * 300 + b":null",
        b'"eligible":' + b" " * 300 + b"null",
        b'"\\u0065ligible":null',
    ],
)
def test_null_is_a_doubt_where_something_else_is_the_default(null: bytes) -> None:
    assert agree(GOOD.replace(b'"eligible":true,', b""))
    assert agree(GOOD.replace(b'"eligible":true', b'"replaces":null'))
    assert not agree(GOOD.replace(b'"eligible":true', null))


@given(st.lists(st.integers(0, 3 * len(GOOD)), min_size=2, max_size=2))
@example([len(GOOD), 2 * len(GOOD)])
def test_a_line_is_a_document_wherever_documents_are_cut(cuts: list[int]) -> None:
    first, second = sorted(cuts)
    text = GOOD * 3
    assert agree(text[:first], text[first:second], text[second:]) is (cuts == [len(GOOD), 2 * len(GOOD)])


@pytest.mark.parametrize("cut", [b"},", b",{"])
def test_as_many_documents_as_lines_are_not_enough(cut: bytes) -> None:
    at = GOOD.index(cut) + 1
    assert together_decoded(GOOD + GOOD, GOOD[:at], GOOD[at:]) is None
    assert together_decoded(GOOD[:at], GOOD[at:], GOOD + GOOD) is None


@pytest.mark.parametrize(
    "odd", [b"", b" ", b"null", b"[]", b"1", b'"x"', b"{}", GOOD + GOOD, GOOD + b",", b"[" + GOOD + b"]"]
)
def test_what_is_no_document_is_a_doubt_for_all(odd: bytes) -> None:
    assert together_decoded(GOOD, odd, GOOD) is None
    assert together_decoded(odd, GOOD + GOOD) is None


def audited(path: Path, monkeypatch: pytest.MonkeyPatch, fewest: int) -> tuple[list[AuditedPlan], int]:
    """What an audit learns from a file of lines, those together that are more bytes than so many; and how often that was tried."""
    tried = 0

    def decode(*given: Any) -> Any:
        nonlocal tried
        tried += 1
        return decode_lines(*given)

    monkeypatch.setattr(ahead, "_FEWEST", fewest)
    monkeypatch.setattr(together, "decode_lines", decode)
    job = AuditJob(f"{path} {fewest}", (ruleset(),), key=b"k" * 32)
    return [outcome for batch in batches(entries([str(path)])) for outcome in audit_batch(batch, job)], tried


@pytest.mark.long
@pytest.mark.parametrize(
    "odd", [None, b"{", b"{}", GOOD.replace(b'"p01"', b'"p99"', 1), GOOD.replace(b"year_end", b"yearly", 1)]
)
def test_an_audit_says_the_same_of_lines_read_together(
    odd: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plans.jsonl"
    held = [compact(synthetic.plan) for synthetic in generate(40, 3, 0.5, 12)]
    path.write_bytes(b"\n".join(held[:20] + [odd] * (odd is not None) + [b""] + held[20:]) + b"\n")
    alone, never = audited(path, monkeypatch, 2**30)
    found, once = audited(path, monkeypatch, 0)
    assert (never, once) == (0, 1)
    assert found == alone


def test_lines_that_are_always_in_doubt_are_tried_less_and_less_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "_FEWEST", 0)
    tried = []

    def decode(text: bytes, spans: list[tuple[int, int]], _: object) -> None:
        tried.append([text[start : start + length] for start, length in spans])

    monkeypatch.setattr(together, "decode_lines", decode)
    path = tmp_path / "plans.jsonl"
    path.write_bytes(b"ab\ncd\n")
    reading = LinesAhead(description())
    with path.open("rb") as file:
        for _ in range(100):
            reading.expect({"x": [(0, 2), (3, 2)]})
            assert reading.at("y", file, 0, 2) == (None, b"ab")
            assert [reading.at("x", file, 3, 2), reading.at("x", file, 0, 2), reading.at("x", file, 0, 1)] == [
                (None, b"cd"),
                (None, b"ab"),
                (None, b"a"),
            ]
    assert len(tried) == 4 + (100 - 4 - 1 - 3 - 7) // 16
    assert all(lines == [b"ab", b"cd"] for lines in tried)


def test_nothing_of_what_was_read_before_is_said_of_a_file_that_became_shorter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "_FEWEST", 0)
    path, size = tmp_path / "plans.jsonl", len(GOOD) + 1
    spans = [(0, size), (size, size)]
    reading = LinesAhead(description())
    for held in (GOOD + b"\n") * 2, GOOD + b"\n", b"":
        path.write_bytes(held)
        reading.expect({"x": spans})
        with path.open("rb") as file:
            found = [reading.at("x", file, *span) for span in spans]
        assert [line for _, line in found] == [held[:size], held[size:]]
        assert [plan is not None for plan, _ in found] == [len(held) == 2 * size] * 2
