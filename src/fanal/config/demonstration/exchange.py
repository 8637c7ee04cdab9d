"""Invented questions: three answered and published, one text to be read again, two that wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.prevent.exchange import use_cases as exchange
from fanal.prevent.exchange.models import Question
from fanal.prevent.exchange.terms import Writer
from fanal.prevent.exchange.use_cases import Rewritten, Written

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PUBLISHED = (
    Rewritten(
        "Je dors mal et je suis tout le temps inquiet",
        "Je me réveille la nuit et je pense à des choses qui m’inquiètent. À qui en parler ?",
        "C’est fréquent, et ça se soigne. On peut en parler à un adulte de confiance, à "
        "l’infirmière du collège ou du lycée, à un médecin. Le 119 répond aussi la nuit, et "
        "personne n’est prévenu sans raison.",
    ),
    Rewritten(
        "Quelqu’un me demande de l’argent",
        "Une personne rencontrée en ligne me demande de l’argent et dit que je lui en dois. "
        "Que faire ?",
        "On ne lui doit rien, et il vaut mieux ne rien envoyer. Garder les messages peut servir. "
        "Un adulte de confiance peut aider à bloquer la personne et à le signaler. Le 3018 aide "
        "gratuitement pour ce qui se passe en ligne.",
    ),
    Rewritten(
        "Un ami disparaît la nuit",
        "Un ami part certaines nuits et ne veut pas dire où. Est-ce trahir que d’en parler ?",
        "S’inquiéter pour quelqu’un n’est pas le trahir. On peut lui dire qu’on est là, sans le "
        "forcer à raconter, et en parler à un adulte de confiance. Le 119 écoute aussi les amis. "
        "S’il a disparu ou s’il est en danger maintenant : le 17.",
    ),
)
TO_READ = Rewritten(
    "Mon enfant ne parle plus à personne",
    "Mon enfant s’enferme, ne voit plus ses amis et cache son téléphone. Comment commencer ?",
    "Dire ce que l’on voit, sans reproche, et que l’on est inquiet. Choisir un moment calme, "
    "et accepter qu’il ne réponde pas tout de suite. Un lieu pour les familles ou le 119 "
    "peuvent aider à préparer ce moment.",
)
WAIT = (
    Written("Est-ce que le 119 prévient mes parents ? [personne inventée]", writer=Writer.YOUNG),
    Written(
        "Ma fille reçoit des messages toute la nuit. Faut-il prendre son téléphone ? "
        "[personne inventée]",
        writer=Writer.RELATIVE,
        departement="59",
    ),
)


def play_exchange(cast: dict[str, Agent], *, now: datetime) -> None:
    maya, tom = cast["maya"], cast["tom"]
    for days, text in enumerate((*PUBLISHED, TO_READ), start=1):
        at = now - days * DAY
        with acting_as(maya):
            question = _asked(maya, Written(text.question), at=at)
            exchange.answer_question(agent=maya, ref=question.ref, text=text.answer, now=at + HOUR)
            entry = exchange.propose_entry(
                agent=maya, ref=question.ref, rewritten=text, now=at + 2 * HOUR
            )
        if text is not TO_READ:
            with acting_as(tom):
                exchange.publish_entry(agent=tom, ref=entry.ref, now=at + 3 * HOUR)
    with acting_as(maya):
        for hours, written in enumerate(WAIT, start=1):
            _asked(maya, written, at=now - hours * HOUR)


def _asked(maya: Agent, written: Written, *, at: datetime) -> Question:
    sent = uuid4()
    # Without a code: nobody comes back with it here, and its slow digest takes a second.
    exchange.keep(written=written, sent=sent, now=at)
    return Question.objects.get(sent=sent)
