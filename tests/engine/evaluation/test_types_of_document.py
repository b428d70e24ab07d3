"""Which type a document is of: packs judge documents of one type, and a document says which it is of."""

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml

from tests.appraisal import base_plan, plan_of
from tests.engine.model.test_other_types import COUNT, DATA
from thamdinh.engine.audit.inputs.listing import entries
from thamdinh.engine.audit.quick import parquet
from thamdinh.engine.audit.quick.decode import decode_line
from thamdinh.engine.audit.workers.batch import AuditJob, audit_batch, batches
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.directive.packs import read, ruleset
from thamdinh.engine.documents import read as read_document
from thamdinh.engine.evaluation.verdict import Verdict
from thamdinh.engine.lint.run import lint
from thamdinh.engine.lint.settings import Settings
from thamdinh.engine.model import document_types
from thamdinh.engine.model.integrity import read_plan

PACK = """\
schema: 1
id: dem-thu
version: "1"
document: ../type
title: {vi: Đếm thử, en: Counting}
issuer: {vi: Không ai, en: Nobody}
jurisdiction: {province: Bến Tre}
term: 2015-2020
valid_from: 2017-01-01
valid_to: 2020-01-01
source: {title: {vi: x, en: x}, date: 2017-01-01}
clauses:
  - {id: C1, modality: obligation, source: {paragraph: 1, sentence: 1}, text: {vi: Đủ người, en: All there}}
rules:
  - id: CT101
    clause: [C1]
    severity: error
    title: {vi: Đủ người, en: All there}
    each: whole
    require: {full: {is: true}}
    message: {vi: "Thiếu người ở {whole.title}", en: "Somebody is missing in {whole.title}"}
    fix: {vi: Ghi đúng present, en: Mend present}
    examples: {breach: "present: 1", pass: "present: 2"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a type of document, and a pack for it."""
    written(tmp_path / "type" / "document.yaml", COUNT)
    written(tmp_path / "pack" / "directive.yaml", PACK)
    return tmp_path


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def verdict(folder: Path, data: object, directive: str | None = None) -> Verdict:
    file = written(folder / "judged" / "document.yaml", yaml.safe_dump(data, allow_unicode=True))
    [found] = lint([str(file)], Settings(directive=directive)).report.verdicts
    return found


def test_a_pack_judges_documents_of_the_type_that_it_names(folder: Path) -> None:
    full, short = ({"document": "count", **DATA, "present": present} for present in (8, 6))
    pack = str(folder / "pack")
    assert verdict(folder, full, pack).status == "compliant"
    found = verdict(folder, short, pack)
    assert [item.rule for item in found.findings] == ["CT101"]
    assert (found.organization, found.findings[0].message.en) == (
        DATA["body"]["title"],
        "Somebody is missing in Chi bộ Một",
    )


@pytest.mark.parametrize(
    ("named", "code", "fix"),
    [
        ("cuont", "PL003", "count"),
        ("conference_plna", "PL003", "conference_plan"),
        (7, "PL003", "count"),
        (["count"], "PL003", "count"),
    ],
)
def test_a_type_that_nobody_has_is_told_at_its_place_with_the_nearest_name(
    folder: Path, named: object, code: str, fix: str
) -> None:
    [problem] = verdict(folder, {"schema": 2, **DATA, "document": named}, str(folder / "pack")).problems
    assert (problem.code, problem.place.line is not None, fix in problem.fix.vi) == (code, True, True)


def test_a_document_that_does_not_say_its_type_is_asked_for_it_where_its_keys_are_of_another(folder: Path) -> None:
    [problem] = verdict(folder, DATA, str(folder / "pack")).problems
    assert (problem.code, "document: count" in problem.fix.vi) == ("PL002", True)
    told = verdict(folder, {key: value for key, value in base_plan().items() if key != "reports"}).problems
    assert [one.code for one in told] == ["PL002"]
    assert "reports" in told[0].message.vi


def test_no_pack_judges_documents_of_another_type_whoever_named_it(folder: Path) -> None:
    for data, directive in (
        (base_plan(), str(folder / "pack")),
        ({"document": "conference_plan", **base_plan()}, str(folder / "pack")),
    ):
        [problem] = verdict(folder, data, directive).problems
        assert (problem.code, "Kế hoạch hội nghị" in problem.message.vi) == ("DR001", True)


def test_a_plan_that_says_what_it_is_has_the_verdict_of_one_that_does_not(folder: Path) -> None:
    said, unsaid = (verdict(folder, data) for data in ({"document": "conference_plan", **base_plan()}, base_plan()))
    assert (said.status, [(item.rule, item.subject) for item in said.findings]) == (
        unsaid.status,
        [(item.rule, item.subject) for item in unsaid.findings],
    )


@pytest.mark.parametrize(
    ("pack", "document", "code", "said"),
    [
        (PACK.replace("../type", "cuont"), COUNT, "PL003", "cuont"),
        (PACK.replace("../type", "conference_plna"), COUNT, "PL003", "conference_plan"),
        (PACK, COUNT.replace("id: count", "id: conference_plan"), "PL004", "conference_plan"),
        (PACK.replace("each: whole", "each: plan"), COUNT, "PL003", "plan"),
        (PACK.replace("province: Bến Tre", "province: Bến Tre, kind: [commune]"), COUNT, "PL003", "commune"),
        (PACK.replace("fix:", "repair: {action: add_ballot}\n    fix:"), COUNT, "PL003", "add_ballot"),
        (PACK.replace("id: dem-thu", "id: dem-thu\nextends: ben-tre-2017"), COUNT, "PL003", "ben-tre-2017"),
        (PACK, COUNT.replace("name: tags", "name: document"), "PL002", "document_"),
        (PACK, COUNT.replace("rows: /\n", "rows: /voters\n"), "PL002", "rows: /"),
        (PACK, COUNT.replace("type: rows, of: voter", "type: rows, of: vote"), "PL003", "voter"),
    ],
    ids=[
        "no type",
        "near",
        "borrowed",
        "no entity",
        "no kind",
        "no repair",
        "other type above",
        "taken",
        "first",
        "type is wrong",
    ],
)
def test_a_pack_is_held_to_what_its_type_of_document_has(
    folder: Path, pack: str, document: str, code: str, said: str
) -> None:
    written(folder / "pack" / "directive.yaml", pack)
    written(folder / "type" / "document.yaml", document)
    with pytest.raises(Unreadable) as caught:
        read(str(folder / "pack"))
    problem = caught.value.problems[0]
    assert problem.code == code
    assert said in problem.message.vi + problem.fix.vi
    assert problem.place.line is not None


def lines_of(*documents: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for one in documents)


def test_audits_read_documents_of_every_type_as_quickly_and_as_surely(folder: Path) -> None:
    whole = ruleset(str(folder / "pack"))
    made = [{"document": "count", **DATA, "present": present} for present in (8, 6)]
    lines = [*made, {**DATA}, {"document": "cuont", **DATA}, {"document": "count", **DATA, "present": -1}, base_plan()]
    (folder / "a.jsonl").write_bytes(lines_of(*lines))
    valid = [read_plan(read_document("a.json", json.dumps(one).encode()), known=whole.known) for one in made]
    assert [decode_line(lines_of(one), {"count": whole.known}).whole() for one in made] == valid
    assert parquet.write_documents(str(folder / "a.parquet"), valid) == 2, (
        "its people have numbers, of which some are not given"
    )
    with ZipFile(folder / "a.zip", "w") as packed:
        packed.writestr("one.json", json.dumps(made[1]))
    job = AuditJob("types", (whole,))
    found = {
        name: [
            (
                one.verdict.status,
                [item.rule for item in one.verdict.findings],
                [item.code for item in one.verdict.problems][:1],
            )
            for batch in batches(entries([str(folder / name)]))
            for one in audit_batch(batch, job)
        ]
        for name in ("a.jsonl", "a.parquet", "a.zip")
    }
    full, short = ("compliant", [], []), ("non_compliant", ["CT101"], [])
    told = [("invalid", [], [code]) for code in ("PL002", "PL003", "PL002", "DR001")]
    assert found == {"a.jsonl": [full, short, *told], "a.parquet": [full, short], "a.zip": [short]}


def test_a_file_of_rows_holds_documents_of_one_type_alone(folder: Path) -> None:
    known = ruleset(str(folder / "pack")).known
    both = (
        read_plan(read_document("a.json", json.dumps({"document": "count", **DATA}).encode()), known=known),
        plan_of(base_plan()),
    )
    with pytest.raises(Unreadable):
        parquet.write_documents(str(folder / "a.parquet"), both)
    with pytest.raises(Unreadable):
        parquet.write_documents(str(folder / "b.parquet"), reversed(both))


def test_a_pack_that_was_kept_is_read_anew_when_its_type_changes(folder: Path) -> None:
    assert ruleset(str(folder / "pack")).judgements[0].entity == "whole"
    written(folder / "type" / "document.yaml", COUNT.replace("name: whole", "name: everything"))
    document_types._described.cache_clear()  # as another run has it
    with pytest.raises(Unreadable):
        ruleset(str(folder / "pack"))
