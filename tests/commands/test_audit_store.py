"""The store as users of `thamdinh audit` meet it: real processes, one store, several runs."""

import csv
import io
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet
import pytest

from tests.appraisal import ROOT
from tests.command_line import INVALID, thamdinh
from tests.plans import PLAN, changed

pytestmark = pytest.mark.long

EXAMPLES = ROOT / "examples"
NAME = "Lê Văn Sáu"
CARD = "83.010"


def test_the_first_run_says_nothing_of_an_earlier_one(tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    for name in ("a.yaml", "b.yaml"):
        (plans / name).write_bytes(PLAN if isinstance(PLAN, bytes) else PLAN.encode())
    first = thamdinh("audit", plans, "--store", tmp_path / "s.duckdb", "-q", "--jobs", 1).stdout
    assert "không đổi từ lần trước" not in first
    again = thamdinh("audit", plans, "--store", tmp_path / "s.duckdb", "-q", "--jobs", 1).stdout
    assert "2 không đổi từ lần trước" in again


class Store:
    """A store and the plans that are audited into it, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plans = folder / "plans"
        self.plans.mkdir()
        self.file = folder / "audits.duckdb"
        self.environment = {"XDG_CONFIG_HOME": str(folder / "config"), "THAMDINH_STORE": str(self.file)}

    def audit(self, *arguments: object) -> "subprocess.CompletedProcess[str]":
        return thamdinh("audit", *arguments, env=self.environment, cwd=self.folder)

    def run(self, *arguments: object) -> Any:
        """Audit the plans; gives the totals."""
        return json.loads(self.audit("plans", "--format", "json", *arguments).stdout)["totals"]

    def json(self, *arguments: object) -> Any:
        done = self.audit(*arguments, "--format", "json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def filled(folder: Path) -> Store:
    store = Store(folder)
    for name in ("lay-phieu.yaml", "thanh-phan.yaml"):
        (store.plans / name).write_bytes((EXAMPLES / "breached" / name).read_bytes())
    (store.plans / "sai.yaml").write_bytes((EXAMPLES / "invalid" / "sai-tham-chieu.yaml").read_bytes())
    return store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store into which nothing is audited yet, and plans."""
    return filled(tmp_path)


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with one run, only to be read."""
    store = filled(tmp_path_factory.mktemp("audited"))
    store.run("-o", "now.html", "-o", "now.xlsx", "-o", "now.json")
    return store


def said(store: Store) -> list[Any]:
    """The plans as the audit itself told them."""
    plans: list[Any] = json.loads((store.folder / "now.json").read_bytes())["plans"]
    return plans


def test_unchanged_plans_are_not_checked_again_and_changed_ones_are(store: Store) -> None:
    assert store.run()["recalled"] == 0
    again = store.run()
    assert (again["plans"], again["recalled"]) == (3, 3)
    (store.plans / "lay-phieu.yaml").write_bytes((EXAMPLES / "compliant" / "xa-phu-tuc.yaml").read_bytes())
    assert store.run()["recalled"] == 2
    assert store.run("--ignore", "TD5")["recalled"] == 0
    assert [run["plans"] for run in store.json("history")] == [3, 3, 3, 3]


def test_two_runs_are_compared(store: Store) -> None:
    store.run()
    (store.plans / "lay-phieu.yaml").unlink()
    plan = (store.plans / "thanh-phan.yaml").read_text(encoding="utf-8")
    (store.plans / "thanh-phan.yaml").write_text(plan.replace("format: group", "format: plenary", 1), encoding="utf-8")
    store.run()
    compared = store.json("diff", "1", "last")
    assert compared["counts"]["new"] == 1
    assert compared["counts"]["gone"] > 0
    assert [item["rule"] for item in compared["findings"] if item["change"] == "new"] == ["TD401"]
    shown = store.audit("diff", "1", "cuoi", "--by", "clause").stdout
    assert "1 mới" in shown
    assert "TD401 [D9]" in shown
    assert store.json("diff", 1, 1)["counts"] == {
        "new": 0, "fixed": 0, "persisting": sum(store.json("history")[0]["by_severity"].values()), "waived": 0, "gone": 0, "unknown": 0,
    }  # fmt: skip


def test_what_a_later_run_did_not_check_is_not_called_mended(store: Store) -> None:
    store.run()
    store.run("--ignore", "TD5")
    compared = store.json("diff", "1", "last")
    assert compared["counts"]["fixed"] == 0
    assert {item["rule"][:3] for item in compared["findings"] if item["change"] == "unknown"} == {"TD5"}
    assert compared["new"]["settings"]["switched_off"][0] == "TD501"
    for shown in (store.audit("diff", "1", "2").stdout, store.audit("history").stdout):
        assert "Lần 2. Căn cứ thẩm định: " in shown
        assert "Quy tắc không kiểm tra: TD501, " in shown
        assert "Lần 1. " not in shown


@pytest.mark.parametrize(
    ("by", "first"),
    [
        ("clause", ["D1", "D6", "D10", "D13", "A1"]),
        ("kind", ["xã", "phường", "thị trấn", "đảng bộ ngành tỉnh", "Công an"]),
        ("district", ["Huyện Ba Tri", "Huyện Thạnh Phú", "Thành phố Bến Tre"]),
    ],
)
def test_a_comparison_is_in_the_order_of_the_pack(store: Store, by: str, first: list[str]) -> None:
    store.audit(EXAMPLES / "breached", "-q")
    shown = store.audit("diff", "1", "1", "--by", by).stdout
    assert re.findall(rf"^({'|'.join(first)})  ", shown, re.MULTILINE) == first, shown


def test_a_run_is_shown_as_a_whole_and_plan_by_plan(audited: Store) -> None:
    whole = audited.json("show", "1")
    plans = said(audited)
    assert whole["by_status"] == {"compliant": 0, "non_compliant": 2, "invalid": 1}
    assert sum(whole["by_severity"].values()) == sum(len(plan["findings"]) for plan in plans)
    one = audited.json("show", "1", "--plan", "LAY-PHIEU")["plans"]
    assert one == [plan for plan in plans if plan["file"] == "plans/lay-phieu.yaml"]
    assert whole["not_decidable"] > 0
    shown = audited.audit("show", "1").stdout
    assert "Theo huyện" in shown
    assert f"\n{whole['not_decidable']} trường hợp chưa đủ căn cứ kết luận\n" in shown
    assert "TD501" in audited.audit("show", "1", "--plan", "lay-phieu").stdout


@pytest.mark.parametrize("what", ["findings", "plans", "problems", "undecided"])
def test_tables_are_exported_alike_in_every_format(audited: Store, what: str) -> None:
    rows = {}
    for form in ("csv", "json", "parquet"):
        file = audited.folder / f"{what}.{form}"
        done = audited.audit("export", "1", file, "--what", what)
        assert (done.returncode, done.stderr) == (0, "")
        if form == "csv":
            rows[form] = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))[1:]
        else:
            rows[form] = (
                json.loads(file.read_bytes()) if form == "json" else pyarrow.parquet.read_table(file).to_pylist()
            )
    key = {"undecided": "not_decidable"}.get(what, what)
    assert rows["csv"].pop()[1].startswith("Căn cứ thẩm định: ")  # the last of each says what the run went by
    assert rows["json"].pop().keys() == {"run", "settings"}
    count = 3 if what == "plans" else sum(len(plan.get(key, ())) for plan in said(audited))
    assert count > 0
    assert {form: len(found) for form, found in rows.items()} == dict.fromkeys(rows, count)
    for cells in rows["csv"]:
        for told in cells:
            assert not re.search(r'{"|\b(commune|error|compliant|False|True|sheet_number)\b', told), told
    assert all("sheet_number" not in row.get("location", ()) for row in rows["json"])
    for one, other in zip(rows["json"], rows["parquet"], strict=True):
        assert {name for name, value in one.items() if value != other[name]} <= {"location", "evidence", "waived"}


def test_a_table_for_people_is_in_the_words_of_their_language(audited: Store) -> None:
    file = audited.folder / "words.csv"
    for arguments, kind, severity, across in (
        ([], "thị trấn", "lỗi", "không"),
        (["--lang", "en"], "township", "error", "no"),
    ):
        assert audited.audit("export", "1", file, *arguments).returncode == 0
        first, *others = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
        found = dict(zip(first, others[0], strict=True))
        assert [kind, severity, across] == [value for value in found.values() if value in (kind, severity, across)]
        assert any(re.fullmatch(r"plans/[a-z-]+\.yaml:\d+:\d+", value) for value in found.values())
        file.unlink()


def test_the_page_and_the_workbook_are_exported_and_written_by_the_audit_itself(audited: Store) -> None:
    for name in ("later.html", "later.xlsx"):
        assert audited.audit("export", "last", name).returncode == 0
    for when in ("now", "later"):
        assert "TD501" in (audited.folder / f"{when}.html").read_text(encoding="utf-8")
        assert (audited.folder / f"{when}.xlsx").read_bytes()[:2] == b"PK"


def test_no_file_that_an_audit_leaves_holds_a_party_card_and_a_redacted_one_no_name(store: Store) -> None:
    breached = changed(
        ("parts: [year_end], replaces", "parts: [mid_term], replaces"), ("parts: [mid_term]}", "parts: [year_end]}")
    )
    (store.plans / "a.yaml").write_text(breached, encoding="utf-8")
    (store.plans / "b.yaml").write_text(changed(("ballots: [p01", f"ballots: [{NAME}, '{CARD}'")), encoding="utf-8")
    (store.plans / "c.yaml").write_text(PLAN.replace("p02", "p01"), encoding="utf-8")
    outputs = ["o.json", "o.jsonl", "o.csv", "o.html"]
    said = store.audit("plans", "--redact", "names", *(f"-o{name}" for name in outputs)).stdout
    exports = ["e.json", "e.csv", "e.html", "p.json"]
    for name in exports:
        assert (
            store.audit("export", "1", name, "--what", "problems" if name == "p.json" else "findings").returncode == 0
        )
    written = {name: (store.folder / name).read_text(encoding="utf-8") for name in (*outputs, *exports)}
    written |= {"stdout": said, "shown": store.audit("show", "1", "--plan", "yaml").stdout}
    written["store"] = store.file.read_bytes().decode("latin-1")
    for name, text in written.items():
        assert CARD not in text, name
        assert NAME not in text, name
        assert NAME.encode().decode("latin-1") not in text, name
    assert "p03" in written["o.json"]
    store.run("-o", "open.json")
    assert NAME in (store.folder / "open.json").read_text(encoding="utf-8")
    assert CARD not in (store.folder / "open.json").read_text(encoding="utf-8")


def test_the_store_and_its_key_are_the_owners_alone(store: Store) -> None:
    store.run()
    (key,) = (store.folder / "config" / "thamdinh").iterdir()
    for file in (key, store.file):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    key.chmod(0o644)
    done = store.audit("plans")
    assert done.returncode == 2
    assert "chmod 600" in done.stderr


def test_old_runs_are_purged_only_when_it_is_confirmed(store: Store) -> None:
    store.run()
    done = store.audit("purge", "--before", "31/12/2099")
    assert (done.returncode, len(store.json("history"))) == (2, 1)
    assert "--yes" in done.stderr
    for yes in ((), ("--yes",)):
        done = store.audit("purge", "--before", "2000-01-01", *yes)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == "Không có lần rà soát nào bắt đầu trước ngày 01/01/2000, nên không xóa gì\n"
    (store.folder / "audits.duckdb.schema-1.backup").touch()
    assert "bản sao audits.duckdb.schema-1.backup" in store.audit("purge", "--before", "2000-01-01").stderr
    done = store.audit("purge", "--before", "31/12/2099", "--yes")
    assert done.stdout.startswith("Đã xóa hẳn 1 lần rà soát và 3 kết luận; còn lại 0")
    assert store.json("history") == []
    assert store.run()["recalled"] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "7"], "Kho không có lần rà soát “7”"),
        (["diff", "1", "x"], "Kho không có lần rà soát “x”"),
        (["export", "1", "out.pdf"], "đuôi tệp phải là một trong"),
        (["export", "1", "no/such/folder/out.csv"], "Không ghi được tệp"),
        (["history", "--store", "nowhere.duckdb"], "Chưa có kho"),
        (["history", "--store", "plans/sai.yaml"], "không phải kho rà soát"),
        (["plans", "--store", "plans/sai.yaml"], "không phải kho rà soát"),
        (["purge", "--before", "hôm qua", "--yes"], "hôm qua"),
    ],
    ids=str,
)
def test_what_can_not_be_done_is_said_in_words(audited: Store, arguments: list[str], words: str) -> None:
    done = audited.audit(*arguments)
    assert done.returncode == 2
    assert words in done.stderr, done.stderr
    assert "Traceback" not in done.stderr


def test_resume_needs_a_store(store: Store) -> None:
    del store.environment["THAMDINH_STORE"]
    assert store.audit("plans", "--resume").returncode == 2


def test_a_resume_with_nothing_to_take_up_says_so_and_harms_nothing(store: Store) -> None:
    for run, words in ((1, "Không có lần rà soát nào"), (2, "Lần rà soát 1 đã xong")):
        done = store.audit("plans", "--resume", "-q", "--format", "json")
        assert done.returncode == 2, "one of the plans is invalid"
        assert words in done.stderr
        assert f"đây là lần {run}" in done.stderr.casefold()
    first, second = (json.loads(store.audit("show", run, "--format", "json").stdout) for run in "12")
    assert first["plans"] == second["plans"]
    assert json.loads(done.stdout)["totals"]["recalled"] == second["plans"]


WAITING: Final = 200
"""How many outcomes wait at most to be written at once, where an audit is to be killed between two times."""


def killed_in_the_middle(store: Store, plans: int) -> dict[str, Any]:
    """The run of an audit of many.jsonl that was killed when some of its plans were in the store, and not all."""
    program = f"from thamdinh import cli; from thamdinh.engine.audit.store import store; store.MOST_WAITING = {WAITING}; cli.main()"
    command = [sys.executable, "-c", program, "audit", "many.jsonl", "--jobs", "1", "--store", str(store.file)]
    log = store.file.with_name("audits.duckdb.wal")
    for _ in range(10):
        for file in (store.file, log):
            file.unlink(missing_ok=True)
        process = subprocess.Popen(
            command, cwd=store.folder, env={**os.environ, **store.environment}, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        while process.poll() is None and not (log.exists() and log.stat().st_size > 30_000):
            time.sleep(0.01)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        runs: list[dict[str, Any]] = store.json("history")
        if runs and runs[0]["finished"] is None and 0 < runs[0]["plans"] < plans:
            return runs[0]
    pytest.fail("the audit was never killed in the middle")


@pytest.mark.process
def test_a_killed_audit_is_taken_up_where_it_was(store: Store) -> None:
    plans = 5 * WAITING
    thamdinh("generate", "many.jsonl", "--plans", plans, "--participants", 10, "--breach-rate", 0.1, cwd=store.folder)
    interrupted = killed_in_the_middle(store, plans)
    done = store.audit("many.jsonl", "--jobs", "1", "--format", "json", "--resume")
    resumed = json.loads(done.stdout)
    assert interrupted["plans"] <= resumed["totals"]["recalled"] < plans
    (run,) = store.json("history")
    assert (run["run"], run["plans"], run["finished"] is not None) == (1, plans, True)
    fresh = json.loads(thamdinh("audit", "many.jsonl", "--format", "json", cwd=store.folder).stdout)
    assert resumed["plans"] == fresh["plans"]


def test_seats_not_decidable_and_shares_are_worded_alike_wherever_an_audit_is_shown(store: Store) -> None:
    import openpyxl

    (store.plans / "xa.yaml").write_bytes((EXAMPLES / "compliant" / "xa-phu-tuc.yaml").read_bytes())
    (store.plans / "thanh-phan.yaml").unlink()
    said = store.audit("plans", "-o", "o.html", "-o", "o.xlsx").stdout
    (count,) = re.findall(r"(\d+) trường hợp chưa đủ căn cứ kết luận, theo lý do:", said)
    shown = store.audit("show", "1").stdout
    page = (store.folder / "o.html").read_text(encoding="utf-8")
    assert f"{count} trường hợp chưa đủ căn cứ kết luận" in shown
    assert f"{count} trường hợp chưa đủ căn cứ kết luận" in page
    book = openpyxl.load_workbook(store.folder / "o.xlsx")
    assert ("Trường hợp chưa đủ căn cứ kết luận", int(count)) in list(book.worksheets[0].iter_rows(values_only=True))
    for text in (shown, page, store.audit("history").stdout):
        assert "50,0%" in text


def test_the_page_of_a_kept_audit_shows_the_runs_before_it(store: Store) -> None:
    store.run()
    store.run("-o", "second.html")
    page = (store.folder / "second.html").read_text(encoding="utf-8")
    assert page.count("<circle") == 2
    assert "Lần rà soát 2," in page


def test_problems_are_counted_in_the_order_of_their_codes(store: Store) -> None:
    for number, text in enumerate(("[", "schema: 1\n", "schema: 1\nschema: 1\n")):
        (store.plans / f"{number}.yaml").write_text(text, encoding="utf-8")
    (store.plans / "sai-mau.yaml").write_bytes(INVALID.read_bytes())
    (store.plans / "cu.xls").write_bytes(b"")
    store.run()
    problems = store.json("show", "1")["problems"]
    assert len(problems) > 3
    assert list(problems) == sorted(problems)
