"""A person's name is found in a text however a hurried hand writes it, and nothing else is."""

import time

import pytest

from thamdinh.engine.base.cards import HIDDEN
from thamdinh.engine.base.names import NameFinder, tells_name

PEOPLE = [
    ("Nguyễn Văn Hòa", "p01"),
    ("Trần Thị Bích Thủy", "p02"),
    ("Hoa", "p03"),
    ("Tô An", "p04"),
    ("Mai Hoa", "p05"),
    ("Lê Văn Đạt", "p06"),
    ("Lê Văn Đát", "p07"),
]
FOUND = {
    "Đồng chí NGUYỄN  văn Hòa phát biểu": "Đồng chí p01 phát biểu",
    "đ/c Nguyễn Văn Hoà": "đ/c p01",
    "Nguyen Van Hoa": "p01",
    "Nguyễn Van Hoà": "p01",
    "nguyen-van-hoa.yaml": "p01.yaml",
    "Nguyễn.Văn.Hòa, Trần_Thị_Bích_Thuỷ": "p01, p02",
    "NguyenVanHoa1975": "p011975",
    "N g u y ễ n · V ă n · H ò a": "p01",
    "Ngu\u200byễn Văn Hòa": "p01",
    "Nguyê\u0303n Va\u0306n Ho\u0300a": "p01",
    "Nguyễn Văn Hоà": "p01",  # a Cyrillic о
    "N.V. Hòa và T. T. B. Thủy": "p01 và p02",
    "Le Van Dat": HIDDEN,
    "Lê Văn Đát": "p07",
    "hoa": "p03",
    "xã Hoa Lợi": "xã Hoa Lợi",
    "Nguyễn Văn Hoa": "Nguyễn Văn Hoa",
    "Nguyễn Văn Hóa": "Nguyễn Văn Hóa",
    "ngày mai hòa giải": "ngày mai hòa giải",
    "báo cáo toàn diện": "báo cáo toàn diện",
    "bao cao toan dien": "bao cao toan dien",
    "Nguyễn Văn 2017 Hòa": "Nguyễn Văn 2017 Hòa",
    "": "",
}


@pytest.mark.parametrize("text", FOUND)
def test_names_are_found_however_they_are_written(text: str) -> None:
    assert NameFinder(PEOPLE).replaced(text) == FOUND[text]


def test_where_all_names_are_typed_without_marks_texts_may_have_them() -> None:
    assert NameFinder([("Nguyen Van Hoa", "p01")]).replaced("đồng chí Nguyễn Văn Hòa") == "đồng chí p01"


@pytest.mark.parametrize(
    "identity", ["nguyen-van-hoa", "NguyễnVănHòa", "hoà", "nvhoa", "hoanv", "hoa.nv", "dv-hoa-01", "p_nguyen.van.hoa_1"]
)
def test_an_id_tells_a_name_by_all_of_it_or_by_the_given_one(identity: str) -> None:
    assert tells_name(identity, "Nguyễn Văn Hòa")


@pytest.mark.parametrize("identity", ["p01", "hoanganh", "nguyen-van-binh", "dang-uy", "83"])
def test_other_ids_tell_none(identity: str) -> None:
    assert not tells_name(identity, "Nguyễn Văn Hòa")


@pytest.mark.long
def test_a_thousand_names_are_looked_for_at_once() -> None:
    names = NameFinder([(f"Nguyễn Văn A{'b' * (number % 30)} C{number}", f"p{number}") for number in range(20_000)])
    begun = time.process_time()
    names.replaced("Nguyễn Văn " * 20_000)
    assert time.process_time() - begun < 5
