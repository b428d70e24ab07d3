"""Folders that are known by an id, or named by a path: those of packs and of types of document."""

import os
from collections.abc import Mapping
from pathlib import Path

from .problem import UNREADABLE, Place, Problem, Unreadable
from .suggest import did_you_mean
from .text import Text


def folder_of(named: str, known: Mapping[str, Path], head: str, within: Path = Path()) -> Path | None:
    """The folder that is known by this id, or else the one at this path from `within`, which holds a file called `head`.

    What no file can be opened at is told by who opens it; None where there is nothing at all.
    """
    if named in known:
        return known[named]
    folder = within / named
    return folder if os.path.lexists(folder / head) else None


def located_folder(named: str, known: Mapping[str, Path], head: str, missing: Text) -> Path:
    """As `folder_of`, from where the program runs. Raises Unreadable with the message `missing`, and the nearest id."""
    folder = folder_of(named, known, head)
    if folder is None:
        names = ", ".join(known)
        otherwise = Text(
            f"Dùng một trong: {names}; hoặc một thư mục có {head}",
            f"Use one of: {names}; or a folder that holds {head}",
        )
        raise Unreadable(Problem(UNREADABLE, missing, did_you_mean(named, known, otherwise), Place(named)))
    return folder
