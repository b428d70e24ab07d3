"""Office files as the parts that they are packed of."""

from collections.abc import Callable

from thamdinh.engine.base.archives import members, packed

_MOST = 1 << 30


def parts_of(content: bytes) -> dict[str, bytes]:
    """What is in a file, by name."""
    return members(content, _MOST)


def repacked(content: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """A file with its parts changed."""
    parts = parts_of(content)
    change(parts)
    return packed(parts)
