"""The tables of the store, as steps: a new store takes them all, an older one those that it lacks.

A step that has been released is never changed; what comes later is a new step.
"""

from contextlib import suppress
from typing import Final

import duckdb

from ....version import __version__

_WORDS: Final = """array_to_string(list_transform({template}.{language}, lambda piece, nth: CASE WHEN nth % 2 = 1 THEN piece
                ELSE {values}[TRY_CAST(piece AS INTEGER)] END), '')"""
"""The SQL of words: of the pieces of a template every second one is the number of the value that stands there."""


_FOUND: Final = """p.run, p.place, p.organization, p.kind, p.district, f.position, f.rule, f.clause, f.severity, f.entity, f.subject,
                    f.message, f.message_vi, f.message_en, f.fix, f.fix_vi, f.fix_en, f.location, f.evidence, f.waived"""


def _told(of: str) -> str:
    """The SQL of what a finding tells (message or fix), in both languages."""
    return ", ".join(
        _WORDS.format(template=f"of_{of}", language=language, values=f"f.{of}_{language}") + f" AS {of}_{language}"
        for language in ("vi", "en")
    )


def _values_of(table: str, key: str) -> tuple[str, ...]:
    """Statements that put templates in place of the words of findings; words that are there are templates without values."""
    kept = (
        f"{key}, position INTEGER NOT NULL, rule VARCHAR NOT NULL, clause VARCHAR NOT NULL, severity VARCHAR NOT NULL"
    )
    return (
        f"""INSERT INTO templates
            SELECT -(row_number() OVER () + (SELECT count(*) FROM templates)), [vi], [en] FROM (
                SELECT message_vi AS vi, message_en AS en FROM {table} UNION SELECT fix_vi, fix_en FROM {table}
                EXCEPT SELECT vi[1], en[1] FROM templates)""",  # noqa: S608
        f"""CREATE TABLE {table}_told (
            {kept}, entity VARCHAR NOT NULL, subject VARCHAR NOT NULL, message BIGINT NOT NULL,
            message_vi VARCHAR[] NOT NULL, message_en VARCHAR[] NOT NULL, fix BIGINT NOT NULL, fix_vi VARCHAR[] NOT NULL,
            fix_en VARCHAR[] NOT NULL, location VARCHAR NOT NULL, evidence VARCHAR NOT NULL, waived VARCHAR)""",
        f"""INSERT INTO {table}_told BY NAME
            SELECT f.* EXCLUDE (message_vi, message_en, fix_vi, fix_en), of_message.template AS message, of_fix.template AS fix,
                [] AS message_vi, [] AS message_en, [] AS fix_vi, [] AS fix_en
            FROM {table} f
                JOIN templates of_message ON of_message.vi[1] = f.message_vi AND of_message.en[1] = f.message_en
                JOIN templates of_fix ON of_fix.vi[1] = f.fix_vi AND of_fix.en[1] = f.fix_en""",  # noqa: S608
        f"DROP TABLE {table}",
        f"ALTER TABLE {table}_told RENAME TO {table}",
    )


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
    (
        # What findings tell is a template, kept once, and the values that fill it as each language writes them.
        "CREATE TABLE templates (template BIGINT NOT NULL, vi VARCHAR[] NOT NULL, en VARCHAR[] NOT NULL)",
        "DROP VIEW run_findings",
        *_values_of("findings", "verdict BIGINT NOT NULL"),
        *_values_of("findings_across", "run INTEGER NOT NULL, plan_place VARCHAR NOT NULL"),
        f"""CREATE VIEW run_findings AS
            WITH found AS (
                SELECT {_FOUND}, false AS across FROM run_plans p JOIN findings f USING (verdict)
                UNION ALL
                SELECT {_FOUND}, true FROM run_plans p JOIN findings_across f ON f.run = p.run AND f.plan_place = p.place)
            SELECT f.run, f.place, f.organization, f.kind, f.district, f.position, f.rule, f.clause, f.severity, f.entity,
                f.subject, {_told("message")}, {_told("fix")},
                f.location, f.evidence, f.waived, f.across
            FROM found f LEFT JOIN templates of_message ON of_message.template = f.message
                LEFT JOIN templates of_fix ON of_fix.template = f.fix""",  # noqa: S608
    ),
)
"""The statements of each step; the schema of a store is the number of steps it has taken."""

CURRENT: Final = len(STEPS)


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
