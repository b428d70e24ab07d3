"""The solver works out the facts of a type of document that it has never heard of, by its description alone."""

from datetime import datetime
from typing import Any

import pytest

pytest.importorskip("z3")

import z3

from tests.engine.assurance.verify import test_encoding
from tests.engine.model.test_other_types import DATA, folder, known, minutes_of
from thamdinh.engine.assurance.verify import tree
from thamdinh.engine.assurance.verify.bounds import Bound
from thamdinh.engine.assurance.verify.decoding import Chosen, as_yaml
from thamdinh.engine.assurance.verify.pinning import pins
from thamdinh.engine.assurance.verify.rows import SymbolicFacts
from thamdinh.engine.assurance.verify.texts import TextNumbers
from thamdinh.engine.assurance.verify.tree import Setting
from thamdinh.engine.documents import read
from thamdinh.engine.model.description import Description
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.facts import entities, flatten
from thamdinh.engine.model.instants import Readings
from thamdinh.engine.model.integrity import read_as
from thamdinh.engine.model.records import document_class

__all__ = ["folder", "known"]
BASE = datetime(2018, 5, 1)


@pytest.fixture
def built(known: Description, folder: str, monkeypatch: pytest.MonkeyPatch) -> tree.Built:
    assert description(folder) == known
    monkeypatch.setattr(test_encoding, "DAY", BASE)
    return tree.build(Setting(Bound(folder, days=3, voters=4, boards=2), BASE), TextNumbers())


def chosen_for(built: tree.Built, *held: Any) -> Chosen:
    solver = z3.Solver()
    solver.add(*built.constraints, *held)
    assert solver.check() == z3.sat
    return Chosen(built, solver.model())


def test_held_to_a_document_every_field_has_the_value_that_facts_give(known: Description, built: tree.Built) -> None:
    document = minutes_of(known, DATA)
    symbolic, facts = SymbolicFacts(built, Readings()), flatten(document, Readings())
    chosen = chosen_for(built, *(pin.holds for pin in pins(built, document)))
    for name, entity in entities(known).items():
        rows = [row for row in symbolic[name] if chosen.truth(row.present)]
        found = []
        for row in rows:
            types = {field: known_.type for field, known_ in entity.fields.items()}
            values = {field: test_encoding.value(chosen, row[field], kind) for field, kind in types.items()}
            found.append({key: said for key, said in values.items() if said is not None})
        expected = [row.values for row in facts[name]]
        assert sorted(map(repr, map(_sorted, found))) == sorted(map(repr, map(_sorted, expected))), name


def _sorted(values: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted((key, float(said) if isinstance(said, int) else said) for key, said in values.items())


def test_any_document_that_is_chosen_is_one_of_its_type(known: Description, built: tree.Built) -> None:
    some = [slot.present for rows in built.slots.values() for slot in rows]
    chosen = chosen_for(built, *some)
    made = read_as(document_class(known), read("made.yaml", as_yaml(chosen.plan()).encode()))
    assert len(made.boards) == 2
    assert [len(board.members) for board in made.boards] == [4, 4]
