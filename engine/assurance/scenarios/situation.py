"""What a scenario is about while it runs: the plan in the making, and the verdict on it once it is appraised."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ...base.suggest import did_you_mean
from ...base.text import Text, capital
from ...evaluation.verdict import Verdict
from ...model.description import Description
from .appraisers import Appraiser, JudgedType
from .steps import Misread, Unmet


@dataclass
class Situation:
    """Steps change `plan`, appraise it or audit all plans, and ask about the verdict."""

    appraiser: Appraiser
    rules: tuple[str, ...] | None = None
    """The codes of the rules that exist; None where nobody asks."""
    judged: JudgedType = field(default_factory=JudgedType)
    _plans: dict[str, dict[str, Any]] = field(default_factory=dict)
    _current: str | None = None
    _verdicts: dict[str, Verdict] = field(default_factory=dict)

    @property
    def known(self) -> Description:
        """The type of the documents that the scenario speaks of."""
        return self.judged.known

    @property
    def _one(self) -> Text:
        """What a document of the type is called."""
        return self.known.one

    def start(self, plan: dict[str, Any], name: str = "") -> None:
        """Begin a plan of this name with a plan that is nobody else's; steps change the one begun last."""
        self._plans[name] = plan
        self._current, self._verdicts = name, {}

    def beside(self, document: dict[str, Any], name: str) -> None:
        """Have another document of this name in the audit; steps go on to change the one begun last."""
        self._plans[name] = document
        self._verdicts = {}

    @property
    def plan(self) -> dict[str, Any]:
        """The plan begun last, to be changed. Raises Misread where no step has begun one."""
        if self._current is None:
            raise Misread(
                Text(f"Chưa có {self._one.vi} để thay đổi", f"There is no {self._one.en} yet"),
                Text(
                    f"Bắt đầu tình huống bằng bước: Cho một {self._one.vi} đúng chỉ đạo",
                    f"Begin the scenario with: Cho một {self._one.vi} đúng chỉ đạo",
                ),
            )
        return self._plans[self._current]

    def named(self, name: str) -> dict[str, Any]:
        """The plan of this name. Raises Misread."""
        return self._plans[self._known(name, self._plans)]

    def appraise(self) -> None:
        """Ask the appraiser for the verdict on the plan begun last, as it now is."""
        plan = self.plan
        assert self._current is not None
        self._verdicts = {self._current: self.appraiser(plan)}

    def audit(self) -> None:
        """Ask the appraiser for the verdicts of an audit of all plans. Raises Misread where it knows no audits."""
        audit = getattr(self.appraiser, "audit", None)
        if audit is None:
            raise Misread(
                Text(f"Ở đây chỉ thẩm định từng {self._one.vi}", f"Each {self._one.en} is appraised by itself here"),
                Text("Chạy tình huống bằng lệnh: thamdinh features check", "Run it with: thamdinh features check"),
            )
        _ = self.plan
        self._verdicts = audit(self._plans)

    def look_at(self, name: str) -> None:
        """Have the next claim be about this plan. Raises Misread where no plan has the name."""
        self._current = self._known(name, self._plans)

    @property
    def outcome(self) -> Verdict:
        """The verdict on the plan looked at, which may be that it can't be appraised. Raises Misread where there is none."""
        if self._current is None or self._current not in self._verdicts:
            raise Misread(
                Text("Chưa thẩm định nên chưa có kết quả", "Nothing was appraised yet"),
                Text(
                    f"Thêm bước “Khi thẩm định {self._one.vi}” trước bước này",
                    f"Put “Khi thẩm định {self._one.vi}” before this step",
                ),
            )
        return self._verdicts[self._current]

    @property
    def verdict(self) -> Verdict:
        """The verdict on a plan that could be appraised. Raises Unmet for one that could not."""
        outcome = self.outcome
        if outcome.problems:
            problems = outcome.problems
            raise Unmet(
                Text(
                    f"{capital(self._one.vi)} không thẩm định được: "
                    + "; ".join(f"{p.code} {p.message.vi}" for p in problems),
                    f"The {self._one.en} can't be appraised: "
                    + "; ".join(f"{p.code} {p.message.en}" for p in problems),
                ),
                problems[0].fix,
            )
        return outcome

    def _known(self, name: str, known: Iterable[str]) -> str:
        names = list(known)
        if name in names:
            return name
        shown = ", ".join(f"“{other}”" for other in names if other)
        raise Misread(
            Text(f"Không có {self._one.vi} nào tên là “{name}”", f"There is no {self._one.en} called “{name}”"),
            did_you_mean(
                name,
                names,
                Text(f"Các {self._one.vi}: {shown or 'chưa đặt tên'}", f"There are: {shown or 'none is named'}"),
            ),
        )
