"""Random packs over random small types: durable-rules, compiled rules, the plain meaning and the solver find the same."""

import json
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

pytest.importorskip("z3")

from tests.engine.assurance.verify.test_encoding import evaluated
from tests.engine.formulas import judgements
from tests.properties import examples
from tests.random_types import DAY, DAYS, documents, in_folder, types
from thamdinh.engine.assurance.verify.bounds import Bound
from thamdinh.engine.assurance.verify.pinning import pins
from thamdinh.engine.assurance.verify.solver import Solver
from thamdinh.engine.assurance.verify.tree import Setting
from thamdinh.engine.assurance.verify.witness import breaches
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.documents import read
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.facts import entities, flatten
from thamdinh.engine.model.instants import Readings
from thamdinh.engine.model.integrity import read_plan

BASE = datetime(DAY.year, DAY.month, DAY.day)


@pytest.mark.long
@examples(0.5, [HealthCheck.filter_too_much, HealthCheck.data_too_large], phases=[Phase.explicit, Phase.generate])
@given(st.data())
def test_all_who_judge_a_document_of_a_random_type_agree(data: st.DataObject) -> None:
    agree(data, types())


@pytest.mark.long
@examples(0.04, [*HealthCheck], derandomize=True, phases=[Phase.generate])
@given(st.data())
def test_they_agree_on_truths_that_are_looked_up(data: st.DataObject) -> None:
    agree(data, types(("boolean",)), "of_person")


def agree(data: st.DataObject, made_up: st.SearchStrategy[dict[str, Any]], asked: str = "") -> None:
    """Everybody finds the same in a document of a type that is made up, by rules about the facts whose names begin so."""
    with tempfile.TemporaryDirectory() as name:
        folder = in_folder(data.draw(made_up), Path(name) / "type")
        known = description(folder)
        written = data.draw(documents(known))
        document = read_plan(read("a.yaml", json.dumps(written, ensure_ascii=False).encode()), known=known)
        facts = {
            name: replace(entity, fields=fields)
            for name, entity in entities(known).items()
            if (fields := {fact: field for fact, field in entity.fields.items() if fact.startswith(asked)})
        }
        judged = tuple(data.draw(st.lists(judgements(facts), min_size=1, max_size=4)))
        rules = replace(ruleset(), judgements=judged, exemptions=(), across=(), document=folder, vocabulary=())
        found = evaluated(rules, flatten(document, Readings()))
        solver = Solver(rules, Setting(Bound(folder, days=DAYS, people=3, rows=2), BASE))
        answer = solver.ask(*(pin.holds for pin in pins(solver.built, document)))
        assert answer.chosen is not None, "a valid document within the bound is excluded"
        assert breaches(solver.encoding, answer.chosen) == found
