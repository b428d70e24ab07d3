"""Wheels, built in this process by setuptools: no program starts, and nothing comes from a network."""

import os
import shutil
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Final

from setuptools.build_meta import build_wheel

from tests.appraisal import ROOT

EXAMPLE: Final = ROOT / "tests" / "plug_ins"
"""An example of a plug-in, as a distribution."""


def wheel_of(source: Path, folder: Path) -> Path:
    """The wheel of a distribution, in a folder that there is not; what building leaves stays in it, too."""
    copy = shutil.copytree(source, folder / "source", ignore=shutil.ignore_patterns("__pycache__"))
    before = Path.cwd()
    os.chdir(copy)
    try:
        with redirect_stdout(StringIO()):
            return folder / build_wheel(str(folder))
    finally:
        os.chdir(before)
