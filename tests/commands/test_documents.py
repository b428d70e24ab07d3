"""`thamdinh documents`: the types there are, whether one is right and what it lacks, one to begin with, and their pages."""

import shutil
from pathlib import Path

import pytest

from tests.command_line import TYPES, thamdinh
from tests.engine.model.test_other_types import COUNT
from thamdinh.engine.model.document_types import available


def test_the_types_are_listed_with_the_packs_that_judge_them() -> None:
    for done in (thamdinh("documents"), thamdinh("documents", "list")):
        assert done.returncode == 0
        assert all(name in done.stdout for name in available())
        assert "ben-tre-2017" in done.stdout


def test_a_new_type_is_right_as_it_stands_and_makes_forms_that_read_back(tmp_path: Path) -> None:
    folder = tmp_path / "bien_ban"
    assert thamdinh("documents", "new", folder).returncode == 0
    done = thamdinh("documents", "check", folder)
    assert (done.returncode, "bien_ban" in done.stdout, done.stderr) == (1, True, "")
    assert "samples" in done.stdout
    for name in ("a.yaml", "a.xlsx", "a.docx"):
        assert thamdinh("new", tmp_path / name, "--document", folder, "--kind", "phường").returncode == 0
    assert "document: bien_ban" in (tmp_path / "a.yaml").read_text(encoding="utf-8")
    again = thamdinh("documents", "new", folder)
    assert (again.returncode, "document.yaml" in again.stderr) == (2, True)


@pytest.mark.parametrize("name", ["Bien-ban", "conference_plan", "9x"])
def test_a_name_that_can_be_none_or_is_taken_is_refused(tmp_path: Path, name: str) -> None:
    done = thamdinh("documents", "new", tmp_path / name)
    assert (done.returncode, name in done.stderr, (tmp_path / name).exists()) == (2, True, False)


@pytest.mark.parametrize(
    ("old", "new", "place", "fix"),
    [
        ("of: voter", "of: votr", ":23:40", "voter"),
        ("type: instant, label", "type: instnt, label", ":", "instant"),
        ("function: share", "function: shar", ":", "share"),
        ("schema: 1", "schema: 1\nrecods: []", ":3:1", "records"),
    ],
)
def test_a_type_that_is_wrong_is_told_like_a_broken_plan(
    tmp_path: Path, old: str, new: str, place: str, fix: str
) -> None:
    assert old in COUNT
    (tmp_path / "document.yaml").write_text(COUNT.replace(old, new, 1), encoding="utf-8")
    done = thamdinh("documents", "check", tmp_path)
    assert done.returncode == 2
    assert f"document.yaml{place}" in done.stderr
    assert fix in done.stderr


def test_all_that_a_type_lacks_is_said(tmp_path: Path) -> None:
    assert thamdinh("documents", "check", "ballot_minutes").stdout.count("\n") == 1
    folder = tmp_path / "bien_ban"
    thamdinh("documents", "new", folder)
    path = folder / "document.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in (
        (", nature: term", ""),
        ("    noun: tài liệu\n", ""),
        ("        - {label: Số lượng, field: count, example: 12}\n", ""),
        (", example: 12}", "}"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    done = thamdinh("documents", "check", folder)
    assert done.returncode == 1
    lacks = (
        "nature: term",
        "nature: day",
        "noun",
        "form): /entries/count",
        "example): /entries/count",
        "samples",
        "document: bien_ban",
    )
    assert all(one in done.stdout for one in lacks), done.stdout


def test_pages_are_written_and_their_check_sees_what_is_old(tmp_path: Path) -> None:
    made = ("documents", "doc", "--output", tmp_path)
    assert thamdinh(*made, "--check").returncode == 1
    assert thamdinh(*made).returncode == 0
    assert {path.stem for path in tmp_path.glob("*.md")} == set(available())
    assert thamdinh(*made, "--check").returncode == 0
    page = tmp_path / "conference_plan.md"
    assert "`/participants/standing`" in page.read_text(encoding="utf-8")
    own = page.read_text(encoding="utf-8")
    page.write_text(f"{own}x", encoding="utf-8")
    gone = page.with_name("gone.md")
    gone.write_text(own, encoding="utf-8")
    checked = thamdinh(*made, "--check")
    assert checked.returncode == 1
    assert all(name in checked.stdout for name in ("conference_plan.md", "gone.md"))
    assert thamdinh(*made).returncode == 0
    assert (page.read_text(encoding="utf-8"), gone.exists()) == (own, False)


def test_a_page_that_somebody_else_wrote_stays(tmp_path: Path) -> None:
    other, made = tmp_path / "ballot_minutes.md", ("documents", "doc", "--output", tmp_path)
    other.write_text("# Của tôi\n", encoding="utf-8")
    (tmp_path / "rule.md").write_text("# Trang khác\n", encoding="utf-8")
    done = thamdinh(*made)
    assert (done.returncode, "ballot_minutes.md" in done.stderr) == (2, True)
    assert {path.name for path in tmp_path.iterdir()} == {"ballot_minutes.md", "rule.md"}, "nothing was written"
    assert other.read_text(encoding="utf-8") == "# Của tôi\n"


def test_a_blank_document_that_would_be_none_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "bien_ban"
    thamdinh("documents", "new", folder)
    path = folder / "document.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new, told in (
        ("    entries: []", "    entres: []", ("thiếu mục: entries", "mục lạ: entres")),
        (
            "    schema: 1\n    organization",
            "    document: bien_ban\n    schema: 1\n    organization",
            ("đã có ở dòng",),
        ),
        ("      term: {term}", "      term: {term", ("",)),
    ):
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        done = thamdinh("documents", "check", folder)
        assert done.returncode in (1, 2)
        assert all(words in done.stdout + done.stderr for words in told), done.stdout


def test_a_pack_beside_a_type_is_one_that_judges_it(tmp_path: Path) -> None:
    shutil.copytree(TYPES, tmp_path / "types")
    broken = tmp_path / "types" / "hong"
    broken.mkdir()
    (broken / "directive.yaml").write_text("[", encoding="utf-8")
    done = thamdinh("documents", "check", tmp_path / "types" / "nghi_quyet")
    assert (done.returncode, done.stdout.count("\n"), done.stderr) == (0, 1, "")
