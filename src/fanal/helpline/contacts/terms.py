"""Words of a contact: its states, what it was for the SNATED, and how what leaves it is read."""

from __future__ import annotations

from django.db.models import TextChoices


class Channel(TextChoices):
    CALL = "call", "Appel"
    CHAT = "chat", "Conversation"
    FORM = "form", "Formulaire"


class State(TextChoices):
    OPENED = "opened", "Ouverte"
    LISTENED = "listened", "En écoute"
    ADVISED = "advised", "Conseil donné"
    CONCERN_DRAFTED = "concern_drafted", "Information préoccupante"
    EMERGENCY_TRANSFERRED = "emergency_transferred", "Secours prévenus"
    ABANDONED = "abandoned", "Contact interrompu"
    CLOSED = "closed", "Close"


# The course of a contact (domain, first contact and listening).
OUTCOMES = (
    State.ADVISED,
    State.CONCERN_DRAFTED,
    State.EMERGENCY_TRANSFERRED,
    State.ABANDONED,
)
MOVES: dict[State, tuple[State, ...]] = {
    State.OPENED: (State.LISTENED,),
    State.LISTENED: OUTCOMES,
    **dict.fromkeys(OUTCOMES, (State.CLOSED,)),
    State.CLOSED: (),
}
# An information préoccupante leaves at once, whatever was answered besides: advice was given, help
# was called (CASF L226-6).
MAY_SEND = (
    State.LISTENED,
    State.ADVISED,
    State.CONCERN_DRAFTED,
    State.EMERGENCY_TRANSFERRED,
)


class Kind(TextChoices):
    """What the contact is in the funnel of the SNATED."""

    ENTERED = "entered", "entrant"
    SORTED = "sorted", "pré-traité"
    ABANDONED = "abandoned", "abandonné"
    DISSUADED = "dissuaded", "dissuadé"
    CONCERN = "concern", "traité : information préoccupante"
    HELP = "help", "traité : aide immédiate"


TREATED = (Kind.CONCERN, Kind.HELP)
# What may be said of a contact that was not led to its end.
NOT_TREATED = (Kind.SORTED, Kind.ABANDONED, Kind.DISSUADED)


class Reading(TextChoices):
    """Where an information préoccupante stands between its author and the CRIP."""

    TO_SIGN = "to_sign", "à relire avant envoi"
    SENT_BACK = "sent_back", "renvoyée à qui l’a écrite"
    DROPPED = "dropped", "non envoyée"
    TO_REVIEW = "to_review", "partie, à relire après envoi"
    READ = "read", "partie et relue"


SENT = (Reading.TO_REVIEW, Reading.READ)
WAITING = (Reading.TO_SIGN, Reading.SENT_BACK)

# Of a form of the CRIP, no more children of one home.
MOST_CHILDREN = 20
MOST_GROUPS = 9
LONGEST_REASON = 2_000


class Axis(TextChoices):
    """What the counts of a month are about, one thing at a time: nothing is crossed."""

    CHANNEL = "channel", "Voie"
    KIND = "kind", "Suite"
    WORD = "word", "Mot de la nomenclature"
    AUTHORITY = "authority", "Information préoccupante envoyée à"
    ANSWERED = "answered", "Réponse reçue de"
