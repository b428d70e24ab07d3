"""Checking feature files: from names to results, each file by itself and in a process of its own."""

import os
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from ...base.input_names import STDIN, shown_name
from ...base.isolation import Died, isolated
from ...base.limits import Limits, exceeded
from ...base.problem import ENGINE, REFERENCE, UNREADABLE, Place, Problem, Unreadable
from ...base.suggest import did_you_mean
from ...base.text import Text
from ...directive.pack import Pack
from ...directive.packs import BUILT_IN, DEFAULT
from ...documents.encoding import decode
from ...documents.source import load
from ...evaluation.check import EvaluatorFactory, first_evaluator
from .appraisers import Appraiser, appraiser_of, type_judged_by
from .model import Feature, Scenario
from .parsing import parse_feature, parse_file
from .running import Result, StepResult, play, standard_steps

SUFFIX: Final = ".feature"
AUDIT_TAG: Final = "rà_soát"
"""The tag of scenarios that audit several plans at once."""
MOST_FILES: Final = 10
"""How many times the seconds of one input a file of scenarios may take by the clock."""
_RULE_TAG: Final = re.compile(r"[A-Z]{2}\d{2,4}")
_CLAUSE_TAG: Final = re.compile(r"[A-Z]\d{1,2}")


@dataclass(frozen=True, slots=True)
class CheckedFeature:
    """What came of one feature file. `feature` is None where the file could not be read at all; `text` is what stands in it."""

    file: str
    feature: Feature | None
    results: tuple[Result, ...] = ()
    problems: tuple[Problem, ...] = ()
    text: str = ""

    @property
    def unread(self) -> bool:
        """Whether something in the file means nothing, so that not all of it was checked."""
        return bool(self.problems) or any(result.status in ("undefined", "misread") for result in self.results)


def exit_status(checked: Iterable[CheckedFeature]) -> int:
    """0 all scenarios hold, 1 one does not, 2 something could not be read or run."""
    checked = list(checked)
    if any(item.unread for item in checked):
        return 2
    return int(any(not result.passed for item in checked for result in item.results))


def check_features(
    names: Sequence[str],
    pack: Pack,
    *,
    factory: EvaluatorFactory = first_evaluator,
    tags: Sequence[str] = (),
    limits: Limits = Limits(),  # noqa: B008 (it never changes)
) -> list[CheckedFeature]:
    """Check the files and folders named, or the features of the pack where none is; with `tags`, scenarios that carry all.

    `limits`: what reading a file, and each scenario, may take.
    """
    own = features_of(pack)
    sources = discover_features(names or [str(own)])
    appraiser = appraiser_of(pack.ruleset, factory, folder=pack.folder)

    def shown(source: str) -> str:
        return shown_name(source if names else os.path.relpath(source, own.parent))

    def read(source: str | Problem) -> CheckedFeature:
        if isinstance(source, Problem):
            return CheckedFeature(source.place.file, None, (), (source,))
        return read_feature(source, pack, tags, shown(source))

    standard_steps().prepare()  # once, for all processes that play scenarios
    outcomes = isolated(read, sources, limits)
    return [
        _died(source, outcome, limits) if isinstance(outcome, Died) else _played(outcome, pack, appraiser, limits)
        for source, outcome in zip(sources, outcomes, strict=True)
    ]


def _played(checked: CheckedFeature, pack: Pack, appraiser: Appraiser, limits: Limits) -> CheckedFeature:
    """The scenarios of a file, each run within the limits of a file, all within MOST_FILES of these: the failure of one, of
    whatever kind, never ends the others."""
    if checked.feature is None:
        return checked
    scenarios, results = checked.feature.scenarios, list[Result]()
    rules, begun = (*pack.ruleset.rules, *pack.ruleset.rules_across), time.monotonic()
    for scenario, outcome in zip(
        scenarios,
        isolated(
            partial(play, appraiser=appraiser, rules=rules, judged=type_judged_by(pack.ruleset, pack.folder)),
            scenarios,
            limits,
        ),
        strict=True,
    ):
        results.append(_stopped(scenario, outcome, limits) if isinstance(outcome, Died) else outcome)
        if time.monotonic() - begun > MOST_FILES * limits.seconds:
            break
    left = scenarios[len(results) :]
    more = (_not_run(checked.file, len(left), left[0].place),) if left else ()
    return replace(checked, results=tuple(results), problems=(*checked.problems, *more))


def _stopped(scenario: Scenario, died: Died, limits: Limits) -> Result:
    """The result of a scenario whose process ended: nobody knows which of its steps it was."""
    if died.exceeded is not None:
        problem = exceeded(scenario.place.file, died.exceeded, limits)
        message = Text("Tình huống này vượt quá giới hạn của một tệp", "This scenario goes beyond the limits of a file")
    else:
        problem = _died(scenario.place.file, died, limits).problems[0]
        message = Text(
            f"Bộ máy quy tắc gặp sự cố ở tình huống này ({died.reason})",
            f"The rule engine failed on this scenario ({died.reason})",
        )
    first, *others = scenario.steps
    failed = StepResult(first, "misread", 0.0, message, problem.fix, scenario.place)
    return Result(scenario, (failed, *(StepResult(step, "skipped") for step in others)))


def _not_run(file: str, count: int, place: Place) -> Problem:
    return Problem(
        UNREADABLE,
        Text(f"Tệp chạy quá lâu: còn {count} tình huống chưa chạy", f"The file takes too long: {count} were not run"),
        Text("Chia thành nhiều tệp, hoặc bỏ tình huống chạy lâu", "Split it, or remove what takes long"),
        replace(place, file=file),
    )


def read_feature(name: str, pack: Pack, tags: Sequence[str] = (), shown: str = "") -> CheckedFeature:
    """What is in one file, and no results yet; it is called `shown` where that is given."""
    file, text = shown or shown_name(name), ""
    try:
        text = decode(file, load(name))
        feature = parse_feature(text, file)
    except Unreadable as unreadable:
        problems = unreadable.problems if text else tuple(map(_no_feature, unreadable.problems))
        return CheckedFeature(file, None, (), problems, text)
    feature = replace(feature, scenarios=tuple(scenario for scenario in feature.scenarios if scenario.tagged(*tags)))
    return CheckedFeature(feature.file, feature, (), (*feature.problems, *unknown_tags(feature, pack)), text)


def _no_feature(problem: Problem) -> Problem:
    """What can't be read as text at all, with where scenarios stand."""
    return replace(problem, fix=problem.fix + Text(f"(tình huống viết trong tệp {SUFFIX})", f"(scenarios: {SUFFIX})"))


def unknown_tags(feature: Feature, pack: Pack) -> Iterable[Problem]:
    """One problem for each tag that has the form of a rule code or a clause and is none of the pack's."""
    clauses = [clause.id for clause in pack.directive.clauses]
    rules = [rule.id for rule in pack.rules]
    for tag in dict.fromkeys(tag for scenario in feature.scenarios for tag in scenario.tags):
        for form, known, what in (
            (_RULE_TAG, rules, Text("quy tắc", "rule")),
            (_CLAUSE_TAG, clauses, Text("điều khoản", "clause")),
        ):
            if form.fullmatch(tag) and tag not in known:
                yield Problem(
                    REFERENCE,
                    Text(f"Thẻ @{tag}: không có {what.vi} này", f"The tag @{tag} names no {what.en}"),
                    did_you_mean(tag, known, quoted="@{}"),
                    _place_of_tag(feature, tag),
                )


def _place_of_tag(feature: Feature, tag: str) -> Place:
    """Where a tag is written first."""
    for number, line in enumerate(feature.text.split("\n"), 1):
        if line.lstrip().startswith("@") and (found := re.search(rf"@{tag}\b", line)):
            return Place(feature.file, number, found.start() + 1, found.end() + 1)
    return feature.place


def features_of(pack: Pack) -> Path:
    """The folder of a pack's own features: those of the pack that comes with the program stand in `features`."""
    if pack.folder.parent == BUILT_IN and pack.directive.id == DEFAULT:
        return BUILT_IN.parent / "features"
    return pack.folder


def own_features(pack: Pack) -> Iterator[CheckedFeature]:
    """What is in the files of a pack's own features, and no results."""
    for name in discover_features([str(features_of(pack))]):
        if isinstance(name, str):
            yield read_feature(name, pack)


def scenarios_in(path: Path) -> list[Scenario]:
    """The scenarios of a feature file, or of all those in a folder. Raises Unreadable where one can't be read."""
    found = discover_features([str(path)])
    problems = [item for item in found if isinstance(item, Problem)]
    features = [parse_file(item) for item in found if isinstance(item, str)]
    problems += [problem for feature in features for problem in feature.problems]
    if problems:
        raise Unreadable(*problems)
    return [scenario for feature in features for scenario in feature.scenarios]


def discover_features(names: Iterable[str]) -> list[str | Problem]:
    """The feature files named and those in the folders named, each once; a folder without any is a problem."""
    found: dict[Path, str | Problem] = {}
    for name in names:
        inside: list[str | Problem] = [name]
        if name != STDIN and os.path.isdir(name):
            paths = sorted(path for path in Path(name).rglob(f"*{SUFFIX}") if not _hidden(path.relative_to(name)))
            inside = [str(path) for path in paths] or [_no_features(name)]
        for item in inside:
            found.setdefault(Path(item if isinstance(item, str) else item.place.file).absolute(), item)
    return list(found.values())


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _no_features(folder: str) -> Problem:
    return Problem(
        UNREADABLE,
        Text(f"Thư mục không có tệp {SUFFIX} nào", f"The folder holds no {SUFFIX} file"),
        Text("Chọn thư mục khác, hoặc chọn thẳng tệp", "Name another folder, or the file itself"),
        Place(shown_name(folder)),
    )


def _died(source: str | Problem, died: Died, limits: Limits) -> CheckedFeature:
    file = source.place.file if isinstance(source, Problem) else shown_name(source)
    if died.exceeded is not None:
        return CheckedFeature(file, None, (), (exceeded(file, died.exceeded, limits),))
    problem = Problem(
        ENGINE,
        Text(
            f"Bộ máy quy tắc gặp sự cố khi chạy tệp này, nên chưa có kết quả ({died.reason})",
            f"The rule engine failed on this file, so there is no result ({died.reason})",
        ),
        Text(
            "Chạy lại; nếu vẫn gặp, gửi tệp cho bộ phận hỗ trợ",
            "Run again; if it persists, send the file to the maintainers",
        ),
        Place(file),
    )
    return CheckedFeature(file, None, (), (problem,))
