"""A waived finding as the summaries of an audit list it: what it is, who answers for it in which document, and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..base.as_json import AsJson
from ..base.problem import Place
from ..base.text import Language, Text
from ..evaluation.verdict import Verdict


@dataclass(frozen=True, slots=True)
class WaivedFinding(AsJson):
    """One finding that a waiver covers, on the plan of an organisation."""

    rule: str
    subject: str
    organization: str
    approved_by: str
    document: str
    valid_until: str
    reason: str
    place: Place

    def words(self, language: Language) -> str:
        """The finding in a line."""
        until = Text("đến hết", "until")[language]
        approval = f"{self.approved_by}, {self.document}, {until} {self.valid_until}"
        return f"{self.rule} {self.subject}, {self.organization}: {approval} ({self.place.describe(language)})"


def waived_findings(verdict: Verdict) -> Iterator[WaivedFinding]:
    """The findings of a verdict that are waived, in its order."""
    for finding in verdict.findings:
        if finding.waived is not None:
            said = {name: str(finding.waived.get(name) or "") for name in _SAID}
            yield WaivedFinding(
                rule=finding.rule,
                subject=finding.subject.id,
                organization=verdict.organization or "",
                place=finding.place,
                **said,
            )


_SAID: Final = ("approved_by", "document", "valid_until", "reason")
