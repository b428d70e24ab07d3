"""What the review book says, before it is a page or a document."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from ....base.in_force import ONE_ENGINE
from ....base.instant import instant_words
from ....base.libraries import durable_rules_installed
from ....base.severity import IN_WORDS
from ....base.text import Language, Text
from ....directive.describing import MODALITIES, filled_in, parameter_words, place_in_source
from ....directive.pack import Pack
from ....directive.packs import digest as pack_digest
from ....directive.phrasing import number as number_words
from ....directive.sentences import formula_words
from ....directive.written import Clause, Rule
from ....forms import content as form_content
from ....forms.layout import layout
from ....model.description import Description
from ....model.facts import entities
from ....model.facts_across import across_entities
from ..agreement import Item, digest, grid, items, scenario_items, scenario_nodes, under
from ..checking import CheckedFeature
from ..model import Scenario
from ..running import Result
from ..steps import Grid, noun_of

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
SIGNING: Final = (
    Text("Đồng ý / đề nghị sửa", "Agreed / to be changed"),
    Text("Ý kiến", "Comment"),
    Text("Họ tên, chức vụ", "Name, office"),
    Text("Ngày, chữ ký", "Date, signature"),
)
"""The columns of the room for comments on a clause."""
APART: Final = Text("Kết quả kiểm tra gần nhất; ý kiến riêng", "Last run; comment of its own")
"""The column with the room for what is said of one scenario apart from its clause."""
MARK: Final = Text("Mã đối chiếu", "Reference")
_DATED: Final = re.compile(r"\b(?:\d{1,2}:\d{2} )?(?:ngày )?\d{1,2}/\d{1,2}/\d{4}(?: \d{1,2}:\d{2})?|\b\d{4}-\d{4}\b")
DIGITS: Final = 16
"""How many digits of a digest the book shows."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step as written, with the table below it."""

    keyword: str
    text: str
    table: Grid


@dataclass(frozen=True, slots=True)
class OutlineRow:
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
    lines: tuple[StepLine, ...]
    columns: tuple[str, ...]
    rows: tuple[OutlineRow, ...]
    status: str
    under: str
    """The title that it stands under, which begins with its clause."""
    item: Item
    """The scenario as one agrees to it."""
    label: str = ""
    """What the book calls it, by its clause: “D1.2”."""

    @property
    def kept(self) -> int:
        """How many of its rows hold."""
        return sum(row.status == "passed" for row in self.rows)


@dataclass(frozen=True, slots=True)
class BookRule:
    """A rule in words."""

    id: str
    severity: Text
    title: Text
    says: Text
    """The whole rule: as its pack words it, else as its formula says."""


@dataclass(frozen=True, slots=True)
class BookReading:
    """A value that a clause sets or a reading chosen, with its reason."""

    title: Text
    value: Text
    reason: Text


@dataclass(frozen=True, slots=True)
class BookClause:
    """One clause with all that hangs on it."""

    id: str
    modality: Text
    permits: bool
    place: Text
    text: Text
    suspends: tuple[tuple[str, ...], Text] | None
    readings: tuple[BookReading, ...]
    rules: tuple[BookRule, ...]
    stories: tuple[Story, ...]
    elsewhere: tuple[tuple[str, str], ...]
    """Scenarios that bear on this clause and are written out under another: name and clause."""
    items: tuple[Item, ...]
    """All that one agrees to with the clause, its scenarios included."""

    @property
    def digest(self) -> str:
        """What tells the clause, with all that one agrees to, from another wording of it; results are none of it."""
        return digest([[item.kind, item.id, item.content] for item in self.items])


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A table of the plan that scenarios begin with: its name, its columns and its rows."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The whole book."""

    title: Text
    issuer: Text
    directive: str
    version: str
    source: Text
    made: datetime
    clauses: tuple[BookClause, ...]
    scenarios: int
    passed: int
    pack: str
    """The digest of the pack."""
    one: Text
    """What a document of the type is called."""
    noun: str
    """The same in steps."""
    directed: bool
    """Whether somebody may direct the conference of an organisation of some kinds."""
    plan: tuple[PlanTable, ...]
    """The document that scenarios begin with."""


def book(pack: Pack, checked: Iterable[CheckedFeature], made: datetime, plan: Any) -> Book:
    """The book of a pack, with the results of a check of its features, where they were run."""
    checked = list(checked)
    stories = [story for item in checked for story in _stories(item, frozenset(rule.id for rule in pack.rules))]
    results = [result for item in checked for result in item.results]
    directive, known = pack.directive, pack.ruleset.known
    return Book(
        directive.title,
        directive.issuer,
        directive.id,
        directive.version,
        directive.source.title,
        made,
        tuple(_clauses(pack, stories)),
        len(results),
        sum(result.passed for result in results),
        pack_digest(pack.folder)[:DIGITS],
        known.one,
        noun_of(known),
        "director" in known.by_nature,
        tuple(_plan_tables(known, plan)) if plan else (),
    )


def _plan_tables(known: Description, plan: dict[str, Any]) -> Iterator[PlanTable]:
    """The plan as its form has it, without the codes by which rows refer to each other, and without what is empty."""
    form = layout(known)
    fields = [
        (f"({position}) {column.label}", cell_words(form_content.field(plan, column)))
        for position, column in enumerate(form.fields, 1)
    ]
    yield PlanTable(form.first, ("Mục", "Nội dung"), tuple((label, value) for label, value in fields if value))
    for table in form.tables:
        shown = [
            number
            for number, column in enumerate(table.columns)
            if not (column.holds == "reference" and column in table.names)
        ]
        rows = [[cell_words(row[number]) for number in shown] for _, row in form_content.rows(plan, table, form)]
        used = [number for number in range(len(shown)) if any(row[number] for row in rows)]
        codes = {number for number in used if table.columns[shown[number]].is_code}
        # A code that is the name of its row says nothing more.
        used = [number for number in used if number not in codes or any(row.count(row[number]) == 1 for row in rows)]
        # Numbered, as no form is: this plan is to be read by people, and never as one that an office hands in.
        head = tuple(f"({position}) {table.columns[shown[number]].label}" for position, number in enumerate(used, 1))
        if used:
            yield PlanTable(table.name, head, tuple(tuple(row[number] for number in used) for row in rows))


def cell_words(value: Any) -> str:
    """What a cell of a form shows, as a text."""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return number_words(value, "vi")
    return "" if value is None else str(value)


def mark_of(about: str, content: str, language: Language) -> str:
    """What a book says above the room for comments: by which the answers are known to be on this wording of the thing."""
    return f"{MARK[language]}: {about} {content[:DIGITS]}"


def unbroken(text: str) -> str:
    """The text with dates and times that stay in one line."""
    return _DATED.sub(lambda found: found[0].replace(" ", "\u00a0").replace("-", "\u2011"), text)


def last_run(of: Book, language: Language) -> str:
    """When the scenarios were run, and that one rule engine ran them where there is but one."""
    made = instant_words(of.made, language)
    return made if durable_rules_installed() else f"{made} ({ONE_ENGINE[language]})"


def _clauses(pack: Pack, stories: list[tuple[frozenset[str], Story]]) -> Iterator[BookClause]:
    """Every clause in the order of the directive. A scenario is written out once: under the first of its clauses whose rule it shows."""
    home: dict[str, str] = {}
    clauses = pack.directive.clauses
    for _, story in stories:
        shown = [
            clause.id
            for rule in pack.rules
            if rule.id in story.rules
            for clause in clauses
            if clause.id == rule.clause[0]
        ]
        tagged = [clause.id for clause in clauses if any(clause.id in tags for tags, one in stories if one is story)]
        home[story.id] = next((clause for clause in tagged if clause in shown), next(iter(tagged), ""))
    written = items(pack)
    for clause in clauses:
        yield _clause(clause, pack, stories, home, written)


def _clause(
    clause: Clause,
    pack: Pack,
    stories: list[tuple[frozenset[str], Story]],
    home: Mapping[str, str],
    written: tuple[Item, ...],
) -> BookClause:
    rules = [rule for rule in pack.rules if clause.id in rule.clause]
    suspends = next(((item.suspends, item.reason) for item in pack.directive.exceptions if item.id == clause.id), None)
    hanging = under(pack, clause.id)
    parameters = [one for one in pack.directive.parameters if ("parameter", one.id) in hanging]
    own = sorted((story for _, story in stories if home[story.id] == clause.id), key=_first_of(clause, rules))
    told = tuple(replace(story, label=f"{clause.id}.{number}") for number, story in enumerate(own, 1))
    return BookClause(
        clause.id,
        MODALITIES[clause.modality],
        clause.modality == "permission",
        Text(place_in_source(clause, "vi"), place_in_source(clause, "en")),
        clause.text,
        suspends,
        tuple(BookReading(item.title, parameter_words(item), item.reason) for item in parameters),
        tuple(_rule(rule, pack) for rule in rules),
        told,
        tuple(
            (story.name, home[story.id]) for tags, story in stories if clause.id in tags and home[story.id] != clause.id
        ),
        (*(one for one in written if (one.kind, one.id) in hanging), *(story.item for story in told)),
    )


def _first_of(clause: Clause, rules: list[Rule]) -> Callable[[Story], tuple[int, bool]]:
    """Sorts scenarios by the first of these rules that they show, those of none last; of one rule those on the clause itself first."""
    order = {rule.id: number for number, rule in enumerate(rules)}

    def key(story: Story) -> tuple[int, bool]:
        first = min((order[rule] for rule in story.rules if rule in order), default=len(order))
        return first, re.match(rf"{re.escape(clause.id)}\b", story.under) is None

    return key


def _rule(rule: Rule, pack: Pack) -> BookRule:
    every = (*pack.ruleset.judgements, *pack.ruleset.across)
    judgements = [judgement for judgement in every if judgement.rule == rule.id]
    known = pack.ruleset.known
    entity = (across_entities(known) if rule.scope == "audit" else entities(known))[rule.each]
    if rule.sentence is not None:
        says = Text(filled_in(pack, rule.sentence, "vi"), filled_in(pack, rule.sentence, "en"))
    else:
        where, required = (
            formula_words(judgements[0].where, entity),
            [formula_words(one.require, entity) for one in judgements],
        )
        says = Text(
            f"Xét từng {entity.label.vi}{f'; khi {where.vi}' if where.vi else ''}; phải: {'; '.join(one.vi for one in required)}.",
            f"For each {entity.label.en}{f'; where {where.en}' if where.en else ''}; required: {'; '.join(one.en for one in required)}.",
        )
    return BookRule(rule.id, IN_WORDS[rule.severity], rule.title, says)


def _stories(item: CheckedFeature, rules: frozenset[str]) -> Iterator[tuple[frozenset[str], Story]]:
    """The scenarios of a file as they are written, with their tags, in its order."""
    if item.feature is None:
        return
    spread: dict[str, list[Scenario]] = {}
    for scenario in item.feature.scenarios:
        spread.setdefault(scenario.node, []).append(scenario)
    results = {(result.scenario.node, result.scenario.row_node): result for result in item.results}
    written = dict(scenario_items(item.feature))
    for group, node, _ in scenario_nodes(item.feature.document["feature"]):
        if scenarios := spread.get(node["id"], []):
            tags = frozenset(tag for scenario in scenarios for tag in scenario.tags)
            statuses = [_status(results.get((one.node, one.row_node))) for one in scenarios]
            yield tags, _story(node, scenarios, statuses, tags, rules, group, written[node["id"]])


def _story(
    node: dict[str, Any],
    scenarios: list[Scenario],
    statuses: list[str],
    tags: frozenset[str],
    rules: frozenset[str],
    group: str,
    item: Item,
) -> Story:
    place = scenarios[0].place
    lines = [
        StepLine(step["keyword"].strip(), step["text"], grid(step["dataTable"]["rows"]) if "dataTable" in step else ())
        for step in node["steps"]
    ]
    columns = tuple(name for name, _ in scenarios[0].row)
    rows = [
        OutlineRow(tuple(dict(scenario.row).get(name, "") for name in columns), status)
        for scenario, status in zip(scenarios, statuses, strict=True)
        if columns
    ]
    worst = next(status for status in ("unread", "failed", "passed") if status in statuses)
    return Story(
        f"s-{place.file.rpartition('/')[2].removesuffix('.feature')}-{node['location']['line']}",
        item.title.vi,
        f"{place.file}:{node['location']['line']}",
        tuple(sorted(tags & rules)),
        tuple(label for tag, label in ROLES.items() if tag in tags),
        tuple(lines),
        columns,
        tuple(rows),
        worst,
        group,
        item,
    )


def _status(result: Result | None) -> str:
    return result.status if result is not None and result.status in ("passed", "failed") else "unread"
