"""Linking without a worker's loop, and the seal of the day."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from fanal.ground.access.asking import acting_as
from fanal.ground.audit.keeping import keeper
from fanal.ground.audit.sealing import journal, link_traces, seal_day
from fanal.ground.audit.stamping import stamper


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="link_traces")
def link(timestamp: int) -> None:
    """Link what is left, should the loop beside the worker have stopped."""
    with acting_as(None):
        link_traces()


@app.periodic(cron="50 23 * * *")
@app.task(queueing_lock="seal_traces")
def seal(timestamp: int) -> None:
    """Seal the day; what reached its term leaves later in the night, with all the rest."""
    seal_day(stamper=stamper(), keeper=keeper(journal()), now=now())
