"""`thamdinh schema`: JSON Schema of plans and rule files, for completion in editors."""

import json
from typing import Any

import click

from ..engine.text import Text
from .bilingual import command as bilingual_command
from .bilingual import write


@bilingual_command(
    Text(
        "In lược đồ JSON của kế hoạch (plan) hoặc tệp quy tắc (rules), để trình soạn thảo gợi ý khi gõ.",
        "Print the JSON Schema of plans (plan) or rule files (rules), for completion in editors.",
    )
)
@click.argument("what", type=click.Choice(["plan", "rules"]))
def command(what: str) -> int:
    """Print the schema."""
    schema: dict[str, Any]
    if what == "plan":
        from ..engine.plan_schema import plan_schema

        schema = plan_schema()
    else:
        from ..engine.directive import rules_schema

        schema = rules_schema()
    write((json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode())
    return 0
