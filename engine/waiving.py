"""One run's waivers: which file goes with which plan, what is marked, and what there is to say of waivers afterwards."""

import datetime
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .problem import Problem, Unreadable
from .readers.source import STDIN
from .verdict import Verdict
from .waivers import Waiver, apply, notices, read_waivers, waivers_for


@dataclass(frozen=True, slots=True)
class Waived:
    """A run's verdicts with waived findings marked, and what is to be known of its waivers.

    `readable` is False where a waivers file that was found could not be read: its waivers count for nothing.
    """

    verdicts: tuple[Verdict, ...]
    notices: tuple[Problem, ...]
    readable: bool


@dataclass
class Waiving:
    """What a run was told of waivers. `file`: one file for all inputs, instead of the nearest to each.

    `today` is the day on which waivers must hold. With `whole`, the inputs are all that the waivers are for, so every waiver is
    spoken of. With `new_baseline`, the run's findings are written there.
    """

    file: Path | None = None
    baseline: Path | None = None
    new_baseline: Path | None = None
    today: datetime.date = field(default_factory=datetime.date.today)
    whole: bool = False

    def applied(
        self,
        appraised: Sequence[tuple[str, Verdict]],
        rules: Sequence[str] | None = None,
        left_out: Container[str] = (),
    ) -> Waived:
        """The verdicts, each given with the path of its input, as waivers and baseline make them.

        `rules` are all that the run's packs have, if any could be read, `left_out` those that it did not check. Raises Unreadable for a file that was named and can't be read
        or written.
        """
        known: dict[Path, tuple[Waiver, ...]] = {}
        if self.file is not None:
            known[self.file] = read_waivers(self.file)
        told: list[Problem] = []
        readable = True
        verdicts: list[Verdict] = []
        concerned: dict[Path, list[Verdict]] = {path: [] for path in known}
        for path, verdict in appraised:
            file = self.file or waivers_for(Path("." if path == STDIN else path))
            if file is not None and file not in known:
                known[file] = ()
                try:
                    known[file] = read_waivers(file)
                except Unreadable as unreadable:
                    told += unreadable.problems
                    readable = False
            if file is not None:
                verdict = apply(verdict, known[file], self.today)
                concerned.setdefault(file, []).append(verdict)
            verdicts.append(verdict)
        for file, under in concerned.items():
            told += notices(known[file], under, self.today, whole=self.whole, rules=rules, left_out=left_out)
        if self.baseline is not None or self.new_baseline is not None:
            verdicts, gone = self._compared(verdicts)
            told += gone
        return Waived(tuple(verdicts), tuple(told), readable)

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
