"""The same rules in CLIPS, through clipspy: facts asserted a plan at a time, the engine reset between plans."""

from pathlib import Path
from typing import Any

import orjson

from benchmarks.facts import rows

TEMPLATES = """
(deftemplate plan (slot kind) (slot slots) (slot directed) (slot first-mid-term) (slot last-year-end) (slot first))
(deftemplate report (slot id) (multislot contents) (slot guided))
(deftemplate participant (slot id) (slot standing) (slot eligible) (slot replaces) (multislot parts))
(deftemplate part (slot name))
(deftemplate discussion (slot part) (slot format))
(deftemplate committee (slot id))
(deftemplate seat (slot person) (slot committee))
(deftemplate ballot (slot person) (slot committee))
(deftemplate briefing (slot committee) (slot role) (multislot covers))
(deftemplate vote (slot committee) (slot lead))
(deftemplate publication (slot committee) (slot audience) (slot at) (slot counted))
(deftemplate outcome (slot kind) (slot subject) (slot targets))
"""

_GRASSROOTS = "commune|ward|township"
_SECTOR = "provincial_sector_committee|provincial_sector_cell"

RULES = {
    "TD101": f'(plan (kind {_GRASSROOTS}) (slots ?n&:(or (< ?n 2) (> ?n 3)))) => "plan"',
    "TD102": f'(plan (kind {_SECTOR}) (slots ?n&:(or (< ?n 1) (> ?n 2)))) => "plan"',
    "TD201": "(report (id ?s) (contents $?c&:(and (member$ year_end_review ?c) (or (member$ mid_term_review ?c) "
    "(member$ leadership_self_criticism ?c) (member$ inspection_supervision ?c))))) => ?s",
    "TD202 a": "(report (id ?s) (contents $?c&:(and (member$ mid_term_review ?c) "
    '(not (member$ leadership_self_criticism ?c))))) => (str-cat ?s "/leadership_self_criticism")',
    "TD202 b": "(report (id ?s) (contents $?c&:(and (member$ mid_term_review ?c) "
    '(not (member$ inspection_supervision ?c))))) => (str-cat ?s "/inspection_supervision")',
    "TD203 a": '(plan) (not (report (contents $? year_end_review $?))) => "year_end_review"',
    "TD203 b": '(plan) (not (report (contents $? mid_term_review $?))) => "mid_term_review"',
    "TD301": "(participant (id ?s) (standing customary) (replaces no) (parts $? mid_term $?)) => ?s",
    "TD302 elected": "(participant (id ?s) (standing elected_in_addition) (parts $? mid_term $?)) => ?s",
    "TD302 replaces": "(participant (id ?s) (replaces yes) (parts $? mid_term $?)) => ?s",
    "TD303": "(participant (id ?s) (standing congress_delegate) (eligible no) (parts $? mid_term $?)) => ?s",
    "TD304": "(participant (id ?s) (standing congress_delegate) (eligible yes) (parts $?p&:(not (member$ mid_term ?p)))) => ?s",
    "TD401": "(part (name ?s)) (not (discussion (part ?s) (format group))) => ?s",
    "TD501": '(seat (person ?p) (committee ?c)) (not (ballot (person ?p) (committee ?c))) => (str-cat ?p "@" ?c)',
    "TD502": "(committee (id ?s)) (not (briefing (committee ?s) (role secretary) "
    "(covers $?c&:(and (member$ purpose ?c) (member$ requirements ?c))))) => ?s",
    "TD503 a": "(committee (id ?s)) (not (vote (committee ?s) (lead ?l&~none))) => ?s",
    "TD503 b": "(committee (id ?s)) (vote (committee ?s) (lead ?l&:(and (integerp ?l) (< ?l 0)))) => ?s",
    "TD504 a": "(committee (id ?s)) (not (publication (committee ?s) (audience same_level_committee))) "
    '=> (str-cat ?s "/same_level_committee")',
    "TD504 b": "(committee (id ?s)) (not (publication (committee ?s) (audience direct_superior_committee))) "
    '=> (str-cat ?s "/direct_superior_committee")',
    "TD505": '(publication (committee ?s) (audience ?a) (at ?t) (counted ?u&:(< ?t ?u))) => (str-cat ?s "/" ?a)',
    "TD601": '(plan (kind police|military|border_guard) (directed no)) => "plan"',
    "TD602": '(plan (kind ~police&~military&~border_guard) (directed yes)) => "plan"',
    "TD701": f'(plan (kind {_GRASSROOTS}) (first-mid-term ?m&~none) (last-year-end ?y&~none&:(< ?m ?y))) => "plan"',
    "TD702": '(plan) (not (outcome (kind resolution) (subject next_year) (targets ?t&:(>= ?t 1)))) => "plan"',
    "TD703": '(plan) (not (outcome (subject rest_of_term))) => "plan"',
    "TD704": "(report (id ?s) (guided no)) => ?s",
}
FORCES = frozenset(("police", "military", "border_guard"))


class Program:
    """The rules in one CLIPS environment."""

    def __init__(self) -> None:
        import clips  # type: ignore[import-not-found]

        self._symbol = clips.Symbol
        self._environment = clips.Environment()
        self._found: set[tuple[str, str]] = set()
        self._environment.define_function(self._record, name="record")
        for template in TEMPLATES.strip().splitlines():
            self._environment.build(template)
        for name, rule in RULES.items():
            patterns, subject = rule.split(" => ")
            # The exception of the forces is said to each rule: CLIPS has none.
            guard = "" if name == "TD601" else "(plan (kind ~police&~military&~border_guard)) "
            identity = name.replace(" ", "-")
            self._environment.build(f'(defrule {identity} {guard}{patterns} => (record "{name[:5]}" {subject}))')
        self._templates = {template.name: template for template in self._environment.templates()}

    def _record(self, rule: str, subject: str) -> None:
        self._found.add((rule, str(subject)))

    def check(self, line: bytes) -> set[tuple[str, str]]:
        """The findings on one plan."""
        self._found = set()
        self._environment.reset()
        for entity, values in rows(orjson.loads(line)):
            self._templates[entity].assert_fact(**{name: self._value(value) for name, value in values.items()})
        self._environment.run()
        return self._found

    def _value(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._symbol(item) for item in value]
        return value if isinstance(value, int) else self._symbol(value)


def run(path: Path, plans: int) -> list[set[tuple[str, str]]]:
    """The findings on each plan of a file of JSONL."""
    program = Program()
    with path.open("rb") as file:
        return [program.check(line) for line, _ in zip(file, range(plans), strict=False)]
