"""`thamdinh features`, as staff meet it: real processes, real files, their own scenarios."""

import json
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.command_line import DYING, thamdinh
from tests.reports import SMALL

GOOD = """\
# language: vi
Tính năng: Của văn phòng

  @TD101
  Tình huống: bốn buổi
    Cho một kế hoạch đúng chỉ đạo của xã
    Và hội nghị họp 4 buổi liên tiếp
    Khi thẩm định kế hoạch
    Thì chỉ có lỗi TD101 về kế hoạch
"""


def feature(folder: Path, text: str, name: str = "cua-toi.feature") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def small_pack(folder: Path) -> Path:
    """A pack of two rules with one scenario, whose book is made in no time."""
    pack = Path(shutil.copytree(SMALL, folder / "pack"))
    feature(pack, GOOD.replace("TD101", "MH101").replace("chỉ có", "có"))
    return pack


@pytest.mark.long
def test_the_features_of_the_pack_hold_on_both_evaluators() -> None:
    for evaluator in ("durable", "compiled"):
        done = thamdinh("features", "check", "--evaluator", evaluator)
        assert done.returncode == 0, done.stdout
        assert done.stdout.endswith(" 0 không đạt\n")


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        (("", ""), 0, "1 đạt, 0 không đạt"),
        (("TD101 về", "TD102 về"), 1, "Không có lỗi TD102 về kế hoạch. Có thêm lỗi TD101 về kế hoạch"),
        (("lỗi TD101", "cảnh báo TD101"), 1, "Có thêm lỗi TD101"),
        (("họp 4 buổi", "kéo dài 4 buổi"), 2, "Cho hội nghị họp 3 buổi liên tiếp"),
        (("lỗi TD101", "lỗi TD999"), 2, "Không có quy tắc TD999"),
        (("của xã", "của xa"), 2, "Có phải ý là “xã”?"),
        (("Khi thẩm", "When thẩm"), 2, "“Khi”"),
        (("@TD101", "@TD11"), 2, "cua-toi.feature:4:3: PL003 Thẻ @TD11"),
    ],
)
def test_the_exit_status_tells_a_scenario_that_does_not_hold_from_one_that_means_nothing(
    tmp_path: Path, change: tuple[str, str], status: int, words: str
) -> None:
    done = thamdinh("features", "check", feature(tmp_path, GOOD.replace(*change, 1)))
    assert done.returncode == status, done.stdout
    assert words in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_what_is_wrong_shows_its_line_with_a_mark_and_the_remedy(tmp_path: Path) -> None:
    done = thamdinh("features", "check", feature(tmp_path, GOOD.replace("họp 4 buổi", "họp bốn buổi")))
    assert "cua-toi.feature:7:5: chưa hiểu bước này: tình huống “bốn buổi”" in done.stdout
    assert "7 |     Và hội nghị họp bốn buổi liên tiếp\n  |     ^^^^" in done.stdout
    assert "= cách sửa: Viết bằng chữ số, ví dụ 12" in done.stdout


@pytest.mark.long
def test_one_bad_file_does_not_keep_the_others_from_being_checked(tmp_path: Path) -> None:
    (tmp_path / "con").mkdir()
    feature(tmp_path / "con", GOOD)
    feature(tmp_path, "xin chào", "a.feature")
    (tmp_path / "b.feature").write_bytes("Tính năng: x".encode("utf-16"))
    feature(tmp_path, unicodedata.normalize("NFD", GOOD), "nfd.feature")
    done = thamdinh("features", "check", tmp_path, tmp_path / "khong-co.feature", "--format", "json")
    assert done.returncode == 2
    told = {Path(item["file"]).name: item for item in json.loads(done.stdout)["features"]}
    assert [scenario["status"] for scenario in told["cua-toi.feature"]["scenarios"]] == ["passed"]
    assert [scenario["status"] for scenario in told["nfd.feature"]["scenarios"]] == ["passed"]
    assert "Unicode tổ hợp" in told["nfd.feature"]["problems"][0]["message"]["vi"]
    assert {name: item["problems"][0]["code"] for name, item in told.items() if not item["scenarios"]} == {
        "a.feature": "PL001",
        "b.feature": "PL006",
        "khong-co.feature": "PL006",
    }


@pytest.mark.long
def test_standard_input_and_tags(tmp_path: Path) -> None:
    done = thamdinh("features", "check", "-", input=GOOD)
    assert done.returncode == 0, done.stdout
    done = thamdinh("features", "check", "--tag", "@TD503", "--tag", "ranh_giới", "--format", "json")
    scenarios = [scenario for item in json.loads(done.stdout)["features"] for scenario in item["scenarios"]]
    assert len(scenarios) == 5
    assert all({"TD503", "ranh_giới"} <= set(scenario["tags"]) for scenario in scenarios)


@pytest.mark.long
def test_a_folder_without_features_and_a_place_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    done = thamdinh("features", "check", tmp_path)
    assert (done.returncode, "không có tệp .feature nào" in done.stdout) == (2, True)
    done = thamdinh("features", "check", "--tag", "TD401", "-o", tmp_path / "không" / "có.xml", "--format", "junit")
    assert (done.returncode, "Không ghi được tệp" in done.stderr) == (2, True)


@pytest.mark.long
def test_a_report_goes_to_the_file_named(tmp_path: Path) -> None:
    done = thamdinh("features", "check", "--tag", "TD401", "--format", "junit", "-o", tmp_path / "kq.xml")
    assert (done.returncode, done.stdout) == (0, "")
    assert "<testsuites" in (tmp_path / "kq.xml").read_text(encoding="utf-8")


def test_steps_are_listed_in_vietnamese_and_explained_in_the_language_asked_for() -> None:
    vietnamese, english = thamdinh("features", "steps").stdout, thamdinh("features", "steps", "--lang", "en").stdout
    for page in (vietnamese, english):
        assert "hội nghị họp 3 buổi liên tiếp" in page
        assert "tư cách tham dự" in page
        assert "Nguyễn Văn Bình" in page
    assert "ví dụ: " in vietnamese
    assert "example: " in english
    assert "ví dụ: " not in english


def test_help_is_in_the_language_asked_for() -> None:
    assert "Chạy các tình huống" in thamdinh("features", "--help").stdout
    assert "Run the scenarios" in thamdinh("features", "check", "--help", "--lang", "en").stdout


@pytest.mark.process
def test_a_death_in_the_engine_costs_the_scenario_alone_and_is_no_result(tmp_path: Path) -> None:
    fatal = "    Và kế hoạch có thêm các cấp ủy sau:\n      | mã cấp ủy |\n      | chết |\n    Khi"
    feature(tmp_path, GOOD.replace("    Khi", fatal), "a.feature")
    feature(tmp_path, GOOD, "b.feature")
    done = subprocess.run(
        [sys.executable, "-c", DYING, "features", "check", "--format", "json", str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    died, fine = json.loads(done.stdout)["features"]
    assert done.returncode == 2
    assert [scenario["status"] for scenario in died["scenarios"]] == ["misread"]
    assert "Segmentation fault" in died["scenarios"][0]["steps"][0]["message"]["vi"]
    assert [scenario["status"] for scenario in fine["scenarios"]] == ["passed"]


@pytest.mark.long
def test_the_book_is_a_page_and_a_document_in_the_language_asked_for(tmp_path: Path) -> None:
    folder, pack = tmp_path / "so" / "ra-soat", small_pack(tmp_path)
    done = thamdinh("features", "book", "-o", folder, "--lang", "en", "--directive", pack)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 clauses, 1 scenarios, 1 hold" in done.stdout
    assert sorted(path.name for path in folder.iterdir()) == ["index.html", "so-ra-soat.docx"]
    assert '<html lang="en">' in (folder / "index.html").read_text(encoding="utf-8")
    done = thamdinh("features", "book", "-o", feature(tmp_path, GOOD) / "con", "--directive", SMALL)
    assert (done.returncode, "Không ghi được tệp (đây không phải là thư mục)" in done.stderr) == (2, True)


@pytest.mark.long
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("change", ["", "kéo dài "], ids=["held", "unread"])
def test_a_report_overwrites_an_earlier_one_and_nothing_else(tmp_path: Path, language: str, change: str) -> None:
    given = feature(tmp_path, GOOD.replace("họp ", change or "họp "))
    for form in ("text", "json", "cucumber", "messages", "junit"):
        check = ("features", "check", given, "--format", form, "--lang", language, "-o", tmp_path / "kq")
        (tmp_path / "kq").write_text("Ghi chú của tôi\n")
        refused = thamdinh(*check)
        assert (refused.returncode, refused.stderr.count("PL006")) == (2, 1)
        assert (tmp_path / "kq").read_text() == "Ghi chú của tôi\n"
        (tmp_path / "kq").unlink()
        first, second = thamdinh(*check), thamdinh(*check)
        assert (first.returncode, first.stderr) == (second.returncode, second.stderr) == (2 if change else 0, ""), form
    over = thamdinh("features", "check", given, "-o", given)
    assert (over.returncode, given.read_text(encoding="utf-8")[:10]) == (2, "# language")


@pytest.mark.long
def test_a_book_overwrites_an_earlier_one_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "so"
    book = ("features", "book", "-o", folder, "--directive", small_pack(tmp_path))
    first, second = thamdinh(*book), thamdinh(*book)
    assert (first.returncode, first.stderr) == (second.returncode, second.stderr) == (0, "")
    for name in ("index.html", "so-ra-soat.docx"):
        (folder / name).write_text("Ghi chú của tôi\n")
    refused = thamdinh(*book)
    assert (refused.returncode, refused.stderr.count("không ghi đè")) == (2, 2)
    assert {path.read_text() for path in folder.iterdir()} == {"Ghi chú của tôi\n"}
