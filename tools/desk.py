"""A desk to try: made-up offices, people and cases in a folder, and the server before it.

`python tools/desk.py [FOLDER]` makes them (in a temporary folder where none is named) and serves until Ctrl-C. Everybody's
password is printed with the accounts. `make_up(folder)` only makes them.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from thamdinh.desk.desk import Desk
from thamdinh.desk.permissions import Actor, Role
from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.documents import read
from thamdinh.engine.forms.word import write
from thamdinh.engine.model.integrity import read_plan

PASSWORD: Final = "bàn thẩm định để dùng thử"  # noqa: S105 (nobody's)
OFFICES: Final = (
    ("Đảng ủy phường 1", "Thành phố Bến Tre", "ward"),
    ("Đảng ủy xã Phú Túc", "Huyện Châu Thành", "commune"),
    ("Đảng ủy xã An Bình Tây", "Huyện Ba Tri", "commune"),
)
_FIRST: Final = 3
"""The number of the first office's plan among those that are made up together, of which each is of another organisation."""
STAFF: Final[dict[str, tuple[str, Sequence[Role]]]] = {
    "canbo": ("Trần Thị Cán Bộ", ["appraiser"]),
    "lanhdao": ("Lê Văn Lãnh Đạo", ["approver"]),
    "rasoat": ("Phạm Rà Soát", ["reader"]),
    "kiemtra": ("Võ Kiểm Tra", ["auditor"]),
    "quantri": ("Quản Trị", ["administrator"]),
}


def plan(seed: int, breach_rate: float, office: int) -> bytes:
    """A made-up plan of an office, of 30 participants, as a Word document."""
    *_, made = generate(_FIRST + office + 1, seed, breach_rate, people=30)
    return write(read_plan(read("plan.json", json.dumps(made.plan).encode())))


def make_up(folder: Path) -> dict[str, str]:
    """Make a desk in a folder; gives the login and the roles of everybody in it."""
    with Desk(folder, make=True) as desk:
        logins = {}
        for login, (name, roles) in STAFF.items():
            desk.accounts.add(None, login, name, roles, PASSWORD)
            logins[login] = ", ".join(roles)
        for number, (name, district, kind) in enumerate(OFFICES, 1):
            office = desk.accounts.add_organisation(None, name, district, kind)
            desk.accounts.add(None, f"donvi{number}", f"Văn thư {name}", ["office"], PASSWORD, office.id)
            logins[f"donvi{number}"] = name
        people = {one.login: Actor(one.id) for one in desk.accounts.all(None)[0]}
        cases = [
            desk.cases.submit(
                people[f"donvi{1 + seed % 3}"],
                f"ke-hoach-{seed}.docx",
                plan(seed, seed % 2, seed % 3),
                str(seed),
                "Xin hướng dẫn thêm",
            ).case_id
            for seed in range(1, 7)
        ]
        appraiser = people["canbo"]
        for case in cases[:4]:
            desk.cases.take(appraiser, case)
        desk.cases.comment(appraiser, cases[0], "Đề nghị ghi rõ giờ công khai kết quả.")
        desk.cases.request_changes(appraiser, cases[0], "Sửa các lỗi đã nêu rồi nộp lại.")
        desk.cases.propose(appraiser, cases[1], True)
        desk.cases.accept(people["lanhdao"], cases[1])
        desk.cases.propose(appraiser, cases[3], True)
    return logins


def main(arguments: Sequence[str]) -> int:
    """Make what is not there yet, and serve."""
    with TemporaryDirectory() as temporary:
        folder = Path(arguments[0]) if arguments else Path(temporary, "desk")
        if not folder.exists():
            for login, what in make_up(folder).items():
                print(f"{login:10} {what}")
            print(f"mật khẩu (password): {PASSWORD}")
        program = Path(sys.executable).with_name("thamdinh")
        return subprocess.run([program, "serve", "--data", folder], check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(0)
