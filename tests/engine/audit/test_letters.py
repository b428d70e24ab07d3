"""A letter for each sender, and the annotated copies of what it sent."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from docx import Document

from tests.command_line import EXAMPLES
from tests.engine.audit.auditing import audits_here
from thamdinh.cli import run

BREACHED, GOOD = EXAMPLES / "breached" / "thanh-phan.yaml", EXAMPLES / "compliant" / "xa-phu-tuc.yaml"


@pytest.fixture(autouse=True)
def here() -> Iterator[None]:
    with audits_here():
        yield


def text_of(path: Path) -> str:
    """All words of a document, those of its tables too."""
    return "\n".join(
        element.text or "" for element in Document(str(path)).element.body.iter() if element.tag.endswith("}t")
    )


@pytest.fixture
def sent(all_sent: Path, tmp_path: Path) -> Path:
    """What was sent: a workbook and a document of one office, a good plan of another, and what is no plan."""
    return Path(shutil.copytree(all_sent, tmp_path / "sent"))


@pytest.fixture(scope="module")
def all_sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sent")
    assert run(["convert", str(BREACHED), str(folder / "Kế hoạch.xlsx")]) == 0
    assert run(["convert", str(BREACHED), str(folder / "ke-hoach.docx")]) == 0
    (folder / "tot.yaml").write_bytes(GOOD.read_bytes())
    (folder / "hong.yaml").write_text("schema: 1", encoding="utf-8")
    return folder


def written(folder: Path) -> Iterator[str]:
    return (str(path.relative_to(folder)) for path in sorted(folder.rglob("*.*")))


@pytest.mark.long
def test_each_sender_has_one_letter_and_the_copies_of_its_files(
    sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letters = tmp_path / "letters"
    assert run(["audit", str(sent), "--letters", str(letters)]) == 2
    assert f"Đã ghi 3 công văn vào {letters}" in capsys.readouterr().err
    own = yaml.safe_load(BREACHED.read_text(encoding="utf-8"))["organization"]["name"]
    [office] = [path.parent for path in letters.rglob("*.xlsx")]
    assert [*written(office)] == ["cong-van.docx", "ke-hoach-co-chu-thich.docx", "ke-hoach-co-chu-thich.xlsx"]
    assert [*written(letters / "dang-bo-xa-phu-tuc")] == [*written(letters / "hong")] == ["cong-van.docx"]
    letter = text_of(office / "cong-van.docx")
    assert f"Kính gửi: {own}" in letter
    assert "1. Kế hoạch tại tệp ke-hoach.docx: CHƯA ĐẠT" in letter
    assert "2. Kế hoạch tại tệp Kế hoạch.xlsx: CHƯA ĐẠT" in letter
    assert "bản gửi kèm: ke-hoach-co-chu-thich.docx, ke-hoach-co-chu-thich.xlsx." in letter
    assert "hoàn chỉnh kế hoạch" in letter
    good = text_of(letters / "dang-bo-xa-phu-tuc" / "cong-van.docx")
    assert "ĐẠT" in good
    assert "tổ chức hội nghị theo kế hoạch đã gửi" in good
    assert "hoàn chỉnh" not in good
    assert "hoàn chỉnh" in text_of(letters / "hong" / "cong-van.docx")
    book = openpyxl.load_workbook(office / "ke-hoach-co-chu-thich.xlsx")
    assert "Kết quả thẩm định" in book.sheetnames


@pytest.mark.long
def test_offices_of_one_name_in_two_districts_are_two_senders(tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    sent.mkdir()
    data: Any = yaml.safe_load(GOOD.read_text(encoding="utf-8"))
    for district in ("Huyện Châu Thành", "Huyện Ba Tri"):
        data["organization"]["district"] = district
        (sent / f"{district}.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    run(["audit", str(sent), "--letters", str(tmp_path / "letters")])
    assert {*written(tmp_path / "letters")} == {
        "dang-bo-xa-phu-tuc-2/cong-van.docx",
        "dang-bo-xa-phu-tuc/cong-van.docx",
    }


@pytest.mark.long
def test_an_office_writes_letters_from_its_own_template(
    sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mau.docx"
    assert run(["template", str(mine), "--letter"]) == 0
    document = Document(str(mine))
    document.paragraphs[0].insert_paragraph_before("BAN TỔ CHỨC {{ huyen }}")
    document.save(str(mine))
    run(["audit", str(sent), "--letters", str(tmp_path / "letters"), "--letter-template", str(mine)])
    assert "BAN TỔ CHỨC Huyện Châu Thành" in text_of(tmp_path / "letters" / "dang-bo-xa-phu-tuc" / "cong-van.docx")
    document.paragraphs[0].insert_paragraph_before("{{ huyenn }}")
    document.save(str(mine))
    capsys.readouterr()
    again = ["audit", str(sent), "--letters", str(tmp_path / "again"), "--letter-template", str(mine)]
    assert run(again) == 2
    assert "không có tên “huyenn”; có phải ý là “huyen”?" in capsys.readouterr().err
    assert not (tmp_path / "again").exists()


@pytest.mark.long
@pytest.mark.parametrize("written", ["Châu Thành", "H. Châu Thành", "HUYỆN CHÂU THÀNH", "châu thành"])
def test_a_district_is_one_however_it_is_written(written: str, tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    sent.mkdir()
    data: Any = yaml.safe_load(GOOD.read_text(encoding="utf-8"))
    for number, district in enumerate((written, "Huyện Châu Thành")):
        data["organization"]["district"] = district
        (sent / f"{number}.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    run(["audit", str(sent), "--letters", str(tmp_path / "letters")])
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["dang-bo-xa-phu-tuc"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--letters", "{folder}", "--redact", "names"], "không đi cùng --redact"),
        (["--letter-template", "mau.docx"], "chỉ dùng cùng --letters"),
        (["--letters", "{sent}"], "không ghi đè"),
    ],
)
def test_what_does_not_go_together_is_told(
    options: list[str], said: str, sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [option.format(folder=tmp_path / "letters", sent=sent) for option in options]
    assert run(["audit", str(sent), *given]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "letters").exists()
