from __future__ import annotations

from uuid import UUID

from django.utils.timezone import now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fanal.prevent.spaces.freshness import asking

# A mail server that is away for an hour loses nothing.
AGAIN = RetryStrategy(max_attempts=6, exponential_wait=5)


@app.task(name=asking.TASK, retry=AGAIN)
def send_request(request_ref: str, site: str) -> None:
    asking.send_request(ref=UUID(request_ref), site=site, now=now())
