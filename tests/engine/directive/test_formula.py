"""Formulas mean the same however they are asked."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.formulas import atoms, formulas
from tests.plan_classes import Plan
from tests.plans import ENTITIES
from tests.properties import examples
from tests.strategies import plans
from thamdinh.engine.directive.formula import And, Not, Or, atom_holds, holds, leaves
from thamdinh.engine.directive.formula import given as left_to_ask
from thamdinh.engine.model.facts import flatten
from thamdinh.engine.model.instants import Readings
from thamdinh.engine.model.parsing import validate

OF_FEW_FIELDS = ["part", "discussion", "outcome"]
"""Atoms of these are often about the same field."""


@pytest.mark.long
@given(st.data(), plans())
@examples(3)
def test_what_is_left_to_ask_once_an_atom_is_known_means_the_same_and_asks_it_no_more(
    data: st.DataObject, plan: dict[str, Any]
) -> None:
    entity = ENTITIES[data.draw(st.sampled_from(OF_FEW_FIELDS) | st.sampled_from(sorted(ENTITIES)))]
    known, other = data.draw(atoms(entity)), data.draw(atoms(entity))
    parts = known, other, data.draw(formulas(entity))
    formula = data.draw(st.sampled_from([And(parts), Or((other, And(parts))), Not(And((known, Not(other))))]))
    facts = flatten(validate(Plan, plan), Readings())
    for row in facts[entity.name]:
        left = left_to_ask(formula, known, atom_holds(known, row.values))
        assert known not in leaves(left)
        assert holds(left, row, facts) is holds(formula, row, facts)
