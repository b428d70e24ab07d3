"""A party card is found in a text however it is grouped, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamdinh.engine.base.cards import (
    CARD_DIGITS,
    ROW_DIGITS,
    Card,
    Search,
    are_plain,
    plain_marks,
    read_card,
    significant,
    without_numbers,
)

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
    assert bool(search) is any(map(plain_marks, cards))
    text = " | ".join([*others, *cards])
    found = [plain_marks(text[start:end]) for start, end in search.spans(text)]
    assert set(found) <= {*map(plain_marks, cards), *(read_card(card).counts for card in cards)}
    for card in cards:
        if plain_marks(card):
            assert not plain_marks(search.replaced(f"| {card} |", lambda _: ""))


@given(st.lists(TEXTS.filter(bool)))
def test_what_counts_of_many_cards_is_what_counts_of_each(cards: list[str]) -> None:
    assert significant(cards) == [read_card(card).counts.encode() for card in cards]
    assert are_plain(cards) is all(card.plain and card.clear for card in map(read_card, cards))


PLAIN = [
    "83.987654",
    "83987654",
    "83 987 654",
    "83-987-654",
    "(83.987654)",
    "８３．９８７６５４",
    "٨٣-٩٨٧٦٥٤",
    "8\u200b3.987654",
]
WORDED = [
    *("Số 83.987654", "83.987654 (cũ)", "thẻ 83.987654", "thẻ83.987654của", "số thẻ: 83.987654", "№ 83.987654a"),
    *(
        "83.987654 (2)",
        "(83) 987654",
        "83.987654, cấp 2010",
        "83.987654 cấp ngày 20/10/2015",
        "83,987654",
        "Ѕố ８３．９８７６５４",
    ),
    *(
        "83.987654_cũ",
        "83.987654 (83 987 654)",
        "I. 83.987654",
        "thẻ\u00a083.987654",
        "[83.987654] – đã đổi",
        "83.987654 = cũ",
    ),
]
UNCLEAR = [
    *(
        "83.987654; 83.111222",
        "83.987654 83.111222",
        "mới 83.987654, cũ 83.111222",
        "số (83) 987654",
        "83.98765O",
        "O3.987654",
    ),
    *("83.O12345", "thẻ 83 cấp 987654"),
]


@pytest.mark.parametrize("card", PLAIN)
def test_a_card_is_its_digits(card: str) -> None:
    assert read_card(card) == Card("83987654")


@pytest.mark.parametrize("card", WORDED)
def test_words_around_a_card_are_known_and_make_no_other_card_of_it(card: str) -> None:
    assert read_card(card) == Card("83987654", plain=False)
    assert Search([card]).replaced("83987654", lambda _: "") == ""


@pytest.mark.parametrize("card", UNCLEAR)
def test_what_may_be_two_cards_or_none_is_no_card(card: str) -> None:
    assert not read_card(card).clear


@pytest.mark.parametrize(
    ("card", "counts"), [("AB 12", "ab12"), ("chưa có", "chưacó"), ("—", "—"), ("Số 83.010", "83010")]
)
def test_what_is_shorter_than_a_card_counts_as_it_is_written(card: str, counts: str) -> None:
    assert read_card(card).counts == counts


NUMBERS = st.integers(10 ** (CARD_DIGITS - 1), 10**CARD_DIGITS - 1)
WORDS = st.text("aAbBđĐốẻ ():", max_size=12)


@given(NUMBERS, NUMBERS, WORDS, WORDS)
def test_cards_are_equal_where_their_numbers_are_whatever_words_stand_around(
    one: int, other: int, before: str, behind: str
) -> None:
    written = f"{before}{one}{behind}"
    assert (read_card(written).counts == read_card(str(other)).counts) is (one == other)
    assert read_card(written).clear
    assert not read_card(f"{written} {before} {other}").clear or one == other or not before.strip()


@pytest.mark.parametrize(
    "moment",
    [
        "0730 28/12/2017", "0730, 28/12/2017", "07.30 28.12.2017", "730 28-12-17", "07 30 28/12/2017", "28/12/2017 0730",
        "28.12.17 13.30", "1330-1630 28/12/2017", "28/12/2017, 13-30", "28/12/2017 07:30",
        "12/28/2017 07:30", "07:30 12-28-2017",
    ],
)  # fmt: skip
def test_a_day_with_a_time_in_haste_is_no_card(moment: str) -> None:
    assert without_numbers(f"“{moment}” không phải", ROW_DIGITS) == f"“{moment}” không phải"


@pytest.mark.parametrize(
    "number",
    ["0730 83.012345", "07302812 2017", "0730 28/13/2017", "2530 28/12/2017", "28.12.17.13.30", "0730 28122017"],
)
def test_what_only_looks_like_a_day_with_a_time_may_be_a_card(number: str) -> None:
    assert without_numbers(f"“{number}”", CARD_DIGITS) == "“•••”"
