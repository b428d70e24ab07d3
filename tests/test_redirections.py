"""Every command when standard input, output or error is closed, or led to a full disk."""

import os
import shutil
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NoReturn

import pytest

from tests.appraisal import ROOT
from tests.command_line import BREACHED, PROGRAM, commands, thamdinh
from thamdinh import cli

pytestmark = pytest.mark.process

LINES: Final = {
    "": ["--version"],
    "lint": ["lint", "plan.yaml"],
    "audit": ["audit", "--help"],
    "audit run": ["audit", "plan.yaml", "--jobs", "1", "-o", "made.json"],
    "audit history": ["audit", "history", "--store", "store.duckdb"],
    "audit show": ["audit", "show", "1", "--store", "store.duckdb"],
    "audit diff": ["audit", "diff", "1", "2", "--store", "store.duckdb"],
    "audit export": ["audit", "export", "last", "made.csv", "--store", "store.duckdb"],
    "audit purge": ["audit", "purge", "--store", "store.duckdb", "--before", "2099-01-01", "--yes"],
    "explain": ["explain", "TD501"],
    "why": ["why", "plan.yaml", "TD501"],
    "rules": ["rules"],
    "rules test": ["rules", "test", "nowhere"],
    "rules verify": ["rules", "verify", "--directive", "nowhere"],
    "rules coverage": ["rules", "coverage", "--features", "own.feature"],
    "rules mutate": ["rules", "mutate", "--directive", "nowhere"],
    "rules new": ["rules", "new", "TD999", "--directive", "nowhere"],
    "rules diff": ["rules", "diff", "ben-tre-2017", "ben-tre-2017", "--no-plan"],
    "rules doc": ["rules", "doc", "ben-tre-2017", "-o", "made"],
    "rules impact": ["rules", "impact", "nowhere", "nowhere", "plan.yaml"],
    "rules keygen": ["rules", "keygen", "../nowhere"],
    "rules trust": ["rules", "trust", "plan.yaml", "name"],
    "rules seal": ["rules", "seal", "nowhere", "--key", "none", "-o", "made.zip"],
    "rules check-seal": ["rules", "check-seal", "plan.yaml"],
    "waivers": ["waivers", "--help"],
    "waivers list": ["waivers", "list"],
    "waivers check": ["waivers", "check", "plan.yaml"],
    "waivers new": ["waivers", "new", "made.xlsx"],
    "waivers add": ["waivers", "add", "--plan", "nowhere"],
    "fix": ["fix", "plan.yaml"],
    "watch": ["watch", "nowhere"],
    "lsp": ["lsp"],
    "features": ["features"],
    "features check": ["features", "check", "own.feature"],
    "features steps": ["features", "steps"],
    "features review": ["features", "review", "plan.yaml"],
    "features book": ["features", "book", "--directive", "nowhere", "-o", "made"],
    "new": ["new", "made.yaml", "--kind", "ward"],
    "generate": ["generate", "made.jsonl", "--plans", "2"],
    "convert": ["convert", "plan.yaml", "made.jsonl"],
    "template": ["template", "made.docx"],
    "schema": ["schema", "plan"],
    "documents": ["documents"],
    "documents list": ["documents", "list"],
    "documents check": ["documents", "check", "nowhere"],
    "documents new": ["documents", "new", "made"],
    "documents doc": ["documents", "doc", "nowhere"],
    "serve": ["serve", "--port", "0", "--directive", "nowhere"],
    "desk": ["desk"],
    "desk create-admin": ["desk", "create-admin", "admin", "--data", "plan.yaml"],
    "desk users": ["desk", "users", "--data", "nowhere"],
    "desk verify": ["desk", "verify", "--data", "nowhere"],
    "desk answers": ["desk", "answers", "so.docx", "--as", "an", "--data", "nowhere"],
    "desk backup": ["desk", "backup", "made.tar", "--data", "nowhere"],
    "desk restore": ["desk", "restore", "nowhere.tar", "--data", "made"],
    "desk seal": ["desk", "seal", "made.tar", "--data", "nowhere"],
    "desk purge": ["desk", "purge", "--days", "30", "--yes", "--data", "nowhere"],
    "desk send-mail": [
        "desk",
        "send-mail",
        "--smtp",
        "127.0.0.1",
        "--from",
        "a@b.vn",
        "--url",
        "http://b.vn",
        "--data",
        "nowhere",
    ],
    "desk export": ["desk", "export", "made.csv", "--data", "nowhere"],
    "desk check-dossier": ["desk", "check-dossier", "plan.yaml"],
}
"""For each command a line that runs it. Those that take long to do their work are asked for little of it."""


Ran = tuple[int, str, str]
"""Exit status, standard output, standard error."""
_STREAMS: Final = ("stdin", "stdout", "stderr")


def test_every_command_is_tried() -> None:
    assert set(commands()) == set(LINES)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the lines read."""
    folder = tmp_path_factory.mktemp("ground")
    (folder / "plan.yaml").write_bytes(BREACHED.read_bytes())
    (folder / "waivers.yaml").write_text("schema: 1\nwaivers: []\n", encoding="utf-8")
    scenario = (ROOT / "features" / "thao_luan.feature").read_text(encoding="utf-8")
    (folder / "own.feature").write_text(scenario, encoding="utf-8")
    for _ in range(2):
        assert thamdinh("audit", "plan.yaml", "-q", "--store", "store.duckdb", "--jobs", 1, cwd=folder).returncode == 1
    return folder


@pytest.fixture(scope="module")
def ran(ground: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Ran]:
    """Runs the program in a fork of this process, which has imported it already."""

    def run(name: str, **redirected: str) -> Ran:
        folder = tmp_path_factory.mktemp("run") / "here"  # a folder of its own for each, in which the same can be made
        shutil.copytree(ground, folder)
        paths = {stream: folder.parent / stream for stream in _STREAMS}
        paths["stdin"].touch()
        child = os.fork()
        if child == 0:
            _become(LINES[name], folder, {**{stream: str(path) for stream, path in paths.items()}, **redirected})
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out, error = (
            paths[stream].read_text(encoding="utf-8") if paths[stream].exists() else "" for stream in _STREAMS[1:]
        )
        return status, out, error

    return run


def _become(arguments: list[str], folder: Path, streams: Mapping[str, str]) -> NoReturn:
    """Be the program as it starts: each standard stream leads to a file, or is closed where that is the empty string."""
    try:
        os.chdir(folder)
        for number, (name, path) in enumerate(streams.items()):
            if path:
                os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), number)
            mode = "w" if number else "r"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False) if path else None)  # noqa: SIM115
        for number, path in enumerate(streams.values()):
            if not path:
                os.close(number)
        sys.argv = [str(PROGRAM), *arguments]
        cli.main()
    except SystemExit as ended:
        os._exit(int(ended.code or 0))
    except BaseException:
        (folder.parent / "stderr").write_text(traceback.format_exc(), encoding="utf-8")
    os._exit(_TRACEBACK)


_TRACEBACK: Final = 99
_NO_ROOM: Final = "Không ghi được kết quả: hết chỗ trống\n"


@pytest.mark.parametrize("name", LINES)
def test_no_verdict_is_lost_where_a_stream_takes_nothing(name: str, ran: Callable[..., Ran]) -> None:
    usual = ran(name)
    status, out, error = usual
    assert status in (0, 1, 2), error
    full = "/dev/full"

    assert ran(name, stdin="", stderr="") == (status, out if out or status < 2 else error, "")
    assert ran(name, stdout=full) == ((2, "", error + _NO_ROOM) if out else usual)
    assert ran(name, stderr=full) == ((2, out or error, "") if error else usual)


@pytest.mark.parametrize("name", ["lint", "fix", "watch"])
def test_where_no_stream_takes_anything_the_status_says_so(name: str, ran: Callable[..., Ran]) -> None:
    assert ran(name, stdout="") == (2, "", "Không ghi được kết quả: đầu ra chuẩn đã đóng\n")
    assert ran(name, stdout="", stderr="") == ran(name, stdin="", stdout="", stderr="") == (2, "", "")
    assert ran(name, stdout="/dev/full", stderr="/dev/full") == (2, "", "")
