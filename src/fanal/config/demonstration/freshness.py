"""Invented news of three places: one proposes a correction, one is doubted, one was asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.prevent.spaces.freshness import answering, asking
from fanal.prevent.spaces.freshness.links import signed
from fanal.prevent.spaces.freshness.terms import DoubtSource
from fanal.prevent.spaces.models import Service
from fanal.prevent.spaces.terms import Kind, Tier
from fanal.prevent.spaces.use_cases import doubt

DAY = timedelta(days=1)
# Where the demonstration is served at first: the mails in its folder lead there.
SITE = "http://127.0.0.1:8000/"
CORRECTION = {"description": "Accueil sans rendez-vous le mercredi (invention)."}


def play_freshness(cast: dict[str, Agent], *, now: datetime) -> None:
    lou = cast["lou"]
    with acting_as(lou):
        places = Service.objects.filter(tier=Tier.PUBLIC, kind=Kind.TEENAGERS).order_by("pk")[:3]
        proposing, doubted, asked = (one.ref for one in places)
        for number, ref in enumerate((proposing, doubted, asked), start=1):
            email = f"lieu{number}@demonstration.invalid"
            asking.keep_mailbox(agent=lou, ref=ref, email=email, now=now - 9 * DAY)
        first = asking.ask_place(agent=lou, ref=proposing, site=SITE, now=now - 8 * DAY)
        asking.ask_place(agent=lou, ref=asked, site=SITE, now=now - DAY)
    token, at = signed(first.ref), now - 6 * DAY
    answering.answer_asked(
        token=token,
        seen=answering.read_asked(token=token, now=at).said,
        right=["name"],
        corrected=CORRECTION,
        closed=False,
        now=at,
    )
    for key in range(2):
        source = DoubtSource.WRONG_NUMBER
        doubt(service=doubted, source=source, key=f"démonstration {key}", now=now - DAY)
