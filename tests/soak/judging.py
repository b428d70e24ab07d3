"""What must hold of any file whatever: it ends, it is told, and lint and audit say the same of it.

The lint judges by durable-rules and the audit by compiled rules, so each file holds the two against each other as well.
"""

import json
import os
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final
from unittest import mock
from zipfile import BadZipFile, ZipFile

import pyarrow as pa

from tests.plan_classes import Plan
from tests.soak.mutation import mutated, plan
from thamdinh.engine.assurance.reference import reference
from thamdinh.engine.assurance.scenarios.checking import check_features
from thamdinh.engine.audit.audited_plan import AuditedPlan
from thamdinh.engine.audit.inputs.listing import Entry, entries
from thamdinh.engine.audit.quick import parquet
from thamdinh.engine.audit.workers.batch import AuditJob, Batch, Contents, audit_batch
from thamdinh.engine.base.failure import DEBUG
from thamdinh.engine.base.isolation import Died, isolated
from thamdinh.engine.base.limits import Limits
from thamdinh.engine.base.problem import ENGINE, UNREADABLE, Problem, Unreadable
from thamdinh.engine.base.problem_pages import CODES
from thamdinh.engine.directive.pack import Pack
from thamdinh.engine.directive.packs import DEFAULT
from thamdinh.engine.directive.packs import read as read_pack
from thamdinh.engine.documents import read as read_document
from thamdinh.engine.documents.discover import InputFile
from thamdinh.engine.evaluation.check import Checker, durable
from thamdinh.engine.evaluation.choice import Choosing, rulesets_of
from thamdinh.engine.evaluation.scanning import Compiled
from thamdinh.engine.evaluation.verdict import Report, Verdict
from thamdinh.engine.explain.pages import rule_table
from thamdinh.engine.lint.appraise import Job, verdict_of
from thamdinh.engine.lint.settings import read_settings
from thamdinh.engine.model.facts import flatten
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.reporters import Options, render
from thamdinh.engine.waivers.waivers import read_waivers

MANY: Final = ("jsonl", "parquet", "zip")
_SHOWN: Final = ("text", "sarif", "html", "csv", "markdown", "junit", "github")
_AT_A_TIME: Final = 200
"""How many seeds are judged by one call of `isolated`, so that a limit of time is kept."""


def complaints(form: str, seeds: Sequence[int], seconds: float) -> Iterator[tuple[int, str | None]]:
    """Each seed with what is wrong about its file, in processes of their own, until the seconds are over."""
    _job(), _lint(), _plans()  # made once, for all processes
    mutated(form, 0)
    until = time.monotonic() + seconds
    for start in range(0, len(seeds), _AT_A_TIME):
        some = seeds[start : start + _AT_A_TIME]
        for seed, outcome in zip(some, isolated(lambda seed: complaint(form, seed), some, Limits()), strict=True):
            yield seed, f"the process died: {outcome.reason}" if isinstance(outcome, Died) else outcome
            if time.monotonic() > until:
                return


def complaint(form: str, seed: int) -> str | None:
    """What is wrong about the file of a seed, if anything."""
    name, content = mutated(form, seed)
    # With debugging, what fails unforeseen is raised instead of told.
    with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, {DEBUG: "1"}):
        path = Path(folder, name)
        path.write_bytes(content)
        try:
            _judge(form, path)
        except Exception:
            return traceback.format_exc().replace(folder, "")
    return None


_READ: Final[dict[str, Callable[[Path], object]]] = {"settings": read_settings, "waivers": read_waivers}


def _judge(form: str, path: Path) -> None:
    match form:
        case "settings" | "waivers":
            with suppress(Unreadable):
                _READ[form](path)
        case "feature":
            assert check_features([str(path)], read_pack(DEFAULT))[0].file
        case "pack":
            _judge_pack(path)
        case _ if form in MANY:
            _many(path)
        case _:
            _one(path)


def _judge_pack(path: Path) -> None:
    """A pack is refused in words, each with its place in a file of it, or the two engines judge alike by it and it is shown."""
    folder = path.with_suffix("")
    with ZipFile(path) as archive:
        archive.extractall(folder)
    try:
        pack = read_pack(str(folder))
    except Unreadable as unreadable:
        problems = unreadable.problems
    else:
        _judge_by(pack)
        return
    assert problems
    for problem in problems:
        _told_in_words(problem, folder)


def _judge_by(pack: Pack) -> None:
    for language in ("vi", "en"):
        assert reference([pack], language)
        assert rule_table(pack, language)
    engines = [Checker(pack.ruleset, engine, passes=True) for engine in (durable, Compiled)]
    for honest in _plans():
        facts = flatten(honest, pack.ruleset.readings)
        durably, compiled = (engine.evaluator(honest).run(facts) for engine in engines)
        assert durably == compiled, "the engines differ"


def _told_in_words(problem: Problem, folder: Path) -> None:
    assert problem.code in CODES, problem
    assert problem.code != ENGINE, problem
    assert all((problem.message.vi, problem.message.en, problem.fix.vi, problem.fix.en)), problem
    assert Path(problem.place.file).is_relative_to(folder), problem
    assert problem.place.line or problem.code == UNREADABLE, problem


@cache
def _plans() -> tuple[Plan, ...]:
    return tuple(read_plan(read_document("a.json", json.dumps(plan(Random(seed))).encode())) for seed in range(3))


@cache
def _job() -> AuditJob:
    return AuditJob("soak", rulesets_of(None), named=False)


@cache
def _lint() -> Choosing:
    return Choosing(rulesets_of(None))


def _linted(path: Path) -> Verdict:
    verdict = verdict_of(Job(InputFile(str(path)), _lint()))
    assert not [problem for problem in verdict.problems if problem.code == ENGINE], verdict.problems
    report = Report(DEFAULT, (verdict,))
    for form in _SHOWN:
        assert render(form, report, Options("vi"))
    [entry] = json.loads(render("json", report, Options("vi")))["plans"]
    assert (entry["file"], entry["status"]) == (str(path), verdict.status)
    return verdict


def _audited(path: Path) -> list[tuple[Entry, AuditedPlan]]:
    passed: list[str] = []
    found = [
        *entries([str(path)], tell=lambda name, _: passed.append(name), claimed=lambda name, _: passed.append(name))
    ]
    assert found or passed, "the file is neither judged nor told"
    if path.suffix == ".zip":
        _all_members(path, found, passed)
    outcomes = audit_batch(Batch(0, tuple(found)), _job())
    assert [outcome.place for outcome in outcomes] == [entry.place for entry in found]
    for outcome in outcomes:
        assert not [problem for problem in outcome.verdict.problems if problem.code == ENGINE], outcome.verdict
    return [*zip(found, outcomes, strict=True)]


def _one(path: Path) -> None:
    linted, [(_, outcome)] = _linted(path), _audited(path)
    audited = outcome.verdict
    for what in ("status", "findings", "problems", "notices", "directive"):
        assert getattr(linted, what) == getattr(audited, what), f"lint and audit differ in their {what}"


def _many(path: Path) -> None:
    judged = _audited(path)
    with Contents() as contents:
        each = [_alone(entry, contents) for entry, _ in judged]
    for (entry, outcome), alone in zip(judged, each, strict=True):
        if alone is not None:
            suffix = ".json" if entry.line is not None else Path(entry.member or "").suffix.lower()
            copy = path.with_name(f"mot-{path.stem}{suffix}")
            copy.write_bytes(alone)
            assert _said(_linted(copy)) == _said(outcome.verdict), f"{entry.place} is judged otherwise alone"


def _all_members(path: Path, found: list[Entry], passed: list[str]) -> None:
    """Every file in an archive that can be opened is judged, or told."""
    try:
        with ZipFile(path) as archive:
            files = [info for info in archive.infolist() if not info.is_dir()]
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return
    judged = {entry.number for entry in found if entry.member is not None}
    whole = [entry for entry in found if entry.member is None]  # a problem of the archive as such
    assert whole or len(judged) + len(passed) >= len(files), "a member is neither judged nor told"


def _alone(entry: Entry, contents: Contents) -> bytes | None:
    """The content of an entry as a file of its own; None where it can't be read."""
    try:
        if entry.group is None:
            content = contents.of(entry)
            return content if content.strip() else None
        return _row(entry)
    except Unreadable:
        return None


def _row(entry: Entry) -> bytes | None:
    """The JSON of a row, as the readers are given it where it can't be read quickly."""
    assert entry.group is not None
    try:
        with open(entry.path, "rb") as file:
            rows = next(parquet.some_rows(parquet.opened_file(file), entry.group))
            return parquet.row_content(rows, entry.offset, None)
    except (pa.ArrowException, OSError, StopIteration, ValueError, OverflowError):
        return None


def _said(verdict: Verdict) -> Any:
    """What is said of a plan, wherever it stands."""
    findings = sorted((item.rule, item.subject.id, json.dumps(item.evidence, default=str)) for item in verdict.findings)
    return verdict.status, findings, sorted(replace(problem).code for problem in verdict.problems)
