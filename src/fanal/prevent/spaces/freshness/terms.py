"""Words of freshness: what raises a doubt, what a structure says of its own entry."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices


class DoubtSource(TextChoices):
    """What made somebody, or a machine, doubt that an entry is still true."""

    CLOSED = "closed", "Le lieu dit avoir fermé"
    REFERRAL = "referral", "Une orientation n’a pas abouti"
    BOUNCE = "bounce", "Un courriel est revenu"
    WRONG_NUMBER = "wrong_number", "Le numéro ne répond pas"


def doubt_source_choices() -> list[tuple[str, str]]:
    """For a field: a new word asks for no migration."""
    return DoubtSource.choices


class AmendmentKind(TextChoices):
    RIGHT = "right", "C’est juste"
    CORRECTED = "corrected", "À corriger"
    CLOSED = "closed", "Nous avons fermé"


class AmendmentState(TextChoices):
    WAITING = "waiting", "Attend une décision"
    ACCEPTED = "accepted", "Acceptée"
    REFUSED = "refused", "Écartée"
    # The same structure said something else since.
    REPLACED = "replaced", "Remplacée"


# How much each source weighs, and at how many it stops to: a flood weighs what three people do.
# Numbers of ours, which order a list that a person reads; none is shown to anybody else [A].
WEIGHTS: dict[str, tuple[int, int]] = {
    DoubtSource.CLOSED: (6, 1),
    DoubtSource.REFERRAL: (3, 3),
    DoubtSource.BOUNCE: (2, 1),
    DoubtSource.WRONG_NUMBER: (2, 3),
}
# So many doubts of one source wait at most: past that, one more tells a person nothing.
MOST_OPEN = 10

# What the link of a structure shows, in this order.
ASKED = ("name", "phone", "website", "address", "hours", "description", "audiences")
# A link lives so long; past it, one asks again.
LINK_LASTS = timedelta(days=30)
# By the batch, a structure is asked once in so long; by a person, whenever they choose.
ASKED_EVERY = timedelta(days=90)
# The batch asks about entries that nobody has made sure of for so long.
ASK_AFTER = timedelta(days=150)
# Of one batch: the rest is asked the next time.
MOST_ASKED = 500
# A decision is undone from the same page for so long.
UNDONE_FOR = timedelta(days=30)
