"""The 72 hours' shelter without a judge (L223-2 CASF): the two notices owed without delay."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from fanal.ground.documents.contents.heading import Contact, Heading
from fanal.ground.documents.contents.minors import Minor
from fanal.ground.documents.terms import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterParentsNotice:
    """The child is safe. The letter has no field for where."""

    heading: Heading
    child: str
    sheltered_at: datetime
    ends_at: datetime
    contact: Contact
    kind: ClassVar[Kind] = Kind.SHELTER_PARENTS
    several_minors: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterProsecutorNotice:
    heading: Heading
    court: str
    minor: Minor
    sheltered_at: datetime
    ends_at: datetime
    reason: str
    contact: Contact
    parents_told_at: datetime | None = None
    parents_not_told_reason: str = ""
    shelter: str = ""
    kind: ClassVar[Kind] = Kind.SHELTER_PROSECUTOR
    several_minors: ClassVar[bool] = False
