"""The measures of a situation, and one measure with its course."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.deadlines.models import Clock
from fanal.ground.people.queries import files_of
from fanal.ground.shell.pieces import Crumb, Happening
from fanal.ground.territory.queries import local_day
from fanal.protect.measures.models import CareQuestion, ExitBan, Measure, MeasureStep
from fanal.protect.measures.queries import (
    clocks_of_measure,
    measures_of,
    read_measure,
    running_clocks,
    shelters_of,
)
from fanal.protect.measures.queries.course import course_of
from fanal.protect.measures.tab import ROUTE
from fanal.protect.measures.views.events import Standing, open_events
from fanal.protect.situations.head import home, situation_head
from fanal.protect.situations.queries import may_write, minor_of, read_situation


@require_safe
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def of_situation(request: DeskRequest, ref: UUID) -> HttpResponse:
    situation = read_situation(agent=request.user, ref=ref)
    files = files_of(situation.case_file)
    measures = list(measures_of(files))
    clocks = running_clocks(measures)
    rows = [(measure, next(iter(clocks[measure.ref]), None)) for measure in measures]
    context = situation_head(request.user, situation, ROUTE) | {
        "living": [row for row in rows if row[0].is_living],
        "ended": [row for row in rows if not row[0].is_living],
        "shelters": shelters_of(files),
    }
    return render(request, "protect/measures/of_situation.html", context)


@require_safe
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def show(request: DeskRequest, ref: UUID) -> HttpResponse:
    measure = read_measure(agent=request.user, ref=ref)
    moment = now()
    today = local_day(measure.case_file.authority, moment)
    clocks = list(clocks_of_measure(measure))
    steps = list(MeasureStep.objects.filter(measure=measure).select_related("agent"))
    course = course_of(measure, steps=steps, clocks=clocks, today=today)
    writes = measure.is_living and may_write(request.user, measure.situation, now=moment)
    expected, possible = open_events(standing_of(measure, clocks)) if writes else ([], [])
    context = {
        "measure": measure,
        "label": label_of(measure, today),
        "crumbs": crumbs_of(measure, today),
        "expected": expected,
        "possible": possible,
        "clocks": [clock for clock in clocks if clock.is_running],
        "course": course,
        "course_table": render_to_string("protect/measures/course_table.html", {"course": course}),
        "facts": facts_of(measure),
        "questions": CareQuestion.objects.filter(measure=measure),
        "bans": ExitBan.objects.filter(measure=measure),
        "happenings": [_happening(step) for step in reversed(steps)],
        "successor": Measure.objects.filter(follows=measure).first(),
        "writes": writes,
        "today": today,
    }
    return render(request, "protect/measures/show.html", context)


def standing_of(measure: Measure, clocks: list[Clock]) -> Standing:
    return Standing(
        measure=measure,
        running=frozenset(clock.rule for clock in clocks if clock.is_running),
        ban=ExitBan.objects.filter(measure=measure, ended_on__isnull=True).first(),
    )


def label_of(measure: Measure, today: date) -> str:
    minor = minor_of(measure.case_file)
    return f"{minor.initials}, {minor.age_in_words(today)}"


def crumbs_of(measure: Measure, today: date, last: str = "") -> list[Crumb]:
    tab = reverse(ROUTE, args=[measure.situation.ref])
    here = [home(), Crumb(label_of(measure, today), tab)]
    if not last:
        return [*here, Crumb(measure.number)]
    page = reverse("measures:show", args=[measure.ref])
    return [*here, Crumb(measure.number, page), Crumb(last)]


def facts_of(measure: Measure) -> list[tuple[str, Any]]:
    """What a measure says of itself; what does not concern it is left out."""
    known = [
        ("Qui la décide", measure.get_nature_display()),
        ("Fondement", measure.basis),
        ("Demandée par", measure.requested_by.name),
    ]
    if measure.is_judicial:
        known.append(("Tribunal pour enfants", measure.tpe_court.name))
        if measure.provisional_by:
            known.append(("Ordonnée à titre provisoire par", measure.get_provisional_by_display()))
        if measure.seised_by:
            known.append(("Juge saisi par", measure.get_seised_by_display()))
        known.append(("L'enfant devant le juge", measure.get_child_heard_display()))
    else:
        known.append(("Accord écrit signé par", measure.agreed_by))
    if measure.kin_option:
        known.append(("Accueil par un proche", measure.get_kin_option_display()))
        known.append(("Ce qui a été évalué", measure.kin_note))
    return known


def _happening(step: MeasureStep) -> Happening:
    return Happening(
        at=step.on,
        what=str(step.get_step_display()),
        who=step.agent.name if step.agent else "Fanal",
        detail=step.note,
        icon="gavel",
    )
