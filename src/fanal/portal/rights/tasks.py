from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from fanal.portal.rights.reminders import remind_answers


@app.periodic(cron="45 5 * * *")
@app.task(name="rights.remind", queueing_lock="rights.remind")
def remind(timestamp: int) -> None:
    remind_answers(now=now())
