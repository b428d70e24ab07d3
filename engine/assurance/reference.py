"""Reference pages of packs, as Markdown, from the packs alone: one page a rule, and an index for each pack."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..base.problem import Unreadable
from ..base.severity import IN_WORDS
from ..base.text import Language, Text
from ..directive.describing import MODALITIES, filled_in, parameters_of, place_in_source, rule_title
from ..directive.formula import TRUE
from ..directive.pack import Pack
from ..directive.phrasing import setting
from ..directive.sentences import formula_words
from ..directive.written import Clause, Parameter, Rule
from ..model.facts import entities
from ..model.facts_across import across_entities
from .reference_pages import Pages
from .rule_tests.run import tested_rules
from .rule_tests.written import PackTest, written_tests

MADE: Final = Text(
    "Trang này do `thamdinh rules doc` viết ra từ bộ quy tắc; sửa ở bộ quy tắc, không sửa ở đây.",
    "`thamdinh rules doc` wrote this page from the pack; change the pack, not the page.",
)

_AMENDED: Final = "Thay đổi so với bộ trên", "Changes to the packs above"


def reference(packs: Sequence[Pack], language: Language) -> Pages:
    """Every page: `README.md`, and for each pack `<id>/README.md` and `<id>/<rule>.md`."""
    pages = {"README.md": _overview(packs, language)}
    for pack in packs:
        writer = _Writer(pack, language)
        name = pack.directive.id
        pages[f"{name}/README.md"] = writer.index()
        rules = (*pack.ruleset.rules, *pack.ruleset.rules_across)
        pages |= {f"{name}/{rule}.md": writer.page(rule) for rule in rules if rule in writer.own}
    return pages


def _overview(packs: Sequence[Pack], language: Language) -> str:
    def say(vi: str, en: str) -> str:
        return Text(vi, en)[language]

    rows = [
        (
            f"[{pack.directive.id}]({pack.directive.id}/README.md)",
            pack.directive.title[language],
            pack.directive.version,
            f"{len(pack.ruleset.rules)}",
        )
        for pack in packs
    ]
    head = (say("Mã", "Id"), say("Tên", "Title"), say("Bản", "Version"), say("Số quy tắc", "Rules"))
    return "\n".join([f"# {say('Các bộ quy tắc', 'Rule packs')}", "", MADE[language], "", *_table(head, rows), ""])


def _own(pack: Pack) -> frozenset[str]:
    """The rules that have a page in this pack: its own, and those of packs above that it changes."""
    above = () if pack.upper is None else pack.upper.ruleset.rules_across
    return tested_rules(pack) | (frozenset(pack.ruleset.rules_across) - frozenset(above))


class _Writer:
    """Writes the pages of one pack in one language."""

    def __init__(self, pack: Pack, language: Language) -> None:
        self._pack = pack
        self._language: Language = language
        self._directive = pack.directive
        known = pack.ruleset.known
        self._whole = entities(known)[known.whole]
        self._entities = {**entities(known), **across_entities(known)}
        self.own = _own(pack)
        self._tests: tuple[PackTest, ...] = ()
        try:
            self._tests = written_tests(pack)
        except Unreadable:
            # A pack may be documented before it is tested.
            self._tests = ()

    def _say(self, vi: str, en: str) -> str:
        return vi if self._language == "vi" else en

    def index(self) -> str:
        """The page of the pack: what it is, its clauses, rules, exceptions and parameters."""
        directive, language = self._directive, self._language
        head = ("Mã", "Điều khoản", "Mức độ", "Nội dung"), ("Code", "Clause", "Severity", "Title")
        lines = [f"# {directive.id}", "", f"**{_plain(directive.title[language])}**", "", MADE[language], ""]
        lines += _table((self._say("Mục", "What"), self._say("Nội dung", "Value")), self._facts())
        lines += self._section("Quy tắc", "Rules", _table(head[language == "en"], self._rules()))
        lines += self._section("Điều khoản", "Clauses", [self._clause(clause, True) for clause in directive.clauses])
        lines += self._section("Ngoại lệ", "Exceptions", self._exceptions())
        lines += self._section(
            "Tham số và cách hiểu", "Parameters and readings", self._parameters(directive.parameters)
        )
        lines += self._section(*_AMENDED, self._amendments())
        return "\n".join([*lines, ""])

    def _rules(self) -> Iterator[tuple[str, ...]]:
        for rule in self._pack.rules:
            where = f"{rule.id}.md" if rule.id in self.own else f"../{self._home(rule.id)}/{rule.id}.md"
            severity, title = IN_WORDS[rule.severity], rule_title(self._pack, rule)
            yield f"[{rule.id}]({where})", ", ".join(rule.clause), severity[self._language], title[self._language]

    def _clause(self, clause: Clause, with_rules: bool = False) -> str:
        language = self._language
        rules = [rule.id for rule in self._pack.rules if with_rules and clause.id in rule.clause]
        enforced = f" {self._say('Quy tắc', 'Rules')}: {', '.join(rules)}." if rules else ""
        kind, place = MODALITIES[clause.modality][language], place_in_source(clause, language)
        return f"- **{clause.id}** ({kind}; {place}): {_plain(clause.text[language])}{enforced}"

    def _exceptions(self) -> list[str]:
        when, suspends = self._say("khi", "where"), self._say("không áp dụng", "suspends")
        return [
            f"- **{exception.id}**, {when} {formula_words(ready.when, self._whole)[self._language]}: "
            f"{suspends} {', '.join(exception.suspends)}. {_plain(exception.reason[self._language])}"
            for exception, ready in zip(self._directive.exceptions, self._pack.ruleset.exemptions, strict=True)
        ]

    def _home(self, rule: str) -> str:
        """The pack whose folder holds the page of an inherited rule."""
        above = self._pack.upper
        while above is not None and rule not in _own(above):
            above = above.upper
        return above.directive.id if above is not None else self._directive.id

    def _facts(self) -> Iterator[tuple[str, str]]:
        directive, language = self._directive, self._language
        if directive.illustration:
            yield (
                self._say("Lưu ý", "Note"),
                self._say("**Minh họa, không do cơ quan nào ban hành**", "**An illustration, issued by nobody**"),
            )
        yield self._say("Nơi ban hành", "Issuer"), directive.issuer[language]
        yield self._say("Bản", "Version"), directive.version
        if self._pack.upper is not None:
            above = self._pack.upper.directive.id
            yield self._say("Nối vào", "Extends"), f"[{above}](../{above}/README.md)"
        jurisdiction = directive.jurisdiction
        area = [place for place in (jurisdiction.district, jurisdiction.province) if place is not None]
        kinds = [setting(kind)[language] for kind in jurisdiction.kind or ()]
        yield self._say("Dành cho", "For"), ", ".join([*area, *kinds])
        yield self._say("Nhiệm kỳ", "Term"), directive.term
        yield self._say("Hiệu lực", "In force"), f"{directive.valid_from:%d/%m/%Y} – {directive.valid_to:%d/%m/%Y}"
        yield self._say("Nguồn", "Source"), directive.source.title[language]

    def page(self, code: str) -> str:
        """The page of a rule."""
        language = self._language
        rule = next(rule for rule in self._pack.rules if rule.id == code)
        clauses = [self._clause(clause) for clause in self._directive.clauses if clause.id in rule.clause]
        lines = [f"# {code} · {_plain(rule.title[language])}", "", MADE[language], "", *self._applied(rule)]
        lines += self._section("Điều khoản", "Clauses", clauses)
        lines += self._section("Nội dung kiểm tra", "What is checked", self._checked(rule))
        parameters = self._parameters(parameters_of(self._pack, rule))
        lines += self._section("Cách hiểu được chọn", "Readings chosen", parameters)
        lines += self._section(*_AMENDED, self._amendments(code))
        said = [(rule.message, rule.fix), *((item.message, item.fix or rule.fix) for item in rule.wordings)]
        told = [[f"> {_plain(self._filled(text))}" for text in pair] for pair in said]
        lines += self._section(
            "Thông báo và cách sửa",
            "Message and remedy",
            [line for pair in told for line in (pair[0], "", pair[1], "")][:-1],
        )
        for title, example in (
            (("Ví dụ vi phạm", "A breach"), rule.examples.breach),
            (("Ví dụ đúng", "Kept"), rule.examples.pass_),
        ):
            lines += self._section(*title, ["```yaml", *example.rstrip("\n").splitlines(), "```"])
        lines += self._section("Các trường hợp vi phạm đã kiểm thử", "Breaches that are tested", self._tested(code))
        return "\n".join([*lines, ""])

    def _section(self, vi: str, en: str, lines: Sequence[str]) -> list[str]:
        """The lines under a heading, or nothing."""
        return ["", f"## {self._say(vi, en)}", "", *lines] if lines else []

    def _applied(self, rule: Rule) -> Iterator[str]:
        """How severe the rule is, and what it judges when."""
        language = self._language
        yield f"- {self._say('Mức độ', 'Severity')}: {IN_WORDS[rule.severity][language]}"
        yield f"- {self._say('Xét từng', 'Judges each')}: {self._entities[rule.each].label[language]}"
        if rule.scope == "audit":
            many = self._pack.ruleset.known.many
            alone = (
                f"chỉ khi rà soát nhiều {many.vi} (`thamdinh audit`)",
                f"only in audits of many {many.en} (`thamdinh audit`)",
            )
            yield f"- {self._say('Áp dụng', 'Applied')}: {self._say(*alone)}"
        for exemption in self._pack.ruleset.exemptions:
            if rule.id in (*exemption.rules, *exemption.across):
                by, where = self._say("Không áp dụng theo", "Suspended by"), self._say("khi", "where")
                yield f"- {by} {exemption.id}: {where} {formula_words(exemption.when, self._whole)[language]}"

    def _checked(self, rule: Rule) -> list[str]:
        """What the rule requires, of what, and where that can't be decided."""
        language, entity, lines = self._language, self._entities[rule.each], []
        ruleset = self._pack.ruleset
        if rule.sentence is not None:
            lines += [_plain(self._filled(rule.sentence)), ""]
        for judgement in (item for item in (*ruleset.judgements, *ruleset.across) if item.rule == rule.id):
            require = _plain(formula_words(judgement.require, entity)[language])
            if judgement.where == TRUE:
                lines.append(f"- {self._say('Phải', 'Required')}: {require}.")
            else:
                where = _plain(formula_words(judgement.where, entity)[language])
                must = self._say("thì phải", "it is required that")
                lines.append(f"- {self._say('Khi', 'Where')} {where}, {must}: {require}.")
            for unknown, reason in judgement.undecided:
                case = _plain(formula_words(unknown, entity)[language])
                said = _plain(self._filled(reason))
                lines.append(f"- {self._say('Chưa đủ căn cứ kết luận khi', 'Not decidable where')} {case}: {said}.")
        return lines

    def _filled(self, template: Text) -> str:
        """A message with what stands for a value named in angle brackets, and parameters written in."""
        return filled_in(self._pack, template, self._language)

    def _parameters(self, parameters: Iterable[Parameter]) -> list[str]:
        language = self._language
        rows = [
            (f"`{item.id}`", item.clause, item.title[language], setting(item.value)[language], item.reason[language])
            for item in parameters
        ]
        if language == "vi":
            return _table(("Tham số", "Điều khoản", "Là gì", "Giá trị", "Vì sao"), rows)
        return _table(("Parameter", "Clause", "What", "Value", "Why"), rows)

    def _amendments(self, code: str | None = None) -> list[str]:
        language = self._language
        rows = [
            (
                ", ".join(rules),
                f"{change.title[language]} (`{change.what}`)",
                change.before[language],
                change.after[language],
                f"{change.clause}, {change.directive}",
            )
            for rules, change in self._pack.amendments
            if code is None or code in rules
        ]
        if language == "vi":
            return _table(("Quy tắc", "Điều đổi", "Trước", "Sau", "Theo"), rows)
        return _table(("Rules", "What", "Before", "After", "By"), rows)

    def _tested(self, code: str) -> list[str]:
        """The pack's tests that expect the rule to find something."""
        tests = [test for test in self._tests if any(item.split(" ")[0] == code for item in test.expect)]
        return [f"- {_plain(test.name)}: {', '.join(f'`{item}`' for item in test.expect)}" for test in tests]


def _plain(text: str) -> str:
    """The text as Markdown that stands for itself, on one line."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The rows under their head, or nothing."""

    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"

    lines = [*map(line, rows)]
    return [line(head), "|" + "---|" * len(head), *lines] if lines else []
