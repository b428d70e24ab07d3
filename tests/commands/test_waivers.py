"""`thamdinh waivers` and the waivers of a lint, as users meet them."""

from io import StringIO
from pathlib import Path

import openpyxl
import pytest

from tests.command_line import EXAMPLES, thamdinh
from tests.engine.waivers.test_waivers import but, plan_file, written
from thamdinh.cli import run

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


def answered(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("".join(f"{answer}\n" for answer in answers)))


REST = ("Đang chữa bệnh", "Ban Thường vụ Huyện ủy", "15-CV/HU", "31/12/2099")


@pytest.mark.long
@pytest.mark.parametrize("name", ["waivers.yaml", "mien-tru.xlsx"])
def test_a_waiver_is_asked_for_question_by_question(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    plan = str(EXAMPLES / "breached" / "lay-phieu.yaml")
    if name.endswith(".xlsx"):
        assert run(["waivers", "new", name]) == 0
        assert run(["waivers", "new", name]) == 2
    answered(monkeypatch, "không số nào", "huỳnh thị kiều", *REST)
    assert run(["waivers", "add", name, "--plan", plan]) == 0
    answered(monkeypatch, "TD51", "td502", "Đảng bộ thị trấn Thạnh Phú", "", *REST)
    assert run(["waivers", "add", name]) == 0
    assert "Có phải ý là “TD501”?" in capsys.readouterr().err
    run(["lint", plan, "--waivers", name, "-q"])
    assert "2 được miễn" in capsys.readouterr().out
    run(["audit", plan, "--waivers", name])
    assert "2 được miễn" in capsys.readouterr().out


LAY_PHIEU = str(EXAMPLES / "breached" / "lay-phieu.yaml")


@pytest.mark.parametrize("content", ["schema: 1\nwaivers: []\n", "schema: 1\nwaivers: [\n]  # chưa có\n"])
def test_a_waiver_is_added_where_there_is_none_yet(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text(content, encoding="utf-8")
    answered(monkeypatch, "1", *REST)
    assert run(["waivers", "add", str(file), "--plan", LAY_PHIEU]) == 0
    assert file.read_text(encoding="utf-8").count("approved_by") == 1


def test_a_day_is_shown_in_a_workbook_of_waivers_as_offices_write_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mien-tru.xlsx"
    assert run(["waivers", "new", str(file)]) == 0
    answered(monkeypatch, "1", *REST)
    assert run(["waivers", "add", str(file), "--plan", LAY_PHIEU]) == 0
    [day] = [
        cell for row in openpyxl.load_workbook(file).worksheets[0].iter_rows(min_row=5) for cell in row if cell.is_date
    ]
    assert day.number_format == "dd/mm/yyyy"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.yaml", "schema: 1\nwaivers: [{rule: TD501}]\n", "a.yaml:2:"),
        ("a.yaml", "", "Tệp trống"),
        ("a.yaml", "waivers: []\nschema: 1\n", "Ghi “waivers:” ở cuối tệp"),
        (
            "a.yaml",
            "schema: 1\nwaivers: [{rule: TD501, subject: a, reason: b c, approved_by: d e, document: f g, valid_until: 2099-12-31}]\n",
            "Ghi “waivers:” ở cuối tệp",
        ),
        ("a.xlsx", "rác", "Tệp hỏng"),
        ("a.docx", None, "Dùng tệp có đuôi: .yaml, .yml, .xlsx"),
        ("nowhere/a.yaml", None, "không có tệp hoặc thư mục này"),
    ],
)
def test_a_file_that_takes_no_waiver_is_told_before_anything_is_asked(
    name: str, content: str | None, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert run(["waivers", "add", str(tmp_path / name), "--plan", LAY_PHIEU]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert "Miễn phát hiện" not in said


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("Nguyễn Xyz", "Không phát hiện nào nêu “Nguyễn Xyz”. Ghi một số từ 1 đến 6"),
        ("ly my lan", "“ly my lan” không rõ là phát hiện nào, có thể là: 2. Ghi"),
        ("cấp ủy viên", "có thể là: 1, 2. Ghi"),
        ("7", "Lỗi: Ghi một số từ 1 đến 6"),
    ],
)
def test_a_name_that_is_not_one_finding_is_asked_for_again(
    answer: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answered(monkeypatch, answer, "2", *REST)
    assert run(["waivers", "add", str(tmp_path / "a.yaml"), "--plan", LAY_PHIEU]) == 0
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("day", ["31.12.2099", "31-12-2099", "ngày 31 tháng 12 năm 2099", "2099-12-31"])
def test_the_last_day_of_a_waiver_is_written_as_in_forms_and_is_to_come(
    day: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answered(monkeypatch, "2", *REST[:-1], "31/12/2018", "31/02/2099", "07:30 31/12/2099", day)
    file = tmp_path / "a.yaml"
    assert run(["waivers", "add", str(file), "--plan", LAY_PHIEU]) == 0
    assert "valid_until: '2099-12-31'" in file.read_text(encoding="utf-8")
    said = capsys.readouterr().err
    assert "Ngày 31/12/2018 đã qua" in said
    assert said.count("không phải là ngày") == 2


def test_who_names_the_person_is_told_the_subject(tmp_path: Path) -> None:
    lay_phieu = EXAMPLES / "breached" / "lay-phieu.yaml"
    written(tmp_path, {**FAR, "subject": "Huỳnh thị Kiều", "organization": "Đảng bộ thị trấn Thạnh Phú"})
    assert "có phải ý là “p12@dang-uy”?" in thamdinh("lint", lay_phieu, cwd=tmp_path).stdout


@pytest.mark.parametrize("command", ["lint", "audit"])
def test_a_broken_file_of_waivers_is_told_to_who_asked_for_quiet(command: str, tmp_path: Path) -> None:
    (tmp_path / "waivers.yaml").write_text("schema: 1\nwaivers: [{rule: TD501}]\n", encoding="utf-8")
    done = thamdinh(command, plan_file(tmp_path), "-q", cwd=tmp_path)
    assert done.returncode == 2
    assert "waivers.yaml:2:" in done.stderr
    assert "PL002" in done.stderr
