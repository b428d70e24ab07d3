"""The JSON Schema of a type of document (draft 2020-12), for completion and checks in editors."""

from typing import Any, Final

from pydantic import TypeAdapter

from .description import TYPE, Description, Enumeration, RecordType
from .document_types import DEFAULT
from .enumerations import class_name
from .records import document_class

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def document_schema(known: Description) -> dict[str, Any]:
    """The schema, with Vietnamese titles and descriptions, and each enumeration value explained in both languages."""
    schema = TypeAdapter(document_class(known)).json_schema()
    described: dict[str, RecordType | Enumeration] = {class_name(part.name): part for part in known.records}
    described |= {class_name(part.name): part for part in known.vocabulary}
    for name, part in {**schema["$defs"], class_name(known.root.name): schema}.items():
        part["title"] = described[name].label.vi
        part.pop("description", None)
        if isinstance(enumeration := described[name], Enumeration):
            part["enumDescriptions"] = [f"{member.words.vi} ({member.words.en})" for member in enumeration.members]
    said = {"const": known.id, "title": "loại tài liệu"}
    schema["properties"] = {TYPE: said, **schema["properties"]}
    if known.id != DEFAULT:
        schema["required"] = [TYPE, *schema.get("required", ())]
    return {"$schema": DIALECT, **schema}
