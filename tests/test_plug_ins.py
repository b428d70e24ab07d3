"""Plug-ins: what an office has installed reads and writes more formats, and no broken one costs any other file a verdict."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.command_line import BREACHED, COMPLIANT, thamdinh
from tests.wheels import EXAMPLE, wheel_of
from thamdinh.engine.base import plug_ins

GOOD: Final = 'import thamdinh\nFORMAT = thamdinh.Format((".txt",))\ndef render(report, options): return b"ours"\n'
DOCUMENT: Final = """
import datetime, thamdinh
class Read:
    notices = ()
    def __init__(self, file): self.file, self.data = file, {data}
    def place(self, path, *, key=False): return thamdinh.Place({place})
    def label(self, path): return None
    def excerpt(self, place): return None
def read(file, content): return Read(file)
"""

Installed = Callable[..., None]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the example, installed from its wheel."""
    folder = tmp_path_factory.mktemp("example")
    shutil.unpack_archive(wheel_of(EXAMPLE, folder / "wheel"), folder / "site", "zip")
    return folder / "site"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installed]:
    """Installs distributions for this process: a folder, or a module's source with the entry points that lead to it."""

    def install(source: str | Path, readers: str = "", reporters: str = "", name: str = "co_quan") -> None:
        folder = source
        if isinstance(source, str):
            folder = tmp_path / "site" / name
            about = folder / f"{name}-2.0.dist-info"
            about.mkdir(parents=True)
            (folder / f"{name}.py").write_text(source, encoding="utf-8")
            (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 2.0\n")
            groups = {plug_ins.READERS: readers, plug_ins.REPORTERS: reporters}
            points = [f"[{group}]\n{entry} = {name}\n" for group, entry in groups.items() if entry]
            (about / "entry_points.txt").write_text("\n".join(points))
        monkeypatch.syspath_prepend(str(folder))
        forget()

    def forget() -> None:
        for module in ("co_quan", "khac", "thamdinh_example"):
            sys.modules.pop(module, None)
        for known in (plug_ins.plug_in_names, plug_ins._entries):
            known.cache_clear()

    yield install
    monkeypatch.undo()
    forget()


def toml(value: Any) -> str:
    """A value of a plan in TOML."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{json.dumps(key)} = {toml(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A breached plan in TOML."""
    data = yaml.safe_load(BREACHED.read_text(encoding="utf-8"))
    path = tmp_path / "plans" / "ke-hoach.toml"
    path.parent.mkdir()
    path.write_text("".join(f"{key} = {toml(value)}\n" for key, value in data.items()), encoding="utf-8")
    return path


@pytest.mark.long
def test_a_plan_that_a_plug_in_reads_is_judged_as_the_same_plan_in_yaml_and_outputs_say_who_read_it(
    installed: Installed, example: Path, plan: Path
) -> None:
    assert thamdinh("lint", plan).returncode == 2
    installed(example)
    [ours], [theirs] = (
        json.loads(thamdinh("lint", path, "--format", "json").stdout)["plans"] for path in (BREACHED, plan)
    )
    assert [(item["rule"], item["evidence"]) for item in theirs["findings"]] == [
        (item["rule"], item["evidence"]) for item in ours["findings"]
    ]
    lines = plan.read_text(encoding="utf-8").split("\n")
    shown = {lines[item["location"]["line"] - 1].partition(" ")[0] for item in theirs["findings"]}
    assert shown == {"committees", "confidence_votes"}
    told = thamdinh("lint", plan)
    assert told.returncode == 1
    assert "NT010" in told.stdout
    assert "thamdinh-example 1.0" in told.stdout


@pytest.mark.long
def test_lints_and_audits_of_folders_read_what_plug_ins_read(installed: Installed, example: Path, plan: Path) -> None:
    assert "NT004" in thamdinh("lint", plan.parent).stdout
    installed(example)
    for command in (("lint",), ("audit", "--jobs", "1")):
        done = thamdinh(*command, plan.parent, "--format", "json")
        document = json.loads(done.stdout)
        assert [verdict["status"] for verdict in document["plans"]] == ["non_compliant"], done.stderr
        assert [notice["code"] for notice in document["notices"]] == ["NT010"]


@pytest.mark.long
def test_a_syntax_error_that_a_plug_in_tells_is_told_as_it_says(
    installed: Installed, example: Path, plan: Path
) -> None:
    installed(example)
    plan.write_text("a = ", encoding="utf-8")
    done = thamdinh("lint", plan, COMPLIANT)
    assert done.returncode == 2
    assert "PL001" in done.stdout
    assert "TOML sai cú pháp" in done.stdout
    assert "1 đạt" in done.stdout


@pytest.mark.long
def test_reports_are_written_in_the_format_of_a_plug_in(installed: Installed, example: Path, tmp_path: Path) -> None:
    installed(example)
    assert thamdinh("lint", BREACHED, "--format", "one-line").stdout.startswith(f"{BREACHED}: TD501, ")
    file = tmp_path / "a.txt"
    assert thamdinh("lint", COMPLIANT, "--output-file", f"one-line={file}").returncode == 0
    assert file.read_text(encoding="utf-8") == f"{COMPLIANT}: compliant\n"
    (tmp_path / "thamdinh.toml").write_text('format = "one-line"\n')
    assert thamdinh("lint", COMPLIANT, cwd=tmp_path).stdout == f"{COMPLIANT}: compliant\n"
    assert "one-line" in thamdinh("lint", "--help").stdout
    assert "“one-line”" in thamdinh("lint", COMPLIANT, "--output-file", f"one-lin={file}").stderr


BROKEN_READERS: Final = {
    "not there": None,
    "fails as it is loaded": "raise OSError('hỏng')",
    "ends the program as it is loaded": "import sys; sys.exit(0)",
    "does not read": "def write(): pass",
    "fails as it reads": "def read(file, content): raise KeyError(1)",
    "ends the program as it reads": "def read(file, content): raise SystemExit(0)",
    "gives nothing": "def read(file, content): return None",
    "gives days": DOCUMENT.format(data="{'schema': datetime.date(2017, 1, 1)}", place="self.file"),
    "gives no number": DOCUMENT.format(data="{'schema': float('nan')}", place="self.file"),
    "gives numbers beyond all bounds": DOCUMENT.format(data="{'schema': 10**30}", place="self.file"),
    "gives keys that are no text": DOCUMENT.format(data="{1: 1}", place="self.file"),
    "gives two keys that are one": DOCUMENT.format(data="{'a\\u0302': 1, 'â': 1}", place="self.file"),
    "gives what holds itself": DOCUMENT.format(data="(lambda a: a.append(a) or a)([])", place="self.file"),
    "gives notices that are none": DOCUMENT.format(data="{'schema': 1}", place="self.file").replace("()", "('',)", 1),
    "gives other files as places": DOCUMENT.format(data="{'schema': 1}", place="'khac.yaml'"),
}


@pytest.mark.long
@pytest.mark.parametrize("source", BROKEN_READERS.values(), ids=BROKEN_READERS)
def test_a_broken_reader_is_named_and_the_other_inputs_are_judged(
    source: str | None, installed: Installed, plan: Path
) -> None:
    installed(source or "", ".toml" if source is not None else ".toml = khong_co\n.khac")
    done = thamdinh("lint", plan, COMPLIANT, "--lang", "en")
    assert done.returncode == 2, done
    assert "PL006" in done.stdout
    assert "The plug-in “.toml” of the package co_quan 2.0 does not work (" in done.stdout
    assert "2 plans: 1 compliant" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert "Phần mở rộng “.toml” của gói co_quan 2.0 không dùng được (" in thamdinh("lint", plan).stdout


def test_a_text_that_no_document_holds_is_told_at_its_place(installed: Installed, plan: Path) -> None:
    installed(DOCUMENT.format(data="{'schema': '\\x01'}", place="self.file, 7, 3"), ".toml")
    assert "ke-hoach.toml:7:3: PL001" in thamdinh("lint", plan).stdout


BROKEN_REPORTERS: Final = {
    "fails as it is loaded": "1 / 0",
    "has no format": "def render(report, options): return b''",
    "has another format": GOOD + "FORMAT = 'txt'",
    "does not render": GOOD.partition("def")[0],
    "fails as it renders": GOOD + "def render(report, options): raise KeyError(1)",
    "ends the program as it renders": GOOD + "def render(report, options): raise SystemExit(0)",
    "renders text": GOOD + "def render(report, options): return 'ours'",
}


@pytest.mark.long
@pytest.mark.parametrize("source", BROKEN_REPORTERS.values(), ids=BROKEN_REPORTERS)
def test_a_broken_reporter_is_named_and_no_run_with_it_succeeds(
    source: str, installed: Installed, tmp_path: Path
) -> None:
    installed(source, reporters="ours")
    done = thamdinh("lint", COMPLIANT, "--format", "ours", "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert "The plug-in “ours” of the package co_quan 2.0 does not work (" in done.stderr
    beside = tmp_path / "a.json"
    done = thamdinh("lint", COMPLIANT, "--output-file", f"ours={tmp_path / 'a.txt'}", f"json={beside}")
    assert done.returncode == 2
    assert "Phần mở rộng “ours” của gói co_quan 2.0 không dùng được (" in done.stderr
    assert not (tmp_path / "a.txt").exists()
    assert "Traceback" not in done.stderr


@pytest.mark.long
def test_no_plug_in_takes_the_place_of_what_the_program_has_itself(installed: Installed, tmp_path: Path) -> None:
    before = thamdinh("lint", COMPLIANT, "--format", "json").stdout
    installed(GOOD + "def read(file, content): return None", ".yaml", "json")
    assert thamdinh("lint", COMPLIANT, "--format", "json").stdout == before
    installed("1 / 0", ".xls", "text", name="khac")
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf")
    assert "khac" not in thamdinh("lint", tmp_path / "a.xls").stdout


def test_two_plug_ins_of_one_name_are_told_and_neither_is_used(installed: Installed, plan: Path) -> None:
    installed(GOOD, ".toml", "ours")
    installed(GOOD, ".toml", "ours", name="khac")
    for done in (thamdinh("lint", plan), thamdinh("lint", COMPLIANT, "--format", "ours")):
        assert done.returncode == 2
        assert "co_quan 2.0, khac 2.0" in done.stdout + done.stderr


@pytest.mark.long
def test_a_plan_that_is_sealed_as_a_result_is_no_result_where_a_plug_in_reads_it(
    installed: Installed, example: Path, plan: Path
) -> None:
    from thamdinh.engine.base.seal import sealed_text

    installed(example)
    plan.write_bytes(sealed_text(plan.read_text(encoding="utf-8")))
    assert thamdinh("lint", plan.parent).returncode == 1


@pytest.mark.process
def test_a_plan_in_yaml_is_checked_without_a_look_for_plug_ins() -> None:
    code = (
        "import sys; from thamdinh.cli import run; "
        f"run(['lint', {str(COMPLIANT)!r}, '--output-file', 'json=/dev/null']); print('importlib.metadata' in sys.modules)"
    )
    for _ in range(2):  # pydantic looks for plug-ins of its own as it compiles, and what it compiled is kept
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
