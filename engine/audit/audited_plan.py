"""What an audit learns from one plan: the verdict, whose plan it is, and what rules across plans need of it.

Everything here can be pickled, kept and sent between processes, and holds no party card in the clear.
"""

from dataclasses import dataclass, replace

from ..base.problem import Place
from ..evaluation.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Ballots:
    """One committee of a plan: the key of its name, and those on whom it takes a ballot.

    `people` and `names` are keys one after the other: of the party cards, and of the names of those without a card.
    """

    body: bytes
    people: bytes
    names: bytes


@dataclass(frozen=True, slots=True)
class SeatElsewhere:
    """A seat that a plan says one of its people has on a committee of another plan (`also_on`).

    `person` is identity.NOBODY where the plan gives no party card. `path` are the positions of the committee, the member
    and the entry of `also_on` in the plan. `here` is how many ballots on the person committees of that name take in this very
    plan, which knows the person by id; None where it has none of that name.
    """

    person: bytes
    name: bytes
    body: bytes
    path: tuple[int, ...]
    here: int | None = None


@dataclass(frozen=True, slots=True)
class Across:
    """What rules across plans need of one plan, as keyed hashes (identity.py): no names, no cards.

    `half_days` are those of each part of the conference (facts.half_days_of). `people` are the hashes of the
    participants' party cards one after the other, `parts` a byte for each of them: the bits of the parts attended.
    `suspended` names the rules across plans that an exception suspends for this plan, and the exception;
    `suspended_clauses` all clauses that one suspends for it. `name` is the key of the organisation's name where this is not the
    name of its one committee, and `bodies` how many it has then. `meets`: the keys that documents of another type of the same
    organisation and term have too, and whether it is this one that is judged beside them.
    """

    organization: bytes
    half_days: tuple[tuple[int, ...], ...]
    people: bytes
    parts: bytes
    ballots: tuple[Ballots, ...]
    elsewhere: tuple[SeatElsewhere, ...]
    suspended: tuple[tuple[str, str], ...] = ()
    suspended_clauses: tuple[str, ...] = ()
    name: bytes = b""
    bodies: int = 1
    meets: tuple[tuple[bytes, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class AuditedPlan:
    """What an audit learns from one input plan.

    `place` is "folder/plan.yaml", "archive.zip!plan.xlsx", "plans.jsonl:17" or "plans.parquet:17"; `digest` the SHA-256
    (hexadecimal) of the plan's content as submitted (the file, the archive member, the line) and of the format that
    was read. What is said of the organisation is None, and `across` too, where the plan is invalid. `held_on` is the ISO date of the first session.
    """

    place: str
    digest: str
    organization: str | None
    kind: str | None
    district: str | None
    term: str | None
    held_on: str | None
    people: int
    verdict: Verdict
    across: Across | None


def without_plan(digest: str, verdict: Verdict) -> AuditedPlan:
    """The outcome of an input that gave no plan to speak of, at the place that the verdict names as its file."""
    return AuditedPlan(verdict.file, digest, None, None, None, None, None, 0, verdict, None)


def moved(outcome: AuditedPlan, place: str) -> AuditedPlan:
    """The outcome of the same content found at another place: all that it says points there."""
    if outcome.place == place:
        return outcome
    old, new = split_place(outcome.place), split_place(place)

    def there(at: Place) -> Place:
        if at.file != old[0]:
            return at
        line = new[1] if at.line is not None and at.line == old[1] else at.line
        return replace(at, file=new[0], line=line)

    verdict = outcome.verdict
    return replace(
        outcome,
        place=place,
        verdict=replace(
            verdict,
            file=place,
            findings=tuple(replace(finding, place=there(finding.place)) for finding in verdict.findings),
            problems=tuple(replace(problem, place=there(problem.place)) for problem in verdict.problems),
            notices=tuple(replace(notice, place=there(notice.place)) for notice in verdict.notices),
            passed=verdict.passed and tuple(replace(item, place=there(item.place)) for item in verdict.passed),
            lines={there(at): line for at, line in verdict.lines.items()},
        ),
    )


def split_place(place: str) -> tuple[str, int | None]:
    """The file (or archive member) of a place, and the number of the line or row in it, if it has one."""
    file, colon, number = place.rpartition(":")
    is_numbered = colon and number.isdecimal() and file.lower().endswith((".jsonl", ".ndjson", ".parquet"))
    return (file, int(number)) if is_numbered else (place, None)
