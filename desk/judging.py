"""The desk's judge: a file goes in, a verdict comes out of the engine's one door, and both evaluators are asked.

What judged is kept with the verdict: the pack's files, so that it can be judged again as it was (`kept_pack`).
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar, cast

from ..engine.base import archives
from ..engine.base.in_force import InForce, PackInForce
from ..engine.base.isolation import Died, isolated
from ..engine.base.limits import Limits
from ..engine.base.problem import ENGINES_DIFFER, UNREADABLE, Place, Problem, Unreadable
from ..engine.base.record import Record
from ..engine.base.text import Text
from ..engine.directive import packs
from ..engine.directive.ruleset import Ruleset
from ..engine.documents.discover import InputFile
from ..engine.evaluation.appraisal import Read, appraise, unjudged
from ..engine.evaluation.check import evaluators
from ..engine.evaluation.choice import Choosing, are_several, is_named, rulesets_of
from ..engine.evaluation.verdict import Report, Verdict
from ..engine.evaluation.wording import Showing
from ..engine.lint.appraise import Job, alone, appraisal_of, shown
from ..engine.lint.selection import went_by
from ..engine.lint.settings import Settings
from ..engine.model.outline import AROUND

Ready = TypeVar("Ready")


class Judged(Record):
    """What came of one file: a report on it alone, and whether both evaluators said the same (None: there is but one).

    `pack` is the digest of the pack that judged.
    """

    report: Report
    agree: bool | None
    pack: str

    @property
    def verdict(self) -> Verdict:
        return self.report.verdicts[0]


def judge(
    name: str, content: bytes, directive: str | None = None, limits: Limits | None = None, library: Path | None = None
) -> Judged:
    """Judge one file in a process of its own, by the named pack or the one that is for it.

    A `library` is a pack that was kept, to judge as it did. Whatever is wrong with the file is in the verdict. Raises
    Unreadable for a pack that can't be read.
    """
    limits = limits or Limits()
    if library is not None:  # Apart, so that what it was made for is not taken for what is there now.
        judged = partial(_judge, name, content, None, limits, library)
        return alone(judged, name, Limits(seconds=60, memory=2048), apart=True)
    return _judge(name, content, directive, limits, None)


def _judge(name: str, content: bytes, directive: str | None, limits: Limits, library: Path | None) -> Judged:
    judges = (
        ready(None, directive, _of(directive))
        if library is None
        else _made((packs.read_kept(library).ruleset,), named=True)
    )
    rulesets, named = judges[0].rulesets, judges[0].named
    showing = Showing(outlined=True, titled=are_several(rulesets), preliminary=True)
    job = Job(InputFile(name, content=content), judges[0], AROUND, showing)
    [outcome] = isolated(partial(_both, others=judges[1:], most=limits.problems), [job], limits)
    verdict, agree = (unjudged(name, outcome, limits), None) if isinstance(outcome, Died) else outcome
    used = [whole for whole in rulesets if whole.directive == verdict.directive] or [*rulesets]
    if agree is False:
        differing = _differ(name, used[0].known.one)
        verdict = Verdict(name, verdict.organization, problems=(differing,), notices=verdict.notices)
        used = [*rulesets]
    if library is None:
        chosen = directive if named and directive else used[0].directive
        pack = packs.digest(packs.locate_pack(chosen))
        basis = went_by(Settings(directive=directive), used, lambda whole: whole, None)
    else:
        pack = packs.digest(library, kept=True)
        basis = InForce(packs=(PackInForce(used[0].directive, used[0].version, pack[: packs.DIGITS]),))
    basis = replace(basis, judged=verdict.directive is not None)
    books = {whole.directive: whole.handbook for whole in used if whole.handbook}
    return Judged(Report(basis.directive, (verdict,), (), books, basis), agree, pack)


def _both(job: Job, others: list[Choosing], most: int) -> tuple[Verdict, bool | None]:
    """The verdict by the first evaluator, and whether the others find the same in the file."""
    made = appraisal_of(job, most)
    verdict = shown(made, job.around)
    if verdict.problems or made.hits is None or not others:
        return verdict, None
    read = cast("Read", (made.document, made.plan))
    said = [appraise(made.file, lambda: read, judge, job.showing, most).hits for judge in others]
    return verdict, all(one is not None and one.said == made.hits.said for one in said)


_ready: dict[tuple[Hashable, str | None], tuple[Sequence[Ruleset], Any]] = {}


def ready(use: Hashable, directive: str | None, make: Callable[[Sequence[Ruleset]], Ready]) -> Ready:
    """What judges for a use, made once: as long as the packs stay as they are, they are compiled for no file anew. Raises Unreadable."""
    rulesets, kept = rulesets_of(directive), _ready.get((use, directive))
    if kept is None or [*map(id, rulesets)] != [*map(id, kept[0])]:
        kept = _ready[use, directive] = rulesets, make(rulesets)
    return cast("Ready", kept[1])


def _of(directive: str | None) -> Callable[[Sequence[Ruleset]], list[Choosing]]:
    return partial(_made, named=is_named(directive))


def _made(rulesets: Sequence[Ruleset], *, named: bool) -> list[Choosing]:
    return [Choosing(rulesets, factory, named=named) for _, factory in evaluators()]


def _differ(name: str, one: Text) -> Problem:
    return Problem(
        ENGINES_DIFFER,
        Text(
            "Hai bộ máy quy tắc kết luận khác nhau về tệp này, nên chưa có kết luận",
            "The two rule engines differ on this file, so there is no verdict",
        ),
        Text(
            f"Gửi tệp cho bộ phận hỗ trợ. Chưa coi {one.vi} là đạt hay không đạt",
            f"Send the file to the maintainers. Count the {one.en} neither as compliant nor as not",
        ),
        Place(name),
    )


@lru_cache(maxsize=8)
def packed_pack(directive: str, digest: str) -> bytes:
    """The files of the pack with this digest and of those that it extends, as an archive; the first folder in it is the pack's own.

    Raises Unreadable, where it could not be read again as it is, or is another by now, too.
    """
    layers = packs.layers(packs.locate_pack(directive))
    archive = archives.packed(
        {f"{folder}/{name}": data for folder, files in layers.items() for name, data in files.items()}
    )
    with unpacked(archive) as library:
        if packs.digest(library, kept=True) != digest:
            raise Unreadable(_not_kept(directive))
    return archive


def _not_kept(directive: str) -> Problem:
    return Problem(
        UNREADABLE,
        Text(
            "Không lưu lại được bộ quy tắc này để thẩm định lại về sau",
            "This pack can't be kept so that it can judge again later",
        ),
        Text(
            "Đặt mỗi bộ mà nó nối vào trong một thư mục có tên riêng",
            "Keep each pack that it extends in a folder with a name of its own",
        ),
        Place(directive),
    )


@contextmanager
def unpacked(archive: bytes) -> Iterator[Path]:
    """The folder of a pack that `packed` packed, for as long as it is needed. Raises zipfile.BadZipFile, ValueError."""
    files = archives.members(archive, packs.LARGEST_PACK * packs.MOST_LAYERS)
    folders = [name.rpartition("/")[0] for name in files]
    if not folders or any("/" in folder or not folder for folder in folders):
        raise ValueError("no pack")
    with archives.laid_out(files) as library:
        yield library / folders[0]
