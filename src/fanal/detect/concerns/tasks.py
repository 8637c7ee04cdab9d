"""Every minute: the alarms whose time has come are given to those who can act."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from fanal.detect.concerns.alarms import deliver
from fanal.ground.deadlines.use_cases import sound_alarms


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="sound_alarms")
def sound_due_alarms(timestamp: int) -> None:
    """Give the alarms whose time has come; run twice, each is given once."""
    sound_alarms(now=now(), deliver=deliver)
