"""Completion in plans that are being written."""

from typing import get_args

import pytest

from tests.plan_classes import Content, Kind, Part, Role
from thamdinh.engine.base.text import Language
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.editor.completion import complete
from thamdinh.engine.editor.diagnosis import diagnose
from thamdinh.engine.editor.hover import about_key
from thamdinh.engine.model.document_types import worded_types

LANGUAGES: tuple[Language, ...] = get_args(Language)
PEOPLE = "participants:\n  - {id: p01, name: Nguyễn Văn Bình}\n  - {id: p02, name: Trần Thị Hoa}\ncommittees:\n  - {id: dang-uy, name: Đảng ủy}\n"
CASES = {
    "the keys of the whole plan": (
        "schema: 1\n|",
        "organization conference reports participants committees confidence_votes outcomes",
    ),
    "an empty file": ("|", "schema organization conference reports participants committees confidence_votes outcomes"),
    "the keys that are still missing": ("organization:\n  name: X\n  |\n", "kind term district direct_superior"),
    "a key that is half written": ("organization:\n  name: X\n  ki|\n", "kind term district direct_superior"),
    "members of a list between brackets": (
        "reports:\n  - {id: a, title: B, contents: [year_end_review, |",
        " ".join(Content),
    ),
    "keys between braces that are still open": (
        "conference:\n  sessions:\n    - {start: 2017-12-28T07:30, |",
        "end part",
    ),
    "a value between braces": ("conference:\n  sessions:\n    - {part: |}\nreports: [", " ".join(Part)),
    "an item of a list of lines": ("reports:\n  - id: a\n    contents:\n      - |\n", " ".join(Content)),
    "roles": (
        PEOPLE.replace("{id: dang-uy, name: Đảng ủy}", "{id: dang-uy, members: [{person: p01, role: |}]}"),
        " ".join(Role),
    ),
    "people who were declared": (
        PEOPLE + "confidence_votes:\n  - committee: dang-uy\n    ballots: [p01, |]\n",
        "p01 p02",
    ),
    "committees that were declared": (PEOPLE + "confidence_votes:\n  - committee: |\n", "dang-uy"),
    "truth": ("participants:\n  - {id: p01, eligible: |}\n", "true false"),
    "nothing for free text": ("organization:\n  name: |\n", ""),
    "nothing where the text can't be read": ("organization: ]\n  name: |\n", ""),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_what_fits_at_the_cursor_is_offered(text: str, expected: str) -> None:
    offset = text.index("|")
    found = complete(text.replace("|", "", 1), offset, "vi")
    assert [item.word for item in found] == expected.split()
    assert all(item.about for item in found)


def test_the_kinds_of_organisation_are_offered_and_those_that_packs_of_the_run_add() -> None:
    added = ruleset("vinh-long-minh-hoa-2027").known.kinds  # a kept pack adds its words when it is asked for them
    assert added is not None
    assert "special_zone" in [member.name for member in added.members]
    text = "organization:\n  kind: \n  name: X\n"
    found = complete(text, text.index(" \n  name") + 1, "vi")
    known = worded_types()[0].kinds
    assert known is not None
    assert [item.word for item in found] == [member.name for member in known.members]
    assert [item.word for item in found][: len(Kind)] == [*Kind]
    assert ("special_zone", "đặc khu") in [(item.word, item.about) for item in found]
    assert all(item.about for item in found)


def test_keys_are_told_in_the_language_of_the_editor() -> None:
    text = "organization:\n  name: X\n  "
    told = {language: [item.about for item in complete(text, len(text), language)] for language in LANGUAGES}
    assert told["vi"] == ["loại hình tổ chức", "nhiệm kỳ", "huyện, thành phố", "cấp ủy cấp trên trực tiếp"]
    assert told["en"] == ["kind of organisation", "term", "district or city", "direct superior committee"]
    diagnosis = diagnose("plan.yaml", f"{text}term: 2015-2020\n")
    assert diagnosis is not None
    hovers = [about_key(diagnosis, len(text) + 8, language) for language in LANGUAGES]
    assert hovers == ["**term**: nhiệm kỳ", "**term**: term"]
