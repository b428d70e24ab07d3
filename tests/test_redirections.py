"""Every command when standard input, output or error is closed, or led to a full disk."""

import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import pytest

from tests.appraisal import ROOT
from tests.command_line import BREACHED, PROGRAM, commands, thamdinh
from tests.forks import STREAMS, Forks, forks
from tests.test_libraries import FEATURE

pytestmark = pytest.mark.process

SMALL: Final = str(ROOT / "tests" / "packs" / "small")
"""A pack of few rules, for what goes through all of a pack."""

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
    "rules coverage": ["rules", "coverage", "--directive", SMALL, "--features", "own.feature"],
    "rules mutate": ["rules", "mutate", "--directive", "nowhere"],
    "rules new": ["rules", "new", "TD999", "--directive", "nowhere"],
    "rules diff": ["rules", "diff", SMALL, SMALL, "--no-plan"],
    "rules doc": ["rules", "doc", SMALL, "-o", "made"],
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


def test_every_command_is_tried() -> None:
    assert set(commands()) == set(LINES)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the lines read."""
    folder = tmp_path_factory.mktemp("ground")
    (folder / "plan.yaml").write_bytes(BREACHED.read_bytes())
    (folder / "waivers.yaml").write_text("schema: 1\nwaivers: []\n", encoding="utf-8")
    (folder / "own.feature").write_text(FEATURE, encoding="utf-8")
    for _ in range(2):
        assert thamdinh("audit", "plan.yaml", "-q", "--store", "store.duckdb", "--jobs", 1, cwd=folder).returncode == 1
    return folder


@pytest.fixture(scope="module")
def forked() -> Iterator[Forks]:
    """What forks for each run."""
    with forks() as process:
        yield process


@pytest.fixture
def ran(ground: Path, tmp_path: Path, forked: Forks) -> Callable[..., Ran]:
    """Runs the program, `apart` in a process of its own, each time in a new folder, in which the same can be made."""

    def run(name: str, *, apart: bool = False, **redirected: str) -> Ran:
        folder = Path(mkdtemp(dir=tmp_path)) / "here"
        shutil.copytree(ground, folder)
        paths = {stream: folder.parent / stream for stream in STREAMS}
        paths["stdin"].touch()
        streams = {**{stream: str(path) for stream, path in paths.items()}, **redirected}
        status = (_process if apart else forked.run)(LINES[name], folder, streams)
        out, error = (
            paths[stream].read_text(encoding="utf-8") if paths[stream].exists() else "" for stream in STREAMS[1:]
        )
        return status, out, error

    return run


def _process(arguments: list[str], folder: Path, streams: Mapping[str, str]) -> int:
    """The status of a process of its own, whose streams a shell leads to files, or closes."""
    signs = zip(("<", ">", "2>"), streams.values(), strict=True)
    redirected = " ".join(f"{sign}{shlex.quote(path) if path else '&-'}" for sign, path in signs)
    return subprocess.run(
        ["bash", "-c", f'exec "$0" "$@" {redirected}', PROGRAM, *arguments], cwd=folder, check=False
    ).returncode


_NO_ROOM: Final = "Không ghi được kết quả: hết chỗ trống\n"


@pytest.mark.parametrize("name", LINES)
def test_no_verdict_is_lost_where_a_stream_takes_nothing(name: str, ran: Callable[..., Ran]) -> None:
    status, out, error = ran(name)
    assert status in (0, 1, 2), error
    full = "/dev/full"

    assert ran(name, stdin="", stderr="") == (status, out if out or status < 2 else error, "")
    if out:
        assert ran(name, stdout=full) == (2, "", error + _NO_ROOM)
    if error:
        assert ran(name, stderr=full) == (2, out or error, "")


@pytest.mark.parametrize(("name", "silent"), [("lint", "stderr"), ("audit history", "stderr"), ("watch", "stdout")])
def test_a_stream_that_is_told_nothing_may_take_nothing(name: str, silent: str, ran: Callable[..., Ran]) -> None:
    usual = ran(name)
    assert usual[STREAMS.index(silent)] == ""
    assert ran(name, **{silent: "/dev/full"}) == usual


@pytest.mark.parametrize("name", ["lint", "fix", "watch"])
def test_where_no_stream_takes_anything_the_status_says_so(name: str, ran: Callable[..., Ran]) -> None:
    assert ran(name, stdout="") == (2, "", "Không ghi được kết quả: đầu ra chuẩn đã đóng\n")
    assert ran(name, stdout="", stderr="") == ran(name, stdin="", stdout="", stderr="") == (2, "", "")
    assert ran(name, stdout="/dev/full", stderr="/dev/full") == (2, "", "")


@pytest.mark.parametrize(
    ("name", "redirected"),
    [
        ("lint", {"stdin": "", "stderr": ""}),
        ("lint", {"stdout": ""}),
        ("audit run", {"stdout": "/dev/full"}),
        ("desk users", {"stderr": "/dev/full"}),
    ],
)
def test_a_process_of_its_own_does_what_a_fork_does(
    name: str, redirected: dict[str, str], ran: Callable[..., Ran]
) -> None:
    """The one difference is what imports see: libraries of lints, of audits and of the desk, with streams closed and full."""
    assert ran(name, apart=True, **redirected) == ran(name, **redirected)
