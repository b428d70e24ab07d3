"""Copies of the repository, for tests that change it or build from it."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.appraisal import ROOT


def repository(folder: Path) -> Path:
    """A clone in a folder that there is not yet; what Python has compiled of files that are the same need not be again."""
    subprocess.run(["git", "clone", "--quiet", "--shared", ROOT, folder], check=True)
    for source in folder.rglob("*.py"):
        original = ROOT / source.relative_to(folder)
        if not original.exists() or original.read_bytes() != source.read_bytes():
            continue
        stat = original.stat()
        os.utime(source, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # by its size and this, Python knows what is compiled
        for compiled in original.parent.glob(f"__pycache__/{source.stem}.*.pyc"):
            target = source.parent / "__pycache__" / compiled.name
            target.parent.mkdir(exist_ok=True)
            shutil.copy(compiled, target)
    return folder
