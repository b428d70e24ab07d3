"""The house stands as docs/explanation/architecture.md says: every module has a room, every room a door."""

import ast
import re
import runpy
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Final

import pytest

from tests.appraisal import ROOT

ENGINE: Final = ROOT / "engine"
PACKAGES: Final = sorted(path.parent.name for path in ENGINE.glob("*/__init__.py"))


@cache
def imports(path: Path) -> list[tuple[tuple[str, ...], str]]:
    """What a file imports of the program: the module, as a path from the top, and the name."""
    return [*_imports(path)]


def _imports(path: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    here = path.relative_to(ROOT).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            above = here[: len(here) - node.level + 1]
            for alias in node.names:
                yield (*above, *(node.module or "").split(".")) if node.module else above, alias.name


SOURCES: Final = [
    *sorted(path for top in ("engine", "commands", "desk", "features") for path in (ROOT / top).rglob("*.py")),
    ROOT / "cli.py",
]


def is_module(parts: tuple[str, ...]) -> bool:
    path = ROOT.joinpath(*parts)
    return path.with_suffix(".py").is_file() or path.is_dir()


def used_of(package: str) -> set[str]:
    """The modules of a package, as paths with dots below it, that files outside of it import."""
    used = set()
    for path in SOURCES:
        if path.is_relative_to(ENGINE / package):
            continue
        for module, name in imports(path):
            parts = (*module, name) if is_module((*module, name)) else module
            if parts[:2] == ("engine", package) and len(parts) > 2:
                used.add(".".join(parts[2:]))
    return used


def door(package: str) -> list[str]:
    """What `__all__` of a package names."""
    for node in ast.parse((ENGINE / package / "__init__.py").read_text(encoding="utf-8")).body:
        match node:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=value):
                return [str(name) for name in ast.literal_eval(value)]
    return []


def test_no_module_of_the_engine_stands_outside_a_package() -> None:
    assert [path.name for path in ENGINE.glob("*.py")] == ["__init__.py"]


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_entered_by_its_door_and_the_door_is_no_wider(package: str) -> None:
    assert sorted(used_of(package)) == door(package)


def test_no_module_imports_a_private_name_of_another() -> None:
    private = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in SOURCES
        for _, name in imports(path)
        if name.startswith("_") and not name.startswith("__")
    ]
    assert private == []


def test_no_class_has_the_name_of_another() -> None:
    where: dict[str, list[str]] = {}
    for path in SOURCES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where.setdefault(node.name, []).append(path.relative_to(ROOT).as_posix())
    assert len(where) > 300
    assert {name: found for name, found in where.items() if len(found) > 1} == {}


def test_the_picture_of_the_house_is_current() -> None:
    house = runpy.run_path(str(ROOT / "tools" / "house.py"))
    assert house["PAGE"].read_text(encoding="utf-8") == house["page"](house["drawn"](house["arrows"]()))


def imported(path: Path) -> Iterator[str]:
    """The modules from outside the program that a file imports, by their first names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(level=0, module=str(module)):
                yield module.partition(".")[0]


BY_OTHERS: Final = {"python-multipart", "psycopg"}
"""What FastAPI and SQLAlchemy import by name when they need it."""


def canonical(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", distribution)[0]).lower()  # type: ignore[index]


@pytest.mark.long
def test_the_program_depends_on_what_it_imports_and_on_nothing_else() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {name: needed for name, needed in project["optional-dependencies"].items() if name not in ("dev", "all")}
    declared = {canonical(needed) for needed in sum(extras.values(), project["dependencies"])}
    modules = {name for path in SOURCES for name in imported(path)} - sys.stdlib_module_names - {"pydantic_core"}
    from_outside = packages_distributions()
    assert {canonical(from_outside[name][0]) for name in modules} == declared - BY_OTHERS
