"""`python -m tests.soak FORM… [--seeds FIRST:LAST] [--seconds N]`: judge mutated files, and name the seeds that are wrong.

One seed alone is written to the current directory, to be looked at.
"""

import argparse
import sys
import time
from pathlib import Path

from tests.soak.judging import complaints
from tests.soak.mutation import FORMS, mutated


def main() -> None:
    """Print a line for each form, and what is wrong with each seed that fails; status 1 where any does."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("forms", nargs="*", default=[*FORMS], choices=[*FORMS, []], metavar="FORM")
    parser.add_argument("--seeds", default="0:200", metavar="FIRST:LAST", help="or one seed; default: 0:200")
    parser.add_argument("--seconds", type=float, default=600, metavar="N", help="for each form; default: 600")
    given = parser.parse_args()
    first, _, last = given.seeds.partition(":")
    seeds = range(int(first), int(last) if last else int(first) + 1)
    wrong = 0
    for form in given.forms or FORMS:
        if len(seeds) == 1:
            name, content = mutated(form, seeds[0])
            Path(name).write_bytes(content)
        start, judged = time.monotonic(), 0
        for seed, complaint in complaints(form, seeds, given.seconds):
            judged += 1
            if complaint is not None:
                wrong += 1
                print(f"--- {form} {seed}: python -m tests.soak {form} --seeds {seed}\n{complaint}", flush=True)
        print(f"{form}: {judged} files in {time.monotonic() - start:.0f} s", flush=True)
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
