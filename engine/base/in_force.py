"""What a run went by: the settings, packs, waivers and baseline that were in force, and what they switched off.

Every output says it, from here: those who read a verdict know what it rests on.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from .as_json import AsJson
from .libraries import durable_rules_installed
from .record import Record
from .text import Text

_MOST_NAMED: Final = 12
"""How many rules that were switched off are named in words; the others are counted."""
_PACK: Final = Text("Bộ quy tắc", "Rule pack")
_NOT_CHOSEN: Final = Text(
    "Bộ quy tắc có thể chọn, chưa văn bản nào dùng", "Rule pack to choose from, used by no document"
)
ONE_ENGINE: Final = Text(
    "một bộ máy (quy tắc biên dịch; không có durable-rules để đối chiếu)",
    "one engine (compiled rules; no durable-rules to hold against them)",
)
_NO_FILE: Final = Text("không có", "none")


class PackInForce(Record, AsJson):
    """A pack that a run went by. `digest` is the beginning of a fingerprint of its content; `folder` where it came from,
    None where it comes with the program. `sealed_by`: the trusted key that vouches for it, where the office asks for one."""

    directive: str
    version: str
    digest: str
    folder: str | None = None
    sealed_by: str | None = None

    def __str__(self) -> str:
        sealed = f"niêm phong: {self.sealed_by}" if self.sealed_by else None
        return f"{self.directive} {self.version} ({', '.join(filter(None, (self.folder, self.digest, sealed)))})"

    def to_json(self) -> dict[str, Any]:
        shown = super().to_json()
        if self.sealed_by is None:
            del shown["sealed_by"]
        return shown


@dataclass(frozen=True, slots=True)
class InForce(AsJson):
    """What was in force in a run: the `settings` of the JSON verdict (plan-format). `file` is the settings file, `switched_off` the rules that settings or options left out.

    Where not `judged`, no plan was judged, and the packs are those that plans could choose. None is said of what there was not.
    """

    file: str | None = None
    packs: tuple[PackInForce, ...] = ()
    switched_off: tuple[str, ...] = ()
    fail_on: str = "error"
    waivers: str | None = None
    baseline: str | None = None
    judged: bool = True
    one_engine: bool = field(default_factory=lambda: not durable_rules_installed())
    """Whether compiled rules alone judged, since durable-rules can't be had: nothing could be held against them."""

    @property
    def directive(self) -> str:
        """The ids of the packs that judged; “auto” where no plan found one."""
        return ", ".join(pack.directive for pack in self.packs) if self.judged else "auto"

    @property
    def changed(self) -> bool:
        """Whether anything but the program and its packs decided on the verdict."""
        lowered = self.fail_on == "never"
        foreign = any(pack.folder is not None for pack in self.packs)
        return bool(
            self.file or self.switched_off or lowered or self.waivers or self.baseline or foreign or self.one_engine
        )

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "InForce":
        """What `to_json` gave, read back."""
        packs = tuple(PackInForce(**pack) for pack in data.pop("packs"))
        data.setdefault("one_engine", False)  # of runs before there was a choice
        return cls(packs=packs, switched_off=tuple(data.pop("switched_off")), **data)

    def lines(self) -> tuple[tuple[Text, Text], ...]:
        """Everything that was in force: what it is, and which; always the settings and the packs."""
        lines = [(Text("Tệp cấu hình", "Settings file"), _NO_FILE if self.file is None else _same(self.file))]
        pack = _PACK if self.judged else _NOT_CHOSEN
        lines += [(pack, _same(str(one))) for one in self.packs]
        if self.switched_off:
            lines.append((Text("Quy tắc không kiểm tra", "Rules switched off"), _named(self.switched_off)))
        if self.fail_on != "error":
            lines.append((Text("Mức làm lệnh báo lỗi (fail-on)", "Severity that fails (fail-on)"), _same(self.fail_on)))
        if self.waivers is not None:
            lines.append((Text("Tệp miễn trừ", "File of waivers"), _same(self.waivers)))
        if self.baseline is not None:
            lines.append((Text("Mốc (baseline)", "Baseline"), _same(self.baseline)))
        if self.one_engine:
            lines.append((Text("Bộ máy", "Rule engines"), ONE_ENGINE))
        return tuple(lines)

    def line(self) -> Text | None:
        """The same in one line; None where nothing but the program and its packs decided."""
        return self.whole_line() if self.changed else None

    def whole_line(self) -> Text:
        """The same in one line."""
        parts = [(label, value) for label, value in self.lines() if value is not _NO_FILE]
        return Text(
            "Căn cứ thẩm định: " + "; ".join(f"{label.vi}: {value.vi}" for label, value in parts),
            "Appraised by: " + "; ".join(f"{label.en}: {value.en}" for label, value in parts),
        )


def _same(words: str) -> Text:
    return Text(words, words)


def _named(rules: tuple[str, ...]) -> Text:
    named, more = ", ".join(rules[:_MOST_NAMED]), len(rules) - _MOST_NAMED
    return Text(f"{named} và {more} quy tắc nữa", f"{named} and {more} more") if more > 0 else _same(named)
