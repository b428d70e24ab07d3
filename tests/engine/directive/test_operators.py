"""What each operator means, and that a new one is a record and nothing else."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.appraisal import ROOT
from tests.engine.formulas import atoms
from tests.plans import ENTITIES
from thamdinh.engine.assurance.mutation.variants import variants
from thamdinh.engine.directive.formula import Atom, atom_holds
from thamdinh.engine.directive.operators import OPERATORS
from thamdinh.engine.model.facts import Value

MEANINGS: dict[str, tuple[Any, list[Value], list[Value]]] = {
    "is": ("ward", ["ward"], ["wards", "", "Ward"]),
    "in": (("ward", "police"), ["ward", "police"], ["military"]),
    "between": ((1, 1.5), [1, 1.25, 1.5], [0.5, 2]),
    "at_least": (2, [2, 2.5, 3], [1.5, -2]),
    "at_most": (2, [2, 1.5, -2], [2.5, 3]),
    "less_than": (2, [1.5, -2], [2, 2.5]),
    "more_than": (2, [2.5, 3], [2, 1.5]),
    "before": (7200, [7199], [7200, 7201]),
    "after": (7200, [7201], [7200, 7199]),
    "present": (True, ["ward", 0, False, frozenset()], []),
    "has": ("mid_term", [frozenset({"mid_term", "year_end"})], [frozenset({"year_end"}), frozenset()]),
}
"""For each operator an operand, values of which it is true, and others."""


def test_every_operator_means_what_is_written_here() -> None:
    assert MEANINGS.keys() == OPERATORS.keys()
    for operator, (operand, true, false) in MEANINGS.items():
        atom = Atom("field", operator, operand)
        assert [value for value in (*true, *false) if atom_holds(atom, {"field": value})] == true, operator
        assert not atom_holds(atom, {}), operator
    assert atom_holds(Atom("field", "present", False), {})
    assert not atom_holds(Atom("field", "present", False), {"field": 0})


@given(st.data())
def test_what_is_written_by_a_slip_is_another_formula_of_the_language(data: st.DataObject) -> None:
    entity = ENTITIES[data.draw(st.sampled_from(sorted(ENTITIES)))]
    atom = data.draw(atoms(entity))
    slips = [part for variant in variants(atom, entity) for part in getattr(variant, "parts", (variant,))]
    assert {slip.operator for slip in slips if isinstance(slip, Atom)} <= OPERATORS.keys()
    if atom.other is None:
        assert not any(OPERATORS[slip.operator].refuses(slip.operand) for slip in slips if isinstance(slip, Atom))


RECORD = """

OPERATORS["is_multiple_of"] = Operator(
    "bound",
    frozenset({"number"}),
    "is a multiple of the number",
    Text("{field} là bội số của {value}", "{field} is a multiple of {value}"),
    lambda number: (Expression("{value} % {operand} == 0", number, lambda symbol, number: symbol.term % number == 0),),
    (("at_least",),),
    refuses=lambda number: None if number > 0 else (Text("Phải lớn hơn 0", "Must be above 0"), Text("Sửa số", "Correct it")),
)
"""
SEEN = """
import json, sys
from pathlib import Path
from tests.appraisal import base_plan
from tests.command_line import thamdinh
from tests.engine.assurance.verify.packs import pack, rule
from thamdinh.engine.assurance.mutation.notation import as_rule
from thamdinh.engine.assurance.mutation.variants import variants
from thamdinh.engine.directive.sentences import formula_words
from tests.plans import ENTITIES

folder = Path(sys.argv[1])
test = {"targets": {"is_multiple_of": 1}}
tiny = pack(folder / "pack", [rule("TX101", "K1", "outcome", {"targets": {"is_multiple_of": 5}})])
refused = pack(folder / "refused", [rule("TX101", "K1", "outcome", {"targets": {"is_multiple_of": 5}})])
(folder / "refused" / "rules.yaml").write_text((folder / "pack" / "rules.yaml").read_text().replace("of: 5", "of: 0"))
for name, targets in (("kept", 15), ("breached", 12)):
    plan = base_plan() | {"outcomes": [{"kind": "resolution", "subject": "next_year", "targets": targets}]}
    (folder / f"{name}.json").write_text(json.dumps(plan))
require = tiny.ruleset.judgements[0].require
small = "days=1,sessions=1,discussions=1,reports=1,participants=1,committees=1,publications=1,outcomes=2"
plans = folder / "kept.json", folder / "breached.json"

def said(*arguments):
    done = thamdinh(*arguments)
    return done.stdout + done.stderr

print(json.dumps({
    "lint": said("lint", *plans, "--directive", folder / "pack", "--format", "json"),
    "refused": said("lint", *plans, "--directive", folder / "refused", "--lang", "en"),
    "audit": said("audit", *plans, "--directive", folder / "pack", "--engine", "compiled", "--format", "jsonl", "-q", "-j", "1"),
    "verify": said("rules", "verify", "--directive", folder / "pack", "--kind", "commune", "--bound", small, "--no-cache", "--format", "json"),
    "schema": said("schema", "rules"),
    "sentence": formula_words(require, ENTITIES["outcome"]).to_json(),
    "mutants": [as_rule(variant) for variant in variants(require, ENTITIES["outcome"])],
}))
"""


@pytest.mark.process
def test_an_operator_that_is_added_as_one_record_is_judged_scanned_proved_said_offered_and_mutated(
    tmp_path: Path,
) -> None:
    pytest.importorskip("z3")
    copy = tmp_path / "copy" / "thamdinh"
    for name in ("engine", "commands", "features", "locale", "rules"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for source in ROOT.glob("*.py"):
        shutil.copy(source, copy)
    with (copy / "engine" / "directive" / "operators.py").open("a", encoding="utf-8") as operators:
        operators.write(RECORD)
    done = subprocess.run(
        [sys.executable, "-c", SEEN, tmp_path], cwd=ROOT, env={"PYTHONPATH": f"{copy.parent}:{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert not done.stderr
    seen = json.loads(done.stdout)
    judged = {Path(plan["file"]).stem: plan["status"] for plan in json.loads(seen["lint"])["plans"]}
    assert judged == {"kept": "compliant", "breached": "non_compliant"}
    assert "Must be above 0" in seen["refused"]
    scanned = [line for line in map(json.loads, seen["audit"].splitlines()) if "file" in line]
    assert {Path(plan["file"]).stem: plan["status"] for plan in scanned} == judged
    assert {claim["standing"] for kind in json.loads(seen["verify"])["kinds"] for claim in kind["claims"]} == {"proved"}
    test = json.loads(seen["schema"])["$defs"]["Test"]["properties"]["is_multiple_of"]
    assert test["description"] == "is a multiple of the number"
    assert seen["sentence"]["vi"].endswith("là bội số của 5")
    assert {"{targets: {is_multiple_of: 4}}", "{targets: {is_multiple_of: 6}}", "{targets: {at_least: 5}}"} < {
        *seen["mutants"]
    }
