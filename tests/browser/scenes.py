"""Played after the demonstration: what it has not reached yet, and that some screens are about."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from fanal.detect.concerns import use_cases as concerns
from fanal.detect.concerns.models import Concern
from fanal.detect.concerns.terms import Status
from fanal.detect.reports import use_cases as reports
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.agents.terms import Role
from fanal.ground.territory.queries import local_day
from fanal.portal.accounts.use_cases.accounts import invite_agent
from fanal.portal.accounts.use_cases.asking import ask_to_reenrol
from fanal.portal.accounts.use_cases.tokens import open_token
from fanal.protect.measures import use_cases as measures
from fanal.protect.measures.models import Measure
from fanal.protect.measures.terms import MeasureType, ShelterKind
from fanal.protect.situations import use_cases as situations
from fanal.protect.situations.models import Situation

HOUR = timedelta(hours=1)


def play(*, now: datetime) -> None:
    """Each scene is a few lines of the people's own work, through the use cases."""
    _begin_two_texts(now)
    _follow(now)
    _hand_over(now)
    _go_away(now)
    _administer(now)


def _who(first_name: str) -> Agent:
    return Agent.objects.get(is_demonstration=True, name__startswith=f"{first_name} ")


def _begin_two_texts(now: datetime) -> None:
    sofia, nadia = _who("Sofia"), _who("Nadia")
    with acting_as(sofia):
        concerns.start_draft(
            agent=sofia,
            organisation=sofia.postings.get().organisation,
            content={"given_names": "Léa", "family_name": "Inventée", "immediate_danger": "no"},
            now=now,
        )
    with acting_as(nadia):
        opened = Concern.objects.filter(status=Status.FIRST_ANALYSIS).latest("received_at")
        reports.draft_report(agent=nadia, concern_ref=opened.ref, now=now)


def _follow(now: datetime) -> None:
    """A minor is admitted with the parents' agreement, another sheltered for 72 hours."""
    claire = _who("Claire")
    with acting_as(claire):
        followed = Situation.objects.filter(referent=claire).living().order_by("pk")
        first, second = followed[:2]
        today = local_day(first.authority, now)
        measure = _in_force(claire, first, today, now)
        measures.ask_parents(
            agent=claire,
            ref=measure.ref,
            text="Changement du lieu d'accueil, plus près du collège.",
            sent_on=today,
            received_on=None,
            now=now,
        )
        measures.shelter_now(
            agent=claire,
            case_file_ref=second.case_file.ref,
            sheltering=measures.Sheltering(
                kind=ShelterKind.SHELTER_72H,
                reason="A quitté son domicile et demande de l'aide.",
                commune=second.case_file.minor.commune,
                desk="Foyer inventé",
                desk_phone="03 53 01 00 02",
                started_at=now - HOUR,
            ),
            now=now,
        )


def _in_force(agent: Agent, situation: Situation, today: date, now: datetime) -> Measure:
    measure = measures.request_measure(
        agent=agent,
        situation_ref=situation.ref,
        wanted=measures.Wanted(
            type=MeasureType.ACCUEIL_PROVISOIRE, reason="La famille demande de l'aide."
        ),
        now=now,
    )
    terms = measures.Terms(
        type=MeasureType.ACCUEIL_PROVISOIRE,
        decided_on=today,
        ends_on=today + timedelta(days=90),
    )
    ref = measure.ref
    measures.record_decision(agent=agent, ref=ref, terms=terms, now=now)
    measures.record_agreement(agent=agent, ref=ref, on=today, signed_by="Parent Inventé", now=now)
    return measures.start_measure(agent=agent, ref=ref, on=today, now=now)


def _hand_over(now: datetime) -> None:
    ines, malo, claire = _who("Inès"), _who("Malo"), _who("Claire")
    with acting_as(ines):
        passed = Situation.objects.filter(referent=malo).living().latest("pk")
        situations.hand_over(
            agent=ines,
            authority=passed.authority,
            giver=malo,
            taker=claire,
            reason="Changement de secteur.",
            situation_refs=[passed.ref],
            now=now,
        )


def _go_away(now: datetime) -> None:
    malo, claire = _who("Malo"), _who("Claire")
    with acting_as(malo):
        situations.declare_absence(
            agent=malo,
            absent=malo,
            stand_in=claire,
            since=now.date() + timedelta(days=7),
            until=now.date() + timedelta(days=14),
            now=now,
        )


def _administer(now: datetime) -> None:
    """A colleague is invited, another lost her telephone, a piece of software has its key."""
    adele, nadia = _who("Adèle"), _who("Nadia")
    here = adele.postings.get().organisation
    with acting_as(adele):
        invite_agent(
            agent=adele,
            organisation=here,
            email="nouvelle@demonstration.invalid",
            name="Nora Imaginée",
            function="Évaluatrice",
            roles=[Role.EVALUATOR],
            now=now,
        )
        ask_to_reenrol(agent=adele, ref=nadia.ref, reason="Téléphone volé.", now=now)
        open_token(agent=adele, organisation=here, label="Logiciel inventé", now=now)
