"""What a scenario is about while it runs: the plan in the making, and the verdict on it once it is appraised."""

import copy
from dataclasses import dataclass, field
from typing import Any

from ..text import Text
from ..verdict import Verdict
from .doors import Door
from .steps import Misread, Unmet


@dataclass
class Situation:
    """Steps change `plan`, appraise it, and ask about the verdict."""

    door: Door
    rules: tuple[str, ...] | None = None
    """The codes of the rules that exist; None where nobody asks."""
    _plan: dict[str, Any] | None = field(default=None)
    _verdict: Verdict | None = field(default=None)

    def start(self, plan: dict[str, Any]) -> None:
        """Begin with a copy of a plan."""
        self._plan, self._verdict = copy.deepcopy(plan), None

    @property
    def plan(self) -> dict[str, Any]:
        """The plan, to be changed. Raises Misread where no step has made one."""
        if self._plan is None:
            raise Misread(
                Text("Chưa có kế hoạch để thay đổi", "There is no plan yet"),
                Text(
                    "Bắt đầu tình huống bằng bước: Cho một kế hoạch đúng chỉ đạo của xã",
                    "Begin the scenario with: Cho một kế hoạch đúng chỉ đạo của xã",
                ),
            )
        return self._plan

    def appraise(self) -> None:
        """Ask the door for the verdict on the plan as it now is."""
        self._verdict = self.door(copy.deepcopy(self.plan))

    @property
    def outcome(self) -> Verdict:
        """The verdict, which may be that the plan can't be appraised. Raises Misread where nothing was appraised."""
        if self._verdict is None:
            raise Misread(
                Text("Chưa thẩm định nên chưa có kết quả", "Nothing was appraised yet"),
                Text(
                    "Thêm bước “Khi thẩm định kế hoạch” trước bước này", "Put “Khi thẩm định kế hoạch” before this step"
                ),
            )
        return self._verdict

    @property
    def verdict(self) -> Verdict:
        """The verdict on a plan that could be appraised. Raises Unmet for one that could not."""
        outcome = self.outcome
        if outcome.problems:
            problems = outcome.problems
            raise Unmet(
                Text(
                    "Kế hoạch không thẩm định được: " + "; ".join(f"{p.code} {p.message.vi}" for p in problems),
                    "The plan can't be appraised: " + "; ".join(f"{p.code} {p.message.en}" for p in problems),
                ),
                problems[0].fix,
            )
        return outcome
