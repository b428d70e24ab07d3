"""One run's waivers and baseline: what is marked, and what there is to say of them afterwards."""

import datetime
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..base.problem import Problem
from ..evaluation.verdict import Verdict
from .waivers import Waivers, apply, notices


@dataclass(frozen=True, slots=True)
class Waived:
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
    spoken of. With `new_baseline`, the run's findings are written there.
    """

    waivers: Waivers = field(default_factory=Waivers)
    baseline: Path | None = None
    new_baseline: Path | None = None
    today: datetime.date = field(default_factory=datetime.date.today)
    whole: bool = False

    @property
    def files(self) -> tuple[str | None, str | None]:
        """The files of the waivers and of the baseline that are in force, as outputs name them."""
        file, baseline = self.waivers.file, self.new_baseline or self.baseline
        return None if file is None else str(file), None if baseline is None else str(baseline)

    def applied(
        self,
        appraised: Sequence[Verdict],
        rules: Sequence[str] | None = None,
        left_out: Container[str] = (),
    ) -> Waived:
        """The verdicts as waivers and baseline make them.

        `rules` are all that the run's packs have, `left_out` those that it did not check. Raises Unreadable for a
        baseline that can't be read or written.
        """
        given = self.waivers.waivers
        verdicts = [apply(verdict, given, self.today) for verdict in appraised]
        told = [*self.waivers.problems]
        told += notices(given, verdicts, self.today, whole=self.whole, rules=rules, left_out=left_out)
        if self.baseline is not None or self.new_baseline is not None:
            verdicts, gone = self._compared(verdicts)
            told += gone
        return Waived(tuple(verdicts), tuple(told), not self.waivers.problems)

    def _compared(self, verdicts: list[Verdict]) -> tuple[list[Verdict], tuple[Problem, ...]]:
        """The verdicts with what the baseline knows marked, and a notice where it knows more than there is."""
        from .baseline import apply_baseline, baseline_of, mended, read_baseline, write_baseline

        if self.new_baseline is not None:
            baseline = baseline_of(verdicts, self.today, str(self.new_baseline))
            write_baseline(baseline)
        else:
            assert self.baseline is not None
            baseline = read_baseline(self.baseline)
        return [apply_baseline(verdict, baseline) for verdict in verdicts], mended(baseline, verdicts)
