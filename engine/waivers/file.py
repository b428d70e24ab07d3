"""The waivers file as it is written, parsed by pydantic: what may stand in `waivers.yaml`."""

import datetime
import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StrictStr, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from ..base.nothing_said import says_nothing
from ..base.unseen import seen
from ..directive.conditions import Strict


def _seen(value: object) -> object:
    """A text without what nobody can see: who answers for a waiver must be named for people to read."""
    return seen(value) if isinstance(value, str) else value


def _said(value: str) -> str:
    """The text, where it says something: whoever writes “-” names nobody."""
    if value and says_nothing(value):
        raise PydanticCustomError("says_nothing", "the text says nothing")
    return value


Words = Annotated[
    StrictStr, StringConstraints(min_length=1, max_length=2_000), BeforeValidator(_seen), AfterValidator(_said)
]
Code = Annotated[StrictStr, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=64)]


def _local_date(value: object) -> object:
    """`dd/mm/yyyy`, as offices write dates, in the form pydantic takes; a number is no date."""
    if not isinstance(value, str):
        raise PydanticCustomError("date_type", "not a date")
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", value.strip(), re.ASCII)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else value.strip()


Day = Annotated[datetime.date, BeforeValidator(_local_date)]


class WrittenWaiver(Strict):
    """One waiver."""

    rule: Code = Field(title="mã quy tắc", examples=["TD501"])
    subject: Words | None = Field(default=None, title="đối tượng", examples=["p02@dang-uy-xa"])
    organization: Words | None = Field(default=None, title="tổ chức đảng", examples=["Đảng bộ xã Phú Túc"])
    reason: Words = Field(title="lý do", examples=["Đồng chí p02 đang chữa bệnh dài ngày"])
    approved_by: Words = Field(title="người, cơ quan cho phép", examples=["Ban Thường vụ Huyện ủy Châu Thành"])
    document: Words = Field(title="số văn bản", examples=["15-CV/HU"])
    valid_until: Day = Field(title="có hiệu lực đến hết ngày", examples=["2018-01-31"])

    @model_validator(mode="after")
    def _is_for_somebody(self) -> Self:
        if self.subject is None and self.organization is None:
            raise PydanticCustomError("nobody", "neither subject nor organization")
        return self


class WaiversFile(Strict):
    """A file of waivers."""

    model_config = ConfigDict(title="thamdinh: waivers.yaml")

    schema_: Literal[1] = Field(alias="schema", examples=[1])
    waivers: tuple[WrittenWaiver, ...] = Field(title="các miễn trừ")


def waivers_schema() -> dict[str, object]:
    """The JSON Schema of a file of waivers."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **WaiversFile.model_json_schema(by_alias=True)}
