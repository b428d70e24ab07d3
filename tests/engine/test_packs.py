"""Packs: a directive takes no Python, and a broken one is reported like a broken plan."""

import shutil
from pathlib import Path

import pytest

from tests.appraisal import ROOT, appraised, base_plan, found
from thamdinh.engine import packs
from thamdinh.engine.changes import changed
from thamdinh.engine.explanation import explain, table
from thamdinh.engine.packs import available, read, ruleset
from thamdinh.engine.problem import Unreadable
from thamdinh.engine.selection import selected

SMALL = ROOT / "tests" / "packs" / "small"
SESSION = {"start": "2017-12-29T07:30", "end": "2017-12-29T11:00", "part": "mid_term"}


def test_another_directive_is_a_folder_and_no_python() -> None:
    plan = base_plan()
    assert found(appraised(plan, str(SMALL))) == ["MH201 chi-uy", "MH201 dang-uy"]
    crowded = changed(plan, [{"add": "conference.sessions", "value": SESSION}] * 2)
    assert found(appraised(crowded, str(SMALL))) == ["MH101 plan", "MH201 chi-uy", "MH201 dang-uy"]
    at_the_count = changed(plan, [{"set": "confidence_votes[chi-uy].published[0].at", "value": "2017-12-28T16:00"}])
    assert "MH301 chi-uy/same_level_committee" in found(appraised(at_the_count, str(SMALL)))
    ward = changed(plan, [{"set": "organization.kind", "value": "ward"}])
    verdict = appraised(ward, str(SMALL))
    assert found(verdict) == []
    assert [(item.rule, item.by) for item in verdict.not_applicable] == [("MH201", "K3")]


def test_every_built_in_pack_is_read_without_a_problem_and_explained() -> None:
    for directive in available():
        pack = read(directive)
        assert pack.directive.id == directive
        for rule in pack.rules:
            for language in ("vi", "en"):
                assert rule.id in explain(pack, rule.id, language)
                assert rule.title[language] in table(pack, language)


def test_the_examples_of_every_rule_are_fragments_of_plans() -> None:
    import yaml

    keys = set(base_plan())
    for rule in read().rules:
        for fragment in (rule.examples.breach, rule.examples.pass_):
            assert set(yaml.safe_load(fragment)) <= keys, rule.id


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "place", "words"),
    [
        ("rules.yaml", "each: plan", "each: plann", "PL003", "rules.yaml:6:11", "“plan”"),
        ("rules.yaml", "sessions: {at_most", "session: {at_most", "PL003", "rules.yaml:7:", "“sessions”"),
        ("rules.yaml", "at_most: {param", "at_mots: {param", "PL002", "rules.yaml:7:", "“at_most”"),
        (
            "rules.yaml",
            "param: most_sessions}}}",
            "param: mots_sessions}}}",
            "PL003",
            "rules.yaml:7:",
            "“most_sessions”",
        ),
        ("rules.yaml", "severity: warning", "severity: warn", "PL002", "rules.yaml:", "“warning”"),
        ("rules.yaml", "clause: [K2]", "clause: [K9]", "PL003", "rules.yaml:23:", "K9"),
        (
            "rules.yaml",
            "role: deputy_secretary",
            "role: deputy_secretery",
            "PL003",
            "rules.yaml:",
            "“deputy_secretary”",
        ),
        ("rules.yaml", "same_as: id", "same_as: name_", "PL003", "rules.yaml:", "“name”"),
        ("rules.yaml", "{committee.name} chưa", "{committee.nam} chưa", "PL003", "rules.yaml:", "“name”"),
        ("rules.yaml", "{plan.sessions} phiên", "{plan.sessions phiên", "PL002", "rules.yaml:", "ngoặc"),
        ("rules.yaml", "id: MH201", "id: MH101", "PL004", "rules.yaml:22:9", "MH101"),
        ("rules.yaml", "at_most: {param: most_sessions}", "has: 3", "PL002", "rules.yaml:7:", "at_most"),
        ("rules.yaml", "at_most: {param: most_sessions}", "at_most: ba", "PL002", "rules.yaml:7:", ""),
        ("rules.yaml", "field: counted_at", "field: audience", "PL002", "rules.yaml:", "instant"),
        ("rules.yaml", "rules:", "rules: [", "PL001", "rules.yaml:", ""),
        ("rules.yaml", "{committee.name} chưa", "{participant.party_card} chưa", "PL002", "rules.yaml:28:", "số thẻ"),
        ("directive.yaml", "suspends: [K2]", "suspends: [K5]", "PL003", "directive.yaml:", "K5"),
        ("directive.yaml", "kind: ward", "kind: wardd", "PL003", "directive.yaml:", "“ward”"),
        ("directive.yaml", "valid_from", "valid_form", "PL002", "directive.yaml:", "“valid_from”"),
        ("directive.yaml", "id: K2", "id: K1", "PL004", "directive.yaml:", "K1"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_broken_pack_says_where_what_and_the_nearest_name(
    tmp_path: Path, file: str, old: str, new: str, code: str, place: str, words: str
) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "pack"))
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    if "party_card" in new:
        text = text.replace(
            "each: committee\n    require: {some: {seat: {committee: {same_as: id}",
            "each: participant\n    require: {some: {seat: {person: {same_as: id}",
        )
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        read(str(folder))
    problem = caught.value.problems[0]
    assert problem.code == code
    assert place in problem.place.describe()
    assert words in problem.message.vi + problem.fix.vi


def test_a_selection_keeps_the_rules_it_names() -> None:
    rules = ruleset()
    assert selected(rules, ["td5"], ["TD505"]).rules == ("TD501", "TD502", "TD503", "TD504")
    with pytest.raises(Unreadable, match="TD9"):
        selected(rules, ["TD9"], None)


def test_a_ruleset_is_kept_between_runs_and_read_anew_when_the_pack_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = Path(shutil.copytree(SMALL, tmp_path / "pack"))
    first = ruleset(str(folder))
    with monkeypatch.context() as patch:
        patch.setattr(packs, "read", lambda _: pytest.fail("read again"))
        assert ruleset(str(folder)) == first
    text = (folder / "directive.yaml").read_text(encoding="utf-8")
    (folder / "directive.yaml").write_text(text.replace("value: 3", "value: 4"), encoding="utf-8")
    assert ruleset(str(folder)) != first


def test_a_kept_ruleset_that_others_may_write_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    first = ruleset(str(SMALL))
    for kept in (tmp_path / "cache").rglob("*"):
        if kept.is_file():
            kept.chmod(0o666)
    again: list[str] = []
    whole = packs.read
    monkeypatch.setattr(packs, "read", lambda name: again.append(name) or whole(name))  # type: ignore[func-returns-value]
    assert ruleset(str(SMALL)) == first
    assert again == [str(SMALL)]
