"""The archive that installs thamdinh without a network: made, unpacked and installed where there is none."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.appraisal import ROOT
from tests.command_line import BREACHED, COMPLIANT
from tests.copies import repository
from tests.programs import missing
from tests.wheels import wheel_of
from thamdinh.version import __version__

pytestmark = [pytest.mark.process, pytest.mark.long]


def run(*line: object, cwd: Path = ROOT) -> str:
    environment = {**os.environ, "PIP_NO_COMPILE": "0"}  # whose 0 says that nothing is compiled before it is run
    done = subprocess.run(
        [*map(str, line)], capture_output=True, encoding="utf-8", check=False, cwd=cwd, env=environment
    )
    assert done.returncode == 0, (line, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout


def test_the_archive_installs_and_judges_where_there_is_no_network(tmp_path: Path) -> None:
    if shutil.which("unshare") is None:
        missing("unshare is not there: it makes a place without a network")
    wheel = wheel_of(repository(tmp_path / "source"), tmp_path / "ours")
    assert wheel.name == f"thamdinh-{__version__}-py3-none-any.whl"
    archive = Path(run(sys.executable, ROOT / "tools" / "bundle.py", wheel, tmp_path).splitlines()[-1])
    with tarfile.open(archive) as file:
        file.extractall(tmp_path, filter="data")
    unpacked = tmp_path / archive.name.removesuffix(".tar.gz")
    assert list(unpacked.glob("wheels/durable_rules-*.whl")), "durable-rules is built"

    alone = ("unshare", "-rn", "--")
    python = Path(sys.executable).resolve()
    assert run(*alone, "cat", "/proc/net/route").count("\n") <= 1, "there is a network"
    installed = tmp_path / "installed"
    said = run(*alone, python, "-I", unpacked / "install.py", installed, "verify", cwd=tmp_path)
    assert str(installed / "bin" / "thamdinh") in said

    program = (*alone, installed / "bin" / "thamdinh")
    assert run(*program, "--version", cwd=tmp_path).strip() == f"thamdinh {__version__}"
    both = run(*program, "lint", COMPLIANT, cwd=tmp_path)
    assert "1 đạt" in both
    assert "một bộ máy" not in both, "durable-rules works"
    run(*program, "new", "a.xlsx", "--kind", "commune", cwd=tmp_path)
    page = "html=trang.html"
    assert "0 đạt" in run(*program, "lint", BREACHED, "--fail-on", "never", "--output-file", page, cwd=tmp_path)
    assert "1 đạt" in run(*program, "audit", COMPLIANT, "--store", "kho.duckdb", cwd=tmp_path)
    assert "phiếu" in run(*program, "why", BREACHED, "TD501", "--counterfactual", cwd=tmp_path)


def test_the_installer_leaves_a_folder_of_others_alone(tmp_path: Path) -> None:
    (tmp_path / "bundle").mkdir()
    shutil.copy(ROOT / "tools" / "install.py", tmp_path / "bundle")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    (tmp_path / "bundle" / "PYTHON").write_text(version)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").write_text("a")
    done = subprocess.run(
        [sys.executable, tmp_path / "bundle" / "install.py", tmp_path / "mine"],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, sorted(path.name for path in (tmp_path / "mine").iterdir())) == (1, ["a.txt"])
    assert "chọn thư mục khác" in done.stderr
