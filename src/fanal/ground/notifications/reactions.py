"""Whom this room tells when the one below says that a file was opened, or has no holder left."""

from __future__ import annotations

from django.urls import reverse
from django.utils.timezone import now
from procrastinate.contrib.django import app

from fanal.ground.access.asking import acting_as
from fanal.ground.access.events import GlassBroken, HolderExcluded
from fanal.ground.access.models import BreakGlass, CaseFile
from fanal.ground.access.queries import reviewers_of
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.queries import agents_of
from fanal.ground.agents.terms import Role
from fanal.ground.notifications.use_cases import notify
from fanal.ground.territory.queries import local_day


@app.task(name=GlassBroken.task)
def glass_broken(**said: str) -> None:
    """The controller reviews; whoever supervises the file knows who entered it."""
    event = GlassBroken.heard(**said)
    moment = now()
    with acting_as(None, purpose=Purpose.ALARMS):
        opening = BreakGlass.objects.select_related("authority", "case_file", "agent").get(
            ref=event.opening_ref
        )
        notify(
            agents=reviewers_of(opening),
            text="Un dossier a été ouvert en urgence : cet accès est à examiner.",
            path=reverse("access:review", args=[opening.ref]),
            now=moment,
            urgent=True,
        )
        supervisors = agents_of(
            opening.authority, Role.SUPERVISOR, on=local_day(opening.authority, moment)
        )
        notify(
            agents=[one for one in supervisors if one.pk != opening.agent_id],
            text="Un dossier a été ouvert en urgence par une personne qui ne le tenait pas.",
            path=reverse("access:show", args=[opening.file_ref]),
            now=moment,
            urgent=True,
            case_file=opening.case_file,
        )


@app.task(name=HolderExcluded.task)
def holder_excluded(**said: str) -> None:
    event = HolderExcluded.heard(**said)
    moment = now()
    with acting_as(None, purpose=Purpose.ALARMS):
        file = CaseFile.objects.select_related("authority").get(ref=event.case_file_ref)
        supervisors = agents_of(
            file.authority, Role.SUPERVISOR, on=local_day(file.authority, moment)
        )
        notify(
            agents=supervisors,
            text="Un dossier n'a plus la personne qui le tenait : confiez-le à une autre.",
            path=reverse("access:show", args=[file.ref]),
            now=moment,
            urgent=True,
            case_file=file,
        )
