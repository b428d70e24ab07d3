"""The outcomes of a batch as they travel and are kept: bytes, which are decoded only where an outcome is looked at.

They are encoded where they are found. What an audit needs of every plan (its counts, its rows in the register) comes
beside them, so that the one process that collects them all has next to nothing to do for each.
"""

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, BinaryIO, Final

import msgspec

from ...base.text import Filled, Phrase, Text
from ..audited_plan import AuditedPlan
from ..inputs.listing import Entry
from ..shared.register import RegisterRows, rows_of
from ..store.rows import encoded_rows
from ..totals import Totals
from .batch import AuditJob, Batch, audit_batch


def _kept(phrase: object) -> object:
    """What is told by a template, as that and its values; whoever looks at it makes the words."""
    assert isinstance(phrase, Filled)
    return phrase.template.vi, phrase.template.en, phrase.values


def _told(kind: type, kept: Any) -> object:
    """What was kept; of evidence any value is itself."""
    if kind is not Phrase:
        return kept
    if isinstance(kept, dict):
        return Text(**kept)
    vi, en, values = kept
    return Filled(_template(vi, en), tuple([value if isinstance(value, str) else Text(**value) for value in values]))


_template = lru_cache(maxsize=1024)(Text)
_ENCODER: Final = msgspec.msgpack.Encoder(enc_hook=_kept)
_DECODER: Final = msgspec.msgpack.Decoder(AuditedPlan, dec_hook=_told)


@dataclass(frozen=True, slots=True)
class EncodedPlans:
    """The outcomes of a batch; going through them decodes them.

    `contents` are the plans' entries and outcomes, `totals` what they come to, `rows` what the register takes in.
    """

    contents: tuple[bytes, ...]
    totals: Totals
    rows: RegisterRows
    stored: bytes | None = None
    """Where there is a store, the rows of its tables."""
    beside: "EncodedPlans | None" = None
    """What the job beside that of the audit found in the same plans, where there is one and no worker died of them."""

    def __len__(self) -> int:
        return len(self.contents)

    def outcomes(self) -> Iterator[bytes]:
        """The outcomes alone, as they are encoded."""
        return (content[_LENGTH : _LENGTH + _length(content)] for content in self.contents)

    def __iter__(self) -> Iterator[AuditedPlan]:
        return map(_DECODER.decode, self.outcomes())


def audit_and_encode(batch: Batch, job: AuditJob) -> EncodedPlans:
    """The outcomes of a batch, found and encoded."""
    return encode_batch(batch, audit_batch(batch, job), stored=job.stored)


def encode_batch(batch: Batch, outcomes: Sequence[AuditedPlan], *, stored: bool = False) -> EncodedPlans:
    """The outcomes of a batch, encoded, and with `stored` as rows of a store. Content that was sent along with an entry is left out."""
    totals = Totals()
    for outcome in outcomes:
        totals.add(outcome.verdict)
    contents = tuple(encode(*pair) for pair in zip(batch.entries, outcomes, strict=True))
    rows = rows_of(batch.number, outcomes)
    return EncodedPlans(contents, totals, rows, encoded_rows(outcomes) if stored else None)


def encode(entry: Entry, outcome: AuditedPlan) -> bytes:
    """An entry and the outcome of its plan as bytes."""
    return put_together(entry, _ENCODER.encode(outcome))


def put_together(entry: Entry, outcome: bytes) -> bytes:
    """An entry and an outcome that is encoded already."""
    kept = entry if entry.content is None else replace(entry, content=None)
    # The path may hold what is no Unicode; the rest is encoded by msgspec, which is several times as fast.
    return len(outcome).to_bytes(_LENGTH) + outcome + pickle.dumps(kept, pickle.HIGHEST_PROTOCOL)


_LENGTH: Final = 4
"""Bytes that say how long the outcome is, which stands first: hardly anybody asks for the entry."""


def _length(content: bytes) -> int:
    return int.from_bytes(content[:_LENGTH])


def decode_outcome(file: BinaryIO) -> AuditedPlan:
    """The outcome of what was encoded, from a file of our own; the entry is next in it."""
    outcome: AuditedPlan = _DECODER.decode(file.read(_length(file.read(_LENGTH))))
    return outcome


def decode_plans(file: BinaryIO) -> tuple[Entry, AuditedPlan]:
    """What was encoded, from a file of our own."""
    outcome = decode_outcome(file)
    return pickle.load(file), outcome  # noqa: S301
