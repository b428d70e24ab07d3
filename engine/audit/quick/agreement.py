"""What integrity.agrees asks of one plan, asked of all plans of a row group at once.

tests/engine/audit/test_agreement.py holds the two together.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ...base.cards import read_card, significant
from ...base.look_alikes import is_plain, skeleton
from ...model.integrity import LONGEST_SESSION
from .columns import People, bounds, coded, decoded, numbers

_Owners = NDArray[Any]
"""For each item the number of the plan, or of the list, that it is in."""


def agreeing(rows: pa.StructArray, people: People) -> list[bool]:
    """Whether in each plan ids refer to what is there, nothing stands twice that must be unique, and sessions end in time."""
    good = np.ones(len(rows), bool)
    for plans in _at_fault(rows, people):
        good[plans] = False
    result: list[bool] = good.tolist()
    return result


class _Ids:
    """The ids that plans give; `plans` tells which plan each is in."""

    def __init__(self, plans: _Owners, codes: NDArray[Any], different: pa.StringArray) -> None:
        self.repeated = _repeated(plans, _by_look(codes, different))
        self._different = different
        self._given = _together(plans, codes, len(different))

    def unknown(self, plans: _Owners, references: pa.Array) -> _Owners:
        """The plans with references to what they give no id."""
        where, different = coded(references)
        codes = numbers(pc.index_in(different, value_set=self._different).fill_null(-1))[where].astype(np.int64)
        known = (codes >= 0) & np.isin(_together(plans, codes, len(self._different)), self._given)
        missing: _Owners = plans[~known]
        return missing


def _at_fault(rows: pa.StructArray, people: People) -> Iterator[_Owners]:
    """The plans in which something is amiss, by their numbers, as often as something is."""
    whose = np.repeat(np.arange(len(rows)), np.diff(people.bounds))
    ids, cards, replaces = people.columns["id"], people.columns["party_card"], people.array.field("replaces")
    persons = _Ids(whose, ids.codes, ids.different)
    yield persons.repeated
    given = cards.codes >= 0
    yield from _cards_amiss(whose[given], cards.codes[given], cards.different)
    yield persons.unknown(whose[numbers(replaces.is_valid())], replaces.drop_null())
    themselves = pc.equal(decoded(people.array.field("id")), decoded(replaces)).fill_null(False)
    yield whose[numbers(themselves)]

    reports, in_plan = _items(rows.field("reports"))
    yield _Ids(in_plan, *coded(reports.field("id"))).repeated

    committees, in_plan = _items(rows.field("committees"))
    bodies = _Ids(in_plan, *coded(committees.field("id")))
    yield bodies.repeated
    yield _look_alike(in_plan, *coded(committees.field("name")))
    members, in_committee = _items(committees.field("members"))
    yield from _people_on_list(members.field("person"), in_committee, in_plan, persons)

    votes, in_plan = _items(rows.field("confidence_votes"))
    yield _Ids(in_plan, *coded(votes.field("committee"))).repeated
    yield bodies.unknown(in_plan, votes.field("committee"))
    ballots, in_vote = _items(votes.field("ballots"))
    yield from _people_on_list(ballots, in_vote, in_plan, persons)
    briefed = votes.field("briefing").is_valid()
    yield persons.unknown(in_plan[numbers(briefed)], votes.field("briefing").field("by").filter(briefed))

    sessions, in_plan = _items(rows.field("conference").field("sessions"))
    lasts = numbers(sessions.field("end").cast(pa.int64())) - numbers(sessions.field("start").cast(pa.int64()))
    yield in_plan[(lasts <= 0) | (lasts > LONGEST_SESSION.total_seconds() * 1000)]


def _people_on_list(listed: pa.Array, in_list: _Owners, in_plan: _Owners, persons: _Ids) -> Iterator[_Owners]:
    """The plans of lists that name a person twice, or one that is not in the plan. `in_plan`: the plan of each list."""
    yield in_plan[_repeated(in_list, coded(listed)[0])]
    yield persons.unknown(in_plan[in_list], listed)


def _look_alike(plans: _Owners, codes: NDArray[Any], different: pa.StringArray) -> _Owners:
    """The plans in which two different texts look the same."""
    looks = _by_look(codes, different)
    if looks is codes:
        return plans[:0]
    _, once = np.unique(_together(plans, codes, len(different)), return_index=True)
    return _repeated(plans[once], looks[once])


def _by_look(codes: NDArray[Any], different: pa.StringArray) -> NDArray[Any]:
    """The codes of texts, the same for those that look the same."""
    texts = different.to_pylist()
    return codes if all(map(is_plain, texts)) else _merged(codes, map(skeleton, texts))


def _cards_amiss(plans: _Owners, codes: NDArray[Any], different: pa.StringArray) -> Iterator[_Owners]:
    """The plans with a party card twice, however it is grouped, and those with one of which something is to be said."""
    if pc.all(pc.match_substring_regex(different, _PLAIN_CARD), min_count=0).as_py():  # as nearly all are
        yield _repeated(plans, coded(pc.replace_substring(different, ".", ""))[0][codes])
        return
    texts = different.to_pylist()
    odd = np.array([not (card.plain and card.clear) for card in map(read_card, texts)], bool)
    yield plans[odd[codes]]
    yield _repeated(plans, _merged(codes, significant(texts)))


_PLAIN_CARD: Final = r"^\.*(?:[0-9]\.*){1,15}$"


def _merged(codes: NDArray[Any], counted: Iterable[str | bytes]) -> NDArray[Any]:
    """The codes of texts, the same for those of which the same counts."""
    first: dict[str | bytes, int] = {}
    numbers = [first.setdefault(item, number) for number, item in enumerate(counted)]
    merged: NDArray[Any] = np.array(numbers, np.int64)[codes]
    return merged


def _items(lists: pa.ListArray) -> tuple[pa.Array, _Owners]:
    """The items of all lists, and the number of the list that each is in."""
    return lists.flatten(), np.repeat(np.arange(len(lists)), np.diff(bounds(lists)))


def _repeated(owners: _Owners, codes: NDArray[Any]) -> _Owners:
    """The owners that have a code more than once."""
    width = int(codes.max(initial=-1)) + 1
    keys = _together(owners, codes, width)
    if (int(owners.max(initial=-1)) + 1) * width <= _SPARSE * len(keys):
        return np.flatnonzero(np.bincount(keys) > 1) // width
    if np.bincount(codes).max() == 1:
        return owners[:0]
    keys.sort()
    repeated: _Owners = keys[1:][keys[1:] == keys[:-1]] // width
    return repeated


_SPARSE: Final = 16
"""Where numbers are no more than so many times as great as many, counting each is quicker than sorting them."""


def _together(owners: _Owners, codes: NDArray[Any], width: int) -> NDArray[Any]:
    """One number for an owner and a code below `width`."""
    together: NDArray[Any] = owners * width + codes
    return together
