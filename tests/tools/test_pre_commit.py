"""The hooks of .pre-commit-hooks.yaml, run by pre-commit in a repository of plans."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.appraisal import ROOT
from tests.command_line import BREACHED, COMPLIANT, thamdinh

pytestmark = pytest.mark.process

CONFIG = """repos:
  - repo: {repository}
    rev: ban-cua-toi
    hooks:
      - id: thamdinh
      - id: thamdinh-office
"""

Commit = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def commit(tmp_path_factory: pytest.TempPathFactory) -> Commit:
    """Commits files to a repository of plans that has the hooks; gives the status and what was said."""
    top = tmp_path_factory.mktemp("plans")
    libraries = os.pathsep.join(path for path in sys.path if path.endswith("site-packages"))
    given = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
        "PRE_COMMIT_HOME": str(top / "home"),
        # What the hook needs is installed here already: neither fetched nor built once more, nor compiled before it is run.
        "PYTHONPATH": libraries, "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_COMPILE": "0",
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
    }  # fmt: skip

    def run(*line: object, cwd: Path) -> tuple[int, str]:
        done = subprocess.run(
            [*map(str, line)], capture_output=True, encoding="utf-8", check=False, cwd=cwd, env=given, timeout=300
        )
        return done.returncode, done.stdout + done.stderr

    ours, plans = top / "thamdinh", top / "ke-hoach"
    plans.mkdir()
    assert run("git", "clone", "--quiet", "--shared", ROOT, ours, cwd=top)[0] == 0
    for name in (".pre-commit-hooks.yaml", "pyproject.toml"):  # as they are now, committed or not
        shutil.copy(ROOT / name, ours)
    run("git", "commit", "--all", "--quiet", "--message", "now", cwd=ours)
    assert run("git", "tag", "ban-cua-toi", cwd=ours)[0] == 0
    assert run("git", "init", "--quiet", cwd=plans)[0] == 0
    (plans / ".pre-commit-config.yaml").write_text(CONFIG.format(repository=ours), encoding="utf-8")
    status, said = run(sys.executable, "-m", "pre_commit", "install", "--install-hooks", cwd=plans)
    assert status == 0, said

    def commit(*files: str) -> tuple[int, str]:
        run("git", "reset", "--quiet", cwd=plans)
        assert run("git", "add", *files, cwd=plans)[0] == 0
        return run("git", "commit", "--message", "a", cwd=plans)

    commit.folder = plans  # type: ignore[attr-defined]
    return commit


def test_plans_in_text_and_forms_are_checked_and_nothing_else(commit: Commit) -> None:
    folder: Path = commit.folder  # type: ignore[attr-defined]
    shutil.copy(COMPLIANT, folder / "dat.yaml")
    (folder / "khac.yaml").write_text("services: {web: {}}\n", encoding="utf-8")
    book = Workbook()
    book.active["A1"] = "Danh sách"  # type: ignore[index]
    book.save(folder / "danh-sach.xlsx")
    status, said = commit("dat.yaml", "khac.yaml", "danh-sach.xlsx", ".pre-commit-config.yaml")
    assert status == 0, said
    assert "1 đạt" in said
    assert "khac.yaml" in said
    assert "danh-sach.xlsx" in said

    shutil.copy(BREACHED, folder / "chua-dat.yaml")
    status, said = commit("chua-dat.yaml")
    assert (status, "TD501" in said) == (1, True), said

    thamdinh("new", folder / "chua-dien.docx", "--kind", "commune")
    (folder / "chua-dien.docx").rename(folder / "CHUA-DIEN.DOCX")
    status, said = commit("CHUA-DIEN.DOCX")
    assert (status, "Chưa điền" in said) == (1, True), said


@pytest.mark.parametrize("name", ["khac.yaml", "khac.json"])
def test_what_is_passed_over_is_told_and_a_plan_never_is(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"services": 1}', encoding="utf-8")
    done = thamdinh("lint", "--only-plans", name, BREACHED, cwd=tmp_path)
    assert done.returncode == 1
    assert f"Bỏ qua 1 tệp không phải văn bản cần thẩm định: {name}" in done.stdout + done.stderr
    for text in ('{"schema": 1}', "[1]", "", "{", '{"services": 1, "conference": 2}'):
        (tmp_path / name).write_text(text, encoding="utf-8")
        done = thamdinh("lint", "--only-plans", name, cwd=tmp_path)
        assert (done.returncode, "Bỏ qua" in done.stdout) == (2, False), text
