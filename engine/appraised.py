"""One plan appraised by itself, with everything an explanation of it needs at hand."""

from dataclasses import dataclass

from .appraise import Job, appraise_all, rehearsed
from .check import Checker
from .choosing import directive_for
from .document import Document
from .integrity import read_plan
from .packs import Pack, read
from .plan import Plan
from .problem import Unreadable
from .readers.discover import Source
from .settings import Settings
from .verdict import Verdict
from .waivers import waivers_in_force
from .waiving import Waiving


@dataclass(frozen=True, slots=True)
class Appraised:
    """A plan, the pack it was checked against, and the engine's verdict with what held."""

    pack: Pack
    plan: Plan
    document: Document
    verdict: Verdict


def appraised(file: str, settings: Settings) -> Appraised:
    """Appraise one file by its pack and the waivers in force (not standard input, which can be read but once). Raises Unreadable with all its problems."""
    source = Source(file)
    rehearsed(lambda: read_plan(source.read()), source.name, settings.limits)
    document = source.read()
    plan = read_plan(document)
    pack = read(directive_for(plan, document, settings.directive))
    [verdict] = appraise_all([Job(source, Checker(pack.ruleset, passes=True))], settings.limits)
    if verdict.problems:
        raise Unreadable(*verdict.problems)
    waived = Waiving(waivers_in_force(settings.waivers)).applied([verdict])
    return Appraised(pack, plan, document, waived.verdicts[0])
