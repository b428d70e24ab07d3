"""`thamdinh rules verify`, as its users meet it."""

import json
from pathlib import Path

import pytest

pytest.importorskip("z3")

from tests.command_line import thamdinh
from tests.engine.assurance.verify.packs import pack, rule

pytestmark = pytest.mark.long

SMALL = "sessions=2,discussions=2,reports=2,participants=2,committees=1,publications=2,outcomes=2"


@pytest.fixture
def in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """One kind is asked about here: other processes, which share several kinds, take a second each to begin."""
    monkeypatch.setattr("thamdinh.engine.assurance.verify.verify.cpu_count", lambda: 1)


def test_the_report_names_the_bound_in_every_section_and_shows_a_plan_that_lint_accepts(tmp_path: Path) -> None:
    done = thamdinh("rules", "verify", "--kind", "commune", "--kind", "police", "--bound", SMALL, "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr
    sections = [line for line in done.stdout.splitlines() if line.startswith(("xã", "Công an"))]
    assert len(sections) == 2
    assert all("2 phiên họp" in line and "2 người" in line for line in sections)
    head = "  # commune-dat.yaml"
    block = done.stdout[done.stdout.index(head) :].split("\n\n")[0]
    (tmp_path / "plan.yaml").write_text("\n".join(line[2:] for line in block.splitlines()), encoding="utf-8")
    assert thamdinh("lint", tmp_path / "plan.yaml", "--fail-on", "advice").returncode == 0


@pytest.mark.usefixtures("in_one_process")
def test_witnesses_are_written_as_plans_that_lint_judges_as_claimed(tmp_path: Path) -> None:
    done = thamdinh(
        *("rules", "verify", "--kind", "ward", "--bound", SMALL, "--format", "json", "--witnesses", tmp_path / "w")
    )
    report = json.loads(done.stdout)
    assert report["bound"]["participants"] == 2
    expected = {
        f"{claim['witness']['name']}.yaml": sorted(finding["rule"] for finding in claim["witness"]["findings"])
        for claim in report["kinds"][0]["claims"]
        if claim["witness"]
    }
    linted = json.loads(thamdinh("lint", tmp_path / "w", "--format", "json").stdout)
    judged = {
        Path(plan["file"]).name: sorted(finding["rule"] for finding in plan["findings"]) for plan in linted["plans"]
    }
    assert judged == expected
    assert all(claim["bound"] == report["bound"] for claim in report["kinds"][0]["claims"])


@pytest.mark.usefixtures("in_one_process")
def test_witnesses_are_written_over_themselves_and_over_nothing_else(tmp_path: Path) -> None:
    arguments = ("rules", "verify", "--kind", "ward", "--bound", SMALL, "--witnesses", tmp_path)
    assert thamdinh(*arguments).returncode == thamdinh(*arguments).returncode == 0
    written = min(tmp_path.iterdir())
    before = written.read_bytes()
    written.write_bytes(before.replace(b"schema: 1", b"schema: 2"))
    done = thamdinh(*arguments)
    assert done.returncode == 2
    assert f"{written}: PL006" in done.stderr
    assert "không ghi đè" in done.stderr
    assert b"schema: 2" in written.read_bytes()
    written.unlink()
    (tmp_path / "elsewhere").touch()
    written.symlink_to(tmp_path / "elsewhere")
    assert "không ghi qua liên kết" in thamdinh(*arguments).stderr
    assert not (tmp_path / "elsewhere").read_bytes()


@pytest.mark.usefixtures("in_one_process")
def test_a_conflict_ends_with_status_1_and_is_told_in_clauses_and_parameters(tmp_path: Path) -> None:
    rules = [
        rule("TD101", "D1", "plan", {"duration_days": {"between": {"param": "tinh"}}}),
        rule("TD102", "D2", "plan", {"duration_days": {"between": {"param": "huyen"}}}),
    ]
    pack(tmp_path / "pack", rules, {"tinh": ("D1", [1, 1.5]), "huyen": ("D2", [2, 2])})
    done = thamdinh("rules", "verify", "--directive", tmp_path / "pack", "--kind", "commune", "--no-cache")
    assert done.returncode == 1
    assert "BỊ BÁC BỎ" in done.stdout
    assert "TD101 [tiny D1] Quy tắc TD101 (lời: 1, 1,5 [tiny D1])" in done.stdout
    assert "TD102 [tiny D2] Quy tắc TD102 (lời: 2, 2 [tiny D2])" in done.stdout
    english = thamdinh("rules", "verify", "--directive", tmp_path / "pack", "--kind", "commune", "--lang", "en")
    assert "REFUTED" in english.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--bound", "sesions=2"],
        ["--bound", "sessions=0"],
        ["--bound", "sessions=99"],
        ["--bound", "sessions=²"],
        ["--bound", "sessions"],
        ["--timeout", "0"],
        ["--kind", "city"],
        ["--directive", "nowhere"],
        ["--witnesses", "/proc/no/such"],
    ],
    ids=str,
)
def test_unusable_input_is_refused_in_words(arguments: list[str]) -> None:
    done = thamdinh("rules", "verify", "--kind", "police", "--bound", SMALL, *arguments)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr
