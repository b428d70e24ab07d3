"""A minimal durable-rules program for the same rules, written by hand: the yardstick of the engine's own cost.

It has none of the guards of engine/evaluation/durable_session.py but the check fact, the sinks and a rule that always fires, without which
it would be wrong or die.
"""

from typing import Any

from durable.engine import Host  # type: ignore[import-untyped]

from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.facts import Facts, entities

GRASSROOTS, SECTORS = ("commune", "ward", "township"), ("provincial_sector_committee", "provincial_sector_cell")
FORCES = ("police", "military", "border_guard")
CONTENTS = ("leadership_self_criticism", "inspection_supervision")
AUDIENCES = ("same_level_committee", "direct_superior_committee")


def _row(entity: str, *conditions: dict[str, Any]) -> dict[str, Any]:
    return {"$and": [{"type": entity}, *conditions]} if conditions else {"type": entity}


def _rules() -> dict[str, list[dict[str, Any]]]:
    """The patterns of every rule, after the check fact."""
    rules: dict[str, list[dict[str, Any]]] = {}
    for code, kinds, low, high in (("TD101", GRASSROOTS, 1, 1.5), ("TD102", SECTORS, 0.5, 1)):
        for kind in kinds:
            rules[f"{code} {kind} short"] = [{"m": _row("plan", {"kind": kind}, {"$lt": {"duration_days": low}})}]
            rules[f"{code} {kind} long"] = [{"m": _row("plan", {"kind": kind}, {"$gt": {"duration_days": high}})}]
    for content in ("mid_term_review", *CONTENTS):
        rules[f"TD201 {content}"] = [{"m": _row("report", {"year_end_review": True}, {content: True})}]
    for content in CONTENTS:
        rules[f"TD202 {content}"] = [{"m": _row("report", {"mid_term_review": True}, {content: False})}]
    for content in ("year_end_review", "mid_term_review"):
        rules[f"TD203 {content}"] = [{"m": _row("plan")}, {"n$not": _row("report", {content: True})}]
    mid_term, delegate = {"mid_term": True}, {"standing": "congress_delegate"}
    rules["TD301"] = [{"m": _row("participant", mid_term, {"standing": "customary"}, {"replaces": False})}]
    rules["TD302 elected"] = [{"m": _row("participant", mid_term, {"standing": "elected_in_addition"})}]
    rules["TD302 replaces"] = [{"m": _row("participant", mid_term, {"replaces": True})}]
    rules["TD303"] = [{"m": _row("participant", delegate, mid_term, {"eligible": False})}]
    rules["TD304"] = [{"m": _row("participant", delegate, {"eligible": True}, {"mid_term": False})}]
    rules["TD401"] = [{"m": _row("part")}, {"n$not": _row("discussion", {"format": "group"}, {"part": {"m": "name"}})}]
    seat = ({"person": {"m": "person"}}, {"committee": {"m": "committee"}})
    rules["TD501"] = [{"m": _row("seat")}, {"n$not": _row("ballot", *seat)}]
    here = {"committee": {"m": "cid"}}
    secretary = ({"role": "secretary"}, {"purpose": True}, {"requirements": True})
    rules["TD502"] = [{"m": _row("committee")}, {"n$not": _row("briefing", *secretary, here)}]
    rules["TD503 none"] = [{"m": _row("committee")}, {"n$not": _row("vote", {"given": True}, here)}]
    rules["TD503 late"] = [{"m": _row("committee")}, {"v": _row("vote", {"$lt": {"lead": 0}}, here)}]
    for audience in AUDIENCES:
        rules[f"TD504 {audience}"] = [
            {"m": _row("committee")},
            {"n$not": _row("publication", {"audience": audience}, here)},
        ]
    rules["TD505"] = [{"m": _row("publication", {"$lt": {"at": {"$m": "counted_at"}}})}]
    for kind in FORCES:
        rules[f"TD601 {kind}"] = [{"m": _row("plan", {"kind": kind}, {"directed": False})}]
    rules["TD602"] = [{"m": _row("plan", *({"$neq": {"kind": kind}} for kind in FORCES), {"directed": True})}]
    for kind in GRASSROOTS:
        early = {"$lt": {"first_mid_term_start": {"$m": "last_year_end_end"}}}
        rules[f"TD701 {kind}"] = [{"m": _row("plan", {"kind": kind}, early)}]
    resolution = ({"kind": "resolution"}, {"subject": "next_year"}, {"$gte": {"targets": 1}})
    rules["TD702"] = [{"m": _row("plan")}, {"n$not": _row("outcome", *resolution)}]
    rules["TD703"] = [{"m": _row("plan")}, {"n$not": _row("outcome", {"subject": "rest_of_term"})}]
    rules["TD704"] = [{"m": _row("report", {"guided": False})}]
    return rules


class _QuietHost(Host):  # type: ignore[misc]
    def _run(self) -> None:
        """No timers."""


class Program:
    """The compiled program; `run` gives the names of the breached rules and the numbers of the rows."""

    def __init__(self) -> None:
        self._found: set[tuple[str, int]] = set()
        self._sessions = 0
        definitions: dict[str, Any] = {}
        for name, patterns in _rules().items():
            definitions[name] = {"all": [{"check": {"type": "check"}}, *patterns], "run": self._recorder(name)}
        for entity in ("plan", "part", "discussion", "report", "participant", "committee", "seat", "vote", "briefing",
                       "ballot", "publication", "outcome"):  # fmt: skip
            sink = [{"a": {"type": entity}}, {"never": {"type": "never"}}]
            definitions[f"sink {entity}"] = {"all": sink, "run": lambda _: None}
        # Something has to fire in every session: deleting one in which nothing did kills the process.
        definitions["done"] = {"all": [{"check": {"type": "check"}}], "run": lambda _: None}
        self._host = _QuietHost()
        self._host.set_rulesets({"plan": definitions})

    def _recorder(self, name: str) -> Any:
        def record(c: Any) -> None:
            self._found.add((name, c._m["m"]["row"]))

        return record

    def run(self, facts: list[dict[str, Any]]) -> set[tuple[str, int]]:
        """Judge the facts of one plan."""
        self._sessions += 1
        session = str(self._sessions)
        self._found = set()
        batch = [{**fact, "id": number, "sid": session} for number, fact in enumerate(facts, 1)]
        self._host.assert_facts("plan", [*batch, {"type": "check", "id": len(batch) + 1, "sid": session}])
        self._host.delete_state("plan", session)
        return self._found


def encode(facts: Facts) -> list[dict[str, Any]]:
    """The same facts in the shape this program's author would have chosen."""
    rows = []
    for entity in entities(description()):
        if entity == "session":
            continue
        for row in facts[entity]:
            v = row.values
            fact: dict[str, Any] = {"type": entity, "row": len(rows)}
            match entity:
                case "plan":
                    names = ("kind", "duration_days", "first_mid_term_start", "last_year_end_end")
                    fact |= {name: v[name] for name in names if name in v} | {"directed": "directed_by" in v}
                case "report":
                    fact |= {c: c in v["contents"] for c in ("year_end_review", "mid_term_review", *CONTENTS)}
                    fact["guided"] = "guidance" in v
                case "participant":
                    fact |= {"standing": v["standing"], "eligible": v["eligible"], "mid_term": "mid_term" in v["parts"]}
                    fact["replaces"] = "replaces" in v
                case "committee":
                    fact["cid"] = v["id"]
                case "seat":
                    fact |= {"person": v["person"], "committee": v["committee"]}
                case "vote":
                    fact |= {"committee": v["committee"], "given": "distributed_at" in v}
                    if "minutes_before_first_session" in v:
                        fact["lead"] = v["minutes_before_first_session"]
                case "briefing":
                    fact |= {
                        "committee": v["committee"],
                        "role": v.get("role", ""),
                        "purpose": "purpose" in v["covers"],
                    }
                    fact["requirements"] = "requirements" in v["covers"]
                case _:
                    fact |= v
            rows.append(fact)
    return rows
