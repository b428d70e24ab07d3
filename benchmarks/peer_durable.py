"""The same rules as a plain durable-rules program (durable_program.py), a session a plan."""

from pathlib import Path

from benchmarks.durable_program import FORCES, Program, encode
from thamdinh.engine.audit.quick.decode import decode_line
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.facts import Row, entities, flatten

Found = set[tuple[str, str]]


def run(path: Path, plans: int) -> list[Found]:
    """The findings on each plan of a file of JSONL."""
    program, readings = Program(), ruleset().readings
    found = []
    with path.open("rb") as file:
        for line, _ in zip(file, range(plans), strict=False):
            plan = decode_line(line)
            assert plan is not None
            facts = flatten(plan, readings)
            hits = program.run(encode(facts))
            rows = [row for entity in entities(description()) if entity != "session" for row in facts[entity]]
            if plan.organization.kind in FORCES:  # the program doesn't know the exception of the forces
                hits = {(name, row) for name, row in hits if name.startswith("TD601")}
            found.append({(name[:5], _subject(name, rows[row])) for name, row in hits})
    return found


def _subject(name: str, row: Row) -> str:
    rule, _, rest = name.partition(" ")
    if row.entity == "plan":
        return rest if rule == "TD203" else "plan"
    subject = entities(description())[row.entity].subject.format(**row.values)
    return f"{subject}/{rest}" if rule in ("TD202", "TD504") else subject
