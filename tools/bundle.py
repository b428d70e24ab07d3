"""Make one archive that installs thamdinh without a network: `python tools/bundle.py WHEEL FOLDER`.

It holds the wheels of thamdinh, of all that it needs (extras too) and of pip, at the versions and hashes that are pinned, for
the Python and the system that it is made on; durable-rules, which comes as source alone, is built.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, PathDistribution
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
INSTALLER = Path(__file__).with_name("install.py")
PINS = tuple(ROOT / name for name in ("requirements.txt", "tools/build-requirements.txt"))


def needed(distribution: Distribution, extras: Iterable[str], seen: set[tuple[str, str]]) -> Iterator[str]:
    """The names of all distributions that one brings with these extras, as far as what is installed here says."""
    for extra in {*extras, ""}:
        if (distribution.name, extra) in seen:
            continue
        seen.add((distribution.name, extra))
        for line in map(Requirement, distribution.requires or []):
            if line.marker is not None and not line.marker.evaluate({"extra": extra}):
                continue
            if line.name == distribution.name:
                yield from needed(distribution, line.extras, seen)
                continue
            yield canonicalize_name(line.name)
            yield from needed(_installed(line.name), line.extras, seen)


def _installed(name: str) -> Distribution:
    try:
        return Distribution.from_name(name)
    except PackageNotFoundError:
        sys.exit(f"{name} is not installed here: make a new .venv (make clean lint)")


def pinned(names: set[str]) -> str:
    """The lines of both files of requirements for these distributions, with their hashes."""
    lines = "".join(file.read_text(encoding="utf-8") for file in PINS)
    entries = re.findall(r"^\S.*(?:\n    .*)*", lines, re.MULTILINE)
    return "\n".join(entry for entry in entries if canonicalize_name(re.split(r"[=\[ ]", entry)[0]) in names)


def bundle(wheel: Path, folder: Path) -> Path:
    """Make the archive in the folder, and give its name."""
    with zipfile.ZipFile(wheel) as opened:
        inside = zipfile.Path(opened, f"{'-'.join(wheel.name.split('-')[:2])}.dist-info/")
        names = {"pip", *needed(PathDistribution(inside), ["all"], set())}
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    name = f"{'-'.join(wheel.name.split('-')[:2])}-python{version}-{sysconfig.get_platform()}"
    with TemporaryDirectory() as made:
        top = Path(made) / name
        wheels = top / "wheels"
        wheels.mkdir(parents=True)
        pins = Path(made) / "pins.txt"
        pins.write_text(pinned(names), encoding="utf-8")
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
        subprocess.run(
            [*pip, "wheel", "--no-build-isolation", "--no-deps", "--require-hashes", "-r", pins, "-w", wheels],
            check=True,
        )
        shutil.copy(wheel, wheels)
        shutil.copy(INSTALLER, top)
        (top / "PYTHON").write_text(version, encoding="utf-8")
        archive = folder / f"{name}.tar.gz"
        with tarfile.open(archive, "w:gz", compresslevel=0) as file:  # wheels are compressed already
            file.add(top, name)
    return archive


if __name__ == "__main__":
    print(bundle(Path(sys.argv[1]), Path(sys.argv[2])))
