from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from fanal.ground.access.deeds import Deed
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.documents.rendering import render as print_letter
from fanal.ground.errors import NotVisible
from fanal.ground.shell.pieces import Crumb, Happening
from fanal.protect.situations.forms import CorrectForm, NoteForm
from fanal.protect.situations.head import home
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries import read_entry, read_situation
from fanal.protect.situations.terms import EntryKind
from fanal.protect.situations.use_cases import add_entry, correct_entry
from fanal.protect.situations.use_cases.letters import dossier as dossier_of
from fanal.protect.situations.views.acts import perform


@require_http_methods(["GET", "POST"])
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def write(request: DeskRequest, ref: UUID) -> HttpResponse:
    situation = read_situation(agent=request.user, ref=ref)
    form = NoteForm(request.POST or None)
    return perform(
        request,
        deed=Deed("Ajouter au fil", "Ajouter au fil", "C'est écrit dans le fil."),
        form=form,
        act=lambda typed: add_entry(
            agent=request.user,
            situation_ref=ref,
            kind=EntryKind(typed["kind"]),
            text=typed["text"],
            where=typed["where"],
            at=form.moment(situation.authority),
            now=now(),
        ),
        back=reverse("situations:show", args=[ref]),
        about=situation,
    )


@require_http_methods(["GET", "POST"])
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def correct(request: DeskRequest, ref: UUID) -> HttpResponse:
    entry = read_entry(ref=ref)
    if entry.situation is None:
        raise NotVisible
    situation = read_situation(agent=request.user, ref=entry.situation.ref)
    return perform(
        request,
        deed=Deed(
            f"Corriger : {entry.get_kind_display().lower()}",
            "Enregistrer la correction",
            "La correction est écrite ; le texte d'origine reste lisible.",
            consequence="Rien n'est effacé : les deux textes restent, avec leurs auteurs.",
        ),
        form=CorrectForm(request.POST or None, initial={"text": entry.text}),
        act=lambda typed: correct_entry(
            agent=request.user, entry_ref=ref, text=typed["text"], now=now()
        ),
        back=reverse("situations:show", args=[situation.ref]),
        about=situation,
    )


@require_safe
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def dossier(request: DeskRequest, ref: UUID) -> HttpResponse:
    """The whole story on one page, in the order in which it happened, to be printed."""
    situation = _read_to_print(request, ref)
    paper = dossier_of(situation=situation, agent=request.user, now=now())
    lines = [
        Happening(at=one.on, what=one.what, source=one.source, detail=one.text, gap=one.hidden)
        for one in paper.events
    ]
    trail = [home(), Crumb(situation.number, reverse("situations:show", args=[ref]))]
    context = {
        "situation": situation,
        "paper": paper,
        "lines": lines,
        "crumbs": [*trail, Crumb("Dossier à imprimer")],
    }
    return render(request, "protect/situations/dossier.html", context)


@require_safe
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
@recently_proved
def dossier_pdf(request: DeskRequest, ref: UUID) -> HttpResponse:
    situation = _read_to_print(request, ref)
    pdf = print_letter(dossier_of(situation=situation, agent=request.user, now=now()))
    return pdf_response(pdf, name=f"dossier-{situation.number}")


def _read_to_print(request: DeskRequest, ref: UUID) -> Situation:
    situation = read_situation(agent=request.user, ref=ref)
    if situation.is_transferred:
        raise NotVisible
    record(agent=request.user, deed="situation.dossier", subject=situation, outcome=Outcome.READ)
    return situation


def pdf_response(pdf: bytes, *, name: str) -> HttpResponse:
    """A file name stays in the downloads of a shared machine: it names nobody."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
