"""Letters to the holders of parental authority: plain, without blame, without the informant."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from fanal.ground.documents.contents.heading import Contact, Heading
from fanal.ground.documents.contents.minors import Minor
from fanal.ground.documents.terms import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentsLetter:
    """``why`` is written for the parents by the service; it names nobody who spoke."""

    heading: Heading
    child: str
    why: str
    contact: Contact
    conclusion_due: date
    first_meeting: str = ""
    data_protection: Contact | None = None
    kind: ClassVar[Kind] = Kind.PARENTS_LETTER
    several_minors: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentsException:
    """Why the parents are not told, decided by whom, and when it is looked at again."""

    heading: Heading
    minor: Minor
    reason: str
    decided_on: date
    review_on: date
    child_informed: bool
    child_opinion: str = ""
    kind: ClassVar[Kind] = Kind.PARENTS_EXCEPTION
    several_minors: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferNotice:
    """The information goes to the authority of the new home (L221-3 CASF)."""

    heading: Heading
    child: str
    sent_on: date
    new_authority: str
    new_service: Contact
    contact: Contact
    what_is_sent: str = ""
    kind: ClassVar[Kind] = Kind.TRANSFER_NOTICE
    several_minors: ClassVar[bool] = False
