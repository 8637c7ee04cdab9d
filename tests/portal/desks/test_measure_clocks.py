"""What has no screen of its own is read on its measure's."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from factories import MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.models import Clock
from fanal.protect.measures.terms import (
    EXIT_BAN,
    MEASURE,
    QUESTION,
    SHELTER,
    MeasureType,
    Orderer,
)
from fanal.protect.measures.use_cases import ask_parents, order_exit_ban
from protect.measures.acting import DAY, LONG_AFTER, in_force, shelter
from protect.situations.following import begin

pytestmark = pytest.mark.django_db


def test_each_clock_of_a_measure_leads_to_its_screen(ines: Agent, claire: Agent) -> None:
    situation = begin(ines, claire, MinorFactory())
    measure = in_force(claire, situation, MeasureType.PLACEMENT_ASE)
    with acting_as(claire):
        question = ask_parents(
            agent=claire,
            ref=measure.ref,
            text="Un autre lieu d'accueil (invention).",
            sent_on=DAY,
            received_on=None,
            now=LONG_AFTER,
        )
        ban = order_exit_ban(
            agent=claire, ref=measure.ref, by=Orderer.PROSECUTOR, on=DAY, now=LONG_AFTER
        )
    sheltered = shelter(ines, MinorFactory().case_file.ref)
    client = Client()
    client.force_login(ines)
    page = reverse("measures:show", args=[measure.ref])
    for kind, ref, screen in (
        (MEASURE, measure.ref, page),
        (QUESTION, question.ref, page),
        (EXIT_BAN, ban.ref, page),
        (SHELTER, sheltered.ref, reverse("measures:shelter", args=[sheltered.ref])),
    ):
        with acting_as(ines):
            clock = Clock.objects.filter(subject_kind=kind, subject_ref=ref).first()
        assert clock is not None, kind
        answer = client.get(f"/echeances/{clock.ref}/", follow=True)
        assert answer.redirect_chain == [(screen, 302)]
        assert answer.status_code == 200
