"""What a store knows of its runs, and how two of them differ."""

import json
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from ...base.in_force import InForce
from ...base.problem import REFERENCE, Place, Problem, Unreadable
from ...base.severity import Severity
from ...base.text import Text
from ...evaluation.verdict import Status
from .database import Database

LAST: Final = ("last", "cuoi")
FindingChange = Literal["new", "fixed", "persisting", "waived", "gone", "unknown"]
CHANGES: Final[tuple[FindingChange, ...]] = ("new", "fixed", "persisting", "waived", "gone", "unknown")
Cause = Literal["plan", "pack", "plan or pack", "other"]
"""What made findings differ: the plan was changed, the pack was, either may be it, or neither (another program, other settings,
other plans that rules across plans look at)."""
Dimension = Literal["district", "kind", "clause", "rule"]


@dataclass(frozen=True, slots=True)
class PastRun:
    """One run of the store: what was audited when, with what, and how it came out (`finished` None: interrupted)."""

    run: int
    directive: str
    version: str
    pack: str
    program: str
    engine: str
    inputs: tuple[str, ...]
    started: datetime
    finished: datetime | None
    redacted: bool
    statuses: dict[Status, int]
    findings: dict[Severity, int]
    in_force: InForce | None = None
    """None of a run that a version wrote which did not keep it."""

    @property
    def plans(self) -> int:
        return sum(self.statuses.values())

    @property
    def share(self) -> float | None:
        """The share of plans that comply among those that could be appraised."""
        appraised = self.statuses["compliant"] + self.statuses["non_compliant"]
        return self.statuses["compliant"] / appraised if appraised else None

    def to_json(self) -> dict[str, object]:
        return {
            "run": self.run,
            "directive": self.directive,
            "version": self.version,
            "pack": self.pack,
            "program": self.program,
            "engine": self.engine,
            "inputs": list(self.inputs),
            "started": self.started.isoformat(timespec="seconds"),
            "finished": self.finished and self.finished.isoformat(timespec="seconds"),
            "redacted": self.redacted,
            "plans": self.plans,
            "by_status": dict(self.statuses),
            "by_severity": dict(self.findings),
            "settings": self.in_force and self.in_force.to_json(),
        }


def past_runs(database: Database) -> list[PastRun]:
    """The runs of a store, the first one first."""
    statuses: dict[int, Counter[Status]] = {}
    for run, status, count in database.run("SELECT run, status, count(*) FROM plans GROUP BY ALL"):
        statuses.setdefault(run, Counter())[status] = count
    findings: dict[int, Counter[Severity]] = {}
    for run, severity, count in database.run(
        "SELECT run, severity, count(*) FROM run_findings WHERE waived IS NULL GROUP BY ALL"
    ):
        findings.setdefault(run, Counter())[severity] = count
    rows = database.run(
        "SELECT run, directive, version, pack, program, engine, inputs, started, finished, redacted, settings FROM runs "
        "ORDER BY run"
    )
    return [
        PastRun(
            run, directive, version, pack, program, engine, tuple(inputs), started, finished, redacted,
            {name: statuses.get(run, Counter())[name] for name in ("compliant", "non_compliant", "invalid")},
            {name: findings.get(run, Counter())[name] for name in ("error", "warning", "advice")},
            settings and InForce.from_json(json.loads(settings)),
        )
        for run, directive, version, pack, program, engine, inputs, started, finished, redacted, settings in rows
    ]  # fmt: skip


def past_run(database: Database, name: str) -> PastRun:
    """The run with a number, or the last one (“last”, “cuoi”). Raises Unreadable for any other."""
    runs = past_runs(database)
    wanted = str(runs[-1].run) if runs and name.casefold() in LAST else name
    for run in runs:
        if str(run.run) == wanted:
            return run
    known = ", ".join(str(run.run) for run in runs[-20:])
    raise Unreadable(
        Problem(
            REFERENCE,
            Text(f"Kho không có lần rà soát “{name}”", f"The store has no run “{name}”"),
            Text(f"Dùng một trong: {known}, {LAST[1]}", f"Use one of: {known}, {LAST[0]}")
            if runs
            else Text("Kho chưa có lần rà soát nào", "The store has no run yet"),
            Place(str(database.path)),
        )
    )


def places_of(database: Database, run: int, text: str) -> list[str]:
    """The plans of a run whose organisation or place holds a text, tones and capitals aside."""
    rows = database.run(
        "SELECT place FROM run_plans WHERE run = ? AND (contains(strip_accents(lower(place)), strip_accents(lower(?))) "
        "OR contains(strip_accents(lower(organization)), strip_accents(lower(?)))) ORDER BY in_order(place)",
        [run, text, text],
    )
    return [place for (place,) in rows]


@dataclass(frozen=True, slots=True)
class Difference:
    """One finding that two runs differ on, or agree on: `place` is that of the plan in the later run, where it is in it."""

    change: FindingChange
    place: str
    organization: str | None
    kind: str | None
    district: str | None
    rule: str
    clause: str
    severity: Severity
    subject: str
    message: Text
    cause: Cause | None = None
    """None where the runs don't differ."""

    def to_json(self) -> dict[str, object]:
        document: dict[str, object] = {name: getattr(self, name) for name in self.__slots__ if name != "message"}
        return {**document, "message": self.message.to_json()}


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a later run differs from an earlier one; counts of each change, and by what was asked for."""

    old: PastRun
    new: PastRun
    differences: tuple[Difference, ...]
    counts: Counter[FindingChange] = field(default_factory=Counter)

    def by(self, dimension: Dimension) -> dict[str | None, Counter[FindingChange]]:
        """The counts by district, kind, clause or rule."""
        groups: dict[str | None, Counter[FindingChange]] = {}
        for difference in self.differences:
            groups.setdefault(getattr(difference, dimension), Counter())[difference.change] += 1
        return groups

    def to_json(self) -> dict[str, object]:
        return {
            "old": self.old.to_json(),
            "new": self.new.to_json(),
            "counts": {name: self.counts[name] for name in CHANGES},
            "findings": [difference.to_json() for difference in self.differences],
        }


# The same content is the same plan, wherever it lies. Of the rest, the plan of an organisation (of one kind, district and
# term) is the same plan; where one has several of these in a run, the place tells them apart as well.
_COMPARED: Final = """
WITH both_runs AS (
    SELECT run, place, status, organization, nullif(digest, '') AS digest,
        CAST(to_json([organization, kind, district, term]) AS VARCHAR) AS whose,
        count(*) OVER (PARTITION BY digest, place) AS stays
    FROM run_plans WHERE run IN ($old, $new)
), copies AS (
    SELECT *, row_number() OVER (PARTITION BY run, digest ORDER BY stays DESC, place) AS copy FROM both_runs
), matched AS (
    SELECT *, digest IS NOT NULL AND count(*) OVER (PARTITION BY digest, copy) = 2 AS unchanged FROM copies
), counted AS (
    SELECT *, count(*) OVER (PARTITION BY unchanged, whose, run) AS plans FROM matched
), keyed AS (
    SELECT *, CASE WHEN unchanged THEN concat_ws(' ', 'content', digest, copy)
        WHEN organization IS NULL OR max(plans) OVER (PARTITION BY unchanged, whose) > 1
            THEN concat_ws(' ', 'place', whose, place)
        ELSE concat_ws(' ', 'organization', whose) END AS plan
    FROM counted
), found AS (
    SELECT f.*, k.plan, k.unchanged,
        row_number() OVER (PARTITION BY k.plan, f.run, rule, entity, subject ORDER BY across, position) AS number
    FROM run_findings f JOIN keyed k USING (run, place)
), old AS (SELECT * FROM found WHERE run = $old AND waived IS NULL), new AS (SELECT * FROM found WHERE run = $new),
again AS (SELECT plan, bool_or(status <> 'invalid') AS valid FROM keyed WHERE run = $new GROUP BY plan),
unread AS (SELECT place FROM keyed WHERE run = $new AND status = 'invalid' AND NOT unchanged)
SELECT CASE
        WHEN old.rule IS NULL THEN 'new'
        WHEN new.waived IS NOT NULL THEN 'waived'
        WHEN new.rule IS NOT NULL THEN 'persisting'
        WHEN again.valid THEN 'fixed'
        WHEN again.plan IS NOT NULL OR unread.place IS NOT NULL THEN 'unknown'
        ELSE 'gone' END AS change,
    coalesce(new.place, old.place), coalesce(new.organization, old.organization),
    coalesce(new.kind, old.kind), coalesce(new.district, old.district), coalesce(new.rule, old.rule) AS rule,
    coalesce(new.clause, old.clause), coalesce(new.severity, old.severity), coalesce(new.subject, old.subject),
    coalesce(new.message_vi, old.message_vi), coalesce(new.message_en, old.message_en),
    coalesce(new.unchanged, old.unchanged)
FROM old FULL JOIN new ON old.plan = new.plan AND old.rule = new.rule AND old.entity = new.entity
    AND old.subject = new.subject AND old.number = new.number
LEFT JOIN again ON again.plan = old.plan
LEFT JOIN unread ON unread.place = old.place
WHERE old.rule IS NOT NULL OR new.waived IS NULL
ORDER BY change, in_order(coalesce(new.place, old.place)), rule, in_order(coalesce(new.subject, old.subject))
"""


def compare(database: Database, old: PastRun, new: PastRun) -> Comparison:
    """How the findings of two runs differ. What is waived counts as no finding, and yet as none that is fixed.

    A finding whose plan is not in the later run is `gone`; one whose plan is invalid there, or whose rule was switched
    off, `unknown`: neither is fixed.
    """
    rows = database.run(_COMPARED.replace("$old", str(old.run)).replace("$new", str(new.run)))
    switched_off = frozenset(() if new.in_force is None else new.in_force.switched_off)
    found = (_difference(row, switched_off, repacked=old.pack != new.pack) for row in rows)
    differences = tuple(sorted(found, key=lambda difference: difference.change))
    return Comparison(old, new, differences, Counter(difference.change for difference in differences))


def _difference(row: tuple[Any, ...], switched_off: Container[str], *, repacked: bool) -> Difference:
    change, place, organization, kind, district, rule, clause, severity, subject, vi, en, unchanged = row
    if change == "fixed" and rule in switched_off:
        change = "unknown"
    cause = None if change == "persisting" else _CAUSES[unchanged, repacked]
    return Difference(change, place, organization, kind, district, rule, clause, severity, subject, Text(vi, en), cause)


_CAUSES: Final[dict[tuple[bool, bool], Cause]] = {
    (False, False): "plan", (True, True): "pack", (False, True): "plan or pack", (True, False): "other",
}  # fmt: skip
"""By whether the plan's content is the same and whether the pack is another."""
