"""`thamdinh rules mutate`: change the pack in one place at a time and see that a scenario notices."""

import sys
from pathlib import Path
from typing import Any

from ..engine.assurance.mutation.assessment import Assessment, assess
from ..engine.assurance.mutation.equivalents import FILE, read_equivalents
from ..engine.assurance.mutation.survival import failing
from ..engine.assurance.scenarios import Scenario
from ..engine.assurance.scenarios.checking import features_of, scenarios_in
from ..engine.base.as_json import json_text
from ..engine.base.problem import SCHEMA, Problem, Unreadable
from ..engine.base.text import Text
from ..engine.directive.pack import Pack
from ..engine.directive.packs import read_version
from ..engine.directive.phrasing import number
from .bilingual import command as bilingual_command
from .bilingual import language, option, write
from .shared_options import directive_option, features_option, form_option
from .values import Whole


@bilingual_command(
    Text(
        "Đổi bộ quy tắc mỗi lần một chỗ (giá trị, giới hạn, danh mục, lượng từ, mức độ, ngoại lệ, tham số) rồi chạy các tình huống: "
        "thay đổi nào cũng phải bị ít nhất một tình huống phát hiện.",
        "Change the pack in one place at a time (operands, bounds, members, quantifiers, severities, exceptions, parameters) and run "
        "the scenarios: each change must be noticed by at least one.",
    )
)
@directive_option()
@features_option()
@option(
    "--jobs",
    type=Whole(0),
    default=0,
    words=Text("Số tiến trình; 0: mỗi lõi một.", "Processes; 0: one a core."),
)
@form_option()
def command(directive: str, features: Path | None, jobs: int, form: str) -> int:
    """Print the score. Exit status: 0 all killed or equivalent, 1 survivors or a stale list, 2 nothing could be judged."""
    pack = read_version(directive)
    scenarios = scenarios_in(features or features_of(pack))
    _refuse_failing(pack, scenarios)
    equivalents = read_equivalents(pack.folder / FILE)
    assessment = _with_progress(pack, scenarios, equivalents, jobs)
    content = json_text(assessment.to_json()) if form == "json" else _text(assessment)
    write(content.encode())
    return 1 if assessment.survivors or assessment.problems else 0


def _refuse_failing(pack: Pack, scenarios: list[Scenario]) -> None:
    failed = failing(pack.ruleset, scenarios, pack.folder)
    if failed:
        raise Unreadable(
            *(
                Problem(
                    SCHEMA,
                    Text(
                        f"Tình huống “{scenario.name}” không đúng với chính bộ quy tắc",
                        f"The scenario “{scenario.name}” does not pass on the pack itself",
                    ),
                    Text("Sửa trước: thamdinh features check", "Mend it first: thamdinh features check"),
                    scenario.place,
                )
                for scenario in failed
            )
        )


def _with_progress(pack: Pack, scenarios: list[Scenario], equivalents: Any, jobs: int) -> Assessment:
    """Assess, with a bar on a terminal."""
    if not sys.stderr.isatty():
        return assess(pack, scenarios, equivalents, jobs)
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(Text("Thử từng thay đổi", "Trying each change")[language()], total=None)
        return assess(
            pack, scenarios, equivalents, jobs, lambda done, total: bar.update(task, completed=done, total=total)
        )


def _text(assessment: Assessment) -> str:
    chosen = language()
    lines: list[str] = []
    for survivor in assessment.survivors:
        lines += [Text("Còn sống: ", "Survives: ")[chosen] + survivor.mutant.change]
        if survivor.scenario is None:
            lines.append(
                Text(
                    "  Không tìm thấy tình huống gần đó để phân biệt: có thể là thay đổi tương đương "
                    f"(ghi vào {FILE} kèm lý do)",
                    f"  No scenario nearby tells it apart: it may be equivalent (list it in {FILE} with the reason)",
                )[chosen]
            )
        else:
            lines += [Text("  Tình huống phát hiện được:", "  A scenario that kills it:")[chosen], ""]
            lines += [f"    {line}" for line in survivor.scenario.splitlines()]
        lines.append("")
    for problem in assessment.problems:
        lines.append(f"{problem.place.describe(chosen)}: {problem.message[chosen]}. {problem.fix[chosen]}")
    killed, equivalent, alive = len(assessment.killed), len(assessment.equivalent), len(assessment.survivors)
    total, score = killed + equivalent + alive, number(round(assessment.score * 100, 1), chosen)
    lines.append(
        Text(
            f"{total} thay đổi: {killed} bị phát hiện, {equivalent} tương đương (có lý do), {alive} còn sống; điểm đột biến {score} %",
            f"{total} mutants: {killed} killed, {equivalent} equivalent (with reasons), {alive} alive; mutation score {score} %",
        )[chosen]
    )
    return "\n".join(lines) + "\n"
