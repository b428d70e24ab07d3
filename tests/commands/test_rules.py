"""`thamdinh rules diff|doc|test`, as users meet them."""

from pathlib import Path

import pytest
import yaml

from tests.command_line import thamdinh, thamdinh_process


@pytest.mark.long
def test_two_packs_are_compared_in_words_with_a_plan_that_can_be_checked(tmp_path: Path) -> None:
    done = thamdinh("rules", "diff", "ben-tre-2017", "huyen-minh-hoa-2017")
    assert done.returncode == 1
    assert "TD503, mức độ: cảnh báo → lỗi" in done.stdout
    text = done.stdout[done.stdout.index("\nschema: 1") :]
    plan = tmp_path / "plan.yaml"
    plan.write_text(text, encoding="utf-8")
    assert yaml.safe_load(text)["organization"]["district"] == "Huyện Minh Họa"
    assert thamdinh("lint", plan).returncode == 0
    assert thamdinh("lint", plan, "--directive", "huyen-minh-hoa-2017").returncode == 1


def test_packs_that_are_alike_or_not_there() -> None:
    assert thamdinh("rules", "diff", "ben-tre-2017", "ben-tre-2017").returncode == 0
    assert thamdinh("rules", "diff", "ben-tre-2017", "nowhere").returncode == 2


@pytest.mark.long
def test_the_tests_of_packs_are_run() -> None:
    done = thamdinh("rules", "test", "cong-an-minh-hoa-2017")
    assert done.returncode == 0
    assert "14 kiểm thử đạt, 0 không đạt" in done.stdout
    assert thamdinh("rules", "test", Path("tests", "packs", "small")).returncode == 2


@pytest.mark.long
def test_pages_are_written_and_checked(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    assert thamdinh("rules", "doc", "--check", "-o", pages).returncode == 1
    assert thamdinh("rules", "doc", "-o", pages).returncode == 0
    assert thamdinh("rules", "doc", "--check", "-o", pages).returncode == 0
    (pages / "README.md").write_text("mine", encoding="utf-8")
    done = thamdinh("rules", "doc", "-o", pages)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.process
def test_with_the_solver_the_plan_is_proved_smallest_and_without_it_it_is_searched_for(tmp_path: Path) -> None:
    pytest.importorskip("z3")
    arguments = ["rules", "diff", "ben-tre-2017", "huyen-minh-hoa-2017", "--lang", "en"]
    assert "The smallest plan whose verdict changes (proved, of those of at most" in thamdinh(*arguments).stdout
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u\nknown = u.find_spec\nu.find_spec = lambda n, *a: None if n == 'z3' else known(n, *a)\n"
    )
    without = thamdinh_process(*arguments, env={"PYTHONPATH": str(tmp_path)}).stdout
    assert "The smallest plan found whose verdict changes (made small from" in without
