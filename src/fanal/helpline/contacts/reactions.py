"""What this room does when a CRIP changes the one word that the author of a concern sees."""

from __future__ import annotations

from django.urls import reverse
from django.utils.timezone import localdate
from procrastinate.contrib.django import app

from fanal.detect.concerns.events import AuthorTold
from fanal.detect.concerns.terms import SubmissionStatus
from fanal.ground.access.asking import acting_as
from fanal.ground.access.decisions import PARIS
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.models import Organisation
from fanal.ground.agents.terms import OrganisationKind
from fanal.ground.notifications.use_cases import notify
from fanal.helpline.contacts.models import Transmission
from fanal.helpline.contacts.queries import coordinators_of


@app.task(name=AuthorTold.task)
def author_told(**said: str) -> None:
    """Of the helpline's own alone: the day is kept, and an answer is told."""
    event = AuthorTold.heard(**said)
    helpline = Organisation.objects.filter(
        ref=event.organisation_ref, kind=OrganisationKind.HELPLINE
    ).first()
    if helpline is None:
        return
    with acting_as(None, organisation=helpline, purpose=Purpose.ALARMS):
        _hear(event, helpline)


def _hear(event: AuthorTold, helpline: Organisation) -> None:
    found = (
        Transmission.objects.select_for_update(of=("self",))
        .select_related("contact", "author", "reader")
        .filter(submission__ref=event.submission_ref)
        .first()
    )
    if found is None:
        return
    if event.status == SubmissionStatus.IN_PROGRESS and found.opened_at is None:
        found.opened_at = event.at
        found.save(update_fields=["opened_at"])
    if event.status == SubmissionStatus.OUTCOME_GIVEN and found.answered_at is None:
        found.answered_at = event.at
        found.save(update_fields=["answered_at"])
        _tell(found, helpline, event)


def _tell(found: Transmission, helpline: Organisation, event: AuthorTold) -> None:
    """Whoever wrote it, whoever holds the record now, and who coordinates."""
    today = localdate(event.at, timezone=PARIS)
    readers = coordinators_of(helpline, on=today)
    notify(
        agents=[found.contact.listener, *readers],
        text="Le département a répondu à une information préoccupante.",
        path=reverse("contacts:show", args=[found.contact.ref]),
        now=event.at,
    )
