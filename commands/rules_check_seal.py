"""`thamdinh rules check-seal`: whether a sealed change is what it says, shown again from the file alone."""

from pathlib import Path

import click

from ..engine.assurance.signed_change import IMPACT, REVIEW, SECTIONS, shown_again
from ..engine.base.text import Text
from ..engine.directive.signing import SignedChange, opened
from .bilingual import argument, language, write
from .bilingual import command as bilingual_command

_AGAIN = {
    True: Text("làm lại, đúng như đã niêm phong", "shown again, as it was sealed"),
    False: Text("làm lại, KHÁC với lúc niêm phong", "shown again, and NOT as it was sealed"),
    None: Text("không làm lại được ở đây (thiếu bộ giải)", "not tried here (there is no solver)"),
}


@bilingual_command(
    Text(
        "Kiểm tra tệp niêm phong TỆP mà không cần mạng: chữ ký, từng tệp, rồi làm lại mọi chứng cứ. Mã kết thúc: 0 đúng cả và "
        "khóa được tin, 1 có phần khác, 2 không dùng được hoặc khóa chưa được tin.",
        "Check the sealed change FILE without a network: signature, every file, then all evidence anew. Exit status: 0 all holds "
        "and the key is trusted, 1 some of it differs, 2 it can't be used, or its key is not trusted.",
    )
)
@argument("file", metavar="FILE", type=click.Path(path_type=Path))
def command(file: Path) -> int:
    """Print what holds, and give the exit status."""
    signed = opened(file)
    again = shown_again(signed)
    lines = [
        *_about(signed),
        *(
            Text(f"{name.vi}: {_AGAIN[again[key]].vi}", f"{name.en}: {_AGAIN[again[key]].en}")
            for key, name in SECTIONS.items()
        ),
    ]
    write("".join(f"{line[language()]}\n" for line in lines).encode())
    if signed.by is None:
        return 2
    return 1 if False in again.values() else 0


def _about(signed: SignedChange) -> list[Text]:
    new, old = (_named(signed.change.get(side)) for side in ("new", "old"))
    by = (
        Text(f"Khóa: {signed.by} ({signed.key})", f"Key: {signed.by} ({signed.key})")
        if signed.by
        else Text(f"Khóa CHƯA được tin: {signed.key}", f"The key is NOT trusted: {signed.key}")
    )
    beside = [name for name in (IMPACT, REVIEW) if name in signed.files]
    held = ", ".join(beside) or "–"
    return [
        Text(f"Bộ quy tắc: {old} → {new}", f"Pack: {old} → {new}"),
        by,
        Text(f"Chữ ký và {len(signed.files)} tệp: đúng", f"Signature and {len(signed.files)} files: hold"),
        Text(f"Kèm theo, không làm lại: {held}", f"Held besides, not shown again: {held}"),
    ]


def _named(about: object) -> str:
    return f"{about.get('id')} {about.get('version')}" if isinstance(about, dict) else "–"
