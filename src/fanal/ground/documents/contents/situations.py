"""The sheets of a followed situation: the hand-over receipt and the printed dossier."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from fanal.ground.documents.contents.heading import Heading, Signatory
from fanal.ground.documents.contents.minors import Minor
from fanal.ground.documents.terms import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """One situation of the list; ``minor`` is initials and age, never a full name."""

    reference: str
    minor: str
    status: str
    next_step: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverReceipt:
    heading: Heading
    giver: Signatory
    taker: Signatory
    reason: str
    effective_on: date
    situations: tuple[HandedOver, ...]
    until: date | None = None
    kind: ClassVar[Kind] = Kind.HANDOVER_RECEIPT
    several_minors: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """``source`` says from whom; ``hidden`` keeps the place of what the reader may not see."""

    on: date
    what: str
    text: str = ""
    source: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Events are printed by month, oldest first, whatever order they come in."""

    heading: Heading
    minor: Minor
    status: str
    referent: str
    printed_by: str
    opened_on: date | None = None
    measures: tuple[str, ...] = ()
    events: tuple[TimelineEvent, ...] = ()
    kind: ClassVar[Kind] = Kind.DOSSIER
    several_minors: ClassVar[bool] = False
