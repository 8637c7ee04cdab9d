from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from fanal.protect.situations.use_cases import flip_majority


# Every hour: the eighteenth birthday begins at midnight of each authority's own time zone.
@app.periodic(cron="7 * * * *")
@app.task(name="situations.flip_majority", queueing_lock="situations.flip_majority")
def flip_majorities(timestamp: int) -> None:
    flip_majority(now=now())
