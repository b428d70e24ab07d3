"""Steps after “Khi”."""

from ...engine.assurance.scenarios.situation import Situation
from ...engine.base.text import Text
from .words import STEPS


@STEPS.when(
    "thẩm định kế hoạch",
    about=Text("Thẩm định kế hoạch như lệnh thamdinh lint", "Appraise the plan as thamdinh lint does"),
    example="thẩm định kế hoạch",
)
def appraise(situation: Situation) -> None:
    situation.appraise()


@STEPS.when(
    "rà soát các kế hoạch",
    about=Text(
        "Thẩm định tất cả các kế hoạch cùng lúc như lệnh thamdinh audit, kể cả các quy tắc giữa các kế hoạch",
        "Appraise all plans at once as thamdinh audit does, by the rules across plans too",
    ),
    example="rà soát các kế hoạch",
)
def audit(situation: Situation) -> None:
    situation.audit()
