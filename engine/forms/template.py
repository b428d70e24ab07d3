"""A commented plan to fill in, one for each kind of organisation, that keeps the directive once it is filled."""

from typing import Final

from ..base.text import Language, Text
from ..model.vocabulary import LABELS, Kind, Standing

FORCES: Final = (Kind.POLICE, Kind.MILITARY, Kind.BORDER_GUARD)
GRASSROOTS: Final = (Kind.COMMUNE, Kind.WARD, Kind.TOWNSHIP)

_HEAD: Final = Text(
    """\
# Kế hoạch tổ chức hội nghị sơ kết giữa nhiệm kỳ và tổng kết năm ({kind})
# Cách dùng: thay mọi chỗ ghi <…>, thêm hoặc bớt dòng cho đủ người, rồi chạy: thamdinh lint {file}
# Giờ ghi theo mẫu 2017-12-28T07:30 hoặc 28/12/2017 07:30. Mỗi người một mã (p01, p02, …) và dùng mã đó ở các phần sau.
""",
    """\
# Plan of the mid-term and year-end review conference ({kind})
# How to use it: replace every <…>, add or drop rows until everybody is there, then run: thamdinh lint {file}
# Times are written 2017-12-28T07:30 or 28/12/2017 07:30. Each person has an id (p01, p02, …), used in what follows.
""",
)

_WORDS: Final[dict[str, Text]] = {
    "name": Text("<tên đảng bộ, chi bộ>", "<name of the committee or cell>"),
    "district": Text("<huyện, thành phố>", "<district>"),
    "superior": Text("<cấp ủy cấp trên trực tiếp>", "<committee directly above>"),
    "venue": Text("<địa điểm>", "<venue>"),
    "directed_by": Text("<cấp ủy ngành cấp trên chỉ đạo>", "<directing committee of the sector>"),
    "date": Text("<năm-tháng-ngày>", "<year-month-day>"),
    "guidance": Text("<số, ngày của văn bản hướng dẫn>", "<number and date of the guidance>"),
    "year_report": Text("Báo cáo tổng kết năm", "Year-end report"),
    "term_report": Text("Báo cáo sơ kết giữa nhiệm kỳ", "Mid-term report"),
    "secretary": Text("<họ và tên bí thư>", "<name of the secretary>"),
    "member": Text("<họ và tên cấp ủy viên>", "<name of a committee member>"),
    "delegate": Text("<họ và tên đại biểu>", "<name of a delegate>"),
    "cadre": Text("<họ và tên cán bộ chủ chốt>", "<name of a key cadre>"),
    "guest": Text("<họ và tên người dự phần tổng kết năm>", "<name of who attends the year-end part>"),
    "committee": Text("<tên cấp ủy>", "<name of the committee>"),
    "targets": Text("<số chỉ tiêu>", "<number of targets>"),
}

_COMMENTS: Final[dict[str, Text]] = {
    "kind": Text("loại hình: {kinds}", "kind: {kinds}"),
    "directed": Text(
        "Công an, Quân sự, Bộ đội Biên phòng: cấp ủy ngành cấp trên chỉ đạo; nơi khác bỏ trống",
        "police, military and border guard only: the sector's superior committee",
    ),
    "sessions": Text(
        "các phiên họp; part là year_end (tổng kết năm) hoặc mid_term (sơ kết giữa nhiệm kỳ)",
        "the sessions; part is year_end or mid_term",
    ),
    "discussions": Text("thảo luận nhóm (group) ở từng phần", "group discussion in each part"),
    "reports": Text(
        "hai báo cáo tách biệt; báo cáo sơ kết có đủ ba nội dung",
        "two separate reports; the mid-term one has all three contents",
    ),
    "participants": Text(
        "tư cách: {standings}; eligible: false nếu không đủ điều kiện dự",
        "standing: {standings}; eligible: false for who may not attend",
    ),
    "parts": Text(
        "đại biểu dự đại hội và cán bộ chủ chốt dự cả hai phần; người dự thường lệ chỉ dự tổng kết năm",
        "delegates and key cadres attend both parts, customary attendees the year-end part only",
    ),
    "committees": Text(
        "mỗi cấp ủy viên một dòng; role: secretary, deputy_secretary, standing_member, member",
        "one row a seat; role: secretary, deputy_secretary, standing_member, member",
    ),
    "also_on": Text(
        "nếu còn tham gia cấp ủy khác, thêm also_on: [tên cấp ủy]",
        "who also sits on another committee: add also_on: [its name]",
    ),
    "votes": Text(
        "mỗi cấp ủy một lần lấy phiếu, phiếu đối với từng cấp ủy viên, phát trước giờ khai mạc",
        "one vote a committee, a ballot on every member, handed out before the opening",
    ),
    "outcomes": Text(
        "nghị quyết năm sau có chỉ tiêu; kết luận hoặc nghị quyết đến cuối nhiệm kỳ",
        "next year's resolution with targets; a conclusion or resolution for the rest of the term",
    ),
}


_BODY: Final = """\
{head}schema: 1
organization:
  name: "{word[name]}"
  {note[kind]}
  kind: {kind.value}
  term: 2015-2020
  district: "{word[district]}"
  direct_superior: "{word[superior]}"
conference:
  venue: "{word[venue]}"
  {note[directed]}
  directed_by: {directed_by}
  {note[sessions]}
  sessions:
    - {{start: "{day}T{year_end[0]}", end: "{day}T{year_end[1]}", part: year_end}}
    - {{start: "{day}T{mid_term[0]}", end: "{day}T{mid_term[1]}", part: mid_term}}
  {note[discussions]}
  discussions:
    - {{part: year_end, format: group}}
    - {{part: mid_term, format: group}}
{note[reports]}
reports:
  - {{id: bc-tong-ket, title: {word[year_report]}, contents: [year_end_review], guidance: "{word[guidance]}"}}
  - {{id: bc-so-ket, title: {word[term_report]}, contents: [mid_term_review, leadership_self_criticism, inspection_supervision], guidance: "{word[guidance]}"}}
{note[participants]}
{note[parts]}
participants:
  - {{id: p01, name: "{word[secretary]}", standing: congress_delegate, eligible: true, parts: [year_end, mid_term]}}
  - {{id: p02, name: "{word[member]}", standing: congress_delegate, eligible: true, parts: [year_end, mid_term]}}
  - {{id: p03, name: "{word[delegate]}", standing: congress_delegate, eligible: true, parts: [year_end, mid_term]}}
  - {{id: p04, name: "{word[cadre]}", standing: key_cadre, parts: [year_end, mid_term]}}
  - {{id: p05, name: "{word[guest]}", standing: customary, parts: [year_end]}}
{note[committees]}
{note[also_on]}
committees:
  - id: cap-uy
    name: "{word[committee]}"
    members:
      - {{person: p01, role: secretary}}
      - {{person: p02, role: member}}
{note[votes]}
confidence_votes:
  - committee: cap-uy
    briefing: {{by: p01, covers: [purpose, requirements]}}
    ballots_distributed_at: "{day}T07:00"
    ballots: [p01, p02]
    counted_at: "{day}T{counted}:00"
    published:
      - {{to: same_level_committee, at: "{day}T{mid_term[1]}"}}
      - {{to: direct_superior_committee, at: "{day}T17:00"}}
{note[outcomes]}
outcomes:
  - {{kind: resolution, subject: next_year, targets: {word[targets]}}}
  - {{kind: conclusion, subject: rest_of_term}}
"""


def template(kind: Kind, file: str, language: Language) -> str:
    """The YAML text of a plan to fill in. Every `<…>` is to be replaced; times keep the directive as they stand."""
    word = {name: text[language] for name, text in _WORDS.items()}
    kinds = ", ".join(f"{member.value} ({LABELS[Kind][member.value][language]})" for member in Kind)
    standings = ", ".join(
        f"{member.value} ({LABELS[Standing][member.value][language]})"
        for member in Standing
        if member is not Standing.ELECTED_IN_ADDITION
    )
    note = {name: _comment(text[language].format(kinds=kinds, standings=standings)) for name, text in _COMMENTS.items()}
    head = _HEAD[language].format(kind=LABELS[Kind][kind.value][language], file=file)
    directed_by = f'"{word["directed_by"]}"' if kind in FORCES else "null"
    year_end, mid_term = (
        (("07:30", "11:00"), ("13:30", "16:30")) if kind in GRASSROOTS else (("07:30", "09:00"), ("09:15", "11:30"))
    )
    return _BODY.format(
        head=head,
        kind=kind,
        directed_by=directed_by,
        day=word["date"],
        year_end=year_end,
        mid_term=mid_term,
        counted=mid_term[1][:2],
        word=word,
        note=note,
    )


def _comment(words: str) -> str:
    return f"# {words[0].upper()}{words[1:]}"
