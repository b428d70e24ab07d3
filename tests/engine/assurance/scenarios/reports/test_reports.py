"""What a check of features exports is what the report makers of others read: counts, words and failures arrive."""

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from thamdinh.engine.assurance.scenarios.checking import CheckedFeature, check_features
from thamdinh.engine.assurance.scenarios.reports import FORMATS, ScenarioRun, render
from thamdinh.engine.directive.packs import read

HERE = Path(__file__).parent
HOSTILE = "<script>document.title = 'taken'</script> ]]> &amp; \"'"
MIXED = f"""\
# language: vi
Tính năng: Thử nhiều kết quả {HOSTILE}

  @TD101 @D1
  Tình huống: một tình huống đúng {HOSTILE}
    Cho một kế hoạch đúng chỉ đạo của xã
    Và kế hoạch có các phiên họp sau:
      | phần của hội nghị    | giờ bắt đầu      | giờ kết thúc     |
      | sơ kết giữa nhiệm kỳ | 28/12/2017 07:30 | 28/12/2017 16:30 |
    Khi thẩm định kế hoạch
    Thì không có phát hiện nào

  Khung tình huống: họp <n> buổi thì không đúng
    Cho một kế hoạch đúng chỉ đạo của xã
    Và hội nghị họp <n> buổi liên tiếp
    Khi thẩm định kế hoạch
    Thì không có phát hiện nào

    Dữ liệu:
      | n |
      | 2 |
      | 4 |

  Tình huống: bước chưa có {HOSTILE}
    Cho một kế hoạch đúng chỉ đạo của xã
    Và hội nghị rất dài {HOSTILE}
    Thì không có phát hiện nào

  Tình huống: không đọc được
    Cho một kế hoạch đúng chỉ đạo của xã
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> ScenarioRun:
    """A run with scenarios that pass, fail and mean nothing, a scenario that can't be read, and a file that can't."""
    folder = tmp_path_factory.mktemp("features")
    (folder / "mixed.feature").write_text(MIXED, encoding="utf-8")
    (folder / "unreadable.feature").write_text("xin chào\n", encoding="utf-8")
    checked: list[CheckedFeature] = check_features([str(folder)], read())
    return ScenarioRun("ben-tre-2017", tuple(checked), 1_512_432_000.5)


@pytest.fixture(scope="module")
def report_makers(npm: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the report makers of others, at the versions that package-lock.json pins."""
    folder = tmp_path_factory.mktemp("node")
    for name in ("package.json", "package-lock.json", "messages.mjs", "cucumber.cjs"):
        shutil.copy(HERE / name, folder)
    command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stderr
    return folder


def made(node: str, folder: Path, *arguments: object) -> None:
    command = [node, *map(str, arguments)]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr


def test_the_formatter_of_the_cucumber_project_shows_every_scenario(
    run: ScenarioRun, node: str, report_makers: Path, tmp_path: Path, browser: Any
) -> None:
    (tmp_path / "run.ndjson").write_bytes(render("messages", run))
    made(node, report_makers, "messages.mjs", tmp_path / "run.ndjson", tmp_path / "page.html")
    browser.get((tmp_path / "page.html").as_uri())
    text = browser.find_element("tag name", "body").text
    assert "(2 / 4) passed" in text
    assert re.search(r"PASSED\s*2", text)
    assert re.search(r"FAILED\s*1", text)
    assert re.search(r"UNDEFINED\s*1", text)
    assert "Thử nhiều kết quả" in text
    assert "TD101" in text
    assert "kéo dài 2 ngày" in text
    assert HOSTILE in text
    assert browser.title != "taken"


def test_a_report_maker_of_cucumber_json_counts_what_the_run_counted(
    run: ScenarioRun, node: str, report_makers: Path, tmp_path: Path, browser: Any
) -> None:
    (tmp_path / "json").mkdir()
    # This report maker writes names into its pages unescaped, so it is given what has nothing to escape.
    report = render("cucumber", run).decode().replace(json.dumps(HOSTILE)[1:-1], "")
    (tmp_path / "json" / "run.json").write_text(report, encoding="utf-8")
    made(node, report_makers, "cucumber.cjs", tmp_path / "json", tmp_path / "pages")
    browser.get((tmp_path / "pages" / "index.html").as_uri())
    text = " ".join(browser.find_element("tag name", "body").text.split())
    assert "Thử nhiều kết quả" in text
    # Four scenarios of which two pass, and two places that could not be read: they count as scenarios that failed.
    assert re.search(
        r"Scenarios Chart Status Progress (?:6 )?Passed 33.33 % Failed 50.00 % Not defined 16.67 %", text
    ), text


def test_junit_counts_failures_apart_from_errors_and_names_each_scenario_and_place(run: ScenarioRun) -> None:
    root = ET.fromstring(render("junit", run))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("6", "1", "3")
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert len(cases) == 6
    assert f"một tình huống đúng {HOSTILE}" in cases
    failure = cases["họp 4 buổi thì không đúng [n: 4]"].find("failure")
    assert failure is not None
    assert "kéo dài 2 ngày" in (failure.get("message") or "")
    assert "mixed.feature:17:5: Thì không có phát hiện nào" in (failure.text or "")
    error = cases[f"bước chưa có {HOSTILE}"].find("error")
    assert error is not None
    assert "Các bước gần nhất" in (error.text or "")


def test_json_has_every_step_with_what_came_of_it(run: ScenarioRun) -> None:
    document = json.loads(render("json", run))
    assert document["summary"] == {"passed": 2, "failed": 1, "undefined": 1, "misread": 0}
    scenarios = document["features"][0]["scenarios"]
    assert [scenario["status"] for scenario in scenarios] == ["passed", "passed", "failed", "undefined"]
    assert [step["status"] for step in scenarios[3]["steps"]] == ["passed", "undefined", "skipped"]
    assert document["features"][1]["name"] is None
    assert document["features"][1]["problems"][0]["code"] == "PL001"


def values(key: str, within: Any) -> list[str]:
    """Every value of a key anywhere within."""
    if isinstance(within, list):
        return [value for item in within for value in values(key, item)]
    if not isinstance(within, dict):
        return []
    own = within.get(key, [])
    return [*(own if isinstance(own, list) else [own]), *(v for item in within.values() for v in values(key, item))]


def test_messages_refer_to_what_was_told_before_and_no_id_is_told_twice(run: ScenarioRun) -> None:
    messages = [json.loads(line) for line in render("messages", run).decode().splitlines()]
    assert "meta" in messages[0]
    ids: set[str] = set()
    for message in messages:
        told = values("id", message)
        assert len(told) == len(set(told))
        assert not ids & set(told)
        ids |= set(told)
        for name in (
            "astNodeIds",
            "astNodeId",
            "pickleId",
            "pickleStepId",
            "testCaseId",
            "testCaseStartedId",
            "testStepId",
        ):
            assert set(values(name, message)) <= ids, name


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_calls_a_run_good_that_was_not_read_as_a_whole(name: str, tmp_path: Path) -> None:
    (tmp_path / "unreadable.feature").write_text("xin chào\n", encoding="utf-8")
    checked = check_features([str(tmp_path)], read())
    written = render(name, ScenarioRun("ben-tre-2017", tuple(checked), 0)).decode()
    assert re.search(r'PL001|"success":false|"status": "failed"', written)


def test_english_is_asked_for_and_given(run: ScenarioRun) -> None:
    english = ScenarioRun(run.directive, run.checked, run.began, "en")
    for name in ("text", "cucumber", "junit", "messages"):
        written = render(name, english).decode()
        assert "The nearest steps" in written
        assert "Các bước gần nhất" not in written
