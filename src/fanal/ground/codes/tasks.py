from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from fanal.ground.codes.use_cases import sweep_codes


@app.periodic(cron="47 3 * * *")
@app.task(name="codes.sweep", queueing_lock="codes.sweep")
def sweep(timestamp: int) -> None:
    """What has expired serves nobody any more."""
    sweep_codes(now=now())
