"""A run of the store as a file for other programs: CSV for spreadsheets, Parquet and JSON for anything else."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any, Final, Literal

from ..reporters.inert import cell
from ..text import Language, Text
from .database import Database

What = Literal["findings", "plans", "problems", "undecided"]
WHATS: Final[tuple[What, ...]] = ("findings", "plans", "problems", "undecided")
FORMATS: Final = ("csv", "parquet", "json")

_QUERIES: Final[Mapping[What, str]] = {
    "findings": """SELECT run, place, organization, kind, district, rule, clause, severity, entity, subject, message_vi,
        message_en, fix_vi, fix_en, location, evidence, waived, across FROM run_findings WHERE run = ?
        ORDER BY place, across, position""",
    "plans": """WITH counted AS (
            SELECT place, count(*) FILTER (severity = 'error') AS errors,
                count(*) FILTER (severity = 'warning') AS warnings, count(*) FILTER (severity = 'advice') AS advice
            FROM run_findings WHERE run = $1 AND waived IS NULL GROUP BY place)
        SELECT run, place, organization, kind, district, term, held_on, participants, status,
            coalesce(errors, 0) AS errors, coalesce(warnings, 0) AS warnings, coalesce(advice, 0) AS advice, digest
        FROM run_plans LEFT JOIN counted USING (place) WHERE run = $1 ORDER BY place""",
    "problems": """SELECT run, place, code, message_vi, message_en, fix_vi, fix_en, location FROM run_problems
        WHERE run = ? ORDER BY place, position""",
    "undecided": """SELECT run, plan_place AS place, rule, clause, entity, subject, reason_vi, reason_en, location, evidence
        FROM undecided WHERE run = ? ORDER BY place, position""",
}
_JSON_COLUMNS: Final = ("location", "evidence", "waived")
_HEADS: Final = {
    "run": Text("Lần rà soát", "Run"),
    "place": Text("Tệp", "File"),
    "organization": Text("Tổ chức đảng", "Organisation"),
    "kind": Text("Loại hình", "Kind"),
    "district": Text("Huyện, thành phố", "District"),
    "term": Text("Nhiệm kỳ", "Term"),
    "held_on": Text("Ngày họp", "Date"),
    "participants": Text("Số người dự", "Participants"),
    "status": Text("Kết luận", "Verdict"),
    "errors": Text("Lỗi", "Errors"),
    "warnings": Text("Cảnh báo", "Warnings"),
    "advice": Text("Khuyến nghị", "Advice"),
    "digest": Text("Mã băm nội dung", "Digest"),
    "rule": Text("Quy tắc", "Rule"),
    "clause": Text("Điều khoản", "Clause"),
    "severity": Text("Mức độ", "Severity"),
    "entity": Text("Loại đối tượng", "Entity"),
    "subject": Text("Đối tượng", "Subject"),
    "message": Text("Nội dung", "Message"),
    "fix": Text("Cách sửa", "Fix"),
    "reason": Text("Lý do", "Reason"),
    "location": Text("Chỗ", "Location"),
    "evidence": Text("Căn cứ", "Evidence"),
    "waived": Text("Được miễn", "Waived"),
    "across": Text("Xét giữa các kế hoạch", "Across plans"),
    "code": Text("Mã", "Code"),
}


def export(database: Database, run: int, what: What, form: str, language: Language) -> bytes:
    """One table of a run in a format of FORMATS. CSV is in one language; the others give texts in both."""
    table = database.table(_QUERIES[what], [run])
    if form == "parquet":
        import pyarrow.parquet

        written = io.BytesIO()
        pyarrow.parquet.write_table(table, written, compression="zstd")
        return written.getvalue()
    rows: list[dict[str, Any]] = table.to_pylist()
    return _json(rows) if form == "json" else _csv(table.column_names, rows, language)


def _json(rows: list[dict[str, Any]]) -> bytes:
    for row in rows:
        for name in _JSON_COLUMNS:
            if row.get(name) is not None:
                row[name] = json.loads(row[name])
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(names: list[str], rows: list[dict[str, Any]], language: Language) -> bytes:
    """CSV with the mark that Excel needs; no cell is ever a formula."""
    other = "_en" if language == "vi" else "_vi"
    chosen = [name for name in names if not name.endswith(other)]
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow([_HEADS[name.removesuffix(f"_{language}")][language] for name in chosen])
    writer.writerows([cell("" if row[name] is None else str(row[name])) for name in chosen] for row in rows)
    return written.getvalue().encode("utf-8-sig")
