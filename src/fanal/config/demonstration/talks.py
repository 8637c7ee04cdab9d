"""Invented conversations: two wait, one is led, one has ended; phrases that are ready."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.helpline.chats import use_cases as chats
from fanal.helpline.chats.keys import digest_of, new_key
from fanal.helpline.chats.queries import helpline_here
from fanal.helpline.chats.terms import MoveWhy
from fanal.helpline.chats.use_cases import Wanted
from fanal.helpline.chats.use_cases.visiting import Answers
from fanal.helpline.shifts import use_cases as shifts

MINUTE, WEEK = timedelta(minutes=1), timedelta(days=7)
# Those who came at these hours the weeks before, and left: a forecast starts from them.
CAME_EVERY, CAME = 25 * MINUTE, 20
ENDED = (
    ("visitor", "Bonjour. Je ne sais pas si c’est ici. [personne inventée]"),
    ("listener", "Bonjour, c’est ici. Prenez votre temps."),
    ("visitor", "Une amie ne vient plus au collège, et je m’inquiète."),
    ("listener", "Vous avez bien fait d’écrire. Elle vous en a parlé ?"),
    ("visitor", "Un peu. Je vais lui dire d’appeler."),
)
PHRASES = (
    ("Prendre son temps", "Tu peux prendre ton temps. Je reste là."),
    ("Demander où", "Es-tu en sécurité, là où tu es ? On ne peut pas le savoir d’ici."),
    ("Pouvoir revenir", "Le bouton « Pouvoir revenir » te donne un code pour reprendre ici."),
    ("Avant de terminer", "Merci d’avoir écrit. Tu peux revenir quand tu veux."),
)


def play_talks(cast: dict[str, Agent], *, now: datetime) -> None:
    maya = cast["maya"]
    for week in range(4, 0, -1):
        for number in range(CAME):
            _came_and_left(now - week * WEEK + (number - 1) * CAME_EVERY)
    ended = _open(Answers("59", minor=True, topic="friend"), ENDED, maya, now=now - 90 * MINUTE)
    with acting_as(maya):
        chats.end_conversation(agent=maya, ref=ended, now=now - 60 * MINUTE)
        shifts.pause(agent=maya, now=now - 60 * MINUTE)
        shifts.begin(agent=maya, now=now - 40 * MINUTE)
    _open(Answers("13", minor=True, topic="unsafe"), ENDED[:2], maya, now=now - 6 * MINUTE)
    first = _open(Answers(minor=True, topic="health"), ENDED[:1], None, now=now - 4 * MINUTE)
    second = _open(Answers(), ENDED[:1], None, now=now - 2 * MINUTE)
    with acting_as(maya):
        wanted = Wanted(first, before=True, why=MoveWhy.SOON_GONE, words="prend un train")
        chats.move_waiting(agent=maya, ref=second, wanted=wanted, now=now - MINUTE)
    _ready_phrases(maya, cast["anouk"], now=now - 60 * MINUTE)
    with acting_as(cast["anouk"]):
        chats.set_hours(
            agent=cast["anouk"],
            day=(now + timedelta(days=20)).date(),
            hours="10:00-12:00",
            reason="Exercice d’évacuation",
            now=now,
        )


def _came_and_left(at: datetime) -> None:
    digest = digest_of(new_key())
    assert digest is not None  # noqa: S101 — a key that was just made
    chats.open_conversation(digest=digest, helpline=helpline_here(), answers=Answers(), now=at)
    chats.leave(digest=digest, now=at + 15 * MINUTE)


def _ready_phrases(writer: Agent, reviewer: Agent, *, now: datetime) -> None:
    """All reviewed but the last."""
    for title, text in PHRASES:
        with acting_as(writer):
            phrase = chats.write_phrase(agent=writer, title=title, text=text, now=now)
        if (title, text) != PHRASES[-1]:
            with acting_as(reviewer):
                chats.review_phrase(agent=reviewer, ref=phrase.ref, now=now)


def _open(
    answers: Answers, said: tuple[tuple[str, str], ...], listener: Agent | None, *, now: datetime
) -> UUID:
    digest = digest_of(new_key())
    assert digest is not None  # noqa: S101 — a key that was just made
    ref = chats.open_conversation(digest=digest, helpline=helpline_here(), answers=answers, now=now)
    for minute, (side, text) in enumerate(said):
        at = now + minute * MINUTE
        if side == "visitor":
            chats.say(digest=digest, text=text, key=uuid4(), now=at)
        elif listener is not None:
            with acting_as(listener):
                chats.take_conversation(agent=listener, ref=ref, now=at)
                chats.answer(agent=listener, ref=ref, text=text, key=uuid4(), now=at)
    return ref
