"""What an audit refuses, and how: no plan is written over, nothing hangs, and every refusal says what is wrong."""

import socket
from pathlib import Path

import pytest

from tests.appraisal import ROOT
from tests.command_line import thamdinh
from tests.engine.audit.auditing import BREACHED, PLAN, lines
from thamdinh.engine.audit.workers import cluster

EXAMPLES = ROOT / "examples"


@pytest.mark.parametrize("spelt", ["{0}/g.jsonl", "{0}/../{1}/g.jsonl", "{0}/link.jsonl", "{0}/other.jsonl"])
def test_no_output_takes_the_place_of_a_plan(tmp_path: Path, spelt: str) -> None:
    file = lines(tmp_path / "g.jsonl", [PLAN])
    lines(tmp_path / "other.jsonl", [PLAN])
    (tmp_path / "link.jsonl").symlink_to(file)
    done = thamdinh("audit", file, "-o", spelt.format(tmp_path, tmp_path.name))
    assert done.returncode == 2
    assert "PL006" in done.stderr
    assert file.read_bytes() == (tmp_path / "other.jsonl").read_bytes() == PLAN


@pytest.mark.long
def test_results_are_no_plans_of_the_next_audit_and_may_be_written_anew(tmp_path: Path) -> None:
    lines(tmp_path / "g.jsonl", [PLAN])
    store = tmp_path / "s.duckdb"
    outputs = [part for name in ("only.json", "o.jsonl", "o.xlsx", "o.html") for part in ("-o", tmp_path / name)]
    for _ in range(2):
        done = thamdinh("audit", tmp_path, *outputs, "--store", store)
        assert done.stdout.startswith("1 kế hoạch: 1 đạt"), done.stdout + done.stderr
        for name in ("x.xlsx", "x.json", "x.html"):
            assert (
                thamdinh("audit", "export", "1", tmp_path / name, "--store", store, "--what", "plans").returncode == 0
            )
    lines(tmp_path / "plan.json", [PLAN])
    assert thamdinh("audit", "export", "1", tmp_path / "plan.json", "--store", store).returncode == 2
    assert (tmp_path / "plan.json").read_bytes() == PLAN
    (tmp_path / "link.csv").symlink_to(store)
    done = thamdinh("audit", "export", "1", tmp_path / "link.csv", "--store", store)
    assert (done.returncode, "trùng với tệp đang đọc (văn bản hoặc kho rà soát)" in done.stderr) == (2, True)


@pytest.mark.long
@pytest.mark.parametrize("address", ["foo", "tcp://127.0.0.1:1"])
def test_a_scheduler_that_is_none_is_refused_at_once(address: str) -> None:
    done = thamdinh("audit", EXAMPLES / "compliant", "--scheduler", address)
    assert done.returncode == 2
    assert "EN001" in done.stderr


@pytest.mark.long
def test_a_listener_that_is_no_scheduler_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_ANSWER", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = thamdinh("audit", EXAMPLES / "compliant", "--scheduler", f"tcp://127.0.0.1:{server.getsockname()[1]}")
    assert done.returncode == 2
    assert "EN001" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_without_plans_is_a_problem_and_gives_no_conversion(tmp_path: Path) -> None:
    (tmp_path / "e.jsonl").write_bytes(b"")
    done = thamdinh("audit", tmp_path / "e.jsonl")
    assert (done.returncode, "PL006" in done.stdout) == (2, True)
    done = thamdinh("convert", tmp_path / "e.jsonl", tmp_path / "new.parquet")
    assert done.returncode == 2
    assert "không ghi" in done.stdout
    assert not (tmp_path / "new.parquet").exists()


def test_the_summary_says_how_many_more_problems_a_plan_has(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", [PLAN.replace(b'"name"', b'"nom"', 1).replace(b'"term"', b'"tern"', 1)])
    assert "vấn đề nữa" in thamdinh("audit", file).stdout


def test_seats_not_decidable_are_counted_by_reason_and_named(tmp_path: Path) -> None:
    from tests.engine.audit.test_across import sitting_on

    file = lines(tmp_path / "a.jsonl", [sitting_on("Đảng ủy Khối")])
    shown = thamdinh("audit", file).stdout
    assert "1 trường hợp chưa đủ căn cứ kết luận, theo lý do:" in shown
    assert "        1  Lần rà soát này không có kế hoạch nhiệm kỳ 2015-2020 nào của Đảng ủy Khối" in shown
    assert f"({file}:1)" in shown
    rows = thamdinh("audit", file, "--format", "csv").stdout.splitlines()
    assert [row for row in rows if '"chưa đủ căn cứ kết luận","TD507","D11"' in row and "Đảng ủy Khối" in row]


@pytest.mark.long
def test_refusals_name_what_is_wrong(tmp_path: Path) -> None:
    file, store = lines(tmp_path / "a.jsonl", [BREACHED]), tmp_path / "s.duckdb"
    done = thamdinh("audit", file, "--store", tmp_path / "no" / "s")
    assert (done.returncode, "Không có thư mục" in done.stderr, ".new-" in done.stderr) == (2, True, False)
    thamdinh("audit", file, "--store", store)
    done = thamdinh("audit", "purge", "--before", "2999-01-01", "--store", store)
    assert (done.returncode, "1 lần rà soát" in done.stderr) == (2, True)
