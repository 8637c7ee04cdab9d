"""What every letter carries around its words."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from fanal.ground.documents.terms import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The authority and the service that write; hours are said in ``timezone``."""

    authority: str
    service: str
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    timezone: str = "Europe/Paris"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    name: str
    lines: tuple[str, ...] = ()
    salutation: str = "Madame, Monsieur,"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    name: str
    function: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody to call, and when they answer."""

    name: str
    function: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """``written_at`` dates the letter and the file: the same heading gives the same bytes."""

    sender: Sender
    signatory: Signatory
    reference: str
    written_at: datetime
    recipient: Recipient | None = None
    place: str = ""
    demonstration: bool = False


class Letter(Protocol):
    """A letter: a frozen dataclass with its heading, and the kind that names its template."""

    kind: ClassVar[Kind]
    # The letter speaks of several minors: it belongs to no case file.
    several_minors: ClassVar[bool]

    @property
    def heading(self) -> Heading: ...
