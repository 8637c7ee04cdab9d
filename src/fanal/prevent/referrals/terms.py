"""Words of the appointments: for whom, what becomes of them, and what is never asked."""

from __future__ import annotations

from datetime import time, timedelta

from django.db.models import TextChoices

from fanal.ground.shell.words import HARD, WEEKDAYS


class Audience(TextChoices):
    ME = "me", "Pour moi"
    CHILD = "child", "Pour mon enfant"
    SOMEBODY = "somebody", "Pour quelqu’un d’autre"


class State(TextChoices):
    EXPECTED = "expected", "Attendu·e"
    SEEN = "seen", "Vu·e"
    ABSENT = "absent", "N’est pas venu·e"
    IMPOSSIBLE = "impossible", "N’a pas pu être reçu·e"
    CANCELLED = "cancelled", "Annulé par la personne"


# What a place may say of somebody whom it expected.
OUTCOMES = (State.SEEN, State.ABSENT, State.IMPOSSIBLE)


class Reason(TextChoices):
    """Why a place could not receive: facts of the place, never of the person."""

    CLOSED = "closed", "Nous étions fermés à cette heure"
    NOBODY = "nobody", "Personne n’était là pour recevoir"
    FULL = "full", "Trop de monde ce jour-là"
    NOT_OURS = "not_ours", "Ce n’est pas ce que nous faisons"
    OTHER = "other", "Une autre raison"


class Said(TextChoices):
    """All that whoever referred somebody learns."""

    EXPECTED = "expected", "Attendu·e"
    UNSAID = "unsaid", "Le lieu n’a encore rien dit"
    SEEN = "seen", "Vu·e"
    ABSENT = "absent", "Pas venu·e"
    IMPOSSIBLE = "impossible", "Pas possible"


DAYS = tuple((number, name.capitalize()) for number, name in enumerate(WEEKDAYS))

# Somebody chooses in the two weeks to come: further, an agenda changes and nobody can be told.
AHEAD = timedelta(days=14)
# « Cette semaine » : whoever is referred so is expected within seven days.
A_WEEK = timedelta(days=7)
# However often it is moved, it stays within the life of its code.
MOVED_WITHIN = timedelta(days=28)
# A key pressed too quickly is taken back.
UNDONE_WITHIN = timedelta(minutes=10)
# After the day; the counts of a quarter move no more once its last day is that far.
KEPT = timedelta(days=30)
# After the day, when the place has said nothing.
REMINDED_AFTER = (1, 4)
# Sent again by an impatient finger, the form gives its code again.
SENT_AGAIN = timedelta(minutes=10)
# From the page that a code opened to the button that cancels.
OPENED_FOR = timedelta(minutes=30)

# Of the whole instance in a minute, then of one place in an hour: nothing is known of who sends.
MOST_A_MINUTE, MOST_OF_A_PLACE = 30, 15
MOST_SEATS = 30
# Expected in the week without an hour, at one place.
MOST_OF_A_WEEK = 20
LONGEST_NOTE, LONGEST_WELCOME = 400, 400
# Under this a count is hidden.
THRESHOLD = 11


def hours_in_words(starts: time, ends: time) -> str:
    """``de 14 h à 15 h 30``, each hour on one line."""
    return f"de {_hour(starts)} à {_hour(ends)}"


def _hour(hour: time) -> str:
    return f"{hour.hour}{HARD}h" + (f"{HARD}{hour.minute:02}" if hour.minute else "")
