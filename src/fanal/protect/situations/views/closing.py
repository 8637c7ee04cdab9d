from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from fanal.ground.access.deeds import Deed
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.territory.queries import local_day
from fanal.protect.situations.forms import (
    ExitInterviewForm,
    MajorityForm,
    ProposeClosingForm,
    ReasonForm,
    ReopenForm,
    TransferForm,
)
from fanal.protect.situations.queries import possible_referents, read_situation
from fanal.protect.situations.terms import ClosingReason
from fanal.protect.situations.use_cases import (
    confirm_closing,
    establish_majority,
    note_exit_interview,
    propose_closing,
    reopen_situation,
    send_back_closing,
    transfer_situation,
)
from fanal.protect.situations.use_cases.transferring import SealedFile
from fanal.protect.situations.views.acts import NoForm, perform


@require_http_methods(["GET", "POST"])
@needs(Right.FOLLOW_SITUATIONS)
def propose(request: DeskRequest, ref: UUID) -> HttpResponse:
    situation = read_situation(agent=request.user, ref=ref)
    return perform(
        request,
        deed=Deed(
            "Proposer la clôture",
            "Proposer la clôture",
            "La clôture est proposée à l'encadrement.",
            consequence="Une autre personne la confirme ; d'ici là, le suivi continue.",
        ),
        form=ProposeClosingForm(request.POST or None),
        act=lambda typed: propose_closing(
            agent=request.user,
            ref=ref,
            reason=ClosingReason(typed["reason"]),
            text=typed["text"],
            now=now(),
        ),
        back=reverse("situations:show", args=[ref]),
        about=situation,
    )


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_SITUATIONS)
def decide(request: DeskRequest, ref: UUID) -> HttpResponse:
    situation = read_situation(agent=request.user, ref=ref)
    return perform(
        request,
        deed=Deed(
            "Décider de la clôture",
            "Confirmer la clôture",
            "La situation est clôturée.",
            consequence="Le référent ne voit plus le dossier. La situation pourra être rouverte.",
        ),
        form=NoForm(request.POST if request.method == "POST" else None),
        act=lambda _: confirm_closing(agent=request.user, ref=ref, now=now()),
        back=reverse("situations:show", args=[ref]),
        about=situation,
        context={"situation": situation},
        template="decide_closing",
    )


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_SITUATIONS)
def send_back(request: DeskRequest, ref: UUID) -> HttpResponse:
    situation = read_situation(agent=request.user, ref=ref)
    return perform(
        request,
        deed=Deed(
            "Renvoyer la clôture au référent",
            "Renvoyer la clôture",
            "La clôture est refusée ; le suivi continue.",
        ),
        form=ReasonForm(request.POST or None),
        act=lambda typed: send_back_closing(
            agent=request.user, ref=ref, reason=typed["reason"], now=now()
        ),
        back=reverse("situations:show", args=[ref]),
        about=situation,
    )


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_SITUATIONS)
def reopen(request: DeskRequest, ref: UUID) -> HttpResponse:
    situation = read_situation(agent=request.user, ref=ref)
    people = possible_referents(situation.authority, on=local_day(situation.authority, now()))
    return perform(
        request,
        deed=Deed(
            "Rouvrir la situation",
            "Rouvrir la situation",
            "La situation est rouverte ; son référent est prévenu.",
        ),
        form=ReopenForm(request.POST or None, people=people),
        act=lambda typed: reopen_situation(
            agent=request.user,
            ref=ref,
            reason=typed["reason"],
            referent=typed["referent"],
            now=now(),
        ),
        back=reverse("situations:show", args=[ref]),
        about=situation,
    )


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_SITUATIONS)
def transfer(request: DeskRequest, ref: UUID) -> HttpResponse:
    situation = read_situation(agent=request.user, ref=ref)
    sealed = situation.case_file.sealed_at is not None
    return perform(
        request,
        deed=Deed(
            "Transmettre à une autre autorité",
            "Transmettre la situation",
            "La situation est transmise ; quelqu'un en répond là-bas.",
            lead=SealedFile.message
            if sealed
            else "Le mineur vit maintenant dans un autre département (art. L221-3 CASF).",
            consequence=(
                "Ici, il ne restera qu'une fiche : où, et depuis quand. "
                "Pensez à informer les parents."
            ),
        ),
        form=TransferForm(request.POST or None),
        act=lambda typed: transfer_situation(agent=request.user, ref=ref, now=now(), **typed),
        back=reverse("situations:show", args=[ref]),
        about=situation,
    )


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_SITUATIONS)
def majority(request: DeskRequest, ref: UUID) -> HttpResponse:
    situation = read_situation(agent=request.user, ref=ref)
    return perform(
        request,
        deed=Deed(
            "Établir la majorité",
            "Inscrire la majorité",
            "La majorité est inscrite dans le fil.",
            lead="La date de naissance était estimée : le doute profite au jeune.",
            consequence="Les mesures de protection du mineur s'arrêtent ce jour-là.",
        ),
        form=MajorityForm(request.POST or None),
        act=lambda typed: establish_majority(agent=request.user, ref=ref, now=now(), **typed),
        back=reverse("situations:show", args=[ref]),
        about=situation,
    )


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_SITUATIONS)
def exit_interview(request: DeskRequest, ref: UUID) -> HttpResponse:
    situation = read_situation(agent=request.user, ref=ref)
    return perform(
        request,
        deed=Deed(
            "Entretien six mois après la sortie",
            "Inscrire l'entretien",
            "L'entretien est inscrit dans le fil.",
            lead="Un droit du jeune majeur (art. L222-5-2-1 CASF) : tenu, ou proposé et décliné.",
        ),
        form=ExitInterviewForm(request.POST or None),
        act=lambda typed: note_exit_interview(
            agent=request.user, ref=ref, text=typed["text"], now=now()
        ),
        back=reverse("situations:show", args=[ref]),
        about=situation,
    )
