"""What the solver says of a plan it chose, in the terms of evaluators: which rows breach which judgements."""

from ...evaluation.hits import Hit
from .decoding import Chosen
from .encoding import Encoding


def breaches(encoding: Encoding, chosen: Chosen) -> set[Hit]:
    """The breaches by the solver's reading, rows numbered as facts.py numbers those of the decoded plan."""
    hits: set[Hit] = set()
    for position, judgement in enumerate(encoding.ruleset.judgements):
        rows = encoding.facts[judgement.entity]
        breached = encoding.breached[position]
        numbers = numbered(encoding, judgement.entity, chosen)
        hits |= {(position, numbers[id(row)]) for row, truth in zip(rows, breached, strict=True) if chosen.truth(truth)}
    return hits


def numbered(encoding: Encoding, entity: str, chosen: Chosen) -> dict[int, int]:
    """The number of each row that is there, by its identity."""
    rows = [row for row in encoding.facts[entity] if chosen.truth(row.present)]
    if encoding.built.known.entities[entity].distinct is not None:
        rows.sort(key=lambda row: next(number for number, truth in enumerate(row.had) if chosen.truth(truth)))
    return {id(row): number for number, row in enumerate(rows)}
