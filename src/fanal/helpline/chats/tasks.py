from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from fanal.helpline.chats.use_cases import forget_words, miss_listeners, miss_readers
from fanal.helpline.chats.use_cases import tidy as tidy_now


@app.periodic(cron="* * * * *")
@app.task(name="chats.tidy", queueing_lock="chats.tidy")
def tidy(timestamp: int) -> None:
    """Nobody is left waiting for somebody who is gone, and an empty page holds no place."""
    moment = now()
    miss_listeners(now=moment)
    miss_readers(now=moment)
    tidy_now(now=moment)


@app.periodic(cron="23 4 * * *")
@app.task(name="chats.forget", queueing_lock="chats.forget")
def forget(timestamp: int) -> None:
    """What was said before somebody came back is kept no longer for it."""
    forget_words(now=now())
