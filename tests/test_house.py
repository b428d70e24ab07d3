"""The house stands as docs/explanation/architecture.md says: every module has a room, every room a door."""

import ast
import re
import runpy
import sys
import tomllib
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tests.appraisal import ROOT

ENGINE: Final = ROOT / "engine"
PACKAGES: Final = sorted(path.parent.name for path in ENGINE.glob("*/__init__.py"))


class Source(NamedTuple):
    """What a file says: it is parsed once for all tests."""

    imports: list[tuple[tuple[str, ...], str]]
    """What it imports of the program: the module, as a path from the top, and the name."""
    outside: set[str]
    """The modules from outside the program that it imports, by their first names."""
    classes: list[str]
    """The classes at its top level."""


@cache
def source(path: Path) -> Source:
    here = path.relative_to(ROOT).parts[:-1]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = Source([], set(), [node.name for node in tree.body if isinstance(node, ast.ClassDef)])
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found.outside.update(alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(level=0, module=str(module)):
                found.outside.add(module.partition(".")[0])
            case ast.ImportFrom(level=level, module=module, names=names):
                above = here[: len(here) - level + 1]
                found.imports.extend(((*above, *module.split(".")) if module else above, alias.name) for alias in names)
    return found


SOURCES: Final = [
    *sorted(path for top in ("engine", "commands", "desk", "features") for path in (ROOT / top).rglob("*.py")),
    ROOT / "cli.py",
]


@cache
def is_module(parts: tuple[str, ...]) -> bool:
    path = ROOT.joinpath(*parts)
    return path.with_suffix(".py").is_file() or path.is_dir()


def used_of(package: str) -> set[str]:
    """The modules of a package, as paths with dots below it, that files outside of it import."""
    used = set()
    for path in SOURCES:
        if path.is_relative_to(ENGINE / package):
            continue
        for module, name in source(path).imports:
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
        for _, name in source(path).imports
        if name.startswith("_") and not name.startswith("__")
    ]
    assert private == []


def test_no_class_has_the_name_of_another() -> None:
    where: dict[str, list[str]] = {}
    for path in SOURCES:
        for name in source(path).classes:
            if not name.startswith("_"):
                where.setdefault(name, []).append(path.relative_to(ROOT).as_posix())
    assert len(where) > 300
    assert {name: found for name, found in where.items() if len(found) > 1} == {}


def test_the_picture_of_the_house_is_current() -> None:
    house = runpy.run_path(str(ROOT / "tools" / "house.py"))
    assert house["PAGE"].read_text(encoding="utf-8") == house["page"](house["drawn"](house["arrows"]()))


BY_OTHERS: Final = {"python-multipart", "psycopg"}
"""What FastAPI and SQLAlchemy import by name when they need it."""


def canonical(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", distribution)[0]).lower()  # type: ignore[index]


def modules_of(needed: str) -> set[str]:
    """The first names of what a distribution brings for import, as far as the list of its files says."""
    record = distribution(needed).read_text("RECORD") or ""
    return {re.split(r"[/.,]", line)[0] for line in record.splitlines()}


def test_the_program_depends_on_what_it_imports_and_on_nothing_else() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {name: needed for name, needed in project["optional-dependencies"].items() if name not in ("dev", "all")}
    declared = {canonical(needed) for needed in sum(extras.values(), project["dependencies"])}
    modules = {name for path in SOURCES for name in source(path).outside} - sys.stdlib_module_names - {"pydantic_core"}
    brought = {name: canonical(needed) for needed in declared - BY_OTHERS for name in modules_of(needed)}
    assert {brought[name] for name in modules} == declared - BY_OTHERS
