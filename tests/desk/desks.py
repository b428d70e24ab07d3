"""Desks with people at them, and plans to submit."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.appraisal import ROOT
from thamdinh.desk.desk import Desk
from thamdinh.desk.judging import Judged
from thamdinh.desk.judging import judge as judge_here
from thamdinh.desk.permissions import Actor
from thamdinh.desk.vocabulary import Role

COMPLIANT: Final = (ROOT / "examples" / "compliant" / "phuong-phu-khuong.yaml").read_bytes()
BREACHED: Final = (ROOT / "examples" / "breached" / "thanh-phan.yaml").read_bytes()
PASSWORD: Final = "một câu rất dài và dễ nhớ"

PEOPLE: Final[dict[str, tuple[Sequence[Role], str | None]]] = {
    "phutuc": (["office"], "Đảng ủy xã Phú Túc"),
    "phutuc2": (["office"], "Đảng ủy xã Phú Túc"),
    "batri": (["office"], "Đảng ủy thị trấn Ba Tri"),
    "canbo": (["appraiser"], None),
    "canbo2": (["appraiser"], None),
    "lanhdao": (["approver"], None),
    "lanhdao2": (["appraiser", "approver"], None),
    "ralinh": (["reader"], None),
    "kiemtra": (["auditor"], None),
    "quantri": (["administrator"], None),
}
"""The login of each of the people, with their roles and their organisation."""


@cache
def _judged(name: str, content: bytes, directive: str | None) -> Judged:
    return judge_here(name, content, directive)


def judge(
    name: str, content: bytes, directive: str | None = None, limits: Any = None, library: Path | None = None
) -> Judged:
    """The desk's judge, which judges each file once in all tests."""
    return (
        _judged(name, content, directive) if library is None else judge_here(name, content, directive, limits, library)
    )


class Peopled:
    """A desk, and its people as those who ask, by login."""

    def __init__(self, folder: Path, database: str | None = None, judge: Callable[..., Judged] = judge) -> None:
        self.desk = Desk(folder, database, judge=judge, make=True)
        accounts, organisations = self.desk.accounts.all(None)
        known = {one.name: one.id for one in organisations}
        for name in dict.fromkeys(name for _, name in PEOPLE.values() if name):
            if name not in known:
                known[name] = self.desk.accounts.add_organisation(None, name, name.split()[-1], "commune").id
        self.people = {one.login: Actor(one.id) for one in accounts}
        for login, (roles, organisation) in PEOPLE.items():
            if login not in self.people:
                made = self.desk.accounts.add(
                    None,
                    login,
                    f"Người {login.upper()}",
                    roles,
                    PASSWORD,
                    None if organisation is None else known[organisation],
                    f"{login}@example.vn",
                )
                self.people[login] = Actor(made.id)

    def __getitem__(self, login: str) -> Actor:
        return self.people[login]

    def submitted(self, content: bytes = BREACHED, by: str = "phutuc", key: str = "1") -> int:
        """The id of a case that has just been submitted."""
        return self.desk.cases.submit(self[by], "ke-hoach.yaml", content, key, "Vì chưa kịp sửa").case_id
