"""Minors sheltered without a judge: the list, the beginning, the page with its clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from fanal.ground.access.decisions import authorities_of, holds
from fanal.ground.access.deeds import Deed
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.models import CaseFile
from fanal.ground.access.terms import Right
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record, record_list
from fanal.ground.deadlines.models import Clock
from fanal.ground.documents.queries import documents_of
from fanal.ground.documents.terms import Kind
from fanal.ground.errors import NotVisible
from fanal.ground.people.queries import PossibleMinor, possible_minors
from fanal.ground.shell.pieces import Crumb
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import local_day
from fanal.protect.measures.forms.shelters import ShelterForm, UnknownMinorForm
from fanal.protect.measures.models import EmergencyShelter
from fanal.protect.measures.queries import read_shelter, running_shelters
from fanal.protect.measures.use_cases import shelter_now, shelter_unknown
from fanal.protect.measures.views.deeds import perform, posted
from fanal.protect.situations.queries import minor_of

PER_PAGE = 25
DAY = 24
TWO_DAYS = 2 * DAY
LETTERS = (Kind.SHELTER_PARENTS, Kind.SHELTER_PROSECUTOR)
SHELTER = Deed(
    "Mettre un mineur à l'abri",
    "Mettre à l'abri maintenant",
    "Le mineur est à l'abri ; le délai court depuis son arrivée.",
    consequence="Le procureur et les parents sont à informer sans délai (art. L223-2 CASF).",
)


@require_safe
@needs(Right.SHELTER)
def listing(request: DeskRequest) -> HttpResponse:
    page = Paginator(running_shelters(), PER_PAGE).get_page(request.GET.get("page"))
    record_list(agent=request.user, deed="shelter.list", rows=page, page=page.number)
    clocks = _clocks(list(page.object_list))
    moment = now()
    context = {
        "page": page,
        "rows": [
            {"shelter": one, "clock": clocks.get(one.ref), "label": label_of(one, moment)}
            for one in page.object_list
        ],
        "opens_files": bool(authorities_of(request.user)),
    }
    return render(request, "protect/measures/shelters.html", context)


@require_safe
@needs(Right.SHELTER)
def show(request: DeskRequest, ref: UUID) -> HttpResponse:
    shelter = read_shelter(agent=request.user, ref=ref)
    moment = now()
    clock = _clocks([shelter]).get(shelter.ref)
    context = {
        "shelter": shelter,
        "label": label_of(shelter, moment),
        "crumbs": crumbs_of(shelter),
        "clock": clock,
        "left": _left(clock, moment) if clock else "",
        "late": clock is not None and clock.is_late(now=moment),
        "letters": documents_of(shelter.case_file).filter(
            kind__in=LETTERS, title__endswith=shelter.number
        ),
        "reads_letters": holds(request.user, Right.READ_DOCUMENTS),
        "follows": holds(request.user, Right.FOLLOW_SITUATIONS),
        "manages": holds(request.user, Right.MANAGE_SITUATIONS),
    }
    return render(request, "protect/measures/shelter.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.SHELTER)
def of_file(request: DeskRequest, ref: UUID) -> HttpResponse:
    case_file = CaseFile.objects.select_related("authority", "minor").filter(ref=ref).first()
    if case_file is None:
        raise NotVisible
    record(agent=request.user, deed="minor.read", subject=case_file, outcome=Outcome.READ)
    moment = now()
    minor = minor_of(case_file)
    form = ShelterForm(posted(request), authority=case_file.authority, now=moment)
    age = minor.age_in_words(local_day(case_file.authority, moment))
    return perform(
        request,
        deed=SHELTER,
        form=form,
        act=lambda _: shelter_now(
            agent=request.user, sheltering=form.sheltering(), case_file_ref=ref, now=now()
        ),
        back=reverse("measures:shelters"),
        after=_page,
        crumbs=[_home(), Crumb(f"{minor.initials}, {age}")],
        context={"danger_call": True},
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SHELTER)
def new(request: DeskRequest) -> HttpResponse:
    theirs = authorities_of(request.user)
    if not theirs:
        raise NotVisible
    form = UnknownMinorForm(posted(request), authority=theirs[0], now=now())
    possible = _possible(form)
    if possible and not form.cleaned_data["not_known"]:
        return _ask_first(request, form, possible)
    return perform(
        request,
        deed=SHELTER,
        form=form,
        act=lambda typed: shelter_unknown(
            agent=request.user,
            sheltering=form.sheltering(),
            authority=_authority(theirs, typed),
            minor=form.minor(),
            now=now(),
        ),
        back=reverse("measures:shelters"),
        after=_page,
        crumbs=[_home(), Crumb("Mineur sans dossier")],
        context={"danger_call": True},
    )


def _left(clock: Clock, moment: datetime) -> str:
    """How long is left, or has passed: hours and minutes within two days, else days and hours."""
    hours, minutes = divmod(int(abs(clock.due_at - moment).total_seconds() // 60), 60)
    if hours >= TWO_DAYS:
        return f"{hours // DAY} jours et {hours % DAY} h"
    return f"{hours} h {minutes:02}"


def _possible(form: UnknownMinorForm) -> list[PossibleMinor]:
    """Search before create: minors who may be this one, in what the agent sees."""
    if not form.is_valid():
        return []
    return possible_minors(
        given_names=form.cleaned_data["given_names"],
        family_name=form.cleaned_data["family_name"],
        birth_date=form.birth().day,
        birth_precision=form.birth().precision,
    )


def _ask_first(
    request: DeskRequest, form: UnknownMinorForm, possible: list[PossibleMinor]
) -> HttpResponse:
    # The same answers come back with the one that settles the question.
    again = {**form.data.dict(), "not_known": "on"}  # type: ignore[attr-defined]
    kept = UnknownMinorForm(again, authority=form.authority, now=now())
    context = {
        "form": kept,
        "possible": possible,
        "crumbs": [_home(), Crumb("Mineur sans dossier")],
        "back": reverse("measures:shelters"),
    }
    return render(request, "protect/measures/possible.html", context)


def _authority(theirs: list[ChildWelfareAuthority], typed: dict[str, Any]) -> ChildWelfareAuthority:
    """Where the minor was found, when the agent answers there."""
    found = typed["commune"].authority
    return found if found in theirs else theirs[0]


def _page(shelter: Any) -> str:
    sheltered: EmergencyShelter = shelter
    return reverse("measures:shelter", args=[sheltered.ref])


def _home() -> Crumb:
    return Crumb("Mises à l'abri", reverse("measures:shelters"))


def crumbs_of(shelter: EmergencyShelter, last: str = "") -> list[Crumb]:
    if not last:
        return [_home(), Crumb(shelter.number)]
    return [_home(), Crumb(shelter.number, _page(shelter)), Crumb(last)]


def label_of(shelter: EmergencyShelter, moment: datetime) -> str:
    minor = minor_of(shelter.case_file)
    today = local_day(shelter.case_file.authority, moment)
    return f"{minor.initials}, {minor.age_in_words(today)}"


def _clocks(shelters: list[EmergencyShelter]) -> dict[UUID, Clock]:
    found = Clock.objects.filter(subject_ref__in=[one.ref for one in shelters])
    return {clock.subject_ref: clock for clock in found}
