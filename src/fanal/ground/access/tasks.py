from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from fanal.ground.access.asking import acting_as
from fanal.ground.audit.floods import close_hours


@app.periodic(cron="2 * * * *")
@app.task(name="access.count_refusals", queueing_lock="access.count_refusals")
def count_refusals(timestamp: int) -> None:
    """What came in numbers during the hour that ended has its line."""
    with acting_as(None):
        close_hours(now=now())
