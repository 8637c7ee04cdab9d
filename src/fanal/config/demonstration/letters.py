"""Invented letters: two wait, one of them late, one is held, one has its answer; and two blocks."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.codes.terms import Kind
from fanal.helpline.blocks.digests import of_code, of_number
from fanal.helpline.blocks.terms import Handle
from fanal.helpline.blocks.use_cases import confirm_block, set_block
from fanal.helpline.chats.queries import helpline_here
from fanal.helpline.letters import use_cases as letters
from fanal.helpline.letters.terms import Way, Writer

HOUR = timedelta(hours=1)
WAITS = letters.Written(
    "Ma fille ne rentre plus le soir et répond à des messages toute la nuit. Je ne sais pas par "
    "où commencer. [personne inventée]",
    writer=Writer.PARENT,
    topic="friend",
    departement="59",
    way=Way.PHONE,
    # A number that nobody can have.
    contact="01 99 00 00 00",
    safe_when="En semaine, entre 12 h et 13 h.",
)
LATE = letters.Written(
    "Je dors chez des gens que je ne connais pas bien. [personne inventée]",
    writer=Writer.YOUNG,
    topic="outside",
)
HELD = letters.Written(
    "Une élève de troisième ne vient plus. Qui puis-je prévenir ? [personne inventée]",
    writer=Writer.PROFESSIONAL,
    departement="13",
)
ANSWERED = letters.Written(
    "Est-ce que vous prévenez mes parents si j’écris ? [personne inventée]", writer=Writer.YOUNG
)
ANSWER = (
    "Bonjour. Personne n’est prévenu sans raison : on en parle d’abord ici. Vous pouvez ajouter "
    "un mot, ou venir en parler dans la conversation."
)


def play_letters(cast: dict[str, Agent], *, now: datetime) -> None:
    maya, anouk = cast["maya"], cast["anouk"]
    _sent(WAITS, now=now - HOUR)
    _sent(LATE, now=now - 6 * HOUR)
    held, answered = _sent(HELD, now=now - 2 * HOUR), _sent(ANSWERED, now=now - 20 * HOUR)
    with acting_as(maya):
        letters.take_letter(agent=maya, ref=held, now=now - HOUR)
        letters.take_letter(agent=maya, ref=answered, now=now - 19 * HOUR)
        letters.answer_letter(
            agent=maya, ref=answered, text=ANSWER, key=uuid4(), now=now - 18 * HOUR
        )
        confirmed = set_block(
            agent=maya,
            handle=Handle.NUMBER,
            digest=of_number("0199000001"),
            reason="Insultes répétées, quatorze appels en une heure. [invention]",
            length=72 * HOUR,
            now=now - 3 * HOUR,
        )
        set_block(
            agent=maya,
            handle=Handle.CODE,
            digest=of_code(Kind.FORM, answered),
            reason="Messages injurieux ajoutés cinq fois à une même lettre. [invention]",
            length=24 * HOUR,
            now=now - HOUR,
        )
    with acting_as(anouk):
        confirm_block(agent=anouk, ref=confirmed.ref, now=now - 2 * HOUR)


def _sent(written: letters.Written, *, now: datetime) -> UUID:
    # Without a code: nobody reads it here, and its slow digest takes the time of all the others.
    return letters.receive_letter(
        written=written, helpline=helpline_here(), sent=uuid4(), now=now, with_code=False
    ).ref
