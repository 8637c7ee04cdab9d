"""The supervisor's board, and the gestures by which a minor never stays without somebody."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_http_methods, require_safe

from fanal.ground.access.decisions import holds
from fanal.ground.access.deeds import Deed
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Agent, Posting
from fanal.ground.errors import NotVisible
from fanal.ground.shell.pieces import Crumb
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import local_day
from fanal.protect.situations.forms import (
    AbsenceForm,
    AssignForm,
    EndPostingForm,
    HandOverForm,
)
from fanal.protect.situations.head import home
from fanal.protect.situations.models import HandOver
from fanal.protect.situations.queries import (
    authorities_answered_for,
    clocks_at_risk,
    idle_since,
    load_per_agent,
    may_read_receipt,
    possible_referents,
    read_hand_over,
    read_receipt,
    read_situation,
    situations_of,
    supervised_by,
    supervises,
)
from fanal.protect.situations.queries.accountable import (
    ACCOUNTABLE,
    absences_from,
    read_absence,
    standing_in_for,
)
from fanal.protect.situations.queries.load import IDLE_DAYS, SOON_DAYS
from fanal.protect.situations.queries.reading import situations_by_case_file
from fanal.protect.situations.terms import Status
from fanal.protect.situations.use_cases import (
    assign_referent,
    declare_absence,
    end_absence,
    end_posting,
    hand_over,
)
from fanal.protect.situations.views.acts import NoForm, perform
from fanal.protect.situations.views.cards import cards
from fanal.protect.situations.views.entries import pdf_response
from fanal.protect.situations.views.lists import supervised

SHOWN = 12
PER_PAGE = 25


@require_safe
@needs(Right.MANAGE_SITUATIONS)
def board(request: DeskRequest) -> HttpResponse:
    moment = now()
    here = supervised(request)
    loads = load_per_agent(here, now=moment)
    risky = list(clocks_at_risk(here, days=SOON_DAYS, now=moment)[:SHOWN])
    followed = situations_by_case_file(clock.case_file_id for clock in risky)
    idle = idle_since(here, days=IDLE_DAYS, now=moment)
    context = {
        "authority": here,
        "others": [one for one in supervised_by(request.user, now=moment) if one != here],
        "page": Paginator(loads, PER_PAGE).get_page(request.GET.get("page")),
        "total": sum(load.living for load in loads),
        "to_take_up": sum(load.to_take_up for load in loads),
        "closing": cards(
            situations_of(here, status=Status.CLOSING)[:SHOWN], agent=request.user, now=moment
        ),
        "late": sum(load.late for load in loads),
        "past_law": sum(load.past_law for load in loads),
        "risky": [(clock, followed.get(clock.case_file_id)) for clock in risky],
        "idle": cards(idle[:SHOWN], agent=request.user, now=moment),
        "idle_count": idle.count(),
    }
    return render(request, "protect/situations/board.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_SITUATIONS)
def assign(request: DeskRequest, ref: UUID) -> HttpResponse:
    situation = read_situation(agent=request.user, ref=ref)
    today = local_day(situation.authority, now())
    people = possible_referents(situation.authority, on=today)
    return perform(
        request,
        deed=Deed(
            "Changer de référent",
            "Confier la situation",
            "La situation a un nouveau référent, qui est prévenu.",
            lead=f"Aujourd'hui : {situation.referent.name}.",
            consequence="L'ancien référent ne voit plus le dossier.",
        ),
        form=AssignForm(
            request.POST or None, people=[one for one in people if one != situation.referent]
        ),
        act=lambda typed: assign_referent(
            agent=request.user,
            ref=ref,
            referent=typed["referent"],
            reason=typed["reason"],
            now=now(),
        ),
        back=reverse("situations:show", args=[ref]),
        about=situation,
    )


@require_http_methods(["GET", "POST"])
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def hand_over_list(request: DeskRequest, ref: UUID) -> HttpResponse:
    giver, here = _colleague(request, ref)
    moment = now()
    listed = cards(list(situations_of(here, referent=giver)), agent=giver, now=moment)
    form = HandOverForm(
        request.POST or None,
        people=[
            one for one in possible_referents(here, on=local_day(here, moment)) if one != giver
        ],
        situations=[(card.situation, f"{card.label} · {card.situation.number}") for card in listed],
    )
    return perform(
        request,
        deed=Deed(
            f"Remettre les situations de {giver.name}",
            "Remettre ces situations",
            "Les situations ont changé de mains ; le reçu est prêt.",
            consequence="Tout passe en un geste, ou rien. Chaque situation garde un référent.",
        ),
        form=form,
        act=lambda typed: hand_over(
            agent=request.user,
            authority=here,
            giver=giver,
            taker=typed["taker"],
            reason=typed["reason"],
            situation_refs=[UUID(one) for one in typed["situations"]],
            now=moment,
        ),
        back=_team(request),
        after=_receipt_of,
        context={"nothing": not listed},
    )


def _receipt_of(gesture: object) -> str:
    assert isinstance(gesture, HandOver)  # noqa: S101 — what the use case returns
    return reverse("situations:receipt", args=[gesture.ref])


@require_safe
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def receipt(request: DeskRequest, ref: UUID) -> HttpResponse:
    gesture = read_hand_over(agent=request.user, ref=ref)
    # The database shows the lines of the files that the reader still sees, and no other.
    lines = list(gesture.lines.select_related("situation__case_file__minor", "situation__referent"))
    context = {
        "gesture": gesture,
        "lines": lines,
        "unseen": range(max(gesture.count - len(lines), 0)),
        "has_paper": may_read_receipt(agent=request.user, hand_over=gesture),
        "crumbs": [home(), Crumb("Remise de situations")],
    }
    return render(request, "protect/situations/receipt.html", context)


@require_safe
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
@recently_proved
def receipt_pdf(request: DeskRequest, ref: UUID) -> HttpResponse:
    paper = read_receipt(agent=request.user, ref=ref)
    return pdf_response(paper, name=f"remise-{str(ref)[:8]}")


@require_http_methods(["GET", "POST"])
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def absences(request: DeskRequest) -> HttpResponse:
    moment = now()
    people = _people_around(request.user)
    absents = people if holds(request.user, Right.MANAGE_SITUATIONS) else [request.user]
    form = AbsenceForm(
        request.POST or None, absents=absents, people=people, initial={"absent": request.user}
    )
    day = localtime(moment).date()
    return perform(
        request,
        deed=Deed(
            "Absences et remplacements",
            "Déclarer l'absence",
            "L'absence est déclarée ; le remplaçant est prévenu.",
            consequence="Le remplaçant voit les situations ces jours-là, et plus rien ensuite.",
        ),
        form=form,
        act=lambda typed: declare_absence(agent=request.user, now=moment, **typed),
        back=reverse("situations:absences"),
        context={
            "known": [absence for one in absents for absence in absences_from(one, day=day)],
            "replacing": standing_in_for(request.user, day=day),
        },
        template="absences",
    )


@require_http_methods(["GET", "POST"])
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def back_early(request: DeskRequest, ref: UUID) -> HttpResponse:
    absence = read_absence(agent=request.user, absence_ref=ref, now=now())
    return perform(
        request,
        deed=Deed(
            "Mettre fin au remplacement",
            "Mettre fin au remplacement",
            "Le remplacement a pris fin.",
            lead=f"{absence.stand_in.name} remplace {absence.agent.name}.",
            consequence="Le remplaçant ne voit plus ces situations.",
        ),
        form=NoForm(request.POST if request.method == "POST" else None),
        act=lambda _: end_absence(agent=request.user, absence_ref=ref, now=now()),
        back=reverse("situations:absences"),
    )


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_SITUATIONS)
def depart(request: DeskRequest, ref: UUID) -> HttpResponse:
    leaving, here = _colleague(request, ref)
    postings = Posting.objects.of_authority(here, *ACCOUNTABLE).filter(
        agent=leaving, until__isnull=True
    )
    return perform(
        request,
        deed=Deed(
            f"Fin d'affectation : {leaving.name}",
            "Mettre fin à l'affectation",
            "La fin d'affectation est enregistrée.",
            consequence="Possible quand cette personne ne suit plus aucune situation : remettez "
            "d'abord celles qui lui restent.",
        ),
        form=EndPostingForm(request.POST or None, postings=postings),
        act=lambda typed: end_posting(
            agent=request.user,
            posting_id=typed["posting"].pk,
            last_day=typed["last_day"],
            now=now(),
        ),
        back=reverse("situations:board"),
        context={
            "hand_over_href": reverse("situations:hand_over", args=[ref]),
            "crumbs": [Crumb("Équipe", reverse("situations:board")), Crumb("Fin d'affectation")],
        },
    )


def _colleague(request: DeskRequest, ref: UUID) -> tuple[Agent, ChildWelfareAuthority]:
    """Somebody of an authority that the reader supervises, or the reader; else it is a 404."""
    moment = now()
    colleague = Agent.objects.filter(ref=ref).first()
    if colleague is None:
        raise NotVisible
    for authority in authorities_answered_for(colleague, now=moment):
        if colleague == request.user or supervises(
            request.user, authority, on=local_day(authority, moment)
        ):
            return colleague, authority
    raise NotVisible


def _people_around(agent: Agent) -> list[Agent]:
    moment = now()
    people = {
        one.pk: one
        for authority in authorities_answered_for(agent, now=moment)
        for one in possible_referents(authority, on=local_day(authority, moment))
    }
    return sorted(people.values(), key=lambda one: one.name)


def _team(request: DeskRequest) -> str:
    leads = holds(request.user, Right.MANAGE_SITUATIONS)
    return reverse("situations:board" if leads else "situations:mine")
