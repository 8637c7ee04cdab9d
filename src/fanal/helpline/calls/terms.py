"""Words of the phone log: those of the SNATED's funnel, and of calls to give back."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices


class Funnel(TextChoices):
    """
    Where a call stands, in exactly one place (SNATED, « entrant » is all of them).

    Nobody can answer in five seconds: who hangs up before is counted apart.
    """

    WAITING = "waiting", "En attente"
    ABANDONED_SOON = "abandoned_soon", "Abandonné avant 5 s"
    ABANDONED = "abandoned", "Abandonné après 5 s"
    DISSUADED = "dissuaded", "Dissuadé"
    # Answered, and not more than a first answer: a joke, a mistake, another number.
    PRE_TREATED = "pre_treated", "Pré-traité"
    TREATED = "treated", "Traité"


# In the list of the SNATED. One that was treated has its word from its record, one that waits none.
SNATED = {
    Funnel.ABANDONED_SOON: "funnel.abandoned-early",
    Funnel.ABANDONED: "funnel.abandoned",
    Funnel.DISSUADED: "funnel.dissuaded",
    Funnel.PRE_TREATED: "funnel.pretreated",
}


class BackReason(TextChoices):
    CUT = "cut", "La communication a été coupée"
    ASKED = "asked", "La personne l’a demandé"
    LATER = "later", "Elle ne pouvait pas parler"
    FOLLOW = "follow", "Une suite a été promise"


class BackState(TextChoices):
    TO_DO = "to_do", "À faire"
    REACHED = "reached", "Fait"
    GIVEN_UP = "given_up", "Abandonné"


TOO_SOON = timedelta(seconds=5)
# « A déjà appelé » looks that far back, and says yes or no.
REPEATED_WITHIN = timedelta(days=30)
LONGEST_NUMBER, LONGEST_CARE = 20, 500
