"""`thamdinh why`, as users meet it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import BREACHED, INVALID, thamdinh
from tests.engine.waivers.test_waivers import but, plan_file, written


def test_the_tree_is_drawn_with_places() -> None:
    done = thamdinh("why", BREACHED, "TD502")
    assert done.returncode == 0
    assert done.stdout.startswith("✗ TD502, cấp ủy “Ban Chấp hành Đảng bộ thị trấn Thạnh Phú”: ")
    assert "├─ • Điều khoản D12" in done.stdout
    assert f"{BREACHED}:119:5 | briefing: {{by: p01, covers: [purpose]}}" in done.stdout


@pytest.mark.long
def test_json_has_the_tree_and_html_is_one_page_with_inert_text(tmp_path: Path) -> None:
    plan = plan_file(
        tmp_path,
        [
            {"set": "participants[p04].name", "value": "<script>alert(1)</script>"},
            {"set": "participants[p04].parts", "value": ["mid_term"]},
        ],
    )
    document = json.loads(thamdinh("why", plan, "TD301", "p04", "--format", "json").stdout)
    assert document["justifications"][0]["tree"]["parts"][0]["kind"] == "clause"
    html = thamdinh("why", plan, "TD301", "p04", "--format", "html").stdout
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
    assert "http://" not in html
    assert "https://" not in html


def test_a_waived_finding_says_so(tmp_path: Path) -> None:
    written(tmp_path, but(valid_until="2099-12-31", subject=None))
    assert (
        "Phát hiện này không tính: Đang chữa bệnh dài ngày"
        in thamdinh("why", plan_file(tmp_path), "TD501", cwd=tmp_path).stdout
    )


@pytest.mark.long
def test_what_can_not_be_explained_is_refused_in_words() -> None:
    for arguments in (
        [INVALID, "TD101"],
        [BREACHED, "TD999"],
        [BREACHED, "TD501", "nobody"],
        ["nowhere.yaml", "TD101"],
    ):
        done = thamdinh("why", *arguments)
        assert done.returncode == 2
        assert done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.long
def test_the_smallest_change_is_told_with_its_place_in_every_form(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("z3")
    from thamdinh.engine.assurance.verify import counterfactual_report

    found: list[Any] = []  # which takes a second: once for all forms
    look = counterfactual_report.turned

    def turned(*asked: Any) -> Any:
        found[:] = found or [look(*asked)]
        return found[0]

    monkeypatch.setattr(counterfactual_report, "turned", turned)
    arguments = ["why", BREACHED, "TD504", "--counterfactual"]
    text = thamdinh(*arguments).stdout
    assert "Thay đổi nhỏ nhất để hết lỗi này mà không sinh lỗi khác" in text
    assert (
        "thêm lần công khai của lần lấy phiếu “Ban Chấp hành Đảng bộ thị trấn Thạnh Phú”: nơi công khai cấp ủy cấp trên trực tiếp"
        in text
    )
    document = json.loads(thamdinh(*arguments, "--format", "json").stdout)
    (change,) = document["counterfactuals"]
    assert change["edits"][0]["path"] == ["confidence_votes", 0, "published", 1]
    assert change["edits"][0]["location"]["line"] > 100
    assert "thêm lần công khai" in thamdinh(*arguments, "--format", "html").stdout
    assert "The smallest change" in thamdinh(*arguments, "--lang", "en").stdout
    assert "counterfactuals" not in json.loads(thamdinh("why", BREACHED, "TD504", "--format", "json").stdout)


@pytest.mark.long
def test_a_clause_is_answered_with_its_rules_or_its_page() -> None:
    assert "Dùng quy tắc của điều khoản đó: TD101, TD801, TD802" in thamdinh("why", BREACHED, "d1").stderr
    assert "Use a rule of it: TD101, TD801, TD802" in thamdinh("why", BREACHED, "D1", "--lang", "en").stderr
    assert "Xem: thamdinh explain D5" in thamdinh("why", BREACHED, "D5").stderr


def test_waivers_that_can_not_be_read_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "waivers.yaml").write_text("waivers: [", encoding="utf-8")
    done = thamdinh("why", plan_file(tmp_path), "TD501", cwd=tmp_path)
    assert (done.returncode, "waivers.yaml:1:" in done.stdout) == (0, True)


@pytest.mark.long
@pytest.mark.parametrize("form", ["text", "json", "html"])
@pytest.mark.parametrize("setting", ['ignore = ["TD501"]', 'select = ["TD4"]'])
def test_a_rule_that_is_switched_off_is_said_to_be(tmp_path: Path, setting: str, form: str) -> None:
    (tmp_path / "thamdinh.toml").write_text(setting, encoding="utf-8")
    said = f"TD501 đang bị tắt ({setting[:6]} trong thamdinh.toml)"
    assert said in thamdinh("why", BREACHED, "TD501", "--format", form, cwd=tmp_path).stdout
    assert "đang bị tắt" not in thamdinh("why", BREACHED, "TD401", "--format", form, cwd=tmp_path).stdout
