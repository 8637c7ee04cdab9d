"""
What a forecast starts from. Numbers marked [A] are ours, until the line measures its own.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices


class Channel(TextChoices):
    CHAT = "chat", "Tchat"
    CALL = "call", "Téléphone"


QUARTER = timedelta(minutes=15)
# Four hours ahead, from the same days of the four weeks before.
QUARTERS_AHEAD, WEEKS_BACK = 16, 4
# Half an hour on each side: nobody comes by the quarter.
SMOOTHED = timedelta(minutes=30)
# Fewer arrivals than that, or a shorter past, and nothing honest can be said [A].
LEAST_ARRIVALS, SHORTEST_PAST = 10, timedelta(days=14)
# One listener leads so many conversations at once, and one call [A].
AT_ONCE = {Channel.CHAT: 2, Channel.CALL: 1}
# So many answers of the last weeks, and their own mean takes the place of ours.
LEAST_ANSWERS = 20
# Minutes of an answer, writing included, then minutes after which one leaves [A].
LASTS = {Channel.CHAT: 35.0, Channel.CALL: 40.0}
PATIENCE = {Channel.CHAT: 20.0, Channel.CALL: 3.0}
# Days differ by more than chance, at the least; and answers.
LEAST_DOUBT, LASTING_DOUBT, MOST_DOUBT = 0.2, 0.2, 1.0
# A campaign may bring people as long as no more than that leave without an answer [A].
MAY_LEAVE = 0.1
MOST_BROUGHT = 256

TOO_LITTLE = (
    "Trop peu de données : il faut au moins deux semaines d’arrivées, et dix à ces heures-là. "
    "Rien ne peut être dit honnêtement."
)
NO_ROSTER = "Personne n’est au planning dans les quatre heures."
TOO_MANY = "Trop de monde attend pour que la suite puisse être dite."
NO_ENGINE = (
    "Le moteur des attentes n’est pas installé ici."
    " Demandez à qui administre la machine d’installer « fanal[waiting] »."
)
