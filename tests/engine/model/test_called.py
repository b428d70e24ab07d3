"""What documents are called comes from their type, in every output; documents of several types are called by what they share."""

import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.command_line import EXAMPLES, thamdinh
from tests.engine.model.test_other_types import COUNT
from thamdinh.engine.base.problem_pages import CODES
from thamdinh.engine.base.text import Text, plural
from thamdinh.engine.directive.packs import read
from thamdinh.engine.model.called import called, called_together
from thamdinh.engine.model.document_types import description, read_description

MINUTES, PLANS = EXAMPLES / "minutes" / "compliant", EXAMPLES / "compliant"
BROKEN = "document: ballot_minutes\nschema: 1\nsai: 1\n"


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("plan", "plans"),
        ("report of a course", "reports of a course"),
        ("minutes of the count", "minutes of the count"),
    ],
)
def test_several_of_what_an_english_noun_calls_one(noun: str, many: str) -> None:
    assert plural(noun) == many


def test_the_words_are_those_of_the_type_and_of_several_types_those_that_they_share(tmp_path: Path) -> None:
    plan, minutes = called(), called(description("ballot_minutes"))
    assert (plan.one, plan.many) == (Text("kế hoạch", "plan"), Text("kế hoạch", "plans"))
    assert minutes.counted(1) == Text("1 biên bản", "1 set of minutes")
    assert minutes.counted(1200, "1.200", "1,200") == Text("1.200 biên bản", "1,200 sets of minutes")
    both = called_together([plan, minutes])
    assert (both.one, both.heading, both.area) == (
        Text("văn bản", "document"), Text("Văn bản", "Documents"), plan.area
    )  # fmt: skip
    term = read("vinh-long-minh-hoa-2027").ruleset.handbook
    assert term is not None
    assert (term.called.one, term.called.nature) == (plan.one, "superior")
    assert called_together([plan, term.called]).one == plan.one
    assert called_together([plan, term.called]).area not in (plan.area, term.called.area)
    (tmp_path / "document.yaml").write_text(COUNT, encoding="utf-8")
    assert called(read_description(tmp_path)).areas.vi, "a type whose documents say no area has words, too"


@pytest.fixture
def inputs(tmp_path: Path) -> dict[str, list[Path]]:
    (tmp_path / "hong.yaml").write_text(BROKEN, encoding="utf-8")
    return {
        "biên bản": [MINUTES],
        "kế hoạch": [PLANS / "xa-phu-tuc.yaml"],
        "văn bản": [MINUTES, PLANS / "xa-phu-tuc.yaml"],
        "biên bản hỏng": [tmp_path / "hong.yaml"],
        "hỏng và kế hoạch": [tmp_path / "hong.yaml", PLANS / "xa-phu-tuc.yaml"],
    }


@pytest.mark.parametrize(
    ("which", "noun"),
    [
        ("biên bản", "biên bản"),
        ("kế hoạch", "kế hoạch"),
        ("văn bản", "văn bản"),
        ("biên bản hỏng", "biên bản"),
        ("hỏng và kế hoạch", "văn bản"),
    ],
)
@pytest.mark.parametrize("command", ["lint", "audit"])
def test_summaries_count_documents_by_what_they_are(
    command: str, which: str, noun: str, inputs: dict[str, list[Path]]
) -> None:
    said = thamdinh(command, *inputs[which], "-q").stdout
    assert re.match(rf"\d+ {noun}: \d", said), said


@pytest.mark.long
def test_nothing_calls_minutes_a_plan(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "minutes", tmp_path / "in")
    outputs = [tmp_path / f"out.{suffix}" for suffix in ("html", "xlsx")]
    pages = {form: tmp_path / f"lint.{form}" for form in ("html", "markdown")}
    written = [f"{form}={path}" for form, path in pages.items()]
    linted = [thamdinh("lint", tmp_path / "in", "--output-file", *written).stdout]
    linted += [path.read_text(encoding="utf-8") for path in pages.values()]
    given = [argument for path in outputs for argument in ("-o", path)]
    told = thamdinh("audit", tmp_path / "in", *given, "--store", tmp_path / "kho.duckdb").stdout
    told += thamdinh("audit", "show", "1", "--store", tmp_path / "kho.duckdb").stdout
    book = openpyxl.load_workbook(outputs[1])
    cells = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    everything = [*linted, told, outputs[0].read_text(encoding="utf-8"), cells, " ".join(book.sheetnames)]
    # The rules across documents do speak of plans, and so does the file of one.
    spoken = re.compile(r"(?i)kế hoạch(?! của cùng tổ chức| \(|.{0,60}biên bản)|(?<!của người mà )kế hoạch không lấy")
    for text in everything:
        found = [text[max(0, hit.start() - 60) : hit.end() + 30] for hit in spoken.finditer(text)]
        assert not found, found


@pytest.mark.long
@pytest.mark.parametrize(
    ("which", "across"),
    [
        ("kế hoạch", "Xét giữa các kế hoạch"),
        ("biên bản", "Xét giữa các biên bản"),
        ("văn bản", "Xét giữa các văn bản"),
    ],
)
def test_columns_of_tables_are_headed_in_words_of_the_type(
    which: str, across: str, inputs: dict[str, list[Path]], tmp_path: Path
) -> None:
    store, table = tmp_path / "kho.duckdb", tmp_path / "phat-hien.csv"
    thamdinh("audit", *inputs[which], "-q", "--store", store)
    done = thamdinh("audit", "export", "1", table, "--store", store)
    assert done.returncode == 0, done.stderr
    assert f'"{across}"' in table.read_text(encoding="utf-8-sig").splitlines()[0]


def test_minutes_of_which_no_rule_is_left_are_not_called_a_plan() -> None:
    for language, noun in (("vi", "dành cho biên bản này"), ("en", "for this set of minutes")):
        told = thamdinh("lint", MINUTES, "--select", "TD101", "--lang", language).stdout
        assert "DR003" in told
        assert noun in told


def test_steps_are_listed_for_the_documents_of_a_pack() -> None:
    told = thamdinh("features", "steps", "--directive", "kiem-phieu-2017").stdout
    assert "Cho một biên bản đúng chỉ đạo của" in told
    assert "số phiếu tín nhiệm cao" in told
    assert "kế hoạch" not in told
    assert "đặc khu" in thamdinh("features", "steps", "--directive", "vinh-long-minh-hoa-2027").stdout


@pytest.mark.long
def test_no_claim_on_minutes_calls_them_plans(tmp_path: Path) -> None:
    pytest.importorskip("z3")
    small = ("--kind", "xã", "--bound", "board=2,tallies=2,announcements=2,signatures=1", "--plans", "none")
    for language in ("vi", "en"):
        told = thamdinh("rules", "verify", "--directive", "kiem-phieu-2017", *small, "--lang", language)
        assert told.returncode == 0, told.stderr
        assert {"vi": "biên bản đạt mọi", "en": "set of minutes keeps"}[language] in told.stdout
        assert not re.search(r"(?i)kế hoạch|\bplans?\b", told.stdout)


@pytest.mark.parametrize("code", CODES)
def test_what_a_problem_means_and_its_remedy_name_no_type_of_document(code: str) -> None:
    """The message is an example: it is told of a plan."""
    page = CODES[code]
    for said in (page.meaning, page.remedy):
        assert not re.search(r"(?i)kế hoạch", said.vi)
        assert not re.search(r"\b[Pp]lans?\b(?<!schema plan)", said.en)
