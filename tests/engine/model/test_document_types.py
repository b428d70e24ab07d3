"""Descriptions of types of document: those that come with the program are sound, and every mistake is told at its place."""

from pathlib import Path

import pytest

from thamdinh.engine.base.plain_data import as_plain, by_name, from_plain
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.base.record import Record, items, replaced
from thamdinh.engine.model import description as written
from thamdinh.engine.model.document_types import LARGEST, available, description, description_schema, read_description

PLAN = available()["conference_plan"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the description of the conference plan."""
    for path in PLAN.glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


@pytest.mark.parametrize("name", available())
def test_what_comes_with_the_program_is_sound(name: str) -> None:
    assert read_description(available()[name]) == description(name)
    assert description(name).id == name


@pytest.mark.parametrize("name", available())
def test_every_field_is_found_by_its_path_and_every_reference_leads_to_rows(name: str) -> None:
    known = description(name)
    for steps, record, field in known.fields:
        assert known.at("/" + "/".join(steps)) is field
        assert record.field(field.name) is field
        if field.to is not None:
            assert known.record_at(field.to) is not None


MISTAKES = {
    "a key that is nearly one": ("records.yaml", "- name: guidance", "- nam: guidance", "PL002", "“name”"),
    "a limit of what is no number": ("records.yaml", "nature: venue", "most: 5", "PL003", "count"),
    "a type that is none": ("records.yaml", "type: count", "type: cont", "PL002", "“count”"),
    "a nature that is none": ("records.yaml", "nature: venue", "nature: venu", "PL002", "“venue”"),
    "an enumeration that is not there": ("records.yaml", "of: standing", "of: standings", "PL003", "“standing”"),
    "a record that is not there": ("records.yaml", "of: briefing\n", "of: brief\n", "PL003", "“briefing”"),
    "a reference to what is not there": ("records.yaml", "to: /committees", "to: /comittees", "PL003", "“/committees”"),
    "a reference to rows without an identifier": ("records.yaml", "to: /committees", "to: /outcomes", "PL003", ""),
    "an order of what is no instant": ("records.yaml", "later: end", "later: part", "PL003", ""),
    "a field called twice": ("records.yaml", "- name: guidance", "- name: title", "PL004", ""),
    "a name that no rule could be compiled with": ("records.yaml", "- name: guidance", "- name: class", "PL002", ""),
    "a name in capitals": ("records.yaml", "- name: guidance", "- name: Guidance", "PL002", ""),
    "a text in a third language": ("records.yaml", "en: venue}", "en: venue, fr: lieu}", "PL002", ""),
    "a record in itself": ("records.yaml", "of: briefing\n", "of: plan\n", "PL002", ""),
    "a fact of a field that is not there": ("facts.yaml", "{name: end, of: end", "{name: end, of: ende", "PL003", "“end”"),
    "a function that is none": ("facts.yaml", "function: greatest", "function: greates", "PL002", "“greatest”"),
    "a function without what it needs": ("facts.yaml", "function: position", "function: minutes", "PL002", ""),
    "a condition on a member that is none": ("facts.yaml", "{part: mid_term}", "{part: midterm}", "PL003", "“mid_term”"),
    "a key that the entity lacks": ("facts.yaml", "key: [index]", "key: [indx]", "PL003", "“index”"),
    "a subject of what the entity lacks": ("facts.yaml", "subject: '{index}'", "subject: '{indx}'", "PL003", "“index”"),
    "a drawing of what is no entity": ("facts.yaml", "entity: session,", "entity: sitting,", "PL003", ""),
    "a repair of rows that are not there": ("facts.yaml", "rows: /reports\n    set", "rows: /report\n    set", "PL003", ""),
    "a column of a field that is not there": ("form.yaml", "field: guidance", "field: guidence", "PL003", "“guidance”"),
    "a table on a sheet that is not there": ("form.yaml", "sheet: Kết quả", "sheet: Kết qủa", "PL003", "“Kết quả”"),
    "a label twice on the form": ("form.yaml", "label: Văn bản hướng dẫn", "label: Tên báo cáo", "PL004", ""),
    "a list in one cell": ("form.yaml", "          each: .\n          example: [year_end_review]\n", "", "PL002", ""),
    "a name beside no code": ("form.yaml", "          shows: name\n          example: Nguyễn Văn A (ví dụ)\n          note: Để đối chiếu với mã; không ghi mã cũng được nếu họ tên không trùng với ai\n          width: 30\n          omissible: true\n        - {label: Chức vụ", "          shows: role\n        - {label: Chức vụ", "PL003", ""),
    "rows that belong nowhere and no words for it": ("form.yaml", "      nowhere:\n        message:\n          vi: Chưa ghi phiếu này lấy tại cấp ủy nào\n          en: It is not said in which committee this ballot is taken\n        fix: {vi: Ghi mã hoặc tên cấp ủy, en: Write the code or the name of the committee}\n", "", "PL002", "“nowhere”"),
    "words for it that ask for what is not there": ("form.yaml", "Cấp ủy “{value}” có phiếu", "Cấp ủy “{vallue}” có phiếu", "PL003", "“value”"),
    "rows in rows that do not say in which": ("form.yaml", "          field: ../committee\n", "          field: .\n", "PL002", ""),
    "a comment of words that are not there": ("form.yaml", "'loại hình: {kind}'", "'loại hình: {kindd}'", "PL003", "“kind”"),
    "a word for a kind that is not there": ("form.yaml", "{directing: '\"{directed_by}\"'}", "{directing: '\"{directed}\"'}", "PL003", "“directed_by”"),
    "a label twice as hurried people type it": ("form.yaml", "label: Văn bản hướng dẫn", "label: TEN BAO CAO", "PL004", ""),
    "a label that a member makes twice": ("form.yaml", "label: Văn bản hướng dẫn", "label: 'Nội dung: tổng kết năm'", "PL004", ""),
    "a sheet with a name that no workbook has": ("form.yaml", "{name: Báo cáo, title", "{name: 'Báo cáo: 1/2', title", "PL002", "“Báo cáo 12”"),
    "a word of the blank form that is not there": ("form.yaml", '"{venue}"', '"{venu}"', "PL003", "“venue”"),
    "a group that is not there": ("form.yaml", "groups: [force]", "groups: [forces]", "PL003", "“force”"),
    "a filler of a field that is not there": ("samples.yaml", "/conference/venue", "/conference/venu", "PL003", "“/conference/venue”"),
    "a word of two members": ("vocabulary.yaml", "also: [nhóm,", "also: [THẢO LUẬN CHUNG TẠI HỘI TRƯỜNG,", "PL004", ""),
    "another label that is one of the form": ("form.yaml", "also: [họ tên, họ và tên đại biểu", "also: [số thẻ đảng viên, họ và tên đại biểu", "PL004", ""),
    "another label twice in a table": ("form.yaml", "also: [họ tên, họ và tên đại biểu", "also: [số thẻ, họ và tên đại biểu", "PL004", ""),
    "a file that is not there": ("document.yaml", "form.yaml", "forms.yaml", "PL003", "“form.yaml”"),
    "a file of another folder": ("document.yaml", "form.yaml", "../form.yaml", "PL003", ""),
    "a file twice": ("document.yaml", "form.yaml", "facts.yaml", "PL003", ""),
    "a section in two files": ("samples.yaml", "samples:", "vocabulary: []\nsamples:", "PL004", ""),
    "a tag": ("samples.yaml", "samples:", "samples: !!python/name:os.system", "PL001", ""),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_at_its_place_with_the_nearest_name(mistake: str, folder: Path) -> None:
    file, right, wrong, code, near = MISTAKES[mistake]
    text = (folder / file).read_text(encoding="utf-8")
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(Unreadable) as raised:
        read_description(folder)
    problem = raised.value.problems[0]
    assert (problem.code, Path(problem.place.file).name) == (code, file)
    assert problem.place.line is not None
    assert problem.place.column is not None
    if mistake != "a record in itself":  # which is told of the records together
        assert abs(problem.place.line - text[: text.index(right)].count("\n") - 1) <= 12
    assert near in problem.fix.vi


@pytest.mark.parametrize("key", written.SECTIONS)
def test_all_but_records_may_be_left_out(key: str, folder: Path) -> None:
    head = "schema: 1\nid: a_type\nlabel: {vi: Loại, en: type}\n"
    records = "records: [{name: all, label: {vi: Tất cả, en: all}, fields: []}]\n"
    (folder / "document.yaml").write_text(head + (records if key != "records" else ""), encoding="utf-8")
    if key == "records":
        with pytest.raises(Unreadable, match="records"):
            read_description(folder)
    else:
        assert read_description(folder).root.name == "all"


def test_a_folder_that_is_too_large_is_refused(folder: Path) -> None:
    (folder / "samples.yaml").write_text("#" * (LARGEST + 1), encoding="utf-8")
    with pytest.raises(Unreadable) as raised:
        read_description(folder)
    assert raised.value.problems[0].code == "PL006"


def test_a_description_is_kept_as_plain_data_and_comes_back_the_same() -> None:
    parts = by_name(*(kind for kind in vars(written).values() if isinstance(kind, type)))
    known = description()
    assert from_plain(as_plain(known, parts), parts) == known


def test_a_record_never_changes() -> None:
    class Pair(Record):
        one: int
        two: int = 2

    pair = Pair(1)
    assert items(pair) == {"one": 1, "two": 2}
    assert pair == Pair(one=1, two=2) != Pair(2)
    assert hash(pair) == hash(Pair(1, 2))
    assert replaced(pair, two=3) == Pair(1, 3)
    with pytest.raises(AttributeError):
        pair.one = 2  # type: ignore[misc]


def test_the_schema_knows_every_section() -> None:
    head = description_schema()["$defs"]["DescriptionHead"]
    assert set(written.SECTIONS) < set(head["properties"])
    assert head["additionalProperties"] is False
