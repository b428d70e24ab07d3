"""Numbers in words: those that officials write out, alone or behind the digits, which they must agree with."""

import pytest

from tests.layout import TABLES
from thamdinh.engine.documents.document import Unclear
from thamdinh.engine.forms.cells import understand

COUNT = next(column for table in TABLES for column in table.columns if column.holds == "count")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("không", 0),
        ("mười", 10),
        ("Mười hai", 12),
        ("mười hai chỉ tiêu", 12),
        ("mười lăm", 15),
        ("hai mươi mốt", 21),
        ("một trăm linh năm", 105),
        ("ba trăm hai mươi tư", 324),
        ("hai nghìn", 2000),
        ("một nghìn không trăm lẻ một", 1001),
        ("12 (mười hai)", 12),
        ("1.200 (một ngàn hai trăm)", 1200),
        ("12", 12),
        ("12,0", 12),
    ],
)
def test_a_number_is_read_in_digits_and_in_words(text: str, number: int) -> None:
    assert understand(COUNT, text) == number


@pytest.mark.parametrize(
    "text",
    ["12 (mười ba)", "mười hai đồng chí", "nhiều", "hai mười trăm", "12 (x)", "(mười hai)", "nghìn", "1,5", "9" * 300],
)
def test_what_is_no_number_or_two_is_told(text: str) -> None:
    assert isinstance(understand(COUNT, text), Unclear)
