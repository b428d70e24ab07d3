"""What can be agreed to in a pack, and what was said of it: in review books and at desks alike.

An agreement is on one thing as it is written: where that has changed since, it is void, and no other is.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Literal

from pydantic import BaseModel

from ...base.as_json import AsJson
from ...base.record import Record, replaced
from ...base.text import Text, capital
from ...directive.describing import parameter_words, parameters_of
from ...directive.pack import Pack
from ...explain.pages import explain_clause, explain_rule
from .checking import own_features
from .listing import table_lines
from .model import Feature
from .steps import Grid

ItemKind = Literal["clause", "exception", "parameter", "rule", "scenario"]
KINDS: Final[dict[ItemKind, Text]] = {
    "clause": Text("điều khoản", "clause"),
    "exception": Text("ngoại lệ", "exception"),
    "parameter": Text("cách hiểu, tham số", "reading or parameter"),
    "rule": Text("quy tắc", "rule"),
    "scenario": Text("tình huống", "scenario"),
}
State = Literal["agreed", "questioned", "unclear", "open", "void"]
STATES: Final[dict[State, Text]] = {
    "agreed": Text("đồng ý", "agreed"),
    "questioned": Text("đề nghị sửa", "to be changed"),
    "unclear": Text("chưa rõ có đồng ý không", "not clear whether agreed"),
    "open": Text("chưa có ý kiến", "no answer"),
    "void": Text("hết hiệu lực, nội dung đã đổi", "void, it has changed"),
}
_MOST_NAMED: Final = 3
"""How many values of a column a title names."""
_BRACKETED: Final = re.compile(r" *\([^()]*<[^<>]+>[^()]*\)")
_NOT_WRITTEN: Final = ("id", "location", "comments")
"""What the Gherkin parser adds to what stands in a feature."""


class Item(Record):
    """One thing in a pack that can be agreed to; `content` is the digest of how it is written, `words` how people read it."""

    kind: ItemKind
    id: str
    title: Text
    words: Text
    content: str


class Answer(Record, AsJson):
    """What one person says of something as it was written (`digest`, or its first digits); `agrees` is None where that is not clear.

    `about` is what the book or the desk calls it, `source` the file or the desk that holds the answer.
    """

    about: str
    digest: str
    agrees: bool | None
    comment: str
    who: str
    when: str
    source: str


class Standing(Record, AsJson):
    """Something that can be agreed to, with the answers on it as it is written now, and those on what it was, which are void."""

    about: str
    digest: str
    answers: tuple[Answer, ...]
    void: tuple[Answer, ...]

    @property
    def state(self) -> State:
        """What came of it: one question outweighs every agreement."""
        if any(answer.agrees is False for answer in self.answers):
            return "questioned"
        if any(answer.agrees is None for answer in self.answers):
            return "unclear"
        if self.answers:
            return "agreed"
        return "void" if self.void else "open"

    @property
    def agreed(self) -> bool:
        """Whether somebody agrees and nobody questions it."""
        return self.state == "agreed"


def digest(value: object) -> str:
    """What tells something written from another wording of it, as 64 hexadecimal digits."""
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def items(pack: Pack) -> tuple[Item, ...]:
    """Everything in a pack that can be agreed to, in the order of the pack. Raises Unreadable."""
    found: dict[tuple[str, str], Item] = {}
    for item in (*_written(pack), *_scenarios(pack)):
        # An exception that packs upon packs declare several times is one thing to agree to.
        before = found.get((item.kind, item.id))
        found[item.kind, item.id] = item if before is None else _joined(before, item)
    return tuple(found.values())


def under(pack: Pack, clause: str) -> set[tuple[ItemKind, str]]:
    """Kind and id of what one agrees to with a clause, besides its scenarios: its exception, readings and rules."""
    rules = [rule for rule in pack.rules if clause in rule.clause]
    read = {parameter.id for rule in rules for parameter in parameters_of(pack, rule)}
    readings = [one.id for one in pack.directive.parameters if one.clause == clause or one.id in read]
    return {
        ("clause", clause),
        ("exception", clause),
        *(("parameter", name) for name in readings),
        *(("rule", rule.id) for rule in rules),
    }


def scenario_items(feature: Feature) -> Iterator[tuple[str, Item]]:
    """Each scenario of a feature as it is written, an outline with its rows, by the id of its node."""
    file = feature.file.rpartition("/")[2]
    for _, node, backgrounds in scenario_nodes(feature.document["feature"]):
        head, rows = examples(node)
        title = titled(node["name"], head, rows)
        lines = "\n".join(_lines((*backgrounds, node), (head, *rows) if head else ()))
        content = digest([*map(_as_written, (*backgrounds, node))])
        yield node["id"], Item("scenario", f"{file}: {node['name']}", Text(title, title), Text(lines, lines), content)


def scenario_nodes(
    container: dict[str, Any], group: str = "", backgrounds: tuple[Any, ...] = ()
) -> Iterator[tuple[str, dict[str, Any], tuple[Any, ...]]]:
    """Every scenario of a parsed feature, with the title of the Gherkin rule that it stands under, and its backgrounds."""
    for child in container["children"]:
        if "background" in child:
            backgrounds = (*backgrounds, child["background"])
        elif "scenario" in child:
            yield group, child["scenario"], backgrounds
        elif "rule" in child:
            yield from scenario_nodes(child["rule"], child["rule"]["name"], backgrounds)


def examples(node: dict[str, Any]) -> tuple[tuple[str, ...], Grid]:
    """The columns and the rows of an outline; none of both for a scenario."""
    tables = [one for one in node.get("examples", ()) if "tableHeader" in one]
    head = tuple(cell["value"] for cell in tables[0]["tableHeader"]["cells"]) if tables else ()
    return head, tuple(tuple(cell["value"] for cell in row["cells"]) for one in tables for row in one["tableBody"])


def titled(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The title of an outline without its holes: with the values that are put there, where they are few."""
    name, rows = _BRACKETED.sub("", name), [*rows]
    for number, column in enumerate(columns):
        values = list(dict.fromkeys(row[number] for row in rows if len(row) > number and row[number]))
        few = len(values) <= _MOST_NAMED
        named = values if few else [*values[:_MOST_NAMED], f"{len(values) - _MOST_NAMED} trường hợp khác"]
        said = " hoặc ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))
        name = name.replace(f"<{column}>", said)
    return capital(" ".join(name.split()))


def grid(rows: Iterable[dict[str, Any]]) -> Grid:
    """The cells of a table as the Gherkin parser gives them."""
    return tuple(tuple(cell["value"] for cell in row["cells"]) for row in rows)


def _as_written(node: Any) -> Any:
    if isinstance(node, dict):
        return {name: _as_written(value) for name, value in node.items() if name not in _NOT_WRITTEN}
    return [_as_written(value) for value in node] if isinstance(node, list) else node


def _lines(nodes: Iterable[dict[str, Any]], outline: Grid) -> Iterator[str]:
    for node in nodes:
        for step in node["steps"]:
            yield f"{step['keyword'].strip()} {step['text']}"
            if "dataTable" in step:
                yield from (f"  {line}" for line in table_lines(grid(step["dataTable"]["rows"])))
    if outline:
        yield from ("", *table_lines(outline))


def _joined(one: Item, other: Item) -> Item:
    words = Text(f"{one.words.vi}\n{other.words.vi}", f"{one.words.en}\n{other.words.en}")
    both = hashlib.sha256(f"{one.content} {other.content}".encode()).hexdigest()
    return replaced(one, words=words, content=both)


def _written(pack: Pack) -> Iterator[Item]:
    head = pack.directive
    for clause in head.clauses:
        words = Text(explain_clause(pack, clause, "vi"), explain_clause(pack, clause, "en"))
        yield Item("clause", clause.id, clause.text, words, _content(clause))
    for exception in head.exceptions:
        title = Text(f"Không áp dụng, theo {exception.id}", f"By {exception.id}, not applied")
        suspends = ", ".join(exception.suspends)
        words = Text(f"{suspends}: {exception.reason.vi}", f"{suspends}: {exception.reason.en}")
        yield Item("exception", exception.id, title, words, _content(exception))
    for parameter in head.parameters:
        value, reason = parameter_words(parameter), parameter.reason
        words = Text(f"{value.vi}. {reason.vi}", f"{value.en}. {reason.en}")
        yield Item("parameter", parameter.id, parameter.title, words, _content(parameter))
    for rule in pack.rules:
        words = Text(explain_rule(pack, rule, "vi"), explain_rule(pack, rule, "en"))
        yield Item("rule", rule.id, rule.title, words, _content(rule))


def _scenarios(pack: Pack) -> Iterator[Item]:
    for checked in own_features(pack):
        if checked.feature is not None:
            yield from (item for _, item in scenario_items(checked.feature))


def _content(written: BaseModel) -> str:
    return digest(written.model_dump(mode="json", by_alias=True))
