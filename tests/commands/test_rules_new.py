"""`thamdinh rules new`: what it writes holds as it stands, is told with what comes next, and costs no file that was there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.appraisal import ROOT
from tests.command_line import thamdinh

PACKS = {"huyen_minh_hoa_2017": "HM", "cong_an_minh_hoa_2017": "CA", "ben_tre_2017": "TD"}


def copied(name: str, folder: Path) -> Path:
    """A pack of the program under an id of its own."""
    pack = folder / "bo-quy-tac"
    shutil.copytree(ROOT / "rules" / name, pack)
    head = pack / "directive.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("\nid: ", "\nid: ban-sao-", 1), encoding="utf-8")
    return pack


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.long
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", PACKS)
def test_a_new_rule_holds_together_with_its_pack_and_so_do_its_tests_and_scenarios(
    name: str, language: str, tmp_path: Path
) -> None:
    pack, code = copied(name, tmp_path), f"{PACKS[name]}999"
    before = contents(pack)
    made = thamdinh("rules", "new", code, "--directive", pack, "--lang", language)
    assert made.returncode == 0, made.stderr
    new = {f"{code}.yaml", f"{code}.feature", f"tests/{code}.yaml"}
    assert contents(pack).keys() - before.keys() == new
    assert before.items() <= contents(pack).items()
    assert all(file in made.stdout for file in new)
    assert ("Việc tiếp theo" in made.stdout) == (language == "vi")
    tested = thamdinh("rules", "test", pack)
    assert ", 0 không đạt" in tested.stdout
    assert code not in tested.stdout
    checked = thamdinh("features", "check", pack / f"{code}.feature", "--directive", pack)
    assert (checked.returncode, checked.stdout) == (0, "1 tệp, 2 tình huống: 2 đạt, 0 không đạt\n")
    assert thamdinh("explain", code, "--directive", pack).returncode == 0


@pytest.mark.process
def test_a_new_rule_of_the_pack_that_comes_with_the_program_is_taken_up_by_every_command(tmp_path: Path) -> None:
    copy = tmp_path / "thamdinh"
    for folder in ("commands", "engine", "features", "locale", "rules"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("__init__.py", "cli.py", "version.py"):
        shutil.copy(ROOT / file, copy)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from thamdinh.cli import main; main()"
        known = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=copy, env=known, check=False)

    assert run("rules", "new", "TD402").returncode == 0
    assert "clause: [D9]" in (copy / "rules" / "ben_tre_2017" / "TD402.yaml").read_text(encoding="utf-8")
    assert (copy / "features" / "TD402.feature").is_file()
    assert run("rules", "test", "ben-tre-2017").returncode == 0
    assert run("features", "check", "--tag", "TD402").stdout.startswith("10 tệp, 2 tình huống: 2 đạt")
    assert "TD402" in run("rules").stdout


def test_a_pack_without_tests_is_given_the_plan_that_they_start_from(tmp_path: Path) -> None:
    pack = tmp_path / "small"
    shutil.copytree(ROOT / "tests" / "packs" / "small", pack)
    made = thamdinh("rules", "new", "MH102", "--clause", "K4", "--directive", pack)
    assert made.returncode == 0, made.stderr
    assert "tests/plan.yaml: kế hoạch gốc" in made.stdout
    assert "clause: [K4]" in (pack / "MH102.yaml").read_text(encoding="utf-8")
    tested = thamdinh("rules", "test", pack).stdout
    assert "thừa: MH201" in tested  # what the other rules of the pack find in that plan
    assert "MH102 plan" not in tested


@pytest.mark.parametrize(
    ("arguments", "there", "told"),
    [
        (("HM101",), (), "Đã có quy tắc HM101"),
        (("hm102",), (), "“hm102” không phải là mã quy tắc"),
        (("../HM102",), (), "không phải là mã quy tắc"),
        (("PL102",), (), "dành riêng cho chương trình"),
        (("HM102", "--clause", "H33"), (), "Có phải ý là “H3”?"),
        (("HM102",), ("HM102.yaml",), "HM102.yaml: PL006"),
        (("HM102",), ("tests/HM102.yaml",), "tests/HM102.yaml: PL006"),
        (("HM102",), ("HM102.feature",), "HM102.feature: PL006"),
    ],
)
def test_what_can_t_be_is_told_and_leaves_the_pack_as_it_was(
    arguments: tuple[str, ...], there: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    pack = copied("huyen_minh_hoa_2017", tmp_path)
    for name in there:
        (pack / name).write_text("rules: []\n" if "tests" not in name else "tests: []\n", encoding="utf-8")
    before = contents(pack)
    done = thamdinh("rules", "new", *arguments, "--directive", pack)
    assert done.returncode == 2
    assert told in done.stderr
    assert contents(pack) == before


def test_a_pack_that_is_broken_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    pack = copied("huyen_minh_hoa_2017", tmp_path)
    (pack / "hong.yaml").write_text("rules: [{", encoding="utf-8")
    before = contents(pack)
    done = thamdinh("rules", "new", "HM102", "--directive", pack)
    assert done.returncode == 2
    assert "hong.yaml:1:" in done.stderr
    assert contents(pack) == before
