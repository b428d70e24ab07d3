"""Packs: a directive takes no Python, and a broken one is reported like a broken plan."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.appraisal import ROOT, appraised, base_plan, found
from tests.plans import problems
from thamdinh.engine.base.problem import Problem, Unreadable
from thamdinh.engine.directive import packs
from thamdinh.engine.directive.packs import MOST_LAYERS, available, read, ruleset
from thamdinh.engine.directive.written import Parameter
from thamdinh.engine.explain.pages import explain, rule_table
from thamdinh.engine.lint.selection import selecting
from thamdinh.engine.model.changes import changed

SMALL = ROOT / "tests" / "packs" / "small"
WORDS = {"vi": "một", "en": "one"}
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


@pytest.mark.long
def test_every_built_in_pack_is_read_without_a_problem_and_explained() -> None:
    for directive in available():
        pack = read(directive)
        assert pack.directive.id == directive
        for rule in pack.rules:
            for language in ("vi", "en"):
                assert rule.id in explain(pack, rule.id, language)
                assert rule.title[language] in rule_table(pack, language)


def test_a_parameter_of_two_numbers_is_a_span_in_the_words_of_the_language() -> None:
    messages = [judgement.message for judgement in ruleset().judgements if judgement.rule == "TD101"]
    assert "phải trong 1 đến 1,5 ngày" in messages[0].vi
    assert "must last 1 to 1.5 days" in messages[0].en


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
        ("rules.yaml", "each: committee\n", "each: committee\n    place: nam\n", "PL003", "rules.yaml:27:12", "“name”"),
        (
            "rules.yaml",
            "each: plan\n",
            "each: plan\n    place: conference.venu\n",
            "PL003",
            "rules.yaml:",
            "“conference.venue”",
        ),
        ("rules.yaml", "id: MH201", "id: MH101", "PL004", "rules.yaml:22:9", "MH101"),
        ("rules.yaml", "at_most: {param: most_sessions}", "has: 3", "PL002", "rules.yaml:7:", "at_most"),
        ("rules.yaml", "at_most: {param: most_sessions}", "at_most: ba", "PL002", "rules.yaml:7:", ""),
        ("rules.yaml", "field: counted_at", "field: audience", "PL002", "rules.yaml:", "instant"),
        ("rules.yaml", "{field: counted_at}", "{param: most_sessions}", "PL002", "rules.yaml:42:27", "{field: …}"),
        *(
            (
                "rules.yaml",
                "at_most: {param: most_sessions}",
                f"{operator}: {{field: duration_days}}",
                "PL002",
                "rules.yaml:7:",
                "at_least",
            )
            for operator in ("is", "in", "between")
        ),
        (
            "rules.yaml",
            "require: {sessions: {at_most: {param: most_sessions}}}",
            "require: {some: {participant: {parts: {has: []}}}}",
            "PL002",
            "rules.yaml:7:",
            "has",
        ),
        ("rules.yaml", "rules:", "rules: [", "PL001", "rules.yaml:", ""),
        ("rules.yaml", "{committee.name} chưa", "{participant.party_card} chưa", "PL002", "rules.yaml:28:", "số thẻ"),
        ("directive.yaml", "suspends: [K2]", "suspends: [K5]", "PL003", "directive.yaml:", "K5"),
        ("directive.yaml", "kind: ward", "kind: wardd", "PL003", "directive.yaml:", "“ward”"),
        ("directive.yaml", "valid_from", "valid_form", "PL002", "directive.yaml:", "“valid_from”"),
        ("directive.yaml", "id: K2", "id: K1", "PL004", "directive.yaml:", "K1"),
        ("directive.yaml", "id: K2", "id: k1", "PL004", "directive.yaml:", "k1"),
        ("rules.yaml", "id: MH201", "id: mh101", "PL004", "rules.yaml:22:9", "mh101"),
        *(
            ("rules.yaml", "id: MH201", f"id: {code}", "PL002", "rules.yaml:22:9", code)
            for code in ("PL001", "pl009", "EN001", "LY2", "WV003", "DR001", "NT005", "README", "Readme")
        ),
        *(
            (
                "rules.yaml",
                "each: committee\n",
                f"each: committee\n    subject: {{entity: committee, id: '{pattern}'}}\n",
                *said,
            )
            for pattern, *said in (
                ("{committee.id", "PL002", "rules.yaml:27:38", "ngoặc"),
                ("{committee.idd}", "PL003", "rules.yaml:27:38", "“id”"),
                ("{}", "PL003", "rules.yaml:27:38", "for"),
            )
        ),
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
    assert selecting([rules], ["td5"], ["TD505"])(rules).rules == ("TD501", "TD502", "TD503", "TD504")
    with pytest.raises(Unreadable, match="TD9"):
        selecting([rules], ["TD9"], None)


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
    packs.read_once.cache_clear()  # as in another run
    again: list[str] = []
    whole = packs.read
    monkeypatch.setattr(packs, "read", lambda name: again.append(name) or whole(name))  # type: ignore[func-returns-value]
    assert ruleset(str(SMALL)) == first
    assert again == [str(SMALL)]


def test_a_process_reads_a_pack_once_while_it_stays_as_it_is(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "pack"))
    first = read(str(folder))
    assert read(str(folder)) is first
    assert ruleset(str(folder)) is ruleset(str(folder))
    text = (folder / "directive.yaml").read_text(encoding="utf-8")
    (folder / "directive.yaml").write_text(text.replace("value: 3", "value: 4"), encoding="utf-8")
    assert read(str(folder)).ruleset == ruleset(str(folder)) != first.ruleset


def small_pack(folder: Path, **changes: str) -> Path:
    """A copy of the small pack, with texts of its rules changed."""
    pack = Path(shutil.copytree(SMALL, folder))
    rules = pack / "rules.yaml"
    text = rules.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert ANCHORS[old] in text
        text = text.replace(ANCHORS[old], new, 1)
    rules.write_text(text, encoding="utf-8")
    return pack


ANCHORS = {"require": "require: {sessions: {at_most: {param: most_sessions}}}", "id": "id: MH201"}


def refused(pack: Path) -> list[Problem]:
    with pytest.raises(Unreadable) as caught:
        ruleset(str(pack))
    return list(caught.value.problems)


@pytest.mark.parametrize("name", ["more.yaml", "more.yml", "directive.yaml"])
@pytest.mark.parametrize(
    ("put", "words"),
    [
        (os.mkfifo, "FIFO"),
        (lambda path: path.symlink_to("/dev/zero"), "thiết bị"),
        (lambda path: path.mkdir(), "thư mục"),
        (lambda path: path.symlink_to("nowhere"), "không còn tồn tại"),
        (lambda path: path.symlink_to(path.name), "vòng"),
    ],
    ids=["a pipe", "a device", "a folder", "a link to nothing", "a link to itself"],
)
def test_what_is_no_file_in_a_pack_is_refused_before_it_is_opened(
    tmp_path: Path, name: str, put: Callable[[Path], None], words: str
) -> None:
    pack = small_pack(tmp_path / "pack")
    (pack / name).unlink(missing_ok=True)
    put(pack / name)
    for command in (ruleset, read):
        with pytest.raises(Unreadable) as caught:
            command(str(pack))
        [problem] = caught.value.problems
        assert (problem.code, problem.place.file) == ("PL006", str(pack / name))
        assert words in problem.message.vi


def test_a_pack_that_is_too_large_is_refused_at_the_file_that_is_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = small_pack(tmp_path / "pack")
    assert packs.LARGEST_PACK == 4 * 2**20
    monkeypatch.setattr(packs, "LARGEST_PACK", sum(path.stat().st_size for path in pack.glob("*.yaml")))
    ruleset(str(pack))
    (pack / "zz.yaml").write_text("rules: []\n")
    [problem] = refused(pack)
    assert (problem.code, problem.place.file) == ("PL006", str(pack / "zz.yaml"))
    assert " 0 MB" in problem.message.vi


def test_rules_in_a_file_of_either_suffix_are_rules_of_the_pack(tmp_path: Path) -> None:
    pack = small_pack(tmp_path / "pack")
    (pack / "rules.yaml").rename(pack / "rules.yml")
    assert ruleset(str(pack)).rules == ruleset(str(SMALL)).rules


@pytest.mark.parametrize("alternatives", [11, 18, 200])
def test_a_rule_whose_alternatives_multiply_is_refused_with_the_count(tmp_path: Path, alternatives: int) -> None:
    one = "{any: [{sessions: 1}, {sessions: 2}]}"
    pack = small_pack(tmp_path / "pack", require=f"require: {{not: {{all: [{', '.join([one] * alternatives)}]}}}}")
    [problem] = refused(pack)
    assert problem.code == "PL002"
    assert (problem.place.line, problem.place.file) == (7, str(pack / "rules.yaml"))
    assert str(2**alternatives * (1 + alternatives)) in problem.message.vi


def test_a_rule_of_few_alternatives_is_none_too_large(tmp_path: Path) -> None:
    one = "{any: [{sessions: 1}, {sessions: 2}]}"
    assert ruleset(str(small_pack(tmp_path / "pack", require=f"require: {{not: {{all: [{', '.join([one] * 7)}]}}}}")))


def chained(folder: Path, count: int) -> Path:
    """The last of so many packs, each of which extends the one before."""
    head = (SMALL / "directive.yaml").read_text(encoding="utf-8")
    small_pack(folder / "p1")
    for number in range(2, count + 1):
        (folder / f"p{number}").mkdir()
        own = "\n".join(
            line for line in head.split("clauses:")[0].splitlines() if not line.startswith(("readings", "id:"))
        )
        (folder / f"p{number}" / "directive.yaml").write_text(
            f"id: p{number}\nextends: ../p{number - 1}\n{own}\nclauses: []\n", encoding="utf-8"
        )
    return folder / f"p{count}"


def test_a_chain_of_packs_has_a_limit(tmp_path: Path) -> None:
    assert read(str(chained(tmp_path / "short", MOST_LAYERS))).extends == (
        *(f"p{n}" for n in range(7, 1, -1)),
        "small-illustration",
    )
    last = chained(tmp_path / "long", MOST_LAYERS + 1)
    [problem] = refused(last)
    assert "8" in problem.message.vi
    assert problem.place.file == str(last / "../p8/../p7/../p6/../p5/../p4/../p3/../p2/directive.yaml")
    [problem] = refused(chained(tmp_path / "very long", 60))
    assert problem.code == "PL002"


def nested(folder: Path, depth: int) -> Path:
    return small_pack(folder, require=f"require: {'{not: ' * depth}{{sessions: 1}}{'}' * depth}")


def test_a_condition_nested_too_deeply_is_a_problem(tmp_path: Path) -> None:
    assert ruleset(str(nested(tmp_path / "pack", 40)))
    for depth in (400, 20_000):
        pack = nested(tmp_path / str(depth), depth)
        assert {problem.place.file for problem in refused(pack)} == {str(pack / "rules.yaml")}


@pytest.mark.parametrize("judging", [read, ruleset])
def test_a_pack_may_not_bear_the_id_of_one_that_comes_with_the_program(
    tmp_path: Path, judging: Callable[[str], object]
) -> None:
    forged = tmp_path / "forged"
    shutil.copytree(available()["ben-tre-2017"], forged)
    [problem] = problems(lambda: judging(str(forged)))
    assert problem.place.describe() == f"{forged / 'directive.yaml'}:4:5"
    assert "ben-tre-2017" in problem.message.vi
    assert read(str(available()["ben-tre-2017"])).directive.id == "ben-tre-2017"
    head = forged / "directive.yaml"
    text = head.read_text(encoding="utf-8")
    head.write_text(text.replace("id: ben-tre-2017", "id: bentre2017"), encoding="utf-8")
    assert problems(lambda: judging(str(forged)))
    head.write_text(text.replace("id: ben-tre-2017", "id: ben-tre-2018"), encoding="utf-8")
    assert judging(str(forged))


@pytest.mark.parametrize(
    ("written", "share"),
    [("1", 1), ('"1"', 1), ('"100%"', 1), ('"2/3"', 2 / 3), ('" 2 / 3 "', 2 / 3), ('"66,7 %"', 0.667), ('"0,5"', 0.5), ("0.5", 0.5), ("0", 0)],
)  # fmt: skip
def test_a_share_is_read_as_people_write_it(written: str, share: float) -> None:
    value = yaml.safe_load(written)
    said = {"id": "s", "value": value, "unit": "share", "clause": "K1", "title": WORDS, "reason": WORDS}
    assert Parameter.model_validate(said).value == share
    assert Parameter.model_validate(said | {"value": [value, value]}).value == (share, share)


@pytest.mark.parametrize(
    "value", ['"50"', '"150%"', "1.5", '"3/2"', '"2/0"', "true", "null", '""', '"một nửa"', '"1e-1"', '"-1%"']
)
def test_what_is_no_share_is_refused_with_what_to_write(tmp_path: Path, value: str) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "pack"))
    head = folder / "directive.yaml"
    said = head.read_text(encoding="utf-8").replace("value: 3, unit: count", f"value: {value}, unit: share")
    head.write_text(said, encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        read(str(folder))
    assert '"2/3", "50%"' in caught.value.problems[0].fix.vi
