"""Letters to the person who passed a concern on: never the facts, never the minor's name."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from fanal.ground.documents.contents.heading import Contact, Heading
from fanal.ground.documents.terms import Answer, Kind, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """Receipt of a concern: what happens next, and when (D226-2-4, L226-5 CASF)."""

    heading: Heading
    receipt: str
    received_at: datetime
    status_page: str
    answer: Answer
    evaluation_due: date
    first_analysis_on: date | None = None
    contact: Contact | None = None
    kind: ClassVar[Kind] = Kind.ACKNOWLEDGEMENT
    several_minors: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeNotice:
    """The outcome told to who passed a concern on (L226-5, D226-2-8 CASF): nothing else."""

    heading: Heading
    receipt: str
    received_on: date
    outcome: Outcome
    requested_on: date | None = None
    contact: Contact | None = None
    kind: ClassVar[Kind] = Kind.OUTCOME
    several_minors: ClassVar[bool] = False
