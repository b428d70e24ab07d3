"""One plan appraised by itself, with everything an explanation of it needs at hand."""

from dataclasses import dataclass

from .appraise import Job, appraise_all
from .check import Checker
from .choosing import directive_for
from .document import Document
from .integrity import read_plan
from .packs import Pack, read
from .plan import Plan
from .problem import Unreadable
from .readers.discover import Source
from .verdict import Verdict
from .waiving import Waiving


@dataclass(frozen=True, slots=True)
class Appraised:
    """A plan, the pack it was checked against, and the engine's verdict with what held."""

    pack: Pack
    plan: Plan
    document: Document
    verdict: Verdict


def appraised(file: str, directive: str) -> Appraised:
    """Appraise one file (not standard input, which can be read but once). Raises Unreadable with all its problems."""
    document = Source(file).read()
    plan = read_plan(document)
    pack = read(directive_for(plan, document, directive))
    [verdict] = appraise_all([Job(Source(file), Checker(pack.ruleset, passes=True))])
    if verdict.problems:
        raise Unreadable(*verdict.problems)
    waived = Waiving().applied([(file, verdict)])
    return Appraised(pack, plan, document, waived.verdicts[0])
