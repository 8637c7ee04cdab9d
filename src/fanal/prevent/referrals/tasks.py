from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from fanal.prevent.referrals import reactions
from fanal.prevent.referrals.use_cases import remind

# The worker finds its jobs by this name.
__all__ = ["reactions", "remind_places"]


@app.periodic(cron="10 8 * * *")
@app.task(name="referrals.remind", queueing_lock="referrals.remind")
def remind_places(timestamp: int) -> None:
    """What a place has not said is asked again, in the morning."""
    remind(now=now())
