"""What those who watch over access do in the demonstration: holds, and requests of people."""

from __future__ import annotations

from datetime import datetime, timedelta

from fanal.detect.concerns.models import Concern
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.retention.use_cases import place_hold
from fanal.portal.rights.models import RightsRequest
from fanal.portal.rights.terms import Asker, Field, Kind, Way, Withheld
from fanal.portal.rights.use_cases import (
    Asked,
    answer_request,
    check_identity,
    correct_file,
    prepare_answer,
    record_request,
)
from fanal.protect.situations.models import Situation

DAY = timedelta(days=1)
CONTACT = "3, impasse des Phares\n59000 Lille"


def watch_over(cast: dict[str, Agent], now: datetime) -> None:
    """One hold; three requests, each at another step."""
    solene, denis, ines = cast["solène"], cast["denis"], cast["inès"]
    with acting_as(ines):
        held = (
            Concern.objects.filter(authority="59")
            .select_related("case_file")
            .order_by("pk")
            .first()
        )
        followed = (
            Situation.objects.filter(authority="59")
            .select_related("case_file")
            .order_by("pk")
            .first()
        )
    if held is None or followed is None:
        return
    with acting_as(solene):
        place_hold(
            agent=solene, ref=held.case_file.ref, reason="Procédure en cours (invention).", now=now
        )
    with acting_as(denis):
        _ask(denis, Asker.MINOR, "Emma Fictive", Kind.ACCESS, now - 3 * DAY)
        told = _ask(denis, Asker.HOLDER, "Alix Inventé", Kind.RECTIFICATION, now - 20 * DAY)
        done = _ask(denis, Asker.YOUNG_ADULT, "Rose Exemple", Kind.ACCESS, now - 25 * DAY)
        for one in (told, done):
            check_identity(
                agent=denis,
                ref=one.ref,
                how="Pièce d’identité présentée au guichet.",
                file_ref=followed.case_file.ref,
                now=now - 18 * DAY,
            )
    with acting_as(ines):
        correct_file(
            agent=ines,
            ref=told.ref,
            field=Field.SCHOOL,
            corrected="Collège des Tilleuls (inventé)",
            now=now - 9 * DAY,
        )
        prepare_answer(
            agent=ines,
            ref=done.ref,
            given="L’état civil, les dates des rencontres et les décisions vous concernant.",
            withheld=[Withheld.INFORMANT, Withheld.OTHER_PERSON],
            now=now - 10 * DAY,
        )
    with acting_as(denis):
        answer_request(agent=denis, ref=done.ref, now=now - 8 * DAY)
        last = _ask(denis, Asker.HOLDER, "Nour Modèle", Kind.ACCESS, now - 27 * DAY)
        check_identity(
            agent=denis,
            ref=last.ref,
            how="Pièce d’identité présentée au guichet.",
            file_ref=followed.case_file.ref,
            now=now - 26 * DAY,
        )
    with acting_as(ines):
        prepare_answer(
            agent=ines,
            ref=last.ref,
            given="Les décisions notifiées et les dates des rencontres.",
            withheld=[Withheld.DANGER],
            now=now - 4 * DAY,
        )


def _ask(agent: Agent, asker: Asker, name: str, kind: Kind, at: datetime) -> RightsRequest:
    return record_request(
        agent=agent,
        asked=Asked(
            kind=kind,
            asker=asker,
            name=name,
            contact=CONTACT,
            way=Way.DESK if asker == Asker.MINOR else Way.LETTER,
            wish="Je voudrais savoir ce qui est écrit sur moi. [personne inventée]",
            received_on=at.date(),
        ),
        now=at + DAY / 24,
    )
