"""What lies among the plans changes no verdict: settings, waivers, baselines and templates are told of, and not applied."""

import json
from pathlib import Path

import pytest

from tests.command_line import BREACHED, thamdinh
from tests.engine.audit.auditing import audits_here, zipped
from tests.workbooks import parts_changed
from thamdinh.engine.audit.run import Request, audit
from thamdinh.engine.audit.workers.ledger import Ledger
from thamdinh.engine.base.problem import Problem
from thamdinh.engine.base.text import Text
from thamdinh.engine.documents.claims import MOST_TOLD, Claims
from thamdinh.engine.lint.run import Run, lint
from thamdinh.engine.lint.settings import Settings
from thamdinh.engine.waivers.waivers import waivers_in_force
from thamdinh.engine.waivers.waiving import Waiving

pytestmark = pytest.mark.usefixtures("in_this_process")

SETTINGS = 'ignore = ["TD5"]\nfail-on = "never"\n'
WAIVER = "{rule: TD501, subject: p12@dang-uy, reason: x, approved_by: y, document: z, valid_until: 2099-12-31}"
WAIVERS = f"schema: 1\nwaivers: [{WAIVER}, {WAIVER}, {{rule: TD101}}, {{rule: '83.012345 x'}}, 7]\n"
ASKED = "5 miễn trừ: TD501 (2), ? (2), TD101 (1)"
FINDINGS = 6


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a plan that breaches TD5, beside everything that would have it pass; the desk is elsewhere."""
    folder, desk = tmp_path / "plans", tmp_path / "desk"
    (folder / "xa").mkdir(parents=True)
    desk.mkdir()
    monkeypatch.chdir(desk)
    (folder / "plan.yaml").write_bytes(BREACHED.read_bytes())
    (folder / "thamdinh.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "xa" / "waivers.yaml").write_text(WAIVERS, encoding="utf-8")
    baseline = folder / ".baseline.json"
    lint([str(folder / "plan.yaml")], Settings(), waiving=Waiving(new_baseline=baseline))
    (folder / "moc.json").write_bytes(baseline.read_bytes())
    assert thamdinh("template", folder / "mau.docx").returncode == 0
    return folder


def codes(notices: tuple[Problem, ...], folder: Path) -> list[str]:
    return sorted(f"{item.code} {Path(item.place.file).resolve().relative_to(folder)}" for item in notices)


def counted(run: Run) -> int:
    return sum(finding.waived is None for verdict in run.report.verdicts for finding in verdict.findings)


def test_a_lint_tells_of_all_that_it_finds_and_applies_none(plans: Path) -> None:
    run = lint([str(plans)], Settings())
    assert (run.status, counted(run), len(run.report.verdicts)) == (1, FINDINGS, 1)
    assert codes(run.report.told, plans) == [
        "NT001 thamdinh.toml", "NT002 xa/waivers.yaml", "NT003 .baseline.json", "NT003 mau.docx", "NT003 moc.json",
    ]  # fmt: skip
    [waivers] = [notice for notice in run.report.told if notice.code == "NT002"]
    assert ASKED in waivers.message.vi
    assert "83" not in waivers.message.vi


def test_what_lies_beside_or_above_a_file_that_was_named_is_told_of(plans: Path) -> None:
    (plans / "xa" / "plan.yaml").write_bytes(BREACHED.read_bytes())
    run = lint([str(plans / "xa" / "plan.yaml")], Settings())
    assert (run.status, counted(run)) == (1, FINDINGS)
    assert codes(run.report.told, plans) == ["NT001 thamdinh.toml", "NT002 xa/waivers.yaml"]


@pytest.mark.long
def test_an_audit_tells_the_same_of_folders_and_archives(plans: Path) -> None:
    names = ("plan.yaml", "thamdinh.toml", "xa/waivers.yaml", "mau.docx", "moc.json")
    archive = zipped(plans.parent / "kho.zip", {name: (plans / name).read_bytes() for name in names})
    for name, expected in (
        (
            plans,
            ["NT001 thamdinh.toml", "NT002 waivers.yaml", "NT003 .baseline.json", "NT003 mau.docx", "NT003 moc.json"],
        ),
        (
            archive,
            ["NT001 kho.zip!thamdinh.toml", "NT002 waivers.yaml", "NT003 kho.zip!mau.docx", "NT003 kho.zip!moc.json"],
        ),
    ):
        with audits_here(), Ledger() as ledger:
            totals = audit(Request((str(name),), ignore=("TD7", "TD8")), ledger)
        assert (totals.plans, totals.waived) == (1, 0)
        assert sorted(f"{item.code} {Path(item.place.file).name}" for item in totals.told) == expected
        assert ASKED in " ".join(item.message.vi for item in totals.told)


@pytest.mark.long
def test_a_plan_in_an_archive_that_looks_like_a_claim_is_judged(plans: Path) -> None:
    document = plans / "that.docx"
    assert thamdinh("new", document, "--kind", "commune").returncode == 0
    tagged = parts_changed(
        document.read_bytes(),
        lambda _, old: old.replace(b"</w:body>", b"<w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p></w:body>"),
    )
    files = {
        "that.docx": tagged,
        "hong.docx": b"PK",
        "hong.json": b'{\n "schema": 3',
        "plan.yaml": BREACHED.read_bytes(),
    }
    with audits_here(), Ledger() as ledger:
        totals = audit(Request((str(zipped(plans.parent / "kho.zip", files)),)), ledger)
    assert (totals.plans, [item.code for item in totals.told]) == (4, [])


@pytest.mark.long
def test_what_is_in_force_is_no_claim_wherever_it_lies(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (plans / "waivers.yaml").write_text(f"schema: 1\nwaivers: [{WAIVER}]\n", encoding="utf-8")
    monkeypatch.chdir(plans)
    waiving = Waiving(waivers_in_force(), Path("moc.json"))
    run = lint(["."], Settings(file="thamdinh.toml", appraisal_template="mau.docx"), waiving=waiving)
    assert codes(run.report.told, plans)[:2] == ["NT002 xa/waivers.yaml", "NT003 .baseline.json"]
    assert not {"NT001", "PL002"} & {notice.code for notice in run.report.told}


@pytest.mark.long
def test_a_plan_that_looks_like_a_claim_is_judged(plans: Path) -> None:
    plan = json.dumps({"schema": 1, "written": "x", "organization": {}}, indent=1)
    (plans / "moc-2.json").write_text(plan.replace('"schema": 1', '"schema":  1'), encoding="utf-8")
    assert thamdinh("new", plans / "that.docx", "--kind", "commune").returncode == 0
    document = thamdinh("lint", plans, "--format", "json")
    judged = {Path(item["file"]).name for item in json.loads(document.stdout)["plans"]}
    assert judged == {"plan.yaml", "moc-2.json", "that.docx"}


@pytest.mark.parametrize("content", [b"waivers: [", b"\0", b"waivers: 7", b"[]", b"\xff", b"# " + b"x" * 70_000])
def test_waivers_that_can_not_be_read_are_told_of_without_what_they_ask(content: bytes) -> None:
    claims = Claims(())
    claims("plans/waivers.yaml", lambda: content)
    [notice] = claims.notices()
    assert (notice.code, "miễn trừ:" in notice.message.vi) == ("NT002", False)


def test_many_claims_are_counted() -> None:
    claims = Claims(())
    for number in range(MOST_TOLD + 7):
        claims(f"kho.zip!{number}/thamdinh.toml", bytes)
    *told, last = claims.notices()
    assert (len(told), last.code) == (MOST_TOLD, "NT003")
    assert isinstance(last.message, Text)
    assert "7 tệp nữa" in last.message.vi
