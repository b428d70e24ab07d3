"""The command line, as its users meet it: words, statuses and real files; processes where only they show it."""

import json
import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from tests.appraisal import ROOT
from tests.command_line import BREACHED, COMPLIANT, DYING, EXAMPLES, INVALID, PROGRAM, thamdinh
from thamdinh import cli
from thamdinh.engine.base import libraries
from thamdinh.engine.directive.packs import ruleset


def verdict(*arguments: object, **options: Any) -> Any:
    return json.loads(thamdinh("lint", "--format", "json", *arguments, **options).stdout)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([COMPLIANT], 0),
        ([BREACHED], 1),
        ([INVALID], 2),
        ([COMPLIANT, BREACHED, INVALID], 2),
        ([BREACHED, "--fail-on", "never"], 0),
        ([BREACHED, "--ignore", "TD5"], 0),
        ([BREACHED, "--select", "TD503"], 0),
        ([BREACHED, "--select", "TD503", "--fail-on", "warning"], 1),
        ([EXAMPLES / "breached" / "thieu-bao-cao.yaml", "--select", "TD7"], 0),
        ([EXAMPLES / "breached" / "thieu-bao-cao.yaml", "--select", "TD7", "--fail-on", "advice"], 1),
        ([INVALID, "--fail-on", "never"], 2),
        (["no-such-file.yaml"], 2),
        ([], 2),
        ([COMPLIANT, "--format", "xml"], 2),
        ([COMPLIANT, "--select", "XY1"], 2),
        ([COMPLIANT, "--select", "TD507"], 2),
        ([COMPLIANT, "--ignore", "TD"], 2),
        ([COMPLIANT, "--directive", "nowhere"], 2),
    ],
    ids=str,
)
def test_the_exit_status_is_that_of_the_contract(arguments: list[object], status: int) -> None:
    done = thamdinh("lint", *arguments)
    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.long
def test_every_example_says_what_it_is_and_is_it() -> None:
    expected = {}
    for folder, mark in (("breached", "vi phạm"), ("invalid", "lỗi")):
        for path in sorted((EXAMPLES / folder).glob("*.yaml")):
            content = path.read_bytes()
            head = content.decode("utf-16" if content.startswith(b"\xff\xfe") else "utf-8").splitlines()[0]
            expected[path.name] = set(head.removeprefix(f"# {mark}: ").split())
    found = {}
    for plan in verdict(EXAMPLES / "breached", EXAMPLES / "invalid")["plans"]:
        rules = {finding["rule"] for finding in plan["findings"]}
        found[Path(plan["file"]).name] = rules | {problem["code"] for problem in plan["problems"]}
    assert found == expected
    raised = set().union(*found.values())
    assert set(ruleset().rules) <= raised
    assert {f"PL00{number}" for number in range(1, 7)} <= raised


@pytest.mark.long
def test_there_is_a_compliant_example_of_every_kind_without_even_advice() -> None:
    plans = verdict(EXAMPLES / "compliant")["plans"]
    assert [plan["status"] for plan in plans] == ["compliant"] * 8
    assert not any(plan["findings"] for plan in plans)
    kinds = [yaml.safe_load(path.read_text())["organization"]["kind"] for path in (EXAMPLES / "compliant").iterdir()]
    assert len(set(kinds)) == 8


@pytest.mark.long
def test_the_examples_of_minutes_are_what_their_folders_say_in_every_format() -> None:
    folder = EXAMPLES / "minutes"
    found = {Path(plan["file"]): plan["status"] for plan in verdict(folder)["plans"]}
    said = {"compliant": "compliant", "breached": "non_compliant"}
    assert found == {path: said[path.parent.name] for path in folder.glob("*/*")}
    assert {path.suffix for path in found} == {".yaml", ".json", ".xlsx", ".docx"}


@pytest.mark.long
def test_nothing_is_found_in_or_between_the_compliant_examples_audited_together() -> None:
    folders = (EXAMPLES / "compliant", EXAMPLES / "minutes" / "compliant")
    audited = json.loads(thamdinh("audit", *folders, "--format", "json").stdout)["plans"]
    assert len(audited) == sum(len([*folder.iterdir()]) for folder in folders)
    assert {plan["status"] for plan in audited} == {"compliant"}
    assert not any(plan["findings"] for plan in audited)
    open_between = {
        (item["rule"], Path(plan["file"]).parent) for plan in audited for item in plan.get("not_decidable", ())
    }
    assert open_between <= {("TD507", EXAMPLES / "compliant")}, "minutes are held against the plan of their conference"


def test_the_json_verdict_has_the_shape_of_the_contract() -> None:
    report = verdict(BREACHED)
    assert (report["schema"], report["directive"]) == (1, "ben-tre-2017")
    (plan,) = report["plans"]
    assert (plan["file"], plan["organization"]) == (str(BREACHED), "Đảng bộ thị trấn Thạnh Phú")
    finding = next(item for item in plan["findings"] if item["rule"] == "TD501")
    lines = BREACHED.read_text(encoding="utf-8").splitlines()
    person = finding["evidence"]["person"]
    assert finding["clause"] == "D10"
    assert finding["severity"] == "error"
    assert finding["subject"] == {"entity": "seat", "id": f"{person}@dang-uy"}
    assert finding["evidence"] == {"person": person, "committee": "dang-uy"}
    assert finding["waived"] is None
    assert finding["message"].keys() == finding["fix"].keys() == {"vi", "en"}
    place = finding["location"]
    assert lines[place["line"] - 1][place["column"] - 1 :].startswith(f"{{person: {person},")


@pytest.mark.long
def test_a_force_lists_what_does_not_apply_and_by_which_clause() -> None:
    (plan,) = verdict(EXAMPLES / "compliant" / "cong-an-huyen-ba-tri.yaml")["plans"]
    assert {"rule": "TD101", "by": "D15"} in plan["not_applicable"]
    assert {item["rule"] for item in plan["not_applicable"]}.isdisjoint({"TD601", "TD602"})


@pytest.mark.long
def test_what_was_checked_and_held_is_listed_with_its_evidence_when_asked_for() -> None:
    (plan,) = verdict(COMPLIANT, "--show-passed")["plans"]
    duration = next(item for item in plan["passed"] if item["rule"] == "TD101")
    assert duration["evidence"] == {"kind": "commune", "duration_days": 1.0}
    assert "passed" not in verdict(COMPLIANT)["plans"][0]
    assert "TD101 đạt" in thamdinh("lint", COMPLIANT, "--show-passed").stdout


def test_text_shows_place_code_message_line_marker_fix_and_a_summary() -> None:
    done = thamdinh("lint", EXAMPLES / "breached" / "xa-vien-dan-nganh.yaml")
    head, bar, line, marker, fix, blank, summary = done.stdout.splitlines()
    assert head.startswith(f"{EXAMPLES / 'breached' / 'xa-vien-dan-nganh.yaml'}:12:3: TD602 lỗi [D15] ")
    assert bar.strip() == "|"
    assert line == "12 |   directed_by: Đảng ủy Quân sự tỉnh Bến Tre"
    assert marker == "   |   ^^^^^^^^^^^"
    assert fix.startswith("  = cách sửa: ")
    assert blank == ""
    assert summary == "1 kế hoạch: 0 đạt, 1 chưa đạt; 1 lỗi, 0 cảnh báo, 0 khuyến nghị"


def test_quiet_prints_the_summary_alone() -> None:
    assert len(thamdinh("lint", "-q", BREACHED).stdout.splitlines()) == 1


@pytest.mark.long
def test_english_is_english_throughout() -> None:
    done = thamdinh("lint", BREACHED, "--lang", "en")
    assert "fix:" in done.stdout
    assert "1 plan: 0 compliant, 1 non-compliant" in done.stdout
    assert "cách sửa" not in done.stdout
    assert "Usage:" in thamdinh("--help", "--lang", "en").stdout
    assert thamdinh("lint", BREACHED, env={"THAMDINH_LANG": "en"}).stdout == done.stdout


@pytest.mark.parametrize("command", [[], *[[name] for name in cli.COMMANDS]], ids=str)
def test_help_is_in_the_language_asked_for(command: list[str]) -> None:
    vietnamese, english = thamdinh(*command, "--help").stdout, thamdinh("--lang", "en", *command, "--help").stdout
    assert "Cách dùng:" in vietnamese
    assert "Hiện hướng dẫn" in vietnamese
    assert "Usage:" in english
    assert unicodedata.is_normalized("NFC", vietnamese)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["lnt"], "Có phải ý là “lint”?"),
        (["lint"], "Thiếu đối số"),
        (["lint", "x", "--formt", "json"], "Có phải ý là"),
        (["lint", "x", "--fail-on", "all"], "không thuộc các giá trị"),
        (["explain", "TD1O1"], "Có phải ý là “TD101”?"),
        (["lint", str(COMPLIANT), "--directive", "ben-tre-2018"], "Có phải ý là “ben-tre-2017”?"),
    ],
    ids=str,
)
def test_a_slip_on_the_command_line_is_explained(arguments: list[str], words: str) -> None:
    done = thamdinh(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stdout == ""


def test_no_colour_where_nobody_can_see_it() -> None:
    assert "\x1b[" not in thamdinh("lint", BREACHED).stdout


@pytest.mark.process
@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colour_on_a_terminal_unless_it_is_unwanted(environment: dict[str, str], coloured: bool) -> None:
    pty = pytest.importorskip("pty")
    reader, terminal = pty.openpty()
    settings = {**os.environ, "TERM": "xterm", **environment}
    if "NO_COLOR" not in environment:
        settings.pop("NO_COLOR", None)
    with subprocess.Popen(
        [PROGRAM, "lint", EXAMPLES / "breached" / "xa-vien-dan-nganh.yaml"], stdout=terminal, env=settings
    ):
        pass
    os.close(terminal)
    shown = os.read(reader, 100_000).decode()
    os.close(reader)
    assert "TD602" in shown
    assert ("\x1b[" in shown) is coloured


@pytest.mark.process
def test_a_closed_pipe_ends_quietly_with_the_verdict() -> None:
    lint = subprocess.Popen(
        [PROGRAM, "lint", EXAMPLES / "breached", "--show-passed"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert lint.stdout is not None
    assert lint.stderr is not None
    lint.stdout.close()
    assert lint.stderr.read() == b""
    assert lint.wait() == 1


@pytest.mark.long
def test_standard_input_is_read_as_yaml_or_json() -> None:
    plan = verdict("-", input=COMPLIANT.read_text(encoding="utf-8"))["plans"][0]
    assert plan["status"] == "compliant"
    data = yaml.load(COMPLIANT.read_text(encoding="utf-8"), yaml.BaseLoader)
    data["schema"] = 1
    data["outcomes"][0]["targets"] = 3
    for person in data["participants"]:
        person["eligible"] = person.get("eligible", "true") == "true"
    assert verdict("-", input=json.dumps(data))["plans"][0]["status"] == "compliant"


def test_one_bad_input_does_not_keep_the_others_from_being_checked(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "b.yaml").write_text("")
    (tmp_path / "c.yaml").write_bytes(COMPLIANT.read_bytes())
    (tmp_path / "d.json").write_text('{"schema": 1,')
    plans = verdict(tmp_path)["plans"]
    assert [plan["status"] for plan in plans] == ["invalid", "invalid", "compliant", "invalid"]
    assert all(problem["fix"]["vi"] for plan in plans for problem in plan["problems"])


@pytest.mark.parametrize("kind", ["commune", "provincial_sector_cell", "police"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_new_plan_complies_once_it_is_filled_in(tmp_path: Path, kind: str, language: str) -> None:
    made = tmp_path / "plan.yaml"
    assert thamdinh("new", made, "--kind", kind, "--lang", language).returncode == 0
    assert thamdinh("lint", made).returncode == 2
    text = made.read_text(encoding="utf-8")
    for unfilled, filled in (
        ("<năm-tháng-ngày>", "2017-12-28"),
        ("<year-month-day>", "2017-12-28"),
        ("<số chỉ tiêu>", "9"),
        ("<number of targets>", "9"),
    ):
        text = text.replace(unfilled, filled)
    made.write_text(text.replace("<", "").replace(">", ""), encoding="utf-8")
    done = thamdinh("lint", made, "--fail-on", "advice")
    assert done.returncode == 0, done.stdout


def test_a_new_plan_never_overwrites(tmp_path: Path) -> None:
    made = tmp_path / "plan.yaml"
    made.write_text("mine")
    assert thamdinh("new", made, "--kind", "ward").returncode == 2
    assert made.read_text() == "mine"
    assert thamdinh("new", tmp_path / "plan.odt", "--kind", "ward").returncode == 2
    assert thamdinh("new", tmp_path / "no" / "plan.yaml", "--kind", "ward").returncode == 2


@pytest.mark.long
def test_every_code_is_explained() -> None:
    rules = [line.split()[0] for line in thamdinh("rules").stdout.splitlines()[1:]]
    for code in [*rules, "D5", "D15", "A1", "PL001", "PL006", "EN001"]:
        assert cli.run(["explain", code]) == 0
    page = thamdinh("explain", "td501").stdout
    for words in ("Điều khoản D10", "đoạn 6, câu 1", "Vi phạm, ví dụ", "Đúng, ví dụ", "Cách sửa"):
        assert words in page


@pytest.mark.long
def test_settings_come_from_the_nearest_file_above_the_current_directory_and_options_go_before_them(
    tmp_path: Path,
) -> None:
    inner = tmp_path / "province" / "district"
    inner.mkdir(parents=True)
    plan = inner / "plan.yaml"
    plan.write_bytes(BREACHED.read_bytes())
    (tmp_path / "thamdinh.toml").write_text('fail-on = "never"\nlang = "en"\nselect = ["TD503"]\n')
    done = thamdinh("lint", plan, cwd=inner)
    assert done.returncode == 0
    assert "TD503 warning" in done.stdout
    assert "TD501 error" not in done.stdout
    assert thamdinh("lint", plan, "--select", "TD501", "--fail-on", "error", cwd=inner).returncode == 1
    (inner / "thamdinh.toml").write_text('quiet = true\nignore = ["TD5"]\n')
    for options in ({"cwd": inner}, {}):
        given = () if options else ("--config", inner / "thamdinh.toml")
        done = thamdinh("lint", plan, *given, **options)
        assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)
    assert thamdinh("lint", plan).returncode == 1


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        ('falon = "x"\n', "thamdinh.toml:1:1", "Không có tùy chọn “falon”"),
        ('\n  lang = "fr"\n', "thamdinh.toml:2:3", 'Viết một trong: "vi" (tiếng Việt), "en" (tiếng Anh)'),
        ("lang = vi\n", "thamdinh.toml:1:8", "TOML"),
        ('select = "TD1"\n', "thamdinh.toml:1:1", "danh sách"),
        ("quiet = 1\n", "thamdinh.toml:1:1", "true hoặc false"),
    ],
)
def test_a_mistake_in_the_settings_has_its_place(tmp_path: Path, content: str, place: str, words: str) -> None:
    (tmp_path / "thamdinh.toml").write_text(content)
    plan = tmp_path / "plan.yaml"
    plan.write_bytes(COMPLIANT.read_bytes())
    done = thamdinh("lint", plan, cwd=tmp_path)
    assert done.returncode == 2
    assert place in done.stdout + done.stderr
    assert words in done.stdout + done.stderr


@pytest.mark.process
def test_a_death_in_the_engine_is_no_verdict(tmp_path: Path) -> None:
    fatal = tmp_path / "a.yaml"
    text = COMPLIANT.read_text(encoding="utf-8")
    fatal.write_text(text.replace("id: dang-uy", "id: chết").replace("committee: dang-uy", "committee: chết"))
    (tmp_path / "b.yaml").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", DYING, "lint", "--format", "json", str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    died, fine = json.loads(done.stdout)["plans"]
    assert (done.returncode, died["status"], fine["status"]) == (2, "invalid", "compliant")
    assert [problem["code"] for problem in died["problems"]] == ["EN001"]


def test_the_version_is_that_of_the_package() -> None:
    from thamdinh import __version__

    assert thamdinh("--version").stdout.strip() == f"thamdinh {__version__}"


def test_on_a_newer_python_compiled_rules_judge_alone_and_the_output_says_so(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(libraries, "sys", SimpleNamespace(version_info=(3, 13, 0), modules=sys.modules))
    assert cli.run(["lint", "--quiet", str(COMPLIANT)]) == 0
    assert "một bộ máy" in capfdbinary.readouterr().out.decode()


def test_an_unforeseen_failure_is_an_apology_not_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("boom")

    monkeypatch.setattr(cli.cli, "main", fail)
    monkeypatch.delenv("THAMDINH_DEBUG", raising=False)
    assert cli.run(["lint", "x"]) == 2
    error = capsys.readouterr().err
    assert "KeyError" in error
    assert "Traceback" not in error


def test_schemas_are_printed_for_editors() -> None:
    for what in ("plan", "rules", "waivers", "tests"):
        assert json.loads(thamdinh("schema", what).stdout)["$schema"].startswith("https://json-schema.org/")


@pytest.mark.process
@pytest.mark.parametrize(("redirection", "said"), [(">&-", "đã đóng"), (">/dev/full", "hết chỗ trống")])
def test_an_output_that_takes_nothing_is_told_and_is_no_finding(redirection: str, said: str) -> None:
    command = f"'{PROGRAM}' lint '{BREACHED}' --format json {redirection}"
    ended = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.long
def test_a_baseline_never_replaces_a_plan(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_bytes(BREACHED.read_bytes())
    assert thamdinh("lint", plan, "--write-baseline", plan).returncode == 2
    assert plan.read_bytes() == BREACHED.read_bytes()
    known = tmp_path / ".baseline.json"
    for _ in range(2):  # a baseline is written over
        assert thamdinh("lint", plan, "--write-baseline", known).returncode == 0
    english = thamdinh("lint", plan, "--baseline", known, "--lang", "en").stdout
    assert "in the baseline of" in english
    assert "mốc" not in english


@pytest.mark.long
def test_scenarios_are_not_written_over_and_a_tag_that_none_has_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.feature"
    own.write_bytes((ROOT / "features" / "thao_luan.feature").read_bytes())
    before = own.read_bytes()
    assert thamdinh("features", "check", own, "--format", "json", "--output", own).returncode == 2
    assert own.read_bytes() == before
    refused = thamdinh("features", "check", own, "--tag", "TD402")
    assert refused.returncode == 2
    assert "@TD401" in refused.stderr


def test_no_file_is_called_by_a_dash(tmp_path: Path) -> None:
    for arguments in (["generate", "-"], ["lint", COMPLIANT, "--output-file", "csv=-"], ["new", "-", "--kind", "ward"]):
        assert thamdinh(*arguments, cwd=tmp_path).returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_no_output_of_a_redacted_lint_names_anybody(tmp_path: Path) -> None:
    breached, valid = (path.read_text(encoding="utf-8") for path in (BREACHED, COMPLIANT))
    people = [person["name"] for text in (breached, valid) for person in yaml.safe_load(text)["participants"]]
    (tmp_path / "breached.yaml").write_text(breached, encoding="utf-8")
    invalid = valid.replace("standing: ", f"standing: {people[-1]} ", 1)
    (tmp_path / "invalid.yaml").write_text(invalid, encoding="utf-8")
    outputs = [f"{form}={tmp_path}/{form}" for form in ("json", "sarif", "junit", "github", "csv", "markdown", "html")]
    arguments = ["lint", tmp_path, "--show-passed", "--output-file", *outputs]
    shown = thamdinh(*arguments).stdout
    assert people[-1] in shown
    redacted = thamdinh(*arguments, "--redact", "names").stdout
    for text in (redacted, *((tmp_path / output.partition("=")[0]).read_text(encoding="utf-8") for output in outputs)):
        assert not [name for name in people if name in text]
    assert redacted.count("TD501") == shown.count("TD501") > 0


@pytest.mark.process
@pytest.mark.parametrize("arguments", [["lint", "."], ["audit", "."], ["watch", "."], ["fix", "x.yaml"]], ids=" ".join)
def test_a_current_directory_that_is_gone_is_told(tmp_path: Path, arguments: list[str]) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f'rmdir "$PWD" && exec "{PROGRAM}" {" ".join(arguments)}'
    done = subprocess.run(command, cwd=gone, capture_output=True, encoding="utf-8", check=False, shell=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.startswith("Thư mục hiện tại không còn nữa")
    assert "\n" not in done.stderr.rstrip("\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lint", "x.yaml", "--write-baseline", "-"], "“-” không phải tên tệp để ghi"),
        (["lint", "x.xlsx", "--annotate", "-"], "“-” không phải tên tệp để ghi"),
        (["audit", "export", "1", "-"], "“-” không phải tên tệp để ghi"),
        (["lint", "x.yaml", "--write-baseline", "s3://kho/moc.json"], "không ghi ra địa chỉ"),
        (["generate", "x", "--breach-rate", "nan"], "“nan” không phải là số"),
        (["generate", "x", "--across-rate", "-NaN"], "“-NaN” không phải là số"),
        (["generate", "x", "--breach-rate", "inf"], "inf nằm ngoài khoảng"),
    ],
)
def test_what_can_not_be_meant_is_refused_and_nothing_is_written(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    done = thamdinh(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


FORGING = "ke\x1b[2J\n1 kế hoạch: 1 đạt"


@pytest.mark.long
@pytest.mark.parametrize(
    "arguments",
    [
        ["new", f"{FORGING}.yaml", "--kind", "commune"],
        ["template", f"{FORGING}.docx"],
        ["generate", FORGING, "--plans", "1"],
        ["convert", EXAMPLES / "compliant" / "xa-phu-tuc.yaml", f"{FORGING}.jsonl"],
        ["rules", "doc", "--output", FORGING],
        ["fix", f"{FORGING}.x.yaml", "--yes"],
        ["fix", f"{FORGING}.x.yaml", "--dry-run"],
        ["lint", f"{FORGING}.x.xlsx", "--annotate", f"{FORGING}.y.xlsx", "-q"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_names_forge_no_line_where_something_was_done(tmp_path: Path, arguments: list[object]) -> None:
    shutil.copy(EXAMPLES / "breached" / "bao-cao-gop.yaml", tmp_path / f"{FORGING}.x.yaml")
    thamdinh("new", f"{tmp_path}/{FORGING}.x.xlsx", "--kind", "commune")
    before = {path.name for path in tmp_path.iterdir()}
    done = thamdinh(*arguments, cwd=tmp_path)
    assert done.returncode in (0, 1, 2)
    for output in (done.stdout, done.stderr):
        assert "\x1b" not in output
        assert not [line for line in output.splitlines() if line.startswith("1 kế hoạch: 1 đạt.")]
    assert arguments[0] == "fix" or {path.name for path in tmp_path.iterdir()} > before


@pytest.mark.process
def test_names_that_are_not_utf8_can_be_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [PROGRAM, "new", b"ke-ho\xe1ch.yaml", "--kind", "commune"], cwd=tmp_path, capture_output=True, check=False
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert "ke-ho\ufffdch.yaml" in done.stdout.decode()


def test_the_name_of_a_new_plan_stays_within_its_comment(tmp_path: Path) -> None:
    name = "ke\nschema: 7 #.yaml"
    assert thamdinh("new", name, "--kind", "commune", cwd=tmp_path).returncode == 0
    assert yaml.safe_load((tmp_path / name).read_text("utf-8"))["schema"] == 1
