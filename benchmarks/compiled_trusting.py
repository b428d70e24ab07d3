"""Compiled rules that trust their input as the hand-written checker does, and say no more than it: rule and subject.

What thamdinh would be without its questions (PL001 to PL005), places, messages and evidence. For comparison only.
"""

from collections.abc import Callable

import msgspec

from benchmarks.hand_written import Found
from tests.plan_classes import Plan
from thamdinh.engine.audit.quick.structs import settling, struct
from thamdinh.engine.directive import phrasing
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.evaluation.check import Checker
from thamdinh.engine.evaluation.hits import Hit, subject
from thamdinh.engine.evaluation.scanning import Compiled
from thamdinh.engine.model.facts import Facts, flatten

parse, settle = msgspec.json.Decoder(struct(Plan, "line")).decode, settling(Plan)


def checker() -> Callable[[bytes], Found]:
    """A function from a line of JSONL to the findings on it."""
    rules = ruleset()
    judging = Checker(rules, Compiled)

    def named(facts: Facts, hit: Hit) -> tuple[str, str]:
        judgement = rules.judgements[hit[0]]
        if all(field is None for _, field in phrasing.pieces(judgement.subject)):
            return judgement.rule, judgement.subject
        return judgement.rule, subject(judgement, facts.row(judgement.entity, hit[1])).id

    def check(line: bytes) -> Found:
        plan = parse(line)
        settle(plan)
        facts = flatten(plan, rules.readings)
        breaches, _ = judging.evaluator(plan).run(facts)
        return {named(facts, hit) for hit in breaches}

    return check
