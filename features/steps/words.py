"""The parameters of steps, and the registry that the other modules of this package fill."""

import re
from typing import Final

from ...engine.assurance.scenarios import fields
from ...engine.assurance.scenarios.steps import Misread, StepParameter, Steps
from ...engine.base.severity import IN_WORDS
from ...engine.base.suggest import did_you_mean
from ...engine.base.text import Text
from ...engine.model.description import Description

_RULE: Final = re.compile(r"[A-Za-z]{2}\d{3}")
_CLAUSE: Final = re.compile(r"[A-Za-z]\d{1,2}")


def _rule(text: str) -> str:
    if not _RULE.fullmatch(text):
        raise Misread(
            Text(f"“{text}” không phải là mã quy tắc", f"“{text}” is no rule code"),
            Text(
                "Ghi mã như TD101; xem các mã bằng lệnh: thamdinh rules", "Write a code such as TD101: thamdinh rules"
            ),
        )
    return text.upper()


def _clause(text: str) -> str:
    if not _CLAUSE.fullmatch(text):
        raise Misread(
            Text(f"“{text}” không phải là mã điều khoản", f"“{text}” is no clause"),
            Text("Ghi mã như D15 hoặc A1", "Write an id such as D15 or A1"),
        )
    return text.upper()


def severity(text: str) -> str:
    words = {label.vi: name for name, label in IN_WORDS.items()}
    if text not in words:
        raise Misread(
            Text(f"Không có mức độ “{text}”", f"There is no severity “{text}”"),
            did_you_mean(text, words),
        )
    return words[text]


def _as_written(text: str, _: Description) -> str:
    return text


PARAMETERS: Final = {
    "kind": StepParameter(Text("loại hình tổ chức", "kind of organisation"), r"[^“”]+?", fields.kind_of),
    "name": StepParameter(Text("tên hoặc mã", "name or id"), r"[^“”]*", lambda text, _: text.strip()),
    "rows": StepParameter(
        Text("phần của kế hoạch", "part of the plan"), r"[^“”]+?", lambda text, known: fields.rows_called(known, text)
    ),
    "title": StepParameter(Text("tên mục", "name of a field"), r"[^“”]+?", _as_written),
    "value": StepParameter(Text("giá trị", "value"), r".+", _as_written),
    "number": StepParameter(Text("số", "number"), r"\S+", lambda text, _: fields.whole_number(text)),
    "severity": StepParameter(Text("mức độ", "severity"), r"\w+(?: \w+)?", lambda text, _: severity(text)),
    "rule": StepParameter(Text("mã quy tắc", "rule code"), r"\w+", lambda text, _: _rule(text)),
    "rules": StepParameter(
        Text("các mã quy tắc", "rule codes"),
        r"\w+(?:, ?\w+)*",
        lambda text, _: tuple(_rule(code.strip()) for code in text.split(",")),
    ),
    "clause": StepParameter(Text("điều khoản", "clause"), r"\w+", lambda text, _: _clause(text)),
    "conclusion": StepParameter(Text("đạt hoặc chưa đạt", "đạt or chưa đạt"), r".+", _as_written),
    "codes": StepParameter(Text("các mã lỗi PL…", "problem codes"), r".+", _as_written),
    "reason": StepParameter(Text("lý do, hoặc một phần của lý do", "reason, or a part of it"), r".+", _as_written),
    "claim": StepParameter(Text("bước “Thì” khác", "another “Thì” step"), r".+", _as_written),
    "subject": StepParameter(Text("đối tượng", "subject"), r".+", _as_written),
}
"""Every parameter that a pattern may name."""

STEPS: Final = Steps(PARAMETERS)
