"""The same rules as DuckDB SQL over JSONL, as somebody at home in SQL would write them; one thread."""

from pathlib import Path

import duckdb

COLUMNS = """{
    organization: 'STRUCT(kind VARCHAR)',
    conference: 'STRUCT(directed_by VARCHAR, sessions STRUCT("start" TIMESTAMP, "end" TIMESTAMP, part VARCHAR)[],
                        discussions STRUCT(part VARCHAR, format VARCHAR)[])',
    reports: 'STRUCT(id VARCHAR, contents VARCHAR[], guidance VARCHAR)[]',
    participants: 'STRUCT(id VARCHAR, standing VARCHAR, eligible BOOLEAN, parts VARCHAR[], replaces VARCHAR)[]',
    committees: 'STRUCT(id VARCHAR, members STRUCT(person VARCHAR, role VARCHAR)[])[]',
    confidence_votes: 'STRUCT(committee VARCHAR, briefing STRUCT("by" VARCHAR, covers VARCHAR[]),
                              ballots_distributed_at TIMESTAMP, ballots VARCHAR[], counted_at TIMESTAMP,
                              published STRUCT("to" VARCHAR, "at" TIMESTAMP)[])[]',
    outcomes: 'STRUCT(kind VARCHAR, subject VARCHAR, targets INTEGER)[]'
}"""

TABLES = """
CREATE OR REPLACE TEMP TABLE every AS
    SELECT row_number() OVER () AS plan, organization.kind AS kind, conference.directed_by AS directed_by, *
    FROM read_json($file, format = 'newline_delimited', columns = {columns});
CREATE OR REPLACE TEMP TABLE civil AS SELECT * FROM every WHERE kind NOT IN ('police', 'military', 'border_guard');
CREATE OR REPLACE TEMP TABLE session AS
    SELECT plan, kind, s.part AS part, s."start" AS begins, s."end" AS ends
    FROM (SELECT plan, kind, unnest(conference.sessions) AS s FROM civil);
CREATE OR REPLACE TEMP TABLE report AS
    SELECT plan, r.id AS id, r.contents AS contents, r.guidance AS guidance
    FROM (SELECT plan, unnest(reports) AS r FROM civil);
CREATE OR REPLACE TEMP TABLE person AS
    SELECT plan, p.id AS id, p.standing AS standing, p.replaces AS replaces, coalesce(p.eligible, true) AS eligible,
           list_contains(p.parts, 'mid_term') AS mid_term
    FROM (SELECT plan, unnest(participants) AS p FROM civil);
CREATE OR REPLACE TEMP TABLE body AS
    SELECT plan, c.id AS id, c.members AS members FROM (SELECT plan, unnest(committees) AS c FROM civil);
CREATE OR REPLACE TEMP TABLE seat AS
    SELECT plan, id AS committee, m.person AS person, m.role AS role
    FROM (SELECT plan, id, unnest(members) AS m FROM body);
CREATE OR REPLACE TEMP TABLE vote AS
    SELECT plan, v.committee AS committee, v.briefing AS briefing, v.ballots_distributed_at AS handed_out,
           v.ballots AS ballots, v.counted_at AS counted_at, v.published AS published
    FROM (SELECT plan, unnest(confidence_votes) AS v FROM civil);
CREATE OR REPLACE TEMP TABLE ballot AS SELECT plan, committee, unnest(ballots) AS person FROM vote;
CREATE OR REPLACE TEMP TABLE publication AS
    SELECT plan, committee, counted_at, p."to" AS audience, p."at" AS published_at
    FROM (SELECT plan, committee, counted_at, unnest(published) AS p FROM vote);
CREATE OR REPLACE TEMP TABLE slots AS
    SELECT plan, count(DISTINCT slot) AS slots FROM (
        SELECT plan, unnest(range(first, greatest(first, last) + 1)) AS slot FROM (
            SELECT plan, epoch(begins)::BIGINT // 86400 * 2 + CASE WHEN begins::TIME >= TIME '12:00' THEN 1 ELSE 0 END AS first,
                   epoch(ends)::BIGINT // 86400 * 2 + CASE WHEN ends::TIME > TIME '12:30' THEN 1 ELSE 0 END
                   - CASE WHEN ends::TIME = TIME '00:00' THEN 1 ELSE 0 END AS last
            FROM session)) GROUP BY plan;
"""

FINDINGS = """
WITH length AS (SELECT plan, kind, coalesce(slots, 0) AS slots FROM civil LEFT JOIN slots USING (plan)),
     first AS (SELECT plan, min(begins) AS begins FROM session GROUP BY plan),
     integrated AS (SELECT unnest(['leadership_self_criticism', 'inspection_supervision']) AS content),
     audience AS (SELECT unnest(['same_level_committee', 'direct_superior_committee']) AS audience)
SELECT plan, 'TD101', 'plan' FROM length WHERE kind IN ('commune', 'ward', 'township') AND slots NOT BETWEEN 2 AND 3
UNION ALL SELECT plan, 'TD102', 'plan' FROM length WHERE kind LIKE 'provincial_sector_%' AND slots NOT BETWEEN 1 AND 2
UNION ALL SELECT plan, 'TD201', id FROM report WHERE list_contains(contents, 'year_end_review')
    AND list_has_any(contents, ['mid_term_review', 'leadership_self_criticism', 'inspection_supervision'])
UNION ALL SELECT plan, 'TD202', id || '/' || content FROM report, integrated
    WHERE list_contains(contents, 'mid_term_review') AND NOT list_contains(contents, content)
UNION ALL SELECT plan, 'TD203', content FROM civil, (SELECT unnest(['year_end_review', 'mid_term_review']) AS content)
    WHERE NOT EXISTS (FROM report WHERE report.plan = civil.plan AND list_contains(contents, content))
UNION ALL SELECT plan, 'TD301', id FROM person WHERE mid_term AND standing = 'customary' AND replaces IS NULL
UNION ALL SELECT plan, 'TD302', id FROM person WHERE mid_term
    AND (standing = 'elected_in_addition' OR replaces IS NOT NULL)
UNION ALL SELECT plan, 'TD303', id FROM person WHERE mid_term AND standing = 'congress_delegate' AND NOT eligible
UNION ALL SELECT plan, 'TD304', id FROM person WHERE NOT mid_term AND standing = 'congress_delegate' AND eligible
UNION ALL SELECT DISTINCT plan, 'TD401', part FROM session WHERE NOT EXISTS (
    FROM (SELECT plan, unnest(conference.discussions) AS d FROM civil) AS talk
    WHERE talk.plan = session.plan AND d.part = session.part AND d.format = 'group')
UNION ALL SELECT plan, 'TD501', person || '@' || committee FROM seat ANTI JOIN ballot USING (plan, committee, person)
UNION ALL SELECT plan, 'TD502', id FROM body WHERE NOT EXISTS (
    FROM vote JOIN seat ON seat.plan = vote.plan AND seat.committee = vote.committee AND seat.person = briefing."by"
    WHERE vote.plan = body.plan AND vote.committee = body.id AND seat.role = 'secretary'
        AND list_has_all(briefing.covers, ['purpose', 'requirements']))
UNION ALL SELECT body.plan, 'TD503', id FROM body LEFT JOIN first USING (plan)
    LEFT JOIN vote ON vote.plan = body.plan AND vote.committee = body.id
    WHERE handed_out IS NULL OR handed_out > begins
UNION ALL SELECT plan, 'TD504', id || '/' || audience FROM body, audience WHERE NOT EXISTS (
    FROM publication WHERE publication.plan = body.plan AND publication.committee = body.id
        AND publication.audience = audience.audience)
UNION ALL SELECT DISTINCT plan, 'TD505', committee || '/' || audience FROM publication WHERE published_at < counted_at
UNION ALL SELECT plan, 'TD601', 'plan' FROM every WHERE kind IN ('police', 'military', 'border_guard') AND directed_by IS NULL
UNION ALL SELECT plan, 'TD602', 'plan' FROM civil WHERE directed_by IS NOT NULL
UNION ALL SELECT plan, 'TD701', 'plan' FROM (
    SELECT plan, min(begins) FILTER (part = 'mid_term') AS first, max(ends) FILTER (part = 'year_end') AS last
    FROM session WHERE kind IN ('commune', 'ward', 'township') GROUP BY plan) WHERE first < last
UNION ALL SELECT plan, 'TD702', 'plan' FROM civil WHERE len(list_filter(outcomes, lambda o:
    o.kind = 'resolution' AND o.subject = 'next_year' AND coalesce(o.targets, 0) >= 1)) = 0
UNION ALL SELECT plan, 'TD703', 'plan' FROM civil WHERE len(list_filter(outcomes, lambda o: o.subject = 'rest_of_term')) = 0
UNION ALL SELECT plan, 'TD704', id FROM report WHERE guidance IS NULL
"""


def run(path: Path, plans: int) -> list[set[tuple[str, str]]]:
    """The findings on each plan of a file of JSONL."""
    found: list[set[tuple[str, str]]] = [set() for _ in range(plans)]
    with duckdb.connect(config={"threads": 1}) as connection:
        file = str(path).replace("'", "''")
        connection.execute(TABLES.replace("$file", f"'{file}'").replace("{columns}", COLUMNS))
        for plan, rule, subject in connection.execute(FINDINGS).fetchall():
            found[plan - 1].add((rule, subject))
    return found
