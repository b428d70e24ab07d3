"""A type of document that the engine has never heard of is validated, held together and made facts of by its description alone."""

from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.plans import PLAN
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.base.text import Text
from thamdinh.engine.documents import read
from thamdinh.engine.model.agreement import agrees
from thamdinh.engine.model.description import Description
from thamdinh.engine.model.document_types import available, description, read_description
from thamdinh.engine.model.expected import expected_keys
from thamdinh.engine.model.facts import entities, flatten
from thamdinh.engine.model.instants import Readings, minutes
from thamdinh.engine.model.integrity import read_as
from thamdinh.engine.model.json_schema import document_schema
from thamdinh.engine.model.privacy import presentable
from thamdinh.engine.model.records import DocumentRecord, document_class

COUNT = """
schema: 1
id: count
label: {vi: Biên bản, en: minutes}
version: 2
vocabulary:
  - name: level
    label: {vi: Mức, en: level}
    members:
      - {name: high, words: {vi: cao, en: high}}
      - {name: low, words: {vi: thấp, en: low}}
records:
  - name: minutes
    label: {vi: Biên bản, en: minutes}
    fields:
      - {name: schema, type: version, label: {vi: bản, en: version}}
      - {name: body, type: record, of: body, label: {vi: tổ chức, en: body}}
      - {name: held, type: date, label: {vi: ngày, en: held}}
      - {name: opened, type: instant, label: {vi: mở, en: opened}}
      - {name: closed, type: instant, optional: true, label: {vi: đóng, en: closed}}
      - {name: present, type: count, least: 1, most: 200, label: {vi: có mặt, en: present}}
      - {name: convened, type: count, label: {vi: triệu tập, en: convened}}
      - {name: voters, type: rows, of: voter, label: {vi: người, en: voters}}
      - {name: boards, type: rows, of: board, label: {vi: ban, en: boards}}
      - {name: tags, type: list, of: text, optional: true, label: {vi: nhãn, en: tags}}
    order:
      - {earlier: opened, later: closed, days: 2, message: {vi: "{later} trước {earlier}", en: "{later} before {earlier}"}, fix: {vi: Sửa, en: Mend it}}
  - name: body
    label: {vi: Tổ chức, en: body}
    fields:
      - {name: title, type: text, longest: 20, label: {vi: tên, en: title}, nature: organization}
  - name: voter
    label: {vi: Người, en: voter}
    nature: person
    fields:
      - {name: code, type: identifier, label: {vi: mã, en: code}, unique: {words: {vi: Mã, en: Code}, compared: look}}
      - {name: called, type: text, label: {vi: tên, en: name}, nature: person_name}
      - {name: level, type: member, of: level, optional: true, label: {vi: mức, en: level}}
      - {name: marks, type: set, of: level, default: [], label: {vi: dấu, en: marks}}
      - {name: weight, type: number, default: 1.0, label: {vi: trọng số, en: weight}}
      - {name: share, type: percentage, optional: true, label: {vi: tỉ lệ, en: share}}
  - name: board
    label: {vi: Ban, en: board}
    fields:
      - {name: key, type: identifier, label: {vi: mã, en: key}, unique: {words: {vi: Mã ban, en: Key}}}
      - {name: head, type: record, of: head, optional: true, label: {vi: trưởng, en: head}}
      - {name: members, type: list, of: reference, to: /voters, label: {vi: thành viên, en: members}, unique: {words: {vi: Thành viên, en: Member}}}
      - {name: levels, type: set, of: level, label: {vi: các mức, en: levels}}
  - name: head
    label: {vi: Trưởng ban, en: head}
    fields:
      - {name: who, type: reference, to: /voters, label: {vi: ai, en: who}}
      - {name: since, type: instant, label: {vi: từ, en: since}}
facts:
  - name: whole
    label: {vi: biên bản, en: minutes}
    rows: /
    key: []
    subject: whole
    fields:
      - {name: title, of: /body/title, label: {vi: tên, en: title}}
      - {name: turnout, function: share, of: present, to: convened, label: {vi: tỉ lệ, en: turnout}}
      - {name: weight, function: sum, of: /voters/weight, label: {vi: tổng, en: weight}}
      - {name: low, function: count, of: /voters, where: {level: low}, label: {vi: thấp, en: low}}
      - {name: seats, function: count, of: /boards/members, label: {vi: ghế, en: seats}}
      - {name: last_head, function: greatest, of: /boards/head/since, label: {vi: sau cùng, en: last}}
      - {name: lasted, function: minutes, of: opened, to: closed, label: {vi: phút, en: minutes}}
      - {name: both, function: total, of: present, plus: [convened], label: {vi: cộng, en: both}}
      - {name: days_on, function: days, of: held, to: closed, label: {vi: số ngày, en: days}}
      - {name: held, of: held, label: {vi: ngày, en: held}}
      - {name: year, function: year, of: held, label: {vi: năm, en: year}}
      - {name: shares, function: count, of: /voters/share, label: {vi: số tỉ lệ, en: shares}}
      - {name: nights, function: days, of: opened, to: closed, label: {vi: đêm, en: nights}}
      - {name: full, function: equals, of: present, to: convened, label: {vi: đủ, en: full}}
  - name: membership
    label: {vi: ghế, en: membership}
    rows: /boards/members
    key: [board, person]
    subject: "{person}@{board}"
    fields:
      - {name: number, function: position, label: {vi: số, en: number}}
      - {name: person, of: ., label: {vi: ai, en: person}}
      - {name: board, of: ../key, label: {vi: ban, en: board}}
      - {name: name, function: lookup, of: /voters/called, match: {code: .}, label: {vi: tên, en: name}}
  - name: voter
    label: {vi: người, en: voter}
    rows: /voters
    key: [code]
    subject: "{code}"
    fields:
      - {name: code, of: code, label: {vi: mã, en: code}}
      - {name: alike, function: count, of: /voters, match: {level: level}, label: {vi: cùng mức, en: alike}}
      - {name: shared, function: count, of: /voters/share, match: {level: level}, label: {vi: có tỉ lệ, en: shared}}
      - {name: named, function: count, of: /voters, match: {called: called}, label: {vi: cùng tên, en: named so}}
      - {name: all, function: total, of: weight, plus: [share], label: {vi: cộng lại, en: all}}
      - {name: first, function: lookup, of: /voters/called, match: {level: level}, label: {vi: người đầu, en: first}}
      - {name: first_share, function: lookup, of: /voters/share, match: {level: level}, label: {vi: tỉ lệ đầu, en: share}}
      - {name: fits, function: rounds_to, of: /present, to: /convened, written: share, label: {vi: khớp, en: fits}}
  - name: heading
    label: {vi: trưởng ban, en: head}
    rows: /boards/head
    key: [board]
    subject: "{board}"
    fields:
      - {name: board, of: ../key, label: {vi: ban, en: board}}
      - {name: level, function: lookup, of: /voters/level, match: {code: who}, label: {vi: mức, en: level}}
      - {name: after, function: minutes, of: /opened, to: since, label: {vi: sau, en: after}}
  - name: seen
    label: {vi: mức, en: level}
    rows: /voters
    distinct: level
    key: [level]
    subject: "{level}"
    fields: [{name: level, of: level, label: {vi: mức, en: level}}]
"""
DATA: dict[str, Any] = {
    "schema": 2,
    "body": {"title": "Chi bộ Một"},
    "held": "2018-05-01",
    "opened": "2018-05-01T08:00",
    "closed": "2018-05-02T09:30",
    "present": 6,
    "convened": 8,
    "voters": [
        {"code": "a", "called": "Nguyễn Văn An", "level": "low", "weight": 1.5},
        {"code": "b", "called": "Trần Thị Bình", "level": "high", "share": 12.5},
        {"code": "c", "called": "Lê Văn Cảnh", "level": "low", "share": 75},
        {"code": "d", "called": "Vũ Thị Dung"},
    ],
    "boards": [
        {"key": "x", "head": {"who": "b", "since": "2018-05-01T08:10"}, "members": ["a", "b"], "levels": ["low"]},
        {"key": "y", "members": ["a"], "levels": []},
    ],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("count")
    (folder / "document.yaml").write_text(COUNT, encoding="utf-8")
    return str(folder)


@pytest.fixture(scope="module")
def known(folder: str) -> Description:
    return read_description(Path(folder))


def minutes_of(known: Description, data: dict[str, Any]) -> DocumentRecord:
    return read_as(document_class(known), read("minutes.yaml", yaml.safe_dump(data, allow_unicode=True).encode()))


def test_a_document_of_it_is_read_and_agrees(known: Description) -> None:
    minutes = minutes_of(known, DATA)
    assert agrees(minutes)
    assert minutes.boards[0].head.who == "b"
    assert minutes.voters[2].weight == 1.0
    assert minutes.voters[2].marks == ()
    schema = jsonschema.Draft202012Validator(document_schema(known))
    schema.validate({"document": "count", **DATA})
    assert not schema.is_valid(DATA), "who writes one in an editor says of which type it is"


def test_its_facts_are_what_its_functions_say(known: Description) -> None:
    facts = flatten(minutes_of(known, DATA), Readings())
    opened = facts["heading"][0].values["after"]
    assert facts["whole"][0].values == {
        "title": "Chi bộ Một",
        "turnout": 0.75,
        "weight": 4.5,
        "low": 2,
        "seats": 3,
        "last_head": minutes(datetime(2018, 5, 1, 8, 10)),
        "lasted": 1530,
        "both": 14,
        "days_on": 1,
        "held": minutes(datetime(2018, 5, 1)),
        "year": 2018,
        "shares": 2,
        "nights": 1,
        "full": False,
    }
    assert opened == 10
    assert [row.values for row in facts["voter"]] == [
        {"code": "a", "alike": 2, "shared": 1, "named": 1, "first": "Nguyễn Văn An"},
        {
            "code": "b",
            "alike": 1,
            "shared": 1,
            "named": 1,
            "all": 13.5,
            "first": "Trần Thị Bình",
            "first_share": 12.5,
            "fits": False,
        },
        {"code": "c", "alike": 2, "shared": 1, "named": 1, "all": 76.0, "first": "Nguyễn Văn An", "fits": True},
        {"code": "d", "alike": 0, "shared": 0, "named": 1},
    ]
    assert [(row.values, row.path) for row in facts["membership"]] == [
        ({"number": 1, "person": "a", "board": "x", "name": "Nguyễn Văn An"}, ("boards", 0, "members", 0)),
        ({"number": 2, "person": "b", "board": "x", "name": "Trần Thị Bình"}, ("boards", 0, "members", 1)),
        ({"number": 1, "person": "a", "board": "y", "name": "Nguyễn Văn An"}, ("boards", 1, "members", 0)),
    ]
    assert [(row.values["level"], row.path) for row in facts["heading"]] == [("high", ("boards", 0, "head"))]
    assert [row.values["level"] for row in facts["seen"]] == ["low", "high"]
    types = {name: (field.type, field.optional) for name, field in entities(known)["whole"].fields.items()}
    assert types == {
        "title": ("text", False),
        "turnout": ("number", True),
        "weight": ("number", False),
        "low": ("number", False),
        "seats": ("number", False),
        "last_head": ("instant", True),
        "lasted": ("number", True),
        "both": ("number", False),
        "days_on": ("number", True),
        "held": ("date", False),
        "year": ("number", False),
        "shares": ("number", False),
        "nights": ("number", True),
        "full": ("boolean", False),
    }


def test_names_of_people_are_one_however_they_are_spelt(known: Description) -> None:
    data = deepcopy(DATA)
    data["voters"][3]["called"] = "NGUYỄN  Văn \u0410n"
    named = [row.values["named"] for row in flatten(minutes_of(known, data), Readings())["voter"]]
    assert named == [2, 1, 1, 2]


MISTAKES: dict[str, tuple[tuple[str | int, ...], object, str]] = {
    "another version": (("schema",), 1, "PL002"),
    "more than all of it": (("voters", 1, "share"), 100.5, "PL002"),
    "no number": (("voters", 0, "weight"), "1,5", "PL002"),
    "no such day": (("held",), "2018-02-30", "PL002"),
    "a day with a time": (("held",), "2018-05-01T08:00", "PL002"),
    "a key of a plan": (("venue",), "Hội trường", "PL002"),
    "nobody in a board": (("boards", 0, "members", 0), "z", "PL003"),
    "a board with nobody at its head": (("boards", 0, "head", "who"), "z", "PL003"),
    "a code twice": (("voters", 2, "code"), "a", "PL004"),
    "a code that looks the same": (("voters", 2, "code"), "\u0430", "PL004"),
    "a member twice": (("boards", 0, "members", 1), "a", "PL004"),
    "fewer than there must be": (("present",), 0, "PL002"),
    "more than there may be": (("present",), 201, "PL002"),
    "a text that is too long": (("body", "title"), "x" * 21, "PL002"),
    "closed before it opened": (("closed",), "2018-05-01T07:59", "PL005"),
    "closed after too many days": (("closed",), "2018-05-03T08:01", "PL005"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_what_is_wrong_with_it_is_told_at_its_place(mistake: str, known: Description) -> None:
    (*above, last), value, code = MISTAKES[mistake]
    data = deepcopy(DATA)
    target: Any = data
    for step in above:
        target = target[step]
    target[last] = value
    with pytest.raises(Unreadable) as raised:
        minutes_of(known, data)
    assert {problem.code for problem in raised.value.problems} == {code}
    assert all(problem.place.line for problem in raised.value.problems)


def test_names_give_way_to_identifiers(known: Description) -> None:
    shown = presentable(minutes_of(known, DATA), names=True)
    assert [voter.called for voter in shown.voters] == ["a", "b", "c", "d"]


def test_a_new_field_of_the_plan_is_one_edit(tmp_path: Path) -> None:
    for path in available()["conference_plan"].glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    records = (tmp_path / "records.yaml").read_text(encoding="utf-8")
    field = (
        "      - {name: phone, type: text, optional: true, label: {vi: số điện thoại, en: phone}, example: '0275'}\n"
    )
    at = records.index("      - name: standing\n")
    (tmp_path / "records.yaml").write_text(records[:at] + field + records[at:], encoding="utf-8")
    changed = read_description(tmp_path)
    person = document_schema(changed)["$defs"]["Participant"]["properties"]
    assert person["phone"]["title"] == "số điện thoại"
    text = PLAN.replace("standing: key_cadre", "phone: '0275', standing: key_cadre", 1)
    assert text != PLAN
    plan = read_as(document_class(changed), read("plan.yaml", text.encode()))
    assert "0275" in [person.phone for person in plan.participants]
    assert expected_keys(document_class(changed), ("participants", 0, "phone"))["phone"].title == Text(
        "số điện thoại", "phone"
    )
    with pytest.raises(Unreadable, match="phone"):
        read_as(document_class(description()), read("plan.yaml", text.encode()))
