"""The record beside the conversation: the desk asks for it by its address."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.chats.queries import read_conversation
from fanal.helpline.contacts import use_cases
from fanal.helpline.contacts.definition import read_form
from fanal.helpline.contacts.forms.record import RecordForm
from fanal.helpline.contacts.models import Contact
from fanal.helpline.contacts.queries import is_held_by, of_conversation, read_contact
from fanal.helpline.contacts.views.records import page_of


@require_safe
@needs(Right.LISTEN)
def beside(request: DeskRequest, talk: UUID) -> HttpResponse:
    """What is written of a conversation, or the way to begin; without script, a whole page."""
    conversation = read_conversation(agent=request.user, ref=talk)
    known = of_conversation(talk)
    if known is not None:
        if not request.htmx:  # type: ignore[attr-defined]
            return redirect("contacts:show", known.ref)
        contact = read_contact(agent=request.user, ref=known.ref)
        return _written(request, contact)
    name = "begin_beside" if request.htmx else "begin"  # type: ignore[attr-defined]
    context = {"talk": conversation, "mine": is_held_by(conversation, request.user)}
    return render(request, f"helpline/contacts/{name}.html", context)


@require_POST
@needs(Right.LISTEN)
def begin(request: DeskRequest, talk: UUID) -> HttpResponse:
    """The record of a conversation, opened once, with what was said to be known."""
    try:
        contact = use_cases.open_for_conversation(agent=request.user, talk=talk, now=now())
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("chats:show", talk)
    if request.htmx:  # type: ignore[attr-defined]
        return _written(request, contact)
    return redirect("contacts:show", contact.ref)


def _written(request: DeskRequest, contact: Contact) -> HttpResponse:
    form = RecordForm(read_form(contact.form_version), contact.content)
    return page_of(request, contact, form)
