"""A party card is found in a text however it is grouped, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamdinh.engine.base.cards import Search, marks, significant

FOUND = {
    "Thẻ 83.777001": "Thẻ ▮",
    "83 777 001, 83777001": "▮, ▮",
    "(83-777-001)": "(▮)",
    "số 183.777001": "số 183.777001",
    "83.7770012": "83.7770012",
    "a83777001": "a▮",
    "_83777001_": "_▮_",
    "thẻ83.777001của": "thẻ▮của",
    "xTH12345": "xTH12345",
    "８３．７７７００１": "▮",
    "٨٣-٧٧٧٠٠١": "▮",
    "𝟖𝟑 𝟕𝟕𝟕𝟎𝟎𝟏": "▮",
    "⁸³·⁷⁷⁷⁰⁰¹": "▮",
    "⑧③⑦⑦⑦⓪⓪①": "▮",
    "8\u200b3\u00ad7\u206077001": "▮",
    "8 / 3 – 7 … 7\t7\n0 0 1": "▮",
    "ТН 12345": "▮",
    "83.777.002": "83.777.002",
    "th.12/345": "▮",
    "TH 12345": "▮",
    "AB 12": "▮",
    "AB12": "AB12",
    "7": "▮",
    "ngày 7/12": "ngày ▮/▮",
    "1.2": "1.2",
    "12": "▮",
    "": "",
    "Đảng bộ xã": "Đảng bộ xã",
}
CARDS = ["83.777001", "TH12345", "ab 12", "7", "12", "83.777001.9999"]


@pytest.mark.parametrize("text", FOUND)
def test_cards_are_found_where_they_stand_by_themselves(text: str) -> None:
    search = Search(CARDS)
    assert search.replaced(text, lambda _: "▮") == FOUND[text]
    assert len(search.dotted(text)) == len(text)


TEXTS = st.text("0123456789. -aAĐß", max_size=12)


@given(st.lists(TEXTS, max_size=3), st.lists(TEXTS, max_size=4))
def test_what_is_found_counts_as_a_card_and_a_card_is_found(cards: list[str], others: list[str]) -> None:
    search = Search(cards)
    assert bool(search) is any(map(marks, cards))
    text = " | ".join([*others, *cards])
    found = [marks(text[start:end]) for start, end in search.spans(text)]
    assert set(found) <= {marks(card) for card in cards}
    for card in cards:
        if marks(card):
            assert not marks(search.replaced(f"| {card} |", lambda _: ""))


@given(st.lists(TEXTS.filter(bool)))
def test_what_counts_of_many_cards_is_what_counts_of_each(cards: list[str]) -> None:
    assert significant(cards) == [(marks(card) or card).encode() for card in cards]
