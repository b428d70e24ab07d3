"""A type of document that the program does not come with, made of data alone: all that is done with plans is done with it."""

import html
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.command_line import EXAMPLES, TYPES, thamdinh
from thamdinh.engine.editor.completion import complete
from thamdinh.engine.model.document_types import description

NAMED = ("--directive", TYPES / "nghi-quyet-2026")
DOCUMENT = """\
document: nghi_quyet
schema: 1
organization: {name: Đảng bộ xã Phú Túc, kind: commune, term: 2025-2030, above: Tỉnh ủy Vĩnh Long}
meeting: {held: 2026-03-02, voters: 15, in_favour: 7}
tasks:
  - {id: n01, title: Kết nạp đảng viên, area: party_building, target: 0, due: 2026-12-31, owner: Nguyễn Văn Bình}
signers: [{full_name: Trần Thị Hoa, post: Bí thư}]
"""
ADDED_FIELD = "      - {name: money, type: count, label: {vi: kinh phí (triệu đồng), en: money}, example: 30}\n"
OF_PLANS = re.compile(r"kế hoạch|hội nghị|phiên họp|\bplans?\b|\bconference\b", re.IGNORECASE)
"""What is said of plans alone."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A breached document in every form, and synthetic ones in files of many."""
    made = tmp_path_factory.mktemp("moi")
    (made / "mot.yaml").write_text(DOCUMENT, encoding="utf-8")
    for name in ("mot.xlsx", "mot.docx", "mot.json"):
        assert thamdinh("convert", made / "mot.yaml", made / name, *NAMED).returncode == 0
    assert "Đã tạo 20 nghị quyết" in thamdinh("generate", made / "hai.jsonl", *NAMED, "--plans", "20").stdout
    assert "Đã ghi 20 nghị quyết" in thamdinh("convert", made / "hai.jsonl", made / "hai.parquet", *NAMED).stdout
    return made


def keys() -> set[str]:
    known = description(str(TYPES / "nghi_quyet"))
    names = {field.name for _, _, field in known.fields} | {one.name for one in known.facts}
    return {name for name in names if "_" in name} | {"commune", "party_building", "voters", "signers", "tasks"}


def in_words(text: str) -> bool:
    """Whether a text says nothing of plans, and no key of the type."""
    said = re.findall(r"(?<![\w./:-])[a-z]+(?:_[a-z]+)*(?!\.?[\w-])", text)
    assert not OF_PLANS.findall(text), OF_PLANS.search(text)
    assert not keys() & set(said), keys() & set(said)
    return True


def of_file(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        parts = [
            name
            for name in package.namelist()
            if name.startswith(("word/document", "xl/shared", "xl/comments", "xl/worksheets/sheet"))
        ]
        return html.unescape("\n".join(re.sub(r"<[^>]+>", "\n", package.read(name).decode()) for name in parts))


@pytest.mark.long
def test_every_form_of_a_document_has_the_same_verdict_in_its_words(folder: Path, tmp_path: Path) -> None:
    for suffix in ("yaml", "json", "xlsx", "docx"):
        done = thamdinh("lint", folder / f"mot.{suffix}", *NAMED)
        assert re.findall("NQ\\d+", done.stdout) == ["NQ101", "NQ201"]
        assert "1 nghị quyết: 0 đạt, 1 chưa đạt; 2 lỗi" in done.stdout
        if suffix in ("xlsx", "docx"):
            assert in_words(done.stdout)
    sheet, copy, page = tmp_path / "phieu.docx", tmp_path / "ban.xlsx", tmp_path / "trang.html"
    thamdinh("lint", folder / "mot.xlsx", *NAMED, "--annotate", copy, "--output-file", f"html={page}")
    thamdinh("lint", folder / "mot.xlsx", *NAMED, "--output-file", f"docx={sheet}")
    assert "nghị quyết của cấp ủy của Đảng bộ xã Phú Túc" in of_file(sheet)
    assert in_words(of_file(sheet))
    assert in_words(of_file(copy))
    assert in_words(re.sub(r"(?s)<(script|style).*?</\1>|<[^>]+>", "\n", page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("suffix", ["yaml", "xlsx", "docx"])
def test_a_blank_one_says_what_is_to_be_filled_in(suffix: str, tmp_path: Path) -> None:
    blank = tmp_path / f"trong.{suffix}"
    assert thamdinh("new", blank, "--kind", "xã", *NAMED).returncode == 0
    done = thamdinh("lint", blank, *NAMED)
    assert (done.returncode, done.stdout.count("Chưa điền")) == (2, 5)
    assert not OF_PLANS.search(done.stdout)


@pytest.mark.long
def test_audits_of_lines_and_columns_say_the_same_and_are_kept(folder: Path, tmp_path: Path) -> None:
    store, letters = tmp_path / "kho.duckdb", tmp_path / "cong-van"
    one, other = (thamdinh("audit", folder / f"hai.{kind}", *NAMED, "--store", store) for kind in ("jsonl", "parquet"))
    assert one.stdout == other.stdout
    assert "20 nghị quyết" in one.stdout
    for words in (
        one.stdout,
        *(thamdinh("audit", *said, "--store", store).stdout for said in (("diff", "1", "2"), ("show", "cuoi"))),
    ):
        assert "nghị quyết" in words.casefold() or "Cấp ủy cấp trên" in words
        assert in_words(words)
    assert thamdinh("audit", folder / "mot.xlsx", *NAMED, "--letters", letters).returncode == 1
    [letter] = letters.glob("*/cong-van.docx")
    assert "V/v kết quả thẩm định nghị quyết của cấp ủy" in of_file(letter)
    assert in_words(of_file(letter))


@pytest.mark.long
def test_its_pack_is_tested_proved_and_explained(folder: Path) -> None:
    pack = NAMED[1]
    assert "đã thử 4/4 khả năng" in thamdinh("rules", "test", pack).stdout
    proved = thamdinh("rules", "verify", *NAMED, "--plans", "none").stdout
    assert "có nghị quyết đạt mọi quy tắc" in proved
    assert in_words(proved)
    assert "tasks" in thamdinh("rules", "verify", *NAMED, "--bound", "khong=1").stderr
    for said in (
        ("explain", "NQ101"),
        ("why", folder / "mot.xlsx", "NQ101"),
        ("why", folder / "mot.xlsx", "NQ201", "--counterfactual"),
        ("features", "steps"),
    ):
        done = thamdinh(*said, *NAMED)
        assert done.returncode in (0, 1), done.stderr
        assert in_words(done.stdout.replace("28/12/2017", ""))


@pytest.mark.long
def test_a_new_rule_of_its_pack_begins_with_a_document_of_the_type(tmp_path: Path) -> None:
    shutil.copytree(TYPES, tmp_path / "types")
    pack = tmp_path / "types" / "nghi-quyet-2026"
    shutil.rmtree(pack / "tests")
    made = thamdinh("rules", "new", "NQ102", "--directive", pack)
    assert "nghị quyết gốc của mọi kiểm thử" in made.stdout
    assert thamdinh("lint", pack / "tests" / "plan.yaml", "--directive", pack).returncode == 0
    assert "2 kiểm thử đạt, 0 không đạt" in thamdinh("rules", "test", pack).stdout
    assert thamdinh("features", "check", pack / "NQ102.feature", "--directive", pack).returncode == 0
    assert "Cho một nghị quyết đúng chỉ đạo của xã" in (pack / "NQ102.feature").read_text(encoding="utf-8")
    assert thamdinh("features", "book", "--directive", pack, "-o", tmp_path / "so").returncode == 0
    assert in_words(of_file(tmp_path / "so" / "so-ra-soat.docx").replace("VIẾT", ""))
    assert "điểm đột biến" in thamdinh("rules", "mutate", "--directive", pack).stdout


@pytest.mark.long
def test_a_field_is_added_by_its_description_alone(tmp_path: Path) -> None:
    """In schema, forms, facts, rules, proofs, completion and the reference page, by edits of data alone."""
    shutil.copytree(TYPES, tmp_path / "types")
    folder, pack = tmp_path / "types" / "nghi_quyet", tmp_path / "types" / "nghi-quyet-2026"
    changed = (folder / "document.yaml").read_text(encoding="utf-8")
    for before, added in (
        ("  - name: signer\n", ADDED_FIELD),
        ("        - {label: Người phụ trách,", "        - {label: Kinh phí, field: money, example: 30}\n"),
        ("subjects:\n", "      - {name: money, of: money, label: {vi: kinh phí (triệu đồng), en: money}}\n"),
    ):
        assert changed.count(before) == 1
        changed = changed.replace(before, added + before)
    (folder / "document.yaml").write_text(changed, encoding="utf-8")
    rules = (pack / "rules.yaml").read_text(encoding="utf-8")
    asked = rules.replace(
        "require: {target: {at_least: 1}}\n    place: target", "require: {money: {at_least: 5}}\n    place: money"
    )
    assert asked != rules
    (pack / "rules.yaml").write_text(
        asked.replace("target: 2", "target: 2, money: 5").replace("target: 0", "target: 0, money: 4"), encoding="utf-8"
    )
    document = tmp_path / "mot.yaml"
    document.write_text(DOCUMENT.replace("target: 0", "target: 0, money: 4"), encoding="utf-8")
    for name in ("mot.xlsx", "mot.docx"):
        assert thamdinh("convert", document, tmp_path / name, "--directive", pack).returncode == 0
        assert "Kinh phí" in of_file(tmp_path / name)
        assert "NQ201" in thamdinh("lint", tmp_path / name, "--directive", pack).stdout
    assert "kinh phí (triệu đồng)" in thamdinh("schema", "plan", "--document", folder).stdout
    assert "kinh phí (triệu đồng) ít nhất 5" in thamdinh("why", document, "NQ201", "--directive", pack).stdout
    assert "NQ201 kinh phí (triệu đồng): 4: vi phạm; 5: đạt" in thamdinh("rules", "verify", "--directive", pack).stdout
    thamdinh("documents", "doc", folder, "--output", tmp_path / "trang")
    assert "`money`" in "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "trang").iterdir())
    offered = complete(
        "document: nghi_quyet\ntasks:\n  - id: n01\n    m\n",
        len("document: nghi_quyet\ntasks:\n  - id: n01\n    m"),
        "vi",
    )
    assert [item.word for item in offered if item.word == "money"] == ["money"]


def test_what_is_told_before_a_type_is_known_speaks_of_no_type(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "compliant" / "xa-phu-tuc.yaml", tmp_path)
    (tmp_path / "thamdinh.toml").write_text("", encoding="utf-8")
    (tmp_path / "waivers.yaml").write_text("schema: 1\nwaivers: []\n", encoding="utf-8")
    (tmp_path / "la.pdf").write_bytes(b"")
    (tmp_path / "trong").mkdir()
    for said in (
        ("lint", tmp_path),
        ("lint", tmp_path / "trong"),
        ("audit", tmp_path / "trong"),
        ("lint", "--help"),
        ("rules", "verify", "--help"),
    ):
        done = thamdinh(*said)
        told = re.sub(
            r"--[a-z-]+",
            "",
            "\n".join(line for line in (done.stdout + done.stderr).splitlines() if "1 kế hoạch" not in line),
        )
        assert not OF_PLANS.search(told), OF_PLANS.search(told)
