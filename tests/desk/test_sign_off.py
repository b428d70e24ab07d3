"""Readers sign the rules; what changes in a pack voids the agreements on it, and no other."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import select

from tests.appraisal import ROOT
from tests.desk.conftest import copied
from tests.desk.desks import PEOPLE, Peopled
from thamdinh.desk.model import Agreement
from thamdinh.desk.refused import Refused
from thamdinh.desk.sign_off import Rules, call_by_ids, items_of
from thamdinh.engine.assurance.scenarios.agreement import KINDS, Answer, Item
from thamdinh.engine.directive import packs

BEN_TRE: Final = "ben-tre-2017"


def test_everything_in_a_pack_can_be_signed_once() -> None:
    found = items_of(BEN_TRE)
    pack = packs.read(BEN_TRE)
    assert {item.kind for item in found} == {*KINDS}
    assert len({(item.kind, item.id) for item in found}) == len(found)
    named = {kind: [item.id for item in found if item.kind == kind] for kind in KINDS}
    assert named["clause"] == [clause.id for clause in pack.directive.clauses]
    assert named["rule"] == [rule.id for rule in pack.rules]
    assert named["parameter"] == [parameter.id for parameter in pack.directive.parameters]
    assert named["exception"] == [exception.id for exception in pack.directive.exceptions]
    assert len(named["scenario"]) > 50
    for item in found:
        assert item.title.vi
        assert item.words.vi


def test_a_reader_agrees_and_questions(anywhere: Peopled) -> None:
    at, rules = anywhere, anywhere.desk.rules
    (first, _), (second, _) = rules.signed(at["ralinh"], BEN_TRE)[:2]
    rules.sign(at["ralinh"], BEN_TRE, first.kind, first.id, first.content, agrees=True)
    rules.sign(at["ralinh"], BEN_TRE, second.kind, second.id, second.content, agrees=False, words="Vì sao?")
    found = [one for _, one in rules.signed(at["kiemtra"], BEN_TRE)]
    assert [one.state for one in found[:3]] == ["agreed", "questioned", "open"]
    assert {answer.who for one in found for answer in one.answers} == {"Người RALINH"}
    rules.sign(at["ralinh"], BEN_TRE, second.kind, second.id, second.content, agrees=True)
    assert rules.signed(at["kiemtra"], BEN_TRE)[1][1].agreed


@pytest.mark.parametrize("login", sorted({*PEOPLE} - {"ralinh"}))
def test_others_read_the_rules_and_sign_none(at: Peopled, login: str) -> None:
    item, _ = at.desk.rules.signed(at[login], BEN_TRE)[0]
    with pytest.raises(Refused) as refused:
        at.desk.rules.sign(at[login], BEN_TRE, item.kind, item.id, item.content, agrees=True)
    assert refused.value.kind == "forbidden"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"kind": "king"}, "missing"),
        ({"item": "TD999"}, "missing"),
        ({"directive": "khong-co"}, "missing"),
        ({"directive": str(ROOT / "rules" / "ben_tre_2017")}, "missing"),
        ({"content": "0" * 64}, "conflict"),
        ({"agrees": False}, "invalid"),
        ({"agrees": False, "words": "x" * 20_001}, "invalid"),
        ({"words": "[Trần Thị Hoa; so.docx] đồng ý"}, "invalid"),
    ],
)
def test_what_cannot_be_signed_is_refused(at: Peopled, change: dict[str, Any], kind: str) -> None:
    item = items_of(BEN_TRE)[0]
    given: dict[str, Any] = {"directive": BEN_TRE, "kind": item.kind, "item": item.id, "content": item.content}
    with pytest.raises(Refused) as refused:
        at.desk.rules.sign(at["ralinh"], **given | {"agrees": True} | change)
    assert refused.value.kind == kind


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack of the tests' own: a layer on the one that comes with the program, with a scenario."""
    folder = tmp_path / "bo"
    shutil.copytree(ROOT / "rules" / "huyen_minh_hoa_2017", folder)
    head = folder / packs.HEAD
    head.write_text(head.read_text("utf-8").replace("id: huyen-minh-hoa-2017", "id: huyen-o-day"), encoding="utf-8")
    (folder / "a.feature").write_text(
        "# language: vi\nTính năng: Một\n\n  Tình huống: đúng\n    Cho một kế hoạch đúng chỉ đạo của xã\n"
        "    Khi thẩm định kế hoạch\n    Thì kế hoạch đạt\n\n  Tình huống: nữa\n    Cho một kế hoạch đúng chỉ đạo của xã\n"
        "    Khi thẩm định kế hoạch\n    Thì không có phát hiện nào\n",
        encoding="utf-8",
    )
    return folder


@pytest.mark.long
def test_a_change_voids_the_agreements_on_what_changed_and_no_other(
    made_desk: Path, tmp_path: Path, pack: Path
) -> None:
    at = Peopled(copied(made_desk, tmp_path))
    rules, reader, directive = Rules(at.desk.store, str(pack)), at["ralinh"], "huyen-o-day"
    for item, _ in rules.signed(reader, directive):
        rules.sign(reader, directive, item.kind, item.id, item.content, agrees=True)

    def void() -> set[tuple[str, str]]:
        found = rules.signed(reader, directive)
        assert all(bool(one.void) != one.agreed for _, one in found)
        return {(item.kind, item.id) for item, one in found if one.void}

    def write(path: Path, change: Callable[[str], str]) -> str:
        before = path.read_text("utf-8")
        assert change(before) != before
        path.write_text(change(before), encoding="utf-8")
        return before

    assert void() == set()
    rule = next(one for one in packs.read(str(pack)).rules if one.id in (pack / "district.yaml").read_text("utf-8"))
    before = write(pack / "district.yaml", lambda text: text.replace(rule.title.vi, f"{rule.title.vi} (sửa)", 1))
    assert void() == {("rule", rule.id)}
    (pack / "district.yaml").write_text(before, encoding="utf-8")
    assert void() == set()
    write(pack / "district.yaml", lambda text: f"# ghi chú\n\n{text}")
    assert void() == set()
    write(pack / "a.feature", lambda text: text.replace("không có phát hiện nào", "kế hoạch đạt"))
    assert void() == {("scenario", "a.feature: nữa")}
    parameter = packs.read(str(pack)).directive.parameters[-1]
    write(pack / packs.HEAD, lambda text: text.replace(parameter.reason.vi[:30], f"Đổi. {parameter.reason.vi[:30]}", 1))
    assert {kind for kind, _ in void()} == {"scenario", "parameter"}
    at.desk.store.close()


@pytest.mark.long
def test_agreements_are_on_a_pack_by_its_id_by_whatever_path_it_is_named(
    anywhere: Peopled, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, reader = anywhere.desk.store, anywhere["ralinh"]
    item, other = (one for one, _ in Rules(store, str(pack)).signed(reader, "huyen-o-day")[:2])
    Rules(store, str(pack)).sign(reader, "huyen-o-day", item.kind, item.id, item.content, agrees=True)
    with store.writing() as writing:  # as an earlier program did
        for name in (str(pack), "bo", "/mất/rồi"):
            given = {"kind": other.kind, "item": other.id, "content": other.content, "agrees": True, "words": name}
            writing.session.add(Agreement(directive=name, account_id=reader.account_id, written=writing.at, **given))
        writing.record("sign_rule", reader.account_id)
    monkeypatch.chdir(pack.parent)
    for _ in range(2):
        call_by_ids(store)
    with store.reading() as session:
        kept = session.execute(select(Agreement.directive, Agreement.words).order_by(Agreement.id)).all()
    assert kept == [("huyen-o-day", ""), ("huyen-o-day", str(pack)), ("huyen-o-day", "bo"), ("/mất/rồi", "/mất/rồi")]
    for named in ("bo", f"../{pack.parent.name}/bo", str(pack)):
        standing = [one for _, one in Rules(store, named).signed(reader, "huyen-o-day")]
        assert [one.agreed for one in standing[:3]] == [True, True, False]
    assert not [*anywhere.desk.verify(verdicts=False).faults]


def test_a_desk_whose_plans_choose_takes_every_pack_that_is_issued(at: Peopled) -> None:
    at.desk.judged_by(at.desk.judge, packs.AUTO)
    assert at.desk.rules.directives() == (*packs.issued(),)
    assert at.submitted() == 1


def answer(item: Item, agrees: bool | None, comment: str = "", who: str = "Trần Thị Hoa", **more: str) -> Any:
    return item, Answer(item.id, item.content, agrees, comment, who, **{"when": "3/1/2018", "source": "so.docx"} | more)


def test_the_desk_keeps_what_a_book_says_as_said_by_whom_it_names(anywhere: Peopled) -> None:
    at, rules = anywhere, anywhere.desk.rules
    first, second, third = items_of(BEN_TRE)[:3]
    given = [answer(first, True), answer(first, True, who="Lê Văn Sáu"), answer(second, False, "Vì sao?")]
    given += [answer(third, None, "xem lại")]
    assert rules.take_in(at["ralinh"], BEN_TRE, given) == 4
    rules.sign(at["ralinh"], BEN_TRE, first.kind, first.id, first.content, agrees=True)
    found = {item.id: one for item, one in rules.signed(at["kiemtra"], BEN_TRE)[:3]}
    assert {one.who for one in found[first.id].answers} == {"Trần Thị Hoa", "Lê Văn Sáu", "Người RALINH"}
    assert [one.state for one in found.values()] == ["agreed", "questioned", "questioned"]
    [said] = found[second.id].answers
    assert (said.who, said.source, said.comment) == ("Trần Thị Hoa", "3/1/2018, so.docx", "Vì sao?")
    assert rules.take_in(at["ralinh"], BEN_TRE, given) == 0
    assert not [*at.desk.verify(verdicts=False).faults]


def test_nothing_is_taken_in_from_a_book_in_which_somebody_says_no_name_nor_by_who_may_not_sign(at: Peopled) -> None:
    first, second = items_of(BEN_TRE)[:2]
    for who, given, kind in (
        ("ralinh", [answer(first, True), answer(second, True, who=" ")], "invalid"),
        ("kiemtra", [answer(first, True)], "forbidden"),
    ):
        with pytest.raises(Refused) as refused:
            at.desk.rules.take_in(at[who], BEN_TRE, given)
        assert refused.value.kind == kind
    assert not any(one.answers for _, one in at.desk.rules.signed(at["ralinh"], BEN_TRE))
