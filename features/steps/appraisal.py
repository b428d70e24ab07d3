"""The step after “Khi”."""

from ...engine.scenarios.situation import Situation
from ...engine.text import Text
from .words import STEPS


@STEPS.when(
    "thẩm định kế hoạch",
    about=Text("Thẩm định kế hoạch như lệnh thamdinh lint", "Appraise the plan as thamdinh lint does"),
    example="thẩm định kế hoạch",
)
def appraise(situation: Situation) -> None:
    situation.appraise()
