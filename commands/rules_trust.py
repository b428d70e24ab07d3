"""`thamdinh rules trust`: trust a key of others, under a name."""

from pathlib import Path

import click

from ..engine.base.text import Text
from ..engine.directive.signing import trust
from .bilingual import argument, say
from .bilingual import command as bilingual_command


@bilingual_command(
    Text(
        "Tin khóa công khai trong TỆP dưới tên TÊN; hỏi nơi ban hành dấu vân khóa trước khi tin.",
        "Trust the public key in FILE under a NAME; ask its owner for the fingerprint first.",
    )
)
@argument("file", metavar="FILE", type=click.Path(path_type=Path))
@argument("name", metavar="NAME")
def command(file: Path, name: str) -> int:
    """Trust the key, and say its fingerprint."""
    fingerprint = trust(file, name)
    say(Text(f"Từ nay tin khóa “{name}”, dấu vân {fingerprint}", f"“{name}” is trusted from now on: {fingerprint}"))
    return 0
