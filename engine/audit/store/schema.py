"""The tables of the store, as steps: a new store takes them all, an older one those that it lacks.

A step that has been released is never changed; what comes later is a new step.
"""

from contextlib import suppress
from typing import Final

import duckdb

from ....version import __version__

STEPS: Final[tuple[tuple[str, ...], ...]] = (
    (
        "CREATE TABLE store (schema INTEGER NOT NULL, made_by VARCHAR NOT NULL)",
        """CREATE TABLE runs (
            run INTEGER NOT NULL, directive VARCHAR NOT NULL, version VARCHAR NOT NULL, pack VARCHAR NOT NULL,
            program VARCHAR NOT NULL, engine VARCHAR NOT NULL, inputs VARCHAR[] NOT NULL,
            started TIMESTAMP NOT NULL, finished TIMESTAMP, basis VARCHAR NOT NULL)""",
        # What a plan's content comes to under one basis (pack, program, choice of rules …); plans of many runs share it.
        # Keyed hashes can't be compressed, and trying takes longer than writing them.
        """CREATE TABLE verdicts (
            verdict BIGINT NOT NULL, basis VARCHAR NOT NULL, digest VARCHAR NOT NULL, place VARCHAR NOT NULL,
            organization VARCHAR, kind VARCHAR, district VARCHAR, term VARCHAR, held_on VARCHAR,
            participants INTEGER NOT NULL, status VARCHAR NOT NULL, not_applicable VARCHAR,
            across BLOB USING COMPRESSION uncompressed)""",
        """CREATE TABLE findings (
            verdict BIGINT NOT NULL, position INTEGER NOT NULL, rule VARCHAR NOT NULL, clause VARCHAR NOT NULL,
            severity VARCHAR NOT NULL, entity VARCHAR NOT NULL, subject VARCHAR NOT NULL, message_vi VARCHAR NOT NULL,
            message_en VARCHAR NOT NULL, fix_vi VARCHAR NOT NULL, fix_en VARCHAR NOT NULL, location VARCHAR NOT NULL,
            evidence VARCHAR NOT NULL, waived VARCHAR)""",
        """CREATE TABLE problems (
            verdict BIGINT NOT NULL, position INTEGER NOT NULL, code VARCHAR NOT NULL, message_vi VARCHAR NOT NULL,
            message_en VARCHAR NOT NULL, fix_vi VARCHAR NOT NULL, fix_en VARCHAR NOT NULL, location VARCHAR NOT NULL)""",
        "CREATE TABLE plans (run INTEGER NOT NULL, place VARCHAR NOT NULL, verdict BIGINT NOT NULL, status VARCHAR NOT NULL)",
    ),
    (
        # What rules across plans found of a plan in one run, and what they could not decide.
        "ALTER TABLE runs ADD COLUMN redacted BOOLEAN DEFAULT false",
        "ALTER TABLE runs ADD COLUMN selected VARCHAR[] DEFAULT []",
        "ALTER TABLE runs ADD COLUMN ignored VARCHAR[] DEFAULT []",
        # The directive that a plan was checked against, where each chose its own, and the rules it was checked by.
        "ALTER TABLE verdicts ADD COLUMN directive VARCHAR",
        "ALTER TABLE verdicts ADD COLUMN directive_title VARCHAR",
        "ALTER TABLE verdicts ADD COLUMN checked VARCHAR",
        """CREATE TABLE findings_across (
            run INTEGER NOT NULL, plan_place VARCHAR NOT NULL, position INTEGER NOT NULL, rule VARCHAR NOT NULL,
            clause VARCHAR NOT NULL, severity VARCHAR NOT NULL, entity VARCHAR NOT NULL, subject VARCHAR NOT NULL,
            message_vi VARCHAR NOT NULL, message_en VARCHAR NOT NULL, fix_vi VARCHAR NOT NULL, fix_en VARCHAR NOT NULL,
            location VARCHAR NOT NULL, evidence VARCHAR NOT NULL, waived VARCHAR)""",
        """CREATE TABLE undecided (
            run INTEGER NOT NULL, plan_place VARCHAR NOT NULL, position INTEGER NOT NULL, rule VARCHAR NOT NULL,
            clause VARCHAR NOT NULL, entity VARCHAR NOT NULL, subject VARCHAR NOT NULL, reason_vi VARCHAR NOT NULL,
            reason_en VARCHAR NOT NULL, location VARCHAR NOT NULL, evidence VARCHAR NOT NULL)""",
        """CREATE VIEW run_plans AS
            SELECT plans.run, plans.place, plans.status, verdicts.organization, verdicts.kind, verdicts.district,
                verdicts.term, verdicts.held_on, verdicts.participants, verdicts.digest, plans.verdict
            FROM plans JOIN verdicts USING (verdict)""",
        """CREATE VIEW run_findings AS
            SELECT p.run, p.place, p.organization, p.kind, p.district, f.position, f.rule, f.clause, f.severity, f.entity,
                f.subject, f.message_vi, f.message_en, f.fix_vi, f.fix_en, f.location, f.evidence, f.waived, false AS across
            FROM run_plans p JOIN findings f USING (verdict)
            UNION ALL
            SELECT p.run, p.place, p.organization, p.kind, p.district, f.position, f.rule, f.clause, f.severity, f.entity,
                f.subject, f.message_vi, f.message_en, f.fix_vi, f.fix_en, f.location, f.evidence, f.waived, true
            FROM run_plans p JOIN findings_across f ON f.run = p.run AND f.plan_place = p.place""",
        """CREATE VIEW run_problems AS
            SELECT p.run, p.place, f.position, f.code, f.message_vi, f.message_en, f.fix_vi, f.fix_en, f.location
            FROM run_plans p JOIN problems f USING (verdict)""",
    ),
    (
        # The number of the last run that ever began: one that was purged never gives its number to another.
        "CREATE TABLE numbers AS SELECT coalesce(max(run), 0) AS last_run FROM runs",
    ),
    (
        # What is to be known of how a plan was read and judged, and of a run as a whole.
        """CREATE TABLE notices (
            verdict BIGINT NOT NULL, position INTEGER NOT NULL, code VARCHAR NOT NULL, message_vi VARCHAR NOT NULL,
            message_en VARCHAR NOT NULL, fix_vi VARCHAR NOT NULL, fix_en VARCHAR NOT NULL, location VARCHAR NOT NULL)""",
        """CREATE TABLE notices_of_runs (
            run INTEGER NOT NULL, position INTEGER NOT NULL, code VARCHAR NOT NULL, message_vi VARCHAR NOT NULL,
            message_en VARCHAR NOT NULL, fix_vi VARCHAR NOT NULL, fix_en VARCHAR NOT NULL, location VARCHAR NOT NULL)""",
        """CREATE VIEW run_notices AS
            SELECT p.run, p.place, n.position, n.code, n.message_vi, n.message_en, n.fix_vi, n.fix_en, n.location
            FROM run_plans p JOIN notices n USING (verdict)
            UNION ALL
            SELECT run, NULL, position, code, message_vi, message_en, fix_vi, fix_en, location FROM notices_of_runs""",
    ),
    (
        # What the run went by (settings file, packs, rules switched off, waivers), as JSON.
        "ALTER TABLE runs ADD COLUMN settings VARCHAR",
    ),
)
"""The statements of each step; the schema of a store is the number of steps it has taken."""

CURRENT: Final = len(STEPS)

TABLES: Final = (
    "runs",
    "verdicts",
    "findings",
    "problems",
    "plans",
    "findings_across",
    "undecided",
    "notices",
    "notices_of_runs",
)
"""The tables that hold what was audited."""


def take_step(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """Take a store from schema `number` to the next, all or nothing. Raises duckdb.Error."""
    connection.execute("BEGIN")
    try:
        for statement in STEPS[number]:
            connection.execute(statement)
        connection.execute("DELETE FROM store")
        connection.execute("INSERT INTO store VALUES (?, ?)", [number + 1, __version__])
        connection.execute("COMMIT")
    except duckdb.Error:
        with suppress(duckdb.Error):
            connection.execute("ROLLBACK")
        raise
