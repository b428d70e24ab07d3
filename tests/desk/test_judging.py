"""The desk judges as the lint does, asks both evaluators, and judges again by a pack that is gone."""

import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.appraisal import ROOT
from tests.desk.desks import BREACHED, COMPLIANT
from thamdinh.desk.judging import judge, packed_pack, unpacked
from thamdinh.engine.base.as_json import json_text
from thamdinh.engine.base.isolation import isolated_already
from thamdinh.engine.base.libraries import durable_rules_installed
from thamdinh.engine.base.limits import Limits
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.directive import packs
from thamdinh.engine.documents import read
from thamdinh.engine.documents.discover import InputFile
from thamdinh.engine.evaluation import check
from thamdinh.engine.evaluation.check import evaluators
from thamdinh.engine.lint.run import lint
from thamdinh.engine.lint.settings import Settings

EXAMPLES = sorted((ROOT / "examples").glob("*/*.yaml"))


@pytest.mark.long
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_desk_says_what_the_lint_says(path: Path) -> None:
    with isolated_already():
        judged = judge(str(path), path.read_bytes())
        report = lint([str(path)], Settings()).report
    assert judged.report.to_json()["plans"] == report.to_json()["plans"]
    assert judged.agree in (None, True)
    assert (judged.agree is None) == bool(judged.verdict.problems)


def test_evaluators_that_differ_give_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    from thamdinh.engine.evaluation.scanning import Compiled

    if len(evaluators()) == 1:
        pytest.skip("one evaluator")
    monkeypatch.setattr(Compiled, "run", lambda self, facts: (set(), set()))
    judged = judge("a.yaml", BREACHED)
    assert judged.agree is False
    assert [problem.code for problem in judged.verdict.problems] == ["EN002"]


def test_a_file_is_read_once_and_a_pack_compiled_once_for_all_files(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: Counter[str] = Counter()

    def counting(owner: Any, name: str) -> None:
        whole = getattr(owner, name)
        monkeypatch.setattr(owner, name, lambda *given, **named: counted.update([name]) or whole(*given, **named))

    counting(InputFile, "read")
    counting(check, "durable" if durable_rules_installed() else "evaluators")
    with isolated_already():
        judged = [judge("a.yaml", BREACHED) for _ in range(3)]
    assert counted["read"] == 3
    assert counted["durable"] <= 1
    assert len({json_text(one.report.to_json()["plans"][0]["findings"]) for one in judged}) == 1  # type: ignore[index]


@pytest.mark.long
def test_a_pack_that_changes_judges_the_next_file(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "rules" / "huyen_minh_hoa_2017", tmp_path / "pack"))
    head = folder / packs.HEAD
    head.write_text(head.read_text("utf-8").replace("id: huyen-minh-hoa-2017", "id: huyen-o-day"), encoding="utf-8")
    with isolated_already():
        before = judge("a.yaml", BREACHED, str(folder))
        for path in folder.glob("*.yaml"):
            if path.name != packs.HEAD:
                path.write_text("rules: []\n", encoding="utf-8")
        after = judge("a.yaml", BREACHED, str(folder))
    assert after.pack != before.pack
    assert after.report.handbooks != before.report.handbooks


def test_a_file_beyond_the_limits_has_no_verdict() -> None:
    long = COMPLIANT + b"# x\n" * 100_000  # more than a tick of the clock that the limit goes by
    assert judge("a.yaml", long).verdict.status == "compliant"
    judged = judge("a.yaml", long, limits=Limits(seconds=0.001))
    assert judged.verdict.status == "invalid"
    assert judged.agree is None


def packed(directive: str) -> bytes:
    """A pack as it is, packed."""
    return packed_pack(directive, packs.digest(packs.locate_pack(directive)))


def test_a_pack_that_is_another_since_it_judged_is_not_kept_for_it() -> None:
    with pytest.raises(Unreadable):
        packed_pack("ben-tre-2017", "0" * 64)


@pytest.mark.parametrize("directive", sorted(packs.available()))
def test_a_pack_that_is_kept_is_the_same_pack(directive: str) -> None:
    with unpacked(packed(directive)) as library:
        assert packs.digest(library, kept=True) == packs.digest(packs.locate_pack(directive))
        assert packs.read_kept(library).ruleset == packs.read(directive).ruleset


@pytest.mark.long
def test_a_verdict_is_given_again_when_the_pack_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "ben_tre_2017"  # called as the one that it extends is kept
    shutil.copytree(ROOT / "rules" / "huyen_minh_hoa_2017", folder)
    head = (folder / packs.HEAD).read_text(encoding="utf-8")
    (folder / packs.HEAD).write_text(head.replace("id: huyen-minh-hoa-2017", "id: huyen-o-day"), encoding="utf-8")
    name, content = "huyen.yaml", (ROOT / "examples" / "compliant" / "xa-phu-tuc.yaml").read_bytes()
    before = judge(name, content, str(folder))
    archive = packed(str(folder))
    shutil.rmtree(folder)
    with unpacked(archive) as library:
        after = judge(name, content, library=library)
    assert after.report.to_json()["plans"] == before.report.to_json()["plans"]
    assert after.pack == before.pack


def test_a_pack_that_was_kept_leaves_nothing_behind_in_a_process_that_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    archive, here = packed("ben-tre-2017"), list[Path]()
    whole = packs.read_kept
    monkeypatch.setattr(packs, "read_kept", lambda folder: here.append(folder) or whole(folder))  # type: ignore[func-returns-value]
    with unpacked(archive) as library, isolated_already():
        assert judge("a.yaml", BREACHED, library=library).verdict.status == "non_compliant"
    assert here == []


@pytest.mark.long
def test_a_pack_that_changed_under_its_id_does_not_stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes with the program is another pack later on: what was kept judges as before."""
    archive, before = packed("huyen-minh-hoa-2017"), judge("a.yaml", BREACHED, "huyen-minh-hoa-2017")
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    monkeypatch.setattr(packs, "BUILT_IN", tmp_path / "rules")
    for path in (tmp_path / "rules" / "ben_tre_2017").glob("*.yaml"):
        if path.name != packs.HEAD:
            path.write_text("rules: []\n", encoding="utf-8")
    with unpacked(archive) as library:
        after = judge("a.yaml", BREACHED, library=library)
    assert after.report.to_json()["plans"] == before.report.to_json()["plans"]
    assert after.pack == before.pack


def test_packs_that_would_be_kept_as_one_are_refused(tmp_path: Path) -> None:
    """Two layers whose folders differ in a hyphen alone would lie in one folder, and judge otherwise."""
    for name, extends in (("bo", "../bo-tren"), ("bo-tren", "../bo_tren"), ("bo_tren", "ben-tre-2017")):
        shutil.copytree(ROOT / "rules" / "huyen_minh_hoa_2017", tmp_path / name)
        head = tmp_path / name / packs.HEAD
        text = head.read_text(encoding="utf-8").replace(
            "id: huyen-minh-hoa-2017", f"id: {name.replace('_', '-')}-{len(name)}", 1
        )
        head.write_text(text.replace("extends: ben-tre-2017", f"extends: {extends}"), encoding="utf-8")
    with pytest.raises(Unreadable, match="can't be kept"):
        packed(str(tmp_path / "bo"))
    assert packed(str(tmp_path / "bo-tren"))


def test_the_type_of_document_of_a_pack_is_kept_with_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules" / "documents" / "ballot_minutes", tmp_path / "loai")
    shutil.copytree(ROOT / "rules" / "kiem_phieu_2017", tmp_path / "bo")
    for path, before, after in (
        (tmp_path / "loai" / "document.yaml", "id: ballot_minutes", "id: ballot_minutes_here"),
        (tmp_path / "bo" / "directive.yaml", "document: ballot_minutes", "document: ../loai"),
        (tmp_path / "bo" / "directive.yaml", "id: kiem-phieu-2017", "id: kiem-phieu-o-day"),
    ):
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
    wanted = packs.read(str(tmp_path / "bo")).ruleset
    archive = packed(str(tmp_path / "bo"))
    shutil.rmtree(tmp_path / "loai")
    with unpacked(archive) as library:
        assert packs.read_kept(library).ruleset.judgements == wanted.judgements


def damaged(change: Callable[[zipfile.ZipFile], Any]) -> bytes:
    import io

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        change(archive)
    return made.getvalue()


@pytest.mark.parametrize(
    "archive",
    [
        damaged(lambda archive: None),
        damaged(lambda archive: archive.writestr("../x/directive.yaml", "")),
        damaged(lambda archive: archive.writestr("/etc/x", "")),
        damaged(lambda archive: archive.writestr("a/b/c.yaml", "")),
        damaged(lambda archive: archive.writestr("a/..", "")),
        damaged(lambda archive: archive.writestr("a\\b/c.yaml", "")),
    ],
)
def test_an_archive_that_leads_elsewhere_is_refused(archive: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"), unpacked(archive):
        pass


def test_a_pack_that_cannot_be_read_is_told() -> None:
    with pytest.raises(Unreadable):
        judge("a.yaml", COMPLIANT, "khong-co")
    assert read("a.yaml", COMPLIANT).data
