"""“-” is standard input where plans are read, and no file where something is made; addresses need their library."""

import json
import sys
from pathlib import Path

import pytest

from tests.command_line import BREACHED, COMPLIANT, INVALID, thamdinh

PLAN = COMPLIANT.read_text(encoding="utf-8")


@pytest.mark.long
@pytest.mark.parametrize("command", ["lint", "audit"])
def test_a_dash_reads_a_plan_from_standard_input(command: str) -> None:
    for plan, status in ((COMPLIANT, "compliant"), (BREACHED, "non_compliant"), (INVALID, "invalid")):
        done = thamdinh(command, "-", "--format", "json", input=plan.read_text(encoding="utf-8"))
        [found] = json.loads(done.stdout)["plans"]
        assert (found["file"], found["status"]) == ("<stdin>", status)


def test_a_dash_is_converted_as_a_file_is(tmp_path: Path) -> None:
    assert thamdinh("convert", "-", tmp_path / "a.jsonl", input=PLAN).returncode == 0
    assert thamdinh("convert", COMPLIANT, tmp_path / "b.jsonl").returncode == 0
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


@pytest.mark.parametrize("output", ["-", "s3://bucket/a.csv"])
@pytest.mark.parametrize(
    "arguments",
    [["convert", COMPLIANT], ["template"], ["audit", COMPLIANT, "-o"], ["generate"]],
    ids=lambda item: item[0],
)
def test_neither_a_dash_nor_an_address_is_a_file_to_write(arguments: list[object], output: str, tmp_path: Path) -> None:
    done = thamdinh(*arguments, output, cwd=tmp_path)
    assert done.returncode == 2
    assert ("hãy đặt tên tệp" if output == "-" else "không ghi ra địa chỉ") in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("address", "library"), [("s3://bucket/a.yaml", "s3fs"), ("az://box/a.jsonl", "adlfs")])
def test_the_library_that_an_address_needs_is_named(
    address: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)  # absent, whether it is installed here or not
    for language, words in (("vi", f"Thiếu thư viện {library}"), ("en", f"The library {library} for this storage")):
        done = thamdinh("audit", address, "--lang", language)
        assert done.returncode == 2
        assert words in done.stdout
        assert f"pip install {library}" in done.stdout
    done = thamdinh("audit", COMPLIANT, "--cluster", "local:1", "--parts", address)
    assert (done.returncode, f"pip install {library}" in done.stderr) == (2, True), done.stderr
