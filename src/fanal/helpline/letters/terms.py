"""Words of the letter: who writes, how they are answered, what is promised."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices


class State(TextChoices):
    WAITING = "waiting", "En attente"
    TAKEN = "taken", "Prise"
    ANSWERED = "answered", "Répondue"
    CLOSED = "closed", "Close"


class Side(TextChoices):
    WRITER = "writer", "La personne"
    LISTENER = "listener", "L’écoutant"


class Writer(TextChoices):
    YOUNG = "young", "Un enfant, un ou une jeune"
    PARENT = "parent", "Un parent, un proche"
    PROFESSIONAL = "professional", "Un professionnel"


class Way(TextChoices):
    """How one wants to be answered. The code is given whatever the way."""

    CODE = "code", "Ici, avec un code"
    PHONE = "phone", "Par téléphone"
    MAIL = "mail", "Par e-mail"


class Source(TextChoices):
    """Which door it came by; other rooms may send one in."""

    WEB = "web", "Formulaire « Écrire »"
    WORRY = "worry", "Formulaire d’inquiétude"
    DISCLOSURE = "disclosure", "Confidence reçue ailleurs"


def source_choices() -> list[tuple[str, str]]:
    """For a field: a new word asks for no migration."""
    return Source.choices


# What is promised: answered within four hours, a day at the most. Children come back to a helpline
# that answers by mail within four hours, and hardly past a day and a half (Kids Help Line).
TARGET = timedelta(hours=4)
LIMIT = timedelta(hours=24)
LONGEST_LETTER = 8_000
LONGEST_WORD = 4_000
LONGEST_CONTACT = 200
# Of the whole instance: nothing is known of who sends. Those in danger have their own count, which
# a flood of others does not fill.
MOST_A_MINUTE = 30
# Of one letter: words added in an hour, and in all.
MOST_WORDS_AN_HOUR = 5
MOST_WORDS = 40
# The form sent twice, by an impatient finger or a network that hesitates, gives its code again.
SENT_AGAIN = timedelta(minutes=10)
# How long the page of an answer lets one add a word.
STAYS_OPEN = timedelta(hours=1)
# When the answer was not written here.
BY_OTHER_WAY = {
    Way.PHONE: "La réponse a été donnée au téléphone.",
    Way.MAIL: "La réponse a été envoyée par e-mail.",
}
# Of what nobody has taken yet.
RINGS = "Une lettre, un danger"
QUESTION_RINGS = "Une question, un danger peut-être"
NEEDS_YOU = "Une lettre parle d’un danger immédiat."
LATE = "Une lettre attend depuis plus de quatre heures."
TOO_LATE = "Une lettre attend depuis plus d’un jour."
