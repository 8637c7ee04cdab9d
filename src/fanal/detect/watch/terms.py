"""
Words of what lodgings tell: who writes, what was seen, what becomes of it.

Facts of a situation alone. What somebody wears, where they come from, the language that they speak
are no sign of anything, and stand in no list.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import IntegerChoices, TextChoices


class Source(TextChoices):
    WEB = "web", "Page publique"
    PLATFORM = "platform", "Logiciel d’une plateforme"


class Lodging(TextChoices):
    HOTEL = "hotel", "Hôtel, résidence hôtelière"
    SHORT_LET = "short_let", "Logement loué pour de courts séjours"
    GUEST_ROOM = "guest_room", "Chambre d’hôtes, gîte"
    CAMPING = "camping", "Camping"
    OTHER = "other", "Autre hébergement"


class Writer(TextChoices):
    HOST = "host", "Hôte, propriétaire, gérant"
    HOTEL_STAFF = "hotel_staff", "Personnel d’un hôtel"
    CLEANER = "cleaner", "Personne qui fait le ménage ou l’entretien"
    NEIGHBOUR = "neighbour", "Voisin, gardien d’immeuble"
    PLATFORM = "platform", "Plateforme, conciergerie, agence"
    OTHER = "other", "Quelqu’un d’autre"


class Moment(TextChoices):
    NOW = "now", "En ce moment"
    DAY = "day", "Depuis moins de 24 heures"
    WEEK = "week", "Cette semaine"
    BEFORE = "before", "Avant"


class Seen(TextChoices):
    """What somebody may say of a thing that they saw, or did not."""

    YES = "yes", "Oui"
    PERHAPS = "perhaps", "Peut-être"
    NO = "no", "Non"
    UNKNOWN = "unknown", "Je ne sais pas"


class Sign(TextChoices):
    HELP = "help", "Quelqu’un a demandé de l’aide"
    VIOLENCE = "violence", "Des cris, des coups, des menaces"
    FEAR = "fear", "De la peur, des blessures, un grand épuisement"
    ALONE = "alone", "Un enfant ou un adolescent sans adulte qui en réponde"
    CONTROL = "control", "Quelqu’un parle, paie ou décide pour une autre personne, ou la surveille"
    HELD = "held", "Une personne qui ne sort pas, ou à qui l’on garde téléphone ou papiers"
    VISITS = "visits", "Des visites courtes et nombreuses, de jour ou de nuit"
    STAY = "stay", "Un séjour prolongé jour après jour, payé par quelqu’un qui n’est pas là"
    DOOR = "door", "Le ménage refusé plusieurs jours, une porte surveillée"
    OCCUPIED = "occupied", "D’autres personnes que celles qui ont réservé"


class State(TextChoices):
    """What whoever wrote may know."""

    RECEIVED = "received", "Reçue"
    TAKEN = "taken", "Prise en charge"
    CLOSED = "closed", "Close"


class Decision(TextChoices):
    TO_CHECK = "to_check", "À vérifier"
    ENQUIRY = "enquiry", "Transmise au service d’enquête"
    CONCERN = "concern", "Information préoccupante : enfant en danger"
    NO_FOLLOW_UP = "no_follow_up", "Sans suite"
    DUPLICATE = "duplicate", "Doublon d’une autre alerte"


class Result(TextChoices):
    """How it ended."""

    ENQUIRY = "enquiry", "Un service d’enquête s’en occupe"
    PROTECTION = "protection", "La protection de l’enfance s’en occupe"
    NOTHING = "nothing", "Vérifiée : rien d’inquiétant"
    NO_FOLLOW_UP = "no_follow_up", "Sans suite"
    DUPLICATE = "duplicate", "Doublon"


class StepKind(TextChoices):
    TAKEN = "taken", "Prise en charge"
    QUALIFIED = "qualified", "Qualifiée"
    ASKED = "asked", "Précision demandée"
    CONCERN = "concern", "Information préoccupante commencée"
    CLOSED = "closed", "Close"
    UNDONE = "undone", "Décision annulée"
    REOPENED = "reopened", "Rouverte par un mot reçu"


# What undoes something of the alert itself; a question that was asked has been read.
UNDOABLE = (StepKind.TAKEN, StepKind.QUALIFIED, StepKind.CONCERN, StepKind.CLOSED)


class Side(TextChoices):
    WRITER = "writer", "Qui a écrit"
    DESK = "desk", "Point de contact"


class Urgency(IntegerChoices):
    """
    The first of these reasons that holds sorts the list, then age. A reason speaks of what was
    seen, and of nobody; there is no score.
    """

    DANGER = 0, "Danger dit maintenant"
    CHILD_NOW = 1, "Un enfant semble présent, et des personnes sont là maintenant"
    CHILD = 2, "Un enfant semble présent"
    NOW = 3, "Des personnes sont là maintenant"
    ANSWER = 4, "Un mot vient d’arriver"
    USUAL = 5, "Aucun de ces motifs"


# Somebody is told at once.
PRESSING = (Urgency.DANGER, Urgency.CHILD_NOW, Urgency.CHILD)
TOLD = "Une alerte d’un hébergement attend."
ADDED = "Un mot a été ajouté à une alerte d’un hébergement."

LONGEST_PLACE = 200
LONGEST_WORDS = 4_000
LONGEST_CONTACT = 200
LONGEST_NOTE = 2_000
LONGEST_QUESTION = 1_000
# Of the whole instance, those in danger counted apart: nothing is known of who sends.
MOST_A_MINUTE = 30
MOST_WORDS_AN_HOUR, MOST_WORDS = 6, 60
# The form sent twice by a network that hesitates gives its words again.
SENT_AGAIN = timedelta(minutes=10)
STAYS_OPEN = timedelta(hours=2)
