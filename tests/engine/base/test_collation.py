"""Names stand in the order of a Vietnamese dictionary."""

import unicodedata
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamdinh.engine.base.collation import ALPHABET, TONES, key

VOWELS = "aăâeêioôơuưy"
WORDS = st.text(alphabet=[*ALPHABET, *ALPHABET.upper(), *"áàảãạẩệừỳđ ĐẬ-1é中"], max_size=8)


def shuffled(words: list[str]) -> list[str]:
    return Random(3).sample(words, len(words))


@pytest.mark.parametrize(
    "ordered",
    [
        ["a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "â", "ấ", "b", "c", "d", "đ", "e", "ê", "f", "g"],
        ["An Bình Tây", "An Hoá", "An Hòa Tây", "An Khánh", "An Thủy", "Anh", "Ân", "Ba Tri", "Bảo Thạnh", "Bình Đại"],
        ["Huyện Ba Tri", "Huyện Bình Đại", "Huyện Châu Thành", "Huyện Chợ Lách", "Huyện Giồng Trôm",
         "Huyện Mỏ Cày Bắc", "Huyện Mỏ Cày Nam", "Huyện Thạnh Phú", "Thành phố Bến Tre"],
        ["Da", "De", "Đa", "Đi"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mai"],
        ["toa", "toà", "toán", "tòng"],
        ["xã", "Xã", "xã 1", "xã 2", "xã an"],
        ["y", "z", "中"],
    ],
    ids=lambda ordered: ordered[0],
)  # fmt: skip
def test_words_are_in_dictionary_order(ordered: list[str]) -> None:
    assert sorted(shuffled(ordered), key=key) == ordered


def test_every_letter_stands_before_the_next_whatever_their_tones() -> None:
    for one, next_one in pairwise(VOWELS):
        spoken = [unicodedata.normalize("NFC", one + tone) for tone in TONES]
        assert sorted(shuffled(spoken), key=key) == spoken
        assert max(map(key, spoken)) < key(next_one)


@given(WORDS)
def test_the_form_of_the_code_points_does_not_matter(word: str) -> None:
    assert key(unicodedata.normalize("NFD", word))[:2] == key(word)[:2]


@given(WORDS, WORDS)
def test_only_equal_words_have_equal_keys(one: str, other: str) -> None:
    if unicodedata.normalize("NFC", one) != unicodedata.normalize("NFC", other):
        assert key(one) != key(other)
