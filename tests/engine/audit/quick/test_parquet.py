"""Plans written as Parquet come back as they were; what other programs wrote there is never taken for proper unread."""

import io
import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.audit.quick.test_decode import ODD_TEXTS, containers
from tests.plan_classes import Plan
from tests.plans import PLAN
from tests.properties import examples
from tests.strategies import plans
from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.audit.inputs.listing import entries
from thamdinh.engine.audit.quick import parquet
from thamdinh.engine.audit.quick.decode import decode_line
from thamdinh.engine.audit.workers.batch import AuditJob, Contents, audit_batch, batches
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.documents import read
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.model.parsing import validate
from thamdinh.engine.model.types import MOST_TARGETS

BASE = read_plan(read("plan.yaml", PLAN.encode()))


def rows_of(written: list[Plan]) -> pa.StructArray:
    return parquet._array(Plan, written)


def slowly(content: bytes) -> Plan | None:
    try:
        return read_plan(read("plan.json", content))
    except Unreadable:
        return None


@pytest.mark.long
@given(st.lists(plans(), min_size=1, max_size=4))
@examples(0.6)
def test_plans_come_back_as_they_were(data: list[dict[str, Any]]) -> None:
    written = [validate(Plan, one) for one in data]
    rows = from_file(rows_of(written))
    for number, (plan, made) in enumerate(zip(written, parquet.plans(rows), strict=True)):
        assert made is None or made.whole() == plan
        assert slowly(parquet.row_content(rows, number, None)) == plan
        again = parquet.plans(rows[number : number + 1])[0]
        assert parquet.row_content(rows[number : number + 1], 0, again) == parquet.row_content(rows, number, made)


@pytest.mark.long
def test_files_are_read_a_row_group_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS", 7)
    written = [decode_line(json.dumps(one.plan).encode()).whole() for one in generate(20, 5, 0.5, people=12)]  # type: ignore[union-attr]
    path = tmp_path / "plans.parquet"
    assert parquet.write_documents(str(path), iter(written)) == 20
    with parquet.opened_file(str(path)) as file:
        assert file.num_row_groups == 3
        made = [plan for group in range(3) for rows in parquet.some_rows(file, group) for plan in parquet.plans(rows)]
    assert [plan and plan.whole() for plan in made] == written


@pytest.mark.long
def test_a_long_row_group_is_read_once_and_a_few_rows_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = [decode_line(json.dumps(one.plan).encode()).whole() for one in generate(20, 5, 0.5, people=12)]  # type: ignore[union-attr]
    path = tmp_path / "plans.parquet"
    pq.write_table(pa.Table.from_struct_array(rows_of(written)), path)
    monkeypatch.setattr(parquet, "ROWS", 7)
    pieces: list[int] = []

    def counted(rows: pa.StructArray, known: Any) -> list[Any]:
        pieces.append(len(rows))
        return plans_of(rows, known)

    plans_of = parquet.plans
    monkeypatch.setattr(parquet, "plans", counted)
    with path.open("rb") as file:
        rows = parquet.ParquetRows("plans.parquet", file)
        assert [(plan := rows.at(0, offset)[0]) and plan.whole() for offset in range(20)] == written
        assert pieces == [7, 7, 6]
        assert [(plan := rows.at(0, offset)[0]) and plan.whole() for offset in (1, 19, 8)] == [
            written[offset] for offset in (1, 19, 8)
        ]
        assert pieces == [7, 7, 6, 7, 6, 7], "what is passed over is made into no plan"
        with pytest.raises(Unreadable):
            rows.at(0, 20)


@pytest.mark.long
def test_rows_with_very_many_people_are_read_ever_fewer_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = [decode_line(json.dumps(one.plan).encode()).whole() for one in generate(20, 5, 0.5, people=12)]  # type: ignore[union-attr]
    path = tmp_path / "plans.parquet"
    parquet.write_documents(str(path), iter(written))
    longest = sum(len(person.parts) for plan in written for person in plan.participants)  # the longest column
    for most, at_once in ((longest, 20), (longest // 2, 10), (1, 1)):
        monkeypatch.setattr(parquet, "_MOST_VALUES", most)
        with parquet.opened_file(str(path)) as file:
            pieces = [*parquet.some_rows(file, 0)]
        assert len(pieces[0]) == at_once
        assert [plan and plan.whole() for rows in pieces for plan in parquet.plans(rows)] == written


@pytest.mark.long
def test_party_cards_stand_in_files_as_they_are_and_all_else_as_what_recurs(tmp_path: Path) -> None:
    plans = (decode_line(json.dumps(one.plan).encode()) for one in generate(9, 5, 0.5, people=12))
    parquet.write_documents(str(tmp_path / "a.parquet"), (plan.whole() for plan in plans if plan is not None))
    group = pq.read_metadata(tmp_path / "a.parquet").row_group(0)
    columns = [group.column(number) for number in range(group.num_columns)]
    texts = {one.path_in_schema: one.has_dictionary_page for one in columns if one.physical_type == "BYTE_ARRAY"}
    assert [path for path, recurs in texts.items() if not recurs] == ["participants.list.element.party_card"]


@pytest.mark.long
def test_files_that_another_program_wrote_anew_are_read_as_quickly(tmp_path: Path) -> None:
    written = [decode_line(json.dumps(one.plan).encode()).whole() for one in generate(9, 5, 0.5, people=12)]  # type: ignore[union-attr]
    parquet.write_documents(str(tmp_path / "a.parquet"), iter(written))
    duckdb.sql(f"COPY (FROM '{tmp_path / 'a.parquet'}') TO '{tmp_path / 'b.parquet'}'")
    with parquet.opened_file(str(tmp_path / "b.parquet")) as file:
        (rows,) = parquet.some_rows(file, 0)
    assert rows.type not in (parquet._forms(Plan.known).made, parquet._forms(Plan.known).read)
    assert [plan and plan.whole() for plan in parquet.plans(rows)] == written


def from_file(rows: pa.StructArray) -> pa.StructArray:
    """The rows as they are read from a file, which gives its texts as codes."""
    file = io.BytesIO()
    pq.write_table(pa.Table.from_struct_array(rows), file)
    return next(parquet.some_rows(parquet.opened_file(file), 0))


def changed(**changes: Any) -> pa.StructArray:
    """The rows of three plans, the columns of the second changed."""
    columns = rows_of([BASE, BASE, BASE]).to_pylist()
    for path, value in changes.items():
        *ways, last = path.split("__")
        at = columns[1]
        for way in ways:
            at = at[int(way) if way.isdecimal() else way]
        at[last] = value
    return pa.array(columns, pa.struct(list(parquet.schema())))


@pytest.mark.long
@pytest.mark.parametrize(
    "changes",
    [
        {"schema": 2},
        {"organization__name": " Đảng bộ"},
        {"organization__name": "e\u0302\u0301"},
        {"organization__name": ""},
        {"organization__name": "x" * 2001},
        {"organization__name": "<tên>"},
        {"conference__directed_by": "-"},
        {"organization__district": "Không có"},
        {"participants__0__name": "…"},
        {"participants__0__name": "N/A"},
        {"organization__district": "a\u200bb"},
        {"organization__kind": "province"},
        {"participants__0__id": "a@b"},
        {"participants__0__id": "x" * 101},
        {"participants__0__id": "p02"},
        {"participants__0__replaces": "nobody"},
        {"outcomes__0__targets": -1},
        {"outcomes__0__targets": MOST_TARGETS + 1},
        {"conference__sessions__0__start": 10**12 + 1},
        {"conference__sessions__0__start": -(10**13)},
        {"confidence_votes__0__published__0__at": 4_133_980_800_000},
        {"confidence_votes__0__committee": "nowhere"},
    ],
    ids=str,
)
def test_what_a_plan_cannot_hold_goes_to_the_readers_and_its_neighbours_do_not(changes: dict[str, Any]) -> None:
    rows = changed(**changes)
    for form in (
        rows,
        from_file(rows),
        rows.cast(parquet._forms(Plan.known).values),
        from_file(rows.cast(parquet._forms(Plan.known).values)),
    ):
        first, second, third = parquet.plans(form)
        assert first is not None
        assert first.whole() == third.whole() == BASE  # type: ignore[union-attr]
        assert second is None
        assert parquet.row_content(form, 1, None) == parquet.row_content(rows, 1, None)
    only_doubtful = not {" Đảng bộ", "e\u0302\u0301", "a\u200bb"}.isdisjoint(map(str, changes.values()))
    assert (slowly(parquet.row_content(rows, 1, None)) is not None) is only_doubtful


@st.composite
def odd_rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Rows that hold plans with something odd about some of them."""
    some: list[Plan] = draw(
        st.lists(plans().map(lambda data: validate(Plan, data)) | st.just(BASE), min_size=1, max_size=4)
    )
    rows: list[dict[str, Any]] = rows_of(some).to_pylist()
    for _ in range(draw(st.integers(0, 3))):
        container = draw(st.sampled_from([found for found in containers(draw(st.sampled_from(rows))) if found]))
        key = draw(st.sampled_from(sorted(container) if isinstance(container, dict) else range(len(container))))
        value = container[key]
        if isinstance(container, list) and draw(st.booleans()):
            container.append(value)
        elif isinstance(value, str):
            container[key] = draw(st.sampled_from([text for text in ODD_TEXTS if text.isprintable()]))
        elif isinstance(value, datetime):
            container[key] = value + timedelta(seconds=draw(st.sampled_from([30, 3600, -86_400, 40 * 86_400, 10**10])))
        elif value is None or key in ("district", "replaces", "guidance", "briefing"):
            container[key] = None if value is not None else [] if key == "also_on" else "p01"
        elif isinstance(value, list):
            container[key] = []
    return rows


@pytest.mark.long
@given(odd_rows())
@examples(1.5)
def test_what_is_accepted_is_what_the_readers_give(data: list[dict[str, Any]]) -> None:
    try:
        rows = pa.array(data, pa.struct(list(parquet.schema())))
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return  # no column can hold that
    accepted: list[tuple[Plan, bytes]] = []
    for form in (
        rows,
        from_file(rows),
        rows.cast(parquet._forms(Plan.known).values),
        from_file(rows.cast(parquet._forms(Plan.known).values)),
    ):
        for number, plan in enumerate(parquet.plans(form)):
            slow = slowly(parquet.row_content(form, number, None))
            if plan is not None:
                assert plan.whole() == slow
                accepted.append((plan.whole(), parquet.row_content(form, number, plan)))
    for one, content in accepted:  # by which plans are told apart
        assert [one == other for other, _ in accepted] == [content == others for _, others in accepted]


def test_other_columns_are_left_to_the_readers() -> None:
    rows = rows_of([BASE])
    names = [field.name for field in rows.type][1:]
    fewer = pa.StructArray.from_arrays([rows.field(name) for name in names], names)
    assert parquet.plans(fewer) == [None]
    assert slowly(parquet.row_content(fewer, 0, None)) is None
    as_text = rows.field("schema").cast(pa.int64())
    others = pa.StructArray.from_arrays([as_text, *(rows.field(name) for name in names)], ["schema", *names])
    assert parquet.plans(others) == [None]
    assert slowly(parquet.row_content(others, 0, None)) == BASE


def written(folder: Path, plans: int, rows: int) -> Path:
    """A file of so many plans, so many in a row group."""
    path = folder / "plans.parquet"
    pq.write_table(pa.Table.from_struct_array(rows_of([BASE] * plans)), path, row_group_size=rows)
    return path


@pytest.mark.parametrize(
    ("plans", "rows", "expected"),
    [
        (3000, 1024, [1024, 1024, 952]),
        (1000, 100, [600, 400]),
        (1030, 2000, [1024, 6]),
        (600, 512, [512, 88]),
    ],
)
def test_a_row_group_is_read_for_one_batch(plans: int, rows: int, expected: list[int], tmp_path: Path) -> None:
    made = list(batches(entries([str(written(tmp_path, plans, rows))])))
    assert [len(batch.entries) for batch in made] == expected
    assert [batch.number for batch in made] == [sum(expected[:n]) for n in range(len(expected))]


def test_a_row_whose_type_is_known_otherwise_is_read_anew_as_that(tmp_path: Path) -> None:
    known = ruleset("vinh-long-minh-hoa-2027").known
    assert known != BASE.known
    every = list(entries([str(written(tmp_path, 3, 3))]))
    with Contents() as contents:
        read_anew = [contents.document(entry, contents.of(entry), known)[1] for entry in every]
    assert [plan and plan.known for plan in read_anew] == [known] * 3
    assert [plan and plan.organization.name for plan in read_anew] == [BASE.organization.name] * 3


@pytest.mark.long
def test_rows_are_audited_as_lines_are(tmp_path: Path) -> None:
    every = [one.plan for one in generate(60, 4, 0.6, people=15)]
    lines = tmp_path / "plans.jsonl"
    lines.write_text("".join(f"{json.dumps(plan, ensure_ascii=False)}\n" for plan in every), encoding="utf-8")
    path = tmp_path / "plans.parquet"
    parquet.write_documents(str(path), (validate(Plan, plan) for plan in every))
    for job in (
        AuditJob("rows", (ruleset(),), key=b"k"),
        AuditJob("nameless", (ruleset(),), key=b"k", redact_names=True),
    ):
        one, other = (
            [outcome for batch in batches(entries([str(file)])) for outcome in audit_batch(batch, job)]
            for file in (lines, path)
        )
        assert len(one) == 60
        assert any(outcome.verdict.findings for outcome in one)
        for line, row in zip(one, other, strict=True):
            place = row.place
            moved, told = (
                tuple(replace(one, place=replace(one.place, file=str(path))) for one in said)
                for said in (line.verdict.findings, line.verdict.notices)
            )
            verdict = replace(line.verdict, file=place, findings=moved, notices=told)
            assert replace(
                line, place=place, digest=row.digest, verdict=verdict
            ) == row  # fmt: skip
        assert len({outcome.digest for outcome in other}) == len({outcome.digest for outcome in one})


@pytest.mark.long
def test_what_is_no_text_or_no_time_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    path = tmp_path / "plans.parquet"
    pq.write_table(pa.Table.from_struct_array(rows_of([BASE] * 3)), path, row_group_size=1, compression="none")
    content, name = path.read_bytes(), BASE.participants[0].name.encode()
    assert content.count(name) >= 3
    middle = content.index(name, content.index(name, content.index(name) + 1) + 1)
    for number, damaged in enumerate((content[:middle] + b"\xff" + content[middle + 1 :], content)):
        path.write_bytes(damaged)
        found = [
            o
            for batch in batches(entries([str(path)]))
            for o in audit_batch(batch, AuditJob(f"odd {number}", (ruleset(),)))
        ]
        codes = [[problem.code for problem in outcome.verdict.problems] for outcome in found]
        assert sorted(codes) == [[], [], [] if damaged is content else ["PL006"]]
    pq.write_table(pa.Table.from_struct_array(changed(conference__sessions__0__start=10**18)), path)
    found = [o for batch in batches(entries([str(path)])) for o in audit_batch(batch, AuditJob("a time", (ruleset(),)))]
    assert [len(outcome.verdict.problems) for outcome in found] == [0, 1, 0]


def test_a_column_twice_is_told_and_neither_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "twice.parquet"
    table = parquet.schema().empty_table()
    pq.write_table(table.append_column("participants", table.column("participants")), path)
    (entry,) = entries([str(path)])
    assert entry.problem is not None
    assert entry.problem.code == "PL001"
    assert "participants" in entry.problem.message.vi


def test_a_file_of_something_else_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "export.parquet"
    pq.write_table(pa.table({"run": [1, 1], "place": ["a", "b"], "organization": ["x", "y"]}), path)
    (entry,) = entries([str(path)])
    assert entry.problem is not None
    assert "run, place, organization" in entry.problem.message.vi
    pq.write_table(parquet.schema().empty_table(), path)
    (entry,) = entries([str(path)])
    assert entry.problem is not None
    assert "không có văn bản nào để thẩm định" in entry.problem.message.vi
