"""The information préoccupante of a record: what the CRIP will read, then one click."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.shell.pieces import Crumb
from fanal.helpline.contacts import use_cases
from fanal.helpline.contacts.content import groups_of
from fanal.helpline.contacts.forms.filters import CompleteForm, ReasonForm
from fanal.helpline.contacts.mapping import every_group, whose
from fanal.helpline.contacts.models import Contact, Transmission
from fanal.helpline.contacts.preview import preview_of
from fanal.helpline.contacts.queries import read_contact, read_transmission
from fanal.helpline.contacts.terms import MAY_SEND, MOST_GROUPS
from fanal.helpline.contacts.use_cases import NotReady

LEFT = (
    "Elle est partie, et sera relue après. Si ce n’est pas fait, appelez le 17 ou le 112 : "
    "l’envoi ne remplace pas l’appel."
)
WAITS = "Elle attend sa relecture par quelqu’un d’autre : rien n’est encore parti."


@require_http_methods(["GET", "POST"])
@needs(Right.LISTEN)
def concern(request: DeskRequest, ref: UUID) -> HttpResponse:
    contact = read_contact(agent=request.user, ref=ref)
    group = _group(request, contact)
    if request.method == "POST":
        try:
            found = use_cases.prepare_concern(agent=request.user, ref=ref, group=group, now=now())
        except NotVisible:
            raise
        except NotReady:
            # The page itself says what is missing.
            return _page(request, contact, group)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("contacts:show", ref)
        else:
            messages.success(request, LEFT if found.is_sent else WAITS)
            return redirect("contacts:show", ref)
    return _page(request, contact, group)


def _page(request: DeskRequest, contact: Contact, group: int) -> HttpResponse:
    found = next((one for one in contact.transmissions.all() if one.group == group), None)
    if found is not None and found.is_sent:
        return redirect("contacts:show", contact.ref)
    # As it would leave, from whoever holds the record.
    shown = Transmission(contact=contact, group=group, author=contact.listener)
    children = groups_of(contact.content)
    context = {
        "contact": contact,
        "group": group,
        "several": len(children) > 1,
        "whose": whose(children.get(group, [])),
        "preview": preview_of(shown, now=now()),
        "may_send": contact.state in MAY_SEND and contact.listener_id == request.user.pk,
        "crumbs": [
            Crumb("Fiches", reverse("contacts:list")),
            Crumb("Fiche", reverse("contacts:show", args=[contact.ref])),
            Crumb("Information préoccupante"),
        ],
    }
    return render(request, "helpline/contacts/concern.html", context)


def _group(request: DeskRequest, contact: Contact) -> int:
    asked = (request.POST if request.method == "POST" else request.GET).get("fratrie", "")
    if asked.isdecimal() and len(asked) == 1 and 1 <= int(asked) <= MOST_GROUPS:
        return int(asked)
    return every_group(contact.content)[0]


@require_http_methods(["GET", "POST"])
@needs(Right.LISTEN)
def drop(request: DeskRequest, ref: UUID) -> HttpResponse:
    """Why it is not sent: said, and kept."""
    found = read_transmission(agent=request.user, ref=ref)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            use_cases.drop_concern(
                agent=request.user, ref=ref, reason=form.cleaned_data["reason"], now=now()
            )
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "C’est noté : elle n’est pas envoyée.")
            return redirect("contacts:show", found.contact.ref)
    return _short(request, found, form, "drop", "Ne pas l’envoyer")


@require_http_methods(["GET", "POST"])
@needs(Right.LISTEN)
def complete(request: DeskRequest, ref: UUID) -> HttpResponse:
    """More facts, for a CRIP that already has the rest."""
    found = read_transmission(agent=request.user, ref=ref)
    form = CompleteForm(request.POST or None)
    if form.is_valid():
        try:
            use_cases.complete(
                agent=request.user, ref=ref, text=form.cleaned_data["text"], now=now()
            )
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Le complément est parti : la cellule est prévenue.")
            return redirect("contacts:show", found.contact.ref)
    return _short(request, found, form, "complete", "Compléter")


def _short(
    request: DeskRequest, found: Transmission, form: object, name: str, title: str
) -> HttpResponse:
    context = {
        "found": found,
        "form": form,
        "title": title,
        "crumbs": [
            Crumb("Fiche", reverse("contacts:show", args=[found.contact.ref])),
            Crumb(title),
        ],
    }
    return render(request, f"helpline/contacts/{name}.html", context)
