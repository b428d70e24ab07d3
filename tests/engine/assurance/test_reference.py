"""Reference pages: they are as the packs say, and nobody else's file is touched."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.appraisal import ROOT
from thamdinh.engine.assurance.reference import MADE, reference
from thamdinh.engine.assurance.reference_pages import stale_pages, write_pages
from thamdinh.engine.base.text import Language
from thamdinh.engine.directive.pack import Pack
from thamdinh.engine.directive.packs import available, read


@cache
def packs() -> list[Pack]:
    return [read(name) for name in available()]


@cache
def pages(language: Language) -> dict[str, str]:
    return reference(packs(), language)


@pytest.mark.long
def test_the_committed_pages_are_as_the_packs_say() -> None:
    assert stale_pages(pages("vi"), ROOT / "docs" / "rules", MADE) == [], "run: thamdinh rules doc"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_rule_has_a_page_with_its_clauses_and_a_link_that_leads_to_it(language: Language) -> None:
    made = pages(language)
    for pack in packs():
        folder = pack.directive.id
        for rule in pack.rules:
            [link] = re.findall(rf"\[{rule.id}\]\(([^)]+)\)", made[f"{folder}/README.md"])
            target = (Path(folder) / link).as_posix() if "/" not in link else link.removeprefix("../")
            assert all(f"**{clause}**" in made[target] for clause in rule.clause)
            assert rule.examples.breach.splitlines()[0] in made[target]


def test_an_illustration_is_labelled_and_a_tightened_rule_has_a_page_of_its_own() -> None:
    assert "Minh họa, không do cơ quan nào ban hành" in pages("vi")["huyen-minh-hoa-2017/README.md"]
    page = pages("vi")["huyen-minh-hoa-2017/TD503.md"]
    assert "dưới 30" in page
    assert "| 0 | 30 | H2, huyen-minh-hoa-2017 |" in page


def test_pages_that_change_or_go_are_found_and_written_anew(tmp_path: Path) -> None:
    write_pages(pages("vi"), tmp_path, MADE)
    assert stale_pages(pages("vi"), tmp_path, MADE) == []
    page = tmp_path / "ben-tre-2017" / "TD101.md"
    page.write_text(page.read_text(encoding="utf-8") + "x", encoding="utf-8")
    fewer = {name: text for name, text in pages("vi").items() if name != "ben-tre-2017/TD102.md"}
    assert stale_pages(fewer, tmp_path, MADE) == ["ben-tre-2017/TD101.md", "ben-tre-2017/TD102.md"]
    write_pages(fewer, tmp_path, MADE)
    assert not (tmp_path / "ben-tre-2017" / "TD102.md").exists()
    assert stale_pages(fewer, tmp_path, MADE) == []


def test_a_file_that_somebody_else_wrote_is_neither_replaced_nor_removed(tmp_path: Path) -> None:
    for name in ("README.md", "notes.md"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_pages(pages("vi"), tmp_path, MADE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.md", "notes.md"]
    (tmp_path / "README.md").unlink()
    write_pages(pages("vi"), tmp_path, MADE)
    assert (tmp_path / "notes.md").read_text(encoding="utf-8") == "mine"
