"""Words of the block: what it holds, for how long, and what is said to whoever meets it."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices


class Handle(TextChoices):
    """What a block holds on to. Never a name, never an address that is written."""

    CODE = "code", "Code de retour"
    NUMBER = "number", "Numéro de téléphone"
    # The row names the conversation; which connection it was, the memory of the server alone knows.
    CONNECTION = "connection", "Connexion en direct"


class Length(TextChoices):
    HOUR = "1", "Une heure"
    FOUR = "4", "Quatre heures"
    DAY = "24", "Un jour"
    THREE = "72", "Trois jours"
    WEEK = "168", "Une semaine"
    FORTNIGHT = "336", "Quinze jours"
    MONTH = "720", "Trente jours"


SHORTEST, LONGEST = timedelta(hours=1), timedelta(days=30)
# Who comes by one address may be a whole school: a connection is held a day at the most.
LONGEST_CONNECTION = timedelta(days=1)
# What no coordinator confirmed by then ends.
UNCONFIRMED = timedelta(days=1)
# An ended block stays in sight for a day, then its row goes; the traces stay.
FORGOTTEN_AFTER = timedelta(days=1)
SHORTEST_REASON, LONGEST_REASON = 10, 500
# A connection that has not been seen for so long, and that no block holds, is forgotten.
CONNECTION_SEEN = timedelta(minutes=15)
MOST_CONNECTIONS = 20_000
