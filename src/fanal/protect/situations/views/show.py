"""One situation: its Fil, its people, its documents, and who may open it."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.models import Exclusion, Grant
from fanal.ground.access.terms import Right
from fanal.ground.audit.models import Trace
from fanal.ground.documents.queries import documents_of
from fanal.ground.people.models import Holder, Tie
from fanal.ground.people.queries import files_of
from fanal.ground.shell.pieces import Crumb, Happening
from fanal.ground.territory.queries import local_day
from fanal.protect.situations.forms import FilForm, NoteForm
from fanal.protect.situations.head import home, situation_head
from fanal.protect.situations.models import Entry, Situation
from fanal.protect.situations.queries import (
    living_situation_of,
    minor_of,
    other_information_exists,
    read_situation,
    timeline,
)
from fanal.protect.situations.queries.deeds import deed_in_words
from fanal.protect.situations.queries.hints import desk_to_call
from fanal.protect.situations.queries.timeline import Strand, TimelineEntry
from fanal.protect.situations.terms import EntryKind

LINES = 50
SEVENTEEN = 17
ICONS = {
    Strand.EXCHANGES: "notebook-pen",
    Strand.EVENTS: "flag",
    Strand.MEASURES: "gavel",
    Strand.CONCERNS: "inbox",
    Strand.REPORTS: "scale",
    Strand.FOLLOW_UP: "user-check",
}
KIND_ICONS = {
    EntryKind.CALL: "phone",
    EntryKind.VISIT: "house",
    EntryKind.MEETING: "users",
    EntryKind.TRANSFER: "share-2",
}


@require_safe
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def fil(request: DeskRequest, ref: UUID) -> HttpResponse:
    situation = read_situation(agent=request.user, ref=ref)
    if situation.is_transferred:
        return stub(request, situation)
    form = FilForm(request.GET)
    strand = form.cleaned_data["strand"] if form.is_valid() else ""
    shown = [strand] if strand else []
    lines = timeline(situation.case_file, agent=request.user, now=now(), strands=shown)
    page = Paginator(lines[::-1], LINES).get_page(request.GET.get("page"))
    context = situation_head(request.user, situation, "show") | {
        "form": form,
        "active": bool(strand),
        "page": page,
        "happenings": [_happening(line, situation) for line in page.object_list],
        "note": NoteForm(),
        "hinted": other_information_exists(agent=request.user, situation=situation),
        "desk": desk_to_call(situation),
        "interview_missing": _interview_is_missing(situation),
    }
    return render(request, "protect/situations/fil.html", context)


@require_safe
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def people(request: DeskRequest, ref: UUID) -> HttpResponse:
    situation = read_situation(agent=request.user, ref=ref)
    if situation.is_transferred:
        return stub(request, situation)
    files = files_of(situation.case_file)
    context = situation_head(request.user, situation, "people") | {
        "holders": Holder.objects.filter(case_file__in=files),
        "ties": _ties(situation),
        "stand_ins": Grant.objects.living(at=now())
        .filter(case_file=situation.case_file, capacity="stand_in")
        .select_related("agent"),
    }
    return render(request, "protect/situations/people.html", context)


@require_safe
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def documents(request: DeskRequest, ref: UUID) -> HttpResponse:
    situation = read_situation(agent=request.user, ref=ref)
    if situation.is_transferred:
        return stub(request, situation)
    page = Paginator(documents_of(situation.case_file), LINES).get_page(request.GET.get("page"))
    context = situation_head(request.user, situation, "documents") | {"page": page}
    return render(request, "protect/situations/documents.html", context)


@require_safe
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def access(request: DeskRequest, ref: UUID) -> HttpResponse:
    situation = read_situation(agent=request.user, ref=ref)
    if situation.is_transferred:
        return stub(request, situation)
    files = files_of(situation.case_file)
    # The database shows an agent their own traces, and to those who supervise the whole file's.
    traces = Trace.objects.filter(case_file_ref__in=files.values("ref")).select_related("agent")
    context = situation_head(request.user, situation, "access")
    if context["supervises"]:
        context["exclusions"] = Exclusion.objects.filter(case_file__in=files).select_related(
            "agent"
        )
    context["grants"] = (
        Grant.objects.filter(case_file__in=files).select_related("agent").order_by("-starts_at")
    )
    context["page"] = Paginator(traces, LINES).get_page(request.GET.get("page"))
    context["traces"] = [(trace, deed_in_words(trace.deed)) for trace in context["page"]]
    return render(request, "protect/situations/access.html", context)


def stub(request: DeskRequest, situation: Situation) -> HttpResponse:
    """Another authority follows the minor: what stays here is that it was so, and since when."""
    return render(
        request,
        "protect/situations/stub.html",
        {"situation": situation, "crumbs": [home(), Crumb(situation.number)]},
    )


def _happening(line: TimelineEntry, situation: Situation) -> Happening:
    known = KIND_ICONS.get(line.kind) if line.kind in EntryKind.values else None  # type: ignore[call-overload]
    return Happening(
        at=line.at.astimezone(ZoneInfo(situation.authority.timezone)),
        what=line.what,
        who=line.who,
        source=line.source,
        detail=line.text,
        icon=known or ICONS[line.strand],
        href=reverse("situations:correct", args=[line.entry_ref]) if line.entry_ref else "",
        gap=line.gap,
    )


def _ties(situation: Situation) -> list[dict[str, Any]]:
    """Brothers, sisters, minors of the home that the reader may see, and who follows them."""
    ours = set(files_of(situation.case_file).values_list("pk", flat=True))
    ties = Tie.objects.filter(Q(case_file__in=ours) | Q(other__in=ours))
    found = []
    for tie in ties.select_related("case_file__minor", "other__minor").order_by("pk"):
        theirs = tie.other if tie.case_file_id in ours else tie.case_file
        found.append(
            {
                "kind": tie.get_kind_display(),
                "minor": theirs.minor,
                "situation": living_situation_of(theirs),
            }
        )
    return found


def _interview_is_missing(situation: Situation) -> bool:
    """L222-5-1 CASF: for a minor who arrived after 17, the interview is due as soon as possible."""
    if not situation.is_living or situation.majority_on is not None:
        return False
    today = local_day(situation.authority, now())
    if minor_of(situation.case_file).age(today) < SEVENTEEN:
        return False
    entries = Entry.objects.filter(case_file__in=files_of(situation.case_file))
    return not entries.filter(kind=EntryKind.INTERVIEW_17).exists()
