from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from fanal.detect.concerns.queries import read_concern
from fanal.detect.concerns.terms import DecisionOutcome
from fanal.detect.reports.queries import read_report
from fanal.ground.access.deeds import Deed
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.models import CaseFile
from fanal.ground.access.terms import Right
from fanal.ground.errors import NotVisible
from fanal.ground.territory.queries import local_day
from fanal.protect.situations.forms import OpenForm
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries import (
    living_situation_of,
    minor_of,
    possible_referents,
    read_situation,
    supervises,
)
from fanal.protect.situations.terms import Ground
from fanal.protect.situations.use_cases import accept_situation, open_situation
from fanal.protect.situations.views.acts import NoForm, perform

# The ground that a decision suggests; the supervisor chooses.
SUGGESTED = {
    DecisionOutcome.ADMIN_MEASURE: Ground.MEASURE,
    DecisionOutcome.REPORT_TO_PROSECUTOR: Ground.REPORT,
}


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_SITUATIONS)
def from_concern(request: DeskRequest, ref: UUID) -> HttpResponse:
    concern = read_concern(agent=request.user, ref=ref)
    suggested = SUGGESTED.get(concern.outcome, Ground.REASONED_ACT)  # type: ignore[call-overload]
    back = reverse("concerns:show", args=[ref])
    return _open(request, concern.case_file, suggested, back, concern_ref=ref)


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_SITUATIONS)
def from_report(request: DeskRequest, ref: UUID) -> HttpResponse:
    report = read_report(agent=request.user, ref=ref)
    back = reverse("reports:show", args=[ref])
    return _open(request, report.case_file, Ground.REPORT, back, report_ref=ref)


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_SITUATIONS)
def from_file(request: DeskRequest, ref: UUID) -> HttpResponse:
    case_file = CaseFile.objects.select_related("authority", "minor").filter(ref=ref).first()
    if case_file is None:
        raise NotVisible
    back = reverse("situations:board")
    return _open(request, case_file, Ground.REASONED_ACT, back, case_file_ref=ref)


def _open(
    request: DeskRequest, case_file: CaseFile, suggested: Ground, back: str, **origin: UUID
) -> HttpResponse:
    moment = now()
    today = local_day(case_file.authority, moment)
    if not supervises(request.user, case_file.authority, on=today):
        raise NotVisible
    minor = minor_of(case_file)
    form = OpenForm(
        request.POST or None,
        people=possible_referents(case_file.authority, on=today),
        initial={"ground": suggested},
    )
    return perform(
        request,
        deed=Deed(
            f"Ouvrir une situation : {minor.initials}, {minor.age_in_words(today)}",
            "Ouvrir la situation",
            "La situation est ouverte ; son référent est prévenu.",
            consequence="Le référent voit le dossier dès maintenant et le prend en charge.",
        ),
        form=form,
        act=lambda typed: open_situation(
            agent=request.user,
            ground=form.ground_chosen,
            reason=typed["reason"],
            referent=typed["referent"],
            now=moment,
            **origin,
        ),
        back=back,
        after=_opened,
        context={"already": living_situation_of(case_file)},
    )


def _opened(situation: Any) -> str:
    opened: Situation = situation
    return reverse("situations:show", args=[opened.ref])


@require_http_methods(["GET", "POST"])
@needs(Right.FOLLOW_SITUATIONS)
def accept(request: DeskRequest, ref: UUID) -> HttpResponse:
    situation = read_situation(agent=request.user, ref=ref)
    return perform(
        request,
        deed=Deed(
            "Prendre en charge la situation",
            "Prendre en charge",
            "Vous suivez maintenant cette situation.",
            consequence="Vous en répondez à partir d'aujourd'hui.",
        ),
        form=NoForm(request.POST if request.method == "POST" else None),
        act=lambda _: accept_situation(agent=request.user, ref=ref, now=now()),
        back=reverse("situations:show", args=[ref]),
        about=situation,
    )
