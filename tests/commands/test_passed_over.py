"""What is no input is counted and named, by every command and in every output, and fails nobody's run."""

import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.command_line import EXAMPLES, thamdinh
from tests.engine.audit.auditing import PLAN

FORMATS = ("text", "json", "sarif", "junit", "github", "csv", "markdown", "html")
LEFT = {
    "UNREAD": ["anh.jpg", "ghi-chu.txt", "khong-duoi", "ke-hoach.pdf"],
    "MANY": ["sau/z.zip"],
    "RESULT": ["kq.json", "phieu.docx"],
    "HIDDEN": [".an.yaml", ".an/"],
    "TEMPORARY": ["~$mo.xlsx"],
    "LINK": ["lien-ket/"],
    "KNOWN_BREACHES": ["a.breaches.jsonl"],
}
"""What is left out of a folder, by why: all that a lint leaves out; an audit reads what may hold many plans."""
IN_ARCHIVE = [
    "sau/z.zip!.an/c.json",
    "sau/z.zip!.d.json",
    "sau/z.zip!__MACOSX/e.json",
    "sau/z.zip!g.pdf",
]
WORDS = (
    "Bỏ qua 4 tệp thuộc loại chương trình không đọc (.jpg, .pdf, .txt): anh.jpg, ghi-chu.txt, ke-hoach.pdf và 1 tệp nữa"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two plans, one in an archive, beside one of everything that is no input."""
    folder = tmp_path / "folder"
    for name in ("sau", ".an"):
        (folder / name).mkdir(parents=True)
    (folder / "a.json").write_bytes(PLAN)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.json").write_bytes(PLAN)
    (folder / "lien-ket").symlink_to(tmp_path / "elsewhere")
    names = (*LEFT["UNREAD"], ".an.yaml", ".an/c.json", "~$mo.xlsx", "a.breaches.jsonl")
    for name in names:
        (folder / name).write_bytes(PLAN)
    plan = EXAMPLES / "compliant" / "xa-phu-tuc.yaml"
    thamdinh("lint", plan, "-q", "--output-file", f"json={folder}/kq.json", f"docx={folder}/phieu.docx")
    with zipfile.ZipFile(folder / "sau/z.zip", "w") as archive:
        archive.writestr("b.json", PLAN)
        archive.writestr("empty/", b"")
        for name in IN_ARCHIVE:
            archive.writestr(name.partition("!")[2], PLAN)
    return folder


def told(output: str) -> dict[str, list[str]]:
    """The names in the notices of a JSON verdict, by the first word of what they say."""
    notices = [notice for notice in json.loads(output)["notices"] if notice["code"] == "NT004"]
    assert all(notice["count"] == len(notice["files"]) for notice in notices)
    return {notice["message"]["en"]: [name.removeprefix("./") for name in notice["files"]] for notice in notices}


@pytest.mark.long
def test_a_lint_names_everything_that_it_passes_over(folder: Path) -> None:
    done = thamdinh("lint", ".", "--format", "json", cwd=folder)
    assert done.returncode == 0, done.stdout
    assert sorted(map(sorted, told(done.stdout).values())) == sorted(map(sorted, LEFT.values()))
    assert [plan["file"] for plan in json.loads(done.stdout)["plans"]] == ["a.json"]


@pytest.mark.long
def test_an_audit_names_everything_that_it_passes_over_in_folders_and_archives(folder: Path) -> None:
    done = thamdinh("audit", ".", "--ignore", "TD8", "--format", "json", cwd=folder)
    assert done.returncode == 0, done.stdout
    left = sorted(name for names in told(done.stdout).values() for name in names)
    expected = [name for kind, names in LEFT.items() if kind != "MANY" for name in names]
    assert left == sorted([*expected, *IN_ARCHIVE])
    assert len(json.loads(done.stdout)["plans"]) == 2
    address = thamdinh("audit", f"file://{folder}/sau", "--ignore", "TD8", "--format", "json")
    assert sum(map(len, told(address.stdout).values())) == len(IN_ARCHIVE)


@pytest.mark.long
def test_every_output_tells_and_the_line_that_sums_up_counts(folder: Path, tmp_path: Path) -> None:
    for form in FORMATS:
        output = thamdinh("lint", ".", "--format", form, cwd=folder).stdout
        assert "NT004" in output, form
        assert "ke-hoach.pdf" in output.replace("\\", ""), form
    done = thamdinh("lint", ".", cwd=folder)
    assert WORDS in done.stdout
    assert done.stdout.endswith(", bỏ qua 12 tệp\n")
    assert thamdinh("lint", ".", "-q", cwd=folder).stdout.endswith(", bỏ qua 12 tệp\n")
    assert thamdinh("lint", ".", "-q", "--lang", "en", cwd=folder).stdout.endswith(", 12 files passed over\n")
    outputs = [tmp_path / f"x{suffix}" for suffix in (".json", ".csv", ".html", ".txt")]
    audit = thamdinh("audit", ".", "--ignore", "TD8", "-q", *(f"-o{path}" for path in outputs), cwd=folder)
    assert audit.returncode == 0
    assert audit.stdout.startswith("2 kế hoạch: 2 đạt")
    notices = json.loads(outputs[0].read_text(encoding="utf-8"))["totals"]["notices"]
    counted = ", ".join(f"{code}: {count}" for code, count in notices.items())
    said = f"bỏ qua 15 tệp; {sum(notices.values())} lưu ý ({counted}): bỏ -q để xem, hoặc thêm -o TỆP.json\n"
    assert audit.stderr == said
    for path in outputs:
        assert "Bỏ qua" in path.read_text("utf-8-sig"), path


@pytest.mark.long
def test_commands_that_write_tell_on_standard_error(folder: Path) -> None:
    (folder / "sau" / "z.zip").unlink()
    for command in (["convert", ".", "../kq.jsonl"], ["fix", ".", "--dry-run"]):
        done = thamdinh(*command, cwd=folder)
        assert done.returncode == 0, done.stderr
        assert WORDS in done.stderr.replace("./", "")


@pytest.mark.long
def test_waivers_check_tells_and_its_status_stays(folder: Path) -> None:
    (folder / "waivers.yaml").write_text("schema: 1\nwaivers: []\n")
    done = thamdinh("waivers", "check", ".", "--waivers", "waivers.yaml", cwd=folder)
    assert (done.returncode, WORDS in done.stdout) == (0, True), done.stdout + done.stderr


@pytest.mark.long
def test_a_file_that_was_named_is_refused_and_not_passed_over(folder: Path) -> None:
    for command in ("audit", "lint"):
        done = thamdinh(command, "ke-hoach.pdf", cwd=folder)
        assert done.returncode == 2
        assert "PL006" in done.stdout
        assert "NT004" not in done.stdout


@pytest.mark.long
def test_what_is_older_than_the_day_asked_for_is_counted_as_such(folder: Path) -> None:
    shutil.rmtree(folder / "sau")
    for file in folder.rglob("*"):
        os.utime(file, (0, 0), follow_symlinks=False)
    os.utime(folder / "ke-hoach.pdf")
    done = thamdinh("audit", ".", "--since", "01/01/2020", "--format", "json", "--lang", "en", cwd=folder)
    counts = {words.split(":")[0]: len(names) for words, names in told(done.stdout).items()}
    assert counts["Passed over 1 file of a kind that is not read (.pdf)"] == 1
    assert counts["Passed over 10 files changed before the day of --since"] == 10


@pytest.mark.long
def test_the_names_of_very_many_files_are_cut_short_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(PLAN)
    for number in range(1005):
        (tmp_path / f"{number}.pdf").touch()
    done = thamdinh("lint", ".", "--format", "json", cwd=tmp_path)
    [notice] = json.loads(done.stdout)["notices"]
    assert (notice["count"], len(notice["files"])) == (1005, 1000)


def test_names_of_files_forge_nothing_on_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(PLAN)
    (tmp_path / "x\x1b[2J\n1 kế hoạch: 1 đạt.pdf").touch()
    done = thamdinh("lint", ".", cwd=tmp_path)
    assert "\x1b" not in done.stdout
    assert "\n1 kế hoạch: 1 đạt.pdf" not in done.stdout


@pytest.mark.parametrize("command", ["lint", "audit"])
def test_what_the_settings_exclude_is_told_and_read_where_it_is_named(command: str, tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    shutil.copytree(EXAMPLES / "compliant", plans / "drafts")
    shutil.copy(EXAMPLES / "compliant" / "xa-phu-tuc.yaml", plans)
    (tmp_path / "thamdinh.toml").write_text('exclude = ["plans/drafts"]\n', encoding="utf-8")
    said = thamdinh(command, "plans", cwd=tmp_path).stdout
    assert "1 kế hoạch: 1 đạt" in said
    assert "8 tệp mà cấu hình bỏ qua (exclude)" in said
    named = thamdinh(command, "plans/drafts/xa-phu-tuc.yaml", "-q", cwd=tmp_path)
    assert named.stdout.startswith("1 kế hoạch: 1 đạt")


def test_a_quiet_run_counts_the_notices_that_it_does_not_show(tmp_path: Path) -> None:
    (tmp_path / "xa").mkdir()
    (tmp_path / "xa" / "a.json").write_bytes(PLAN)
    (tmp_path / "xa" / "thamdinh.toml").write_text("", encoding="utf-8")
    assert thamdinh("lint", "xa", "-q", cwd=tmp_path).stdout.endswith(", 1 lưu ý (bỏ -q để xem)\n")
    assert thamdinh("audit", "xa", "-q", cwd=tmp_path).stderr.startswith("1 lưu ý (NT001: 1): bỏ -q để xem")
