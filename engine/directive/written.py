"""The directive as written in a pack: clauses, parameters, exceptions and rules, parsed by pydantic.

A pack is a folder: `directive.yaml` and any number of rule files. Nothing here judges anything.
"""

import datetime
import re
from fractions import Fraction
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    StringConstraints,
    TypeAdapter,
    model_validator,
)
from pydantic_core import PydanticCustomError

from ..base.severity import Severity
from ..base.text import Text
from ..model.description import VocabularyChange
from .conditions import Condition, Match, Scalar, Strict

Modality = Literal["obligation", "permission", "prohibition", "request", "exception", "advice"]
Unit = Literal["day", "minute", "time_of_day", "count", "year", "share", "term"]
_SHARE: Final = re.compile(
    r"\s*(?P<part>[0-9]{1,6}(?:[.,][0-9]{1,6})?)\s*(?:/\s*(?P<whole>[1-9][0-9]{0,5})\s*|(?P<hundredths>%)\s*)?"
)
Identifier = Annotated[StrictStr, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=64)]


class Source(Strict):
    """Where a clause stands: non-empty paragraph and sentence of the source's body, both from 1; or, `cited` in words,
    articles of regulations.
    """

    paragraph: int | None = Field(default=None, ge=1)
    sentence: int | None = Field(default=None, ge=1)
    cited: Text | None = None

    @model_validator(mode="after")
    def _is_one_place(self) -> Self:
        if self.model_fields_set not in ({"paragraph", "sentence"}, {"cited"}):
            raise PydanticCustomError("one_place", "paragraph and sentence, or cited", {})
        return self


class SourceDocument(Strict):
    title: Text
    date: datetime.date


class Clause(Strict):
    """One clause of the directive, in the project's own words.

    `delegable`: a pack that extends this one may exempt plans from it and lower the severity of its rules.
    """

    id: Identifier
    modality: Modality
    source: Source
    text: Text
    delegable: StrictBool = False


class Parameter(Strict):
    """A value that a clause sets, or a reading chosen where the clause is open.

    A pack that extends another declares a parameter of that one anew to make it stricter; to any other value only where
    it is `delegable`. A share of a whole is written as a fraction, "2/3", in hundredths, "50%", or as a number from 0 to 1.
    """

    id: Identifier
    value: Scalar | tuple[Scalar, ...]
    unit: Unit
    clause: Identifier
    title: Text
    reason: Text
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    delegable: StrictBool = False

    @model_validator(mode="before")
    @classmethod
    def _with_shares(cls, written: Any) -> Any:
        if not isinstance(written, dict) or written.get("unit") != "share":
            return written
        value = written.get("value")
        shares = [_share(one) for one in value] if isinstance(value, list | tuple) else _share(value)
        return {**written, "value": shares}


def _share(written: Any) -> float:
    """A share of a whole as a number: of what people write for one, that nearest to it."""
    found = _SHARE.fullmatch(written) if isinstance(written, str) else None
    whole = 100 if found and found["hundredths"] else int(found["whole"] or 1) if found else 1
    share = float(Fraction(found["part"].replace(",", ".")) / whole) if found else written
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
        raise PydanticCustomError("share", "a fraction or a number from 0 to 1")
    return share


class SeverityChange(Strict):
    """What a pack that extends another makes of the severity of one of its rules: it may rise."""

    rule: Identifier
    severity: Severity
    clause: Identifier
    reason: Text


class ExceptionClause(Strict):
    """What a clause suspends, and for which plans (lex specialis)."""

    id: Identifier
    when: Condition
    suspends: tuple[Identifier, ...] = Field(min_length=1)
    reason: Text


class ReadingNames(Strict):
    """The parameters that say how half days are told apart."""

    morning_ends: Identifier
    afternoon_begins: Identifier


class WaiverNames(Strict):
    """The parameter that says who may waive a finding: advice, which nothing enforces."""

    who_may_waive: Identifier


class RuleSubject(Strict):
    entity: Identifier
    id: StrictStr


class Examples(Strict):
    """Fragments of a plan, as YAML text: one that breaches the rule and one that keeps it."""

    breach: StrictStr
    pass_: StrictStr = Field(alias="pass")


class ParameterReference(Strict):
    param: Identifier


class Repair(Strict):
    """The mechanical remedy of a rule (engine/repair/actions.py), and the minutes it reckons with where it does."""

    action: Identifier
    minutes: StrictInt | ParameterReference = 0


class UndecidedCase(Strict):
    """Rows on which a rule across plans can't be decided, and why."""

    when: Condition
    reason: Text


class Wording(Strict):
    """What is said instead, without a remedy of its own that of the rule, of rows of which something else is true."""

    when: Condition
    message: Text
    fix: Text | None = None


class PlaceElsewhere(Strict):
    """The place of a finding in another row than the judged one: the first that matches, and a key of it."""

    in_: dict[Identifier, Match] = Field(alias="in", min_length=1, max_length=1)
    key: StrictStr | None = None


class Rule(Strict):
    """One rule: which rows it judges, when it applies, what it requires, and what to say where that fails.

    A rule with `scope: audit` judges rows that exist only across plans, and so only audits apply it. `sentence` is the whole rule as an
    official would write it, with parameters as `{param.id}`. Of `wordings`, the
    first whose condition holds is what a finding says in place of `message` and `fix`.
    """

    id: Identifier
    scope: Literal["plan", "audit"] = "plan"
    clause: tuple[Identifier, ...] = Field(min_length=1)
    severity: Severity
    title: Text
    sentence: Text | None = None
    each: Identifier
    for_: dict[Identifier, tuple[Scalar, ...] | ParameterReference] = Field(default={}, alias="for", max_length=1)
    where: Condition = Condition()
    undecided: tuple[UndecidedCase, ...] = ()
    require: Condition
    subject: RuleSubject | None = None
    place: StrictStr | PlaceElsewhere | None = None
    message: Text
    fix: Text
    wordings: tuple[Wording, ...] = ()
    repair: Repair | None = None
    examples: Examples


class RuleFile(Strict):
    """A file of rules in a pack."""

    model_config = ConfigDict(title="thamdinh: tệp quy tắc")

    rules: tuple[Rule, ...]


class KnownPlace(Strict):
    """A district or the like as it is called officially, and what else people write for it."""

    name: StrictStr
    also: tuple[StrictStr, ...] = ()


class Jurisdiction(Strict):
    """Whose plans a pack is for. A plan does not name its province, so that only tells people.

    `places` is the register of the districts there: audits know each by its name, whatever else people write.
    """

    province: StrictStr
    district: StrictStr | None = None
    kind: tuple[Identifier, ...] | None = Field(default=None, min_length=1)
    places: tuple[KnownPlace, ...] = ()


class Directive(Strict):
    """The head of a pack, `directive.yaml`.

    `document` names the type of document that the pack judges, or its folder as seen from that of the pack: that of the
    pack it extends, or else the conference plan. `extends` names the pack that this one builds on (engine/directive/layers.py says what it may change). `jurisdiction` says
    whose plans it is for: province, district, kind (one or several). `vocabulary` says which words its documents lack or have
    besides. `area`: what summaries group its documents by, where it is not what their type says. An `illustration` was issued by
    nobody.
    """

    model_config = ConfigDict(title="thamdinh: directive.yaml")

    schema_: Literal[1] = Field(alias="schema")
    id: Annotated[StrictStr, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=64)]
    version: StrictStr
    title: Text
    issuer: Text
    extends: StrictStr | None = None
    document: StrictStr | None = None
    vocabulary: tuple[VocabularyChange, ...] = ()
    area: Literal["district", "superior", "organization"] | None = None
    illustration: StrictBool = False
    jurisdiction: Jurisdiction
    term: StrictStr
    valid_from: datetime.date
    valid_to: datetime.date
    source: SourceDocument
    clauses: tuple[Clause, ...]
    exceptions: tuple[ExceptionClause, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    severities: tuple[SeverityChange, ...] = ()
    readings: ReadingNames | None = None
    waivers: WaiverNames | None = None
    rules: tuple[Rule, ...] = ()


def rules_schema() -> dict[str, object]:
    """The JSON Schema of a file in a pack: `directive.yaml` or a file of rules."""
    schema = TypeAdapter(Directive | RuleFile).json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
