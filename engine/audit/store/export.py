"""A run of the store as a file: CSV in words for people with spreadsheets, Parquet and JSON for other programs."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal

from ...base.inert import cell
from ...base.problem import Place
from ...base.text import Language, Text
from ...directive.handbook import Handbooks, called_by
from ...model.called import Called, kind_words
from ...model.document_types import description
from ...reporters.words import SEVERITIES, STATUSES, not_counted
from .database import Database
from .history import PastRun

What = Literal["findings", "plans", "problems", "undecided", "notices"]
SETTINGS: Final = "thamdinh.settings"
"""The key of what a run went by, as JSON, among the metadata of Parquet."""

_QUERIES: Final[Mapping[What, str]] = {
    "findings": """SELECT run, place, organization, kind, district, rule, clause, severity, entity, subject, message_vi,
        message_en, fix_vi, fix_en, location, evidence, waived, across FROM run_findings WHERE run = ?
        ORDER BY in_order(place), across, position""",
    "plans": """WITH counted AS (
            SELECT place, count(*) FILTER (severity = 'error') AS errors,
                count(*) FILTER (severity = 'warning') AS warnings, count(*) FILTER (severity = 'advice') AS advice
            FROM run_findings WHERE run = $1 AND waived IS NULL GROUP BY place)
        SELECT run, place, organization, kind, district, term, held_on, participants, status,
            coalesce(errors, 0) AS errors, coalesce(warnings, 0) AS warnings, coalesce(advice, 0) AS advice, directive, digest
        FROM run_plans JOIN (SELECT verdict, directive FROM verdicts) USING (verdict) LEFT JOIN counted USING (place)
        WHERE run = $1 ORDER BY in_order(place)""",
    "problems": """SELECT run, place, code, message_vi, message_en, fix_vi, fix_en, location FROM run_problems
        WHERE run = ? ORDER BY in_order(place), position""",
    "undecided": """SELECT run, plan_place AS place, rule, clause, entity, subject, reason_vi, reason_en, location, evidence
        FROM undecided WHERE run = ? ORDER BY in_order(plan_place), position""",
    "notices": """SELECT run, place, code, message_vi, message_en, fix_vi, fix_en, location FROM run_notices
        WHERE run = ? ORDER BY place IS NOT NULL, in_order(place), position""",
}
_JUDGED: Final = """SELECT DISTINCT directive FROM run_plans JOIN (SELECT verdict, directive FROM verdicts) USING (verdict)
    WHERE run = ? AND directive IS NOT NULL ORDER BY directive"""
_JSON_COLUMNS: Final = ("evidence", "waived")
_FOR_PROGRAMS: Final = ("entity", "evidence")
"""What is told in names of the plan's form; the message says it in words."""
_PEOPLE: Final = "/".join(description().people or ())
"""The column with the number of people is called as their list is."""
_HEADS: Final = {
    "run": Text("Lần rà soát", "Run"),
    "place": Text("Tệp", "File"),
    "organization": Text("Tổ chức đảng", "Organisation"),
    "kind": Text("Loại hình", "Kind"),
    "term": Text("Nhiệm kỳ", "Term"),
    _PEOPLE: Text("Số người dự", "Participants"),
    "status": Text("Kết luận", "Verdict"),
    "errors": Text("Lỗi", "Errors"),
    "warnings": Text("Cảnh báo", "Warnings"),
    "advice": Text("Khuyến nghị", "Advice"),
    "directive": Text("Thẩm định theo", "Checked against"),
    "digest": Text("Mã băm nội dung", "Digest"),
    "rule": Text("Quy tắc", "Rule"),
    "clause": Text("Điều khoản", "Clause"),
    "severity": Text("Mức độ", "Severity"),
    "subject": Text("Đối tượng", "Subject"),
    "message": Text("Nội dung", "Message"),
    "fix": Text("Cách sửa", "Fix"),
    "reason": Text("Lý do", "Reason"),
    "location": Text("Chỗ", "Location"),
    "waived": Text("Lý do không tính", "Why not counted"),
    "code": Text("Mã", "Code"),
}
_LABELS: Final[Mapping[str, Mapping[Any, Text]]] = {
    "kind": kind_words(),
    "status": STATUSES,
    "severity": SEVERITIES,
    "across": {True: Text("có", "yes"), False: Text("không", "no")},
}


def export(database: Database, past: PastRun, what: What, form: str, language: Language, handbooks: Handbooks) -> bytes:
    """One table of a run as csv, parquet or json. CSV is in words of one language; the others give codes, and texts in both.

    Each says what the run went by: JSON in one more record, the last, CSV in one more row, Parquet in the metadata of its
    schema. Of a run of long ago that is not known. `handbooks`: of the packs that judged, as far as they are at hand.
    """
    table = database.table(_QUERIES[what], [past.run])
    settings = past.in_force and past.in_force.to_json()
    if form == "parquet":
        import pyarrow.parquet

        written = io.BytesIO()
        said = {**(table.schema.metadata or {}), SETTINGS: json.dumps(settings, ensure_ascii=False)}
        pyarrow.parquet.write_table(table.replace_schema_metadata(said), written, compression="zstd")
        return written.getvalue()
    rows: list[dict[str, Any]] = table.to_pylist()
    if form == "json":
        return _json(rows, {"run": past.run, "settings": settings})
    last = [] if past.in_force is None else [(past.run, past.in_force.whole_line()[language])]
    judged = database.table(_JUDGED, [past.run]).column("directive").to_pylist()
    return _csv(table.column_names, rows, last, language, called_by(judged, handbooks))


def _json(rows: list[dict[str, Any]], last: dict[str, Any]) -> bytes:
    for row in rows:
        for name in _JSON_COLUMNS:
            if row.get(name) is not None:
                row[name] = json.loads(row[name])
        if "location" in row:
            row["location"] = _place(row["location"]).to_json()
    return (json.dumps([*rows, last], ensure_ascii=False, indent=1) + "\n").encode()


def _csv(
    names: list[str], rows: list[dict[str, Any]], last: Iterable[Sequence[object]], language: Language, called: Called
) -> bytes:
    """CSV with the mark that Excel needs, in words; no cell is ever a formula."""
    other = "_en" if language == "vi" else "_vi"
    chosen = [name for name in names if not name.endswith(other) and name not in _FOR_PROGRAMS]
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    across = Text(f"Xét giữa các {called.many.vi}", f"Across {called.many.en}")
    heads = {**_HEADS, "district": called.areas, "held_on": called.day, "across": across}
    writer.writerow([heads[name.removesuffix(f"_{language}")][language] for name in chosen])
    writer.writerows([cell(_in_words(name, row[name], language)) for name in chosen] for row in rows)
    writer.writerows([*(cell(str(value)) for value in row), *[""] * (len(chosen) - len(row))] for row in last)
    return written.getvalue().encode("utf-8-sig")


def _in_words(name: str, value: Any, language: Language) -> str:
    """The value of a column as a person reads it."""
    if value is None:
        return ""
    if name in _LABELS:
        known = _LABELS[name].get(value)
        return known[language] if known else str(value)
    if name == "held_on":
        return "/".join(reversed(value.split("-")))
    if name == "location":
        return _place(value).describe(language)
    if name == "waived":
        return not_counted(json.loads(value), language)
    return str(value)


def _place(location: str) -> Place:
    return Place(**json.loads(location))
