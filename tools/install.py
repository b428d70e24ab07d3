"""Install thamdinh from the wheels beside this file, without a network: `python3 install.py [FOLDER] [EXTRA ...]`.

FOLDER is where it goes (default: thamdinh in the home folder); EXTRA: verify, desk, cluster.
Cài thamdinh từ thư mục wheels cạnh tệp này, không cần mạng: `python3 install.py [THƯ_MỤC] [PHẦN_THÊM ...]`.
"""

import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(folder: Path, extras: "list[str]") -> None:
    """Make a virtual environment in the folder, and put thamdinh into it."""
    made_for = (HERE / "PYTHON").read_text().strip()
    if f"{sys.version_info.major}.{sys.version_info.minor}" != made_for:
        sys.exit(f"Cần Python {made_for}: python{made_for} install.py  (Python {made_for} is needed)")
    if folder.exists() and not (folder / "pyvenv.cfg").exists() and any(folder.iterdir()):
        sys.exit(f"{folder} đã có tệp khác: chọn thư mục khác  (it holds other files: choose another folder)")
    venv.create(folder, with_pip=False)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    (pip,) = (HERE / "wheels").glob("pip-*.whl")
    wanted = f"thamdinh[{','.join(extras)}]" if extras else "thamdinh"
    subprocess.run(
        [sys.executable, pip / "pip", "--python", programs / "python", "install", "--quiet",
         "--no-index", "--find-links", HERE / "wheels", "--upgrade", wanted],
        check=True,
    )  # fmt: skip
    print(f"Đã cài. Chạy: {programs / 'thamdinh'} --help  (installed; run it)")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path.home() / "thamdinh", sys.argv[2:])
