"""A plan the solver chose, shown to both evaluators: they must say of it what the solver says."""

from dataclasses import dataclass, field

from ...base.problem import ENGINE, Place, Problem, Unreadable
from ...base.text import Text
from ...directive.ruleset import Ruleset
from ...documents import read
from ...evaluation.appraisal import plan_of
from ...evaluation.check import Checker, evaluators
from ...evaluation.hits import subject
from ...evaluation.rule_engine import RuleEngineError
from ...model.facts import flatten
from .decoding import Chosen, as_yaml
from .encoding import Encoding
from .hits import breaches
from .report import Witness


class Disagreement(Exception):
    """An evaluator says of a plan what the solver does not: the encoding, or the evaluator, is wrong."""

    def __init__(self, who: str, witness: Witness, said: object) -> None:
        super().__init__(f"{who}: {said}")
        self.who, self.witness, self.said = who, witness, said

    def problem(self, place: Place, ruleset: Ruleset) -> Problem:
        """The disagreement as a failure of the program, never as a verdict."""
        one = ruleset.known.one
        return Problem(
            ENGINE,
            Text(
                f"Bộ giải và {self.who} nói khác nhau về một {one.vi}, nên không đưa ra",
                f"The solver and {self.who} differ on a {one.en}, so none is given",
            ),
            Text("Gửi tệp này cho bộ phận hỗ trợ", "Send this file to the maintainers"),
            place,
        )


@dataclass(slots=True)
class Bench:
    """The evaluators of a ruleset: both, or the one there is."""

    ruleset: Ruleset
    _checkers: dict[str, Checker] = field(default_factory=dict)

    def witness(self, encoding: Encoding, chosen: Chosen, name: str, *, smallest: bool) -> Witness:
        """The plan as a witness that every evaluator confirms. Raises Disagreement."""
        text = as_yaml(chosen.plan())
        document = read(f"{name}.yaml", text.encode())
        suspended = tuple(rule for rule, truth in encoding.suspended.items() if chosen.truth(truth))
        witness = Witness(name, text, (), suspended, smallest)
        try:
            plan = plan_of(document, known=self.ruleset.known)
        except Unreadable as unreadable:
            raise Disagreement("integrity", witness, str(unreadable)) from None
        facts = flatten(plan, self.ruleset.readings)
        expected = {
            (self.ruleset.judgements[position].rule, subject(self.ruleset.judgements[position], row).id)
            for position, number in breaches(encoding, chosen)
            for row in (facts[self.ruleset.judgements[position].entity][number],)
        }
        witness = Witness(name, text, tuple(sorted(expected)), suspended, smallest)
        for who, factory in evaluators():
            checker = self._checkers.setdefault(who, Checker(self.ruleset, factory))
            try:
                hits = checker.judge(plan)
            except RuleEngineError as error:  # a rule too large for durable-rules, or a failure of its own
                raise Disagreement(who, witness, str(error)) from error
            found = {(rule, about.id) for rule, about in hits.found}
            aside = tuple(item.rule for item in hits.not_applicable)
            if found != expected or aside != suspended:
                raise Disagreement(who, witness, sorted(found))
        return witness
