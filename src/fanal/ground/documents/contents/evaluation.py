"""The evaluation report, under the headings of the national framework (HAS 2021)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from fanal.ground.documents.contents.heading import Heading, Signatory
from fanal.ground.documents.contents.minors import Fact, Minor, OtherMinor
from fanal.ground.documents.terms import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    on: date
    people: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationReport:
    """
    Evaluation of a concern (D226-2-3 and following, CASF).

    ``minor_was_met`` false makes the report say that the court is to be seised (D226-2-6).
    ``health_summary`` is the one agreed with the carer. Empty texts are printed as
    not gathered: a heading is never left out.
    """

    heading: Heading
    minor: Minor
    received_on: date
    evaluation_due: date
    team: tuple[Signatory, ...]
    meetings: tuple[Meeting, ...]
    minor_was_met: bool
    reported: tuple[Fact, ...]
    minor_opinion: str
    parents_opinion: str
    resources: str
    danger: str
    danger_reasons: str
    proposal: str
    other_minors: tuple[OtherMinor, ...] = ()
    parents_understanding: str = ""
    health_summary: str = ""
    kind: ClassVar[Kind] = Kind.EVALUATION_REPORT
    several_minors: ClassVar[bool] = False
