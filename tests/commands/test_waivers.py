"""`thamdinh waivers` and the waivers of a lint, as users meet them."""

from pathlib import Path

from tests.command_line import thamdinh
from tests.engine.waivers.test_waivers import but, plan_file, written

FAR = but(valid_until="2099-12-31", subject=None)


def test_the_lint_shows_what_is_waived_with_reason_and_document(tmp_path: Path) -> None:
    written(tmp_path, FAR)
    plan = plan_file(tmp_path)
    assert thamdinh("lint", plan).returncode == 1
    done = thamdinh("lint", plan, cwd=tmp_path)
    assert done.returncode == 0
    assert "Đang chữa bệnh dài ngày; Ban Thường vụ Huyện ủy Châu Thành, 15-CV/HU, đến hết 2099-12-31" in done.stdout
    assert "2 được miễn" in done.stdout


def test_waivers_are_listed_with_the_packs_advice_on_who_may_waive(tmp_path: Path) -> None:
    written(tmp_path, FAR)
    done = thamdinh("waivers", "list", cwd=tmp_path)
    assert done.returncode == 0
    assert "TD501 cho Đảng bộ xã Phú Túc: còn hiệu lực (đến hết ngày 31/12/2099)" in done.stdout
    assert "cấp ủy cấp trên trực tiếp" in done.stdout


def test_waivers_are_checked_against_the_plans_beside_them(tmp_path: Path) -> None:
    written(tmp_path, FAR)
    plan = plan_file(tmp_path)
    assert thamdinh("waivers", "check", cwd=tmp_path).returncode == 0
    plan_file(tmp_path, [])
    done = thamdinh("waivers", "check", "--waivers", tmp_path / "waivers.yaml", plan)
    assert done.returncode == 1
    assert "WV003" in done.stdout


def test_no_file_of_waivers_is_a_problem_with_a_remedy(tmp_path: Path) -> None:
    done = thamdinh("waivers", "check", cwd=tmp_path)
    assert done.returncode == 2
    assert "waivers.yaml" in done.stderr


def test_a_terminal_is_safe_from_what_a_waiver_says(tmp_path: Path) -> None:
    written(tmp_path, {**FAR, "reason": "a‮b"})
    assert "‮" not in thamdinh("lint", plan_file(tmp_path), cwd=tmp_path).stdout
    assert "‮" not in thamdinh("waivers", "list", cwd=tmp_path).stdout


def test_a_waiver_of_a_rule_that_does_not_exist_is_told_by_the_lint_as_by_the_check(tmp_path: Path) -> None:
    written(tmp_path, {**FAR, "rule": "TD599"})
    for command in (["lint", plan_file(tmp_path)], ["waivers", "check"]):
        told = thamdinh(*command, cwd=tmp_path).stdout
        assert "PL003 lưu ý Không có quy tắc nào có mã “TD599”" in told
        assert "WV003" not in told


def test_the_waivers_listed_are_those_in_force_or_of_the_file_named(tmp_path: Path) -> None:
    file = written(tmp_path, FAR, name="mien-tru.yaml")
    assert thamdinh("waivers", "list", file).stdout.startswith("TD501 cho Đảng bộ xã Phú Túc")
    (tmp_path / "thamdinh.toml").write_text('waivers = "mien-tru.yaml"\n', encoding="utf-8")
    named = thamdinh("waivers", "list", "--config", tmp_path / "thamdinh.toml").stdout
    assert named.startswith("TD501 cho Đảng bộ xã Phú Túc")
