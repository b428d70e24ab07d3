"""Small types of document that nobody has seen, and documents of them: made up by Hypothesis.

A document has single fields, a list of people with codes and names, and a list of rows that name them, with values of every
type of field in each. Facts use every function that those fields allow.
"""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st

from thamdinh.engine.model.description import Description

DAY: Final = date(2018, 5, 1)
DAYS: Final = 3
TYPES: Final = ("text", "member", "set", "boolean", "count", "number", "percentage", "date", "instant")
MEMBERS: Final = ("red", "green", "blue")
_NAMES: Final = ("Lê An", "Võ Ba", "Tạ Cẩm")
_WORDS: Final = ("Hội trường", "Nhà văn hóa; tầng 2", "1,5", "có", "28/12/2017 lúc họp")


def _text(words: str) -> dict[str, str]:
    return {"vi": words, "en": words}


@st.composite
def types(draw: st.DrawFn, kinds: tuple[str, ...] = TYPES) -> dict[str, Any]:
    """The description of a type, as plain data, with fields of these types."""
    records: list[dict[str, Any]] = []
    for name, fixed in (
        ("head", [{"name": "called", "type": "text", "nature": "organization"}]),
        (
            "person",
            [
                {"name": "code", "type": "identifier", "unique": {"words": _text("Mã"), "compared": "look"}},
                {"name": "name_of", "type": "text", "nature": "person_name"},
            ],
        ),
        ("row", [{"name": "who", "type": "reference", "to": "/people"}]),
    ):
        some = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=4))
        drawn = [_field(draw, f"{name}_{number}", kind) for number, kind in enumerate(some)]
        fields = [{**field, "label": _text(f"mục {field['name']}")} for field in (*fixed, *drawn)]
        records.append({"name": name, "label": _text(f"phần {name}"), "fields": fields})
    records[1]["nature"] = "person"
    root = [
        {"name": "version", "type": "version", "label": _text("bản")},
        {"name": "head", "type": "record", "of": "head", "label": _text("đầu")},
        {"name": "people", "type": "rows", "of": "person", "label": _text("người")},
        {"name": "rows", "type": "rows", "of": "row", "label": _text("dòng")},
    ]
    records.insert(0, {"name": "all", "label": _text("tất cả"), "fields": root})
    colours = [{"name": member, "words": _text(f"màu {member}")} for member in MEMBERS]
    return {
        "schema": 1,
        "id": "made_up",
        "label": _text("Tài liệu"),
        "vocabulary": [{"name": "colour", "label": _text("màu"), "members": colours}],
        "records": records,
        "facts": _facts(records),
        "form": _form(records),
    }


def _field(draw: st.DrawFn, name: str, kind: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": kind}
    if kind in ("member", "set"):
        field["of"] = "colour"
    if kind == "set":
        return {**field, "default": []}
    return {**field, "optional": True} if draw(st.booleans()) else field


def _facts(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    _, head, person, row = (record["fields"] for record in records)
    whole = [*_values(head, "/head/"), _fact("people_there", function="count", of="/people")]
    whole += [
        known for field in (*person, *row) for known in _gathered(field, "/people" if field in person else "/rows")
    ]
    whole += _worked_out(head, "/head/")
    people = [*_values(person, ""), _fact("number", function="position"), *_worked_out(person, "")]
    for field in person:
        if field["type"] in ("member", "count", "text", "boolean"):
            match = {field["name"]: field["name"]}
            people.append(_fact(f"alike_{field['name']}", function="count", of="/people", match=match))
            people.append(_fact(f"first_{field['name']}", function="lookup", of="/people/code", match=match))
    rows = [*_values(row, ""), _fact("number", function="position")]
    looked_up = (field for field in person if field["name"] != "code")
    rows += [
        _fact(f"of_{field['name']}", function="lookup", of=f"/people/{field['name']}", match={"code": "who"})
        for field in looked_up
    ]
    return [
        _entity("whole", "/", [], "whole", whole),
        _entity("person", "/people", ["code"], "{code}", people),
        _entity("row", "/rows", ["number"], "{number}", rows),
    ]


def _entity(name: str, rows: str, key: list[str], subject: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": name, "label": _text(name), "rows": rows, "key": key, "subject": subject, "fields": fields}


def _fact(name: str, **said: Any) -> dict[str, Any]:
    return {"name": name, "label": _text(name), **said}


def _values(fields: list[dict[str, Any]], path: str) -> list[dict[str, Any]]:
    return [_fact(field["name"], of=f"{path}{field['name']}") for field in fields]


def _gathered(field: dict[str, Any], rows: str) -> list[dict[str, Any]]:
    name, of = field["name"], f"{rows}/{field['name']}"
    match field["type"]:
        case "count":
            return [_fact(f"sum_{name}", function="sum", of=of), _fact(f"least_{name}", function="least", of=of)]
        case "date" | "instant" | "number":
            return [_fact(f"most_{name}", function="greatest", of=of)]
        case "member" | "set":
            return [_fact(f"red_{name}", function="count", of=rows, where={name: "red"})]
    return [_fact(f"given_{name}", function="count", of=of)]


def _worked_out(fields: list[dict[str, Any]], path: str) -> list[dict[str, Any]]:
    """What two or three fields of a record make together."""
    by_type: dict[str, list[str]] = {}
    for field in fields:
        by_type.setdefault(field["type"], []).append(f"{path}{field['name']}")
    counts, percentages = by_type.get("count", []), by_type.get("percentage", [])
    found = [_fact("year_on", function="year", of=of) for of in by_type.get("date", [])[:1]]
    times = [*by_type.get("date", []), *by_type.get("instant", [])]
    if len(times) > 1:
        found += [_fact("time_between", function=name, of=times[0], to=times[1]) for name in ("minutes",)]
        found.append(_fact("nights", function="days", of=times[0], to=times[1]))
    if len(counts) > 1:
        found.append(_fact("part_of", function="share", of=counts[0], to=counts[1]))
        found.append(_fact("together", function="total", of=counts[0], plus=counts[1:]))
        found.append(_fact("same_count", function="equals", of=counts[0], to=counts[1]))
        if percentages:
            found.append(_fact("rounded", function="rounds_to", of=counts[0], to=counts[1], written=percentages[0]))
    if by_type.get("set") and by_type.get("member"):
        found.append(_fact("holds", function="contains", of=by_type["set"][0], to=by_type["member"][0]))
    return found


def _form(records: list[dict[str, Any]]) -> dict[str, Any]:
    _, head, person, row = (record["fields"] for record in records)
    singles = [
        {"label": f"Ô {field['name']}", "field": f"/head/{field['name']}"} for field in head if field["type"] != "set"
    ]
    tables = [
        {"name": f"Bảng {of}", "sheet": f"Trang {of}", "rows": f"/{of}", "identity": f"Cột {fields[0]['name']}",
         "columns": [_column(field) for field in fields]}
        for of, fields in (("people", person), ("rows", row))
    ]  # fmt: skip
    sheets = [{"name": name, "title": f"{name} của tài liệu"} for name in ("Trang đầu", "Trang people", "Trang rows")]
    return {"sheets": sheets, "fields": singles, "tables": tables}


def _column(field: dict[str, Any]) -> dict[str, Any]:
    column = {"label": f"Cột {field['name']}", "field": field["name"]}
    return {**column, "label": f"Cột {field['name']} {{}}", "each": "."} if field["type"] == "set" else column


@st.composite
def documents(draw: st.DrawFn, known: Description) -> dict[str, Any]:
    """A document of a type that was made up, as plain data; what is optional may be absent."""
    people = draw(st.integers(0, 3))
    codes = [f"m{number}" for number in range(people)]
    rows = draw(st.integers(0, 2)) if people else 0
    of = known.record_types
    return {
        "document": known.id,
        "version": 1,
        "head": _row(draw, of["head"], {"called": "Chi bộ Một"}, in_form=True),
        "people": [
            _row(draw, of["person"], {"code": code, "name_of": draw(st.sampled_from(_NAMES))}) for code in codes
        ],
        "rows": [_row(draw, of["row"], {"who": draw(st.sampled_from(codes))}) for _ in range(rows)],
    }


def _row(draw: st.DrawFn, record: Any, given: dict[str, Any], *, in_form: bool = False) -> dict[str, Any]:
    row = dict(given)
    for field in record.fields:
        if field.name in given or (field.optional and draw(st.booleans())):
            continue
        row[field.name] = [] if in_form and field.type == "set" else draw(_VALUES[field.type])
    return row


_VALUES: Final[dict[str, st.SearchStrategy[Any]]] = {
    "text": st.sampled_from(_WORDS),
    "member": st.sampled_from(MEMBERS),
    "set": st.lists(st.sampled_from(MEMBERS), unique=True).map(lambda some: sorted(some, key=MEMBERS.index)),
    "boolean": st.booleans(),
    "count": st.integers(0, 4),
    "number": st.integers(-8, 8).map(lambda quarters: quarters / 4),
    "percentage": st.sampled_from([0, 25, 33.33, 33.3, 33, 50, 66.7, 66.67, 75, 100]),
    "date": st.integers(0, DAYS - 1).map(lambda days: (DAY + timedelta(days=days)).isoformat()),
    "instant": st.integers(1, DAYS * 24 * 12 - 1).map(
        lambda fives: (datetime.combine(DAY, datetime.min.time()) + timedelta(minutes=5 * fives)).isoformat(
            timespec="minutes"
        )
    ),
}


def in_folder(made: dict[str, Any], folder: Path) -> str:
    """The folder of a type, written out."""
    folder.mkdir()
    (folder / "document.yaml").write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    return str(folder)
