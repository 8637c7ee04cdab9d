from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from fanal.helpline.letters import reactions
from fanal.helpline.letters.use_cases import tell_late

# The worker finds its jobs by this name.
__all__ = ["reactions", "tell_of_late_letters"]


@app.periodic(cron="* * * * *")
@app.task(name="letters.tell_late", queueing_lock="letters.tell_late")
def tell_of_late_letters(timestamp: int) -> None:
    """What was promised and is not kept is said to those who can keep it."""
    tell_late(now=now())
