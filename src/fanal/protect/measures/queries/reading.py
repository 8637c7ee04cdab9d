"""The guarded doors: what is not the agent's to see does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.deadlines.wording import say_day
from fanal.ground.errors import NotVisible
from fanal.ground.people.queries import files_of
from fanal.protect.measures.models import (
    EmergencyShelter,
    Measure,
    MeasureQuerySet,
    MeasureStep,
    ShelterQuerySet,
)
from fanal.protect.situations.models import Situation

_SHOWN = (
    "case_file__minor",
    "case_file__authority",
    "situation__authority",
    "situation__case_file",
    "situation__referent",
    "commune",
    "tpe_court",
    "requested_by",
)
_SHELTER_SHOWN = (
    "case_file__minor__commune",
    "case_file__authority",
    "situation__authority",
    "situation__referent",
    "commune",
    "court",
    "tpe_court",
    "started_by",
    "parents_informed_by",
    "prosecutor_informed_by",
    "ended_by",
)


def read_measure(*, agent: Agent, ref: UUID) -> Measure:
    """
    Read one measure; the reading leaves a trace.

    Raises:
        NotVisible: there is none, or it is not the agent's to read.
    """
    measure = Measure.objects.select_related(*_SHOWN, "follows").filter(ref=ref).first()
    if measure is None:
        raise NotVisible
    record(agent=agent, deed="measure.read", subject=measure, outcome=Outcome.READ)
    return measure


def lock_measure(*, ref: UUID) -> Measure:
    """
    Take one measure for a change; others who want it wait.

    Raises:
        NotVisible: there is none, or it is not for whoever is asking.
    """
    measure = (
        Measure.objects.select_for_update(of=("self",))
        .select_related(*_SHOWN)
        .filter(ref=ref)
        .first()
    )
    if measure is None:
        raise NotVisible
    return measure


def measures_of(case_files: Iterable[CaseFile]) -> MeasureQuerySet:
    """The measures of these files, the last one asked for first."""
    found = Measure.objects.of_case_files(case_files).select_related("tpe_court", "commune")
    return found.order_by("-requested_at", "-pk")


def measure_steps(case_files: Iterable[CaseFile]) -> QuerySet[MeasureStep]:
    """The course of the measures of these files, for a timeline."""
    steps = MeasureStep.objects.filter(case_file__in=case_files)
    return steps.select_related("agent", "measure").order_by("on", "pk")


def read_shelter(*, agent: Agent, ref: UUID) -> EmergencyShelter:
    """
    Read one shelter; the reading leaves a trace.

    Raises:
        NotVisible: there is none, or it is not the agent's to read.
    """
    shelter = EmergencyShelter.objects.select_related(*_SHELTER_SHOWN).filter(ref=ref).first()
    if shelter is None:
        raise NotVisible
    record(agent=agent, deed="shelter.read", subject=shelter, outcome=Outcome.READ)
    return shelter


def lock_shelter(*, ref: UUID) -> EmergencyShelter:
    """
    Take one shelter for a change; others who want it wait.

    Raises:
        NotVisible: there is none, or it is not for whoever is asking.
    """
    shelter = (
        EmergencyShelter.objects.select_for_update(of=("self",))
        .select_related(*_SHELTER_SHOWN)
        .filter(ref=ref)
        .first()
    )
    if shelter is None:
        raise NotVisible
    return shelter


def shelters_of(case_files: Iterable[CaseFile]) -> ShelterQuerySet:
    """The shelters of these files, the last one first."""
    return EmergencyShelter.objects.of_case_files(case_files).order_by("-started_at", "-pk")


def running_shelters() -> ShelterQuerySet:
    """Minors sheltered now whom the database shows to whoever asks, the oldest first."""
    found = EmergencyShelter.objects.running().select_related(
        "case_file__minor", "case_file__authority", "commune", "situation"
    )
    return found.order_by("started_at", "pk")


def in_force_lines(situation: Situation) -> list[str]:
    """What protects the minor today, one line each: measures, orders, shelter."""
    files = files_of(situation.case_file)
    lines = []
    for measure in measures_of(files).living():
        if measure.is_in_force and measure.ends_on:
            lines.append(f"{measure.get_type_display()}, jusqu'au {say_day(measure.ends_on)}")
        elif measure.provisional_by and measure.decided_on is None:
            lines.append(f"{measure.get_type_display()}, à titre provisoire")
    lines += [str(shelter.get_kind_display()) for shelter in shelters_of(files).running()]
    return lines
