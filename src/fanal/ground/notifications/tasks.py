from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

# The queue looks for tasks here alone: the answers to events are brought with them.
from fanal.ground.notifications import reactions
from fanal.ground.notifications.reminders import remind_reviewers

__all__ = ["reactions", "remind"]


@app.periodic(cron="40 5 * * *")
@app.task(name="access.remind_reviewers", queueing_lock="access.remind_reviewers")
def remind(timestamp: int) -> None:
    remind_reviewers(now=now())
