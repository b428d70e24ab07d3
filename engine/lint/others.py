"""Files that are no plans at all, such as a repository of plans holds beside them."""

from collections.abc import Iterator, Sequence
from functools import cache

from ..base.isolation import isolated
from ..base.limits import Limits
from ..base.passed_over import Kind, Tell
from ..base.problem import Unreadable
from ..documents.discover import InputFile
from ..model.description import TYPE
from ..model.document_types import available, description


def foreign(data: object) -> bool:
    """Whether a text holds something else: a mapping that names no type of document, without a single key of any."""
    return isinstance(data, dict) and bool(data) and not _keys() & set(data)


@cache
def _keys() -> frozenset[str]:
    """The keys that a document of any type that comes with the program has."""
    return frozenset((TYPE, *(field.name for one in available() for field in description(one).root.fields)))


def plans_among(sources: Sequence[InputFile], limits: Limits, tell: Tell, processes: int) -> Iterator[InputFile]:
    """The sources that may hold a plan; the others are told of. What can't be read may hold one."""
    for source, other in zip(sources, isolated(_is_other, sources, limits, processes), strict=True):
        if other is True:
            tell(source.name, Kind.OTHER)
        else:
            yield source


def _is_other(source: InputFile) -> bool:
    try:
        return foreign(source.read().data)
    except Unreadable as unreadable:
        from ..forms.faults import no_form  # slow to load, and most files can be read

        return unreadable.problems == (no_form(source.name),)
