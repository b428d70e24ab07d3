"""What a run went by stands in every output, and nowhere in a text where nothing but the program decided."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pyarrow.parquet
import pytest
from docx import Document

from tests.command_line import BREACHED, COMPLIANT, thamdinh
from thamdinh.commands.audit_export import SUMMARIES, TABLES
from thamdinh.commands.audit_run import FORMATS, SUFFIXES
from thamdinh.engine.audit.store.export import SETTINGS as SETTINGS_KEY
from thamdinh.engine.audit.store.export import What
from thamdinh.engine.base.in_force import InForce, PackInForce
from thamdinh.engine.reporters import FORMATS as REPORTERS

WHATS = get_args(What)
SETTINGS = 'ignore = ["TD503", "TD502"]\nfail-on = "never"\nwaivers = "mien.yaml"\n'
WAIVER = (
    "{rule: TD501, subject: p12@dang-uy, reason: x, approved_by: Huyện ủy, document: 15-CV/HU, valid_until: 2099-12-31}"
)
PACK = "ben-tre-2017 1.0 ("
SAID = ("thamdinh.toml", PACK, "TD502, TD503", "never", "mien.yaml")
LINT = [form for form in REPORTERS if form not in ("json", "sarif", "pdf")]


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


@pytest.mark.long
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


@pytest.mark.long
def test_every_format_of_an_audit_its_store_and_their_exports_say_it(desk: Path) -> None:
    key = {"THAMDINH_AUDIT_KEY_FILE": str(desk / "key")}

    def audit(*arguments: str) -> str:
        done = thamdinh("audit", *arguments, cwd=desk, env=key)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    outputs = [part for form in set(SUFFIXES.values()) for part in ("-o", f"{form}=x.{form}")]
    printed = {"stdout": audit("plan.yaml", *outputs, "--store", "kho.duckdb", "-j", "1")}
    printed |= {f"stdout {form}": audit("plan.yaml", "-j", "1", "-q", "--format", form) for form in FORMATS[1:]}
    printed["show"] = audit("show", "last", "--store", "kho.duckdb")
    printed["history"] = audit("history", "--store", "kho.duckdb")
    printed["diff"] = audit("diff", "1", "1", "--store", "kho.duckdb")
    kept = json.loads(audit("show", "last", "--store", "kho.duckdb", "--format", "json"))["settings"]
    for form in (*TABLES, *SUMMARIES):
        for what in WHATS if form in TABLES else WHATS[:1]:
            audit("export", "last", f"{what}.{form}", "--what", what, "--store", "kho.duckdb")

    settings = json.loads((desk / "x.json").read_text(encoding="utf-8"))["settings"]
    assert settings["switched_off"] == ["TD502", "TD503"]
    assert kept == settings
    files = [path for path in desk.iterdir() if path.stem in ("x", *WHATS)]
    assert len(files) == len(set(SUFFIXES.values())) + len(TABLES) * len(WHATS) + len(SUMMARIES)
    for path in files:
        if path.suffix in READ:
            assert READ[path.suffix](path) == settings, path.name
        else:
            printed[path.name] = "\n".join(cells(path)) if path.suffix == ".xlsx" else written(path)
    for form in ("json", "jsonl"):
        (desk / f"printed.{form}").write_text(printed.pop(f"stdout {form}"), encoding="utf-8")
        assert READ[f".{form}"](desk / f"printed.{form}") == settings
    for name, words in printed.items():
        assert [one for one in SAID if one not in words] == [], name
    for name in ("x.text", "x.html", "stdout", "show", "x.xlsx"):
        assert all(one in printed[name] for one in ("TD501", "Huyện ủy", "15-CV/HU", "plan.yaml")), name


def _in_json(path: Path) -> Any:
    document = json.loads(path.read_text(encoding="utf-8"))
    return (document[-1] if isinstance(document, list) else document)["settings"]


def _in_lines(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8").splitlines()[-1])["settings"]


def _in_parquet(path: Path) -> Any:
    return json.loads(pyarrow.parquet.read_schema(path).metadata[SETTINGS_KEY.encode()])


READ: dict[str, Callable[[Path], Any]] = {".json": _in_json, ".jsonl": _in_lines, ".parquet": _in_parquet}
"""How the settings are read of the formats for programs."""


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
