from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from fanal.ground.retention.use_cases import apply_retention


# At night: nobody writes, and the backup of the evening is made.
@app.periodic(cron="40 2 * * *")
@app.task(name="retention.apply", queueing_lock="retention.apply")
def apply_what_is_due(timestamp: int) -> None:
    apply_retention(now=now())
