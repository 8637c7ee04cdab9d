from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from fanal.ground.agents.models import AgentSession
from fanal.ground.agents.throttle import forget_old_counters


@app.periodic(cron="41 3 * * *")
@app.task(name="agents.sweep", queueing_lock="agents.sweep")
def sweep(timestamp: int) -> None:
    """What has expired serves nobody any more."""
    forget_old_counters(now=now())
    AgentSession.objects.filter(expire_date__lt=now()).delete()
