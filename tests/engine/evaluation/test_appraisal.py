"""The one door to a verdict: whatever fails on the way is a problem of the verdict, and nothing is shown that may not be."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.appraisal import base_plan, checker
from tests.plan_classes import Plan
from thamdinh.engine.base.problem import NOT_UNDERSTOOD, Place, Problem, Unreadable
from thamdinh.engine.base.text import Text
from thamdinh.engine.documents import read
from thamdinh.engine.documents.document import Document
from thamdinh.engine.evaluation.appraisal import Appraisal, Read, appraise
from thamdinh.engine.evaluation.check import Checker
from thamdinh.engine.evaluation.rule_engine import RuleEngineError
from thamdinh.engine.evaluation.wording import Showing
from thamdinh.engine.model.description import Description
from thamdinh.engine.model.document_types import description

CARD, NAME = "83.987654", "Nguyễn Thị Hòa"
NOTICE = Problem(NOT_UNDERSTOOD, Text(f"{NAME} {CARD}", ""), Text("", ""), Place("plan.json"))


@dataclass(frozen=True)
class Noticing:
    """A document whose reader noticed something, in words that hold a name and a card."""

    document: Document

    def __getattr__(self, name: str) -> Any:
        return (NOTICE,) if name == "notices" else getattr(self.document, name)


def refusing(code: str) -> Unreadable:
    return Unreadable(replace(NOTICE, code=code, message=Text("", "")))


def document_of(*, valid: bool = True) -> Noticing:
    data = base_plan()
    data["participants"][0] |= {"name": NAME, "party_card": CARD, **({} if valid else {"standing": f"{NAME} {CARD}"})}
    return Noticing(read("plan.json", json.dumps(data, ensure_ascii=False).encode()))


def fails(error: Exception) -> Any:
    raise error


@dataclass
class Failing:
    """A judge that fails: it chooses none, or its engine or its program is at fault."""

    error: Exception
    chooses: bool = True

    def known(self, _document: Document) -> Description:
        return description()

    def checker(self, _plan: Plan, _document: Document) -> Checker:
        return (
            replace(checker(), factory=lambda *_: fails(self.error), _cases={}) if self.chooses else fails(self.error)
        )


FAULTS: dict[str, tuple[Callable[[], Read], Any, str, tuple[bool, bool, bool]]] = {
    "not read": (lambda: fails(refusing("PL006")), checker(), "PL006", (False, False, False)),
    "fails in reading": (lambda: fails(ValueError()), checker(), "EN001", (False, False, False)),
    "no plan": (lambda: (document_of(valid=False), None), checker(), "PL002", (True, False, False)),
    "no pack": (lambda: (document_of(), None), Failing(refusing("DR001"), chooses=False), "DR001", (True, True, False)),
    "engine fails": (lambda: (document_of(), None), Failing(RuleEngineError("x")), "EN001", (True, True, True)),
    "program fails": (lambda: (document_of(), None), Failing(KeyError()), "EN001", (True, True, True)),
}


def known(made: Appraisal) -> tuple[bool, bool, bool]:
    return made.document is not None, made.plan is not None, made.checker is not None


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_fails_is_a_problem_of_the_verdict_and_what_is_known_by_then_is_kept(fault: str) -> None:
    reading, judge, code, parts = FAULTS[fault]
    made = appraise("plan.json", reading, judge)
    assert made.verdict.status == "invalid"
    assert ([item.code for item in made.verdict.problems], known(made)) == ([code], parts)
    assert [item.code for item in made.verdict.notices] == [NOT_UNDERSTOOD] * parts[0]


@pytest.mark.parametrize("redact_names", [False, True])
@pytest.mark.parametrize("fault", [*FAULTS, "none"])
def test_no_card_is_shown_and_no_name_that_may_not_be(fault: str, redact_names: bool) -> None:
    reading, judge, *_ = FAULTS.get(fault, (lambda: (document_of(), None), checker()))
    made = appraise("plan.json", reading, judge, Showing(redact_names))
    said = repr(made.verdict)
    assert CARD not in said
    assert (NAME in said) == (made.document is not None and not redact_names)


def test_a_plan_that_was_read_already_is_not_read_again() -> None:
    plan = appraise("plan.json", lambda: (document_of(), None), checker()).plan
    made = appraise("plan.json", lambda: (document_of(valid=False), plan), checker())
    assert (made.plan, made.verdict.problems) == (plan, ())
