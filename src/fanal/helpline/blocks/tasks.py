from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from fanal.helpline.blocks.use_cases import forget_blocks


@app.periodic(cron="13 * * * *")
@app.task(name="blocks.forget", queueing_lock="blocks.forget")
def forget(timestamp: int) -> None:
    """A block that has ended holds nobody; a day later nothing is kept of it."""
    forget_blocks(now=now())
