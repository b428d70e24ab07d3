"""Install the peers that thamdinh doesn't need itself into a folder of their own: `python -m benchmarks.peers`.

The folder is that of THAMDINH_PEERS, or one for temporary files. Versions are pinned by hash beside this file.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = Path(os.environ.get("THAMDINH_PEERS") or Path(tempfile.gettempdir()) / "thamdinh-peers")

Found = set[tuple[str, str]]


def install() -> None:
    """Install clipspy with pip, and json-rules-engine with npm where there is Node."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--require-hashes", "--target", str(FOLDER)]
    subprocess.run([*pip, "-r", str(HERE / "requirements.txt")], check=True)
    if shutil.which("npm"):
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / "node" / name, FOLDER)
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=FOLDER, check=True)


def has_clips() -> bool:
    """Whether clipspy can be imported, from the peers' folder too."""
    if (FOLDER / "clips").is_dir() and str(FOLDER) not in sys.path:
        sys.path.append(str(FOLDER))
    try:
        import clips  # type: ignore[import-not-found]  # noqa: F401
    except ImportError:
        return False
    return True


def has_node() -> bool:
    """Whether json-rules-engine can be run."""
    return shutil.which("node") is not None and (FOLDER / "node_modules" / "json-rules-engine").is_dir()


def run_node(path: Path, plans: int) -> tuple[float, list[Found]]:
    """The seconds json-rules-engine took, its start not counted, and the findings on each plan of a file of JSONL."""
    command = ["node", str(HERE / "node" / "run.mjs"), str(path), str(plans)]
    done = subprocess.run(command, check=True, capture_output=True, env={**os.environ, "THAMDINH_PEERS": str(FOLDER)})
    told = json.loads(done.stdout)
    return told["seconds"], [{(rule, subject) for rule, subject in found} for found in told["found"]]


if __name__ == "__main__":
    install()
