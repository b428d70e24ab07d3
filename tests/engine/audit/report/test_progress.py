"""An audit shows how it gets on: a bar with rate, time left and counts on a terminal, plain lines elsewhere."""

import os
import re
import select
import subprocess
import time
from pathlib import Path

import pytest

from tests.command_line import PROGRAM
from tests.engine.audit.auditing import BREACHED, PLAN, lines
from thamdinh.engine.audit.report import progress
from thamdinh.engine.audit.report.progress import Progress
from thamdinh.engine.audit.totals import Totals
from thamdinh.engine.evaluation.verdict import Verdict


def test_plain_lines_come_now_and_then(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    totals = Totals()
    totals.add(Verdict("a", "A"))
    with Progress("vi", {}, bar=False) as shown:
        shown.watch(totals)
        assert capsys.readouterr().err == ""
        monkeypatch.setattr(progress, "_BETWEEN_LINES", 0.0)
        time.sleep(0.01)
        shown.watch(totals)
    said = capsys.readouterr().err
    assert "kế hoạch/giây; 1 kế hoạch: 1 đạt, 0 chưa đạt" in said
    assert "\x1b" not in said


@pytest.mark.process
@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_a_bar_is_shown_on_a_terminal_however_narrow_and_leaves_nothing_behind(tmp_path: Path, columns: str) -> None:
    pty = pytest.importorskip("pty")
    file = lines(tmp_path / "plans.jsonl", [PLAN, BREACHED] * 300)
    reader, terminal = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": columns}
    audit = subprocess.Popen(
        [PROGRAM, "audit", str(file), "--engine", "durable", "--jobs", "1"],
        stdout=subprocess.PIPE, stderr=terminal, env=environment, encoding="utf-8",
    )  # fmt: skip
    os.close(terminal)
    shown = b""
    while audit.poll() is None or select.select([reader], [], [], 0)[0]:
        if select.select([reader], [], [], 0.1)[0]:
            try:
                shown += os.read(reader, 65_536)
            except OSError:
                break
    assert audit.stdout is not None
    assert audit.stdout.read().startswith("600 kế hoạch: ")
    assert re.search(r"━.*\d:\d\d:\d\d.*\d kế hoạch/giây.*\n.*\d kế hoạch: ", shown.decode())
    assert shown.rstrip().endswith(b"\x1b[2K") or b"\x1b[?25h" in shown
    os.close(reader)
