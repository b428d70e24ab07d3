"""Synthetic plans for training and measurements: of every kind, lifelike, with known breaches put in.

The people and their party cards are made up. Without breaches a plan keeps every rule of ben-tre-2017, advice included.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from random import Random
from typing import Any, Final

from ..model.vocabulary import Kind

Data = dict[str, Any]
"""A plan as plain data (plan-format)."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach that was put into a plan: the rule that finds it, and the id of its subject."""

    rule: str
    subject: str


@dataclass(frozen=True, slots=True)
class Synthetic:
    """A plan, and every breach in it."""

    plan: Data
    breaches: tuple[Breach, ...]


def generate(
    plans: int, seed: int, breach_rate: float, participants: int = 100, across_rate: float = 0.0
) -> Iterator[Synthetic]:
    """So many plans, each with one to three breaches at the given rate (0 to 1); the same seed gives the same plans.

    `participants` is how many people take part in each conference (at least 10). At `across_rate`, a plan comes with
    another one that it has to do with: a copy, a second conference, a person in both; some of that keeps the rules across
    plans, some breaches them. The plans of such a pair breach nothing else.
    """
    random = Random(seed)  # noqa: S311
    organizations = _organizations()
    number = 0
    while number < plans:
        author = _Author(random, number, *next(organizations))
        if across_rate and number + 1 < plans and author.kind in _CIVIL and random.random() < across_rate:
            yield from random.choice(_PAIRS)(author, organizations, participants)
            number += 2
            continue
        plan = author.plan(participants)
        breaches = _inject(plan, random) if random.random() < breach_rate else ()
        yield Synthetic(plan, breaches)
        number += 1


_COMMUNES: Final = {
    "Thành phố Bến Tre": ("Mỹ Thạnh An", "Sơn Đông", "Bình Phú", "Phú Hưng", "Nhơn Thạnh"),
    "Huyện Châu Thành": ("Phú Túc", "Tân Thạch", "Quới Sơn", "An Khánh", "Giao Long", "Tiên Thủy"),
    "Huyện Ba Tri": ("An Bình Tây", "Bảo Thạnh", "Tân Thủy", "An Thủy", "Mỹ Chánh", "Phú Lễ"),
    "Huyện Bình Đại": ("Thới Thuận", "Thừa Đức", "Bình Thới", "Lộc Thuận", "Châu Hưng"),
    "Huyện Chợ Lách": ("Vĩnh Thành", "Long Thới", "Hưng Khánh Trung B", "Sơn Định"),
    "Huyện Giồng Trôm": ("Lương Hòa", "Châu Bình", "Tân Hào", "Hưng Nhượng", "Thuận Điền"),
    "Huyện Mỏ Cày Bắc": ("Tân Thành Bình", "Thành An", "Nhuận Phú Tân", "Hưng Khánh Trung A"),
    "Huyện Mỏ Cày Nam": ("An Định", "Đa Phước Hội", "Cẩm Sơn", "Hương Mỹ"),
    "Huyện Thạnh Phú": ("Giao Thạnh", "An Nhơn", "Tân Phong", "Đại Điền", "Thạnh Hải"),
}
_CITY: Final = "Thành phố Bến Tre"
_TOWNSHIPS: Final = {
    "Huyện Châu Thành": "Châu Thành",
    "Huyện Ba Tri": "Ba Tri",
    "Huyện Bình Đại": "Bình Đại",
    "Huyện Chợ Lách": "Chợ Lách",
    "Huyện Giồng Trôm": "Giồng Trôm",
    "Huyện Mỏ Cày Nam": "Mỏ Cày",
    "Huyện Thạnh Phú": "Thạnh Phú",
}
_OFFICES: Final = ("Sở Tài chính", "Sở Công Thương", "Sở Xây dựng", "Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Tư pháp")
_FAMILY: Final = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Phan", "Trương", "Bùi", "Đặng", "Đỗ", "Hồ")
_MIDDLE: Final = ("Văn", "Thị", "Minh", "Thanh", "Hữu", "Ngọc", "Hoàng", "Thị Kim", "Quốc", "Thị Thu")
_GIVEN: Final = ("Bình", "Hoa", "Sáu", "Dũng", "Hạnh", "Phúc", "Tuyết", "Nghĩa", "Lan", "Tâm", "Đức", "Hương", "Út")
_NAMES: Final = tuple(f"{family} {middle} {given}" for family in _FAMILY for middle in _MIDDLE for given in _GIVEN)
_SUPERIORS: Final = {
    Kind.POLICE: "Đảng ủy Công an tỉnh Bến Tre",
    Kind.MILITARY: "Đảng ủy Quân sự tỉnh Bến Tre",
    Kind.BORDER_GUARD: "Đảng ủy Bộ đội Biên phòng tỉnh Bến Tre",
}
_FORCES: Final = {Kind.POLICE: "Công an", Kind.MILITARY: "Quân sự", Kind.BORDER_GUARD: "Bộ đội Biên phòng"}
_SECTOR: Final = (Kind.PROVINCIAL_SECTOR_COMMITTEE, Kind.PROVINCIAL_SECTOR_CELL)


_Organization = tuple[Kind, str, str | None]
"""Kind, name and district."""


def _organizations() -> Iterator[_Organization]:
    """Kinds, names and districts of organisations without end; no name comes twice."""
    every: list[_Organization] = []
    for district, communes in _COMMUNES.items():
        every += [(Kind.COMMUNE, f"Đảng bộ xã {name}", district) for name in communes]
    every += [(Kind.WARD, f"Đảng bộ phường {number}", _CITY) for number in range(1, 9)]
    every += [(Kind.TOWNSHIP, f"Đảng bộ thị trấn {name}", district) for district, name in _TOWNSHIPS.items()]
    for office in _OFFICES:
        every.append((Kind.PROVINCIAL_SECTOR_COMMITTEE, f"Đảng bộ {office}", None))
        every.append((Kind.PROVINCIAL_SECTOR_CELL, f"Chi bộ Văn phòng {office}", None))
    for kind, force in _FORCES.items():
        every += [(kind, f"Đảng bộ {force} {place}", place) for place in _COMMUNES]
    # Kinds take turns, so that a few plans show them all.
    every = [row for _, row in sorted(enumerate(every), key=lambda item: item[0] * 37 % len(every))]
    for turn, (kind, name, where) in enumerate(cycle(every)):
        series = turn // len(every)
        yield kind, name if series == 0 else f"{name} (bộ {series + 1})", where


class _Author:
    """Writes one plan that keeps the directive."""

    def __init__(self, random: Random, number: int, kind: Kind, name: str, district: str | None) -> None:
        self.random, self.number = random, number
        self.kind, self.name, self.district = kind, name, district
        self.day = datetime(2017, 12, 18) + timedelta(days=random.randrange(28))

    def plan(self, participants: int) -> Data:
        superior = _SUPERIORS.get(self.kind) or (
            "Đảng ủy Khối các cơ quan tỉnh Bến Tre"
            if self.district is None
            else self.district.replace("Huyện ", "Huyện ủy ").replace("Thành phố ", "Thành ủy ")
        )
        organization: Data = {"name": self.name, "kind": self.kind.value, "term": "2015-2020"}
        if self.district is not None:
            organization["district"] = self.district
        conference: Data = {
            "venue": self.random.choice(("Hội trường Ủy ban nhân dân", "Hội trường Đảng ủy", "Nhà văn hóa trung tâm")),
            "sessions": self._sessions(),
            "discussions": [{"part": "year_end", "format": "group"}, {"part": "mid_term", "format": "group"}],
        }
        if self.kind in _FORCES:
            conference["directed_by"] = superior
        people = self._participants(participants)
        committees = self._committees(people)
        return {
            "schema": 1,
            "organization": {**organization, "direct_superior": superior},
            "conference": conference,
            "reports": _reports(),
            "participants": people,
            "committees": committees,
            "confidence_votes": [self._vote(committee, conference["sessions"]) for committee in committees],
            "outcomes": [
                {"kind": "resolution", "subject": "next_year", "targets": self.random.randrange(8, 20)},
                {"kind": self.random.choice(("resolution", "conclusion")), "subject": "rest_of_term"},
            ],
        }

    def _at(self, clock: str, days: int = 0) -> str:
        return f"{self.day + timedelta(days=days):%Y-%m-%d}T{clock}"

    def _sessions(self) -> list[Data]:
        morning = {"start": self._at("07:30"), "end": self._at("11:00"), "part": "year_end"}
        afternoon = {"start": self._at("13:30"), "end": self._at("16:30"), "part": "mid_term"}
        if self.kind in _SECTOR and self.random.random() < 0.5:
            return [{**morning, "end": self._at("09:00")}, {**morning, "start": self._at("09:15"), "part": "mid_term"}]
        if self.kind not in _SECTOR and self.random.random() < 0.4:
            second = {"start": self._at("07:30", 1), "end": self._at("10:30", 1), "part": "mid_term"}
            return [morning, {**afternoon, "part": self.random.choice(("year_end", "mid_term"))}, second]
        return [morning, afternoon]

    def _participants(self, count: int) -> list[Data]:
        people: list[Data] = []
        for number, name in enumerate(self.random.choices(_NAMES, k=count)):
            share = number / count
            standing = "congress_delegate" if share < 0.75 else "key_cadre" if share < 0.85 else "customary"
            parts = ["year_end"] if standing == "customary" else ["year_end", "mid_term"]
            card = f"83.{self.number * count + number:08d}"
            person: Data = {"id": f"p{number + 1:03d}", "name": name, "party_card": card, "standing": standing}
            if standing == "congress_delegate" and share > 0.7 and self.random.random() < 0.2:
                person["eligible"], parts = False, []
            people.append({**person, "parts": parts})
        return people

    def _committees(self, people: list[Data]) -> list[Data]:
        size = max(3, min(15, len(people) // 4))
        roles = ["secretary", "deputy_secretary", "standing_member", *["member"] * size]
        cell = self.kind is Kind.PROVINCIAL_SECTOR_CELL
        body = self.name.replace("Đảng bộ ", "Ban Chấp hành Đảng bộ ").replace("Chi bộ ", "Chi ủy Chi bộ ")
        members = [{"person": person["id"], "role": role} for person, role in zip(people[:size], roles, strict=False)]
        return [{"id": "chi-uy" if cell else "dang-uy", "name": body, "members": members}]

    def _vote(self, committee: Data, sessions: list[Data]) -> Data:
        last = datetime.fromisoformat(max(session["end"] for session in sessions))
        counted = last - timedelta(minutes=self.random.choice((15, 30, 45)))
        return {
            "committee": committee["id"],
            "briefing": {"by": committee["members"][0]["person"], "covers": ["purpose", "requirements"]},
            "ballots_distributed_at": self._at(self.random.choice(("07:00", "07:15", "07:30"))),
            "ballots": [seat["person"] for seat in committee["members"]],
            "counted_at": _written(counted),
            "published": [
                {"to": "same_level_committee", "at": _written(counted + timedelta(minutes=20))},
                {"to": "direct_superior_committee", "at": _written(counted + timedelta(days=1))},
            ],
        }

    def next(self, organizations: Iterator[_Organization], days: int) -> "_Author":
        """The author of the next plan, of another organisation that is no force, so many days after this one."""
        kind, name, district = next(found for found in organizations if found[0] in _CIVIL)
        author = _Author(self.random, self.number + 1, kind, name, district)
        author.day = self.day + timedelta(days=days)
        return author


def _reports() -> list[Data]:
    mid_term = ["mid_term_review", "leadership_self_criticism", "inspection_supervision"]
    return [
        {
            "id": "bc-tong-ket",
            "title": "Báo cáo tổng kết năm 2017",
            "contents": ["year_end_review"],
            "guidance": "Hướng dẫn của Văn phòng cấp ủy",
        },
        {
            "id": "bc-so-ket",
            "title": "Báo cáo sơ kết giữa nhiệm kỳ",
            "contents": mid_term,
            "guidance": "Hướng dẫn của Ban Tổ chức Tỉnh ủy",
        },
    ]


def _written(instant: datetime) -> str:
    return instant.isoformat(timespec="minutes")


def _inject(plan: Data, random: Random) -> tuple[Breach, ...]:
    """Put one to three breaches into the plan, each in a part of the plan of its own."""
    kind = Kind(plan["organization"]["kind"])
    fitting = [fault for fault in _FAULTS if kind in fault.kinds]
    chosen: dict[str, _Fault] = {}
    for fault in random.sample(fitting, min(random.choice((1, 1, 2, 3)), len(fitting))):
        chosen.setdefault(fault.about, fault)
    return tuple(fault.put(plan, random) for fault in chosen.values())


@dataclass(frozen=True, slots=True)
class _Fault:
    """One way to break the directive: what part of a plan it changes, in which kinds of plan, and how."""

    about: str
    kinds: tuple[Kind, ...]
    put: Callable[[Data, Random], Breach]


_SUSPENDED: Final = tuple(_FORCES)
_CIVIL: Final = tuple(kind for kind in Kind if kind not in _SUSPENDED)
_GRASSROOTS: Final = (Kind.COMMUNE, Kind.WARD, Kind.TOWNSHIP)


def _too_long(rule: str) -> Callable[[Data, Random], Breach]:
    def put(plan: Data, _: Random) -> Breach:
        sessions = plan["conference"]["sessions"]
        day = datetime.fromisoformat(sessions[0]["start"])
        for days in (1, 2):
            start = day + timedelta(days=days)
            end = start.replace(hour=16, minute=30)
            sessions.append({"start": _written(start), "end": _written(end), "part": "mid_term"})
        return Breach(rule, "plan")

    return put


def _too_short(plan: Data, _: Random) -> Breach:
    first = plan["conference"]["sessions"][0]
    middle = first["start"][:11] + "09:00"
    plan["conference"]["sessions"] = [
        {**first, "end": middle, "part": "year_end"},
        {**first, "start": middle, "end": first["start"][:11] + "11:00", "part": "mid_term"},
    ]
    return Breach("TD101", "plan")


def _parts_swapped(plan: Data, _: Random) -> Breach:
    sessions = plan["conference"]["sessions"]
    sessions[0]["part"], sessions[-1]["part"] = "mid_term", "year_end"
    return Breach("TD701", "plan")


def _merged_report(plan: Data, _: Random) -> Breach:
    for report in plan["reports"]:
        if report["id"] == "bc-tong-ket":
            report["contents"].append("inspection_supervision")
    return Breach("TD201", "bc-tong-ket")


def _content_left_out(plan: Data, random: Random) -> Breach:
    content = random.choice(("leadership_self_criticism", "inspection_supervision"))
    plan["reports"][1]["contents"].remove(content)
    return Breach("TD202", f"bc-so-ket/{content}")


def _report_missing(plan: Data, random: Random) -> Breach:
    number = random.randrange(2)
    content = plan["reports"].pop(number)["contents"][0]
    return Breach("TD203", content)


def _no_guidance(plan: Data, random: Random) -> Breach:
    report = random.choice(plan["reports"])
    del report["guidance"]
    return Breach("TD704", report["id"])


def _someone(plan: Data, random: Random, standing: str) -> Data:
    found: Data = random.choice([p for p in plan["participants"] if p["standing"] == standing and p["parts"]])
    return found


def _guest_at_review(plan: Data, random: Random) -> Breach:
    person = _someone(plan, random, "customary")
    person["parts"] = ["year_end", "mid_term"]
    return Breach("TD301", person["id"])


def _seat_filled(plan: Data, random: Random) -> Breach:
    person = _someone(plan, random, "customary")
    person |= {"standing": "elected_in_addition", "replaces": plan["participants"][0]["id"], "parts": ["mid_term"]}
    return Breach("TD302", person["id"])


def _unfit_delegate(plan: Data, random: Random) -> Breach:
    person = _someone(plan, random, "congress_delegate")
    person["eligible"] = False
    return Breach("TD303", person["id"])


def _delegate_not_called(plan: Data, random: Random) -> Breach:
    person = _someone(plan, random, "congress_delegate")
    person["parts"] = ["year_end"]
    return Breach("TD304", person["id"])


def _plenary(plan: Data, random: Random) -> Breach:
    discussion = random.choice(plan["conference"]["discussions"])
    discussion["format"] = "plenary"
    return Breach("TD401", discussion["part"])


def _ballot_missing(plan: Data, random: Random) -> Breach:
    vote = plan["confidence_votes"][0]
    person = random.choice(vote["ballots"])
    vote["ballots"].remove(person)
    return Breach("TD501", f"{person}@{vote['committee']}")


def _briefing_short(plan: Data, random: Random) -> Breach:
    vote = plan["confidence_votes"][0]
    if random.random() < 0.5:
        vote["briefing"]["covers"].pop()
    else:
        vote["briefing"]["by"] = vote["ballots"][-1]
    return Breach("TD502", vote["committee"])


def _late_ballots(plan: Data, _: Random) -> Breach:
    vote = plan["confidence_votes"][0]
    vote["ballots_distributed_at"] = plan["conference"]["sessions"][0]["start"][:11] + "08:30"
    return Breach("TD503", vote["committee"])


def _not_published(plan: Data, random: Random) -> Breach:
    vote = plan["confidence_votes"][0]
    left_out = vote["published"].pop(random.randrange(2))
    return Breach("TD504", f"{vote['committee']}/{left_out['to']}")


def _published_early(plan: Data, _: Random) -> Breach:
    vote = plan["confidence_votes"][0]
    vote["published"][0]["at"] = _written(datetime.fromisoformat(vote["counted_at"]) - timedelta(minutes=10))
    return Breach("TD505", f"{vote['committee']}/{vote['published'][0]['to']}")


def _undirected(plan: Data, _: Random) -> Breach:
    del plan["conference"]["directed_by"]
    return Breach("TD601", "plan")


def _directed(plan: Data, _: Random) -> Breach:
    plan["conference"]["directed_by"] = _SUPERIORS[Kind.POLICE]
    return Breach("TD602", "plan")


def _no_targets(plan: Data, _: Random) -> Breach:
    plan["outcomes"][0]["targets"] = 0
    return Breach("TD702", "plan")


def _no_rest_of_term(plan: Data, _: Random) -> Breach:
    plan["outcomes"].pop()
    return Breach("TD703", "plan")


_FAULTS: Final = (
    _Fault("sessions", _GRASSROOTS, _too_long("TD101")),
    _Fault("sessions", _GRASSROOTS, _too_short),
    _Fault("sessions", _SECTOR, _too_long("TD102")),
    _Fault("sessions", _GRASSROOTS, _parts_swapped),
    _Fault("reports", _CIVIL, _merged_report),
    _Fault("reports", _CIVIL, _content_left_out),
    _Fault("reports", _CIVIL, _report_missing),
    _Fault("reports", _CIVIL, _no_guidance),
    _Fault("guests", _CIVIL, _guest_at_review),
    _Fault("guests", _CIVIL, _seat_filled),
    _Fault("delegates", _CIVIL, _unfit_delegate),
    _Fault("delegates", _CIVIL, _delegate_not_called),
    _Fault("discussions", _CIVIL, _plenary),
    _Fault("ballots", _CIVIL, _ballot_missing),
    _Fault("briefing", _CIVIL, _briefing_short),
    _Fault("hand-out", _CIVIL, _late_ballots),
    _Fault("publication", _CIVIL, _not_published),
    _Fault("publication", _CIVIL, _published_early),
    _Fault("direction", _SUSPENDED, _undirected),
    _Fault("direction", _CIVIL, _directed),
    _Fault("next year", _CIVIL, _no_targets),
    _Fault("rest of term", _CIVIL, _no_rest_of_term),
)


_Pair = Callable[["_Author", Iterator[_Organization], int], tuple[Synthetic, Synthetic]]
_APART: Final = 7
"""Days between two conferences that nobody should be at twice; no conference takes so many."""


def _copied(author: "_Author", _: Iterator[_Organization], participants: int) -> tuple[Synthetic, Synthetic]:
    plan = author.plan(participants)
    copy = Synthetic(plan, (Breach("TD801", "plan"),))
    return copy, copy


def _second_conference(author: "_Author", _: Iterator[_Organization], participants: int) -> tuple[Synthetic, Synthetic]:
    again = _Author(author.random, author.number + 1, author.kind, author.name, author.district)
    again.day = author.day + timedelta(days=_APART)
    breach = (Breach("TD802", "plan"),)
    return Synthetic(author.plan(participants), breach), Synthetic(again.plan(participants), breach)


def _booked_twice(
    author: "_Author", organizations: Iterator[_Organization], participants: int
) -> tuple[Synthetic, Synthetic]:
    plan, other = author.plan(participants), author.next(organizations, 0).plan(participants)
    one, same = (_someone(data, author.random, "key_cadre") for data in (plan, other))
    same["party_card"] = one["party_card"]
    return tuple(Synthetic(data, (Breach("TD803", who["id"]),)) for data, who in ((plan, one), (other, same)))  # type: ignore[return-value]


def _elsewhere(*, voted: bool) -> _Pair:
    def pair(
        author: "_Author", organizations: Iterator[_Organization], participants: int
    ) -> tuple[Synthetic, Synthetic]:
        plan, other = author.plan(participants), author.next(organizations, _APART).plan(participants)
        committee = other["committees"][0]["name"]
        seat = plan["committees"][0]["members"][1]
        seat["also_on"] = [committee]
        if voted:
            other["participants"][2]["party_card"] = _by_id(plan, seat["person"])["party_card"]
        breaches = () if voted else (Breach("TD507", f"{seat['person']}@{committee}"),)
        return Synthetic(plan, breaches), Synthetic(other, ())

    return pair


def _seat_above(
    author: "_Author", organizations: Iterator[_Organization], participants: int
) -> tuple[Synthetic, Synthetic]:
    """A seat on the committee above, which hands in no plan: not decidable, and so no breach."""
    plan = author.plan(participants)
    plan["committees"][0]["members"][0]["also_on"] = [plan["organization"]["direct_superior"]]
    return Synthetic(plan, ()), Synthetic(author.next(organizations, 0).plan(participants), ())


def _by_id(plan: Data, person: str) -> Data:
    found: Data = next(item for item in plan["participants"] if item["id"] == person)
    return found


_PAIRS: Final[tuple[_Pair, ...]] = (
    _copied,
    _second_conference,
    _booked_twice,
    _elsewhere(voted=False),
    _elsewhere(voted=True),
    _seat_above,
)
