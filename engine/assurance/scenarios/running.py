"""Running one scenario: its steps in order on a fresh situation, to the first that can't be done or does not hold."""

import time
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Final, Literal, cast

from ...base.problem import Place
from ...base.text import Text
from .appraisers import Appraiser, JudgedType
from .model import KEYWORDS, Scenario, Step
from .situation import Situation
from .steps import Misread, Steps, Unmet, grid, quoted

Status = Literal["passed", "failed", "undefined", "misread", "skipped"]
"""failed: what the step says is not so; undefined: no step has these words; misread: a word in it means nothing."""

LONGEST_STEP: Final = 2_000
"""Characters. Longer ones are not searched for the words of steps."""
_STEPS: Final = "thamdinh.features.steps"
"""The module whose STEPS come with the program. It is found by name: the engine knows no step itself."""


@dataclass(frozen=True, slots=True)
class StepResult:
    """What came of one step: seconds it took, and for one that did not pass, why, where and how to mend it."""

    step: Step
    status: Status
    seconds: float = 0.0
    message: Text | None = None
    fix: Text | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one scenario."""

    scenario: Scenario
    steps: tuple[StepResult, ...]

    @property
    def failure(self) -> StepResult | None:
        """The step that did not pass, or None."""
        return next((step for step in self.steps if step.status not in ("passed", "skipped")), None)

    @property
    def passed(self) -> bool:
        return self.failure is None

    @property
    def status(self) -> Status:
        """That of the step which did not pass, else “passed”."""
        return "passed" if self.failure is None else self.failure.status

    @property
    def seconds(self) -> float:
        return sum(step.seconds for step in self.steps)


@cache
def standard_steps() -> Steps:
    """The vocabulary that comes with the program."""
    steps: Steps = import_module(_STEPS).STEPS
    return steps


def play(
    scenario: Scenario,
    appraiser: Appraiser,
    *,
    rules: tuple[str, ...] | None = None,
    steps: Steps | None = None,
    judged: JudgedType | None = None,
) -> Result:
    """Play the scenario, on what is `judged` by the appraiser where nothing else is said. With `rules`, the codes that exist, a step that names another is misread."""
    vocabulary = standard_steps() if steps is None else steps
    known = judged if judged is not None else cast(JudgedType, getattr(appraiser, "judged", JudgedType()))
    situation = Situation(appraiser, rules, known)
    results: list[StepResult] = []
    for step in scenario.steps:
        going_on = not results or results[-1].status == "passed"
        results.append(_run_step(step, situation, vocabulary) if going_on else StepResult(step, "skipped"))
    return Result(scenario, tuple(results))


def _run_step(step: Step, situation: Situation, steps: Steps) -> StepResult:
    started = time.perf_counter()
    if len(step.text) > LONGEST_STEP:
        message, fix = (
            Text(f"Bước này dài quá {LONGEST_STEP} ký tự", f"This step is longer than {LONGEST_STEP} characters"),
            Text("Rút gọn, hoặc chia thành nhiều bước", "Shorten it, or write several steps"),
        )
        return StepResult(step, "misread", 0.0, message, fix, step.place)
    definition = steps.find(step.kind, step.text)
    if definition is None:
        message, fix = _undefined(step, steps)
        return StepResult(step, "undefined", 0.0, message, fix, step.place)
    try:
        definition.perform(situation, quoted(step.text), grid(step.table))
    except Misread as error:
        return StepResult(step, "misread", _since(started), error.message, error.fix, _place(step, error))
    except Unmet as error:
        return StepResult(step, "failed", _since(started), error.message, error.fix, step.place)
    except Exception as error:
        # Nothing that is known of; but a fault of this program on one step must not cost the other scenarios.
        return StepResult(step, "misread", _since(started), *_at_fault(error), step.place)
    return StepResult(step, "passed", _since(started))


def _at_fault(error: Exception) -> tuple[Text, Text]:
    name = type(error).__name__
    return (
        Text(f"Chương trình gặp sự cố ở bước này ({name})", f"The program failed at this step ({name})"),
        Text(
            "Viết lại bước này; nếu vẫn gặp, gửi tệp cho bộ phận hỗ trợ",
            "Write the step in another way; if it persists, send the file to the maintainers",
        ),
    )


def _since(started: float) -> float:
    return time.perf_counter() - started


def _place(step: Step, error: Misread) -> Place:
    """The cell that was misread, or the step."""
    if step.table is None or error.row is None:
        return step.place
    row = (step.table.header, *step.table.rows)[error.row]
    return row[error.column or 0].place if row else step.place  # "| m" without a bar behind it is a row without cells


def _undefined(step: Step, steps: Steps) -> tuple[Text, Text]:
    other = steps.of_another_kind(step.text)
    if other is not None:
        return (
            Text(
                f"Câu này viết sau “{KEYWORDS[other.kind]}”, không phải sau “{KEYWORDS[step.kind]}”",
                f"This step follows “{KEYWORDS[other.kind]}”, not “{KEYWORDS[step.kind]}”",
            ),
            Text(
                f"Đổi từ khóa đầu dòng thành “{KEYWORDS[other.kind]}”, hoặc chuyển câu này về nhóm bước đó",
                f"Begin the line with “{KEYWORDS[other.kind]}”, or move it to those steps",
            ),
        )
    near = [f"{KEYWORDS[item.kind]} {item.example}" for item in steps.nearest(step.kind, step.text)]
    message = Text(f"Không có bước nào viết là “{step.text}”", f"No step reads “{step.text}”")
    if not near:
        return message, Text(
            "Xem các bước có thể dùng bằng lệnh: thamdinh features steps",
            "List the steps with: thamdinh features steps",
        )
    return message, Text(
        "Các bước gần nhất: " + "; ".join(near) + ". Xem tất cả: thamdinh features steps",
        "The nearest steps: " + "; ".join(near) + ". List all: thamdinh features steps",
    )
