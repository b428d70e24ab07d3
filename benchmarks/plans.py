"""The plans of the benchmarks: synthetic, made once and kept in a folder for temporary files."""

import json
import tempfile
from pathlib import Path

from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.audit.quick import parquet
from thamdinh.engine.audit.quick.decode import decode_line

FOLDER = Path(tempfile.gettempdir()) / "thamdinh-benchmarks"


def jsonl(plans: int, participants: int = 100, seed: int = 7, breach_rate: float = 0.3) -> Path:
    """A file of so many plans, one a line."""
    path = FOLDER / f"{plans}-{participants}-{seed}-{breach_rate}.jsonl"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        making = path.with_suffix(".making")
        with making.open("w", encoding="utf-8") as file:
            for synthetic in generate(plans, seed, breach_rate, participants):
                file.write(json.dumps(synthetic.plan, ensure_ascii=False, separators=(",", ":")) + "\n")
        making.rename(path)
    return path


def as_parquet(path: Path) -> Path:
    """The same plans as Parquet."""
    made = path.with_suffix(".parquet")
    if not made.exists():
        making = made.with_suffix(".making")
        with path.open("rb") as file:
            parquet.write_documents(
                str(making), (plan.whole() for line in file if (plan := decode_line(line)) is not None)
            )
        making.rename(made)
    return made
