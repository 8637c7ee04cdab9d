from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

# The queue looks for tasks here alone: the answers to events are brought with them.
from fanal.protect.measures import reactions
from fanal.protect.measures.use_cases import settle_measures

__all__ = ["reactions", "settle"]


# Every hour: a measure runs to the end of its last day, in each authority's own time zone.
@app.periodic(cron="17 * * * *")
@app.task(name="measures.settle", queueing_lock="measures.settle")
def settle(timestamp: int) -> None:
    settle_measures(now=now())
