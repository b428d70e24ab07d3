"""What a signed change of a directive holds besides the packs: what was shown of the new one, so that anybody can show it again."""

import json
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any, Final

from ..base.archives import laid_out
from ..base.problem import SCHEMA, UNREADABLE, Place, Problem, Unreadable
from ..base.text import Text
from ..directive.pack import Pack
from ..directive.packs import digest, layers, read_kept
from ..directive.signing import SignedChange
from ..explain.difference import pack_differences
from .mutation.assessment import assess
from .mutation.equivalents import FILE, read_equivalents
from .mutation.survival import failing
from .rule_tests.run import run_tests
from .rule_tests.written import written_tests
from .scenarios import Scenario
from .scenarios.checking import SUFFIX, features_of, scenarios_in

EVIDENCE: Final = "evidence.json"
IMPACT: Final = "impact.json"
REVIEW: Final = "review.json"
_FEATURES: Final = "features"
_PATIENCE: Final = 10.0
"""Seconds for one question to the solver."""

SECTIONS: Final = {
    "differences": Text("Khác với bộ cũ", "Differences from the old pack"),
    "tests": Text("Kiểm thử của bộ", "Tests of the pack"),
    "scenarios": Text("Tình huống", "Scenarios"),
    "mutation": Text("Điểm đột biến", "Mutation score"),
    "proofs": Text("Kiểm chứng bằng bộ giải", "Proofs by the solver"),
}

Evidence = dict[str, Any]


def evidence(new: Pack, old: Pack | None, features: Path | None = None) -> Evidence:
    """What is shown of a pack, as plain data by section; nothing in it depends on where the pack lies.

    Proofs are None where the solver is not installed. Raises Unreadable where tests or scenarios fail or can't be read: such
    a pack is not sealed.
    """
    tested = run_tests(new, written_tests(new))
    features = features or features_of(new)
    scenarios = scenarios_in(features) if any(features.rglob(f"*{SUFFIX}")) else []
    failed = [scenario.name for scenario in failing(new.ruleset, scenarios, new.folder)]
    failed += [result.test.name for result in tested.results if not result.passed]
    if failed:
        raise Unreadable(_fails(new, failed))
    return {
        "differences": [] if old is None else [change.text.to_json() for change in pack_differences(old, new)],
        "tests": {"passed": len(tested.results), "operands": tested.operands, "unseen": len(tested.uncovered)},
        "scenarios": {"passed": len(scenarios)},
        "mutation": _mutation(new, scenarios),
        "proofs": _proofs(new),
    }


def _mutation(pack: Pack, scenarios: list[Scenario]) -> Evidence:
    """What became of every mutant; nothing of a pack without scenarios of its own, which its tests alone hold."""
    if not scenarios:
        return {}
    assessed = assess(pack, scenarios, read_equivalents(pack.folder / FILE))
    return {
        "killed": len(assessed.killed),
        "equivalent": len(assessed.equivalent),
        "survivors": [survivor.mutant.change for survivor in assessed.survivors],
    }


def _proofs(pack: Pack) -> object:
    """Every claim with how it stands, and the bound within which it was decided."""
    if find_spec("z3") is None:
        return None
    from .verify.bounds import parse_bound
    from .verify.verify import kinds_of, verify

    report = verify(pack, kinds_of(pack), parse_bound(()), _PATIENCE)
    claims = [
        {"kind": str(kind.kind), "claim": claim.question, "about": claim.about, "standing": claim.standing}
        for kind in report.kinds
        for claim in kind.claims
    ]
    counts = Counter(claim.standing for claim in report.claims)
    return {"bound": report.bound.to_json(), "standing": dict(sorted(counts.items())), "claims": claims}


def _fails(pack: Pack, failed: list[str]) -> Problem:
    named = "; ".join(failed[:3])
    return Problem(
        SCHEMA,
        Text(
            f"{len(failed)} kiểm thử hoặc tình huống của bộ quy tắc không đạt: {named}",
            f"{len(failed)} tests or scenarios of the pack fail: {named}",
        ),
        Text("Sửa trước: thamdinh rules test, thamdinh features check", "Mend them first: rules test, features check"),
        Place(str(pack.folder)),
    )


def pack_about(pack: Pack) -> dict[str, str]:
    """What a change says of a pack: its id, version and digest. Raises Unreadable."""
    return {"id": pack.directive.id, "version": pack.directive.version, "digest": digest(pack.folder)}


def files_of(new: Pack, old: Pack | None) -> dict[str, bytes]:
    """The packs with all that they extend, and the new one's tests, scenarios and review, by their names in the archive.

    Raises Unreadable.
    """
    found = {
        f"{side}/{layer}/{name}": data
        for side, pack in (("old", old), ("new", new))
        if pack is not None
        for layer, files in layers(pack.folder).items()
        for name, data in files.items()
    }
    own = next(iter(layers(new.folder)))
    beside = [*sorted((new.folder / "tests").glob("*.yaml")), new.folder / FILE]
    for path in beside:
        if path.is_file():
            found[f"new/{own}/{path.relative_to(new.folder).as_posix()}"] = path.read_bytes()
    features = features_of(new)
    for path in sorted(features.rglob(f"*{SUFFIX}")):
        found[f"{_FEATURES}/{path.relative_to(features).as_posix()}"] = path.read_bytes()
    return found


def shown_again(signed: SignedChange) -> dict[str, bool | None]:
    """Whether each section of the evidence is found again from the files of the change alone; None: not tried here.

    Raises Unreadable for a change that holds no pack, or another than it says, or where a section can't be shown at all.
    """
    kept = _evidence(signed)
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(laid_out(signed.files))
        except ValueError as error:  # a name that would leave it
            raise Unreadable(_not_as_said(signed, str(error))) from None
        new, old = (_pack(signed, folder, side) for side in ("new", "old"))
        if new is None:
            raise Unreadable(_not_as_said(signed, "new"))
        features = folder / _FEATURES
        found = evidence(new, old, features if features.is_dir() else None)
    return {
        section: None if None in (found[section], kept.get(section)) else found[section] == kept.get(section)
        for section in SECTIONS
    }


def _evidence(signed: SignedChange) -> Mapping[str, object]:
    try:
        kept = json.loads(signed.files[EVIDENCE])
    except (KeyError, ValueError, RecursionError):
        kept = None
    if not isinstance(kept, dict):
        raise Unreadable(_not_as_said(signed, EVIDENCE))
    return kept


def _pack(signed: SignedChange, folder: Path, side: str) -> Pack | None:
    """One of the packs as it was sealed, with the digest that the change says; None where there is none."""
    about = signed.change.get(side)
    if about is None:
        return None
    own = next((PurePosixPath(name).parts[1] for name in signed.files if name.startswith(f"{side}/")), None)
    if own is None or not isinstance(about, dict) or digest(folder / side / own, kept=True) != about.get("digest"):
        raise Unreadable(_not_as_said(signed, side))
    return read_kept(folder / side / own)


def _not_as_said(signed: SignedChange, what: str) -> Problem:
    return Problem(
        UNREADABLE,
        Text(f"Tệp niêm phong không có “{what}” như đã ghi", f"The sealed change has no “{what}” as it says"),
        Text("Không dùng tệp này; xin lại bản gốc từ nơi ban hành", "Do not use it; ask its issuer for the original"),
        Place(signed.file),
    )
