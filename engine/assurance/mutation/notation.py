"""Formulas written in the words of the rule language, to say what a mutant changed."""

from ...directive.formula import And, Atom, Exists, Formula, Not, Or
from ...directive.operators import SHORTHAND


def as_rule(formula: Formula) -> str:
    """The formula as one line of rule-language YAML, parameters resolved."""
    match formula:
        case Atom():
            return f"{{{_test(formula)}}}"
        case Exists(entity, atoms, joins):
            tests = [f"{theirs}: {{same_as: {ours}}}" for theirs, ours in joins] + [_test(atom) for atom in atoms]
            return f"{{some: {{{entity}: {{{', '.join(tests)}}}}}}}"
        case Not(part):
            return f"{{not: {as_rule(part)}}}"
        case And(()):
            return "{}"
        case And(parts):
            return f"{{all: [{', '.join(map(as_rule, parts))}]}}"
        case Or(parts):
            return f"{{any: [{', '.join(map(as_rule, parts))}]}}"


def scalar(value: object) -> str:
    """A value as YAML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(scalar, value))}]"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _test(atom: Atom) -> str:
    operand = scalar(atom.operand) if atom.other is None else f"{{field: {atom.other}}}"
    return f"{atom.field}: {operand}" if atom.operator == SHORTHAND else f"{atom.field}: {{{atom.operator}: {operand}}}"
