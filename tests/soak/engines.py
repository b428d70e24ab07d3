"""`python -m tests.soak.engines PLANS SEED`: durable-rules against compiled rules on so many mutated plans that are valid.

To be run with MALLOC_PERTURB_ set, so that memory that durable-rules reads after it gave it back is not what it was.
"""

import json
import sys
from random import Random

from tests.soak.mutation import change, plan
from thamdinh.engine.audit.quick.decode import decode_line
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.evaluation.check import Checker, durable
from thamdinh.engine.evaluation.scanning import Compiled
from thamdinh.engine.model.facts import flatten


def differing(plans: int, seed: int) -> list[str]:
    """The plans, as JSON, on which the two engines do not say the same; `plans` that are valid are looked at."""
    whole = ruleset()
    engines = [Checker(whole, factory, passes=True) for factory in (durable, Compiled)]
    random, wrong = Random(seed), list[str]()
    while plans:
        data = plan(random)
        for _ in range(random.randrange(1, 5)):
            change(data, random)
        text = json.dumps(data)
        made = decode_line(text.encode("utf-8", "surrogatepass"))
        if made is None:
            continue
        plans -= 1
        facts = flatten(made, whole.readings)
        durably, compiled = (engine.evaluator(made).run(facts) for engine in engines)
        if durably != compiled:
            wrong.append(text)
    return wrong


def main() -> None:
    """Print each plan on which they differ; status 1 where there is one."""
    plans, seed = map(int, sys.argv[1:])
    wrong = differing(plans, seed)
    print("\n".join(wrong))
    print(f"{plans} plans, {len(wrong)} on which the engines differ")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
