"""The list of records, and one record: it saves itself as one writes, and without script too."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.ground.access.decisions import holds
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.shell.pieces import Crumb
from fanal.ground.shell.words import count_fr
from fanal.helpline.contacts import use_cases
from fanal.helpline.contacts.definition import read_form
from fanal.helpline.contacts.forms.filters import CloseForm, ConcludeForm, ListForm
from fanal.helpline.contacts.forms.record import ROWS, RecordForm
from fanal.helpline.contacts.models import Contact
from fanal.helpline.contacts.queries import contacts_shown, read_contact
from fanal.helpline.contacts.terms import Channel, Kind, State
from fanal.helpline.contacts.views.leaving import leaving_of

PER_PAGE = 25
OPENABLE = (Channel.CALL, Channel.FORM)


@require_safe
@needs(Right.LISTEN)
def contacts(request: DeskRequest) -> HttpResponse:
    coordinates = holds(request.user, Right.COORDINATE)
    form = ListForm(request.GET, coordinates=coordinates)
    filters = form.cleaned_data if form.is_valid() else {}
    found = contacts_shown(request.user, filters)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    record_list(
        agent=request.user, deed="contact.list", rows=page, filters=filters, page=page.number
    )
    context = {
        "form": form,
        "page": page,
        "active": any(filters.values()),
        "coordinates": coordinates,
        "all": filters.get("whose") == "all",
        "total": count_fr(page.paginator.count, "fiche"),
        "channels": [(one.value, one.label) for one in OPENABLE],
    }
    return render(request, "helpline/contacts/list.html", context)


@require_POST
@needs(Right.LISTEN)
def new(request: DeskRequest) -> HttpResponse:
    """The record of a call, unless it is said to be of a form; ``about`` says which one."""
    form = request.POST.get("channel", "") == Channel.FORM
    about = _reference(request.POST.get("about", ""))
    known: dict[str, Any] = {"agent": request.user, "now": now()}
    try:
        if about is None:
            contact = use_cases.open_contact(
                **known, channel=Channel.FORM if form else Channel.CALL
            )
        elif form:
            contact = use_cases.open_for_letter(**known, letter=about)
        else:
            contact = use_cases.open_for_call(**known, call=about)
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("contacts:list")
    return redirect("contacts:show", contact.ref)


def _reference(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
@needs(Right.LISTEN)
def show(request: DeskRequest, ref: UUID) -> HttpResponse:
    contact = read_contact(agent=request.user, ref=ref)
    if request.method == "POST":
        return _keep(request, contact)
    form = RecordForm(
        read_form(contact.form_version), contact.content, rows=_rows(request.GET.get("enfants"))
    )
    return page_of(request, contact, form)


def _keep(request: DeskRequest, contact: Contact) -> HttpResponse:
    """What is typed is kept, complete or not; what somebody else wrote since is not lost."""
    form = RecordForm(read_form(contact.form_version), {}, request.POST)
    autosave = "X-Autosave" in request.headers
    try:
        kept = use_cases.save_contact(
            agent=request.user,
            ref=contact.ref,
            content=form.kept(),
            now=now(),
            read=request.POST.get("as_read"),
        )
    except NotVisible:
        raise
    except Refusal as refusal:
        if autosave:
            return HttpResponse(status=409)
        return page_of(request, contact, form, refused=refusal.message)
    if autosave:
        headers = {"X-Autosave-Token": use_cases.as_read(kept)}
        return HttpResponse(status=204, headers=headers)
    faults = form.faults()
    rows = form.child_rows + ("add_child" in request.POST)
    if faults or request.htmx:  # type: ignore[attr-defined]
        again = RecordForm(read_form(kept.form_version), kept.content, rows=rows)
        return page_of(request, kept, again, faults=faults)
    if "add_child" in request.POST:
        address = reverse("contacts:show", args=[kept.ref])
        return redirect(f"{address}?enfants={rows}#enfant-{rows}")
    messages.success(request, "La fiche est enregistrée.")
    return redirect("contacts:show", kept.ref)


def page_of(
    request: DeskRequest,
    contact: Contact,
    form: RecordForm,
    *,
    refused: str = "",
    faults: list[tuple[str, str, str]] | None = None,
) -> HttpResponse:
    """The record alone, or beside the conversation when the desk asked for it."""
    name = "beside" if request.htmx else "show"  # type: ignore[attr-defined]
    context = context_of(request, contact, form) | {"refused": refused, "faults": faults or []}
    return render(request, f"helpline/contacts/{name}.html", context)


def context_of(request: DeskRequest, contact: Contact, form: RecordForm) -> dict[str, Any]:
    mine = contact.listener_id == request.user.pk
    return {
        "contact": contact,
        "form": form,
        "rows_name": ROWS,
        "as_read": use_cases.as_read(contact),
        "writes": mine and contact.is_open,
        "mine": mine,
        "takes": not mine and contact.is_open and holds(request.user, Right.COORDINATE),
        "leaving": leaving_of(contact, now=now()),
        "conclude": ConcludeForm(),
        "concludes": contact.state == State.LISTENED,
        "closes": contact.state not in (State.OPENED, State.LISTENED, State.CLOSED),
        "close": CloseForm() if contact.state == State.ABANDONED else None,
        "crumbs": [Crumb("Fiches", reverse("contacts:list")), Crumb("Fiche")],
    }


def _rows(asked: str | None) -> int:
    return int(asked) if asked and asked.isdecimal() and len(asked) < 3 else 1  # noqa: PLR2004


@require_POST
@needs(Right.LISTEN)
def conclude(request: DeskRequest, ref: UUID) -> HttpResponse:
    read_contact(agent=request.user, ref=ref)
    form = ConcludeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Dites comment finit ce contact.")
        return redirect("contacts:show", ref)
    outcome = State(form.cleaned_data["outcome"])
    try:
        use_cases.conclude_contact(agent=request.user, ref=ref, outcome=outcome, now=now())
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "C’est noté. Complétez la fiche si besoin, puis fermez-la.")
    return redirect("contacts:show", ref)


@require_POST
@needs(Right.COORDINATE)
def take(request: DeskRequest, ref: UUID) -> HttpResponse:
    """Go on with the record of somebody who is gone."""
    read_contact(agent=request.user, ref=ref)
    try:
        use_cases.take_over(agent=request.user, ref=ref)
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Vous tenez cette fiche : quelqu’un d’autre relira ce qui part.")
    return redirect("contacts:show", ref)


@require_POST
@needs(Right.LISTEN)
def close(request: DeskRequest, ref: UUID) -> HttpResponse:
    read_contact(agent=request.user, ref=ref)
    form = CloseForm(request.POST)
    said = form.cleaned_data["kind"] if form.is_valid() else ""
    try:
        use_cases.close_contact(
            agent=request.user, ref=ref, kind=Kind(said) if said else None, now=now()
        )
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("contacts:show", ref)
    messages.success(request, "La fiche est close.")
    return redirect("contacts:list")
