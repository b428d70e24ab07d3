"""Whom a change of a directive hits: two runs over the same inputs, one by each pack, compared plan by plan."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from ...base.severity import Severity
from ...base.text import Text
from ...evaluation.verdict import Status
from ...model.called import Called, called
from .database import Database
from .history import PastRun

Dimension = Literal["district", "kind"]
Came = Literal["new", "gone", "graded"]
"""What becomes of findings: there are more, there are fewer, or they are of another severity."""
Flow = tuple[Status, Status]
"""A plan's status by the old pack and by the new one."""


@dataclass(frozen=True, slots=True)
class TurnedPlan:
    """A plan whose verdict changes, and the findings of it that come and go, as rule and message."""

    place: str
    organization: str | None
    kind: str | None
    district: str | None
    before: Status
    after: Status
    new: tuple[tuple[str, Text], ...]
    gone: tuple[tuple[str, Text], ...]

    def to_json(self) -> dict[str, object]:
        said = {
            name: [{"rule": rule, "message": message.to_json()} for rule, message in getattr(self, name)]
            for name in ("new", "gone")
        }
        return {name: getattr(self, name) for name in self.__slots__ if name not in said} | said


@dataclass(frozen=True, slots=True)
class Moved:
    """What becomes of the findings of one rule: on how many plans, and the smallest of these with what is said of it."""

    change: Came
    rule: str
    clause: str
    severity: Severity
    plans: int
    findings: int
    place: str
    organization: str | None
    message: Text

    def to_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__ if name != "message"} | {
            "message": self.message.to_json()
        }


@dataclass(frozen=True, slots=True)
class ToldProblem:
    """A problem or notice: where, its code, and in words."""

    place: str
    code: str
    message: Text

    def to_json(self) -> dict[str, object]:
        return {"place": self.place, "code": self.code, "message": self.message.to_json()}


@dataclass(frozen=True, slots=True)
class Impact:
    """What changes from one pack to another on the plans of two runs.

    `flows` counts the plans by their two statuses, `by` the same in each district and each kind of organisation.
    `smallest` is the smallest plan of each flow between two statuses. `altered` are the plans that were not the same in
    both runs (changed, gone or come meanwhile): nothing is said of them. `unread` is the first problem of each plan that
    a run has no verdict on, `notices` what is to be known of the runs as a whole.
    """

    old: PastRun
    new: PastRun
    flows: Counter[Flow]
    by: dict[Dimension, dict[str | None, Counter[Flow]]]
    smallest: dict[Flow, str]
    rules: tuple[Moved, ...]
    turned: tuple[TurnedPlan, ...]
    altered: tuple[str, ...]
    unread: tuple[ToldProblem, ...]
    notices: tuple[ToldProblem, ...]
    called: Called = field(default_factory=called)
    """The words for what the packs judge."""

    @property
    def plans(self) -> int:
        return self.flows.total()

    def to_json(self) -> dict[str, object]:
        return {
            "old": self.old.to_json(),
            "new": self.new.to_json(),
            "flows": _flows(self.flows, self.smallest),
            **self._by(),
            "rules": [moved.to_json() for moved in self.rules],
            "turned": [turned.to_json() for turned in self.turned],
            "altered": list(self.altered),
            "unread": [told.to_json() for told in self.unread],
            "notices": [told.to_json() for told in self.notices],
        }

    def _by(self) -> dict[str, object]:
        return {
            f"by_{name}": [{name: key, "flows": _flows(flows)} for key, flows in groups.items()]
            for name, groups in self.by.items()
        }

    def in_figures(self) -> dict[str, object]:
        """The figures alone: who is who does not leave the office."""
        columns = ("change", "rule", "clause", "severity", "plans")
        return {
            **{
                side: {name: getattr(run, name) for name in ("directive", "version", "pack", "plans")}
                for side, run in (("old", self.old), ("new", self.new))
            },
            "flows": _flows(self.flows),
            **self._by(),
            "rules": [{name: getattr(moved, name) for name in columns} for moved in self.rules],
        }


def _flows(flows: Counter[Flow], smallest: Mapping[Flow, str] | None = None) -> list[dict[str, object]]:
    return [
        {"old": before, "new": after, "plans": count}
        | ({} if smallest is None else {"smallest": smallest.get((before, after))})
        for (before, after), count in sorted(flows.items())
    ]


# The digest tells whether both runs read the same: a plan that somebody mended between them says nothing of the packs.
_PLANS: Final = """
CREATE OR REPLACE TEMP TABLE judged AS
    SELECT coalesce(n.place, o.place) AS place, coalesce(n.organization, o.organization) AS organization,
        coalesce(n.kind, o.kind) AS kind, coalesce(n.district, o.district) AS district,
        coalesce(n.participants, o.participants) AS size, o.status AS before, n.status AS after,
        o.digest IS NOT DISTINCT FROM n.digest AND o.status IS NOT NULL AND n.status IS NOT NULL AS same
    FROM (FROM run_plans WHERE run = $old) o FULL JOIN (FROM run_plans WHERE run = $new) n USING (place)
"""
_FINDINGS: Final = """
CREATE OR REPLACE TEMP TABLE moved AS
    WITH found AS (
        SELECT *, row_number() OVER (PARTITION BY run, place, rule, entity, subject ORDER BY across, position) AS number
        FROM run_findings WHERE run IN ($old, $new) AND waived IS NULL
    ), old AS (FROM found WHERE run = $old), new AS (FROM found WHERE run = $new)
    SELECT place, rule, CASE WHEN old.rule IS NULL THEN 'new' WHEN new.rule IS NULL THEN 'gone' ELSE 'graded' END AS change,
        coalesce(new.clause, old.clause) AS clause, coalesce(new.severity, old.severity) AS severity,
        coalesce(new.subject, old.subject) AS subject,
        coalesce(new.message_vi, old.message_vi) AS vi, coalesce(new.message_en, old.message_en) AS en
    FROM old FULL JOIN new USING (place, rule, entity, subject, number)
    WHERE old.severity IS DISTINCT FROM new.severity
        AND place IN (SELECT place FROM judged WHERE same AND before <> 'invalid' AND after <> 'invalid')
"""
_SMALLEST: Final = "arg_min({}, row(size, in_order(place)))"
_SMALLEST_FINDING: Final = "arg_min({}, row(size, in_order(place), in_order(subject), vi))"


def impact(database: Database, old: PastRun, new: PastRun) -> Impact:
    """What changes from the pack of one run to the pack of the other. Raises Unreadable where the store fails."""
    for statement in (_PLANS, _FINDINGS):
        database.run(statement.replace("$old", str(old.run)).replace("$new", str(new.run)))
    flows: Counter[Flow] = Counter()
    by: dict[Dimension, dict[str | None, Counter[Flow]]] = {"district": {}, "kind": {}}
    for district, kind, before, after, count in database.run(
        "SELECT district, kind, before, after, count(*) FROM judged WHERE same GROUP BY ALL ORDER BY ALL"
    ):
        flows[before, after] += count
        by["district"].setdefault(district, Counter())[before, after] += count
        by["kind"].setdefault(kind, Counter())[before, after] += count
    smallest = {
        (before, after): place
        for before, after, place in database.run(
            f"SELECT before, after, {_SMALLEST.format('place')} FROM judged WHERE same AND before <> after GROUP BY ALL"  # noqa: S608
        )
    }
    rules = tuple(
        Moved(change, rule, clause, severity, plans, findings, place, organization, Text(vi, en))
        for change, rule, clause, severity, plans, findings, place, organization, vi, en in database.run(
            "SELECT change, rule, clause, severity, count(DISTINCT place), count(*), "  # noqa: S608
            + ", ".join(_SMALLEST_FINDING.format(column) for column in ("place", "organization", "vi", "en"))
            + " FROM moved JOIN judged USING (place) GROUP BY change, rule, clause, severity "
            "ORDER BY rule, change, severity, clause"
        )
    )
    altered = database.run("SELECT place FROM judged WHERE NOT same ORDER BY in_order(place)")
    turned, places = tuple(_turned(database)), tuple(place for (place,) in altered)
    unread, notices = (_told(database, statement, old.run, new.run) for statement in (_UNREAD, _NOTICES))
    return Impact(old, new, flows, by, smallest, rules, turned, places, unread, notices)


_UNREAD: Final = """
SELECT place, any_value(code), any_value(message_vi), any_value(message_en) FROM run_problems
WHERE run IN (?, ?) AND position = 0 GROUP BY place ORDER BY in_order(place)
"""
_NOTICES: Final = """
SELECT DISTINCT '', code, message_vi, message_en FROM notices_of_runs WHERE run IN (?, ?) ORDER BY ALL
"""


def _told(database: Database, statement: str, *runs: int) -> tuple[ToldProblem, ...]:
    return tuple(ToldProblem(place, code, Text(vi, en)) for place, code, vi, en in database.run(statement, list(runs)))


def _turned(database: Database) -> list[TurnedPlan]:
    """The plans whose verdict changes, in the order of their places."""
    changes: dict[str, dict[str, list[tuple[str, Text]]]] = {}
    for place, change, rule, vi, en in database.run(
        "SELECT place, change, rule, vi, en FROM moved JOIN judged USING (place) WHERE before <> after "
        "ORDER BY rule, in_order(subject), vi"
    ):
        changes.setdefault(place, {}).setdefault(change, []).append((rule, Text(vi, en)))
    rows = database.run(
        "SELECT place, organization, kind, district, before, after FROM judged WHERE same AND before <> after "
        "ORDER BY in_order(place)"
    )
    turned = []
    for place, organization, kind, district, before, after in rows:
        new, gone = (tuple(changes.get(place, {}).get(change, ())) for change in ("new", "gone"))
        turned.append(TurnedPlan(place, organization, kind, district, before, after, new, gone))
    return turned
