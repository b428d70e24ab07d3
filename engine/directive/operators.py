"""The operators of the rule language, one record each: to add an operator is to add a record here.

What an operator means is said once, as questions about the value of a field. There are four kinds of them, and each reader of
formulas puts them in terms of its own: values (formula.py), patterns of durable-rules (normal_form.py), Python that scans
plans (evaluation/scanning.py) and z3 (assurance/verify/encoding.py).
"""

from collections.abc import Callable
from typing import Any, Final, Literal, NamedTuple

from ..base.text import Text
from ..model.facts import FieldType

Shape = Literal["value", "values", "range", "bound", "time", "truth", "members"]
"""What stands after an operator in a rule file; conditions.py says which values that is."""

Sign = Literal["<", "<=", ">", ">="]
Narrowing = Literal["higher", "lower", "within", "fewer", "more"]
"""Of two operands the stricter is the higher or lower one, the range within the other, the list with fewer or more members."""


class Given(NamedTuple):
    """Is the field given (or, not `truth`, absent)? Every other question is answered with no where it is absent."""

    truth: bool


class OneOf(NamedTuple):
    """Is the value one of the members?"""

    members: tuple[Any, ...]


class Ordered(NamedTuple):
    """Does the value stand to the bound as the sign says?"""

    sign: Sign
    bound: Any


class Expression(NamedTuple):
    """Is this Python of `{value}` and `{operand}` true? durable-rules is told the answer as a fact.

    The solver asks `term(value, operand)`, a z3 Boolean: the value, and an operand that is another field, are symbols (assurance/verify/rows.py).
    """

    python: str
    operand: Any
    term: Callable[[Any, Any], Any]


Question = Given | OneOf | Ordered | Expression


class Operator(NamedTuple):
    """One operator: for an operand, `asks` gives the questions that must all be answered with yes.

    `fields` are the types of the fields it may be asked of. `description` stands in the JSON schema, `words` in sentences, with
    `otherwise` where the operand is false. `slips` names the operators easily written in its place, one for each bound of a range.
    `narrows` is None where it can't be known which operand is stricter. `refuses` says what is wrong with an operand of the
    right shape, and how to mend it.
    """

    takes: Shape
    fields: frozenset[FieldType]
    description: str
    words: Text
    asks: Callable[[Any], tuple[Question, ...]]
    slips: tuple[tuple[str, ...], ...] = ()
    narrows: Narrowing | None = None
    refuses: Callable[[Any], tuple[Text, Text] | None] = lambda _: None
    otherwise: Text | None = None


def _bounded(sign: Sign, words: Text, slip: str, narrows: Narrowing) -> Operator:
    """A comparison of a number with a bound."""
    said, asks = f"number {sign} bound", lambda bound: (Ordered(sign, bound),)
    return Operator("bound", frozenset({"number"}), said, words, asks, ((slip,),), narrows)


_TURNED: Final = (
    Text("Cận dưới lớn hơn cận trên", "The lower bound is above the upper bound"),
    Text("Viết [cận dưới, cận trên]", "Write [low, high]"),
)

OPERATORS: Final[dict[str, Operator]] = {
    "is": Operator(
        "value",
        frozenset({"text", "number", "boolean", "enumeration"}),
        "equals the value",
        Text("{field} là {value}", "{field} is {value}"),
        lambda value: (OneOf((value,)),),
    ),
    "in": Operator(
        "values",
        frozenset({"text", "number", "enumeration"}),
        "is one of the values",
        Text("{field} là một trong: {value}", "{field} is one of: {value}"),
        lambda values: (OneOf(values),),
        narrows="fewer",
    ),
    "between": Operator(
        "range",
        frozenset({"number"}),
        "lies between two numbers, both included",
        Text("{field} từ {value}", "{field} lies within {value}"),
        lambda bounds: (Ordered(">=", bounds[0]), Ordered("<=", bounds[1])),
        (("more_than", "at_most"), ("at_least", "less_than")),
        "within",
        lambda bounds: None if bounds[0] <= bounds[1] else _TURNED,
    ),
    "at_least": _bounded(">=", Text("{field} ít nhất {value}", "{field} is at least {value}"), "more_than", "higher"),
    "at_most": _bounded("<=", Text("{field} không quá {value}", "{field} is at most {value}"), "less_than", "lower"),
    "less_than": _bounded("<", Text("{field} dưới {value}", "{field} is less than {value}"), "at_most", "lower"),
    "more_than": _bounded(">", Text("{field} trên {value}", "{field} is more than {value}"), "at_least", "higher"),
    "before": Operator(
        "time",
        frozenset({"date", "instant"}),
        "earlier than another time of the same row",
        Text("{field} trước {value}", "{field} is before {value}"),
        lambda time: (Ordered("<", time),),
        (("at_most",), ("after",)),
    ),
    "after": Operator(
        "time",
        frozenset({"date", "instant"}),
        "later than another time of the same row",
        Text("{field} sau {value}", "{field} is after {value}"),
        lambda time: (Ordered(">", time),),
        (("at_least",), ("before",)),
    ),
    "present": Operator(
        "truth",
        frozenset({"text", "number", "boolean", "enumeration", "date", "instant", "set"}),
        "whether the field is given at all",
        Text("có ghi {field}", "{field} is given"),
        lambda truth: (Given(truth),),
        otherwise=Text("không ghi {field}", "{field} is not given"),
    ),
    "has": Operator(
        "members",
        frozenset({"set"}),
        "the set contains the value, or all of the values",
        Text("{field} có {value}", "{field} includes {value}"),
        lambda member: (Expression("{operand} in {value}", member, lambda symbol, name: symbol.members[name]),),
        narrows="more",
    ),
}
"""Every operator of a condition on one field. `same_as`, which joins two rows, is none of them."""

SHORTHAND: Final = "is"
"""The operator that a bare value stands for."""
