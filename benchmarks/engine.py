"""The engine's own cost against a minimal hand-written durable-rules program on the same facts; growth; memory.

Both run alternately in one process on the same plans; the ratio is that of their fastest rounds.
"""

import resource
import time
from collections.abc import Callable

from benchmarks.durable_program import Program, encode
from benchmarks.scale import facts_of
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.evaluation.durable import Rete
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.facts import entities

ROUNDS = 40


def fastest(action: Callable[[], object], times: int) -> float:
    """Seconds for one call, from the fastest of some rounds."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print the ratio, the growth from 50 to 5,000 participants, and the memory after 10,000 plans."""
    rules = ruleset()
    rete, program = Rete(rules, range(len(rules.judgements))), Program()
    facts = facts_of(100)
    size = sum(len(facts[entity]) for entity in entities(description()))
    ours_found = {(rules.judgements[position].rule) for position, _ in rete.run(facts)[0]}
    theirs_found = {name.split(" ")[0] for name, _ in program.run(encode(facts))}
    assert ours_found == theirs_found, (ours_found, theirs_found)
    ours = min(fastest(lambda: rete.run(facts), 5) for _ in range(ROUNDS))
    theirs = min(fastest(lambda: program.run(encode(facts)), 5) for _ in range(ROUNDS))
    print(f"100 participants, {size} facts: engine {ours * 1000:.2f} ms, hand-written {theirs * 1000:.2f} ms: "
          f"ratio {ours / theirs:.2f} (target 1.2)")  # fmt: skip
    for participants in (50, 500, 5000):
        grown = facts_of(participants)
        rows = sum(len(grown[entity]) for entity in entities(description()))
        seconds = fastest(lambda grown=grown: rete.run(grown), 5)  # type: ignore[misc]
        print(f"{participants:>5} participants: {seconds * 1000:8.2f} ms, {seconds / rows * 1e6:5.1f} µs a fact")
    for plans in (1, 5_000, 5_000):
        for _ in range(plans):
            rete.run(facts)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"after {plans:>5} more plans: peak memory {peak / 1024:.1f} MiB")


if __name__ == "__main__":
    main()
