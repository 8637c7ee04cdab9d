"""What this room does when who moderates the questions, below, reads a danger in one."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fanal.helpline.letters.terms import Source, Writer
from fanal.helpline.letters.use_cases import Written, receive_letter
from fanal.prevent.exchange.events import DangerDisclosed
from fanal.prevent.exchange.queries import disclosed
from fanal.prevent.exchange.terms import Writer as Asker

WHO = {Asker.YOUNG: Writer.YOUNG, Asker.RELATIVE: Writer.PARENT}
# The keys are closed, or letters flood in: it is tried again until it is heard.
AGAIN = RetryStrategy(wait=30)


@app.task(name=DangerDisclosed.task, retry=AGAIN)
def danger_disclosed(**said: str) -> None:
    """What was heard at once, heard again: it is there whatever became of the first time."""
    open_letter(DangerDisclosed.heard(**said))


def open_letter(event: DangerDisclosed) -> None:
    """
    An urgent letter, and one only: heard again, the reference of the question is its key. No code:
    whoever asked has that of their question.
    """
    question = disclosed(event.question_ref)
    if question is None:
        return
    receive_letter(
        written=Written(
            text=question.text,
            writer=WHO.get(Asker(question.writer)) if question.writer else None,
            departement=question.departement,
            in_danger=True,
        ),
        helpline=question.organisation,
        sent=question.ref,
        now=now(),
        source=Source.DISCLOSURE,
        with_code=False,
    )
