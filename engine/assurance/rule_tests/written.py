"""The tests of a pack as they are written: files in the folder `tests` of the pack, parsed by pydantic."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, StrictStr, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from ...base.problem import REFERENCE, SCHEMA, UNREADABLE, Place, Problem, Unreadable
from ...base.text import Text
from ...directive.conditions import Strict
from ...directive.pack import Pack
from ...documents import read, read_file
from ...documents.document import Document
from ...model.changes import changed
from ...model.description import Description
from ...model.parsing import validated

Words = Annotated[StrictStr, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Data = dict[str, Any]


class PlanChange(Strict):
    """One change to the plan: `set` or `add` a value at a path, or `remove` what is there."""

    set_: StrictStr | None = Field(default=None, alias="set", examples=["organization.kind"])
    add: StrictStr | None = Field(default=None, examples=["reports"])
    remove: StrictStr | None = Field(default=None, examples=["reports[bc-nam]"])
    value: Any = None

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        if len(self.model_fields_set - {"value"}) != 1:
            raise PydanticCustomError("one_key", "exactly one of: set, add, remove", {"keys": "set, add, remove"})
        return self

    @property
    def plain(self) -> Data:
        """The change as it is written."""
        return self.model_dump(by_alias=True, exclude_unset=True)


class WrittenTest(Strict):
    """One test: a plan (the file's own, another file's, or written here), what is changed of it, and what is found."""

    name: Words = Field(title="tên phép thử", examples=["đúng cận dưới"])
    plan: StrictStr | Data | None = Field(default=None, title="văn bản gốc")
    change: tuple[PlanChange, ...] = Field(default=(), title="thay đổi")
    expect: tuple[StrictStr, ...] = Field(title="các phát hiện phải có", examples=[["TD101 plan"]])
    not_applicable: tuple[StrictStr, ...] | None = Field(
        default=None, title="các quy tắc không áp dụng", examples=[["TD101"]]
    )


class TestFile(Strict):
    """A file of tests. `plan` names the plan they start from, in the same folder."""

    __test__ = False
    model_config = ConfigDict(title="thamdinh: kiểm thử của bộ quy tắc")

    plan: StrictStr = "plan.yaml"
    tests: tuple[WrittenTest, ...]


def tests_schema() -> dict[str, object]:
    """The JSON Schema of a file of a pack's tests."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **TestFile.model_json_schema(by_alias=True)}


@dataclass(frozen=True)
class PackTest:
    """One test, ready to run: the plan as plain data, and what must be found (`TD501 p02@dang-uy`).

    `change` is what it changes of the plan `base` that the tests of its file start from; None where it has another.
    """

    name: str
    place: Place
    data: Any
    expect: tuple[str, ...]
    not_applicable: tuple[str, ...] | None
    change: tuple[PlanChange, ...] = ()
    base: Data | None = None

    @cached_property
    def plan(self) -> Document:
        """The plan with the changes."""
        return read(f"{self.place.file}.json", json.dumps(self.data, ensure_ascii=False).encode())


def written_tests(pack: Pack) -> tuple[PackTest, ...]:
    """The tests beside a pack. Raises Unreadable with every problem of every file, or where there are none."""
    return tests_in(pack.folder / "tests", pack.directive.id, pack.ruleset.known)


def tests_in(folder: Path, directive: str, known: Description) -> tuple[PackTest, ...]:
    """The tests in a folder, of the pack of this id, of this type of document. Raises Unreadable as `written_tests` does."""
    found: list[PackTest] = []
    problems: list[Problem] = []
    plans: dict[Path, Document] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            document = plans[path] if path in plans else read_file(path)
            if isinstance(document.data, dict) and "tests" in document.data:
                found += _tests(document, folder, plans, known)
        except Unreadable as unreadable:
            problems += unreadable.problems
    if not found and not problems:
        problems.append(_no_tests(directive, folder))
    if problems:
        raise Unreadable(*problems)
    return tuple(found)


def _tests(document: Document, folder: Path, plans: dict[Path, Document], known: Description) -> Iterator[PackTest]:
    written = validated(TestFile, document)
    for number, test in enumerate(written.tests):
        place = document.place(("tests", number))
        if isinstance(test.plan, dict):
            base: object = test.plan
        else:
            path = folder / (test.plan or written.plan)
            if path not in plans:
                plans[path] = read_file(path)
            base = plans[path].data
        changes = [change.plain for change in test.change]
        try:
            data = changed(base, changes, known)  # type: ignore[arg-type]  # what is no plan is refused when it is read
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise Unreadable(_leads_nowhere(error, document.place(("tests", number, "change")))) from None
        own: Any = base if test.plan is None else None
        yield PackTest(test.name, place, data, test.expect, test.not_applicable, test.change, own)


def _leads_nowhere(error: Exception, place: Place) -> Problem:
    step = str(error.args[0]) if isinstance(error, KeyError) and error.args else ""
    return Problem(
        REFERENCE if step else SCHEMA,
        Text(
            f"Đường dẫn thay đổi không có trong văn bản gốc ({step})"
            if step
            else "Không thay đổi được văn bản gốc như vậy",
            f"The path of a change leads nowhere in the document ({step})"
            if step
            else "The document can't be changed so",
        ),
        Text(
            "Viết như reports[bc-nam].contents: trong ngoặc là mã hoặc vị trí từ 0",
            "Write it like reports[bc-nam].contents: in brackets an id, or a position from 0",
        ),
        place,
    )


def _no_tests(directive: str, folder: Path) -> Problem:
    return Problem(
        UNREADABLE,
        Text(f"Bộ quy tắc {directive} chưa có kiểm thử", f"The pack {directive} has no tests"),
        Text("Đặt các tệp kiểm thử vào thư mục này", "Put files of tests in this folder"),
        Place(str(folder)),
    )
