"""One run's waivers and baseline: what is marked, and what there is to say of them afterwards."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..base.problem import Problem
from ..base.record import Record
from ..evaluation.verdict import Verdict
from .waivers import UNKNOWN_RULES, Covering, RulesChecked, Waivers, apply, notices


class Waived(Record):
    """A run's verdicts with waived findings marked, and what is to be known of its waivers.

    `readable` is False where the waivers file could not be read: its waivers count for nothing.
    """

    verdicts: tuple[Verdict, ...]
    notices: tuple[Problem, ...]
    readable: bool


@dataclass
class Waiving:
    """The waivers and the baseline that are in force.

    `today` is the day on which waivers must hold. With `whole`, the inputs are all that the waivers are for, so every waiver is
    spoken of. With `new_baseline`, the run's findings are written there. `key` is that by which baselines hide the evidence.
    """

    waivers: Waivers = field(default_factory=Waivers)
    baseline: Path | None = None
    new_baseline: Path | None = None
    key: bytes = field(default=b"", repr=False)
    today: datetime.date = field(default_factory=datetime.date.today)
    whole: bool = False

    @property
    def identified(self) -> bool:
        """Whether findings are to be known again, so that they must hold their identity."""
        return self.baseline is not None or self.new_baseline is not None

    @property
    def files(self) -> tuple[str | None, str | None]:
        """The files of the waivers and of the baseline that are in force, as outputs name them."""
        file, baseline = self.waivers.file, self.new_baseline or self.baseline
        return None if file is None else str(file), None if baseline is None else str(baseline)

    def applied(
        self,
        appraised: Sequence[Verdict],
        checked: RulesChecked = UNKNOWN_RULES,
    ) -> Waived:
        """The verdicts as waivers and baseline make them.

        Raises Unreadable for a baseline that can't be read or written.
        """
        given = self.waivers.waivers
        covering = Covering(given)
        verdicts = [apply(verdict, covering, self.today) for verdict in appraised]
        told = [*self.waivers.problems, *self.waivers.notices]
        told += notices(given, verdicts, self.today, whole=self.whole, checked=checked)
        if self.identified:
            verdicts, gone = self._compared(verdicts)
            told += gone
        return Waived(tuple(verdicts), tuple(told), not self.waivers.problems)

    def _compared(self, verdicts: list[Verdict]) -> tuple[list[Verdict], tuple[Problem, ...]]:
        """The verdicts with what the baseline knows marked, and a notice where it knows more than there is."""
        from .baseline import Identities, apply_baseline, baseline_notices, baseline_of, read_baseline, write_baseline

        identities = Identities(self.key)
        if self.new_baseline is not None:
            baseline = baseline_of(verdicts, identities, self.today, str(self.new_baseline))
            write_baseline(baseline)
        else:
            assert self.baseline is not None
            baseline = read_baseline(self.baseline)
        marked = [apply_baseline(verdict, baseline, identities) for verdict in verdicts]
        return marked, baseline_notices(baseline, identities, verdicts)
