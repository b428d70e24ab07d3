"""Every way to a verdict works where nothing forks (Windows), and gives the verdicts that it gives here."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.appraisal import ROOT
from tests.command_line import BREACHED, COMPLIANT, EXAMPLES, thamdinh

pytestmark = pytest.mark.process

LINES = (
    "lint {examples}/breached --format json",
    "lint {breached} --write-baseline {out}.baseline.json",
    "lint {breached} --output-file html={out}.html docx={out}.docx",
    "audit {examples}/breached --format csv --jobs 2",
    "audit {breached} {compliant} --store {out}.duckdb --cross-check 2 --jobs 1",
    "fix {examples}/breached/bao-cao-gop.yaml --dry-run",
    "why {breached} TD502",
    "rules test huyen-minh-hoa-2017",
    "features check --tag TD602",
    "convert {examples}/compliant {out}.parquet",
    "new {out}.xlsx --kind commune",
)
_CHANGING = re.compile(r"\d\d:\d\d(?::\d\d)?|/tmp/\S*|[\d.,]+ (?:giây|s)\b")


@pytest.mark.parametrize("line", LINES)
def test_what_is_said_here_is_said_there(tmp_path: Path, line: str) -> None:
    said = []
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        words = line.format(
            examples=EXAMPLES, breached=BREACHED, compliant=COMPLIANT, out=tmp_path / name / "out",
        ).split()  # fmt: skip
        if name == "here":
            done = thamdinh(*words, env={"THAMDINH_AUDIT_KEY_FILE": str(tmp_path / "key")})
        else:
            done = subprocess.run(
                [sys.executable, "-m", "tests.elsewhere", *words],
                cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=120,
                env={**os.environ, "TMPDIR": str(tmp_path)},  # where no other audit tidies up what nobody there can lock
            )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        assert "ngoài dự kiến" not in done.stderr, done.stderr
        said.append((done.returncode, _CHANGING.sub("", done.stdout.replace(str(tmp_path / name), ""))))
    assert said[0] == said[1], done.stderr
