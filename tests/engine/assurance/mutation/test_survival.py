"""The scenarios alone pin the pack; what they would miss is told, with a scenario that would not."""

import json
import shutil
from pathlib import Path

import pytest

from tests.appraisal import ROOT
from tests.command_line import thamdinh
from thamdinh.engine.assurance.mutation.assessment import assess
from thamdinh.engine.assurance.mutation.equivalents import Equivalents, read_equivalents, stale_equivalents
from thamdinh.engine.assurance.mutation.mutants import Mutant, mutants
from thamdinh.engine.assurance.mutation.suggestion import suggestions
from thamdinh.engine.assurance.mutation.survival import Trial, appraising, failing, trials
from thamdinh.engine.assurance.scenarios import Scenario, parse_feature, parse_file, play
from thamdinh.engine.assurance.scenarios.checking import features_of, scenarios_in
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.base.text import Text
from thamdinh.engine.directive.pack import Pack
from thamdinh.engine.directive.packs import available, read
from thamdinh.engine.model.document_types import available as document_types

FEATURES = ROOT / "features"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read()


def scenarios(*names: str) -> list[Scenario]:
    return [scenario for name in names for scenario in parse_file(FEATURES / f"{name}.feature").scenarios]


WITH_SCENARIOS = ["ben-tre-2017", *(name for name, folder in available().items() if [*folder.glob("*.feature")])]


@pytest.mark.long
@pytest.mark.parametrize("directive", WITH_SCENARIOS)
def test_every_mutant_of_a_pack_is_killed_by_a_scenario_or_listed_with_a_reason(directive: str) -> None:
    ended = thamdinh("rules", "mutate", "--format", "json", "--directive", directive)
    assessment = json.loads(ended.stdout)
    assert assessment["survivors"] == []
    assert assessment["problems"] == []
    assert assessment["score"] == 1
    assert ended.returncode == 0
    assert assessment["mutants"] == len({item["change"] for item in assessment["killed"] + assessment["equivalent"]})


@pytest.mark.long
@pytest.mark.parametrize("directive", WITH_SCENARIOS)
def test_nothing_kills_what_is_no_change(directive: str) -> None:
    pack = read(directive)
    [trial] = trials([Mutant("nothing", "", "", pack.ruleset)], scenarios_in(features_of(pack)), 1)
    assert trial.killer is None


@pytest.mark.long
def test_scenarios_of_a_type_and_a_pack_in_folders_of_ones_own_kill_no_change_either(tmp_path: Path) -> None:
    shutil.copytree(document_types()["ballot_minutes"], tmp_path / "bien_ban")
    shutil.copytree(available()["kiem-phieu-2017"], tmp_path / "quy-dinh")
    for path, old, new in (
        (tmp_path / "bien_ban" / "document.yaml", "id: ballot_minutes", "id: bien_ban"),
        (tmp_path / "quy-dinh" / "directive.yaml", "id: kiem-phieu-2017", "id: quy-dinh-rieng"),
        (tmp_path / "quy-dinh" / "directive.yaml", "document: ballot_minutes", "document: ../bien_ban"),
        (tmp_path / "quy-dinh" / "tests" / "plan.yaml", "document: ballot_minutes", "document: bien_ban"),
    ):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    pack = read(str(tmp_path / "quy-dinh"))
    known = [scenario for scenario in scenarios_in(features_of(pack)) if not scenario.tagged("rà_soát")]
    assert failing(pack.ruleset, known, pack.folder) == []
    [trial] = trials([Mutant("nothing", "", "", pack.ruleset)], known, 1, pack.folder)
    assert trial.killer is None


def test_a_pack_answers_for_what_it_adds_and_changes_and_for_nothing_else() -> None:
    pack = read("vinh-long-minh-hoa-2027")
    assert pack.answers_for == {"VL101", "VL102", "TD101", "TD701"}
    assert {mutant.changed.split(".")[0] for mutant in mutants(pack)} == pack.answers_for | {
        "parameter grassroots_kinds"
    }
    whole = read("ben-tre-2017")
    assert whole.answers_for == {rule.id for rule in whole.rules}


@pytest.mark.long
def test_one_process_and_two_give_the_same_trials(pack: Pack) -> None:
    some, known = list(mutants(pack))[::12], scenarios("thoi_luong", "bao_cao")
    assert list(trials(some, known, 1)) == list(trials(some, known, 2))


@pytest.mark.long
@pytest.mark.parametrize("directive", ["ben-tre-2017", "kiem-phieu-2017"])
def test_what_is_known_of_other_mutants_changes_no_trial(directive: str) -> None:
    """Each scenario is played by the mutant alone, from its first step to its last, in the order in which they are asked."""
    pack = read(directive)
    known = scenarios_in(features_of(pack))
    some = [*mutants(pack)][::9]
    for trial in trials(some, known, 1, pack.folder):
        mutant = trial.mutant
        about = mutant.changed.partition(".")[0].partition("[")[0]
        asked = [one for one in known if one.tagged("rà_soát") == mutant.across]
        nearest = sorted(asked, key=lambda one: about not in one.tags)
        appraiser = appraising(mutant.ruleset, pack.folder)
        at = len(nearest) if trial.killer is None else nearest.index(trial.killer)
        before = [
            *nearest[: min(at, 4)],
            *nearest[at - 1 : at],
        ]  # all of a survivor's would take as long as all mutants
        assert all(play(one, appraiser).passed for one in before), mutant.change
        assert trial.killer is None or not play(trial.killer, appraiser).passed, mutant.change


@pytest.mark.long
def test_what_audits_of_other_mutants_came_to_is_not_taken_for_one_that_suspends_another_rule(pack: Pack) -> None:
    nothing = Mutant("nothing", "", "", pack.ruleset, True, 0, pack.ruleset.across[0])
    suspending = next(mutant for mutant in mutants(pack) if mutant.across and mutant.position is None)
    known = [one for one in scenarios_in(features_of(pack)) if one.tagged("rà_soát")]
    [alone] = trials([suspending], known, 1)
    assert [*trials([nothing, suspending], known, 1)] == [Trial(nothing, None), alone]


@pytest.mark.long
def test_every_kind_of_change_is_made(pack: Pack) -> None:
    changed = [mutant.changed for mutant in mutants(pack)]
    for rule in (*pack.ruleset.rules, *pack.ruleset.rules_across):
        for what in ("severity", "require"):
            assert any(name.startswith(rule) and name.endswith(what) for name in changed), (rule, what)
    for parameter in pack.directive.parameters:
        assert f"parameter {parameter.id}" in changed
    for exception in pack.directive.exceptions:
        assert {f"exception {exception.id}", f"exception {exception.id}.suspends"} <= set(changed)
    assert any(name.endswith(".for") for name in changed)


@pytest.mark.long
@pytest.mark.parametrize("rule", ["TD101", "TD401"])
def test_the_scenario_told_for_a_survivor_kills_it(pack: Pack, rule: str) -> None:
    kept = [item for item in scenarios("thoi_luong", "thao_luan") if not item.tagged(rule)]
    about = [mutant for mutant in mutants(pack) if mutant.changed.startswith(rule)]
    alive = [trial.mutant for trial in trials(about, kept, 1) if trial.killer is None]
    assert len(alive) > 3
    told = suggestions(alive, pack.ruleset, kept)
    equivalent = read_equivalents(pack.folder / "review" / "equivalent-mutants.yaml").reasons
    for mutant in alive:
        text = told[mutant.change]
        if mutant.change in equivalent:
            assert text is None, text
            continue
        assert text is not None, mutant.change
        [scenario] = parse_feature(f"# language: vi\nTính năng: X\n\n{text}").scenarios
        assert play(scenario, appraising(pack.ruleset)).passed
        assert not play(scenario, appraising(mutant.ruleset)).passed


def test_a_scenario_that_fails_on_the_pack_itself_is_told_before_anything_is_judged(pack: Pack, tmp_path: Path) -> None:
    wrong = (
        (FEATURES / "thao_luan.feature")
        .read_text(encoding="utf-8")
        .replace("không có phát hiện nào", "kết luận là chưa đạt")
    )
    path = tmp_path / "sai.feature"
    path.write_text(wrong, encoding="utf-8")
    assert failing(pack.ruleset, parse_file(path).scenarios)
    ended = thamdinh("rules", "mutate", "--features", path)
    assert ended.returncode == 2
    assert str(path) in ended.stderr


def test_a_list_of_equivalents_may_not_name_what_is_killed_or_is_not_there(pack: Pack) -> None:
    mutant = next(mutants(pack))
    killer = scenarios("thoi_luong")[0]
    reason, place = Text("vì", "because"), killer.place
    both = Equivalents({mutant.change: reason, "TD999": reason}, {mutant.change: place, "TD999": place})
    killed, unknown = stale_equivalents(both, [Trial(mutant, killer)])
    assert killer.name in killed.message.vi
    assert unknown.place == place
    assert stale_equivalents(both, [Trial(mutant, None)])[0].message == unknown.message


def test_an_equivalent_is_listed_once(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    group = "  - {reason: {vi: a, en: b}, mutants: [x]}\n"
    path.write_text(f"equivalent:\n{group}{group}", encoding="utf-8")
    with pytest.raises(Unreadable) as refused:
        read_equivalents(path)
    assert refused.value.problems[0].place.line == 3


@pytest.mark.long
def test_a_parameter_that_no_rule_reads_is_equivalent_without_a_line(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    unread = [mutant for mutant in mutants(pack) if mutant.changed == "parameter who_may_waive"]
    monkeypatch.setattr("thamdinh.engine.assurance.mutation.assessment.mutants", lambda _: unread)
    assessment = assess(pack, scenarios("thoi_luong"), Equivalents({}, {}), 1)
    assert [mutant for mutant, _ in assessment.equivalent] == unread
    assert assessment.score == 1


@pytest.mark.long
def test_progress_is_told_for_every_mutant(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    few = list(mutants(pack))[:3]
    monkeypatch.setattr("thamdinh.engine.assurance.mutation.assessment.mutants", lambda _: few)
    told: list[tuple[int, int]] = []
    assess(pack, scenarios("thoi_luong"), Equivalents({}, {}), 1, lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]
