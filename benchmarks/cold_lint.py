"""How long a cold `thamdinh lint` of one plan takes, as a ratio of what no such program can avoid.

The yardstick is a process that only imports click, pydantic and durable.engine and parses the same file. Both are run
alternately, and the ratio of their fastest runs is printed: the least disturbed by whatever else the machine does.
"""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
PLAN = ROOT / "examples" / "compliant" / "xa-phu-tuc.yaml"
RUNS = 25
YARDSTICK = f"""
import click, pydantic, durable.engine, yaml
class Model(pydantic.BaseModel):
    schema_: int = 1
with open({str(PLAN)!r}, encoding="utf-8") as file:
    yaml.load(file, yaml.CSafeLoader)
"""


def seconds(command: list[str]) -> float:
    """The wall time of one run."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Print the two times and their ratio."""
    lint = [str(Path(sys.executable).with_name("thamdinh")), "lint", str(PLAN)]
    yardstick = [sys.executable, "-c", YARDSTICK]
    seconds(lint)
    times = [(seconds(yardstick), seconds(lint)) for _ in range(RUNS)]
    base, ours = (min(column) for column in zip(*times, strict=True))
    print(f"yardstick {base * 1000:.0f} ms, thamdinh lint {ours * 1000:.0f} ms: ratio {ours / base:.2f} (target 1.5)")


if __name__ == "__main__":
    main()
