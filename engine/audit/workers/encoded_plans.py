"""The outcomes of a batch as they travel and are kept: bytes, which are decoded only where an outcome is looked at.

They are encoded where they are found. What an audit needs of every plan (its counts, its rows in the register) comes
beside them, so that the one process that collects them all has next to nothing to do for each.
"""

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, BinaryIO, Final

import msgspec

from ...base.text import Filled, Phrase, Text
from ..audited_plan import AuditedPlan, SealedPlan
from ..inputs.listing import Entry
from ..shared.register import RegisterRows, rows_of
from ..totals import Totals
from .batch import AuditJob, Batch, audit_batch


def _kept(phrase: object) -> object:
    """What is told by a template, as that and its values; whoever looks at it makes the words."""
    assert isinstance(phrase, Filled)
    return phrase.template, phrase.values


def _told(kind: type, kept: Any) -> object:
    """What was kept; of evidence any value is itself."""
    if kind is not Phrase:
        return kept
    return Text(**kept) if isinstance(kept, dict) else Filled(*msgspec.convert(kept, _FILLED))


_FILLED: Final = tuple[Text, tuple[str | Text, ...]]
_ENCODER: Final = msgspec.msgpack.Encoder(enc_hook=_kept)
_DECODER: Final = msgspec.msgpack.Decoder(AuditedPlan, dec_hook=_told)
_SEALED: Final = msgspec.msgpack.Decoder(SealedPlan, dec_hook=_told)


@dataclass(frozen=True, slots=True)
class EncodedPlans:
    """The outcomes of a batch; going through them decodes them.

    `contents` are the plans' entries and outcomes, `totals` what they come to, `rows` what the register takes in.
    """

    contents: tuple[bytes, ...]
    totals: Totals
    rows: RegisterRows
    beside: "EncodedPlans | None" = None
    """What the job beside that of the audit found in the same plans, where there is one and no worker died of them."""

    def __len__(self) -> int:
        return len(self.contents)

    def outcomes(self) -> Iterator[bytes]:
        """The outcomes alone, as they are encoded."""
        return (pickle.loads(content)[1] for content in self.contents)  # noqa: S301 (made by encode)

    def sealed(self) -> tuple[SealedPlan, ...]:
        """The outcomes for whoever keeps them."""
        return tuple(map(_SEALED.decode, self.outcomes()))

    def __iter__(self) -> Iterator[AuditedPlan]:
        return (decode_plans(BytesIO(content))[1] for content in self.contents)


def audit_and_encode(batch: Batch, job: AuditJob) -> EncodedPlans:
    """The outcomes of a batch, found and encoded."""
    return encode_batch(batch, audit_batch(batch, job))


def encode_batch(batch: Batch, outcomes: Sequence[AuditedPlan]) -> EncodedPlans:
    """The outcomes of a batch, encoded. Content that was sent along with an entry is left out."""
    totals = Totals()
    for outcome in outcomes:
        totals.add(outcome.verdict)
    contents = tuple(encode(*pair) for pair in zip(batch.entries, outcomes, strict=True))
    return EncodedPlans(contents, totals, rows_of(batch.number, outcomes))


def encode(entry: Entry, outcome: AuditedPlan) -> bytes:
    """An entry and the outcome of its plan as bytes."""
    return put_together(entry, _ENCODER.encode(outcome))


def put_together(entry: Entry, outcome: bytes) -> bytes:
    """An entry and an outcome that is encoded already."""
    kept = entry if entry.content is None else replace(entry, content=None)
    # The path may hold what is no Unicode; the rest is encoded by msgspec, which is several times as fast.
    return pickle.dumps((kept, outcome), pickle.HIGHEST_PROTOCOL)


def decode_plans(file: BinaryIO) -> tuple[Entry, AuditedPlan]:
    """What was encoded, from a file of our own."""
    entry, outcome = pickle.load(file)  # noqa: S301
    return entry, _DECODER.decode(outcome)
