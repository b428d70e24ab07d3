"""Every way to a verdict works where nothing forks (Windows), and gives the verdicts that it gives here."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.appraisal import ROOT
from tests.command_line import BREACHED, COMPLIANT, EXAMPLES, thamdinh
from tests.forks import STREAMS, Forks, forks

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


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    """What forks where nothing else does; no other audit tidies up in its folder what nobody there can lock."""
    with forks("tests.elsewhere", {"TMPDIR": str(tmp_path_factory.mktemp("there"))}) as process:
        yield process


@pytest.mark.parametrize("line", LINES)
def test_what_is_said_here_is_said_there(tmp_path: Path, line: str, there: Forks) -> None:
    said = []
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        words = line.format(
            examples=EXAMPLES, breached=BREACHED, compliant=COMPLIANT, out=tmp_path / name / "out",
        ).split()  # fmt: skip
        if name == "here":
            done = thamdinh(*words, env={"THAMDINH_AUDIT_KEY_FILE": str(tmp_path / "key")})
            status, out, error = done.returncode, done.stdout, done.stderr
        else:
            paths = {stream: tmp_path / stream for stream in STREAMS}
            paths["stdin"].touch()
            status = there.run(words, ROOT, {stream: str(path) for stream, path in paths.items()})
            out, error = (paths[stream].read_text(encoding="utf-8") for stream in STREAMS[1:])
        assert "Traceback" not in error, error
        assert "ngoài dự kiến" not in error, error
        said.append((status, _CHANGING.sub("", out.replace(str(tmp_path / name), ""))))
    assert said[0] == said[1], error
