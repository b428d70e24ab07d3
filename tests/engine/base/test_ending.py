"""The status of the process when something in it ends it, which nobody chose."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.process

_PROGRAM = """
import ctypes, os, sys
from thamdinh import cli

def run(arguments):
    {what}
    return 1

cli.run = run
cli.main()
"""
WAYS = {
    "C exits": ("ctypes.CDLL(None).exit(1)", 2),
    "C exits with 0": ("ctypes.CDLL(None).exit(0)", 2),
    "a thread of C exits": (
        "import threading; t = threading.Thread(target=ctypes.CDLL(None).exit, args=(1,)); t.start(); t.join()",
        2,
    ),
    "click exits": ("sys.exit(1)", 2),
    "an exception": ("raise BaseException", 2),
    "a child of it exits": ("os.fork() or ctypes.CDLL(None).exit(1); os.wait()", 1),
    "a verdict": ("", 1),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_exit_that_nobody_chose_reads_as_a_verdict(way: str) -> None:
    what, status = WAYS[way]
    ended = subprocess.run(
        [sys.executable, "-c", _PROGRAM.format(what=what)], capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == status
    assert ("chưa có kết luận nào" in ended.stderr) == (status == 2)
