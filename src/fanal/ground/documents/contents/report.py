"""The signalement to the procureur de la République (L226-4 CASF)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from fanal.ground.documents.contents.heading import Heading
from fanal.ground.documents.contents.minors import Fact, Minor, OtherMinor
from fanal.ground.documents.terms import Exploitation, Ground, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """
    ``by_authority`` is false when a professional writes straight to the procureur: a copy is
    then owed to the président du conseil départemental (L226-4 II).

    ``informant`` is printed only here: the procureur may know who spoke. The case file keeps a
    copy without it, which says so.
    """

    heading: Heading
    court: str
    minor: Minor
    grounds: tuple[Ground, ...]
    facts: tuple[Fact, ...]
    urgent: bool
    exploitation: Exploitation
    parents_informed: bool
    request: str
    danger: str = ""
    missing_since: str = ""
    parents_informed_reason: str = ""
    minor_words: str = ""
    measures_taken: tuple[Fact, ...] = ()
    other_minors: tuple[OtherMinor, ...] = ()
    informant: str = ""
    is_file_copy: bool = False
    enclosures: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    by_authority: bool = True
    kind: ClassVar[Kind] = Kind.REPORT
    several_minors: ClassVar[bool] = False

    def without_informant(self) -> Report:
        """The copy that those who follow the minor may read (L226-2-2)."""
        return replace(self, informant="", is_file_copy=True)
