"""`thamdinh audit` as its users meet it: real processes, real files."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.appraisal import ROOT
from tests.command_line import PROGRAM, thamdinh
from tests.engine.audit.auditing import BREACHED, PLAN, lines

EXAMPLES = ROOT / "examples"
ALONE = ("--ignore", "TD507,TD8,KP8")
"""Leaves out the rules across plans, which have much to say of plans that are alike."""


def audited(*arguments: object, apart: bool = False) -> Any:
    return json.loads(thamdinh("audit", "--format", "json", *arguments, apart=apart).stdout)


def started(*arguments: object, **options: Any) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [PROGRAM, "audit", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        **options,
    )


def workers_of(process: int) -> list[int]:
    """The processes below another one that have none below them: those that check plans, and before them what starts them."""
    return [leaf for child in children_of(process) for leaf in workers_of(child) or [child]]


def children_of(process: int) -> list[int]:
    lists = [tasks.read_text() for tasks in Path(f"/proc/{process}/task").glob("*/children")]
    return [int(child) for child in " ".join(lists).split()]


@pytest.mark.long
def test_an_audit_says_of_every_plan_what_the_lint_says() -> None:
    plans = audited(EXAMPLES, *ALONE, apart=True)["plans"]
    linted = json.loads(thamdinh("lint", EXAMPLES, "--format", "json").stdout)["plans"]
    assert {plan["file"]: plan for plan in plans} == {plan["file"]: plan for plan in linted}


@pytest.mark.long
@pytest.mark.parametrize("engine", ["auto", "compiled", "durable"])
def test_every_engine_gives_the_same_totals(engine: str) -> None:
    totals = audited(EXAMPLES / "breached", "--engine", engine)["totals"]
    assert totals["plans"] == 9
    assert totals["by_status"] == {"compliant": 0, "non_compliant": 9, "invalid": 0}


@pytest.mark.process
def test_a_cluster_and_a_cross_check_change_nothing_of_what_is_found(tmp_path: Path) -> None:
    alone = audited(EXAMPLES)
    spread = audited(EXAMPLES, "--cluster", "local:2", "--parts", tmp_path / "parts", "--cross-check", "5", apart=True)
    assert spread["plans"] == alone["plans"]
    assert spread["totals"] == alone["totals"] | {"cross_checked": 5}
    assert not list((tmp_path / "parts").iterdir())


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([EXAMPLES / "compliant"], 0),
        ([EXAMPLES / "breached"], 1),
        ([EXAMPLES / "breached", "--fail-on", "never"], 0),
        (["run", EXAMPLES / "breached"], 1),
        (["--lang", "en", EXAMPLES / "compliant", "--select", "TD1"], 0),
        ([EXAMPLES / "invalid", "--fail-on", "never"], 2),
        (["no-such-folder"], 2),
        ([], 2),
        ([EXAMPLES, "--select", "XY"], 2),
        ([EXAMPLES, "--directive", "nowhere"], 2),
        ([EXAMPLES, "--output-file", "a.xyz"], 2),
        ([EXAMPLES / "compliant", "--output-file", "no/such/folder.json"], 2),
        ([EXAMPLES, "--since", "hôm qua"], 2),
        ([EXAMPLES, "--jobs", "0"], 2),
        ([EXAMPLES, "--cluster", "local"], 2),
        ([EXAMPLES, "--cluster", "local:1", "--scheduler", "tcp://127.0.0.1:9"], 2),
        ([EXAMPLES, "--parts", "parts"], 2),
    ],
    ids=str,
)
def test_the_exit_status_is_that_of_the_contract(arguments: list[object], status: int) -> None:
    done = thamdinh("audit", *arguments)
    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.process
def test_an_audit_whose_ruleset_is_kept_loads_nothing_that_reads_packs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    program = (
        "import sys; from thamdinh.cli import run; run(sys.argv[1:]); "
        "print(*(name for name in sys.modules if name == 'thamdinh.engine.directive.written'), file=sys.stderr)"
    )
    command = [sys.executable, "-c", program, "audit", lines(tmp_path / "plans.jsonl", [PLAN]), "--quiet"]
    loaded = [subprocess.run(command, capture_output=True, text=True, check=True).stderr.split() for _ in range(2)]
    assert loaded == [["thamdinh.engine.directive.written"], []]


def test_an_audit_that_a_day_leaves_nothing_to_says_so() -> None:
    done = thamdinh("audit", EXAMPLES / "compliant", "--since", "01/01/2100")
    assert (done.returncode, done.stdout.splitlines()[0].split(":")[0]) == (0, "0 kế hoạch")
    assert done.stderr == "Không có tệp nào nộp hoặc sửa từ ngày 01/01/2100 trở đi (--since)\n"


def test_a_bad_line_is_listed_with_its_place_and_the_rest_is_audited(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", [PLAN, b'{"schema": 1\n', BREACHED])
    done = thamdinh("audit", file)
    assert done.returncode == 2
    assert done.stdout.splitlines()[0].startswith("3 kế hoạch: 1 đạt, 1 chưa đạt, 1 không thẩm định được; 1 lỗi")
    assert f"{file}:2:" in done.stdout
    assert (
        "3 plans: 1 compliant, 1 non-compliant, 1 not appraised; 1 error,"
        in thamdinh("audit", file, "--lang", "en").stdout
    )


def test_outputs_hold_every_plan_in_the_order_of_the_inputs(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", [BREACHED, b"{\n", PLAN])
    names = [tmp_path / name for name in ("out.json", "out.jsonl", "out.csv", "out.txt")]
    outputs = [part for name in names for part in ("-o", name)]
    said = thamdinh("audit", file, *outputs, "-q", *ALONE).stdout
    assert said.startswith("3 kế hoạch: 1 đạt, 1 chưa đạt, 1 không thẩm định được; ")
    assert said.count("\n") == 1
    places = [f"{file}:{line}" for line in (1, 2, 3)]
    assert [plan["file"] for plan in json.loads(names[0].read_text())["plans"]] == places
    *plans, last = map(json.loads, names[1].read_text().splitlines())
    assert [plan["file"] for plan in plans] == places
    assert last == {"settings": json.loads(names[0].read_text())["settings"], "notices": []}
    rows = list(csv.DictReader(names[2].read_text(encoding="utf-8-sig").splitlines()))
    went_by = [row["Nội dung"] for row in rows if row["Loại"] == "căn cứ"]
    assert any("không kiểm tra" in words for words in went_by)
    assert [(row["Tệp"], row["Mã"]) for row in rows[: -len(went_by)]] == [
        (places[0], "TD602"),
        (places[1], "PL001"),
        (places[2], ""),
    ]
    assert names[3].read_text().startswith("3 kế hoạch")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", *sorted(name.name for name in names)]


def test_no_cell_of_the_csv_is_a_formula(tmp_path: Path) -> None:
    plan = BREACHED.replace("Đảng bộ xã A".encode(), b"=cmd|' /C calc'!A0")
    file = lines(tmp_path / "a.jsonl", [plan])
    rows = list(csv.DictReader(thamdinh("audit", file, "--format", "csv").stdout.removeprefix("\ufeff").splitlines()))
    assert rows[0]["Tổ chức đảng"].startswith("'=")


def test_people_are_called_by_their_ids_where_asked(tmp_path: Path) -> None:
    lay = EXAMPLES / "breached" / "lay-phieu.yaml"
    shown, redacted = (thamdinh("audit", lay, "--format", "json", *more).stdout for more in ([], ["--redact", "names"]))
    name = next(p["name"] for p in _people(lay) if p["name"] in shown)
    assert name not in redacted


def _people(file: Path) -> list[dict[str, Any]]:
    import yaml

    people: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))["participants"]
    return people


@pytest.mark.process
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to find the workers")
def test_a_worker_killed_in_the_middle_costs_one_plan_and_none_is_counted_twice(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", [PLAN, BREACHED] * 600)
    # A worker that dies between two plans costs none, so it is killed anew until one dies in the middle of a plan.
    for _ in range(6):
        codes = _codes_after_a_kill(file)
        assert codes in ([], ["EN001"])
        if codes:
            return
    pytest.fail("no worker died in the middle of a plan")


def _codes_after_a_kill(file: Path) -> list[str]:
    """The problems of an audit one of whose workers is killed; every plan is there once, whatever happens."""
    audit = started(file, "--format", "json", "--jobs", "2", "--engine", "durable")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and audit.poll() is None:
        time.sleep(0.05)
        # What workers are forked from may take as long to start, and is not to be killed.
        forked = [pid for child in children_of(audit.pid) for pid in workers_of(child)]
        busy = [pid for pid in forked if _seconds(pid) > 0.4]
        if busy:
            os.kill(busy[-1], signal.SIGKILL)
            break
    report = json.loads(audit.communicate(timeout=60)[0])
    assert [plan["file"] for plan in report["plans"]] == [f"{file}:{line}" for line in range(1, 1201)]
    invalid = [plan for plan in report["plans"] if plan["status"] == "invalid"]
    assert audit.returncode == (2 if invalid else 1)
    breached = sum(plan["status"] == "non_compliant" for plan in report["plans"])
    assert breached in (600 - len(invalid), 600)
    return [problem["code"] for plan in invalid for problem in plan["problems"]]


def _seconds(process: int) -> float:
    """The processor time that a process has used."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / float(os.sysconf("SC_CLK_TCK"))


@pytest.mark.process
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to find the workers")
@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_audit_that_is_asked_to_end_does_at_once_and_leaves_nothing_behind(
    tmp_path: Path, asked: signal.Signals
) -> None:
    file = lines(tmp_path / "a.jsonl", [PLAN] * 20_000)
    audit = started(file, "--engine", "durable")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not any(_seconds(pid) > 0.4 for pid in workers_of(audit.pid)):
        time.sleep(0.05)
    workers = workers_of(audit.pid)
    audit.send_signal(asked)
    out, err = audit.communicate(timeout=20)
    assert (audit.returncode, out) == (128 + asked, "")
    assert err.strip().splitlines()[-1] == "Đã dừng theo yêu cầu"
    time.sleep(0.5)
    assert not [pid for pid in workers if _command(pid) and _seconds(pid) > 0.4]


@pytest.mark.process
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to find what starts")
@pytest.mark.parametrize(("arguments", "starts"), [((), b"forkserver"), (("--cluster", "local:2"), b"spawn_main")])
def test_an_audit_that_is_interrupted_while_it_starts_says_no_more_than_that(
    tmp_path: Path, arguments: tuple[str, ...], starts: bytes
) -> None:
    file = lines(tmp_path / "a.jsonl", [PLAN] * 20_000)
    audit = started(file, *arguments, start_new_session=True)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not any(_imports(pid, starts) for pid in workers_of(audit.pid)):
        time.sleep(0.005)
    begun = workers_of(audit.pid)
    os.killpg(audit.pid, signal.SIGINT)  # as Ctrl-C does: to every process
    out, err = audit.communicate(timeout=20)
    assert (audit.returncode, out, err.strip()) == (130, "", "Đã dừng theo yêu cầu")
    assert not any(_imports(pid, starts) for pid in begun)


def _imports(process: int, what: bytes) -> bool:
    """Whether this is a process of that kind that has begun to import what workers need."""
    return what in _command(process) and _seconds(process) > 0.1


def _command(process: int) -> bytes:
    """The command line of a process; one that has ended has none, even while nobody has asked how it ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""
