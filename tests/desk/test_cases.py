"""The life of a case, on both databases, and what is refused on the way."""

import datetime
import json

import pytest

from tests.desk.desks import BREACHED, COMPLIANT, Peopled
from thamdinh.desk.listing import Filter
from thamdinh.desk.refused import Refused
from thamdinh.engine.base.problem import Unreadable

SOON = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=2)


@pytest.mark.long
def test_a_case_goes_from_submission_to_acceptance(anywhere: Peopled) -> None:
    at, cases = anywhere, anywhere.desk.cases
    number = at.submitted()
    cases.take(at["canbo"], number)
    found = cases.find_by_id(at["canbo"], number).found[0]
    cases.comment(at["canbo"], number, "Chưa đúng thành phần", found.rule, found.subject)
    cases.comment(at["phutuc"], number, "Sẽ sửa")
    cases.request_changes(at["canbo"], number, "Sửa lại thành phần")
    cases.submit(at["phutuc"], "ban-2.yaml", COMPLIANT, "2", case_id=number)
    cases.take(at["canbo"], number)
    cases.propose(at["canbo"], number, acceptance=True)
    cases.accept(at["lanhdao"], number, "Đồng ý")
    view = cases.find_by_id(at["phutuc"], number)
    assert view.case.state == "accepted"
    assert [version.number for version in view.versions] == [1, 2]
    assert [one.action for one in view.events] == [
        "submit",
        "take",
        "comment",
        "answer",
        "request_changes",
        "submit_again",
        "take",
        "propose_acceptance",
        "accept",
    ]
    assert view.may == ("read",)
    assert cases.file(at["phutuc"], number, 1) == ("ke-hoach.yaml", BREACHED)
    assert json.loads(cases.verdict(at["kiemtra"], number, 1))["plans"][0]["status"] == "non_compliant"
    assert view.latest.agree is True


@pytest.mark.long
def test_a_plan_with_errors_is_accepted_only_with_an_exception_for_each(anywhere: Peopled) -> None:
    at, cases = anywhere, anywhere.desk.cases
    number = at.submitted()
    cases.take(at["canbo"], number)
    with pytest.raises(Refused, match="errors without an exception"):
        cases.accept(at["lanhdao"], number)
    for one in cases.find_by_id(at["canbo"], number).uncovered:
        asked = cases.ask_exception(at["phutuc"], number, one.rule, one.subject, "Được phép", SOON)
        with pytest.raises(Refused, match="may not"):
            cases.decide_exception(at["canbo"], asked.id, granted=True, document="1-CV/TU")
        cases.decide_exception(at["lanhdao"], asked.id, granted=True, document="1-CV/TU")
    assert cases.find_by_id(at["canbo"], number).uncovered == []
    assert cases.report(at["lanhdao"], number, 1).verdicts[0].status == "compliant"
    cases.accept(at["lanhdao"], number)


@pytest.mark.long
def test_an_exception_that_has_ended_covers_nothing(at: Peopled) -> None:
    cases, number = at.desk.cases, at.submitted()
    cases.take(at["canbo"], number)
    for one in cases.find_by_id(at["canbo"], number).uncovered:
        asked = cases.ask_exception(at["phutuc"], number, one.rule, one.subject, "Được phép", SOON)
        cases.decide_exception(at["lanhdao"], asked.id, granted=True, document="1-CV/TU")
    today = at.desk.store.clock()
    at.desk.store.clock = lambda: today + datetime.timedelta(days=4)
    with pytest.raises(Refused, match="errors without an exception"):
        cases.accept(at["lanhdao"], number)


def test_the_same_key_and_file_are_one_submission(anywhere: Peopled) -> None:
    at = anywhere
    assert at.submitted(key="k") == at.submitted(key="k")
    with pytest.raises(Refused, match="another submission"):
        at.submitted(COMPLIANT, key="k")
    assert at.submitted(key="other") != at.submitted(key="k")
    assert at.submitted(by="batri", key="k") != at.submitted(key="k")


def test_a_file_without_a_verdict_is_refused_with_the_words_of_the_lint(at: Peopled) -> None:
    with pytest.raises(Unreadable) as refused:
        at.submitted(b"a: ]")
    assert refused.value.problems[0].place.line == 1
    assert at.desk.listing.page(at["phutuc"]).cases == []


def test_a_plan_with_errors_is_not_submitted_in_silence(at: Peopled) -> None:
    with pytest.raises(Refused, match="nothing says why"):
        at.desk.cases.submit(at["phutuc"], "a.yaml", BREACHED, "1", " \n")


def test_an_office_sees_its_own_cases_alone(anywhere: Peopled) -> None:
    at = anywhere
    ours, theirs = at.submitted(), at.submitted(by="batri")
    assert [case.id for case in at.desk.listing.page(at["phutuc2"]).cases] == [ours]
    assert {case.id for case in at.desk.listing.page(at["kiemtra"]).cases} == {ours, theirs}
    assert at.desk.listing.counts(at["batri"])["submitted"] == 1
    with pytest.raises(Refused) as refused:
        at.desk.cases.find_by_id(at["batri"], ours)
    with pytest.raises(Refused) as of_none:
        at.desk.cases.find_by_id(at["batri"], 10_000)
    assert str(refused.value) == str(of_none.value)
    for login in ("ralinh", "quantri"):
        with pytest.raises(Refused):
            at.desk.listing.page(at[login])


def test_pages_follow_one_another_without_a_gap(anywhere: Peopled) -> None:
    at = anywhere
    made = [at.submitted(key=str(number)) for number in range(7)]
    seen, after = [], None
    for _ in range(4):
        page = at.desk.listing.page(at["canbo"], after=after, size=2)
        seen += [case.id for case in page.cases]
        after = page.after
    assert after is None
    assert seen == made[::-1]


@pytest.mark.long
def test_filters_find_what_they_say(anywhere: Peopled) -> None:
    at, listing = anywhere, anywhere.desk.listing
    breached, kept = at.submitted(), at.submitted(COMPLIANT, by="batri")
    at.desk.cases.take(at["canbo"], kept)
    rule = at.desk.cases.find_by_id(at["canbo"], breached).found[0]
    wanted = {
        Filter(state="submitted"): [breached],
        Filter(rule=rule.rule): [breached],
        Filter(clause=rule.clause): [breached],
        Filter(rule="TD999"): [],
        Filter(status="compliant"): [kept],
        Filter(district="Tri"): [kept],
        Filter(kind="commune"): [kept, breached],
        Filter(mine=True): [kept],
        Filter(older=1): [],
        Filter(older=0): [kept, breached],
    }
    for given, expected in wanted.items():
        assert [case.id for case in listing.page(at["canbo"], given).cases] == expected
        assert sum(listing.counts(at["canbo"], given).values()) == len(expected)
    assert rule.rule in listing.choices(at["canbo"])["rule"]


@pytest.mark.long
def test_offices_choose_among_what_is_in_their_own_cases(at: Peopled) -> None:
    at.submitted()
    at.submitted(COMPLIANT, by="batri")
    assert at.desk.listing.choices(at["phutuc"])["rule"] == at.desk.listing.choices(at["canbo"])["rule"] != []
    assert at.desk.listing.choices(at["batri"]) == {
        "district": [], "kind": [], "directive": ["ben-tre-2017"], "clause": [], "rule": [],
    }  # fmt: skip


def test_an_exception_holds_to_the_end_of_its_day_in_viet_nam(at: Peopled) -> None:
    cases, number = at.desk.cases, at.submitted()
    day = datetime.date(2027, 3, 1)
    at.desk.store.clock = lambda: datetime.datetime(2027, 3, 1, 2, tzinfo=datetime.UTC)
    one = cases.find_by_id(at["phutuc"], number).uncovered[0]
    asked = cases.ask_exception(at["phutuc"], number, one.rule, one.subject, "Được phép", day)
    cases.decide_exception(at["lanhdao"], asked.id, granted=True, document="1-CV/TU")
    for hour, holds in ((16, True), (17, False)):
        at.desk.store.clock = lambda hour=hour: datetime.datetime(2027, 3, 1, hour, 59, tzinfo=datetime.UTC)  # type: ignore[misc]
        left = cases.find_by_id(at["phutuc"], number).uncovered
        assert ((one.rule, one.subject) not in {(item.rule, item.subject) for item in left}) == holds


def test_who_is_of_an_office_and_of_the_board_acts_as_either(at: Peopled) -> None:
    number = at.submitted()
    at.desk.accounts.change(None, "phutuc2", roles=["office", "appraiser"])
    one = at.desk.cases.find_by_id(at["phutuc2"], number).found[0]
    at.desk.cases.ask_exception(at["phutuc2"], number, one.rule, one.subject, "Được phép", SOON)
    assert at.desk.cases.find_by_id(at["phutuc"], number).events[-1].action == "ask_exception"
    with pytest.raises(Refused, match="own organisation"):
        at.desk.cases.take(at["phutuc2"], number)


def test_a_case_taken_over_is_the_new_appraisers(at: Peopled) -> None:
    cases, number = at.desk.cases, at.submitted()
    cases.take(at["canbo"], number)
    cases.take(at["canbo2"], number)
    with pytest.raises(Refused, match="somebody else"):
        cases.request_changes(at["canbo"], number, "Sửa")
    cases.request_changes(at["canbo2"], number, "Sửa")


def test_who_proposed_never_decides_even_as_approver(at: Peopled) -> None:
    cases, number = at.desk.cases, at.submitted(COMPLIANT)
    cases.take(at["lanhdao2"], number)
    cases.take(at["canbo"], number)
    with pytest.raises(Refused, match="nobody decides"):
        cases.accept(at["lanhdao2"], number)
    cases.accept(at["lanhdao"], number)


@pytest.mark.parametrize("words", ["", " \n\t", "x" * 20_001])
def test_what_must_be_said_is_said(at: Peopled, words: str) -> None:
    cases, number = at.desk.cases, at.submitted()
    cases.take(at["canbo"], number)
    with pytest.raises(Refused, match="Missing or too long"):
        cases.request_changes(at["canbo"], number, words)
    assert cases.find_by_id(at["canbo"], number).case.state == "under_appraisal"
