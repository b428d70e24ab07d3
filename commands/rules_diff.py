"""`thamdinh rules diff`: what differs between two packs, and the smallest plan that is found whose verdict changes."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from ..engine.assurance.smallest_difference import Turn, smallest_turn, turn_on
from ..engine.base.inert import printable
from ..engine.base.problem import Place, Unreadable
from ..engine.base.text import Language, Text
from ..engine.directive.pack import Pack
from ..engine.directive.packs import read_version
from ..engine.explain.difference import SECTIONS, PackDifference, pack_differences
from ..engine.model.called import Called, called
from .bilingual import argument, language, option, write
from .bilingual import command as bilingual_command

if TYPE_CHECKING:
    from ..engine.assurance.verify.between import Between

_STATUS = {
    "compliant": Text("đạt", "complies"),
    "non_compliant": Text("chưa đạt", "does not comply"),
    "invalid": Text("không thẩm định được", "can't be appraised"),
}


@bilingual_command(
    Text(
        "Bộ quy tắc B khác bộ A ở đâu: điều khoản, tham số, quy tắc, mức độ, ngoại lệ; kèm văn bản nhỏ nhất "
        "mà kết luận thay đổi. Mã kết thúc: 0 giống nhau, 1 khác nhau.",
        "Where pack B differs from pack A: clauses, parameters, rules, severities, exceptions; with the smallest document "
        "whose verdict changes. Exit status: 0 alike, 1 different.",
    )
)
@argument("one", metavar="A")
@argument("other", metavar="B")
@option("--no-plan", is_flag=True, words=Text("Không tìm văn bản.", "Search for no document."))
def command(one: str, other: str, no_plan: bool) -> int:
    """Print the differences and the plan, and give the exit status."""
    packs = read_version(one), read_version(other)
    changes = pack_differences(*packs)
    write(_told(*packs, changes, language()).encode())
    if not no_plan and changes:
        write(smallest(*packs, language()).encode())
    return 1 if changes else 0


def smallest(one: Pack, other: Pack, spoken: Language) -> str:
    """The plan whose verdict changes: the solver's where it can tell, else the one that a search finds."""
    proved, words = _proved(one, other), called(one.ruleset.known)
    if proved is None:
        return _turn(one, other, smallest_turn(one, other), _found(words), spoken)
    if proved.plan is None:
        return f"\n{_alike(proved, words)[spoken]}\n"
    return _turn(one, other, turn_on(one, other, proved.plan), _smallest(proved, words), spoken)


def _told(one: Pack, other: Pack, changes: tuple[PackDifference, ...], spoken: Language) -> str:
    names = [
        f"{pack.directive.id} ({Text('bản', 'version')[spoken]} {pack.directive.version})" for pack in (one, other)
    ]
    head = Text(f"{names[0]} → {names[1]}", f"{names[0]} → {names[1]}")[spoken]
    if not changes:
        return f"{head}: {Text('không có gì khác', 'no difference')[spoken]}\n"
    lines = [head]
    for section, title in SECTIONS.items():
        told = [change for change in changes if change.section == section]
        if told:
            lines += ["", title[spoken], *(f"  {change.mark} {change.text[spoken]}" for change in told)]
    return "".join(f"{printable(line)}\n" for line in lines)


def _found(words: Called) -> Text:
    return Text(
        f"{words.single.vi} nhỏ nhất tìm được mà kết luận thay đổi (rút gọn từ {{tried}} {words.many.vi} thử):",
        f"The smallest {words.one.en} found whose verdict changes (made small from {{tried}} {words.many.en} tried):",
    )


def _proved(one: Pack, other: Pack) -> "Between | None":
    """What the solver says; None where it is not installed or does not decide. Raises Unreadable."""
    if find_spec("z3") is None:
        return None
    from ..engine.assurance.verify.between import smallest_between
    from ..engine.assurance.verify.witness import Disagreement

    try:
        between = smallest_between(one, other)
    except Disagreement as disagreement:
        raise Unreadable(disagreement.problem(Place(other.directive.id), other.ruleset)) from None
    return between if between.decided and (between.plan is None or between.smallest) else None


def _smallest(proved: "Between", words: Called) -> Text:
    within = proved.bound.words
    return Text(
        f"{words.single.vi} nhỏ nhất mà kết luận thay đổi (đã chứng minh, trong giới hạn {within.vi}):",
        f"The smallest {words.one.en} whose verdict changes (proved, of those of {within.en}):",
    )


def _alike(proved: "Between", words: Called) -> Text:
    within = proved.bound.words
    return Text(
        f"Không {words.one.vi} nào có kết luận thay đổi (đã chứng minh, trong giới hạn {within.vi}).",
        f"The verdict changes on no {words.one.en} (proved, of those of {within.en}).",
    )


def _turn(one: Pack, other: Pack, turn: Turn | None, found: Text, spoken: Language) -> str:
    if turn is None:
        words = called(one.ruleset.known)
        said = Text(
            f"Chưa tìm thấy {words.one.vi} nào mà kết luận thay đổi, trong các {words.many.vi} thử của hai bộ.",
            f"No {words.one.en} whose verdict changes was found among the tests of both packs.",
        )
        return f"\n{said[spoken]}\n"
    import yaml

    lines = ["", found[spoken].format(tried=turn.tried)]
    for pack, verdict, own in ((one, turn.before, turn.gone), (other, turn.after, turn.new)):
        lines.append(f"  {Text('theo', 'by')[spoken]} {pack.directive.id}: {_STATUS[verdict.status][spoken]}")
        lines += [f"    {item.rule} {item.subject.id}: {item.message[spoken]}" for item in own]
    alike = len(turn.before.findings) - len(turn.gone)
    if alike:
        lines.append("  " + Text(f"cả hai cùng nêu {alike} điều khác", f"both find {alike} other things")[spoken])
    text = yaml.safe_dump(turn.plan, allow_unicode=True, sort_keys=False, width=120)
    return "".join(f"{printable(line)}\n" for line in lines) + "\n" + text
