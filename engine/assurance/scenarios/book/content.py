"""What the review book says, before it is a page or a document."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from ....base.in_force import ONE_ENGINE
from ....base.instant import instant_words
from ....base.libraries import durable_rules_installed
from ....base.severity import IN_WORDS
from ....base.text import Language, Text
from ....directive import phrasing
from ....directive.describing import MODALITIES, parameters_of, place_in_source
from ....directive.pack import Pack
from ....directive.sentences import formula_words
from ....directive.written import Clause, Parameter, Rule
from ....model.enumerations import LABELS
from ....model.facts import entities
from ....model.facts_across import across_entities
from ..checking import Checked
from ..running import Result
from ..steps import Grid

STATUSES: Final = {
    "passed": Text("đúng", "holds"),
    "failed": Text("không đúng", "does not hold"),
    "unread": Text("chưa chạy được", "could not be run"),
}
ROLES: Final = {
    "đạt": Text("trường hợp đạt", "kept"),
    "vi_phạm": Text("trường hợp vi phạm", "breached"),
    "ranh_giới": Text("ranh giới", "boundary"),
    "được_phép": Text("điều được phép", "permission"),
    "ngoại_lệ": Text("ngoại lệ", "exception"),
}
"""What the tags of a scenario say of its part in showing a rule."""
NO_RULE: Final = {
    True: Text(
        "Không có quy tắc nào nêu lỗi theo điều này: điều này cho phép, và tình huống dưới đây cho thấy điều được phép.",
        "No rule finds a breach of this clause: it permits, and the scenarios below show what it permits.",
    ),
    False: Text("Chưa có quy tắc nào cho điều này.", "There is no rule of this clause yet."),
}
"""What is said of a clause without a rule, whether it is a permission or not."""
_UNITS: Final = {"day": Text("ngày", "days"), "minute": Text("phút", "minutes")}


@dataclass(frozen=True, slots=True)
class Line:
    """One step as written, with the table below it."""

    keyword: str
    text: str
    table: Grid


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an outline, and what came of it."""

    cells: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True)
class Story:
    """One scenario as written; an outline has columns and rows."""

    id: str
    name: str
    place: str
    rules: tuple[str, ...]
    roles: tuple[Text, ...]
    lines: tuple[Line, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    status: str

    @property
    def kept(self) -> int:
        """How many of its rows hold."""
        return sum(row.status == "passed" for row in self.rows)


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule in words."""

    id: str
    severity: Text
    title: Text
    judges: Text
    when: Text
    requires: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A value that a clause sets or a reading chosen, with its reason."""

    title: Text
    value: Text
    reason: Text


@dataclass(frozen=True, slots=True)
class ClauseEntry:
    """One clause with all that hangs on it."""

    id: str
    modality: Text
    permits: bool
    place: Text
    text: Text
    suspends: tuple[tuple[str, ...], Text] | None
    readings: tuple[Reading, ...]
    rules: tuple[RuleEntry, ...]
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The whole book."""

    title: Text
    issuer: Text
    directive: str
    version: str
    source: Text
    made: datetime
    clauses: tuple[ClauseEntry, ...]
    scenarios: int
    passed: int
    plan: str
    """The plan that scenarios begin with, as YAML."""


def book(pack: Pack, checked: Iterable[Checked], made: datetime, plan: str) -> Book:
    """The book of a pack, with the results of a check of its features."""
    checked = list(checked)
    stories = [story for item in checked for story in _stories(item, frozenset(rule.id for rule in pack.rules))]
    results = [result for item in checked for result in item.results]
    directive = pack.directive
    return Book(
        directive.title,
        directive.issuer,
        directive.id,
        directive.version,
        directive.source.title,
        made,
        tuple(_clause(clause, pack, stories) for clause in directive.clauses),
        len(results),
        sum(result.passed for result in results),
        plan,
    )


def last_run(of: Book, language: Language) -> str:
    """When the scenarios were run, and that one rule engine ran them where there is but one."""
    made = instant_words(of.made, language)
    return made if durable_rules_installed() else f"{made} ({ONE_ENGINE[language]})"


def _clause(clause: Clause, pack: Pack, stories: list[tuple[frozenset[str], Story]]) -> ClauseEntry:
    rules = [rule for rule in pack.rules if clause.id in rule.clause]
    suspends = next(((item.suspends, item.reason) for item in pack.directive.exceptions if item.id == clause.id), None)
    read = {parameter.id for rule in rules for parameter in parameters_of(pack, rule)}
    parameters = [
        parameter for parameter in pack.directive.parameters if parameter.clause == clause.id or parameter.id in read
    ]
    return ClauseEntry(
        clause.id,
        MODALITIES[clause.modality],
        clause.modality == "permission",
        Text(place_in_source(clause, "vi"), place_in_source(clause, "en")),
        clause.text,
        suspends,
        tuple(Reading(item.title, parameter_words(item), item.reason) for item in parameters),
        tuple(_rule(rule, pack) for rule in rules),
        tuple(story for tags, story in stories if clause.id in tags),
    )


def _rule(rule: Rule, pack: Pack) -> RuleEntry:
    every = (*pack.ruleset.judgements, *pack.ruleset.across)
    judgements = [judgement for judgement in every if judgement.rule == rule.id]
    known = pack.ruleset.known
    entity = (across_entities(known) if rule.scope == "audit" else entities(known))[rule.each]
    return RuleEntry(
        rule.id,
        IN_WORDS[rule.severity],
        rule.title,
        entity.label,
        formula_words(judgements[0].where, entity),
        tuple(formula_words(judgement.require, entity) for judgement in judgements),
    )


def parameter_words(parameter: Parameter) -> Text:
    """A parameter's value as people write it: members by their labels, numbers with their unit."""
    values = parameter.value if isinstance(parameter.value, tuple) else (parameter.value,)
    labels = {member: label for members in LABELS.values() for member, label in members.items()}

    def said(language: Language) -> str:
        words = [
            labels[value][language]
            if isinstance(value, str) and value in labels
            else phrasing.number(value, language)
            if isinstance(value, int | float) and not isinstance(value, bool)
            else str(value)
            for value in values
        ]
        joint = {"vi": " đến ", "en": " to "}[language] if parameter.unit == "day" and len(words) == 2 else ", "
        unit = _UNITS.get(parameter.unit)
        return joint.join(words) + (f" {unit[language]}" if unit else "")

    return Text(said("vi"), said("en"))


def _stories(item: Checked, rules: frozenset[str]) -> Iterator[tuple[frozenset[str], Story]]:
    """The scenarios of a file as they are written, with their tags, in its order."""
    if item.feature is None:
        return
    results: dict[str, list[Result]] = {}
    for result in item.results:
        results.setdefault(result.scenario.node, []).append(result)
    for node in _scenario_nodes(item.feature.document["feature"]):
        outcomes = results.get(node["id"], [])
        if outcomes:
            tags = frozenset(tag for result in outcomes for tag in result.scenario.tags)
            yield tags, _story(node, outcomes, tags, rules)


def _scenario_nodes(container: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for child in container["children"]:
        if "scenario" in child:
            yield child["scenario"]
        elif "rule" in child:
            yield from _scenario_nodes(child["rule"])


def _story(node: dict[str, Any], outcomes: list[Result], tags: frozenset[str], rules: frozenset[str]) -> Story:
    scenario = outcomes[0].scenario
    place = scenario.place
    lines = [
        Line(step["keyword"].strip(), step["text"], _grid(step["dataTable"]["rows"]) if "dataTable" in step else ())
        for step in node["steps"]
    ]
    columns = tuple(name for name, _ in scenario.row)
    rows = [
        Row(tuple(dict(result.scenario.row).get(name, "") for name in columns), _status(result))
        for result in outcomes
        if columns
    ]
    statuses = {_status(result) for result in outcomes}
    worst = next(status for status in ("unread", "failed", "passed") if status in statuses)
    return Story(
        f"s-{place.file.rpartition('/')[2].removesuffix('.feature')}-{node['location']['line']}",
        node["name"],
        f"{place.file}:{node['location']['line']}",
        tuple(sorted(tags & rules)),
        tuple(label for tag, label in ROLES.items() if tag in tags),
        tuple(lines),
        columns,
        tuple(rows),
        worst,
    )


def _status(result: Result) -> str:
    return result.status if result.status in ("passed", "failed") else "unread"


def _grid(rows: list[dict[str, Any]]) -> Grid:
    return tuple(tuple(cell["value"] for cell in row["cells"]) for row in rows)
