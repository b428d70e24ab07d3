"""The packages of the distribution: the folders of the repository, as parts of the package `thamdinh`."""

from pathlib import Path

from setuptools import setup

ROOT = Path(__file__).parent
CODE = ("engine", "commands", "desk", "features")
DATA = ("rules", "locale")
DATA_SUFFIXES = (".yaml", ".feature", ".mo", ".po", ".html", ".css", ".js", ".json", ".docx", ".xlsx", ".md", ".txt")


def _folders(top: str) -> list[Path]:
    base = ROOT / top
    return [base, *(path for path in sorted(base.rglob("*")) if path.is_dir() and path.name != "__pycache__")]


folders = [folder.relative_to(ROOT) for top in (*CODE, *DATA) if (ROOT / top).is_dir() for folder in _folders(top)]
names = {".".join(("thamdinh", *folder.parts)): folder.as_posix() for folder in folders}

setup(
    packages=["thamdinh", *names],
    package_dir={"thamdinh": ".", **names},
    data_files=[
        ("share/man/man1", ["docs/reference/man/thamdinh.1"]),
        ("share/man/vi/man1", ["docs/reference/man/vi/thamdinh.1"]),
    ],
    package_data={name: [f"*{suffix}" for suffix in DATA_SUFFIXES] for name in names} | {"thamdinh": ["py.typed"]},
)
