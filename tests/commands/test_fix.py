"""`thamdinh fix` as its users meet it."""

import codecs
import stat
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.command_line import EXAMPLES, thamdinh
from tests.plans import changed
from thamdinh.commands import fix
from thamdinh.engine.documents import read_file
from thamdinh.engine.forms import word, workbook
from thamdinh.engine.model.integrity import read_plan

MERGED = EXAMPLES / "breached" / "bao-cao-gop.yaml"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach.yaml"
    path.write_bytes(MERGED.read_bytes())
    return path


@pytest.mark.long
def test_the_difference_is_shown_and_nothing_is_written_without_consent(plan: Path) -> None:
    for arguments in (["--dry-run"], []):
        ended = thamdinh("fix", plan, *arguments, input="")
        assert ended.returncode == 1
        assert "+  - {id: bc-chung-so-ket" in ended.stdout
        assert plan.read_bytes() == MERGED.read_bytes()


@pytest.mark.long
def test_what_was_mended_is_gone_and_all_else_stays(plan: Path) -> None:
    plan.chmod(0o640)
    plan.write_bytes(codecs.BOM_UTF8 + plan.read_bytes())
    ended = thamdinh("fix", plan, "--yes")
    assert ended.returncode == 0, ended.stderr
    assert thamdinh("lint", plan).returncode == 0
    content = plan.read_bytes()
    assert content.startswith(codecs.BOM_UTF8)
    assert stat.S_IMODE(plan.stat().st_mode) == 0o640
    kept = set(MERGED.read_text(encoding="utf-8").splitlines()) - set(content.decode("utf-8-sig").splitlines())
    assert len(kept) == 1
    backup = plan.with_name(f"{plan.name}.truoc-khi-sua")
    assert {*plan.parent.iterdir()} == {plan, backup}


@pytest.mark.long
def test_the_file_as_it_was_is_kept_and_the_way_back_is_said(plan: Path) -> None:
    before = plan.read_bytes()
    ended = thamdinh("fix", plan, "--yes")
    backup = plan.with_name(f"{plan.name}.truoc-khi-sua")
    assert backup.read_bytes() == before
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert f"mv {backup} {plan}" in ended.stderr
    plan.write_bytes(before)
    thamdinh("fix", plan, "--yes")
    assert plan.with_name(f"{plan.name}.truoc-khi-sua-2").read_bytes() == before
    assert backup.read_bytes() == before


@pytest.mark.long
def test_a_file_that_cannot_be_written_is_told_and_the_others_are_mended(plan: Path, tmp_path: Path) -> None:
    broken = tmp_path / "hong.yaml"
    broken.write_text("schema: [", encoding="utf-8")
    ended = thamdinh("fix", broken, plan, "-y")
    assert ended.returncode == 2
    assert f"{broken}:1" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert thamdinh("lint", plan).returncode == 0


def test_only_the_rules_selected_are_mended(plan: Path) -> None:
    ended = thamdinh("fix", plan, "--yes", "--select", "TD202", "--lang", "en")
    assert "mends TD202" in ended.stderr
    assert "Rules switched off: TD101, " in ended.stderr
    assert "TD201" in thamdinh("lint", plan).stdout


def test_settings_beside_a_plan_that_is_named_are_told_of_and_not_applied(plan: Path) -> None:
    plan.with_name("thamdinh.toml").write_text('ignore = ["TD2"]\n', encoding="utf-8")
    ended = thamdinh("fix", plan, "--dry-run")
    assert "+  - {id: bc-chung-so-ket" in ended.stdout
    assert "NT001" in ended.stderr
    assert "Căn cứ" not in ended.stderr


def test_where_nothing_is_mechanical_the_status_says_what_is_left(tmp_path: Path) -> None:
    compliant = EXAMPLES / "compliant" / "xa-phu-tuc.yaml"
    assert thamdinh("fix", compliant).returncode == 0
    assert thamdinh("fix", EXAMPLES / "breached" / "thoi-luong-xa.yaml").returncode == 1
    assert thamdinh("fix", "-", input=MERGED.read_text(encoding="utf-8")).returncode == 2


@pytest.mark.long
@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_a_form_is_mended_in_its_own_cells_and_nothing_else_in_the_file_changes(tmp_path: Path, suffix: str) -> None:
    write = workbook.write if suffix == ".xlsx" else word.write
    form = tmp_path / f"ke-hoach{suffix}"
    form.write_bytes(write(read_plan(read_file(MERGED))))
    before = form.read_bytes()
    shown = thamdinh("fix", form, "--dry-run")
    assert "+bc-chung-so-ket" in shown.stdout
    assert "\n@@ " in shown.stdout
    assert form.read_bytes() == before
    assert thamdinh("fix", form, "--yes").returncode == 0
    assert thamdinh("lint", form).returncode == 0
    with ZipFile(BytesIO(before)) as old, ZipFile(form) as new:
        assert old.namelist() == new.namelist()
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
    assert changed
    assert all(name.startswith(("xl/worksheets/", "xl/workbook.xml", "word/document.xml")) for name in changed)


def test_the_difference_hides_party_cards(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(changed(("ballots: [p01, p02]", "ballots: [p02]")), encoding="utf-8")
    shown = thamdinh("fix", "--dry-run", plan).stdout
    assert 'party_card: "••••••"' in shown
    assert "83.010" not in shown


@pytest.mark.long
def test_the_pack_may_be_chosen_by_the_plan(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_bytes(MERGED.read_bytes())
    fixed = thamdinh("fix", plan, "--dry-run")
    assert "TD201" in fixed.stderr
    assert thamdinh("fix", plan, "--dry-run", "--directive", "auto").stdout == fixed.stdout
    (tmp_path / "thamdinh.toml").write_text('directive = "auto"\n')
    assert thamdinh("fix", plan, "--dry-run", cwd=tmp_path).stdout == fixed.stdout
    plan.write_text(plan.read_text(encoding="utf-8").replace("2015-2020", "2020-2025"), encoding="utf-8")
    refused = thamdinh("fix", plan, "--dry-run", cwd=tmp_path)
    assert (refused.returncode, "DR001" in refused.stderr) == (2, True)


def test_what_is_saved_while_the_answer_is_awaited_stays(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def agreed(name: str) -> bool:
        plan.write_bytes(plan.read_bytes() + b"# saved meanwhile\n")
        return True

    monkeypatch.setattr(fix, "_agreed", agreed)
    ended = thamdinh("fix", plan)
    assert ended.returncode == 2
    assert "Tệp đã được lưu lại trong khi chờ trả lời" in ended.stderr
    assert plan.read_bytes() == MERGED.read_bytes() + b"# saved meanwhile\n"


def test_nothing_is_mended_through_a_link(plan: Path) -> None:
    link = plan.with_name("lien-ket.yaml")
    link.symlink_to(plan)
    ended = thamdinh("fix", link, "--yes")
    assert ended.returncode == 2
    assert "không ghi qua liên kết" in ended.stderr
    assert link.is_symlink()
    assert plan.read_bytes() == MERGED.read_bytes()
