"""Which inputs the user named: files, folders searched for plans, and "-"."""

import os
from pathlib import Path

import pytest

from tests.plans import PLAN, problems
from thamdinh.engine.documents.discover import discover


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "b/plan-10.yaml",
        "b/plan-2.yml",
        "b/Plan-3.YAML",
        "a.json",
        "A2.yaml",
        "b/c/x.yaml",
        ".hidden.yaml",
        ".git/x.yaml",
        "b/.thamdinh/x.yaml",
        "thamdinh.toml",
        "waivers.yaml",
        "b/waivers.yaml",
        "b/note.txt",
        "b/plan.yaml.bak",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PLAN, encoding="utf-8")
    (tmp_path / "none").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*arguments: str) -> list[str]:
    return [source.path for source in discover(arguments)]


def test_a_folder_gives_its_plans_in_natural_order(root: Path) -> None:
    assert names("b") == ["b/c/x.yaml", "b/plan-2.yml", "b/Plan-3.YAML", "b/plan-10.yaml"]
    assert names(".") == ["A2.yaml", "a.json", "b/c/x.yaml", "b/plan-2.yml", "b/Plan-3.YAML", "b/plan-10.yaml"]


def test_a_folder_gives_its_forms_but_not_what_office_programs_keep_beside_open_ones(tmp_path: Path) -> None:
    for name in ("b.XLSX", "~$b.xlsx", ".~lock.b.xlsx#", "cu.xls", "ghi-chu.txt"):
        (tmp_path / name).write_bytes(b"")
    assert [source.path for source in discover([str(tmp_path)])] == [
        str(tmp_path / name) for name in ("b.XLSX", "cu.xls")
    ]


def test_what_is_named_keeps_its_order(root: Path) -> None:
    assert names("b/plan-10.yaml", "-", "a.json", "b/c") == ["b/plan-10.yaml", "-", "a.json", "b/c/x.yaml"]


def test_what_is_named_twice_is_read_once(root: Path) -> None:
    assert names("b/plan-2.yml", "./b", "b/plan-2.yml", "-", "-", str(root / "a.json"), "a.json") == [
        "b/plan-2.yml",
        "b/c/x.yaml",
        "b/Plan-3.YAML",
        "b/plan-10.yaml",
        "-",
        str(root / "a.json"),
    ]


@pytest.mark.parametrize("name", [".hidden.yaml", "waivers.yaml", "b/note.txt", "missing.yaml", ""])
def test_a_file_that_is_named_is_tried_whatever_it_is(root: Path, name: str) -> None:
    assert names(name) == [name]


def test_links_to_files_are_taken_and_links_to_folders_are_not_followed(root: Path) -> None:
    (root / "none/file.yaml").symlink_to(root / "A2.yaml")
    (root / "none/up").symlink_to(root)
    (root / "none/broken.yaml").symlink_to("missing")
    assert names("none") == ["none/broken.yaml", "none/file.yaml"]
    assert [len(problems(source.read)) for source in discover(["none"])] == [1, 0]
    (root / "link").symlink_to(root / "b/c")
    assert names("link") == ["link/x.yaml"]


def test_a_folder_without_plans_is_a_problem_of_its_own(root: Path) -> None:
    (source, other) = discover(["none", "A2.yaml"])
    (problem,) = problems(source.read)
    assert problem.code == "PL006"
    assert problem.place.file == source.name == "none"
    assert "*.yaml" in problem.fix.vi
    assert other.read().data


def test_a_folder_that_may_not_be_seen_is_a_problem_beside_the_others(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path == "b/c":
            raise PermissionError(13, "denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    sources = discover(["b"])
    assert [source.path for source in sources] == ["b/plan-2.yml", "b/Plan-3.YAML", "b/plan-10.yaml", "b/c"]
    (problem,) = problems(sources[-1].read)
    assert (problem.code, problem.place.file) == ("PL006", "b/c")


def test_a_source_is_named_as_it_is_reported(root: Path) -> None:
    assert [source.name for source in discover(["-", "k\udcff.yaml"])] == ["<stdin>", "k\ufffd.yaml"]
