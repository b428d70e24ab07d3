"""The conditions of the rule language: structured data that pydantic parses. There is no expression language.

A condition is a mapping, and all of its keys must hold: `field: test` over the row that is judged, `all`, `any`, `not`,
`some: {entity: {field: test}}` (a row of that entity exists) and `none` (no such row). Quantifiers do not nest.
Any comparison with a field that is absent is false.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Final, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    Tag,
    create_model,
    model_validator,
)
from pydantic_core import PydanticCustomError

from .operators import OPERATORS, SHORTHAND, Shape

Scalar = StrictBool | StrictInt | StrictFloat | StrictStr


class Strict(BaseModel):
    """The base of everything written in a pack: unknown keys are errors, nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


class Reference(Strict):
    """A value that stands elsewhere: in a parameter of the pack, in `for`, or in another field of the same row."""

    param: StrictStr | None = None
    for_: StrictStr | None = Field(default=None, alias="for")
    field: StrictStr | None = None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise PydanticCustomError("one_key", "exactly one of: param, for, field", {"keys": "param, for, field"})
        return self


def _shape(value: object) -> str:
    return "reference" if isinstance(value, dict | Reference) else "literal"


Elsewhere = Annotated[Reference, Tag("reference")]
Number = StrictInt | StrictFloat
Value = Annotated[Annotated[Scalar, Tag("literal")] | Elsewhere, Discriminator(_shape)]
Values = Annotated[
    Annotated[tuple[Scalar, ...], Field(min_length=1), Tag("literal")] | Elsewhere, Discriminator(_shape)
]
Members = Annotated[Annotated[Scalar | tuple[Scalar, ...], Tag("literal")] | Elsewhere, Discriminator(_shape)]
Range = Annotated[Annotated[tuple[Number, Number], Tag("literal")] | Elsewhere, Discriminator(_shape)]
Bound = Annotated[Annotated[Number, Tag("literal")] | Elsewhere, Discriminator(_shape)]


def _shorthand(value: object) -> object:
    return value if isinstance(value, dict | Test) else {SHORTHAND: value}


_SHAPES: Final[dict[Shape, Any]] = {
    "value": Value,
    "values": Values,
    "range": Range,
    "bound": Bound,
    "time": Reference,
    "truth": StrictBool,
    "members": Members,
}
_FIELDS: Final[dict[str, Any]] = {
    name: (_SHAPES[known.takes] | None, Field(default=None, description=known.description))
    for name, known in OPERATORS.items()
}


class Test(create_model("_Operators", __base__=Strict, **_FIELDS)):  # type: ignore[misc]  # no class is written out
    """One test of one field; exactly one operator. A bare scalar means `is`."""

    __test__ = False

    same_as: StrictStr | None = Field(default=None, description="equals this field of the judged row (in some, none)")

    @model_validator(mode="after")
    def _has_one_operator(self) -> Self:
        if len(self.model_fields_set) != 1 or self.operand is None:
            raise PydanticCustomError("one_key", "exactly one operator", {"keys": ", ".join(type(self).model_fields)})
        return self

    @property
    def operator(self) -> str:
        """The operator as it is written in a rule file."""
        return str(next(iter(self.model_fields_set)))

    @property
    def operand(self) -> Any:
        return getattr(self, self.operator)


FieldTest = Annotated[Test, BeforeValidator(_shorthand)]
Match = dict[str, FieldTest]


class Condition(BaseModel):
    """A conjunction: every field test and every connective in it must hold."""

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True, defer_build=True)
    __pydantic_extra__: dict[str, FieldTest] = Field(init=False)

    all: tuple["Condition", ...] = ()
    any: tuple["Condition", ...] = ()
    not_: "Condition | None" = Field(default=None, alias="not")
    some: dict[str, Match] = Field(default={}, max_length=1)
    none: dict[str, Match] = Field(default={}, max_length=1)

    @property
    def fields(self) -> dict[str, Test]:
        """The tests of the judged row, by field."""
        return self.__pydantic_extra__

    def walk(self) -> Iterator["Condition"]:
        """The condition and all that it is made of, at every depth."""
        yield self
        for part in (*self.all, *self.any, *([self.not_] if self.not_ else [])):
            yield from part.walk()
