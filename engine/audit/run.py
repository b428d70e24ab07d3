"""One audit from inputs to totals: who checks which plans, and where the outcomes go."""

import random
import secrets
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from typing import Final

from ..base import plug_ins
from ..base.failure import told
from ..base.in_force import InForce
from ..base.isolation import processors
from ..base.limits import Limits
from ..base.passed_over import PassedOver, Tell
from ..base.problem import Problem, Unreadable
from ..directive import packs
from ..directive.ruleset import Ruleset
from ..documents.claims import Claimed, Claims
from ..documents.discover import exclude_nothing, folders_of
from ..evaluation.choice import is_named, rulesets_of
from ..lint.selection import checked_of, narrowed, nothing_left, selecting
from ..model.privacy import hiding
from ..waivers.waivers import RulesChecked, Waivers
from .across import additions
from .audited_plan import moved
from .cross_check import cross_check
from .inputs.listing import Entry, entries
from .inputs.storage import is_address
from .shared.identity import Keys
from .sink import Addition, AuditRun, Sink
from .totals import Totals
from .waive import Waive
from .workers.batch import AuditJob, Batch, Contents, Engine, batches, digest_of
from .workers.cluster import Cluster, check_on_cluster
from .workers.encoded_plans import EncodedPlans, encode_batch
from .workers.ledger import Ledger, completed
from .workers.local import Checked, Todo, check_locally

_BYTES_OF_KEY: Final = 32


@dataclass(frozen=True, slots=True)
class Request:
    """What an audit was asked for. Without a `directive`, each plan chooses among the issued ones.

    `jobs`: how many worker processes; None for as many as there are processors. `cross_check`: how many plans the other
    engine checks as well. `cluster`: the Dask cluster that checks the plans, instead of processes of this machine.
    `waivers`: those in force; `in_force`: what outputs are to say that the audit went by. `limits`: what one plan may take.
    `counted`: nobody will look at the findings, only at how many there are, so they need not be worded.
    """

    inputs: tuple[str, ...]
    directive: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    engine: Engine = "compiled"
    jobs: int | None = None
    since: date | None = None
    redact_names: bool = False
    cross_check: int = 0
    cluster: Cluster | None = None
    waivers: Waivers = field(default_factory=Waivers)
    limits: Limits = Limits()
    in_force: InForce = field(default_factory=InForce)
    excluded: Callable[[str], bool] = exclude_nothing
    key: bytes | None = field(default=None, repr=False)
    counted: bool = False


@dataclass(slots=True)
class Beside:
    """One more audit of the same inputs, by another pack, that an audit does in the same pass where it can."""

    request: Request
    ledger: Ledger
    sink: Sink | None = None
    done: bool = False
    """Whether it was."""


_PSEUDONYM: Final = 12
"""Hexadecimal digits by which a file is known that may not be named."""

Watch = Callable[[Totals], None]


def audit(
    request: Request,
    ledger: Ledger,
    sink: Sink | None = None,
    watch: Watch = lambda _: None,
    beside: Beside | None = None,
) -> Totals:
    """Check every plan, put the outcomes in the ledger and the sink, and give the totals.

    `beside`: one more audit to do in the same pass where that can be; it says whether it was done.
    `watch` is told the totals as they grow. Raises Unreadable where there is nothing to check against, or nobody to check. When it is interrupted, the sink keeps what it was given.
    """
    own = _BegunAudit(request, ledger, sink)
    audits, job = [own], own.job
    # A cluster sends the outcomes of one job alone, and what a store knows already need not be read for the other.
    if beside is not None and request.cluster is None and not (sink and sink.knows):
        audits.append(_BegunAudit(beside.request, beside.ledger, beside.sink))
        job, beside.done = replace(job, beside=audits[1].job), True
    passed_over = PassedOver()
    claims = Claims((request.in_force.file, request.in_force.waivers), redact_names=request.redact_names)
    waiting = batches(_inputs(request, Keys(job.key), passed_over, claims))
    found_by = _checked(waiting, job, request, sink, own.totals)
    with closing(found_by):  # an exception keeps this frame, and with it the workers, beyond the end of the program
        for batch, found in found_by:
            # What has no verdict because a worker died of it has none by the other pack either.
            for one, of_it in zip(audits, (found, found.beside or found), strict=False):
                one.take(batch, of_it)
            watch(own.totals)
    claims.above(folders_of(name for name in request.inputs if not is_address(name)))
    notices = [*claims.notices(), *passed_over.notices()]
    for one in audits:
        one.end(notices)
    watch(own.totals)
    return own.totals


class _BegunAudit:
    """One audit that has begun: what it goes by, and what has come of it."""

    def __init__(self, request: Request, ledger: Ledger, sink: Sink | None) -> None:
        """Raises Unreadable."""
        self._request, self._ledger, self._sink = request, ledger, sink
        self._rulesets, self._named = rulesets_of(request.directive), is_named(request.directive)
        self._restrict = selecting(self._rulesets, request.select, request.ignore)
        self._chosen = tuple(map(self._restrict, self._rulesets))
        self.job = _job(request, self._chosen, named=self._named, sent_on=sink is not None)
        self.totals = Totals({ruleset.directive: ruleset.across for ruleset in self._chosen}, in_force=request.in_force)
        if sink is not None:
            sink.begin(_run(request, self.job))
        self._waive = Waive(request.waivers, date.today())

    def take(self, batch: Batch, found: EncodedPlans) -> None:
        """Put what was found in a batch where it belongs."""
        if found.totals.findings and self._waive:
            waived = [self._waive.outcome(outcome) for outcome in found]
            found = encode_batch(batch, waived, stored=self.job.stored)
        self._ledger.add(batch, found)
        self.totals.merge(found.totals)
        if self._sink is not None:
            assert found.stored is not None, "rows of a store are missing"
            self._sink.add(found.stored)

    def end(self, notices: Sequence[Problem]) -> None:
        """All plans are in: see what they come to together. `notices`: what is to be known of the inputs."""
        request, totals = self._request, self.totals
        assert self._ledger.complete(), "a plan was lost"
        if not self._named and request.in_force.packs:
            judged = {directive for directive, count in totals.directives.items() if count}
            totals.in_force = narrowed(request.in_force, self._rulesets, self._restrict, judged)
        totals.told += [*request.waivers.notices, *notices]
        if request.cross_check:
            _compare_engines(request, self._ledger, self.job, totals)
        rules = checked_of(self._rulesets, self._restrict)
        across = _completed(self._ledger, self._chosen, self._waive, totals, rules, redact_names=request.redact_names)
        if self._sink is not None:
            self._sink.finish(across, totals.told, totals.in_force)
        else:
            deque(across, maxlen=0)
        totals.unread = [*request.waivers.problems]


def _job(request: Request, chosen: tuple[Ruleset, ...], *, named: bool, sent_on: bool) -> AuditJob:
    """What workers are to do with each plan; findings that nobody is shown are only counted. Raises Unreadable."""
    if not any(ruleset.judgements or ruleset.across for ruleset in chosen):
        raise Unreadable(nothing_left())
    key = request.key or secrets.token_bytes(_BYTES_OF_KEY)
    counted = request.counted and not (sent_on or request.waivers.waivers or request.cross_check)
    identity = secrets.token_hex(8)
    return AuditJob(
        identity,
        chosen,
        request.engine,
        key,
        request.redact_names,
        request.limits,
        counted,
        stored=sent_on,
        named=named,
    )


def _compare_engines(request: Request, ledger: Ledger, job: AuditJob, totals: Totals) -> None:
    """Check some plans with the other engine as well, and put into the totals where they differ."""
    workers = request.jobs or processors()
    totals.cross_checked = min(request.cross_check, len(ledger))
    totals.differences = [*cross_check(ledger, job, request.cross_check, workers, random.SystemRandom())]


def _inputs(request: Request, keys: Keys, tell: Tell, claimed: Claimed) -> Iterator[Entry]:
    """The inputs, and with names redacted under names of their own, the same in every audit that has the key."""
    if not request.redact_names:
        return entries(request.inputs, request.since, tell, claimed, request.excluded)
    found = entries(request.inputs, request.since, hiding(tell), claimed, request.excluded)
    return (entry.renamed(_pseudonym(entry.own_name, keys)) for entry in found)


def _pseudonym(name: str, keys: Keys) -> str:
    return f"#{keys.of(name).hex()[:_PSEUDONYM]}"


def _completed(
    ledger: Ledger,
    rulesets: Sequence[Ruleset],
    waive: Waive,
    totals: Totals,
    rules: RulesChecked,
    *,
    redact_names: bool,
) -> Iterator[Addition]:
    """What rules across plans say of each plan, put into the ledger and the totals as it is found."""
    for number, addition in additions(ledger, rulesets, redact_names=redact_names):
        _, outcome = ledger.take(number)
        found = waive.verdict(replace(outcome.verdict, findings=addition.findings)).findings
        addition = replace(addition, findings=found)
        ledger.put(number, addition)
        for verdict, sign in ((outcome.verdict, -1), (completed(outcome, addition).verdict, 1)):
            totals.add(replace(verdict, notices=()), sign)  # they are counted already
        yield addition
    totals.told += waive.notices(rules)


def _checked(
    waiting: Iterator[Batch], job: AuditJob, request: Request, sink: Sink | None, totals: Totals
) -> Generator[Checked, None, None]:
    """Every batch with its outcomes: those that an earlier run knows, and those that workers find."""

    def todo() -> Iterator[Todo]:
        for batch in waiting:
            if sink is None or not sink.knows:
                yield batch
                continue
            known, rest = _recalled(batch, sink)
            for part in known:
                totals.recalled += len(part[1])
                yield part
            yield from rest

    if request.cluster is None:
        yield from check_locally(todo(), job, request.jobs or processors())
    else:
        yield from check_on_cluster(todo(), job, request.cluster)


def _recalled(batch: Batch, sink: Sink) -> tuple[list[Checked], list[Batch]]:
    """The parts of a batch that the sink has outcomes for, with these, and the parts that it has none for."""
    digests: list[str] = []
    with Contents() as contents:
        for entry in batch.entries:
            try:
                with told(entry.place, reading=True):
                    digests.append(digest_of(entry, contents.of(entry)))
            except Unreadable:
                digests.append("")
    found = sink.recall([digest for digest in digests if digest])
    known: list[Checked] = []
    rest: list[Batch] = []
    number = batch.number
    for is_known, group in groupby(zip(batch.entries, digests, strict=True), lambda pair: pair[1] in found):
        pairs = [*group]
        part = Batch(number, tuple(entry for entry, _ in pairs))
        number += len(pairs)
        if is_known:
            outcomes = [moved(found[digest], entry.place) for entry, digest in pairs]
            known.append((part, encode_batch(part, outcomes, stored=True)))
        else:
            rest.append(part)
    return known, rest


def _run(request: Request, job: AuditJob) -> AuditRun:
    from ...version import __version__

    directives = [ruleset.directive for ruleset in job.rulesets]
    # A pack that is named judges plans that it would not be chosen for: such a verdict does not stand for one by choice.
    named = [request.directive] if request.directive is not None and job.named else []
    digests = [packs.digest(packs.locate_pack(name)) for name in named or directives]
    return AuditRun(
        ", ".join(directives),
        ", ".join(ruleset.version for ruleset in job.rulesets),
        " ".join([*digests, *(["chosen"] if not job.named else [])]),
        " ".join((__version__, *plug_ins.distributions(plug_ins.READERS))),
        request.engine,
        request.select or (),
        request.ignore or (),
        Keys(job.key).fingerprint,
        request.redact_names,
        tuple(_pseudonym(name, Keys(job.key)) for name in request.inputs) if request.redact_names else request.inputs,
        datetime.now().isoformat(timespec="seconds"),
        request.in_force,
    )
