"""`thamdinh schema`: JSON Schema of documents and rule files, for completion in editors."""

from typing import Any, Final

from ..engine.base.as_json import json_text
from ..engine.base.text import Text
from .bilingual import Choice, argument, option, write
from .bilingual import command as bilingual_command

_SCHEMAS: Final = {
    "plan": Text("văn bản", "document"),
    "rules": Text("quy tắc", "rules"),
    "waivers": Text("miễn trừ", "waivers"),
    "tests": Text("kiểm thử", "tests"),
    "document": Text("loại tài liệu", "document"),
}


@bilingual_command(
    Text(
        "In lược đồ JSON của văn bản (plan), tệp quy tắc (rules), tệp miễn trừ (waivers), kiểm thử của bộ quy tắc "
        "(tests) hoặc mô tả loại tài liệu (document), để trình soạn thảo gợi ý khi gõ.",
        "Print the JSON Schema of documents (plan), rule files (rules), waivers (waivers), tests of packs (tests) or "
        "descriptions of types of document (document), for completion in editors.",
    )
)
@argument("what", type=Choice(_SCHEMAS))
@option(
    "--document",
    metavar="TYPE",
    words=Text(
        "Với plan: loại tài liệu (thamdinh documents list) hoặc thư mục mô tả; mặc định: loại của văn bản không ghi document.",
        "With plan: type of document (thamdinh documents list) or folder of one; default: that of documents which say no type.",
    ),
)
def command(what: str, document: str | None) -> int:
    """Print the schema."""
    schema: dict[str, Any]
    if what == "plan":
        from ..engine.model.document_types import DEFAULT, description
        from ..engine.model.json_schema import document_schema

        schema = document_schema(description(document or DEFAULT))
    elif what == "rules":
        from ..engine.directive.written import rules_schema

        schema = rules_schema()
    elif what == "waivers":
        from ..engine.waivers.file import waivers_schema

        schema = waivers_schema()
    elif what == "document":
        from ..engine.model.document_types import description_schema

        schema = description_schema()
    else:
        from ..engine.assurance.rule_tests.written import tests_schema

        schema = tests_schema()
    write(json_text(schema).encode())
    return 0
