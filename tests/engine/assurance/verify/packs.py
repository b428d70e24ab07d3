"""Small packs for verification: rules in few words, with everything a pack needs around them."""

from pathlib import Path
from typing import Any

import yaml

from thamdinh.engine.directive.pack import Pack
from thamdinh.engine.directive.packs import read

Data = dict[str, Any]
_TEXT = {"vi": "lời", "en": "words"}


def rule(code: str, clause: str, each: str, require: Data, where: Data | None = None) -> Data:
    """A rule in few words."""
    return {
        "id": code,
        "clause": [clause],
        "severity": "error",
        "title": {"vi": f"Quy tắc {code}", "en": f"Rule {code}"},
        "each": each,
        "where": where or {},
        "require": require,
        "message": _TEXT,
        "fix": _TEXT,
        "examples": {"breach": "x: 1", "pass": "x: 1"},
    }


def pack(
    folder: Path,
    rules: list[Data],
    parameters: dict[str, tuple[str, Any]] | None = None,
    exceptions: Any = (),
    extends: str | None = None,
) -> Pack:
    """A pack of these rules, read from disk; a parameter is given as its clause and its value."""
    clauses = sorted({clause for item in rules for clause in item["clause"]} | {item["id"] for item in exceptions})
    head = {
        "schema": 1,
        "id": "tiny",
        "version": "1",
        "title": _TEXT,
        "issuer": _TEXT,
        "jurisdiction": {"province": "Bến Tre"},
        **({} if extends is None else {"extends": extends}),
        "term": "2015-2020",
        "valid_from": "2017-12-18",
        "valid_to": "2020-12-31",
        "source": {"title": _TEXT, "date": "2017-01-01"},
        "clauses": [
            {"id": name, "modality": "obligation", "source": {"paragraph": 1, "sentence": 1}, "text": _TEXT}
            for name in clauses
        ],
        "parameters": [
            {"id": name, "value": value, "unit": "count", "clause": clause, "title": _TEXT, "reason": _TEXT}
            for name, (clause, value) in (parameters or {}).items()
        ],
        "exceptions": [{**item, "reason": _TEXT} for item in exceptions],
    }
    folder.mkdir(exist_ok=True)
    (folder / "directive.yaml").write_text(yaml.safe_dump(head, allow_unicode=True), encoding="utf-8")
    (folder / "rules.yaml").write_text(yaml.safe_dump({"rules": rules}, allow_unicode=True), encoding="utf-8")
    return read(str(folder))
