"""The answer to somebody who asks what is kept of them, or to have it put right."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from fanal.ground.documents.contents.heading import Heading
from fanal.ground.documents.terms import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsAnswer:
    """``withheld``: the grounds, never the things. ``refusal`` is why nothing is given."""

    heading: Heading
    rectification: bool
    received_on: date
    given: str = ""
    withheld: tuple[str, ...] = ()
    refusal: str = ""
    kind: ClassVar[Kind] = Kind.RIGHTS_ANSWER
    several_minors: ClassVar[bool] = False
