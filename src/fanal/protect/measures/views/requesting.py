from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from fanal.detect.concerns.queries import read_concern
from fanal.ground.access.deeds import Deed
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.models import CaseFile
from fanal.ground.access.terms import Right
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible
from fanal.ground.shell.pieces import Crumb
from fanal.ground.territory.queries import local_day
from fanal.protect.measures.forms.requesting import RequestForm
from fanal.protect.measures.models import Measure
from fanal.protect.measures.use_cases import request_measure
from fanal.protect.measures.views.deeds import perform, posted
from fanal.protect.situations.queries import (
    living_situation_of,
    minor_of,
    possible_referents,
    read_situation,
    supervises,
)


@require_http_methods(["GET", "POST"])
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def from_situation(request: DeskRequest, ref: UUID) -> HttpResponse:
    situation = read_situation(agent=request.user, ref=ref)
    back = reverse("measures:of_situation", args=[ref])
    return _request(request, situation.case_file, back, followed=True, situation_ref=ref)


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_SITUATIONS)
def from_concern(request: DeskRequest, ref: UUID) -> HttpResponse:
    concern = read_concern(agent=request.user, ref=ref)
    back = reverse("concerns:show", args=[ref])
    return _begin(request, concern.case_file, back, concern_ref=ref)


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_SITUATIONS)
def from_file(request: DeskRequest, ref: UUID) -> HttpResponse:
    case_file = CaseFile.objects.select_related("authority", "minor").filter(ref=ref).first()
    if case_file is None:
        raise NotVisible
    record(agent=request.user, deed="minor.read", subject=case_file, outcome=Outcome.READ)
    return _begin(request, case_file, reverse("situations:mine"), case_file_ref=ref)


def _begin(request: DeskRequest, case_file: CaseFile, back: str, **origin: UUID) -> HttpResponse:
    today = local_day(case_file.authority, now())
    if not supervises(request.user, case_file.authority, on=today):
        raise NotVisible
    followed = living_situation_of(case_file) is not None
    return _request(request, case_file, back, followed=followed, **origin)


def _request(
    request: DeskRequest, case_file: CaseFile, back: str, *, followed: bool, **origin: UUID
) -> HttpResponse:
    moment = now()
    minor = minor_of(case_file)
    today = local_day(case_file.authority, moment)
    form = RequestForm(
        posted(request),
        commune=minor.commune,
        people=None if followed else possible_referents(case_file.authority, on=today),
    )
    who = f"{minor.initials}, {minor.age_in_words(today)}"
    return perform(
        request,
        deed=Deed(
            f"Demander une mesure : {who}",
            "Enregistrer la demande",
            "La demande est enregistrée.",
            consequence="La demande ne protège pas encore : enregistrez la suite dès que vous "
            "la connaissez.",
        ),
        form=form,
        act=lambda typed: request_measure(
            agent=request.user,
            wanted=form.wanted(),
            referent=typed.get("referent"),
            now=moment,
            **origin,
        ),
        back=back,
        after=_asked,
        crumbs=[Crumb(who, back), Crumb("Demander une mesure")],
    )


def _asked(measure: Any) -> str:
    asked: Measure = measure
    return reverse("measures:show", args=[asked.ref])
