"""What cannot be written is told in words, and in one language, by every command that writes."""

import errno
import os
import resource
from pathlib import Path
from typing import Any, cast

import duckdb
import pytest

from tests.command_line import BREACHED, COMPLIANT, EXAMPLES, thamdinh, thamdinh_process
from thamdinh import cli
from thamdinh.commands.rules_verify import _write_witnesses
from thamdinh.engine.audit.store.database import store_failure
from thamdinh.engine.base.problem import Unreadable

WRITERS = {
    "lint": ["lint", COMPLIANT, "--output-file", "csv={no_folder}/a.csv"],
    "lint --annotate": ["lint", "{plan}.xlsx", "--annotate", "{no_folder}/a.xlsx"],
    "lint --write-baseline": ["lint", COMPLIANT, "--write-baseline", "{no_folder}/a.baseline.json"],
    "audit": ["audit", COMPLIANT, "--output-file", "{no_folder}/a.csv"],
    "convert": ["convert", COMPLIANT, "{no_folder}/a.jsonl"],
    "features book": ["features", "book", "--output", "{no_folder}/a"],
    "features check": ["features", "check", "--output", "{no_folder}/a", "--tag", "TD101"],
    "generate": ["generate", "--plans", "1", "{no_folder}/a"],
    "new": ["new", "--kind", "commune", "{no_folder}/a.yaml"],
    "rules doc": ["rules", "doc", "--output", "{no_folder}/a"],
    "template": ["template", "{no_folder}/a.docx"],
}


@pytest.mark.long
@pytest.mark.parametrize("name", WRITERS)
def test_a_refused_write_is_told_in_vietnamese(name: str, tmp_path: Path) -> None:
    no_folder = tmp_path / "a file"
    no_folder.write_text("")
    if name == "lint --annotate":
        assert thamdinh("new", "--kind", "commune", tmp_path / "plan.xlsx").returncode == 0
    arguments = [str(word).format(no_folder=no_folder, plan=tmp_path / "plan") for word in WRITERS[name]]
    done = thamdinh(*arguments)
    assert done.returncode == 2
    assert "đây không phải là thư mục" in done.stderr
    assert "directory" not in done.stderr


@pytest.mark.long
def test_a_mended_plan_that_can_not_be_written_is_told_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(path: Path, *_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr("thamdinh.commands.fix.write_whole", full)
    plan = tmp_path / "plan.yaml"
    plan.write_bytes(BREACHED.read_bytes())
    assert cli.run(["fix", "--yes", str(plan)]) == 2
    assert "Không ghi được tệp (hết chỗ trống)" in capfd.readouterr().err
    assert plan.read_bytes() == BREACHED.read_bytes()


def test_witnesses_that_can_not_be_written_are_told_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    with pytest.raises(Unreadable) as refused:
        _write_witnesses(cast(Any, None), tmp_path / "a file" / "witnesses")
    [problem] = refused.value.problems
    assert problem.message.vi == "Không ghi được tệp (đây không phải là thư mục)"
    assert problem.message.en == "The file can't be written (it is no folder)"


@pytest.mark.parametrize(
    "error",
    [
        PermissionError(errno.EACCES, os.strerror(errno.EACCES)),
        duckdb.TransactionException('Failed to commit: Cannot open file "a.duckdb.wal": Permission denied'),
    ],
    ids=["system", "DuckDB"],
)
def test_a_store_that_can_not_be_used_tells_why_in_both_languages(error: Exception) -> None:
    [problem] = store_failure(Path("a.duckdb"), error).problems
    assert problem.message.vi == "Không dùng được kho (không có quyền)"
    assert problem.message.en == "The store can't be used (permission denied)"


@pytest.mark.parametrize("resumable", [True, False])
def test_only_what_can_be_taken_up_again_is_to_be_resumed(resumable: bool) -> None:
    error = duckdb.IOException('Could not write file "a.duckdb": No space left on device')
    [problem] = store_failure(Path("a.duckdb"), error, resumable=resumable).problems
    assert "đĩa đầy" in problem.message.vi
    assert [("--resume" in words) for words in (problem.fix.vi, problem.fix.en)] == [resumable, resumable]


LARGE = {
    "audit": ["audit", COMPLIANT, "--output-file", "a.html"],
    "convert": ["convert", EXAMPLES / "compliant", "a.jsonl"],
    "generate": ["generate", "a.jsonl"],
    "generate a folder": ["generate", "a"],
    "lint": ["lint", COMPLIANT, "--output-file", "html=a.html"],
}


@pytest.mark.process
@pytest.mark.parametrize("name", LARGE)
def test_where_there_is_no_room_the_remedy_is_to_make_room_and_nothing_cut_short_stays(
    name: str, tmp_path: Path
) -> None:
    def restrict() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))

    done = thamdinh_process(*LARGE[name], cwd=tmp_path, preexec_fn=restrict)
    assert done.returncode == 2
    assert "Dọn chỗ" in done.stderr
    assert not list(tmp_path.iterdir())
