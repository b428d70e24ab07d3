"""From a feature file to its scenarios, by the Gherkin parser; what is wrong is told with its place, and the rest goes on."""

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from gherkin.errors import (
    AstBuilderException,
    CompositeParserException,
    NoSuchLanguageException,
    ParserException,
    UnexpectedEOFException,
)
from gherkin.parser import Parser
from gherkin.token_matcher import TokenMatcher

from ...base.input_names import shown_name
from ...base.problem import DUPLICATE, SCHEMA, SYNTAX, Place, Problem, Unreadable
from ...base.suggest import did_you_mean, meant
from ...base.text import Text, nfc
from ...documents.encoding import decode
from ...documents.source import load
from . import blocks
from .model import Cell, DataTable, Feature, Scenario, Step, StepKind

LANGUAGE: Final = "vi"
_LANGUAGE_LINE: Final = re.compile(r"^\s*#\s*language\s*:\s*(\S+)\s*$", re.MULTILINE)
_KINDS: Final[dict[str, StepKind]] = {"Context": "given", "Action": "when", "Outcome": "then"}
_BLANKS: Final = re.compile(r"[^\S\n\t]")
_VARIABLE: Final = re.compile(r"<([^<>]+)>")
MOST_REPAIRS: Final = 100
"""How many scenarios of one file may be unreadable before the file as a whole is given up."""
MOST_SCENARIOS: Final = 20_000
"""How many scenarios the outlines of one file may spread out to."""


def parse_file(path: str | os.PathLike[str]) -> Feature:
    """The feature in a file. Raises Unreadable where it gives no feature at all."""
    name = os.fspath(path)
    return parse_feature(decode(shown_name(name), load(name)), shown_name(name))


def parse_feature(text: str, file: str = "<stdin>") -> Feature:
    """The feature in a text. Raises Unreadable where it gives no feature at all.

    A scenario that can't be read is left out and told in `problems`; so is text in decomposed Unicode, which is read as
    if it were composed. Every blank of Unicode is a space.
    """
    raw = _BLANKS.sub(" ", re.sub(r"\r\n?", "\n", text))
    problems = list(_decomposed(file, raw))
    text = nfc(raw)
    lines = text.split("\n")
    spoken = _LANGUAGE_LINE.search(text)
    cut = blocks.blocks(file, lines) if spoken is None or spoken[1] == LANGUAGE else []
    for block in cut:
        problems += block.problems
        if block.problems and not block.scenario:
            raise Unreadable(*problems)
        if block.problems:
            _blank(lines, block)
    document = _parsed(file, lines, cut, problems)
    if "feature" not in document:
        raise Unreadable(*problems, _empty(file))
    return _Builder(file, text, document, problems).feature()


def _parsed(file: str, lines: list[str], cut: list[blocks.Block], problems: list[Problem]) -> dict[str, Any]:
    """What the parser makes of the lines; a scenario it can't read is blanked, told, and the rest is parsed again.

    Only the first error counts each time: those after it may be its consequences.
    """
    for _ in range(MOST_REPAIRS):
        try:
            return {**Parser().parse("\n".join(lines), TokenMatcher(LANGUAGE))}
        except CompositeParserException as composite:
            error = composite.errors[0]
        except ParserException as first:
            error = first
        problems.append(_explained(file, error, lines))
        block = _block_of(problems[-1], cut)
        if block is None or not any(lines[block.start : block.end]):
            break
        _blank(lines, block)
    raise Unreadable(*problems)


def _block_of(problem: Problem, cut: list[blocks.Block]) -> blocks.Block | None:
    """The scenario that a problem stands in, or None where it concerns more than one scenario."""
    line = (problem.place.line or 1) - 1
    for block in cut:
        # What is missing at the end of the file is missing from its last scenario.
        if block.scenario and (block.start <= line < block.end or (block is cut[-1] and line >= block.end)):
            return block
    return None


def _blank(lines: list[str], block: blocks.Block) -> None:
    lines[block.start : block.end] = [""] * (block.end - block.start)


def _decomposed(file: str, text: str) -> Iterator[Problem]:
    """One problem for a text that is not in Unicode NFC, at its first such letter."""
    lines = text.split("\n")
    numbers = [number for number, line in enumerate(lines) if not unicodedata.is_normalized("NFC", line)]
    if not numbers:
        return
    line = lines[numbers[0]]
    end = next(end for end in range(1, len(line) + 1) if not unicodedata.is_normalized("NFC", line[:end]))
    start = max(0, end - 2)
    shown = nfc(line[start:end])
    yield Problem(
        SYNTAX,
        Text(
            f"Chữ “{shown}” gõ theo Unicode tổ hợp, không phải Unicode dựng sẵn; tệp có {len(numbers)} dòng như vậy",
            f"“{shown}” is typed in decomposed Unicode (NFD), not composed (NFC), as in {len(numbers)} lines of the file",
        ),
        Text(
            "Đổi cả tệp bằng UniKey Toolkit (nguồn Unicode tổ hợp, đích Unicode); khi gõ, chọn bảng mã “Unicode”, "
            "không chọn “Unicode tổ hợp”",
            "Convert the file to Unicode NFC; in UniKey choose “Unicode”, not “Unicode tổ hợp”",
        ),
        Place(file, numbers[0] + 1, start + 1, end + 1),
    )


def _empty(file: str) -> Problem:
    return Problem(
        SYNTAX,
        Text("Tệp không có “Tính năng:” nào", "The file holds no feature (“Tính năng:”)"),
        Text(
            "Bắt đầu tệp bằng dòng “# language: vi” rồi dòng “Tính năng: …”",
            "Begin the file with “# language: vi” and then “Tính năng: …”",
        ),
        Place(file),
    )


def _explained(file: str, error: ParserException, lines: list[str]) -> Problem:
    """The parser's error in words."""
    number, column = error.location["line"], error.location.get("column") or 1
    line = lines[number - 1] if number <= len(lines) else ""
    place = Place(file, number, column, len(line.rstrip()) + 1 if line.strip() else None)
    for kind, code, message, fix in _BY_KIND:
        if isinstance(error, kind):
            return Problem(code, message, fix, place)
    return Problem(SYNTAX, *_unexpected(line.strip()), place)


_BY_KIND: Final[tuple[tuple[type[ParserException], str, Text, Text], ...]] = (
    (
        NoSuchLanguageException,
        SYNTAX,
        Text("Không có ngôn ngữ này", "There is no such language"),
        Text("Ghi dòng đầu tệp là “# language: vi”", "Make the first line “# language: vi”"),
    ),
    (
        UnexpectedEOFException,
        SYNTAX,
        Text("Tệp kết thúc giữa chừng", "The file ends too early"),
        Text(
            'Viết tiếp cho đủ: thẻ @ phải có tình huống ở dưới, đoạn văn bản giữa hai dấu """ phải đóng lại',
            'Complete it: tags stand above a scenario, and a text between """ must be closed',
        ),
    ),
    (
        AstBuilderException,
        SCHEMA,
        Text(
            "Dòng này của bảng thừa hoặc thiếu ô so với dòng đầu bảng",
            "This row has more or fewer cells than the header",
        ),
        Text(
            "Mỗi dòng cần đủ số ô như dòng đầu; ô trống vẫn phải có hai dấu | hai bên",
            "Give every row as many cells as the header; an empty cell still stands between two |",
        ),
    ),
)


def _unexpected(line: str) -> tuple[Text, Text]:
    """What is wrong with a line that the parser did not expect, and how to mend it."""
    if line.startswith("@"):
        return Text("Thẻ @ đặt sai chỗ hoặc có dấu cách", "A tag is misplaced or holds a space"), Text(
            "Viết thẻ liền một mạch (dùng _ thay dấu cách), ngay trên dòng “Tình huống:”",
            "Write a tag as one word (with _ for a space), right above “Tình huống:”",
        )
    head, colon, _ = line.partition(":")
    if (colon and head in blocks.TITLES) or (line and line.split()[0] in blocks.STEPS):
        return Text(f"“{line}” đặt sai chỗ", f"“{line}” is misplaced"), Text(
            "Thứ tự: Tính năng, Bối cảnh, rồi các Tình huống; bước nằm trong tình huống, Dữ liệu nằm cuối Khung tình huống",
            "The order is: Tính năng, Bối cảnh, then each Tình huống; steps stand in scenarios, Dữ liệu at the end of an outline",
        )
    near = blocks.nearest_step(line) if line else None
    steps = Text("Các bước bắt đầu bằng Cho, Khi, Thì, Và, Nhưng", "Steps begin with Cho, Khi, Thì, Và, Nhưng")
    message = Text("Dòng này không bắt đầu bằng từ khóa nào", "This line begins with no keyword")
    return message, steps if near is None else meant(near) + steps


class _Builder:
    """From the parser's document to a Feature."""

    def __init__(self, file: str, text: str, document: dict[str, Any], problems: list[Problem]) -> None:
        self._file, self._text, self._document, self._problems = file, text, document, problems
        self._names: dict[str, Place] = {}

    def feature(self) -> Feature:
        head = self._document["feature"]
        tags = _tags(head)
        scenarios: list[Scenario] = []
        background: list[dict[str, Any]] = []
        for child in head["children"]:
            if "background" in child:
                background = child["background"]["steps"]
            elif "rule" in child:
                scenarios += self._rule(child["rule"], tags, background)
            else:
                scenarios += self._scenario(child["scenario"], tags, background, "")
        if not scenarios and not self._problems:
            self._problem(
                SCHEMA,
                self._place(head),
                Text("Tệp chưa có tình huống nào", "The file holds no scenario"),
                Text("Thêm “Tình huống: …” với các bước Cho, Khi, Thì", "Add “Tình huống: …” with its steps"),
            )
        return Feature(
            self._file,
            head["name"],
            _description(head),
            tags,
            self._place(head),
            tuple(scenarios),
            tuple(sorted(self._problems, key=lambda problem: (problem.place.line or 0, problem.place.column or 0))),
            self._text,
            self._document,
        )

    def _rule(
        self, rule: dict[str, Any], tags: tuple[str, ...], background: list[dict[str, Any]]
    ) -> Iterator[Scenario]:
        steps = list(background)
        for child in rule["children"]:
            if "background" in child:
                steps += child["background"]["steps"]
            else:
                yield from self._scenario(child["scenario"], (*tags, *_tags(rule)), steps, rule["name"])

    def _scenario(
        self, node: dict[str, Any], tags: tuple[str, ...], background: list[dict[str, Any]], group: str
    ) -> Iterator[Scenario]:
        """The scenario, or one scenario for each row of an outline; nothing, and a problem, where it is not sound."""
        if not self._sound(node):
            return
        before = len(self._problems)
        whole = Scenario(
            node["name"],
            node["keyword"],
            _unique((*tags, *_tags(node))),
            self._place(node),
            (),
            group,
            background=len(background),
            description=_description(node),
            node=node["id"],
        )
        made: list[Scenario] = []
        if not node["examples"]:
            made.append(replace(whole, steps=tuple(self._steps(background, node["steps"], None))))
        for examples in node["examples"]:
            header = examples.get("tableHeader")
            for row in examples.get("tableBody", []):
                cells = zip(header["cells"], row["cells"], strict=True)
                values = {name["value"]: cell["value"] for name, cell in cells}
                made.append(
                    replace(
                        whole,
                        name=_filled(node["name"], values),
                        tags=_unique((*whole.tags, *_tags(examples))),
                        place=self._place(row),
                        steps=tuple(self._steps(background, node["steps"], values)),
                        row=tuple(values.items()),
                        row_node=row["id"],
                    )
                )
        if len(self._problems) == before:
            yield from made[:MOST_SCENARIOS]

    def _sound(self, node: dict[str, Any]) -> bool:
        """Whether a scenario can be run; else a problem is told."""
        place, name = self._place(node), node["name"]
        rows = [row for examples in node["examples"] for row in examples.get("tableBody", [])]
        outline = node["keyword"].startswith("Khung") or "Outline" in node["keyword"]
        if name in self._names:
            first = self._names[name]
            self._problem(
                DUPLICATE,
                place,
                Text(
                    f"Tên tình huống này đã có ở {first.describe('vi')}",
                    f"A scenario at {first.describe('en')} has this name",
                ),
                Text("Đặt tên khác cho một trong hai", "Give one of the two another name"),
            )
        elif not node["steps"]:
            self._problem(
                SCHEMA,
                place,
                Text("Tình huống không có bước nào", "The scenario has no step"),
                Text("Thêm các bước Cho, Khi, Thì", "Add its steps: Cho, Khi, Thì"),
            )
        elif not any(step["keywordType"] == "Outcome" for step in node["steps"]):
            self._problem(
                SCHEMA,
                place,
                Text(
                    "Tình huống không có bước “Thì”, nên không kiểm tra gì",
                    "The scenario has no “Thì”, so it checks nothing",
                ),
                Text("Thêm bước “Thì …” nói kết quả phải là gì", "Add a step “Thì …” that says what must come of it"),
            )
        elif (outline or node["examples"]) and not rows:
            self._problem(
                SCHEMA,
                place,
                Text("Khung tình huống chưa có dòng dữ liệu nào", "The outline has no row of data"),
                Text(
                    "Thêm “Dữ liệu:” với bảng ở dưới, mỗi dòng một trường hợp",
                    "Add “Dữ liệu:” with a table, a case a row",
                ),
            )
        else:
            self._names[name] = place
            return True
        return False

    def _steps(
        self, background: list[dict[str, Any]], steps: list[dict[str, Any]], values: Mapping[str, str] | None
    ) -> Iterator[Step]:
        kind: StepKind = "given"
        for position, node in enumerate((*background, *steps)):
            kind = _KINDS.get(node["keywordType"], kind)
            own = values if position >= len(background) else None
            yield self._step(node, kind, own)

    def _step(self, node: dict[str, Any], kind: StepKind, values: Mapping[str, str] | None) -> Step:
        place = self._place(node, len(node["keyword"]) + len(node["text"]))
        if "docString" in node:
            self._problem(
                SCHEMA,
                self._place(node["docString"]),
                Text('Các bước không dùng đoạn văn bản giữa hai dấu """', 'No step takes a text between """'),
                Text("Bỏ đoạn này, hoặc thay bằng bảng", "Drop it, or use a table"),
            )
        table = None
        if "dataTable" in node:
            rows = [tuple(self._cell(cell, values) for cell in row["cells"]) for row in node["dataTable"]["rows"]]
            table = DataTable(rows[0], tuple(rows[1:]))
        text = self._fill(node["text"], values, place)
        return Step(node["keyword"].strip(), kind, text, place, table, node["id"])

    def _cell(self, cell: dict[str, Any], values: Mapping[str, str] | None) -> Cell:
        place = self._place(cell, len(cell["value"]))
        return Cell(self._fill(cell["value"], values, place), place)

    def _fill(self, text: str, values: Mapping[str, str] | None, place: Place) -> str:
        """The text with the values of the outline's row; a name in <…> that is no column is a problem."""
        if values is None:
            return text
        for name in _VARIABLE.findall(text):
            if name not in values:
                known = ", ".join(f"<{column}>" for column in values)
                message = Text(f"Bảng Dữ liệu không có cột “{name}”", f"The table of data has no column “{name}”")
                columns = Text(f"Dùng một trong các cột: {known}", f"Use one of: {known}")
                fix = did_you_mean(name, values, columns, "<{}>")
                if not any(problem.place == place and problem.message == message for problem in self._problems):
                    self._problem(SCHEMA, place, message, fix)
        return _filled(text, values)

    def _place(self, node: dict[str, Any], length: int = 0) -> Place:
        line, column = node["location"]["line"], node["location"].get("column", 1)
        return Place(self._file, line, column, column + length if length else None)

    def _problem(self, code: str, place: Place, message: Text, fix: Text) -> None:
        self._problems.append(Problem(code, message, fix, place))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)


def _tags(node: dict[str, Any]) -> tuple[str, ...]:
    return tuple(tag["name"].removeprefix("@") for tag in node["tags"])


def _unique(tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tags))


def _description(node: dict[str, Any]) -> str:
    return "\n".join(line.strip() for line in node["description"].strip().split("\n"))
