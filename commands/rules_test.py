"""`thamdinh rules test`: the tests that stand beside a pack, on both evaluators, with the coverage of operands."""

from ..engine.assurance.rule_tests.run import TestResult, TestRun, run_tests
from ..engine.assurance.rule_tests.written import written_tests
from ..engine.base.inert import printable
from ..engine.base.problem import Unreadable
from ..engine.base.text import Language, Text, counted
from ..engine.directive.packs import available, read_version
from ..engine.reporters.text import problem_lines
from .bilingual import argument, language, write
from .bilingual import command as bilingual_command
from .refusal import refuse

_PARTS = {
    "where": Text("phạm vi", "where"),
    "require": Text("đòi hỏi", "require"),
    "when": Text("khi nào", "when"),
}


@bilingual_command(
    Text(
        "Chạy các kiểm thử đặt cạnh BỘ QUY TẮC (thư mục tests của bộ; mặc định: mọi bộ có sẵn) trên cả hai bộ "
        "đánh giá, rồi nêu vế điều kiện nào chưa được thử cả đúng lẫn sai. Mã kết thúc 1 khi có kiểm thử không đạt.",
        "Run the tests beside the pack PACK (its folder tests; default: every pack there is) on both evaluators, then "
        "tell which operands were not seen both true and false. Exit status 1 when a test fails.",
    )
)
@argument("packs", nargs=-1, metavar="[PACK]")
def command(packs: tuple[str, ...]) -> int:
    """Print what failed and what is not covered, and a line for each pack."""
    status = 0
    for name in packs or available():
        try:
            pack = read_version(name)
            tested = run_tests(pack, written_tests(pack))
        except Unreadable as unreadable:
            status = max(status, refuse(unreadable))
            continue
        write(_report(tested, language()).encode())
        status = max(status, 0 if tested.passed else 1)
    return status


def _report(tested: TestRun, spoken: Language) -> str:
    lines = [line for result in tested.results if not result.passed for line in _failed(result, spoken)]
    for rule, part, words, what in tested.uncovered:
        told = Text(
            f"{rule}, {_PARTS[part].vi}: “{words.vi}” chưa thử {what.vi}",
            f"{rule}, {_PARTS[part].en}: “{words.en}” was never {what.en}",
        )
        lines.append(told[spoken])
    for rules, words in (
        (tested.unbreached, Text("chưa có kiểm thử nào vi phạm", "no test breaches")),
        (tested.unkept, Text("chưa có kiểm thử nào giữ đúng", "no test keeps")),
    ):
        if rules:
            lines.append(f"{words[spoken]}: {', '.join(rules)}")
    good = sum(result.passed for result in tested.results)
    bad, seen = len(tested.results) - good, tested.operands - len(tested.uncovered)
    summary = Text(
        f"{tested.directive}: {good} kiểm thử đạt, {bad} không đạt; đã thử {seen}/{tested.operands} khả năng của các vế điều kiện",
        f"{tested.directive}: {counted(good, 'test')} passed, {bad} failed; {seen} of {tested.operands} outcomes of operands seen",
    )
    return "".join(f"{printable(line)}\n" for line in [*lines, summary[spoken]])


def _failed(result: TestResult, spoken: Language) -> list[str]:
    head = Text("không đạt", "failed")
    lines = [f"{result.test.place.describe(spoken)}: {head[spoken]}: {result.test.name}"]
    for items, words in (
        (result.missing, Text("thiếu", "missing")),
        (result.unexpected, Text("thừa", "unexpected")),
    ):
        lines += [f"  {words[spoken]}: {item}" for item in items]
    if result.differ:
        lines.append("  " + Text("hai bộ đánh giá không cho cùng kết quả", "the evaluators do not agree")[spoken])
    for problem in result.problems:
        lines += problem_lines(problem, spoken).splitlines()
    return lines
