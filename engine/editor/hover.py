"""What is said of the place under the cursor: the finding there and its clause, or the key and its value."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, get_args

from ..base.problem import Path
from ..base.text import Language
from ..directive.describing import clause_of, place_in_source
from ..directive.phrasing import label
from ..evaluation.verdict import Finding
from ..model.expected import expected_keys
from .diagnosis import Diagnosis, pack
from .of_type import class_of
from .position import path_at


def about_findings(diagnosis: Diagnosis, findings: Iterable[Finding], language: Language) -> str:
    """Markdown on each finding: what it says, the clause in the project's words, and the remedy."""
    parts = []
    known = pack(diagnosis.directive)
    fix = "Cách sửa" if language == "vi" else "How to mend it"
    for finding in findings:
        lines = [f"**{finding.rule}** · {plain_markdown(finding.message[language])}"]
        clause = clause_of(known, finding.clause)
        if clause is not None:
            where = place_in_source(clause, language)
            lines.append(f"> **{clause.id}** ({where}): {plain_markdown(clause.text[language])}")
        lines.append(f"{fix}: {plain_markdown(finding.fix[language])}")
        parts.append("\n\n".join(lines))
    return "\n\n---\n\n".join(parts)


def about_key(diagnosis: Diagnosis, offset: int, language: Language) -> str | None:
    """Markdown on the key whose value is under the cursor; None outside of the plan's own keys."""
    if diagnosis.document is None:
        return None
    path = path_at(diagnosis.document.root, offset)
    key = next((step for step in reversed(path) if isinstance(step, str)), None)
    expected = expected_keys(class_of(diagnosis.document.data), path).get(key) if key is not None else None
    if key is None or expected is None:
        return None
    value = _value(diagnosis.document.data, path)
    said = [
        f"`{value}`: {label(kind, value, language)}"
        for kind in _enumerations(expected.annotation)
        if isinstance(value, str) and value in [member.value for member in kind]
    ]
    return "\n\n".join([f"**{key}**: {expected.title[language] if expected.title else ''}", *said])


def plain_markdown(words: str) -> str:
    """Text that comes from a plan, with nothing in it that Markdown or HTML would act on."""
    return "".join(f"\\{character}" if character in r"\`*_{}[]<>()#+-!|~&" else character for character in words)


def _value(data: Any, path: Path) -> object:
    for step in path:
        data = data[step]
    return data


def _enumerations(annotation: Any) -> list[type[StrEnum]]:
    here = [annotation] if isinstance(annotation, type) and issubclass(annotation, StrEnum) else []
    return here + [kind for part in get_args(annotation) for kind in _enumerations(part)]
