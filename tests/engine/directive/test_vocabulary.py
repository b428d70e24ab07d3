"""A pack's own words, for its documents alone, and a term after the one of the pack that it extends."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.appraisal import base_plan
from tests.command_line import EXAMPLES
from tests.engine.directive.test_layers import HEAD, faults, head, pack, parameter
from tests.plans import problems
from thamdinh.cli import run
from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.audit.convert import line
from thamdinh.engine.audit.inputs.listing import entries
from thamdinh.engine.audit.quick.parquet import write_documents as write_rows
from thamdinh.engine.audit.workers.batch import Contents
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.forms.one_file import WRITERS
from thamdinh.engine.lint.run import lint
from thamdinh.engine.lint.settings import Settings
from thamdinh.engine.model.changes import changed
from thamdinh.engine.model.description import Description
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.parsing import validate
from thamdinh.engine.model.records import DocumentRecord, document_class

PACK = "vinh-long-minh-hoa-2027"
KINDS = [member.name for member in ruleset(PACK).known.kinds.members]  # type: ignore[union-attr]
SPECIAL = {"name": "special_zone", "words": {"vi": "đặc khu", "en": "special zone"}, "groups": ["grassroots"]}
AFTER = {
    "term": "2025-2030",
    "valid_from": "2027-12-01",
    "valid_to": "2028-06-30",
    "jurisdiction": {"province": "Vĩnh Long"},
}


def found(file: Path, directive: str | None) -> tuple[str, ...]:
    """The codes of what a lint says of a file."""
    [verdict] = lint([str(file)], Settings(directive=directive)).report.verdicts
    return tuple(item.code for item in verdict.problems) or tuple(item.rule for item in verdict.findings)


def test_members_go_and_come_for_the_plans_of_the_pack_alone() -> None:
    assert "special_zone" in KINDS
    assert "township" not in KINDS
    assert "special_zone" not in [member.name for member in description().kinds.members]  # type: ignore[union-attr]
    assert ruleset().known is description()


@pytest.mark.long
@pytest.mark.parametrize("suffix", WRITERS)
def test_a_plan_in_words_of_the_pack_is_read_in_every_format(tmp_path: Path, suffix: str) -> None:
    made = next(
        one for one in generate(40, 2, 0.0, 10, directive=PACK) if "đặc khu" in one.plan["organization"]["name"]
    )
    file = tmp_path / f"plan{suffix}"
    file.write_bytes(WRITERS[suffix](made.plan, ruleset(PACK).known))
    assert found(file, PACK) == ()
    assert found(file, None) == ("PL002",)


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_whoever_names_no_pack_reads_rows_by_the_words_of_none(tmp_path: Path, suffix: str) -> None:
    def quickly(kind: str, known: Description, known_as: Description | None) -> DocumentRecord | None:
        plan = validate(document_class(known), changed(base_plan(), [{"set": "organization.kind", "value": kind}]))
        file = tmp_path / f"{kind}{suffix}"
        write_rows(str(file), iter([plan])) if suffix == ".parquet" else file.write_text(line(plan), encoding="utf-8")
        with Contents(known_as and {known_as.id: known_as}) as contents:
            [entry] = entries([str(file)])
            return contents.quick(entry, contents.of(entry))

    own, plain = ruleset(PACK).known, description()
    assert quickly("special_zone", own, None) is None
    for kind, known, known_as in (("special_zone", own, own), ("ward", plain, None), ("township", plain, plain)):
        read = quickly(kind, known, known_as)
        assert read is not None
        assert read.known == (known_as or plain)


@pytest.mark.long
def test_what_is_retired_is_no_word_of_its_plans(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(changed(base_plan(), [{"set": "organization.kind", "value": "township"}])))
    assert found(file, PACK) == ("PL002",)
    assert found(file, None) == ()


def test_the_example_of_the_illustration_breaches_what_its_comment_says() -> None:
    assert found(EXAMPLES / "illustrations" / "vinh-long-2027.yaml", PACK) == ("VL102",)


@pytest.mark.parametrize("kind", ["đặc khu", "dac-khu", "special zone", "special_zone", "xã", "commune"])
def test_a_plan_to_fill_in_is_made_in_the_words_of_the_pack(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "moi.yaml"
    assert run(["new", str(file), "--kind", kind, "--directive", PACK]) == 0
    text = file.read_text(encoding="utf-8")
    assert "term: 2025-2030" in text
    assert "district: null" in text
    assert ("kind: commune" in text) is (kind in ("xã", "commune"))


@pytest.mark.long
def test_samples_of_the_pack_breach_what_is_said_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "plans.jsonl"
    made = [*generate(60, 4, 0.5, 10, 0.2, PACK)]
    file.write_text("".join(f"{json.dumps(one.plan)}\n" for one in made))
    out = tmp_path / "found.json"
    assert run(["audit", str(file), "--directive", PACK, "-q", "-o", str(out)]) == 1
    verdicts = json.loads(out.read_text(encoding="utf-8"))["plans"]
    said = [sorted((item["rule"], item["subject"]["id"]) for item in verdict["findings"]) for verdict in verdicts]
    assert said == [sorted((breach.rule, breach.subject) for breach in one.breaches) for one in made]
    assert {one.plan["organization"]["kind"] for one in made} == {"commune", "ward", "special_zone"}
    assert {"VL101", "VL102", "TD101"} <= {breach.rule for one in made for breach in one.breaches}


def vocabulary(**changes: Any) -> dict[str, Any]:
    return head(vocabulary=[{"enumeration": "kind", **changes}])


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (head(vocabulary=[{"enumeration": "kindd", "retire": ["township"]}]), "kind"),
        (vocabulary(retire=["townships"]), "township"),
        (vocabulary(add=[{**SPECIAL, "name": "Đặc khu"}]), "name"),
        (head(vocabulary=[{"enumeration": "part", "retire": ["mid_term"]}]), "mid_term"),
    ],
    ids=str,
)
def test_words_that_do_not_agree_with_the_description_are_told(tmp_path: Path, written: Any, words: str) -> None:
    told = faults(tmp_path, written)
    assert told
    assert all(problem.place.line for problem in told)
    assert any(words in problem.message.vi + problem.fix.vi for problem in told)


def test_who_drops_a_retired_kind_loosens_nothing(tmp_path: Path) -> None:
    kinds = parameter("grassroots_kinds", ["commune", "ward", "special_zone"])
    own = {"retire": ["township"], "add": [SPECIAL]}
    assert faults(tmp_path / "own", {**vocabulary(**own), "parameters": [kinds]}) == ()
    fewer = parameter("grassroots_kinds", ["commune", "special_zone"])
    [refused] = faults(tmp_path / "fewer", {**vocabulary(**own), "parameters": [fewer]})
    assert refused.code == "LY001"


def test_a_pack_for_another_term_has_days_and_an_area_of_its_own(tmp_path: Path) -> None:
    assert faults(tmp_path / "after", head(**AFTER)) == ()
    same = faults(tmp_path / "same", head(**{**AFTER, "term": "2015 – 2020"}))
    assert {problem.code for problem in same} == {"LY001"}


@pytest.mark.long
def test_a_layer_on_a_pack_with_words_of_its_own_has_them_too(tmp_path: Path) -> None:
    (tmp_path / "upper").mkdir()
    upper = pack(
        tmp_path / "upper",
        {
            **vocabulary(retire=["township"], add=[SPECIAL]),
            "parameters": [parameter("grassroots_kinds", ["commune", "ward", "special_zone"])],
        },
    )
    clauses = [{**HEAD["clauses"][0], "id": "L1"}]
    lower = {**head(id="lower", extends="../upper"), "clauses": clauses}
    assert problems(lambda: ruleset(upper)) == ()
    assert "special_zone" in [member.name for member in ruleset(pack(tmp_path / "lower", lower)).known.kinds.members]  # type: ignore[union-attr]
