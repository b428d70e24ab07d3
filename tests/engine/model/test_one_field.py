"""One more field of a participant is an edit of the description and of nothing else: all that is made of it has the field.

The program is copied with the edit, and asked in a process of its own, as the descriptions of this one are read already.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.appraisal import ROOT

pytestmark = pytest.mark.process

EDITS = {
    "records.yaml": (
        "      - name: standing\n        type: member\n",
        "      - {name: phone, type: text, optional: true, label: {vi: số điện thoại, en: phone number}, short: {vi: số điện thoại, en: phone number}, example: '0275'}\n",
    ),
    "facts.yaml": (
        "      - {name: standing, of: standing,",
        "      - {name: phone, of: phone, label: {vi: số điện thoại, en: phone number}}\n",
    ),
    "form.yaml": (
        "        - {label: Tư cách tham dự,",
        "        - {label: Số điện thoại, field: phone, example: '0275', width: 14, omissible: true}\n",
    ),
}
PACK = {
    "directive.yaml": """
schema: 1
id: with-phones
version: "1"
title: {vi: Chỉ đạo minh họa, en: An illustration}
issuer: {vi: Không ai, en: Nobody}
jurisdiction: {province: Minh Họa}
term: 2015-2020
valid_from: 2017-01-01
valid_to: 2020-12-31
source: {title: {vi: Không có, en: None}, date: 2017-01-01}
clauses:
  - {id: K1, modality: obligation, source: {paragraph: 1, sentence: 1}, text: {vi: Ghi số điện thoại., en: Give phone numbers.}}
""",
    "rules.yaml": """
rules:
  - id: SD101
    clause: [K1]
    severity: error
    title: {vi: Có số, en: There is a number}
    each: participant
    require: {phone: {present: true}}
    message: {vi: "{participant.name} chưa ghi số", en: "{participant.name} gives no number"}
    fix: {vi: "Ghi {/participants/phone}", en: "Write the {/participants/phone}"}
    examples:
      breach: "participants: [{id: p01, name: An, standing: key_cadre, parts: []}]"
      pass: "participants: [{id: p01, name: An, phone: '0275', standing: key_cadre, parts: []}]"
""",
}
ASKED = """
import io, json, sys
from contextlib import redirect_stdout
import openpyxl
import thamdinh
from thamdinh.cli import run
from thamdinh.engine.editor.completion import complete
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.facts import entities
from thamdinh.engine.model.json_schema import document_schema

def says(*arguments):
    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as out:
        run([*arguments])
        out.flush()
        return out.buffer.getvalue().decode()

known = description()
started = "participants:\\n  - {id: p01, "
says("convert", "plan.yaml", "plan.xlsx")
book = openpyxl.load_workbook("plan.xlsx")
said = {
    "program": thamdinh.__file__,
    "schema": document_schema(known)["$defs"]["Participant"]["properties"]["phone"]["title"],
    "facts": entities(known)["participant"].fields["phone"].label.vi,
    "form": [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value],
    "lint": says("lint", "plan.yaml", "plan.xlsx", "--directive", "pack"),
    "rules": says("explain", "SD101", "--directive", "pack"),
    "completion": [item.about for item in complete(started, len(started), "vi")],
}
try:
    import z3
    said["proofs"] = says("rules", "verify", "--directive", "pack", "--no-cache", "--format", "json")
except ImportError:
    said["proofs"] = None
sys.stdout.write("\\n" + json.dumps(said))
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the program says that was copied with the edits."""
    folder = tmp_path_factory.mktemp("copy")
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("engine", "commands", "features", "rules", "locale"):
        shutil.copytree(ROOT / name, folder / "thamdinh" / name, ignore=ignored)
    for file in ROOT.glob("*.py"):
        shutil.copy(file, folder / "thamdinh")
    for name, (before, line) in EDITS.items():
        file = folder / "thamdinh" / "rules" / "documents" / "conference_plan" / name
        text = file.read_text(encoding="utf-8")
        assert text.count(before) == 1, name
        file.write_text(text.replace(before, line + before), encoding="utf-8")
    (folder / "pack").mkdir()
    for name, text in PACK.items():
        (folder / "pack" / name).write_text(text, encoding="utf-8")
    plan = (ROOT / "rules" / "ben_tre_2017" / "tests" / "plan.yaml").read_text(encoding="utf-8")
    with_phone = plan.replace("{id: p01, name: Nguyễn Văn Bình,", "{id: p01, name: Nguyễn Văn Bình, phone: 0275-1,")
    assert plan != with_phone
    (folder / "plan.yaml").write_text(with_phone, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "XDG_CACHE_HOME": str(folder / "cache")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1]), folder


def test_the_copy_was_asked(said: Any) -> None:
    found, folder = said
    assert Path(found["program"]).is_relative_to(folder)


def test_schema_facts_completion_and_pages_have_the_field(said: Any) -> None:
    found, _ = said
    assert found["schema"] == found["facts"] == "số điện thoại"
    assert "số điện thoại" in found["completion"]
    assert "số điện thoại" in found["rules"]


def test_a_form_is_written_and_read_with_it(said: Any) -> None:
    found, _ = said
    assert {"Số điện thoại", "0275-1"} <= set(found["form"])


def test_rules_judge_it_in_files_and_forms(said: Any) -> None:
    """Of five people one has a number, in the YAML and in the form."""
    found, _ = said
    assert found["lint"].count(": SD101 ") == 8
    assert "Nguyễn Văn Bình" not in found["lint"]
    assert "Ghi “số điện thoại”" in found["lint"]
    assert "Ghi cột “Số điện thoại”" in found["lint"]


def test_proofs_know_it(said: Any) -> None:
    found, _ = said
    if found["proofs"] is None:
        pytest.skip("the solver is not installed")
    assert "SD101" in found["proofs"]
    assert "phone" in found["proofs"]
