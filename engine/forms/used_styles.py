"""The styles that texts of a document use, told by its bytes: a file brings many others, which are not looked at."""

import re
from typing import Final

_STYLE: Final = re.compile(rb"<(?:[\w.-]+:)?style(?=\s)")
"""Where a style begins: in no value of an attribute, for these have no “<”."""
_NAMED: Final = re.compile(rb"<(?:[\w.-]+:)?(?:\w*Style|basedOn)\s([^<>]*)")
_ATTRIBUTE: Final = re.compile(rb"([\w.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_OFF: Final = (b"0", b"false", b"off")


def marked(content: bytes) -> bytes:
    """What a part has between “<” and “<”, everything once: a text repeats its tags, and what it says of looks is in them."""
    return b"<".join((b"", *{*content.split(b"<")}))


def used(styles: bytes, text: bytes) -> bytes:
    """What a part says of the styles that a text names, of those that stand where none is named, of those that these are
    based on, and of the whole document; everything, where the bytes alone don't tell.
    """
    wanted = _named(text)
    if wanted is None or b"<!" in styles:
        return styles
    whole, *every = _STYLE.split(styles)
    known: dict[bytes, list[bytes]] = {}
    found, left = [whole], list[bytes]()
    for style in every:
        said = _attributes(style.partition(b">")[0])
        identities = [value for name, value in said if name == b"styleId"]
        is_default = any(name == b"default" and value not in _OFF for name, value in said)
        if len(identities) != 1 or is_default or b"&" in identities[0]:
            left.append(style)
        else:
            known.setdefault(identities[0], []).append(style)
    while wanted or left:
        left += [style for name in wanted for style in known.pop(name, ())]
        found += left
        if (wanted := _named(b"".join(left))) is None:
            return styles
        left = []
    return b"".join(found)


def _named(text: bytes) -> set[bytes] | None:
    """The styles that a text names; None where one of them can't be told."""
    tags = [[value for name, value in _attributes(tag) if name == b"val"] for tag in {*_NAMED.findall(text)}]
    names = {name for values in tags for name in values}
    return names if all(tags) and not any(b"&" in name for name in names) else None


def _attributes(tag: bytes) -> list[tuple[bytes, bytes]]:
    """The attributes in a tag, by their names without prefixes."""
    return [(name, double or single) for name, double, single in _ATTRIBUTE.findall(tag)]
