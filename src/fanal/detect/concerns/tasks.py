"""Every minute: the alarms whose time has come are given; what a closed night left is sealed."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from fanal.detect.concerns.alarms import deliver
from fanal.ground.access.asking import acting_as
from fanal.ground.access.terms import Purpose
from fanal.ground.deadlines.use_cases import sound_alarms
from fanal.ground.privacy.sealing.rotation import seal_what_waited


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="sound_alarms")
def sound_due_alarms(timestamp: int) -> None:
    """Give the alarms whose time has come; run twice, each is given once."""
    sound_alarms(now=now(), deliver=deliver)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="seal_drafts")
def seal_drafts(timestamp: int) -> None:
    """Seal what was written while the keys were closed; nothing is done until they open."""
    with acting_as(None, purpose=Purpose.RETENTION):
        seal_what_waited(using="default")
