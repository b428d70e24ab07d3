"""`python -m tests.desk.load FOLDER NAME [DATABASE]`: submit, take and decide for ever, telling each thing only when it is done.

A line on standard output is an acknowledgement: `submitted KEY CASE`, `taken CASE`, `returned CASE`.
"""

import sys
from itertools import count
from pathlib import Path

from tests.desk.desks import COMPLIANT, Peopled


def main() -> None:
    """Work until somebody ends it."""
    folder, name, *database = sys.argv[1:]
    at = Peopled(Path(folder), *database)
    print("ready", flush=True)
    for number in count():
        key = f"{name}-{number}"
        case = at.submitted(COMPLIANT, ("phutuc", "batri")[number % 2], key)
        print(f"submitted {key} {case}", flush=True)
        at.desk.cases.take(at["canbo"], case)
        print(f"taken {case}", flush=True)
        at.desk.cases.give_back(at["lanhdao"], case, "Trả lại")
        print(f"returned {case}", flush=True)


if __name__ == "__main__":
    main()
