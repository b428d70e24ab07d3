"""Draw the house: the packages of the engine and what each knows, from the imports (docs/explanation/architecture.md).

`python tools/house.py` writes the picture anew; with `--check` it ends with 1 where the picture is not current.
"""

import ast
import sys
from pathlib import Path
from typing import Final

import grimp

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "explanation" / "architecture.md"
BEGIN: Final = "<!-- drawn by tools/house.py: begin -->\n"
END: Final = "<!-- drawn by tools/house.py: end -->\n"


def packages() -> list[str]:
    """The packages of the engine, by name."""
    return sorted(path.parent.name for path in (ROOT / "engine").glob("*/__init__.py"))


def arrows() -> dict[str, set[str]]:
    """What each package of the engine imports of the others."""
    graph = grimp.build_graph("thamdinh")
    names = packages()
    return {
        one: {
            other
            for other in names
            if other != one
            and graph.direct_import_exists(
                importer=f"thamdinh.engine.{one}", imported=f"thamdinh.engine.{other}", as_packages=True
            )
        }
        for one in names
    }


def drawn(known: dict[str, set[str]]) -> str:
    """The picture (Mermaid), without the arrows that others imply, and what each package is for."""

    def below(name: str) -> set[str]:
        return known[name].union(*(below(other) for other in known[name]))

    lines = ["```mermaid", "flowchart TD"]
    for name in sorted(known, key=lambda name: (-len(below(name)), name)):
        implied = set().union(*(below(other) for other in known[name]))
        lines += [f"    {name} --> {other}" for other in sorted(known[name] - implied)]
    lines += ["```", "", "| package | what it is | knows |", "|---|---|---|"]
    for name in sorted(known, key=lambda name: (len(below(name)), name)):
        purpose = ast.get_docstring(ast.parse((ROOT / "engine" / name / "__init__.py").read_text(encoding="utf-8")))
        words = (purpose or "").split("\n\n")[0].replace("\n", " ")
        lines.append(f"| `{name}` | {words} | {', '.join(sorted(known[name])) or 'nothing'} |")
    return "\n".join(lines) + "\n"


def page(picture: str) -> str:
    """The page with this picture in it."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    return before + BEGIN + picture + END + rest.partition(END)[2]


def main() -> int:
    """Write the page, or check it; the exit status."""
    wanted = page(drawn(arrows()))
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(wanted, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != wanted:
        print(f"{PAGE.relative_to(ROOT)}: not current; run: python tools/house.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
