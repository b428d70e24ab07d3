"""What a run went by stands in every output, and nowhere in a text where nothing but the program decided."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.command_line import BREACHED, COMPLIANT, thamdinh
from thamdinh.engine.base.in_force import InForce, PackInForce

SETTINGS = 'ignore = ["TD503", "TD502"]\nfail-on = "never"\nwaivers = "mien.yaml"\n'
WAIVER = (
    "{rule: TD501, subject: p12@dang-uy, reason: x, approved_by: Huyện ủy, document: 15-CV/HU, valid_until: 2099-12-31}"
)
PACK = "ben-tre-2017 1.0 ("
SAID = ("thamdinh.toml", PACK, "TD502, TD503", "never", "mien.yaml")
LINT = ("text", "markdown", "csv", "junit", "github", "html", "docx")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "thamdinh.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "mien.yaml").write_text(f"schema: 1\nwaivers: [{WAIVER}]\n", encoding="utf-8")
    (tmp_path / "plan.yaml").write_bytes(BREACHED.read_bytes())
    return tmp_path


def written(path: Path) -> str:
    if path.suffix == ".docx":
        return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(path.read_bytes())).paragraphs)
    return path.read_text(encoding="utf-8-sig").replace("\\", "").replace("&#39;", "'")


def test_every_format_of_a_lint_says_it(desk: Path) -> None:
    outputs = [f"{form}=out/x.{form if form == 'docx' else form + '.txt'}" for form in (*LINT, "json", "sarif")]
    (desk / "out").mkdir()
    assert thamdinh("lint", "plan.yaml", "--output-file", *outputs, cwd=desk).returncode == 0
    for form in LINT:
        [path] = (desk / "out").glob(f"x.{form}*")
        shown = written(path)
        assert [words for words in SAID if words not in shown] == [], form
    settings = json.loads((desk / "out" / "x.json.txt").read_text(encoding="utf-8"))["settings"]
    assert settings["switched_off"] == ["TD502", "TD503"]
    assert (settings["file"], settings["waivers"], settings["fail_on"]) == ("thamdinh.toml", "mien.yaml", "never")
    assert settings["packs"][0]["directive"] == "ben-tre-2017"
    sarif = json.loads((desk / "out" / "x.sarif.txt").read_text(encoding="utf-8"))
    assert sarif["runs"][0]["properties"]["settings"] == settings


def test_every_format_of_an_audit_and_its_store_say_it(desk: Path) -> None:
    files = ("x.txt", "x.csv", "x.html")
    outputs = [part for name in (*files, "x.json", "x.xlsx") for part in ("-o", name)]
    key = {"THAMDINH_AUDIT_KEY_FILE": str(desk / "key")}
    done = thamdinh("audit", "plan.yaml", *outputs, "--store", "kho.duckdb", "-j", "1", cwd=desk, env=key)
    assert done.returncode == 0, done.stderr
    shown = {name: written(desk / name) for name in files} | {"stdout": done.stdout}
    shown["show"] = thamdinh("audit", "show", "last", "--store", "kho.duckdb", cwd=desk, env=key).stdout
    shown["xlsx"] = "\n".join(cells(desk / "x.xlsx"))
    for name, words in shown.items():
        assert [one for one in SAID if one not in words] == [], name
    for name in ("x.txt", "x.html", "stdout", "show", "xlsx"):
        assert all(one in shown[name] for one in ("TD501", "Huyện ủy", "15-CV/HU", "plan.yaml")), name
    settings = json.loads((desk / "x.json").read_text(encoding="utf-8"))["settings"]
    kept = thamdinh("audit", "show", "last", "--store", "kho.duckdb", "--format", "json", cwd=desk, env=key)
    assert json.loads(kept.stdout)["settings"] == settings


def cells(path: Path) -> list[str]:
    import openpyxl

    book: Any = openpyxl.load_workbook(path, read_only=True)
    return [str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value]


def test_a_text_says_nothing_where_nothing_but_the_program_decided(tmp_path: Path) -> None:
    done = thamdinh("lint", COMPLIANT, "--fail-on", "warning", cwd=tmp_path)
    assert done.stdout == "1 kế hoạch: 1 đạt, 0 chưa đạt; 0 lỗi, 0 cảnh báo, 0 khuyến nghị\n"


def test_the_line_that_sums_up_counts_what_was_switched_off(tmp_path: Path) -> None:
    done = thamdinh("lint", COMPLIANT, "-q", "--select", "TD101", cwd=tmp_path)
    assert done.stdout.endswith("quy tắc không kiểm tra\n")
    assert len(done.stdout.splitlines()) == 1


def test_what_was_in_force_is_read_back_as_it_was_kept() -> None:
    packs = (PackInForce("a", "1", "ff", "folder"), PackInForce("b", "2", "00"))
    whole = InForce("thamdinh.toml", packs, ("TD1",), "never", "w.yaml", "b.json")
    for in_force in (InForce(), whole):
        assert InForce.from_json(json.loads(json.dumps(in_force.to_json()))) == in_force


@pytest.mark.parametrize(
    ("in_force", "changed"),
    [
        (InForce(packs=(PackInForce("a", "1", "ff"),)), False),
        (InForce(fail_on="warning"), False),
        (InForce(fail_on="never"), True),
        (InForce(packs=(PackInForce("a", "1", "ff", "folder"),)), True),
        (InForce(switched_off=("TD101",)), True),
        (InForce(waivers="w.yaml"), True),
        (InForce(baseline="b.json"), True),
        (InForce("thamdinh.toml"), True),
    ],
    ids=str,
)
def test_what_lowers_or_changes_the_measure_is_always_said(in_force: InForce, changed: bool) -> None:
    assert (in_force.changed, in_force.line() is not None) == (changed, changed)
